#include "other_kinds.h"

#include <algorithm>
#include <string>

#include "key_text.h"
#include "precision/base/wipe.h"

namespace precision {

namespace {

struct ObjectPrefix {
  std::string_view prefix;
  std::string_view kind;
};

// https://docs.stripe.com/api, the `id` of each object; longer prefixes before
// those they begin with.
constexpr ObjectPrefix kObjects[] = {
    {"cus", "customer"},
    {"cuss", "customer_session"},
    {"gcus", "customer"},
    {"in", "invoice"},
    {"ii", "invoice_item"},
    {"il", "invoice_line_item"},
    {"inpay", "invoice_payment"},
    {"sub", "subscription"},
    {"si", "subscription_item"},
    {"sched", "subscription_schedule"},
    {"pi", "payment_intent"},
    {"ch", "charge"},
    {"py", "charge"},
    {"pyr", "refund"},
    {"re", "refund"},
    {"pm", "payment_method"},
    {"pmc", "payment_method_configuration"},
    {"pmd", "payment_method_domain"},
    {"pr", "payment_record"},
    {"prod", "product"},
    {"price", "price"},
    {"plan", "plan"},
    {"promo", "promotion_code"},
    {"coupon", "coupon"},
    {"di", "discount"},
    {"cn", "credit_note"},
    {"cnli", "credit_note_line_item"},
    {"qt", "quote"},
    {"txi", "tax_id"},
    {"txr", "tax_rate"},
    {"seti", "setup_intent"},
    {"setatt", "setup_attempt"},
    {"cs", "checkout_session"},
    {"plink", "payment_link"},
    {"bpc", "customer_portal_configuration"},
    {"bps", "customer_portal_session"},
    {"po", "payout"},
    {"tr", "transfer"},
    {"trr", "transfer_reversal"},
    {"tu", "top_up"},
    {"txn", "balance_transaction"},
    {"fee", "application_fee"},
    {"fr", "application_fee_refund"},
    {"dp", "dispute"},
    {"du", "dispute"},
    {"evt", "event"},
    {"we", "webhook_endpoint"},
    {"ed", "event_destination"},
    {"req", "request"},
    {"file", "file"},
    {"link", "file_link"},
    {"frr", "report_run"},
    {"card", "card"},
    {"ba", "bank_account"},
    {"src", "source"},
    {"tok", "token"},
    {"btok", "token"},
    {"ctoken", "confirmation_token"},
    {"mandate", "mandate"},
    {"person", "person"},
    {"shr", "shipping_rate"},
    {"clock", "test_clock"},
    {"vs", "verification_session"},
    {"vr", "verification_report"},
    {"prv", "review"},
    {"issfr", "radar_early_fraud_warning"},
    {"rsl", "radar_value_list"},
    {"rsli", "radar_value_list_item"},
    {"tmr", "terminal_reader"},
    {"tml", "terminal_location"},
    {"tmc", "terminal_configuration"},
    {"ich", "issuing_cardholder"},
    {"ic", "issuing_card"},
    {"iauth", "issuing_authorization"},
    {"ipi", "issuing_transaction"},
    {"idp", "issuing_dispute"},
    {"fa", "financial_account"},
    {"fca", "financial_connections_account"},
    {"taxcalc", "tax_calculation"},
    {"tax", "tax_transaction"},
    {"taxreg", "tax_registration"},
    {"mtr", "billing_meter"},
    {"feat", "entitlement_feature"},
    {"apwc", "apple_pay_domain"},
    {"or", "order"},
    {"sku", "sku"},
    {"acp", "account_person"},
};

struct Token {
  std::string lower;
  std::u32string_view chars;
  bool alone = false;  // there is nothing else in the text
};

bool HasDigitOrUpper(std::u32string_view chars) {
  return std::ranges::any_of(
      chars, [](char32_t c) { return IsDigit(c) || IsUpper(c); });
}

// Whether what follows the prefix could be an id's body: in running text a word
// such as "in_stock" must not count.
bool IsIdBody(std::u32string_view body, bool alone) {
  constexpr std::size_t kMinInText = 8;
  if (alone) return !body.empty();
  return body.size() >= kMinInText && HasDigitOrUpper(body);
}

std::optional<KeyMode> ModeIn(std::string_view lower) {
  if (lower.contains("_live_")) return KeyMode::kLive;
  if (lower.contains("_test_")) return KeyMode::kTest;
  return std::nullopt;
}

// "sk_li": being typed, or cut off.
bool IsModeBegun(std::string_view lower_body) {
  return std::string_view("live_").starts_with(lower_body) ||
         std::string_view("test_").starts_with(lower_body);
}

std::optional<OtherKind> Classify(const Token& token) {
  const std::size_t underscore = token.lower.find('_');
  if (underscore == std::string::npos) return std::nullopt;
  const std::string_view head =
      std::string_view(token.lower).substr(0, underscore);
  const std::u32string_view body = token.chars.substr(underscore + 1);
  const std::optional<KeyMode> mode = ModeIn(token.lower);
  const auto is = [&](ErrorCode code) { return OtherKind{code, mode, {}}; };

  if (token.lower.starts_with("sk_org_")) {
    return is(ErrorCode::kKeyOrganization);
  }
  if (head == "rkcs") return is(ErrorCode::kKeyClaimableSandbox);
  const bool begun =
      IsModeBegun(std::string_view(token.lower).substr(underscore + 1));
  if (head == "sk" && (mode || begun)) return is(ErrorCode::kKeySecret);
  if (head == "pk" && (mode || begun)) return is(ErrorCode::kKeyPublishable);
  if (head == "ek") return is(ErrorCode::kKeyEphemeral);
  if (head == "whsec") return is(ErrorCode::kKeyWebhookSecret);
  // pi_..._secret_..., cs_test_..._secret_...
  if (token.lower.contains("_secret_")) return is(ErrorCode::kKeyClientSecret);
  if (!IsIdBody(body, token.alone)) return std::nullopt;
  // Keys from before there were modes; the command line tool of Stripe's calls
  // them unsupported.
  if (head == "rk" || head == "sk" || head == "pk") {
    return is(ErrorCode::kKeyWithoutMode);
  }
  if (head == "mk") return is(ErrorCode::kKeyApiKeyId);
  if (head == "acct") return is(ErrorCode::kKeyAccountId);
  if (head == "ca") return is(ErrorCode::kKeyConnectClientId);
  const auto* object = std::ranges::find(kObjects, head, &ObjectPrefix::prefix);
  if (object == std::end(kObjects)) return std::nullopt;
  return OtherKind{ErrorCode::kKeyObjectId, mode, object->kind};
}

// Of two in one text the lower number is the one to speak of: an address of
// the Dashboard holds an account id before the key's id.
int Rank(ErrorCode code) {
  if (code == ErrorCode::kKeyObjectId) return 3;
  if (code == ErrorCode::kKeyAccountId) return 2;
  if (code == ErrorCode::kKeyApiKeyId) return 1;
  return 0;
}

}  // namespace

std::optional<OtherKind> FindOtherKind(std::u32string_view text) {
  std::optional<OtherKind> found;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && (IsBase62(text[end]) || text[end] == U'_')) {
      ++end;
    }
    if (end > begin) {
      Token token{.lower = ToLowerAscii(text.substr(begin, end - begin)),
                  .chars = text.substr(begin, end - begin),
                  .alone = end - begin == text.size()};
      const std::optional<OtherKind> kind = Classify(token);
      Wipe(token.lower);
      if (kind && (!found || Rank(kind->code) < Rank(found->code))) {
        found = kind;
      }
    }
    begin = std::max(end, begin + 1);
  }
  return found;
}

}  // namespace precision
