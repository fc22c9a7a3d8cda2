// A place in a body of JSON.  Wraps glaze's validating skips.  The loops over
// objects and arrays are our own (layout.h), because glaze gives a whole read
// up at the first field of a wrong type.

#ifndef PRECISION_NORMALIZE_CURSOR_H_
#define PRECISION_NORMALIZE_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace precision::raw {

class Cursor {
 public:
  explicit Cursor(std::string_view body)
      : it(body.data()), end(body.data() + body.size()) {}

  const char* it;
  const char* end;

  bool ok() const { return !failed_; }
  void Fail() { failed_ = true; }
  // The only fault: an escape that is half of a surrogate pair or none.
  bool bad_escape() const { return bad_escape_; }
  bool too_deep() const { return depth_ > kMaxDepth; }

  // To the next character that is no white space.  False, and failed, at the
  // end of the body.
  bool SkipSpace() {
    if (it != end && static_cast<unsigned char>(*it) > ' ') return true;
    return SkipSomeSpace();
  }

  // Into an object or array, and out of it.
  bool Deepen() {
    if (++depth_ <= kMaxDepth) return true;
    Fail();
    return false;
  }
  void Rise() { --depth_; }
  // Past '{' or '['.
  bool Enter() {
    if (!Deepen()) return false;
    ++it;
    return true;
  }
  // Past '}' or ']'.
  void Leave() {
    Rise();
    ++it;
  }

  // Past an array.  `read` is called at each element, to go past it.
  // REQUIRES: the cursor is at '['.
  template <typename ReadElement>
  void EachElement(const ReadElement& read) {
    if (!Enter() || !SkipSpace()) return;
    if (*it == ']') return Leave();
    while (true) {
      read();
      if (!ok() || !SkipSpace()) return;
      if (*it == ']') return Leave();
      if (*it != ',') return Fail();
      ++it;
      if (!SkipSpace()) return;
    }
  }

  // Past an object.  `read` is called at each value, with the escaped text of
  // its key, to go past it.  REQUIRES: the cursor is at '{'.
  template <typename ReadMember>
  void EachMember(const ReadMember& read) {
    if (!Enter() || !SkipSpace()) return;
    if (*it == '}') return Leave();
    while (true) {
      if (*it != '"') return Fail();
      const char* begin = ++it;
      SkipString();
      if (!ok()) return;
      const std::string_view key(begin,
                                 static_cast<std::size_t>(it - 1 - begin));
      if (!TakeColon()) return;
      read(key);
      if (!ok() || !SkipSpace()) return;
      if (*it == '}') return Leave();
      if (*it != ',') return Fail();
      ++it;
      if (!SkipSpace()) return;
    }
  }

  // Past ':' and the white space around it.
  bool TakeColon() {
    // As Stripe writes it.
    if (end - it > 2 && it[0] == ':' && it[1] == ' ' && it[2] > ' ') {
      it += 2;
      return true;
    }
    if (it != end && *it == ':') {
      ++it;
    } else {
      if (!SkipSpace()) return false;
      if (*it != ':') {
        Fail();
        return false;
      }
      ++it;
    }
    if (it != end && *it == ' ') ++it;
    return SkipSpace();
  }

  // To behind the closing quote.  True if the text surely is ASCII without
  // escapes.  REQUIRES: just behind the opening quote.
  bool SkipString();
  // To behind a number in JSON's own form.
  void SkipNumber();
  // To behind "null" or "true", or "false", whose first letter is here.
  bool TakeNull() { return TakeWord(kNull); }
  bool TakeTrue() { return TakeWord(kTrue); }
  bool TakeFalse() {
    ++it;
    return TakeWord(kAlse);
  }
  // To behind any value, fully validated.
  void SkipValue();

 private:
  static constexpr std::uint32_t kMaxDepth = 256;  // glaze's own
  static constexpr char kNull[] = {'n', 'u', 'l', 'l'};
  static constexpr char kTrue[] = {'t', 'r', 'u', 'e'};
  static constexpr char kAlse[] = {'a', 'l', 's', 'e'};

  bool TakeWord(const char (&word)[4]) {
    std::uint32_t here = 0;
    std::uint32_t wanted = 0;
    if (end - it < 4) {
      Fail();
      return false;
    }
    std::memcpy(&here, it, 4);
    std::memcpy(&wanted, word, 4);
    if (here != wanted) {
      Fail();
      return false;
    }
    it += 4;
    return true;
  }

  bool SkipSomeSpace();
  void SkipObject();
  void SkipArray();

  std::uint32_t depth_ = 0;
  bool failed_ = false;
  bool bad_escape_ = false;
};

}  // namespace precision::raw

#endif  // PRECISION_NORMALIZE_CURSOR_H_
