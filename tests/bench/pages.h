// Pages of made-up objects in the shapes of the newest API version, with all
// the fields that Stripe sends and indented as it does, so that a megabyte here
// is as much work as a megabyte there.  A customer pays each month for a year;
// what is known of one is the same each time.  The same seed gives the same
// pages.

#ifndef PRECISION_TESTS_BENCH_PAGES_H_
#define PRECISION_TESTS_BENCH_PAGES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/page_templates.h"

namespace precision::bench {

class Pages {
 public:
  explicit Pages(std::uint64_t seed)
      : state_(seed * 2 + 1), customers_(seed << 32) {}

  // A page of `count` of "customer", "invoice", "payment_intent", "charge" or
  // "subscription", newest first.
  std::string Page(std::string_view object, std::size_t count = 100) {
    std::string page = "{\n  \"object\": \"list\",\n  \"data\": [";
    for (std::size_t i = 0; i < count; ++i) {
      page += i == 0 ? "\n    " : ",\n    ";
      Fill(TemplateOf(object), CustomerOf(object), page);
      ++objects_;
    }
    page += "\n  ],\n  \"has_more\": true,\n  \"url\": \"/v1/things\"\n}\n";
    return page;
  }

 private:
  static std::string_view TemplateOf(std::string_view object) {
    if (object == "customer") return kCustomerTemplate;
    if (object == "invoice") return kInvoiceTemplate;
    if (object == "payment_intent") return kPaymentIntentTemplate;
    if (object == "charge") return kChargeTemplate;
    return kSubscriptionTemplate;
  }

  // Its number: a new one each time where it is the object, or as good as it.
  std::uint64_t CustomerOf(std::string_view object) const {
    constexpr std::uint64_t kCustomers = 20'000;
    constexpr std::uint64_t kMonths = 12;
    if (object == "customer" || object == "subscription") return objects_;
    return objects_ / (kCustomers * kMonths) * kCustomers +
           objects_ % kCustomers;
  }

  // https://prng.di.unimi.it/splitmix64.c
  std::uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  std::string Letters(std::size_t length) {
    constexpr std::string_view kLetters =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
      text.push_back(kLetters[Next() % kLetters.size()]);
    }
    return text;
  }

  template <std::size_t N>
  std::string OneOf(const std::array<std::string_view, N>& texts) {
    return std::string(texts[Next() % N]);
  }

  using Values = std::vector<std::pair<std::string_view, std::string>>;

  // What is the same in all objects of one customer.
  Values MakeCustomer() {
    constexpr std::array<std::string_view, 8> kNames = {
        "Ada Park",   "Bo Lindqvist", "Carla Romero", "D\u00e9sir\u00e9e Roy",
        "Emil Brand", "Fatima Noor",  "Gus O'Neil",   "Hana Sato"};
    constexpr std::array<std::string_view, 4> kCities = {"Berlin", "Austin",
                                                         "Lyon", "Osaka"};
    constexpr std::array<std::string_view, 4> kCountries = {"DE", "US", "FR",
                                                            "JP"};
    constexpr std::array<std::string_view, 4> kPlans = {"Team", "Solo", "Large",
                                                        "Trial"};
    const std::string plan = OneOf(kPlans);
    return {
        {"customer", Letters(14)},
        {"subscription", Letters(24)},
        {"method", Letters(24)},
        {"name", OneOf(kNames)},
        {"email", Letters(9) + "@example.com"},
        {"city", OneOf(kCities)},
        {"country", OneOf(kCountries)},
        {"line", "1 Long Street"},
        {"postal", std::to_string(Next() % 90'000)},
        {"price", "1Qm7TdLrWc04vHyKpJ3x" + plan},
        {"product", "Na2xCq5Xw" + plan},
    };
  }

  Values MakeValues(std::uint64_t customer) {
    constexpr std::array<std::string_view, 4> kCurrencies = {"usd", "usd",
                                                             "eur", "jpy"};
    Values values = Pages(customers_ + customer).MakeCustomer();
    const std::int64_t subtotal =
        100 + static_cast<std::int64_t>(Next() % 100'000);
    const std::int64_t tax = subtotal / 10;
    const std::int64_t total = subtotal + tax;
    const bool paid = Next() % 10 != 0;
    created_ -= static_cast<std::int64_t>(Next() % 4000);
    const auto number = [](std::int64_t value) {
      return std::to_string(value);
    };
    const Values own = {
        {"id", Letters(24)},
        {"number", Letters(8) + "-0001"},
        {"currency", OneOf(kCurrencies)},
        {"status", paid ? "paid" : "open"},
        {"intent_status", paid ? "succeeded" : "requires_payment_method"},
        {"charge_status", paid ? "succeeded" : "failed"},
        {"subscription_status", paid ? "active" : "past_due"},
        {"interval", Next() % 3 == 0 ? "year" : "month"},
        {"decimal", number(subtotal)},
        {"subtotal", number(subtotal)},
        {"tax", number(tax)},
        {"total", number(total)},
        {"paid", number(paid ? total : 0)},
        {"remaining", number(paid ? 0 : total)},
        {"refunded", number(Next() % 20 == 0 && paid ? total : 0)},
        {"balance", number(Next() % 5 == 0 ? -total : 0)},
        {"created", number(created_)},
        {"start", number(created_ - 2'592'000)},
        {"end", number(created_ + 2'592'000)},
        {"paid_at", paid ? number(created_ + 60) : "null"},
    };
    values.insert(values.end(), own.begin(), own.end());
    return values;
  }

  void Fill(std::string_view form, std::uint64_t customer, std::string& out) {
    const Values values = MakeValues(customer);
    while (true) {
      const std::size_t at = form.find_first_of("@#");
      out += form.substr(0, at);
      if (at == std::string_view::npos) return;
      form.remove_prefix(at + 1);
      // The longest name that stands here.
      const std::pair<std::string_view, std::string>* best = nullptr;
      for (const auto& value : values) {
        if (form.starts_with(value.first) &&
            (best == nullptr || value.first.size() > best->first.size())) {
          best = &value;
        }
      }
      if (best == nullptr) continue;
      out += best->second;
      form.remove_prefix(best->first.size());
    }
  }

  std::uint64_t state_;
  std::uint64_t customers_;  // other seeds, other customers
  std::uint64_t objects_ = 0;
  std::int64_t created_ = 1'800'000'000;
};

}  // namespace precision::bench

#endif  // PRECISION_TESTS_BENCH_PAGES_H_
