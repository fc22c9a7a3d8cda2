#include "demo_stripe/demo_stripe.h"

#include <algorithm>
#include <array>
#include <map>

#include "demo_stripe/answer.h"
#include "demo_stripe/business.h"
#include "demo_stripe/endpoints.h"
#include "demo_stripe/errors.h"
#include "demo_stripe/fault_story.h"
#include "demo_stripe/hash.h"
#include "demo_stripe/http_text.h"
#include "demo_stripe/query.h"
#include "demo_stripe/rate_limiter.h"
#include "demo_stripe/resource.h"
#include "demo_stripe/versions.h"

namespace precision::demo {

namespace {

struct Expansion {
  std::string_view name;
  std::string_view permission;  // opening the expanded object
  std::string_view label;
};

// Expanding a field needs the permission of what it holds.
constexpr auto kExpansions = std::to_array<Expansion>({
    {"balance_transaction", "balance_transaction_source",
     "Balance transaction sources"},
    {"customer", "customer", "Customers"},
    {"discounts", "coupon", "Coupons"},
    {"latest_charge", "charge", "Charges and Refunds"},
    {"payments", "invoice", "Invoices"},
    {"refunds", "charge", "Charges and Refunds"},
    {"source", "balance_transaction_source", "Balance transaction sources"},
    {"tiers", "plan", "Prices"},
});

struct KeyState {
  KeySpec spec;
  FaultStory story;
};

void SetError(DemoResponse& response, const DemoError& error) {
  response.status = error.status;
  response.body = ErrorBody(error);
}

}  // namespace

std::string_view DemoResponse::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

struct DemoStripe::State {
  DemoOptions options;
  std::map<std::string, std::unique_ptr<Business>, std::less<>> accounts;
  std::map<std::string, KeyState, std::less<>> keys;  // by the key itself
  RateLimiter limiter;
  std::int64_t requests = 0;
  std::int64_t throttled = 0;
  std::int64_t side_effects = 0;

  const Business* Account(std::string_view name) const {
    const auto found = accounts.find(name);
    return found == accounts.end() ? nullptr : found->second.get();
  }
  KeyState* KeyNamed(std::string_view name) {
    for (auto& [text, key] : keys) {
      if (key.spec.name == name) return &key;
    }
    return nullptr;
  }

  // Each says what is wrong, or nothing.
  std::optional<DemoError> CheckKey(const std::string& text, KeyState*& key);
  std::optional<DemoError> CheckAccount(const DemoRequest& request,
                                        const std::string& text,
                                        const KeyState& key,
                                        const Business*& business,
                                        bool& connected) const;
  std::optional<DemoError> CheckPermission(
      const EndpointRule& rule, const Query& query, bool write,
      const std::string& text, const Business& business,
      const std::vector<std::string>& granted) const;
  DemoError AnswerWrite(const EndpointMatch& match, const Business& business,
                        int version, std::string_view method);
};

DemoStripe::DemoStripe(DemoOptions options)
    : state_(std::make_unique<State>()) {
  state_->options = options;
  for (const AccountSpec& account : DemoAccounts()) AddAccount(account);
  for (const KeySpec& key : DemoKeys()) AddKey(key);
}

DemoStripe::~DemoStripe() = default;

void DemoStripe::AddAccount(const AccountSpec& account) {
  state_->accounts.emplace(
      account.name,
      std::make_unique<Business>(account, state_->options.as_of.value,
                                 state_->options.seed));
}

void DemoStripe::AddKey(const KeySpec& key) {
  state_->keys.emplace(KeyText(key), KeyState{key, FaultStory(key.faults)});
}

void DemoStripe::SetFaults(std::string_view key_name, const FaultPlan& faults) {
  if (KeyState* key = state_->KeyNamed(key_name)) {
    key->spec.faults = faults;
    key->story = FaultStory(faults);
  }
}

void DemoStripe::Revoke(std::string_view key_name) {
  if (KeyState* key = state_->KeyNamed(key_name)) {
    key->spec.fate = KeyFate::kExpired;
  }
}

void DemoStripe::SetPermissions(std::string_view key_name,
                                std::vector<std::string> permissions) {
  if (KeyState* key = state_->KeyNamed(key_name)) {
    key->spec.permissions = std::move(permissions);
  }
}

std::int64_t DemoStripe::requests() const { return state_->requests; }
std::int64_t DemoStripe::throttled() const { return state_->throttled; }
std::int64_t DemoStripe::side_effects() const { return state_->side_effects; }

Counts DemoStripe::CountsOf(std::string_view account) const {
  Counts counts;
  const Business* b = state_->Account(account);
  if (b == nullptr) return counts;
  const auto count = [&](std::string_view path) {
    return FindResource(path)->count(*b);
  };
  counts.customers = count("/v1/customers");
  counts.invoices = count("/v1/invoices");
  counts.subscriptions = count("/v1/subscriptions");
  counts.payment_intents = count("/v1/payment_intents");
  counts.charges = count("/v1/charges");
  counts.charges_without_intent =
      counts.charges - b->ledger().blocks() * kChargesPerBlock;
  counts.payments = counts.payment_intents + counts.charges_without_intent;
  counts.refunds = count("/v1/refunds");
  counts.disputes = count("/v1/disputes");
  counts.credit_notes = count("/v1/credit_notes");
  counts.invoice_payments = count("/v1/invoice_payments");
  counts.balance_transactions = count("/v1/balance_transactions");
  counts.payouts = count("/v1/payouts");
  counts.products = count("/v1/products");
  counts.prices = count("/v1/prices");
  counts.plans = count("/v1/plans");
  counts.coupons = count("/v1/coupons");
  counts.events = count("/v1/events");
  return counts;
}

std::optional<DemoError> DemoStripe::State::CheckKey(const std::string& text,
                                                     KeyState*& key) {
  if (text.empty()) return NoKey();
  const auto found = keys.find(text);
  if (found == keys.end() || found->second.spec.fate == KeyFate::kUnknown) {
    return UnknownKey(text);
  }
  key = &found->second;
  if (key->spec.fate == KeyFate::kExpired) return ExpiredKey(text);
  if (key->spec.faults.ip_refused) return IpRefused();
  return std::nullopt;
}

std::optional<DemoError> DemoStripe::State::CheckAccount(
    const DemoRequest& request, const std::string& text, const KeyState& key,
    const Business*& business, bool& connected) const {
  business = Account(key.spec.account);
  const std::string& wanted = request.stripe_account;
  if (wanted.empty() || wanted == business->account_id()) return std::nullopt;
  const AccountSpec& own = business->spec();
  for (const std::string& name : own.connected) {
    if (AccountId(name) != wanted) continue;
    if (key.spec.connect_permissions.empty()) return NoConnectPermissions();
    business = Account(name);
    connected = true;
    return std::nullopt;
  }
  return AccountRefused(text, wanted);
}

std::optional<DemoError> DemoStripe::State::CheckPermission(
    const EndpointRule& rule, const Query& query, bool write,
    const std::string& text, const Business& business,
    const std::vector<std::string>& granted) const {
  const auto refuse = [&](std::string_view permission, std::string_view label) {
    return NoPermission(text, business.account_id(),
                        std::string(permission) + (write ? "_write" : "_read"),
                        label, options.old_permission_wording);
  };
  if (!rule.permission.empty() &&
      !Grants(granted,
              std::string(rule.permission) + (write ? "_write" : "_read"))) {
    return refuse(rule.permission, rule.label);
  }
  for (const std::string& path : query.All("expand")) {
    std::string_view rest = path;
    if (rest.starts_with("data.")) rest.remove_prefix(5);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('.'), rest.size());
      const std::string_view name = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const auto known =
          std::find_if(kExpansions.begin(), kExpansions.end(),
                       [&](const Expansion& e) { return e.name == name; });
      if (known == kExpansions.end()) {
        return BadParameter("expand",
                            "This property cannot be expanded (" + path + ").");
      }
      if (!Grants(granted, std::string(known->permission) + "_read")) {
        return refuse(known->permission, known->label);
      }
    }
  }
  return std::nullopt;
}

// The permission audit may send empty POSTs to ids that cannot exist; anything
// that would create or change something in a real account is counted.
DemoError DemoStripe::State::AnswerWrite(const EndpointMatch& match,
                                         const Business& business, int version,
                                         std::string_view method) {
  if (!match.id.empty()) {
    const AnswerContext context{business, nullptr, version};
    const auto found = AnswerGet(context, match, {});
    if (std::holds_alternative<DemoError>(found)) {
      return NoSuch("object", match.id, "id", false);
    }
    ++side_effects;
  } else if (method == "POST") {
    ++side_effects;
  }
  DemoError error =
      BadParameter("", "The demo Stripe creates nothing: it is read only.");
  error.code = "parameter_missing";
  return error;
}

Decision DemoStripe::Decide(const DemoRequest& request, UnixSeconds now_unix,
                            Instant now_mono) {
  State& state = *state_;
  const std::int64_t number = ++state.requests;
  Decision decision;
  DemoResponse& response = decision.response;
  const std::string text = KeyIn(request.authorization);
  const std::string version = request.stripe_version.empty()
                                  ? std::string(kAccountVersion)
                                  : request.stripe_version;
  response.headers = UsualHeaders(number, version, now_unix);
  response.delay = state.options.latency +
                   state.options.latency *
                       static_cast<std::int64_t>(
                           Mix(static_cast<std::uint64_t>(number)) % 26) /
                       100;

  const auto fail = [&](const DemoError& error) {
    SetError(response, error);
    return decision;
  };
  KeyState* key = nullptr;
  if (auto error = state.CheckKey(text, key)) return fail(*error);

  const Twist twist = key->story.Next(now_mono);
  response.delay += twist.delay;
  response.body_time = twist.body_time;
  if (twist.revoked) return fail(ExpiredKey(text));
  if (twist.status == 429) {
    response.headers.emplace_back("stripe-rate-limited-reason", "global-rate");
    return fail(RateLimited());
  }
  if (twist.status != 0) {
    // 503 comes from in front of the API, which sends no advice.
    if (twist.status == 500) {
      response.headers.emplace_back("stripe-should-retry", "true");
    }
    return fail(ServerTrouble(twist.status));
  }

  decision.version_date = VersionDate(version);
  if (decision.version_date == 0) return fail(BadVersion(version));
  const Business* business = nullptr;
  bool connected = false;
  if (auto error =
          state.CheckAccount(request, text, *key, business, connected)) {
    return fail(*error);
  }
  const Query query = ReadQuery(request.path);
  const auto match = FindEndpointRule(query.path);
  const bool write = request.method == "POST" || request.method == "DELETE";
  if (!match || (!write && request.method != "GET")) {
    return fail(UnknownUrl(request.method, query.path));
  }
  if (state.options.rate_limits) {
    const std::string_view reason =
        state.limiter.Check(business->account_id(), business->livemode(),
                            match->rule->path, now_mono);
    if (!reason.empty()) {
      response.headers.emplace_back("stripe-rate-limited-reason", reason);
      ++state.throttled;
      return fail(RateLimited());
    }
  }
  const std::vector<std::string>& granted =
      connected ? key->spec.connect_permissions : key->spec.permissions;
  if (auto error = state.CheckPermission(*match->rule, query, write, text,
                                         *business, granted)) {
    return fail(*error);
  }
  if (write) {
    return fail(state.AnswerWrite(*match, *business, decision.version_date,
                                  request.method));
  }
  response.fault = twist.fault;
  response.fault_bytes = twist.fault_permille;
  decision.business = business;
  decision.path = request.path;
  decision.account = business->account_id();
  return decision;
}

DemoResponse DemoStripe::Render(Decision decision) const {
  DemoResponse response = std::move(decision.response);
  if (decision.business == nullptr) return response;
  const Query query = ReadQuery(decision.path);
  const auto match = FindEndpointRule(query.path);
  const AnswerContext context{
      *decision.business, state_->Account(decision.business->spec().live_twin),
      decision.version_date};
  auto answer = AnswerGet(context, *match, query);
  if (const auto* error = std::get_if<DemoError>(&answer)) {
    SetError(response, *error);
  } else {
    response.body = std::move(*std::get_if<std::string>(&answer));
  }
  // Until now a share of a body that was not there yet.
  response.fault_bytes = response.body.size() * response.fault_bytes / 1000;
  return response;
}

DemoResponse DemoStripe::Handle(const DemoRequest& request,
                                UnixSeconds now_unix, Instant now_mono) {
  return Render(Decide(request, now_unix, now_mono));
}

}  // namespace precision::demo
