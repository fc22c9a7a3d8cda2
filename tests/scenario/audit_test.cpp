// Whole audits over the demo Stripe, which enforces every permission: what the
// report says against what the key holds, worked out without the report's code.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "demo_stripe/endpoints.h"
#include "support/session_world.h"

namespace precision {
namespace {

using std::chrono::milliseconds;
using Names = std::vector<std::string>;

bool Guide(const PermissionFacts& facts, Wanted wanted) {
  static const Policy policy = GuidePolicy();
  return policy.WantedOf(facts) == wanted;
}

struct Difference {
  std::set<std::string> missing;
  std::set<std::string> excess;
  bool operator==(const Difference&) const = default;
};

void PrintTo(const Difference& difference, std::ostream* out) {
  for (const std::string& name : difference.missing) *out << " -" << name;
  for (const std::string& name : difference.excess) *out << " +" << name;
}

// What a key with `granted` differs in from the guide, as far as anybody could
// find out by asking.
Difference Expected(const Names& granted, KeyColumn column, bool check_write) {
  Difference difference;
  for (const PermissionFacts& facts : AllPermissions()) {
    if (facts.probe.empty()) continue;
    if (column == KeyColumn::kConnect && !facts.connect_column) continue;
    const std::string id(facts.id);
    const bool reads = demo::Grants(granted, id + "_read");
    const bool writes =
        demo::Grants(granted, id + "_write") && !facts.write_probe.empty();
    if (Guide(facts, Wanted::kRead) && !reads) difference.missing.insert(id);
    if (Guide(facts, Wanted::kNone) && reads) difference.excess.insert(id);
    if (check_write && writes) difference.excess.insert(id);
  }
  return difference;
}

Difference Reported(const PermissionReport& report, KeyColumn column) {
  Difference difference;
  for (const Finding& finding : report.findings) {
    if (finding.column != column) continue;
    const std::string id(finding.permission);
    if (finding.verdict == Verdict::kMissing) difference.missing.insert(id);
    if (finding.verdict == Verdict::kExcess) difference.excess.insert(id);
  }
  return difference;
}

Names Without(Names names, const std::string& name) {
  std::erase(names, name);
  return names;
}

demo::KeySpec KeyWith(std::string name, Names permissions) {
  demo::KeySpec key;
  key.name = std::move(name);
  key.prefix = "rk_live_";
  key.account = "empty";
  key.permissions = std::move(permissions);
  return key;
}

TEST(AuditScenario, FindsNothingToChangeOnAKeyMadeByTheGuide) {
  SessionWorld world("good");
  world.session.CheckWrite(true);
  const PermissionReport& report = world.Audit();
  EXPECT_FALSE(report.whole);
  EXPECT_TRUE(report.complete());
  EXPECT_EQ(Reported(report, KeyColumn::kAccount), Difference{});
  EXPECT_EQ(report.second_row, SecondRow::kNoAccounts);
  for (const HttpRequest& request : world.sent) {
    EXPECT_EQ(request.stripe_account, "");
  }
}

// One row at a time, through the whole session.
TEST(AuditScenario, NamesExactlyTheRowThatIsWrong) {
  for (const PermissionFacts& facts : AllPermissions()) {
    if (facts.probe.empty()) continue;
    SCOPED_TRACE(facts.id);
    const std::string read = std::string(facts.id) + "_read";
    SessionWorld world("good");
    Names names = demo::GuidePermissions();
    if (Guide(facts, Wanted::kRead)) {
      names = Without(names, read);
    } else {
      names.push_back(read);
    }
    world.stripe.SetPermissions("good", names);
    const Difference found = Reported(world.Audit(), KeyColumn::kAccount);
    EXPECT_EQ(found, Expected(names, KeyColumn::kAccount, false));
    // Unless another row opens the same door, it is this row and no other.
    const bool hidden = demo::Grants(names, read);
    Difference alone;
    if (Guide(facts, Wanted::kNone)) {
      alone.excess = {std::string(facts.id)};
    } else if (!hidden) {
      alone.missing = {std::string(facts.id)};
    }
    EXPECT_EQ(found, alone);
  }
}

TEST(AuditScenario, NamesExactlyTheRowThatMayWrite) {
  for (const PermissionFacts& facts : AllPermissions()) {
    if (facts.write_probe.empty()) continue;
    SCOPED_TRACE(facts.id);
    Names names = demo::GuidePermissions();
    names.push_back(std::string(facts.id) + "_write");
    SessionWorld world("good");
    world.stripe.SetPermissions("good", names);
    // Not asked, Write on a Read row is not seen, and not claimed either.
    const PermissionReport before = world.Audit();
    EXPECT_FALSE(before.write_checked);
    EXPECT_EQ(Reported(before, KeyColumn::kAccount).excess.empty(),
              Guide(facts, Wanted::kRead));
    world.session.CheckWrite(true);
    EXPECT_EQ(Reported(world.Audit(), KeyColumn::kAccount).excess,
              std::set<std::string>{std::string(facts.id)});
    EXPECT_EQ(world.stripe.side_effects(), 0);
  }
}

// One audit without a session: the questions, the answers, the report.
PermissionReport Ask(demo::DemoStripe& stripe, const std::string& key,
                     const AuditRules& rules) {
  std::vector<Probe> probes =
      PlanAudit(AuditScope::kEverything, rules, nullptr);
  std::vector<ProbeAnswer> answers;
  std::string account;
  for (std::size_t i = 0; i < probes.size(); ++i) {
    demo::DemoRequest request;
    request.method = probes[i].kind == ProbeKind::kWrite ? "POST" : "GET";
    request.path = probes[i].path;
    request.authorization = "Bearer " + key;
    if (probes[i].column == KeyColumn::kConnect) {
      request.stripe_account = account;
    }
    const demo::DemoResponse answer =
        stripe.Handle(request, {SessionWorld::kToday}, {});
    HttpResponse response;
    response.status = answer.status;
    response.body = answer.body;
    answers.push_back(JudgeProbe(probes[i], response));
    if (!answers.back().connected_account.empty()) {
      account = answers.back().connected_account;
    }
    std::ranges::move(FollowUps(answers.back(), rules),
                      std::back_inserter(probes));
  }
  return MakeReport(rules, probes, answers, nullptr);
}

Names RandomNames(std::mt19937& random) {
  Names names;
  // From nearly nothing to nearly everything.
  const unsigned density = random() % 101;
  for (const PermissionFacts& facts : AllPermissions()) {
    if (random() % 100 >= density) continue;
    const bool write = !facts.offers_read || random() % 4 == 0;
    names.push_back(std::string(facts.id) + (write ? "_write" : "_read"));
  }
  return names;
}

TEST(AuditScenario, EqualsTheSetDifferenceForAnySetOfLevels) {
  demo::DemoOptions options;
  options.rate_limits = false;
  demo::DemoStripe stripe(options);
  demo::KeySpec key = KeyWith("random", {});
  key.permissions = demo::GuidePermissions();
  stripe.AddKey(key);
  std::mt19937 random(20261124);
  for (int round = 0; round < 2000; ++round) {
    SCOPED_TRACE(round);
    const Names names = RandomNames(random);
    stripe.SetPermissions("random", names);
    AuditRules rules;
    rules.check_write = round % 2 == 0;
    const PermissionReport report = Ask(stripe, KeyText(key), rules);
    ASSERT_TRUE(report.complete());
    ASSERT_EQ(Reported(report, KeyColumn::kAccount),
              Expected(names, KeyColumn::kAccount, rules.check_write));
  }
  EXPECT_EQ(stripe.side_effects(), 0);
}

TEST(AuditScenario, EqualsTheSetDifferenceOfTheSecondRowToo) {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(round);
    demo::DemoOptions options;
    options.rate_limits = false;
    demo::DemoStripe stripe(options);
    demo::KeySpec key = KeyWith("connect", demo::GuidePermissions());
    key.account = "platform";
    key.connect_permissions = RandomNames(random);
    key.connect_permissions.push_back("event_read");
    stripe.AddKey(key);
    AuditRules rules;
    rules.check_write = round % 2 == 0;
    const PermissionReport report = Ask(stripe, KeyText(key), rules);
    ASSERT_EQ(report.second_row, SecondRow::kChecked);
    EXPECT_EQ(Reported(report, KeyColumn::kConnect),
              Expected(key.connect_permissions, KeyColumn::kConnect,
                       rules.check_write));
    EXPECT_EQ(stripe.side_effects(), 0);
    EXPECT_EQ(Reported(report, KeyColumn::kAccount), Difference{});
  }
}

TEST(AuditScenario, LooksAtTheSecondRowOfAPlatform) {
  SessionWorld good("platform");
  EXPECT_EQ(good.Audit().second_row, SecondRow::kChecked);
  EXPECT_EQ(Reported(good.session.report(), KeyColumn::kConnect), Difference{});

  SessionWorld mistakes("platform_mistakes");
  const PermissionReport& report = mistakes.Audit();
  EXPECT_EQ(Reported(report, KeyColumn::kAccount), Difference{});
  EXPECT_EQ(
      Reported(report, KeyColumn::kConnect),
      (Difference{.missing = {"subscription"}, .excess = {"terminal_reader"}}));
  // Check again asks for the two, and for one that was open.
  mistakes.Audit(AuditScope::kUnchecked);
  EXPECT_EQ(mistakes.sent.size(), 3U);

  SessionWorld empty("platform_no_connect");
  EXPECT_EQ(empty.Audit().second_row, SecondRow::kEmpty);
  EXPECT_EQ(Reported(empty.session.report(), KeyColumn::kAccount),
            Difference{});
  EXPECT_EQ(std::ranges::count_if(empty.sent,
                                  [](const HttpRequest& request) {
                                    return !request.stripe_account.empty();
                                  }),
            1);
}

// Stripe's words changed in 2026; what they name is only a hint.
TEST(AuditScenario, ReadsTheOlderWordingAsWell) {
  demo::DemoOptions options;
  options.old_permission_wording = true;
  SessionWorld world("three_mistakes", 1, options);
  world.session.CheckWrite(true);
  EXPECT_EQ(
      Reported(world.Audit(), KeyColumn::kAccount),
      (Difference{.missing = {"customer"}, .excess = {"product", "webhook"}}));
}

// Whatever a key may do, asking changes nothing, and no limit is reached.
TEST(AuditScenario, ChangesNothingAndKeepsTheLimitsForEveryKey) {
  for (const demo::KeySpec& key : demo::DemoKeys()) {
    if (!key.prefix.starts_with("rk_")) continue;
    SCOPED_TRACE(key.name);
    SessionWorld world(key.name);
    world.session.CheckWrite(true);
    world.Audit();
    std::size_t reads = 0;
    for (const HttpRequest& request : world.sent) {
      if (!request.post) ++reads;
      EXPECT_EQ(request.post,
                request.post && request.path.contains("nowaythiscanexist"));
    }
    world.Audit(AuditScope::kUnchecked);
    EXPECT_EQ(world.stripe.side_effects(), 0);
    EXPECT_EQ(world.stripe.throttled(), 0);
    EXPECT_GT(reads, 0U);
  }
}

// A monthly allowance of reads: https://docs.stripe.com/rate-limits
TEST(AuditScenario, StaysUnderEightyRequestsAndUnderTenWhenAskedAgain) {
  for (const char* key :
       {"good", "test", "three_mistakes", "all_wrong", "no_customers"}) {
    SCOPED_TRACE(key);
    SessionWorld world(key);
    world.Audit();
    EXPECT_LT(world.sent.size(), 80U);
    world.Audit(AuditScope::kUnchecked);
    EXPECT_LT(world.sent.size(), 10U);
  }
}

TEST(AuditScenario, KnowsWhatThePullsNeedFirst) {
  const struct {
    const char* key;
    milliseconds needs;
    milliseconds whole;
  } cases[] = {{"good", milliseconds(400), milliseconds(1000)},
               {"test", milliseconds(400), milliseconds(3500)}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.key);
    SessionWorld world(c.key);
    world.StartAudit();
    world.Run(Instant{c.needs});
    for (const Finding& finding : world.session.report().findings) {
      if (!FindPermission(finding.permission)->needed_by_pull) continue;
      EXPECT_EQ(finding.verdict, Verdict::kRead) << finding.permission;
    }
    world.Run();
    EXPECT_TRUE(world.session.report().complete());
    EXPECT_LT(world.clock.now(), Instant{c.whole});
  }
}

void ExpectUnderTheLimitInEverySecond(const SessionWorld& world,
                                      std::size_t limit) {
  for (std::size_t i = limit; i < world.sent_at.size(); ++i) {
    ASSERT_GE(world.sent_at[i] - world.sent_at[i - limit],
              std::chrono::seconds(1))
        << i;
  }
}

// Rows need not wait for what the pulls do not need, and both together keep to
// one limit.
TEST(AuditScenario, GoesOnBesideAPullWithinOneLimit) {
  const struct {
    const char* key;
    const char* account;
    std::size_t limit;
  } cases[] = {{"good", "good", 100},
               {"test", "test", 25},
               {"platform_mistakes", "platform", 100}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.key);
    SessionWorld world(c.key);
    world.session.CheckWrite(true);
    world.StartAudit();
    while (!world.session.report().pulls_may_start) {
      ASSERT_FALSE(world.session.report().complete());
      world.RunFor(milliseconds(10));
    }
    EXPECT_LE(world.clock.now(), Instant{milliseconds(400)});
    const std::size_t asked = world.sent.size();
    world.StartPull();
    // Ahead of most of the audit, which would be in their way where a browser
    // has six connections.
    EXPECT_LE(asked, 10U + 3 * 6U);
    for (std::size_t i = asked; i < asked + 4; ++i) {
      EXPECT_TRUE(world.sent.at(i).path.contains("limit=100"))
          << world.sent[i].path;
    }
    // A round trip later there is something to see of every table.
    world.RunFor(milliseconds(200));
    for (const TableProgress& table : world.progress.tables) {
      EXPECT_GT(table.rows, 0U) << ToString(table.table);
    }
    EXPECT_FALSE(world.session.report().complete());
    world.Run();
    EXPECT_TRUE(world.session.report().complete());
    world.ExpectEverythingOf(c.account);
    EXPECT_EQ(world.stripe.throttled(), 0);
    ExpectUnderTheLimitInEverySecond(world, c.limit);
    // The same report as without a pull beside it.
    SessionWorld alone(c.key);
    alone.session.CheckWrite(true);
    EXPECT_EQ(WriteReport(world.session.report(), world.session.policy()),
              WriteReport(alone.Audit(), alone.session.policy()));
  }
}

TEST(AuditScenario, AsksAgainBesideAPull) {
  SessionWorld world("no_customers");
  world.Audit();
  world.options.max_in_flight = 1;
  world.StartPull();
  EXPECT_EQ(world.Of(TableId::kCustomers).state, ResourceState::kRefused);
  world.RunFor(std::chrono::seconds(3));
  ASSERT_FALSE(world.progress.settled);
  world.stripe.SetPermissions("no_customers", demo::GuidePermissions());
  world.StartAudit(AuditScope::kUnchecked);
  // Another pull or audit has to wait, and says so.
  EXPECT_FALSE(
      world.session.StartAudit(AuditScope::kUnchecked, world.clock.now()).ok());
  world.RunFor(std::chrono::seconds(1));
  EXPECT_TRUE(world.session.report().complete());
  EXPECT_EQ(Reported(world.session.report(), KeyColumn::kAccount),
            Difference{});
  ASSERT_FALSE(world.progress.settled);
  // What is allowed by now joins the pull.
  world.table_settled.erase(TableId::kCustomers);
  const TableId customers[] = {TableId::kCustomers};
  EXPECT_TRUE(world.AddToPull(customers).ok());
  EXPECT_EQ(world.Of(TableId::kCustomers).state, ResourceState::kWaiting);
  world.Run();
  world.ExpectEverythingOf("good");
  EXPECT_EQ(world.stripe.throttled(), 0);
  ExpectUnderTheLimitInEverySecond(world, 100);
  EXPECT_EQ(world.AddToPull(customers).error().code, ErrorCode::kNotReady);
}

TEST(AuditScenario, AddsATableToAPull) {
  SessionWorld world("good");
  world.options.max_in_flight = 1;
  const TableId customers[] = {TableId::kCustomers};
  world.StartPull(customers);
  const TableId lines[] = {TableId::kInvoiceLines, TableId::kCustomers};
  EXPECT_TRUE(world.AddToPull(lines).ok());
  while (world.Of(TableId::kCustomers).state != ResourceState::kComplete) {
    ASSERT_FALSE(world.progress.settled);
    world.RunFor(std::chrono::milliseconds(200));
  }
  // What is complete is not told again.
  ASSERT_FALSE(world.progress.settled);
  EXPECT_TRUE(world.AddToPull(lines).ok());
  world.Run();
  world.ExpectSettledOnce();
  ASSERT_EQ(world.progress.tables.size(), 2U);
  EXPECT_EQ(world.Of(TableId::kInvoiceLines).state, ResourceState::kComplete);
  EXPECT_GE(world.Rows(TableId::kInvoiceLines),
            world.stripe.CountsOf("good").invoices);
  EXPECT_EQ(world.Rows(TableId::kCustomers),
            world.stripe.CountsOf("good").customers);
}

TEST(AuditScenario, GoesOnWhenThePullBesideItIsStopped) {
  SessionWorld world("good");
  world.StartAudit();
  world.RunFor(milliseconds(200));
  world.StartPull();
  world.RunFor(milliseconds(200));
  world.Cancel();
  EXPECT_TRUE(world.progress.settled);
  EXPECT_FALSE(world.session.report().complete());
  world.Run();
  EXPECT_TRUE(world.session.report().complete());
  EXPECT_EQ(Reported(world.session.report(), KeyColumn::kAccount),
            Difference{});
}

TEST(AuditScenario, IsCompleteEvenWhenSomeProbesFail) {
  SessionWorld world("three_mistakes");
  world.failure = [](const HttpRequest& request) {
    return request.path.starts_with("/v1/payouts") ||
                   request.path.starts_with("/v1/quotes")
               ? std::optional(TransportFailure::kNetwork)
               : std::nullopt;
  };
  const PermissionReport& report = world.Audit();
  EXPECT_TRUE(report.complete());
  EXPECT_EQ(Reported(report, KeyColumn::kAccount),
            (Difference{.missing = {"customer"}, .excess = {"webhook"}}));
  world.failure = nullptr;
  world.Audit(AuditScope::kUnchecked);
  // The two that failed, the two mistakes, one that was open.
  EXPECT_EQ(world.sent.size(), 5U);
  for (const Finding& finding : world.session.report().findings) {
    EXPECT_NE(finding.verdict, Verdict::kUnchecked) << finding.permission;
  }
}

TEST(AuditScenario, FollowsThePolicyOfTheHost) {
  SessionWorld world("good");
  ASSERT_TRUE(world.session
                  .UsePolicy(R"({"version": 1, "rules": [
      {"permissions": ["invoice"], "level": "read"},
      {"permissions": ["customer"], "level": "none"}]})")
                  .ok());
  EXPECT_EQ(Reported(world.Audit(), KeyColumn::kAccount),
            (Difference{.missing = {}, .excess = {"customer"}}));
  EXPECT_EQ(world.sent.size(), 2U);
  // The next key is held to it as well.
  world.session.Disconnect();
  ASSERT_TRUE(world.session.UseKey(demo::DemoKeyText("good")).ok());
  world.Audit();
  EXPECT_EQ(world.sent.size(), 2U);
}

}  // namespace
}  // namespace precision
