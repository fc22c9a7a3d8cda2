#include "surroundings.h"

#include <algorithm>
#include <array>
#include <string>

#include "key_text.h"

namespace precision {

namespace {

bool IsNameCharacter(char32_t c) {
  return IsBase62(c) || c == U'_' || c == U'-' || c == U'.' || c == U'$' ||
         c >= 0x80;
}

bool IsMark(char32_t c) {
  return IsQuote(c) || IsOpening(c) || IsClosing(c) || c == U'*' ||
         c == U'\\' || c == U'|';
}

// What comes before a key, read backwards.
class Before {
 public:
  Before(std::u32string_view text, std::vector<KeyRepair>& repairs)
      : text_(text), repairs_(repairs) {}

  void Describe() {
    TakeItalic();
    while (SkipSpaces(), !text_.empty()) {
      if (IsMark(text_.back())) {
        text_.remove_suffix(1);
        AddRepair(repairs_, KeyRepair::kQuotes);
      } else if (TakeWord("bearer")) {
        Label(KeyRepair::kBearer);
        TakeHeaderName();
      } else if (TakeWord("-u") || TakeWord("--user")) {
        Label(KeyRepair::kCurlOption);
      } else if (text_.back() == U'=' || text_.back() == U':') {
        TakeAssignment();
      } else {
        if (!labelled_ || !IsKnownBeginning()) {
          AddRepair(repairs_, KeyRepair::kWords);
        }
        return;
      }
    }
  }

 private:
  // "_rk_live_..._", as Markdown writes it.
  void TakeItalic() {
    if (!text_.ends_with(U'_')) return;
    text_.remove_suffix(1);
    AddRepair(repairs_, KeyRepair::kQuotes);
  }

  void SkipSpaces() {
    while (!text_.empty() && IsSpace(text_.back())) text_.remove_suffix(1);
  }

  void Label(KeyRepair repair) {
    AddRepair(repairs_, repair);
    labelled_ = true;
  }

  bool TakeWord(std::string_view word) {
    if (text_.size() < word.size()) return false;
    const std::size_t begin = text_.size() - word.size();
    if (begin > 0 && IsNameCharacter(text_[begin - 1])) return false;
    if (ToLowerAscii(text_.substr(begin)) != word) return false;
    text_.remove_suffix(word.size());
    return true;
  }

  void TakeHeaderName() {
    SkipSpaces();
    while (!text_.empty() && (text_.back() == U':' || IsQuote(text_.back()) ||
                              IsSpace(text_.back()))) {
      text_.remove_suffix(1);
    }
    TakeWord("authorization");
  }

  // NAME=, "name": and name => with the name itself.
  void TakeAssignment() {
    Label(KeyRepair::kAssignment);
    while (!text_.empty() && (text_.back() == U'=' || text_.back() == U':')) {
      text_.remove_suffix(1);
    }
    while (!text_.empty() && (IsSpace(text_.back()) || IsMark(text_.back()))) {
      text_.remove_suffix(1);
    }
    while (!text_.empty() && IsNameCharacter(text_.back())) {
      text_.remove_suffix(1);
    }
  }

  // What goes with a label: the rest of a command, a keyword, a list's dash.
  bool IsKnownBeginning() const {
    constexpr std::array<std::string_view, 12> kKnown = {
        "export", "set",  "setx", "const",    "let", "var",
        "env",    "curl", "-h",   "--header", "-",   "#"};
    const std::size_t end = text_.find(U' ');
    const std::string first = ToLowerAscii(text_.substr(0, end));
    return std::ranges::find(kKnown, first) != kKnown.end();
  }

  std::u32string_view text_;
  std::vector<KeyRepair>& repairs_;
  bool labelled_ = false;
};

void DescribeAfter(std::u32string_view text, std::vector<KeyRepair>& repairs) {
  const bool curl =
      std::ranges::find(repairs, KeyRepair::kCurlOption) != repairs.end();
  // curl's "user:password" with no password.
  if (text.starts_with(U':')) {
    const bool alone = text.size() == 1 || text.starts_with(U":@");
    AddRepair(repairs,
              curl || alone ? KeyRepair::kCurlOption : KeyRepair::kPunctuation);
    text.remove_prefix(1);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    const bool escape =
        c == U'\\' && i + 1 < text.size() &&
        (text[i + 1] == U'n' || text[i + 1] == U'r' || text[i + 1] == U't');
    if (escape) {
      AddRepair(repairs, KeyRepair::kLineBreaks);
      ++i;
    } else if (IsMark(c) || (i == 0 && c == U'_')) {
      AddRepair(repairs, KeyRepair::kQuotes);
    } else if (IsPunctuation(c) || c == 0x2026) {
      AddRepair(repairs, KeyRepair::kPunctuation);
    } else if (!IsSpace(c)) {
      AddRepair(repairs, KeyRepair::kWords);
      return;
    }
  }
}

}  // namespace

void DescribeSurroundings(std::u32string_view before, std::u32string_view after,
                          std::vector<KeyRepair>& repairs) {
  Before(before, repairs).Describe();
  DescribeAfter(after, repairs);
}

}  // namespace precision
