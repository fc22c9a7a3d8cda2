#include "candidate.h"

#include <algorithm>
#include <utility>

#include "key_text.h"

namespace precision {

namespace {

constexpr std::size_t kMinBody = 10;
// Bodies of the two known forms: keys of before about 2019, and today's.
constexpr std::size_t kOldBody = 24;
constexpr std::size_t kNewBody = 99;

struct Shape {
  std::string_view kind;
  bool has_mode;
};
constexpr Shape kShapes[] = {
    {"rkcs", true}, {"rk", true},     {"sk_org", false}, {"sk", true},
    {"pk", true},   {"whsec", false}, {"ek", true},
};

struct Mode {
  std::string_view name;
  std::optional<KeyMode> mode;
};
constexpr Mode kModes[] = {
    {"live", KeyMode::kLive}, {"test", KeyMode::kTest}, {"prod", {}}};

// Reads a prefix from `text`, forgiving its spelling and noting what it
// forgave.
class HeadReader {
 public:
  HeadReader(std::u32string_view text, std::size_t at) : text_(text) {
    head_.begin = at;
    head_.end = at;
  }

  bool Letters(std::string_view letters) {
    const std::size_t start = head_.end;
    for (const char letter : letters) {
      if (letter == '_' ? !Separator() : !Letter(letter)) {
        head_.end = start;
        return false;
      }
    }
    return true;
  }

  // An underscore, also as Markdown escapes it, or the dash that a hand or a
  // text program put there: nothing else can stand at this place.
  bool Separator() {
    std::size_t at = head_.end;
    if (at < text_.size() && text_[at] == U'\\') ++at;
    if (at >= text_.size()) return false;
    const char32_t c = text_[at];
    if (c != U'_' && !IsDash(c)) {
      if (LooksLike(c) != U'_') return false;
      Foreign(at);
    }
    if (c != U'_' || at != head_.end) head_.respelled = true;
    head_.end = at + 1;
    return true;
  }

  KeyHead& head() { return head_; }

 private:
  bool Letter(char letter) {
    if (head_.end >= text_.size()) return false;
    const char32_t c = text_[head_.end];
    const char32_t lower = LowerCase(c);
    if (lower != static_cast<char32_t>(letter)) {
      if (c < 0x80 ||
          LowerCase(LooksLike(c)) != static_cast<char32_t>(letter)) {
        return false;
      }
      Foreign(head_.end);
    } else if (c != lower) {
      head_.respelled = true;
    }
    ++head_.end;
    return true;
  }

  void Foreign(std::size_t at) {
    if (!head_.foreign) head_.foreign = at;
  }

  std::u32string_view text_;
  KeyHead head_;
};

std::optional<KeyHead> HeadAt(std::u32string_view text, std::size_t at) {
  for (const Shape& shape : kShapes) {
    HeadReader reader(text, at);
    if (!reader.Letters(shape.kind) || !reader.Separator()) continue;
    reader.head().kind = shape.kind;
    if (!shape.has_mode) return reader.head();
    for (const Mode& mode : kModes) {
      HeadReader with_mode = reader;
      if (with_mode.Letters(mode.name) && with_mode.Separator()) {
        with_mode.head().mode = mode.mode;
        return with_mode.head();
      }
    }
  }
  return std::nullopt;
}

struct Piece {
  std::size_t begin;
  std::size_t end;
  std::size_t length() const { return end - begin; }
};

// A word of a sentence rather than a part of a key, which mixes digits and
// capitals into its letters.
bool IsWord(std::u32string_view chars) {
  constexpr std::size_t kLongestWord = 15;
  constexpr std::size_t kLongestNumber = 4;
  if (std::ranges::all_of(chars, IsDigit))
    return chars.size() <= kLongestNumber;
  if (chars.size() > kLongestWord || std::ranges::any_of(chars, IsDigit)) {
    return false;
  }
  const std::u32string_view rest = chars.substr(1);
  return std::ranges::all_of(rest, IsLower) ||
         std::ranges::all_of(chars, IsUpper);
}

class BodyReader {
 public:
  BodyReader(std::u32string_view text, const KeyHead& head, std::size_t limit)
      : text_(text.substr(0, limit)), head_(head) {}

  Candidate Read() {
    Candidate candidate;
    const std::vector<Piece> pieces = Pieces();
    const std::size_t joined = HowManyBelong(pieces, candidate);
    for (std::size_t i = 0; i < joined; ++i) {
      candidate.pieces.emplace_back(pieces[i].begin, pieces[i].end);
      candidate.body_length += pieces[i].length();
    }
    candidate.end = pieces[joined - 1].end;
    candidate.rejoined = joined > 1;
    if (candidate.error) {
      candidate.bad_position = PositionAfter(candidate.body_length);
      return candidate;
    }
    Judge(candidate);
    return candidate;
  }

 private:
  char32_t At(std::size_t i) const { return i < text_.size() ? text_[i] : 0; }
  bool IsEnd(std::size_t i) const {
    return i >= text_.size() || IsSpace(text_[i]);
  }

  std::size_t RunEnd(std::size_t i) const {
    while (i < text_.size() && IsBase62(text_[i])) ++i;
    return i;
  }

  std::size_t PositionAfter(std::size_t body_length) const {
    constexpr std::size_t kModePart = 6;  // "_live_"
    const std::size_t prefix =
        head_.kind.size() + (head_.mode ? kModePart : std::size_t{1});
    return prefix + body_length + 1;
  }

  // Past the white space at `i`, with the marks that a wrap leaves: a hyphen
  // before the line's end, a quoting ">" after it.
  std::size_t SkipGap(std::size_t i) const {
    if ((IsDash(At(i)) || At(i) == U'=') && At(i + 1) == U'\n') ++i;
    bool line_begins = false;
    while (i < text_.size() &&
           (IsSpace(text_[i]) || (line_begins && text_[i] == U'>'))) {
      line_begins = text_[i] == U'\n' || (line_begins && text_[i] != U'\n');
      ++i;
    }
    return i;
  }

  std::vector<Piece> Pieces() const {
    std::vector<Piece> pieces{{head_.end, RunEnd(head_.end)}};
    while (true) {
      const std::size_t begin = SkipGap(pieces.back().end);
      if (begin == pieces.back().end) break;
      const std::size_t end = RunEnd(begin);
      if (end == begin) break;
      const bool wrapped = SkipGap(end) != end;
      if (end < text_.size() && !wrapped && !IsSeparator(end, kNewBody)) break;
      pieces.push_back({begin, end});
    }
    return pieces;
  }

  // A key broken by white space is put together only where that leaves no
  // doubt: to a known length, or from parts none of which is a word.
  std::size_t HowManyBelong(const std::vector<Piece>& pieces,
                            Candidate& candidate) const {
    for (const std::size_t known : {kNewBody, kOldBody}) {
      std::size_t length = 0;
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        length += pieces[i].length();
        if (length == known) return i + 1;
      }
    }
    const auto is_word = [&](const Piece& piece) {
      return IsWord(text_.substr(piece.begin, piece.length()));
    };
    const auto first_word =
        std::find_if(pieces.begin() + 1, pieces.end(), is_word);
    const auto joined = static_cast<std::size_t>(first_word - pieces.begin());
    if (!std::all_of(first_word, pieces.end(), is_word)) {
      candidate.error = ErrorCode::kKeyBadCharacter;
      candidate.bad = pieces[joined - 1].end;
    }
    return joined;
  }

  void Judge(Candidate& candidate) const {
    const std::size_t end = candidate.end;
    if (IsMasked(end, candidate.body_length)) {
      candidate.error = ErrorCode::kKeyMasked;
    } else if (end < text_.size() && !IsSpace(text_[end]) &&
               !IsSeparator(end, candidate.body_length)) {
      candidate.error = ErrorCode::kKeyBadCharacter;
      candidate.bad = end;
      candidate.bad_position = PositionAfter(candidate.body_length);
    } else if (candidate.body_length < kMinBody) {
      candidate.error = ErrorCode::kKeyTruncated;
    }
  }

  bool IsDots(std::size_t i) const {
    return At(i) == U'.' && At(i + 1) == U'.';
  }

  // "**rk_live_...**" in Markdown is no mask.
  bool IsEmphasis(std::size_t end) const {
    std::size_t before = 0;
    while (before < head_.begin && text_[head_.begin - 1 - before] == U'*') {
      ++before;
    }
    if (before == 0) return false;
    for (std::size_t i = 0; i < before; ++i) {
      if (At(end + i) != U'*') return false;
    }
    return !IsBase62(At(end + before)) && !IsMask(At(end + before));
  }

  bool IsMasked(std::size_t end, std::size_t body_length) const {
    constexpr char32_t kEllipsis = 0x2026;
    if (IsEmphasis(end)) return false;
    // In the same word, wherever in it.
    for (std::size_t i = end; !IsEnd(i); ++i) {
      if (!IsMask(text_[i]) && !IsDots(i)) continue;
      // A whole key and then dots: the sentence trails off.
      const std::size_t after = text_.find_first_not_of(U".\u2026", i);
      const bool trails_off = IsEnd(std::min(after, text_.size()));
      return !(i == end && body_length == kNewBody && trails_off);
    }
    // Or after a space; a single star there is a list's bullet.
    std::size_t next = end;
    while (next < text_.size() && IsSpace(text_[next])) ++next;
    if (next == end) return false;
    return At(next) == kEllipsis ||
           (IsMask(At(next)) && IsMask(At(next + 1))) || IsDots(next);
  }

  // Whether the key may end before the character at `i`: it could not have been
  // meant as a part of the key.
  bool IsSeparator(std::size_t i, std::size_t body_length) const {
    const char32_t c = At(i);
    const char32_t next = At(i + 1);
    const char32_t before = head_.begin > 0 ? text_[head_.begin - 1] : U' ';
    const bool known_length =
        body_length == kNewBody || body_length == kOldBody;
    const bool next_is_letter = IsBase62(next);
    if (body_length == 0) return IsPunctuation(c) && !next_is_letter;
    if (c == U'*') return IsEmphasis(i);
    if (c == U'_') return before == U'_' && !next_is_letter;
    if (c == U'<') return true;
    if (IsQuote(c) || IsClosing(c)) {
      return !next_is_letter || known_length || IsQuote(before) ||
             IsOpening(before);
    }
    if (c == U'\\') {
      // A line end or a quotation mark as source code writes them.
      const bool escape = next == U'n' || next == U'r' || next == U't';
      return escape ? !IsBase62(At(i + 2)) : !next_is_letter && next != U'_';
    }
    if (c == U'&' || c == U'#') return before == U'=';
    if (c == U'@') return before == U'/';
    if (c == U'|' || c == U'\t') return true;
    if (IsPunctuation(c) || c == U'(') {
      return !next_is_letter || known_length || before == c;
    }
    return false;
  }

  std::u32string_view text_;
  const KeyHead& head_;
};

}  // namespace

std::vector<KeyHead> FindHeads(std::u32string_view text) {
  std::vector<KeyHead> heads;
  bool in_body = false;  // all since the last head could be its body
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!heads.empty() && i > heads.back().end) {
      in_body = in_body && IsBase62(text[i - 1]);
    }
    // Not inside a word, unless a key ends here and the next is glued to it.
    if (i > 0 && IsBase62(text[i - 1]) && !in_body) continue;
    const std::optional<KeyHead> head = HeadAt(text, i);
    if (!head) continue;
    heads.push_back(*head);
    in_body = true;
    i = head->end - 1;
  }
  return heads;
}

Candidate ReadBody(std::u32string_view text, const KeyHead& head,
                   std::size_t limit) {
  return BodyReader(text, head, limit).Read();
}

}  // namespace precision
