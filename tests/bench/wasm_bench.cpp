// The part of the core that the page benchmark measures, bound alone: bytes of
// a list page in, columns out.  The copy into the heap is the harness's and is
// timed with it, as the page's own Fetch does it.  Beside it, two yardsticks in
// WebAssembly: a reader over nlohmann documents, and a look at each byte.

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "bench/pages.h"
#include "normalize/sixteen.h"
#include "precision/normalize/normalizer.h"

namespace {

using Json = nlohmann::json;

// Columns as a plain reader keeps them.
struct PlainColumn {
  std::vector<std::string> texts;
  std::vector<std::int64_t> numbers;

  void Add(const Json& value) {
    if (value.is_string()) {
      texts.push_back(value.get_ref<const std::string&>());
    } else if (value.is_number_integer()) {
      numbers.push_back(value.get<std::int64_t>());
    } else if (value.is_boolean()) {
      numbers.push_back(value.get<bool>() ? 1 : 0);
    } else {
      numbers.push_back(0);
    }
  }
};

// "a.b.c"; "a[].b" is the sum over a list; a reference may be an id or an
// object that has one.
using Path = std::vector<std::string>;

std::vector<Path> PathsOf(std::string_view text) {
  std::vector<Path> paths(1, Path(1));
  for (const char c : text) {
    if (c == ' ') {
      paths.emplace_back(1);
    } else if (c == '.') {
      paths.back().emplace_back();
    } else {
      paths.back().back() += c;
    }
  }
  return paths;
}

Json ValueAt(const Json& object, const Path& path) {
  const Json* at = &object;
  for (std::size_t i = 0; i < path.size(); ++i) {
    std::string_view name = path[i];
    const bool is_list = name.ends_with("[]");
    if (is_list) name.remove_suffix(2);
    const auto found = at->find(name);
    if (found == at->end()) return {};
    at = &*found;
    if (!is_list) continue;
    std::int64_t sum = 0;
    for (const Json& item : *at) {
      const auto part = item.find(path[i + 1]);
      if (part != item.end() && part->is_number_integer()) {
        sum += part->get<std::int64_t>();
      }
    }
    return sum;
  }
  if (!at->is_object()) return *at;
  const auto id = at->find("id");
  return id == at->end() ? Json() : *id;
}

// https://www.unicode.org/versions/latest/, table 3-7: how many bytes the
// character at the front takes; 0 where it is none.
std::size_t CharacterAt(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool good =
        follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) &&
        follows(2, 0x80, 0xBF);
    return good ? 3 : 0;
  }
  if (lead < 0xF0 || lead > 0xF4) return 0;
  const bool good =
      follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) &&
      follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF);
  return good ? 4 : 0;
}

bool IsUtf8(std::string_view text) {
  using precision::raw::MaskOf;
  using precision::raw::SixteenAt;
  while (!text.empty()) {
    if (text.size() >= 16 && MaskOf(SixteenAt(text.data()) >= 0x80) == 0) {
      text.remove_prefix(16);
      continue;
    }
    const std::size_t size = CharacterAt(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

class Bench {
 public:
  emscripten::val Input(std::size_t length) {
    if (input_.size() < length) input_.resize(length);
    length_ = length;
    return emscripten::val(emscripten::typed_memory_view(
        length, reinterpret_cast<unsigned char*>(input_.data())));
  }

  // Rows added or replaced, or -1.
  int ReadPage(const std::string& object) {
    const auto read =
        rows_.ReadPage(object, std::string_view(input_).substr(0, length_));
    if (!read.ok()) return -1;
    return static_cast<int>(read.value().rows_new + read.value().rows_replaced);
  }

  // The same columns over a document of nlohmann's; rows, or -1.
  int ReadWithNlohmann(const std::string& paths) {
    if (plain_paths_text_ != paths) {
      plain_paths_text_ = paths;
      plain_paths_ = PathsOf(paths);
      plain_.assign(plain_paths_.size(), {});
    }
    const Json page = Json::parse(std::string_view(input_).substr(0, length_),
                                  nullptr, false);
    if (!page.is_object()) return -1;
    const Json& data = page.at("data");
    for (const Json& object : data) {
      for (std::size_t i = 0; i < plain_.size(); ++i) {
        plain_[i].Add(ValueAt(object, plain_paths_[i]));
      }
    }
    return static_cast<int>(data.size());
  }
  void ForgetPlain() { plain_paths_text_.clear(); }

  bool CheckUtf8() const {
    return IsUtf8(std::string_view(input_).substr(0, length_));
  }

  // Reads `pages` made-up pages of 100 of `object`; false when one is refused.
  bool ReadMade(const std::string& object, int pages) {
    for (int i = 0; i < pages; ++i) {
      if (!rows_.ReadPage(object, made_.Page(object)).ok()) return false;
    }
    return true;
  }

  std::size_t ByteSize() const { return rows_.ByteSize(); }
  void Clear() { rows_.Clear(); }

 private:
  std::string input_;
  std::size_t length_ = 0;
  precision::Normalizer rows_;
  std::string plain_paths_text_;
  std::vector<Path> plain_paths_;
  std::vector<PlainColumn> plain_;
  precision::bench::Pages made_{7};
};

}  // namespace

EMSCRIPTEN_BINDINGS(precision_bench) {
  emscripten::class_<Bench>("Bench")
      .constructor<>()
      .function("input", &Bench::Input)
      .function("readPage", &Bench::ReadPage)
      .function("readWithNlohmann", &Bench::ReadWithNlohmann)
      .function("forgetPlain", &Bench::ForgetPlain)
      .function("checkUtf8", &Bench::CheckUtf8)
      .function("readMade", &Bench::ReadMade)
      .function("byteSize", &Bench::ByteSize)
      .function("clear", &Bench::Clear);
}
