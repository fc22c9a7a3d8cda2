// The demo Stripe: a model of what api.stripe.com answers, over data made up
// from a seed.  Pure: no clock, no sockets, no threads, no randomness of its
// own; the time comes in as arguments.  Scenario tests call it in process, the
// program demo-stripe serves it over HTTP.

#ifndef PRECISION_DEMO_STRIPE_DEMO_STRIPE_H_
#define PRECISION_DEMO_STRIPE_DEMO_STRIPE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo_stripe/demo_keys.h"
#include "precision/base/time.h"

namespace precision::demo {

struct DemoRequest {
  std::string method = "GET";
  std::string path;            // "/v1/invoices?limit=100"
  std::string authorization;   // "Bearer rk_..." or "Basic ..."
  std::string stripe_version;  // empty: the account's default version answers
  std::string stripe_account;
  bool has_body = false;
};

// What the door must do to the bytes.
enum class Fault : std::uint8_t {
  kNone,
  kReset,     // the connection dies after `fault_bytes` of the body
  kTruncate,  // the connection closes in order after `fault_bytes`
  kSlowBody,  // the body trickles over `body_time`
};

struct DemoResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;   // whole, whatever the fault
  Duration delay{0};  // before the first byte
  Fault fault = Fault::kNone;
  std::size_t fault_bytes = 0;
  Duration body_time{0};

  // The header's value, or empty.  `name` in lower case.
  std::string_view Header(std::string_view name) const;
};

// How many objects an account's lists hold (canceled subscriptions and inactive
// prices included).
struct Counts {
  std::int64_t customers = 0;
  std::int64_t invoices = 0;
  std::int64_t payments = 0;  // payment intents, and charges that have none
  std::int64_t subscriptions = 0;
  std::int64_t payment_intents = 0;
  std::int64_t charges = 0;
  std::int64_t charges_without_intent = 0;
  std::int64_t refunds = 0;
  std::int64_t disputes = 0;
  std::int64_t credit_notes = 0;
  std::int64_t invoice_payments = 0;
  std::int64_t balance_transactions = 0;
  std::int64_t payouts = 0;
  std::int64_t products = 0;
  std::int64_t prices = 0;
  std::int64_t plans = 0;
  std::int64_t coupons = 0;
  std::int64_t events = 0;
};

struct DemoOptions {
  // The businesses' last day; their data ends here.
  UnixSeconds as_of{1795132800};  // 2026-11-20
  bool rate_limits = true;
  // Before every answer, plus up to a quarter more by the request's number.
  Duration latency{0};
  // The 403 of before 2026: "Having the 'rak_..._read' permission would ...".
  bool old_permission_wording = false;
  std::uint64_t seed = 1;
};

class Business;

// What Handle() decided, apart from the body of a good answer: see Decide().
struct Decision {
  DemoResponse response;
  // Set: the body is to be made by Render().
  const Business* business = nullptr;
  int version_date = 0;
  std::string path;
  std::string account;  // its id
};

// Not thread-safe, but for Render(), which is const and reads only what never
// changes.  `now` must not go backwards.
class DemoStripe {
 public:
  explicit DemoStripe(DemoOptions options = {});
  ~DemoStripe();
  DemoStripe(const DemoStripe&) = delete;
  DemoStripe& operator=(const DemoStripe&) = delete;

  DemoResponse Handle(const DemoRequest& request, UnixSeconds now_unix,
                      Instant now_mono);

  // Handle() in two halves: a server holds its lock for the first alone.
  Decision Decide(const DemoRequest& request, UnixSeconds now_unix,
                  Instant now_mono);
  DemoResponse Render(Decision decision) const;

  // `account` by its name in demo_keys.h, e.g. "good".
  Counts CountsOf(std::string_view account) const;

  // More accounts and keys than the fixed list, for tests.  REQUIRES: names
  // that are not taken yet; a key's account exists.
  void AddAccount(const AccountSpec& account);
  void AddKey(const KeySpec& key);

  // Control, by the key's name.  Each takes effect with the next request.
  void SetFaults(std::string_view key_name, const FaultPlan& faults);
  void Revoke(std::string_view key_name);
  void SetPermissions(std::string_view key_name,
                      std::vector<std::string> permissions);

  // Requests answered so far (429s included), those refused because a limit was
  // reached, and writes that would have had an effect: tests hold the last two
  // at 0.
  std::int64_t requests() const;
  std::int64_t throttled() const;
  std::int64_t side_effects() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_DEMO_STRIPE_H_
