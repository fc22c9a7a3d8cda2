// An independent second reader, written plainly over nlohmann documents: what
// it refuses, the normalizer refuses; on what both take, key cells are equal.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "unit/normalize/rows.h"

namespace precision {
namespace {

std::string IdOf(const Json& reference) {
  if (reference.is_string()) return reference.get<std::string>();
  if (reference.is_object() && reference.contains("id") &&
      reference["id"].is_string()) {
    return reference["id"].get<std::string>();
  }
  return {};
}

Json TextOrNull(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json IntegerOf(const Json& object, const char* name) {
  if (!object.contains(name) || !object[name].is_number_integer()) return {};
  return object[name];
}

Json StringOf(const Json& object, const char* name) {
  if (!object.contains(name) || !object[name].is_string()) return {};
  return object[name];
}

// The key cells of an invoice, from the description of the columns.
Json InvoiceCells(const Json& invoice) {
  Json row = Json::object();
  row["id"] = invoice["id"];
  row["number"] = StringOf(invoice, "number");
  row["status"] = StringOf(invoice, "status");
  row["currency"] = StringOf(invoice, "currency");
  for (const char* name : {"total", "subtotal", "amount_due", "amount_paid",
                           "created", "due_date", "attempt_count"}) {
    row[name] = IntegerOf(invoice, name);
  }
  row["customer"] = TextOrNull(IdOf(invoice.value("customer", Json())));
  std::string subscription = IdOf(invoice.value("subscription", Json()));
  if (subscription.empty() && invoice.contains("parent") &&
      invoice["parent"].is_object()) {
    const Json details =
        invoice["parent"].value("subscription_details", Json());
    if (details.is_object()) {
      subscription = IdOf(details.value("subscription", Json()));
    }
  }
  row["subscription"] = TextOrNull(subscription);
  Json tax = IntegerOf(invoice, "tax");
  for (const char* name : {"total_tax_amounts", "total_taxes"}) {
    if (!tax.is_null() || !invoice.contains(name)) continue;
    if (!invoice[name].is_array()) continue;
    std::int64_t sum = 0;
    for (const Json& item : invoice[name]) {
      sum += item["amount"].get<std::int64_t>();
    }
    tax = sum;
  }
  row["tax"] = tax;
  return row;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t bound) { return random_() % bound; }
  bool Maybe() { return Below(2) == 0; }

  Json Text() {
    static const std::vector<std::string> kTexts = {
        "",
        "plain",
        "quote \" and \\ back",
        "line\nfeed",
        "\xC3\xA9t\xC3\xA9",
        "\xF0\x9F\x98\x80",
        "a longer text that takes more than one word",
        std::string("nul\0inside", 10)};
    return kTexts[Below(kTexts.size())];
  }

  Json Number() {
    const std::int64_t whole = static_cast<std::int64_t>(
        (std::uint64_t{random_()} << 21 ^ random_()) & ((1ULL << 53) - 1));
    return Maybe() ? Json(whole % 100'000) : Json(-whole);
  }

  Json Reference(const char* id) {
    switch (Below(4)) {
      case 0:
        return {};
      case 1:
        return id;
      case 2:
        return {{"id", id}, {"object", "thing"}, {"deleted", true}};
      default:
        return {{"object", "thing"}, {"name", Text()}, {"id", id}};
    }
  }

  Json Invoice(int number) {
    Json invoice = {{"id", "in_" + std::to_string(number)},
                    {"object", "invoice"}};
    if (Maybe()) invoice["number"] = Text();
    if (Maybe()) invoice["status"] = Maybe() ? "paid" : "open";
    if (Maybe()) invoice["currency"] = "usd";
    for (const char* name :
         {"total", "subtotal", "amount_due", "amount_paid"}) {
      if (Maybe()) invoice[name] = Maybe() ? Number() : Json();
    }
    if (Maybe()) invoice["created"] = Below(2'000'000'000);
    if (Maybe()) invoice["due_date"] = Maybe() ? Json(Below(99)) : Json();
    if (Maybe()) invoice["attempt_count"] = Below(9);
    invoice["customer"] = Reference("cus_1");
    if (Maybe()) {
      invoice["subscription"] = Reference("sub_1");
    } else {
      invoice["parent"] = {
          {"type", "subscription_details"},
          {"subscription_details", {{"subscription", Reference("sub_1")}}}};
    }
    if (Maybe()) invoice["tax"] = Below(500);
    invoice[Maybe() ? "total_taxes" : "total_tax_amounts"] =
        Json::array({{{"amount", Below(50)}}, {{"amount", Below(50)}}});
    invoice["metadata"] = {{"key", Text()}, {"status", "none"}};
    invoice["lines"] = {
        {"object", "list"},
        {"data", Json::array({{{"id", "il_1"}, {"amount", 1.5}}})},
        {"has_more", false}};
    return invoice;
  }

 private:
  std::mt19937 random_;
};

Json PageJson(const Json& data) {
  return {{"object", "list"}, {"has_more", false}, {"data", data}};
}

TEST(SecondReaderTest, AgreesOnTheCellsOfGeneratedPages) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    Generator generator(seed);
    Json data = Json::array();
    Json expected = Json::array();
    for (int i = 0; i < 10; ++i) {
      data.push_back(generator.Invoice(i));
      expected.push_back(InvoiceCells(data.back()));
    }
    Normalizer normalizer;
    const std::string body =
        PageJson(data).dump(generator.Maybe() ? 2 : -1, ' ', generator.Maybe());
    ASSERT_TRUE(normalizer.ReadPage("invoice", body).ok());
    const Json rows = RowsOf(normalizer, TableId::kInvoices);
    ASSERT_EQ(rows.size(), data.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ASSERT_EQ(Only(rows[i], expected[i]), expected[i])
          << "seed " << seed << ": " << data[i].dump();
    }
    EXPECT_TRUE(normalizer.issues().counts.empty()) << "seed " << seed;
  }
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
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Generator generator(seed);
    std::string body =
        PageJson(Json::array({generator.Invoice(1), generator.Invoice(2)}))
            .dump(generator.Maybe() ? 1 : -1);
    for (std::size_t changes = generator.Below(3) + 1; changes > 0; --changes) {
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
