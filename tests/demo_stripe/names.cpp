#include "demo_stripe/names.h"

#include <array>

namespace precision::demo {

namespace {

enum Stream : std::uint64_t { kFirst = 40, kLast, kForm };

constexpr auto kFirstNames = std::to_array<std::string_view>(
    {"Ada",        "Noah",           "Grace",       "Liam",       "Maya",
     "Oscar",      "Ruth",           "Theo",        "Jos\u00e9",  "Zo\u00eb",
     "S\u00f8ren", "Fran\u00e7oise", "\u0141ukasz", "Bj\u00f6rk", "Ngoc",
     "Amara",      "Kofi",           "In\u00e9s",   "D'Arcy",     "Mei"});
constexpr auto kLastNames = std::to_array<std::string_view>(
    {"Winter", "Okafor", "Lindqvist", "Moreau", "Garc\u00eda", "Novak",
     "O'Neill", "M\u00fcller", "Rossi", "Haddad", "Tanaka-Jones", "Silva",
     "\u0160imi\u0107", "Brown", "Kowalski", "Nguy\u1ec5n", "Abara", "Fox"});
constexpr auto kCompanies = std::to_array<std::string_view>(
    {"Harbour & Sons", "Blue Kettle Ltd", "Quietwork GmbH", "N\u00f8rd ApS",
     "Lumen \"Labs\"", "Fjord Analytics", "Paper, Scissors, Inc.",
     "Caf\u00e9 Central", "Orchard Health", "Tall Pine Co-op",
     "\U0001F980 Crab Shack", "Stra\u00dfenbahn AG"});
constexpr auto kJapanese = std::to_array<std::string_view>(
    {"\u5c71\u7530 \u592a\u90ce", "\u4f50\u85e4 \u82b1\u5b50",
     "\u682a\u5f0f\u4f1a\u793e\u9752\u7a7a", "\u9234\u6728 \u4e00\u90ce",
     "\u9ad8\u6a4b \u7f8e\u54b2"});
constexpr auto kArabic = std::to_array<std::string_view>(
    {"\u0645\u062d\u0645\u062f \u0627\u0644\u0635\u0628\u0627\u062d",
     "\u0641\u0627\u0637\u0645\u0629 \u0627\u0644\u0639\u0644\u064a",
     "\u0634\u0631\u0643\u0629 \u0627\u0644\u062e\u0644\u064a\u062c"});
constexpr auto kElsewhere = std::to_array<std::string_view>(
    {"\u041e\u043b\u044c\u0433\u0430 \u0421\u043c\u0438\u0440\u043d\u043e\u0432"
     "\u0430",
     "\u5f20\u4f1f", "\uae40\ubbfc\uc900",
     "\u0391\u03bb\u03ad\u03be\u03b7\u03c2 "
     "\u03a0\u03b1\u03c0\u03ac\u03c2",
     "\u05d9\u05e2\u05dc \u05db\u05d4\u05df",
     "\u0905\u0928\u093f\u0924\u093e \u0930\u093e\u0935"});

constexpr std::array<std::array<std::string_view, 3>, 5> kCities = {{
    {"Portland", "Austin", "Boston"},
    {"Berlin", "K\u00f6ln", "Lyon"},
    {"Leeds", "Bristol", "Glasgow"},
    {"\u6771\u4eac", "\u5927\u962a", "\u672d\u5e4c"},
    {"Kuwait City", "Hawalli", "Salmiya"},
}};

template <typename Names>
std::string_view Pick(const Names& names, std::uint64_t roll) {
  return names[roll % names.size()];
}

}  // namespace

std::string MadeUpName(const Dice& dice, std::int64_t number, int currency) {
  const std::uint64_t first = dice.Of(kFirst, number);
  const std::uint64_t last = dice.Of(kLast, number);
  const std::int64_t form = dice.Below(100, kForm, number);
  if (currency == 3 && form < 70) return std::string(Pick(kJapanese, first));
  if (currency == 4 && form < 70) return std::string(Pick(kArabic, first));
  if (form < 6) return std::string(Pick(kElsewhere, first));
  if (form < 30) return std::string(Pick(kCompanies, first));
  return std::string(Pick(kFirstNames, first)) + " " +
         std::string(Pick(kLastNames, last));
}

std::string_view MadeUpCity(int currency, std::uint64_t roll) {
  return Pick(kCities[static_cast<std::size_t>(currency)], roll);
}

}  // namespace precision::demo
