// nlohmann as a second reader of the grammar: what it refuses, the normalizer
// refuses.  That rows are equal on what both take: whole_rows_test.cpp and
// field_tables_test.cpp.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "unit/normalize/object_maker.h"
#include "unit/normalize/rows.h"

namespace precision {
namespace {

Json PageJson(const Json& data) {
  return {{"object", "list"}, {"has_more", false}, {"data", data}};
}

// Text that nlohmann refuses and we repair is repaired for it first.
std::string WithoutBadText(const std::string& body) {
  std::string out = body;
  for (char& c : out) {
    if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  }
  return out;
}

// nlohmann's word on the grammar.  It also refuses numbers that no double
// holds, which are JSON all the same.
class Acceptor final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int kNumberOverflow = 406;
    too_large = error.id == kNumberOverflow;
    return false;
  }

  bool too_large = false;
};

TEST(SecondReaderTest, RefusesWhateverTheOtherRefuses) {
  std::mt19937 random(11);
  const std::string_view kBytes = "{}[]\",:\\/ \n\t0129.-+eEtrufalsn\x01\x7F";
  std::size_t refused = 0;
  std::size_t taken = 0;
  for (unsigned seed = 0; seed < 2500; ++seed) {
    Maker maker(seed);
    std::string body =
        PageJson(Json::array({maker.Invoice("in_1"), maker.Invoice("in_2")}))
            .dump(maker.Maybe() ? 1 : -1);
    for (std::size_t changes = maker.Below(3) + 1; changes > 0; --changes) {
      const std::size_t at = random() % body.size();
      const char byte = kBytes[random() % kBytes.size()];
      switch (random() % 3) {
        case 0:
          body[at] = byte;
          break;
        case 1:
          body.erase(at, random() % 4 + 1);
          break;
        default:
          body.insert(at, 1, byte);
      }
    }
    body = WithoutBadText(body);
    Acceptor acceptor;
    const bool theirs = Json::sax_parse(body, &acceptor);
    if (acceptor.too_large) continue;
    Normalizer normalizer;
    const auto ours = normalizer.ReadPage("invoice", body);
    const bool malformed =
        !ours.ok() && ours.error().code == ErrorCode::kJsonMalformed;
    ASSERT_EQ(malformed, !theirs) << "seed " << seed << ": " << body;
    ++(theirs ? taken : refused);
  }
  // Both kinds were there to be compared.
  EXPECT_GT(refused, 1000U);
  EXPECT_GT(taken, 200U);
}

}  // namespace
}  // namespace precision
