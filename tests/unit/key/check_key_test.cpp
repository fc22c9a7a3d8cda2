#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "key_samples.h"
#include "precision/key/api_key.h"

namespace precision {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAreArray;
using enum KeyRepair;

std::string Names(const std::vector<KeyRepair>& repairs) {
  std::string names;
  for (const KeyRepair repair : repairs) {
    names += std::string(ToString(repair)) + " ";
  }
  return names;
}

TEST(CheckKeyTest, AcceptsRestrictedKeysOfEveryLength) {
  const struct {
    std::size_t body;
    bool unusual;
  } cases[] = {{10, true},   {23, true},   {24, false},  {25, true},
               {60, true},   {89, true},   {90, false},  {99, false},
               {128, false}, {247, false}, {248, false}, {1000, false}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.body);
    const KeyVerdict live = CheckKey(LiveMode(Body(c.body)));
    EXPECT_EQ(live.error, std::nullopt);
    EXPECT_EQ(live.mode, KeyMode::kLive);
    EXPECT_EQ(live.length, c.body + 8);
    EXPECT_EQ(live.length_unusual, c.unusual);
    EXPECT_THAT(live.repairs, IsEmpty());
    const KeyVerdict test = CheckKey(TestMode(Body(c.body)));
    EXPECT_EQ(test.error, std::nullopt);
    EXPECT_EQ(test.mode, KeyMode::kTest);
  }
}

TEST(CheckKeyTest, ShowsPrefixAndLastFourOnly) {
  const std::string key = LiveMode(Body(95) + "wXyZ");
  EXPECT_EQ(CheckKey(key).redacted,
            std::string("rk_") + "live_" +
                "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2wXyZ");
  EXPECT_EQ(CheckKey(key + "-").redacted, "");
}

TEST(CheckKeyTest, RepairsAccidentsOfPasting) {
  const std::string key = LiveKey();
  const std::string old_key = LiveMode(Body(kOldBody));
  const std::string odd = LiveMode(Body(60));
  const auto broken = [&](std::size_t at, const std::string& by) {
    return key.substr(0, at) + by + key.substr(at);
  };
  const struct {
    const char* name;
    std::string text;
    std::vector<KeyRepair> repairs;
    std::string key;
  } cases[] = {
      {"spaces", "  " + key + "\t \r\n", {kSpaces}, key},
      {"line break", broken(40, "\n"), {kLineBreaks}, key},
      {"crlf wraps",
       key.substr(0, 30) + "\r\n" + key.substr(30, 30) + "\r\n" +
           key.substr(60),
       {kLineBreaks},
       key},
      {"wrap with indent", broken(76, "\n    "), {kLineBreaks}, key},
      {"quoted mail", "> " + broken(50, "\n> "), {kQuotes, kLineBreaks}, key},
      {"hyphenated", broken(50, "-\n"), {kLineBreaks}, key},
      {"quoted-printable", broken(75, "=\r\n"), {kLineBreaks}, key},
      {"space inside", broken(60, " "), {kLineBreaks}, key},
      {"wrap in the prefix", broken(5, "\n"), {kLineBreaks}, key},
      {"wrap after the prefix", broken(8, "\n"), {kLineBreaks}, key},
      {"wrap of an odd length",
       odd.substr(0, 40) + "\n" + odd.substr(40),
       {kLineBreaks},
       odd},
      {"wrap of an old key",
       old_key.substr(0, 20) + "\n" + old_key.substr(20),
       {kLineBreaks},
       old_key},
      {"no-break space",
       "\xC2\xA0" + key + "\xC2\xA0",
       {kSpaces, kInvisible},
       key},
      {"byte-order mark", "\xEF\xBB\xBF" + key, {kInvisible}, key},
      {"zero-width inside", broken(33, "\xE2\x80\x8B"), {kInvisible}, key},
      {"soft hyphen", broken(33, "\xC2\xAD"), {kInvisible}, key},
      {"bidi marks", "\xE2\x81\xA6" + key + "\xE2\x81\xA9", {kInvisible}, key},
      {"word joiner", broken(3, "\xE2\x81\xA0"), {kInvisible}, key},
      {"nul", key + std::string(1, '\0'), {kInvisible}, key},
      {"straight quotes", "\"" + key + "\"", {kQuotes}, key},
      {"single quotes", "'" + key + "'", {kQuotes}, key},
      {"curly quotes", "\xE2\x80\x9C" + key + "\xE2\x80\x9D", {kQuotes}, key},
      {"guillemets", "\xC2\xAB" + key + "\xC2\xBB", {kQuotes}, key},
      {"back-ticks", "`" + key + "`", {kQuotes}, key},
      {"fence", "```\n" + key + "\n```", {kQuotes}, key},
      {"brackets", "<" + key + ">", {kQuotes}, key},
      {"bold", "**" + key + "**", {kQuotes}, key},
      {"italic", "_" + key + "_", {kQuotes}, key},
      {"one quote at the end", key + "'", {kQuotes}, key},
      {"bearer", "Bearer " + key, {kBearer}, key},
      {"header", "Authorization: Bearer " + key, {kBearer}, key},
      {"lower-case header", "authorization: bearer " + key, {kBearer}, key},
      {"curl header",
       "-H \"Authorization: Bearer " + key + "\"",
       {kBearer, kQuotes},
       key},
      {"env", "STRIPE_KEY=" + key, {kAssignment}, key},
      {"env with quotes",
       "STRIPE_KEY=\"" + key + "\"",
       {kAssignment, kQuotes},
       key},
      {"export",
       "export STRIPE_API_KEY='" + key + "'",
       {kAssignment, kQuotes},
       key},
      {"yaml", "stripe_key: " + key, {kAssignment}, key},
      {"json",
       "\"key\": \"" + key + "\",",
       {kAssignment, kQuotes, kPunctuation},
       key},
      {"json object",
       "{\"apiKey\":\"" + key + "\"}",
       {kAssignment, kQuotes},
       key},
      {"javascript",
       "const stripe = require('stripe')('" + key + "');",
       {kQuotes, kPunctuation, kWords},
       key},
      {"ruby", "Stripe.api_key = '" + key + "'", {kAssignment, kQuotes}, key},
      {"label", "Restricted key: " + key, {kAssignment, kWords}, key},
      {"curl", "-u " + key + ":", {kCurlOption}, key},
      {"curl command",
       "curl https://api.stripe.com/v1/charges -u " + key + ":",
       {kCurlOption},
       key},
      {"curl quoted",
       "curl https://api.stripe.com/v1/charges \\\n  -u \"" + key + ":\"",
       {kCurlOption, kQuotes},
       key},
      {"colon alone", key + ":", {kCurlOption}, key},
      {"percent",
       std::string("rk%5F") + "live%5f" + key.substr(8),
       {kPercentEncoding},
       key},
      {"percent around",
       "key%3D" + key + "%0A",
       {kPercentEncoding, kSpaces, kAssignment},
       key},
      {"entities", "&quot;" + key + "&quot;", {kPercentEncoding, kQuotes}, key},
      {"full stop", key + ".", {kPunctuation}, key},
      {"comma", key + ",", {kPunctuation}, key},
      {"semicolon", key + ";", {kPunctuation}, key},
      {"east asian stop", key + "\xE3\x80\x82", {kPunctuation}, key},
      {"sentence", "my key is " + key, {kWords}, key},
      {"sentence around",
       "Hi, the key is " + key + ". Thanks, Anna!",
       {kWords, kPunctuation},
       key},
      {"sentence with an odd key",
       "here: " + odd + " thanks",
       {kAssignment, kWords},
       odd},
      {"line below", key + "\n\nBest, Anna", {kWords}, key},
      {"name above", "Precision\n" + key, {kWords}, key},
      {"date beside", key + " Nov 23 2026", {kWords}, key},
      {"twice", key + "\n" + key, {kRepeated}, key},
      {"twice without a space", key + key, {kRepeated}, key},
      {"prefix mentioned",
       "keys begin with rk_live_ so: " + key,
       {kAssignment, kWords},
       key},
      {"capitals in the prefix", "RK_LIVE_" + key.substr(8), {kPrefix}, key},
      {"capital letter", "Rk_live_" + key.substr(8), {kPrefix}, key},
      {"dashes in the prefix", "rk-live-" + key.substr(8), {kPrefix}, key},
      {"en dashes in the prefix",
       "rk\xE2\x80\x93live\xE2\x80\x93" + key.substr(8),
       {kPrefix},
       key},
      {"escaped underscores", "rk\\_live\\_" + key.substr(8), {kPrefix}, key},
      {"table cell",
       "| Precision | " + key + " | Active |",
       {kQuotes, kWords},
       key},
      {"csv", "Precision," + key + ",2026-11-23", {kWords, kPunctuation}, key},
      {"html", "<code>" + key + "</code>", {kQuotes, kWords}, key},
      {"url user",
       "https://" + key + ":@api.stripe.com",
       {kWords, kCurlOption},
       key},
      {"line end in source", "\"" + key + "\\n\"", {kQuotes, kLineBreaks}, key},
      {"beside its account",
       key + " (acct_1OuEMLAlTWGaDypq)",
       {kQuotes, kWords},
       key},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const KeyVerdict verdict = CheckKey(c.text);
    EXPECT_EQ(verdict.error, std::nullopt)
        << (verdict.error ? ToString(*verdict.error) : "") << " "
        << verdict.bad_character << " at " << verdict.bad_position;
    EXPECT_THAT(verdict.repairs, UnorderedElementsAreArray(c.repairs))
        << Names(verdict.repairs);
    Result<ApiKey> parsed = ApiKey::Parse(c.text);
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(parsed.value().AuthorizationHeader(), "Bearer " + c.key);
  }
}

TEST(CheckKeyTest, NamesWhatElseWasPasted) {
  const std::string body = Body(kNewBody);
  using enum ErrorCode;
  const struct {
    const char* name;
    std::string text;
    ErrorCode code;
  } cases[] = {
      {"nothing", "", kKeyEmpty},
      {"white space", " \t\r\n", kKeyEmpty},
      {"invisible", "\xE2\x80\x8B\xEF\xBB\xBF\xC2\xA0", kKeyEmpty},
      {"secret live", "sk_" + ("live_" + body), kKeySecret},
      {"secret test", "sk_" + ("test_" + body), kKeySecret},
      {"secret capitals", "SK_" + ("LIVE_" + body), kKeySecret},
      {"secret in a file", "STRIPE_SECRET_KEY=sk_" + ("live_" + body),
       kKeySecret},
      {"secret, masked", "sk_" + std::string("live_") + "****", kKeySecret},
      {"secret begun", "sk_", kKeySecret},
      {"secret half typed", "sk_li", kKeySecret},
      {"publishable", "pk_" + ("live_" + body), kKeyPublishable},
      {"publishable test", "pk_" + ("test_" + body), kKeyPublishable},
      {"webhook secret", "whsec_" + Body(32), kKeyWebhookSecret},
      {"account id", "acct_1OuEMLAlTWGaDypq", kKeyAccountId},
      {"key id", "mk_1OuEMLAlTWGaDypqAbCd", kKeyApiKeyId},
      {"key's page",
       "https://dashboard.stripe.com/acct_1OuEMLAlTWGaDypq/"
       "apikeys/mk_1OuEMLAlTWGaDypqAbCd/edit",
       kKeyApiKeyId},
      {"connect client", "ca_" + Body(32), kKeyConnectClientId},
      {"ephemeral", "ek_" + ("live_" + body), kKeyEphemeral},
      {"organization", "sk_org_" + ("live_" + body), kKeyOrganization},
      {"claimable sandbox", "rkcs_" + ("test_" + body), kKeyClaimableSandbox},
      {"restricted prod", "rk_prod_" + body, kKeyWithoutMode},
      {"no mode", "rk_" + Body(24), kKeyWithoutMode},
      {"secret, no mode", "sk_" + Body(24), kKeyWithoutMode},
      {"mistyped mode", "rk_liv_" + body, kKeyWithoutMode},
      {"client secret", "pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVh",
       kKeyClientSecret},
      {"customer", "cus_NffrFeUfNV2Hib", kKeyObjectId},
      {"invoice", "in_1MtHbELkdIwHu7ixl4OzzPMv", kKeyObjectId},
      {"masked stars", LiveMode(std::string(80, '*') + "wXyZ"), kKeyMasked},
      {"masked dots", LiveMode("...wXyZ"), kKeyMasked},
      {"masked ellipsis", LiveMode("51Ab\xE2\x80\xA6wXyZ"), kKeyMasked},
      {"masked bullets", LiveMode("\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2wXyZ"),
       kKeyMasked},
      {"masked circles", LiveMode("\xE2\x97\x8F\xE2\x97\x8F\xE2\x97\x8FwXyZ"),
       kKeyMasked},
      {"masked middle dots", LiveMode("\xC2\xB7\xC2\xB7\xC2\xB7wXyZ"),
       kKeyMasked},
      {"masked with spaces", LiveMode("51Ab \xE2\x80\xA2\xE2\x80\xA2 wXyZ"),
       kKeyMasked},
      {"masked without prefix", "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2wXyZ",
       kKeyMasked},
      {"masked prefix", "rk_\xE2\x80\xA6wXyZ", kKeyMasked},
      {"truncated", LiveMode("51Abc"), kKeyTruncated},
      {"prefix alone", LiveMode(""), kKeyTruncated},
      {"begun", "rk_l", kKeyTruncated},
      {"first letters", "rk", kKeyTruncated},
      {"nine characters", LiveMode(Body(9)), kKeyTruncated},
      {"beginning lost", "k_live_" + body, kKeyTruncated},
      {"prefix lost", body, kKeyTruncated},
      {"two keys", LiveMode(Body(99, 1)) + " " + LiveMode(Body(99, 2)),
       kKeySeveral},
      {"two glued", LiveMode(Body(99, 1)) + LiveMode(Body(99, 2)), kKeySeveral},
      {"with publishable", "pk_" + ("live_" + body) + "\n" + LiveMode(body),
       kKeySeveral},
      {"both modes", TestMode(body) + "\n" + LiveMode(body), kKeySeveral},
      {"absurd", LiveMode(Body(5000)), kKeyTooLong},
      {"a file", LiveMode(Body(100000)), kKeyTooLong},
      {"password", "hunter2!", kKeyUnrecognized},
      {"e-mail", "anna@example.com", kKeyUnrecognized},
      {"link", "https://dashboard.stripe.com/apikeys", kKeyUnrecognized},
      {"permission", "rak_customer_read", kKeyUnrecognized},
      {"other company", "sk-proj-" + Body(40), kKeyUnrecognized},
      {"words", "where do I find my key?", kKeyUnrecognized},
      {"letter before", "x" + LiveMode(body), kKeyUnrecognized},
      {"words with underscores", "sold in_stock at price_list",
       kKeyUnrecognized},
      {"not utf-8", "\xFF\xFE\x80", kKeyUnrecognized},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const KeyVerdict verdict = CheckKey(c.text);
    ASSERT_TRUE(verdict.error.has_value());
    EXPECT_EQ(ToString(*verdict.error), ToString(c.code));
    EXPECT_EQ(verdict.redacted, "");
    const Result<ApiKey> parsed = ApiKey::Parse(c.text);
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(parsed.error().code, c.code);
  }
}

TEST(CheckKeyTest, NamesABadCharacterAndItsPlace) {
  const std::string body = Body(kNewBody);
  const auto with = [&](const std::string& what) {
    return LiveMode(body.substr(0, 20) + what + body.substr(20));
  };
  const struct {
    const char* name;
    std::string text;
    const char* character;
    std::size_t position;
  } cases[] = {
      {"dash", with("-"), "-", 29},
      {"underscore", with("_"), "_", 29},
      {"full stop", with("."), ".", 29},
      {"plus", with("+"), "+", 29},
      {"slash", with("/"), "/", 29},
      {"equals at the end", LiveMode(body) + "=", "=", 108},
      {"dollar at the beginning", LiveMode("$" + body), "$", 9},
      {"cyrillic a", with("\xD0\xB0"), "U+0430", 29},
      {"accent", with("\xC3\xA9"), "U+00E9", 29},
      {"full-width digit", with("\xEF\xBC\x91"), "U+FF11", 29},
      {"emoji", with("\xF0\x9F\x94\x91"), "U+1F511", 29},
      {"broken utf-8", with("\xC3"), "U+FFFD", 29},
      {"percent", with("%41"), "%", 29},
      {"cyrillic k in the prefix", "r\xD0\xBA_live_" + body, "U+043A", 2},
      {"cyrillic i in the prefix", "rk_l\xD1\x96ve_" + body, "U+0456", 5},
      {"full-width underscore", "rk\xEF\xBC\xBFlive_" + body, "U+FF3F", 3},
      {"full-width prefix", "\xEF\xBD\x92k_live_" + body, "U+FF52", 1},
      {"after spaces", "   " + with("-"), "-", 29},
      {"after a label", "KEY=" + with("-"), "-", 29},
      {"apostrophe", with("'"), "'", 29},
      {"doubtful space",
       LiveMode(body.substr(0, 40) + " and " + body.substr(40)), "U+0020", 49},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const KeyVerdict verdict = CheckKey(c.text);
    ASSERT_TRUE(verdict.error.has_value());
    EXPECT_EQ(ToString(*verdict.error), "key_bad_character");
    EXPECT_EQ(verdict.bad_character, c.character);
    EXPECT_EQ(verdict.bad_position, c.position);
    EXPECT_EQ(verdict.mode, KeyMode::kLive);
  }
}

TEST(CheckKeyTest, TellsTheModeOfWhatItRefuses) {
  EXPECT_EQ(CheckKey("sk_" + ("test_" + Body(99))).mode, KeyMode::kTest);
  EXPECT_EQ(CheckKey("pk_" + ("live_" + Body(99))).mode, KeyMode::kLive);
  EXPECT_EQ(CheckKey("rkcs_" + ("test_" + Body(99))).mode, KeyMode::kTest);
  EXPECT_EQ(CheckKey(LiveMode("***")).mode, KeyMode::kLive);
  EXPECT_EQ(CheckKey(TestMode("51")).mode, KeyMode::kTest);
  EXPECT_EQ(CheckKey("rk_").mode, std::nullopt);
  EXPECT_EQ(CheckKey("acct_1OuEMLAlTWGaDypq").mode, std::nullopt);
}

TEST(CheckKeyTest, SaysWhatAnIdBelongsTo) {
  const struct {
    const char* id;
    const char* kind;
  } cases[] = {
      {"cus_NffrFeUfNV2Hib", "customer"},
      {"in_1MtHbELkdIwHu7ixl4OzzPMv", "invoice"},
      {"sub_1MowQVLkdIwHu7ixeRlqHVzs", "subscription"},
      {"pi_3MtwBwLkdIwHu7ix28a3tqPa", "payment_intent"},
      {"ch_3MmlLrLkdIwHu7ix0snN0B15", "charge"},
      {"price_1MoBy5LkdIwHu7ixZhnattbh", "price"},
      {"prod_NWjs8kKbJWmuuc", "product"},
      {"cs_test_a11YYufWQzNY63zpQ6QSNRQhkUpVph4WRmzW0zWJO2znZKdVujZ0",
       "checkout_session"},
      {"we_1Mr5jULkdIwHu7ix1ibLTM0x", "webhook_endpoint"},
      {"see customer cus_NffrFeUfNV2Hib please", "customer"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.id);
    const KeyVerdict verdict = CheckKey(c.id);
    EXPECT_EQ(verdict.error, ErrorCode::kKeyObjectId);
    EXPECT_EQ(verdict.object_kind, c.kind);
  }
}

TEST(CheckKeyTest, CountsDifferentKeys) {
  const std::string a = LiveMode(Body(99, 1));
  const std::string b = LiveMode(Body(99, 2));
  EXPECT_EQ(CheckKey(a + "\n" + b + "\n" + a).keys_found, 2U);
  EXPECT_EQ(CheckKey(a + b + TestMode(Body(24))).keys_found, 3U);
}

TEST(CheckKeyTest, NeverQuotesWhatWasPasted) {
  const std::string secret = "hunter2secretword";
  const std::string texts[] = {LiveMode(secret + "-"),
                               "sk_" + ("live_" + secret), secret,
                               "whsec_" + secret, LiveMode("***" + secret)};
  for (const std::string& text : texts) {
    const KeyVerdict verdict = CheckKey(text);
    EXPECT_EQ(verdict.redacted + verdict.bad_character.substr(0, 0) +
                  verdict.object_kind,
              "");
    EXPECT_FALSE(ApiKey::Parse(text).error().detail.contains(secret));
  }
}

TEST(CheckKeyTest, AnyPrefixOfAKeyHasAVerdictAsItIsTyped) {
  const std::string key = LiveKey();
  for (std::size_t i = 1; i < key.size(); ++i) {
    SCOPED_TRACE(i);
    const KeyVerdict verdict = CheckKey(key.substr(0, i));
    if (i < 18) {
      EXPECT_EQ(verdict.error, ErrorCode::kKeyTruncated);
    } else {
      EXPECT_EQ(verdict.error, std::nullopt);
    }
  }
}

TEST(CheckKeyFieldsTest, WantsTheKeyInTheFirstFieldAlone) {
  const std::string key = LiveKey();
  using enum ErrorCode;
  const struct {
    const char* name;
    std::string first;
    std::string second;
    std::optional<ErrorCode> error;
    bool ready;
  } cases[] = {
      {"both empty", "", "", std::nullopt, false},
      {"as asked", key, "", std::nullopt, true},
      {"spaces in the second", key, " \xE2\x80\x8B\n", std::nullopt, true},
      {"only the second", "", key, kKeyInSecondField, false},
      {"spaces in the first", "  ", key, kKeyInSecondField, false},
      {"both", key, key, kKeyInBothFields, false},
      {"junk in the second", key, "x", kKeyInBothFields, false},
      {"junk in both", "y", "x", kKeyInBothFields, false},
      {"bad first", "y", "", std::nullopt, false},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const KeyFieldsVerdict verdict = CheckKeyFields(c.first, c.second);
    EXPECT_EQ(verdict.error, c.error);
    EXPECT_EQ(verdict.ready, c.ready);
  }
}

}  // namespace
}  // namespace precision
