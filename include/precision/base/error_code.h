// The closed list of all that can go wrong.  The page chooses its words by code
// alone, so a code is never renamed or reused.  web/module mirrors the list and
// web/element has a sentence for each; a test compares the three.

#ifndef PRECISION_BASE_ERROR_CODE_H_
#define PRECISION_BASE_ERROR_CODE_H_

#include <optional>
#include <span>
#include <string_view>

namespace precision {

// X(enumerator, stable snake_case name that crosses to JavaScript)
#define PRECISION_ERROR_CODES(X)                                     \
  /* What was pasted will not do (room key; no request was made). */ \
  X(kKeyEmpty, "key_empty")                                          \
  X(kKeySecret, "key_secret")                                        \
  X(kKeyPublishable, "key_publishable")                              \
  X(kKeyWebhookSecret, "key_webhook_secret")                         \
  X(kKeyAccountId, "key_account_id")                                 \
  X(kKeyApiKeyId, "key_api_key_id")                                  \
  X(kKeyObjectId, "key_object_id")                                   \
  X(kKeyClientSecret, "key_client_secret")                           \
  X(kKeyConnectClientId, "key_connect_client_id")                    \
  X(kKeyEphemeral, "key_ephemeral")                                  \
  X(kKeyOrganization, "key_organization")                            \
  X(kKeyClaimableSandbox, "key_claimable_sandbox")                   \
  X(kKeyWithoutMode, "key_without_mode")                             \
  X(kKeyMasked, "key_masked")                                        \
  X(kKeyTruncated, "key_truncated")                                  \
  X(kKeyTooLong, "key_too_long")                                     \
  X(kKeySeveral, "key_several")                                      \
  X(kKeyBadCharacter, "key_bad_character")                           \
  X(kKeyUnrecognized, "key_unrecognized")                            \
  X(kKeyInSecondField, "key_in_second_field")                        \
  X(kKeyInBothFields, "key_in_both_fields")                          \
  /* Stripe answered, and the whole key is in question. */           \
  X(kKeyUnknown, "key_unknown")                                      \
  X(kKeyExpired, "key_expired")                                      \
  X(kKeyIpRefused, "key_ip_refused")                                 \
  X(kKeyWrongMode, "key_wrong_mode")                                 \
  /* Stripe answered, and one thing is refused. */                   \
  X(kPermissionMissing, "permission_missing")                        \
  X(kPermissionNotGrantable, "permission_not_grantable")             \
  X(kProductNotEnabled, "product_not_enabled")                       \
  X(kAccountRefused, "account_refused")                              \
  X(kAccountClosed, "account_closed")                                \
  X(kSecondRowEmpty, "second_row_empty")                             \
  X(kConnectNotInUse, "connect_not_in_use")                          \
  X(kNotFound, "not_found")                                          \
  X(kVersionRefused, "version_refused")                              \
  X(kRequestRefused, "request_refused")                              \
  X(kForbidden, "forbidden")                                         \
  /* Worth another try later. */                                     \
  X(kRateLimited, "rate_limited")                                    \
  X(kStripeDown, "stripe_down")                                      \
  X(kStripeUnreadable, "stripe_unreadable")                          \
  X(kProxyDown, "proxy_down")                                        \
  X(kProxyMisconfigured, "proxy_misconfigured")                      \
  X(kNetworkDown, "network_down")                                    \
  X(kOffline, "browser_offline")                                     \
  X(kTimedOut, "timed_out")                                          \
  /* The pull. */                                                    \
  X(kListStalled, "list_stalled")                                    \
  X(kCancelled, "cancelled")                                         \
  X(kRequestCap, "request_cap")                                      \
  X(kTooLarge, "too_large")                                          \
  /* Reading rows. */                                                \
  X(kJsonMalformed, "json_malformed")                                \
  X(kObjectUnknown, "object_unknown")                                \
  X(kRowWithoutId, "row_without_id")                                 \
  X(kFieldUnreadable, "field_unreadable")                            \
  X(kAmountOutOfRange, "amount_out_of_range")                        \
  X(kTextRepaired, "text_repaired")                                  \
  X(kRowShort, "row_short")                                          \
  /* The caller broke the order of calls, or the module broke. */    \
  X(kNotReady, "not_ready")                                          \
  X(kPolicyUnreadable, "policy_unreadable")                          \
  X(kInternal, "internal")

enum class ErrorCode {
#define PRECISION_ENUMERATOR(enumerator, name) enumerator,
  PRECISION_ERROR_CODES(PRECISION_ENUMERATOR)
#undef PRECISION_ENUMERATOR
};

// The stable name, e.g. "key_masked".
std::string_view ToString(ErrorCode code);

// Every code, in the order of the list.
std::span<const ErrorCode> AllErrorCodes();

// The code of that name; absent for any other text.
std::optional<ErrorCode> FindErrorCode(std::string_view name);

}  // namespace precision

#endif  // PRECISION_BASE_ERROR_CODE_H_
