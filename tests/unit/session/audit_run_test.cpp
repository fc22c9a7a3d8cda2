#include "session/audit_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::vector<Probe> AllProbes() {
  return PlanAudit(AuditScope::kEverything, {}, nullptr);
}

ProbeAnswer Open(const Probe& probe) {
  ProbeAnswer answer;
  answer.permission = probe.permission;
  answer.kind = probe.kind;
  answer.column = probe.column;
  answer.outcome = ProbeOutcome::kOpen;
  return answer;
}

ProbeAnswer Failed(const Probe& probe, ErrorCode code, int status) {
  ProbeAnswer answer = Open(probe);
  answer.outcome = ProbeOutcome::kUnknown;
  answer.error.code = code;
  answer.error.status = status;
  return answer;
}

ProbeAnswer Closed(const Probe& probe) {
  ProbeAnswer answer = Failed(probe, ErrorCode::kPermissionMissing, 403);
  answer.outcome = ProbeOutcome::kClosed;
  return answer;
}

// Sends what may be sent, jumping to wake-ups, and answers each with `answer`.
template <typename Answer>
std::size_t RunToTheEnd(AuditRun& run, Answer answer, Instant& now) {
  std::size_t sent = 0;
  for (int guard = 0; guard < 10000 && !run.done(); ++guard) {
    if (const auto index = run.NextProbe(now)) {
      ++sent;
      run.HandleAnswer(*index, answer(run.probe(*index)), now);
    } else {
      const auto at = run.WakeUp();
      if (!at) break;
      now = std::max(now, *at);
    }
  }
  return sent;
}

TEST(AuditRunTest, AsksEachProbeOnceWhenAllAreOpen) {
  Instant now;
  AuditRun run({}, std::nullopt, now);
  EXPECT_EQ(RunToTheEnd(run, Open, now), AllProbes().size());
  EXPECT_TRUE(run.done());
  EXPECT_TRUE(run.Report().complete());
  EXPECT_FALSE(run.Report().whole);
}

bool NeededByPull(const Probe& probe) {
  return probe.column == KeyColumn::kAccount &&
         FindPermission(probe.permission)->needed_by_pull;
}

// The question for Write as well, so that a pull waits for neither.
TEST(AuditRunTest, AsksWhatThePullsNeedBeforeTheRest) {
  AuditRules rules;
  rules.check_write = true;
  Instant now;
  AuditRun run(rules, std::nullopt, now);
  std::vector<Probe> order;
  RunToTheEnd(
      run,
      [&](const Probe& probe) {
        order.push_back(probe);
        return Open(probe);
      },
      now);
  const auto rest = std::ranges::find_if_not(order, NeededByPull);
  EXPECT_EQ(rest - order.begin(), 10);
  EXPECT_TRUE(std::none_of(rest, order.end(), NeededByPull));
}

TEST(AuditRunTest, AsksWhatThePullsNeedForWriteAllAtOnce) {
  AuditRules rules;
  rules.check_write = true;
  Instant now;
  AuditRun run(rules, std::nullopt, now);
  std::vector<std::size_t> scouts;
  while (const auto index = run.NextProbe(now)) scouts.push_back(*index);
  for (const std::size_t index : scouts) {
    run.HandleAnswer(index, Open(run.probe(index)), now);
  }
  std::size_t posts = 0;
  while (const auto index = run.NextProbe(now)) {
    if (run.probe(*index).kind == ProbeKind::kWrite) ++posts;
  }
  EXPECT_EQ(posts, 5U);
}

// Answers one by one until a pull may start; how many that took.
template <typename Answer>
std::optional<std::size_t> AnswersBeforeThePull(AuditRules rules,
                                                Answer answer) {
  Instant now;
  AuditRun run(std::move(rules), std::nullopt, now);
  for (std::size_t answers = 0; !run.done(); ++answers) {
    if (run.Report().pulls_may_start) return answers;
    const auto index = run.NextProbe(now);
    if (!index) return std::nullopt;
    run.HandleAnswer(*index, answer(run.probe(*index)), now);
  }
  return std::nullopt;
}

TEST(AuditRunTest, LetsThePullsStartOnceWhatTheyNeedIsRight) {
  AuditRules rules;
  EXPECT_EQ(AnswersBeforeThePull(rules, Open), 5U);
  rules.check_write = true;
  const auto read_only = [](const Probe& probe) {
    return probe.kind == ProbeKind::kRead ? Open(probe) : Closed(probe);
  };
  EXPECT_EQ(AnswersBeforeThePull(rules, read_only), 10U);
  // What they do not need may be wrong.
  EXPECT_EQ(AnswersBeforeThePull(rules,
                                 [&](const Probe& probe) {
                                   return NeededByPull(probe) ? read_only(probe)
                                                              : Closed(probe);
                                 }),
            10U);
}

TEST(AuditRunTest, LetsNoPullStartWhileARowItNeedsIsWrongOrUnclear) {
  AuditRules rules;
  rules.check_write = true;
  for (const char* row :
       {"customer", "invoice", "subscription", "payment_intent", "charge"}) {
    SCOPED_TRACE(row);
    const auto missing = [&](const Probe& probe) {
      return probe.permission == row ? Closed(probe) : Open(probe);
    };
    EXPECT_EQ(AnswersBeforeThePull({}, missing), std::nullopt);
    const auto throttled = [&](const Probe& probe) {
      return probe.permission == row
                 ? Failed(probe, ErrorCode::kRateLimited, 429)
                 : Open(probe);
    };
    EXPECT_EQ(AnswersBeforeThePull({}, throttled), std::nullopt);
    // Write where Read was asked for is the dangerous mistake.
    const auto writes = [&](const Probe& probe) {
      const bool may =
          probe.kind == ProbeKind::kRead || probe.permission == row;
      return may ? Open(probe) : Closed(probe);
    };
    EXPECT_EQ(AnswersBeforeThePull(rules, writes), std::nullopt);
  }
  // A policy that says nothing of those rows lets nobody guess.
  rules.policy.rules = {{.sections = {},
                         .permissions = {"dispute"},
                         .wanted = Wanted::kRead,
                         .sentence = {}}};
  EXPECT_EQ(AnswersBeforeThePull(rules, Open), std::nullopt);
}

TEST(AuditRunTest, StopsAfterTheScoutsWhenTheKeyIsDead) {
  Instant now;
  AuditRun run({}, std::nullopt, now);
  const std::size_t sent = RunToTheEnd(
      run,
      [](const Probe& probe) {
        return Failed(probe, ErrorCode::kKeyExpired, 401);
      },
      now);
  EXPECT_LE(sent, 5U);
  EXPECT_TRUE(run.done());
  EXPECT_EQ(run.Report().whole, ErrorCode::kKeyExpired);
}

TEST(AuditRunTest, GoesOnWhenOneScoutIsOpen) {
  Instant now;
  AuditRun run({}, std::nullopt, now);
  bool first = true;
  const std::size_t sent = RunToTheEnd(
      run,
      [&](const Probe& probe) {
        if (!first) return Failed(probe, ErrorCode::kKeyUnknown, 401);
        first = false;
        return Open(probe);
      },
      now);
  EXPECT_EQ(sent, AllProbes().size());
  EXPECT_FALSE(run.Report().whole);
}

// What was throttled all along, in the report of an audit.
PermissionReport WithUnchecked(std::string_view permission) {
  Instant now;
  AuditRun run({}, std::nullopt, now);
  RunToTheEnd(
      run,
      [&](const Probe& probe) {
        return probe.permission == permission
                   ? Failed(probe, ErrorCode::kRateLimited, 429)
                   : Open(probe);
      },
      now);
  return run.Report();
}

TEST(AuditRunTest, TriesAThrottledProbeThreeTimes) {
  Instant now;
  AuditRun run({}, WithUnchecked("payout"), now);
  std::size_t tries = 0;
  RunToTheEnd(
      run,
      [&](const Probe& probe) {
        if (probe.permission != "payout") return Open(probe);
        ++tries;
        return Failed(probe, ErrorCode::kRateLimited, 429);
      },
      now);
  EXPECT_EQ(tries, 3U);
  EXPECT_GE(now.since_start, milliseconds{1200});
  EXPECT_LT(now.since_start, seconds{3});
}

TEST(AuditRunTest, DoesNotRetryWhatStripeSaysNotTo) {
  Instant now;
  AuditRun run({}, WithUnchecked("payout"), now);
  std::size_t tries = 0;
  RunToTheEnd(
      run,
      [&](const Probe& probe) {
        if (probe.permission != "payout") return Open(probe);
        ++tries;
        ProbeAnswer answer = Failed(probe, ErrorCode::kStripeDown, 503);
        answer.error.should_retry = false;
        return answer;
      },
      now);
  EXPECT_EQ(tries, 1U);
}

TEST(AuditRunTest, ChecksAgainInUnderTenRequestsWhileNothingHasChanged) {
  Instant now;
  AuditRun first({}, std::nullopt, now);
  RunToTheEnd(first, Closed, now);
  const PermissionReport before = first.Report();
  AuditRun again({}, before, now);
  EXPECT_LT(RunToTheEnd(again, Closed, now), 10U);
  const PermissionReport after = again.Report();
  EXPECT_TRUE(after.complete());
  ASSERT_EQ(after.findings.size(), before.findings.size());
  for (std::size_t i = 0; i < before.findings.size(); ++i) {
    EXPECT_EQ(after.findings[i].verdict, before.findings[i].verdict);
  }
  // Once one of them is mended, the others are asked as well.
  AuditRun mended({}, before, now);
  RunToTheEnd(
      mended,
      [](const Probe& probe) {
        return probe.permission == "terminal_reader" ? Closed(probe)
                                                     : Open(probe);
      },
      now);
  for (const Finding& finding : mended.Report().findings) {
    EXPECT_NE(finding.verdict, Verdict::kMissing) << finding.permission;
  }
}

TEST(AuditRunTest, AsksTheSecondRowAloneUntilItAnswers) {
  const auto with_account = [](const Probe& probe) {
    ProbeAnswer answer = Open(probe);
    if (probe.permission == kConnectedAccounts) {
      answer.connected_account = "acct_1";
    }
    return answer;
  };
  Instant now;
  AuditRun empty({}, std::nullopt, now);
  std::size_t second = 0;
  RunToTheEnd(
      empty,
      [&](const Probe& probe) {
        if (probe.column == KeyColumn::kAccount) return with_account(probe);
        ++second;
        ProbeAnswer answer = Closed(probe);
        answer.error.code = ErrorCode::kSecondRowEmpty;
        return answer;
      },
      now);
  EXPECT_EQ(second, 1U);
  EXPECT_EQ(empty.Report().second_row, SecondRow::kEmpty);
  AuditRun full({}, std::nullopt, now);
  RunToTheEnd(full, with_account, now);
  EXPECT_EQ(full.Report().second_row, SecondRow::kChecked);
  // Check again sees that the second row was filled in.
  AuditRun again({}, empty.Report(), now);
  RunToTheEnd(again, with_account, now);
  EXPECT_EQ(again.Report().second_row, SecondRow::kChecked);
  EXPECT_TRUE(again.Report().complete());
}

TEST(AuditRunTest, AsksOnePostAloneWhenTheProxyLetsNoneThrough) {
  AuditRules rules;
  rules.check_write = true;
  Instant now;
  AuditRun run(rules, std::nullopt, now);
  std::size_t posts = 0;
  RunToTheEnd(
      run,
      [&](const Probe& probe) {
        if (probe.kind == ProbeKind::kRead) return Open(probe);
        ++posts;
        return Failed(probe, ErrorCode::kProxyMisconfigured, 405);
      },
      now);
  EXPECT_EQ(posts, 1U);
  const PermissionReport report = run.Report();
  EXPECT_TRUE(report.complete());
  EXPECT_FALSE(report.write_checked);
  for (const Finding& finding : report.findings) {
    EXPECT_FALSE(finding.write_unchecked) << finding.permission;
    EXPECT_NE(finding.shown, Shown::kRead) << finding.permission;
  }
}

TEST(AuditRunTest, IsDoneAtOnceWhenStopped) {
  Instant now;
  AuditRun run({}, std::nullopt, now);
  ASSERT_TRUE(run.NextProbe(now));
  run.Stop();
  EXPECT_TRUE(run.done());
  EXPECT_FALSE(run.NextProbe(now));
  EXPECT_FALSE(run.WakeUp());
}

}  // namespace
}  // namespace precision
