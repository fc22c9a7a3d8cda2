// A Stripe restricted key that has the shape of one, and the verdict on
// whatever else was pasted.  Whether Stripe accepts the key is the business of
// permission/; this room decides form only and does no I/O.

#ifndef PRECISION_KEY_API_KEY_H_
#define PRECISION_KEY_API_KEY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/result.h"

namespace precision {

enum class KeyMode : std::uint8_t { kTest, kLive };

// What was put right before the key was read; each is safe to repair because no
// key can contain it.
enum class KeyRepair : std::uint8_t {
  kSpaces,           // whitespace around the key
  kLineBreaks,       // line breaks or spaces inside, from a wrapped mail or PDF
  kInvisible,        // zero-width, non-breaking, bidi marks, byte-order mark
  kQuotes,           // straight, curly, back-ticks, brackets
  kBearer,           // "Bearer ", "Authorization: Bearer "
  kAssignment,       // "STRIPE_KEY=", "export X=", YAML and JSON forms
  kCurlOption,       // "-u rk_...:"
  kPercentEncoding,  // rk%5Flive%5F
  kPunctuation,      // a full stop, comma or semicolon at the end
  kPrefix,           // RK_LIVE_, rk-live-: only one spelling is possible
  kRepeated,         // the same key twice
  kWords,            // other text around the key
};

std::string_view ToString(KeyMode mode);      // "test", "live"
std::string_view ToString(KeyRepair repair);  // "line_breaks", ...

// What the page needs to say about a field, safe to show and to keep: nothing
// in it quotes what was pasted but the redacted form of a good key.
struct KeyVerdict {
  std::optional<ErrorCode> error;  // absent: a restricted key, ready to use
  std::optional<KeyMode> mode;     // also set on errors where it is known
  std::string redacted;  // "rk_live_....wXyZ (with four bullets, U+2022)", good
                         // keys only
  std::vector<KeyRepair> repairs;
  std::size_t length = 0;       // characters of the repaired key
  bool length_unusual = false;  // a warning: part of it may be missing
  // kKeyBadCharacter: the character itself ("-", "U+0430") and where it is,
  // counted from 1 in characters of the repaired text.
  std::string bad_character;
  std::size_t bad_position = 0;
  // kKeyObjectId: what it is, e.g. "customer", "invoice".
  std::string object_kind;
  // kKeySeveral: how many keys the text holds.
  std::size_t keys_found = 0;
};

// Called on every keystroke.  Never fails, never allocates more than a few
// times the input, reads at most the first 64 KiB.
KeyVerdict CheckKey(std::string_view text);

// The two fields of the page: the first for the key, the second to be left
// empty.  kKeyInSecondField when only the second holds something (anything but
// white space and invisible characters), kKeyInBothFields when both do.
struct KeyFieldsVerdict {
  KeyVerdict first;
  KeyVerdict second;  // of the second field's text, to say what it is
  std::optional<ErrorCode> error;  // of the two together
  bool ready = false;              // Connect may be pressed
};
KeyFieldsVerdict CheckKeyFields(std::string_view first,
                                std::string_view second);

// Holds the secret and lets it out by one door, AuthorizationHeader().  There
// is deliberately no ToString() and no operator<<.  Move-only; the destructor
// and a move overwrite the memory the key was in.
class ApiKey {
 public:
  // Errors: as CheckKey says; the detail never quotes the input.
  static Result<ApiKey> Parse(std::string_view text);

  ApiKey(ApiKey&& other) noexcept;
  ApiKey& operator=(ApiKey&& other) noexcept;
  ApiKey(const ApiKey&) = delete;
  ApiKey& operator=(const ApiKey&) = delete;
  ~ApiKey();

  KeyMode mode() const { return mode_; }
  std::string Redacted() const;

  // A hint: the account id that current keys seem to carry ("acct_1..."), or
  // empty.  Undocumented by Stripe; never a reason to refuse anything.
  std::string AccountHint() const;

  // "Bearer <key>".  Only a transport calls this, at the moment of sending, and
  // wipes what it was given.
  std::string AuthorizationHeader() const;

 private:
  ApiKey(KeyMode mode, std::string text);

  KeyMode mode_;
  std::string text_;
};

}  // namespace precision

#endif  // PRECISION_KEY_API_KEY_H_
