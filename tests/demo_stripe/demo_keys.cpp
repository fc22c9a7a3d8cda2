#include "demo_stripe/demo_keys.h"

#include <algorithm>

#include "demo_stripe/endpoints.h"
#include "demo_stripe/hash.h"

namespace precision::demo {

namespace {

constexpr std::size_t kAccountBody = 16;
constexpr std::size_t kKeyBody = 99;

// "no_customers" -> "NoCustomers"
std::string CamelCase(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper && 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

std::string Filled(std::string text, std::size_t size, std::string_view with) {
  for (std::size_t i = 0; text.size() < size; ++i)
    text += with[i % with.size()];
  text.resize(size);
  return text;
}

std::vector<std::string> Without(std::vector<std::string> from,
                                 std::string_view name) {
  std::erase(from, name);
  return from;
}

std::vector<std::string> With(std::vector<std::string> to,
                              std::initializer_list<const char*> names) {
  to.insert(to.end(), names.begin(), names.end());
  return to;
}

KeySpec Key(std::string name, std::string prefix, std::string account,
            std::string what) {
  KeySpec key;
  key.name = std::move(name);
  key.prefix = std::move(prefix);
  key.account = std::move(account);
  key.what = std::move(what);
  key.permissions = GuidePermissions();
  return key;
}

KeySpec LiveKey(std::string name, std::string account, std::string what) {
  return Key(std::move(name), "rk_live_", std::move(account), std::move(what));
}

void AddPermissionKeys(std::vector<KeySpec>& keys) {
  KeySpec key = LiveKey("no_customers", "good",
                        "Customers is None: the pull cannot read customers");
  key.permissions = Without(GuidePermissions(), "customer_read");
  keys.push_back(key);

  key = LiveKey("webhooks_read", "good",
                "Webhooks is Read, where the guide asks for None");
  key.permissions = With(GuidePermissions(), {"webhook_read"});
  keys.push_back(key);

  key = LiveKey("all_wrong", "good",
                "every row the wrong way round: None where Read is asked for, "
                "Write where None is");
  key.permissions = {"webhook_read",
                     "webhook_write",
                     "terminal_reader_read",
                     "terminal_reader_write",
                     "terminal_location_read",
                     "terminal_location_write",
                     "terminal_configuration_read",
                     "terminal_configuration_write",
                     "terminal_connection_token_write",
                     "review_read",
                     "review_write",
                     "radar_read",
                     "radar_write",
                     "sigma_read",
                     "sigma_write",
                     "workflow_read",
                     "workflow_write"};
  keys.push_back(key);

  key = LiveKey("writes", "good",
                "Write everywhere it is offered: more than the guide allows");
  key.permissions = AllReadPermissions();
  for (std::string& name : key.permissions) {
    name.replace(name.size() - 4, 4, "write");
  }
  keys.push_back(key);

  key =
      LiveKey("three_mistakes", "good",
              "Customers None, Products Write, Webhooks Read: what people do");
  key.permissions = With(
      Without(Without(GuidePermissions(), "customer_read"), "product_read"),
      {"product_write", "webhook_read"});
  keys.push_back(key);

  key = Key("secret", "sk_live_", "good",
            "a secret key: full access, to be refused before it is sent");
  key.permissions = {"*"};
  keys.push_back(key);
}

void AddDeadKeys(std::vector<KeySpec>& keys) {
  KeySpec key =
      LiveKey("revoked", "good", "rolled or deleted: Stripe says 401");
  key.fate = KeyFate::kExpired;
  keys.push_back(key);

  key = LiveKey("unknown", "good", "well formed, but no key of Stripe's: 401");
  key.fate = KeyFate::kUnknown;
  keys.push_back(key);

  key = LiveKey("ip_refused", "good", "allowed from other IP addresses only");
  key.faults.ip_refused = true;
  keys.push_back(key);

  key = LiveKey("revoked_halfway", "large",
                "revoked after 200 requests: in the middle of the pull");
  key.faults.revoke_after = 200;
  keys.push_back(key);
}

void AddTroubledKeys(std::vector<KeySpec>& keys) {
  KeySpec key =
      LiveKey("slow", "good", "every answer waits 1.5 s and then trickles");
  key.faults.delay = std::chrono::milliseconds{1500};
  key.faults.body_time = std::chrono::milliseconds{1000};
  keys.push_back(key);

  key = LiveKey("flaky", "good",
                "one answer in five is a 5xx, a reset or cut short");
  key.faults.error_percent = 10;
  key.faults.reset_percent = 5;
  key.faults.truncate_percent = 5;
  keys.push_back(key);

  key = LiveKey("storm", "good",
                "429 for the first 40 requests, then for every fifth");
  key.faults.storm_requests = 40;
  key.faults.storm_every = 5;
  keys.push_back(key);
}

AccountSpec Account(std::string name, std::int64_t blocks, int years,
                    bool livemode) {
  AccountSpec account;
  account.seed = HashOf(name);
  account.name = std::move(name);
  account.blocks = blocks;
  account.years = years;
  account.livemode = livemode;
  return account;
}

}  // namespace

std::string AccountId(std::string_view account_name) {
  return "acct_" +
         Filled("1Demo" + CamelCase(account_name), kAccountBody, "AccountZ");
}

// "5", the account, what it is for, "00", eight more: as current keys are made.
std::string KeyText(const KeySpec& spec) {
  std::string body = "5" + AccountId(spec.account).substr(5);
  body = Filled(body + "Key" + CamelCase(spec.name), kKeyBody - 10,
                "NotARealStripeKey");
  return spec.prefix + body + "00" +
         Filled(CamelCase(spec.name), 8, "DemoDemo");
}

std::vector<AccountSpec> DemoAccounts() {
  AccountSpec good = Account("good", 75, 3, true);
  AccountSpec large = Account("large", 2500, 5, true);
  large.burst = true;
  AccountSpec huge = Account("huge", 2750, 5, true);
  AccountSpec test = Account("test", 15, 1, false);
  AccountSpec empty_test = Account("test_empty", 0, 1, false);
  empty_test.live_twin = "good";
  AccountSpec platform = Account("platform", 20, 2, true);
  platform.connected = {"connected"};
  return {good,
          large,
          huge,
          test,
          empty_test,
          platform,
          Account("connected", 10, 1, true),
          Account("empty", 0, 1, true)};
}

std::vector<KeySpec> DemoKeys() {
  std::vector<KeySpec> keys = {
      LiveKey("good", "good", "set as the guide says, on a live account"),
      Key("test", "rk_test_", "test", "set as the guide says, in test mode")};
  AddPermissionKeys(keys);
  AddDeadKeys(keys);
  keys.push_back(LiveKey("large", "large", "good, on 50,000 invoices"));
  keys.push_back(LiveKey("huge", "huge",
                         "good, on 200,000 objects: more than 2,000 requests"));
  keys.push_back(LiveKey("empty", "empty", "good, on an account without data"));
  AddTroubledKeys(keys);
  keys.push_back(Key("test_of_live", "rk_test_", "test_empty",
                     "a test key where the data is live: all lists empty"));
  KeySpec platform =
      LiveKey("platform", "platform", "good, on a Connect platform");
  platform.connect_permissions = GuidePermissions();
  keys.push_back(platform);
  KeySpec mistaken =
      LiveKey("platform_mistakes", "platform",
              "a Connect platform's key whose second row lacks Subscriptions "
              "and has a Terminal reader");
  mistaken.connect_permissions =
      With(Without(GuidePermissions(), "subscription_read"),
           {"terminal_reader_read"});
  keys.push_back(mistaken);
  KeySpec half = LiveKey("platform_no_connect", "platform",
                         "a Connect platform's key without its second row");
  keys.push_back(half);
  return keys;
}

std::string DemoKeyText(std::string_view name) {
  for (const KeySpec& key : DemoKeys()) {
    if (key.name == name) return KeyText(key);
  }
  return {};
}

std::vector<std::string> GuidePermissions() {
  std::vector<std::string> names = AllReadPermissions();
  std::erase_if(names,
                [](const std::string& name) { return MustBeNone(name); });
  return names;
}

}  // namespace precision::demo
