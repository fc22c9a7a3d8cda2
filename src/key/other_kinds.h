// What a text is when it is not a restricted key: the other keys, secrets and
// ids that Stripe shows on its pages.

#ifndef PRECISION_KEY_OTHER_KINDS_H_
#define PRECISION_KEY_OTHER_KINDS_H_

#include <optional>
#include <string_view>

#include "precision/base/error_code.h"
#include "precision/key/api_key.h"

namespace precision {

struct OtherKind {
  ErrorCode code = ErrorCode::kKeyUnrecognized;
  std::optional<KeyMode> mode;
  std::string_view object_kind;  // for kKeyObjectId
};

// The most telling of the ids and secrets in `text`, if there is any.
std::optional<OtherKind> FindOtherKind(std::u32string_view text);

}  // namespace precision

#endif  // PRECISION_KEY_OTHER_KINDS_H_
