#include "demo_stripe/endpoints.h"

#include <algorithm>
#include <array>

#include "demo_stripe/query.h"

namespace precision::demo {

namespace {

using enum Answer;

constexpr auto kRules = std::to_array<EndpointRule>({
    {"/v1/account", kAccount, "accounts_kyc_basic",
     "Basic Business Contact Information"},
    {"/v1/accounts", kEmptyList, "connected_account", "Accounts"},
    {"/v1/accounts/{id}", kMissing, "connected_account", "Accounts"},
    {"/v1/apple_pay/domains", kEmptyList, "apple_pay_domain",
     "Apple Pay Domains"},
    {"/v1/application_fees", kEmptyList, "application_fee", "Application Fees"},
    {"/v1/apps/secrets", kEmptyList, "secret", "Secrets"},
    {"/v1/balance", kBalance, "balance", "Balance"},
    {"/v1/balance_transactions", kList, "balance_transaction_source",
     "Balance transaction sources"},
    {"/v1/balance_transactions/{id}", kRetrieve, "balance_transaction_source",
     "Balance transaction sources"},
    {"/v1/billing/meters", kEmptyList, "billing_meter", "Meters"},
    {"/v1/billing/meters/{id}", kMissing, "billing_meter", "Meters"},
    {"/v1/billing/meters/{id}/event_summaries", kMissing400,
     "billing_meter_event", "Meter Events"},
    {"/v1/billing_portal/configurations", kEmptyList, "customer_portal",
     "Customer portal"},
    {"/v1/billing_portal/configurations/{id}", kMissing, "customer_portal",
     "Customer portal"},
    {"/v1/charges", kList, "charge", "Charges and Refunds"},
    {"/v1/charges/{id}", kRetrieve, "charge", "Charges and Refunds"},
    {"/v1/charges/{id}/refunds", kEmptyList, "charge", "Charges and Refunds"},
    {"/v1/checkout/sessions", kEmptyList, "checkout_session",
     "Checkout Sessions"},
    {"/v1/checkout/sessions/{id}/expire", kMissing, "checkout_session",
     "Checkout Sessions"},
    {"/v1/climate/orders", kEmptyList, "climate_order", "Climate Orders"},
    {"/v1/climate/orders/{id}", kMissing, "climate_order", "Climate Orders"},
    {"/v1/confirmation_tokens/{id}", kMissing, "confirmation_token",
     "Confirmation token"},
    {"/v1/coupons", kList, "coupon", "Coupons"},
    {"/v1/coupons/{id}", kRetrieve, "coupon", "Coupons"},
    {"/v1/credit_notes", kList, "credit_note", "Credit notes"},
    {"/v1/credit_notes/{id}", kRetrieve, "credit_note", "Credit notes"},
    {"/v1/customers", kList, "customer", "Customers"},
    {"/v1/customers/{id}", kRetrieve, "customer", "Customers"},
    {"/v1/disputes", kList, "dispute", "Disputes"},
    {"/v1/disputes/{id}", kRetrieve, "dispute", "Disputes"},
    {"/v1/entitlements/features", kEmptyList, "entitlement", "Entitlements"},
    {"/v1/events", kList, "event", "Events"},
    {"/v1/events/{id}", kRetrieve, "event", "Events"},
    {"/v1/file_links", kEmptyList, "file", "Files"},
    {"/v1/files", kEmptyList, "file", "Files"},
    {"/v1/identity/verification_reports", kEmptyList, "identity_product",
     "Verification Sessions and Reports"},
    {"/v1/identity/verification_sessions", kEmptyList, "identity_product",
     "Verification Sessions and Reports"},
    {"/v1/identity/verification_sessions/{id}", kMissing, "identity_product",
     "Verification Sessions and Reports"},
    {"/v1/invoice_payments", kList, "invoice", "Invoices"},
    {"/v1/invoice_payments/{id}", kRetrieve, "invoice", "Invoices"},
    {"/v1/invoice_rendering_templates", kEmptyList, "invoice", "Invoices"},
    {"/v1/invoiceitems", kEmptyList, "invoice", "Invoices"},
    {"/v1/invoices", kList, "invoice", "Invoices"},
    {"/v1/invoices/{id}", kRetrieve, "invoice", "Invoices"},
    {"/v1/invoices/{id}/lines", kNested, "invoice", "Invoices"},
    {"/v1/issuing/authorizations", kEmptyList, "issuing_authorization",
     "Authorizations"},
    {"/v1/issuing/authorizations/{id}", kMissing, "issuing_authorization",
     "Authorizations"},
    {"/v1/issuing/cardholders/{id}", kMissing, "issuing_cardholder",
     "Cardholders"},
    {"/v1/issuing/cards/{id}", kMissing, "issuing_card", "Cards"},
    {"/v1/issuing/disputes/{id}", kMissing, "issuing_dispute", "Disputes"},
    {"/v1/issuing/funding_instructions", kEmptyList, "funding_instruction",
     "Funding Instructions"},
    {"/v1/issuing/tokens/{id}", kMissing, "issuing_token", "Tokens"},
    {"/v1/issuing/transactions/{id}", kMissing, "issuing_transaction",
     "Transactions"},
    {"/v1/mandates/{id}", kMissing, "mandate", "Mandates"},
    {"/v1/orders", kEmptyList, "order", "Orders"},
    {"/v1/payment_intents", kList, "payment_intent", "PaymentIntents"},
    {"/v1/payment_intents/{id}", kRetrieve, "payment_intent", "PaymentIntents"},
    {"/v1/payment_links", kEmptyList, "payment_links", "Payment Links"},
    {"/v1/payment_links/{id}", kMissing, "payment_links", "Payment Links"},
    {"/v1/payment_method_configurations", kEmptyList,
     "payment_method_configurations", "Payment Method Configurations"},
    {"/v1/payment_method_configurations/{id}", kMissing,
     "payment_method_configurations", "Payment Method Configurations"},
    {"/v1/payment_method_domains", kEmptyList, "payment_method_domain",
     "Payment Method Domains"},
    {"/v1/payment_method_domains/{id}", kMissing, "payment_method_domain",
     "Payment Method Domains"},
    {"/v1/payment_methods", kEmptyList, "payment_method", "PaymentMethods"},
    {"/v1/payment_methods/{id}", kMissing, "payment_method", "PaymentMethods"},
    {"/v1/payment_records", kEmptyList, "payment_records", "Payment Records"},
    {"/v1/payment_records/{id}", kMissing, "payment_records",
     "Payment Records"},
    {"/v1/payouts", kList, "payout", "Payouts"},
    {"/v1/payouts/{id}", kRetrieve, "payout", "Payouts"},
    {"/v1/plans", kList, "plan", "Prices"},
    {"/v1/plans/{id}", kRetrieve, "plan", "Prices"},
    {"/v1/prices", kList, "plan", "Prices"},
    {"/v1/prices/{id}", kRetrieve, "plan", "Prices"},
    {"/v1/products", kList, "product", "Products"},
    {"/v1/products/{id}", kRetrieve, "product", "Products"},
    {"/v1/promotion_codes", kEmptyList, "promotion_code", "Promotion Codes"},
    {"/v1/promotion_codes/{id}", kMissing, "promotion_code", "Promotion Codes"},
    {"/v1/quotes", kEmptyList, "quote", "Quotes"},
    {"/v1/quotes/{id}", kMissing, "quote", "Quotes"},
    {"/v1/radar/early_fraud_warnings", kEmptyList, "charge",
     "Charges and Refunds"},
    {"/v1/radar/value_lists", kEmptyList, "radar", "Radar"},
    {"/v1/radar/value_lists/{id}", kMissing, "radar", "Radar"},
    {"/v1/refunds", kList, "charge", "Charges and Refunds"},
    {"/v1/refunds/{id}", kRetrieve, "charge", "Charges and Refunds"},
    {"/v1/reporting/report_runs", kEmptyList, "report_runs_and_report_types",
     "Report Runs and Report Types"},
    {"/v1/reporting/report_types", kEmptyList, "report_runs_and_report_types",
     "Report Runs and Report Types"},
    {"/v1/reviews", kEmptyList, "review", "Reviews"},
    {"/v1/reviews/{id}/approve", kMissing, "review", "Reviews"},
    {"/v1/setup_attempts", kEmptyList, "setup_intent", "SetupIntents"},
    {"/v1/setup_intents", kEmptyList, "setup_intent", "SetupIntents"},
    {"/v1/setup_intents/{id}", kMissing, "setup_intent", "SetupIntents"},
    {"/v1/shipping_rates", kEmptyList, "shipping_rate", "Shipping Rates"},
    {"/v1/shipping_rates/{id}", kMissing, "shipping_rate", "Shipping Rates"},
    {"/v1/sigma/scheduled_query_runs", kEmptyList, "sigma", "Sigma"},
    {"/v1/skus", kEmptyList, "", ""},
    {"/v1/sources/{id}", kMissing400, "source", "Sources"},
    {"/v1/subscription_items", kList, "subscription", "Subscriptions"},
    {"/v1/subscription_items/{id}", kRetrieve, "subscription", "Subscriptions"},
    {"/v1/subscription_items/{id}/usage_record_summaries", kMissing,
     "usage_record", "Usage Records"},
    {"/v1/subscription_schedules", kEmptyList, "subscription", "Subscriptions"},
    {"/v1/subscriptions", kList, "subscription", "Subscriptions"},
    {"/v1/subscriptions/{id}", kRetrieve, "subscription", "Subscriptions"},
    {"/v1/tax/calculations/{id}/line_items", kMissing,
     "tax_calculations_and_transactions", "Tax Calculations and Transactions"},
    {"/v1/tax/locations", kEmptyList, "tax_locations", "Tax locations"},
    {"/v1/tax/registrations", kEmptyList, "tax_settings",
     "Tax Settings and Registrations"},
    {"/v1/tax/registrations/{id}", kMissing, "tax_settings",
     "Tax Settings and Registrations"},
    {"/v1/tax/settings", kSettings, "tax_settings",
     "Tax Settings and Registrations"},
    {"/v1/tax_ids", kEmptyList, "tax_id", "Tax IDs"},
    {"/v1/tax_rates", kEmptyList, "tax_rate", "Tax Rates"},
    {"/v1/tax_rates/{id}", kMissing, "tax_rate", "Tax Rates"},
    {"/v1/terminal/configurations", kEmptyList, "terminal_configuration",
     "Configurations"},
    {"/v1/terminal/configurations/{id}", kMissing, "terminal_configuration",
     "Configurations"},
    {"/v1/terminal/locations", kEmptyList, "terminal_location", "Locations"},
    {"/v1/terminal/locations/{id}", kMissing, "terminal_location", "Locations"},
    {"/v1/terminal/readers", kEmptyList, "terminal_reader", "Readers"},
    {"/v1/terminal/readers/{id}", kMissing, "terminal_reader", "Readers"},
    {"/v1/test_helpers/test_clocks", kEmptyList, "billing_clock",
     "Test clocks"},
    {"/v1/tokens/{id}", kMissing400, "token", "Tokens"},
    {"/v1/topups", kEmptyList, "top_up", "Top-ups"},
    {"/v1/topups/{id}", kMissing, "top_up", "Top-ups"},
    {"/v1/transfers", kEmptyList, "transfer", "Transfers"},
    {"/v1/transfers/{id}", kMissing, "transfer", "Transfers"},
    {"/v1/treasury/financial_accounts/{id}", kMissing, "financial_account",
     "Financial accounts"},
    {"/v1/treasury/inbound_transfers/{id}", kMissing, "inbound_transfer",
     "Inbound transfers"},
    {"/v1/treasury/outbound_payments/{id}", kMissing, "outbound_payment",
     "Outbound payments"},
    {"/v1/treasury/outbound_transfers/{id}", kMissing, "outbound_transfer",
     "Outbound transfers"},
    {"/v1/treasury/received_credits/{id}", kMissing, "received_credit",
     "Received credits"},
    {"/v1/treasury/received_debits/{id}", kMissing, "received_debit",
     "Received debits"},
    {"/v1/treasury/transactions/{id}", kMissing, "treasury_transaction",
     "Transactions"},
    {"/v1/webhook_endpoints", kEmptyList, "webhook",
     "Webhook Endpoints and Event Destinations"},
    {"/v1/webhook_endpoints/{id}", kMissing, "webhook",
     "Webhook Endpoints and Event Destinations"},
    {"/v2/commerce/product_catalog/imports", kEmptyV2, "product_catalog_import",
     "Product catalog imports"},
    {"/v2/core/accounts", kEmptyV2, "v2_account_storer", "Accounts v2"},
    {"/v2/core/event_destinations", kEmptyV2, "webhook",
     "Webhook Endpoints and Event Destinations"},
    {"/v2/core/events", kEmptyV2, "event", "Events"},
    {"/v2/extend/workflows", kEmptyV2, "workflow", "Workflows"},
    {"/v2/money_management/payout_intents", kEmptyV2, "payout_intent",
     "Payout intents"},
});

struct Implication {
  std::string_view holder;
  std::string_view opens;
};

// "Implies" column of the permissions reference.
constexpr auto kImplications = std::to_array<Implication>({
    {"balance_transaction_source_read", "application_fee_read"},
    {"balance_transaction_source_read", "balance_read"},
    {"balance_transaction_source_read", "transfer_read"},
    {"checkout_session_read", "mandate_read"},
    {"checkout_session_read", "payment_intent_read"},
    {"checkout_session_read", "payment_links_read"},
    {"checkout_session_read", "product_read"},
    {"checkout_session_read", "setup_intent_read"},
    {"credit_note_read", "invoice_read"},
    {"customer_read", "billing_clock_read"},
    {"invoice_read", "credit_note_read"},
    {"payment_intent_read", "product_read"},
    {"payment_links_read", "mandate_read"},
    {"payment_links_read", "product_read"},
    {"payment_method_read", "source_read"},
    {"plan_read", "product_read"},
    {"quote_read", "product_read"},
    {"setup_intent_read", "mandate_read"},
    {"transfer_read", "payout_read"},
});

constexpr auto kMustBeNone = std::to_array<std::string_view>(
    {"webhook", "terminal_", "review", "radar", "sigma", "workflow",
     "provisioning_", "stripecli"});

bool Holds(const std::vector<std::string>& granted, std::string_view wanted) {
  for (const std::string& name : granted) {
    if (name == wanted || name == "*") return true;
    if (wanted.ends_with("_read") && name.ends_with("_write") &&
        name.substr(0, name.size() - 6) ==
            wanted.substr(0, wanted.size() - 5)) {
      return true;
    }
  }
  return false;
}

// Fills `id` with the segment that stands at "{id}".
bool Matches(std::string_view pattern, std::string_view path, std::string& id) {
  while (true) {
    const std::size_t brace = pattern.find('{');
    if (brace == std::string_view::npos) return pattern == path;
    if (!path.starts_with(pattern.substr(0, brace))) return false;
    path.remove_prefix(brace);
    pattern.remove_prefix(brace + 4);
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end == 0) return false;
    id = PercentDecoded(path.substr(0, end), false);
    path.remove_prefix(end);
  }
}

}  // namespace

std::span<const EndpointRule> AllEndpointRules() { return kRules; }

std::optional<EndpointMatch> FindEndpointRule(std::string_view path) {
  for (const EndpointRule& rule : kRules) {
    EndpointMatch match;
    if (!Matches(rule.path, path, match.id)) continue;
    match.rule = &rule;
    return match;
  }
  return std::nullopt;
}

std::vector<std::string> AllReadPermissions() {
  std::vector<std::string> names;
  for (const EndpointRule& rule : kRules) {
    if (rule.permission.empty()) continue;
    names.push_back(std::string(rule.permission) + "_read");
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool MustBeNone(std::string_view permission) {
  return std::any_of(
      kMustBeNone.begin(), kMustBeNone.end(),
      [&](std::string_view start) { return permission.starts_with(start); });
}

bool Grants(const std::vector<std::string>& granted, std::string_view wanted) {
  if (wanted.empty() || Holds(granted, wanted)) return true;
  return std::any_of(kImplications.begin(), kImplications.end(),
                     [&](const Implication& implication) {
                       return implication.opens == wanted &&
                              Holds(granted, implication.holder);
                     });
}

}  // namespace precision::demo
