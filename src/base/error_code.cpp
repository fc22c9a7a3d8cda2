#include "precision/base/error_code.h"

namespace precision {

namespace {

constexpr ErrorCode kAll[] = {
#define PRECISION_ENUMERATOR(enumerator, name) ErrorCode::enumerator,
    PRECISION_ERROR_CODES(PRECISION_ENUMERATOR)
#undef PRECISION_ENUMERATOR
};

}  // namespace

std::string_view ToString(ErrorCode code) {
  switch (code) {
#define PRECISION_CASE(enumerator, name) \
  case ErrorCode::enumerator:            \
    return name;
    PRECISION_ERROR_CODES(PRECISION_CASE)
#undef PRECISION_CASE
  }
  return "internal";
}

std::span<const ErrorCode> AllErrorCodes() { return kAll; }

std::optional<ErrorCode> FindErrorCode(std::string_view name) {
  for (const ErrorCode code : kAll) {
    if (name == ToString(code)) return code;
  }
  return std::nullopt;
}

}  // namespace precision
