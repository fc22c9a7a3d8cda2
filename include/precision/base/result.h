// Error and Result<T>: how every fallible function in the core reports failure.
// The core is built with -fno-exceptions; nothing throws across a room.

#ifndef PRECISION_BASE_RESULT_H_
#define PRECISION_BASE_RESULT_H_

#include <cassert>
#include <string>
#include <utility>
#include <variant>

#include "precision/base/error_code.h"

namespace precision {

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  // For developers and logs, in English.  Never holds a key, what was pasted,
  // or customer data.
  std::string detail;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  // Implicit, so that `return value;` and `return Error{...};` both read well.
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return std::holds_alternative<T>(state_); }

  // REQUIRES: ok().
  const T& value() const& {
    assert(ok());
    return *std::get_if<T>(&state_);
  }
  T& value() & {
    assert(ok());
    return *std::get_if<T>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<T>(&state_));
  }

  // REQUIRES: !ok().
  const Error& error() const {
    assert(!ok());
    return *std::get_if<Error>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

}  // namespace precision

#endif  // PRECISION_BASE_RESULT_H_
