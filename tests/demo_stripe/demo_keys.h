// The demo's fixed accounts and keys.  The keys are made up, joined from parts
// so that no secret scanner takes them for real, and of the form real ones have
// (107 characters; the account id inside).

#ifndef PRECISION_DEMO_STRIPE_DEMO_KEYS_H_
#define PRECISION_DEMO_STRIPE_DEMO_KEYS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/time.h"

namespace precision::demo {

// One made-up business.  `blocks` is its size: a block is 20 invoices, 22
// payment intents, 4 customers, 4 subscriptions (ledger.h).
struct AccountSpec {
  std::string name;
  std::int64_t blocks = 0;
  int years = 3;
  bool livemode = true;
  std::uint64_t seed = 1;
  // A long run of objects with one and the same `created`, as an import makes.
  bool burst = false;
  // The account whose live objects a test key may have been meant for.
  std::string live_twin;
  // May name connected accounts by Stripe-Account.
  std::vector<std::string> connected;
};

// "acct_1Demo...": 16 characters after the underscore, made from the name.
std::string AccountId(std::string_view account_name);

// Requests are counted from the last pause of `quiet`, so that each try with
// the page sees the whole story again.  0 switches a fault off.
struct FaultPlan {
  int error_percent = 0;     // 500, 502 and 503
  int reset_percent = 0;     // connection reset within the body
  int truncate_percent = 0;  // body cut short
  int storm_requests = 0;    // the first N are answered 429 ...
  int storm_every = 0;       // ... and then every Nth
  int revoke_after = 0;      // key revoked after N requests
  bool ip_refused = false;
  Duration delay{0};      // before the first byte
  Duration body_time{0};  // the body trickles over this time
  Duration quiet{std::chrono::seconds{20}};
};

enum class KeyFate : std::uint8_t { kValid, kUnknown, kExpired };

struct KeySpec {
  std::string name;
  std::string prefix;  // "rk_live_"
  std::string what;    // one line for people
  std::string account;
  KeyFate fate = KeyFate::kValid;
  // Bare names, "customer_read"; "*" is everything (a secret key).
  std::vector<std::string> permissions;
  std::vector<std::string> connect_permissions;
  FaultPlan faults;
};

// The whole key of `spec`.
std::string KeyText(const KeySpec& spec);

std::vector<AccountSpec> DemoAccounts();
std::vector<KeySpec> DemoKeys();

// The key called `name`: "good", "test", "no_customers", "webhooks_read",
// "three_mistakes", "secret", "revoked", "expired", "unknown", "large", "huge",
// "empty", "slow", "flaky", "storm", "revoked_halfway", "ip_refused",
// "all_wrong", "writes", "test_of_live", "platform", "platform_mistakes",
// "platform_no_connect", "old_shapes".  Empty when there is none.
std::string DemoKeyText(std::string_view name);

// What the guide asks for: Read on every row that offers it, None on the bottom
// sections.
std::vector<std::string> GuidePermissions();

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_DEMO_KEYS_H_
