#include "session/audit_run.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <vector>

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::vector<Probe> AllProbes() {
  return PlanAudit(AuditScope::kEverything, nullptr);
}

ProbeAnswer Open(const Probe& probe) {
  return {.permission = probe.permission,
          .outcome = ProbeOutcome::kOpen,
          .error = {}};
}

ProbeAnswer Failed(const Probe& probe, ErrorCode code, int status) {
  ProbeAnswer answer{.permission = probe.permission,
                     .outcome = ProbeOutcome::kUnknown,
                     .error = {}};
  answer.error.code = code;
  answer.error.status = status;
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
  AuditRun run(AllProbes(), /*live=*/true, now);
  EXPECT_EQ(RunToTheEnd(run, Open, now), AllProbes().size());
  EXPECT_TRUE(run.done());
  EXPECT_TRUE(run.Report(nullptr).complete());
  EXPECT_FALSE(run.Report(nullptr).whole);
}

TEST(AuditRunTest, StaysUnderTheTestModeLimit) {
  Instant now;
  AuditRun run(AllProbes(), /*live=*/false, now);
  const std::size_t sent = RunToTheEnd(run, Open, now);
  // A burst of 16, then 20 a second.
  const double least = (static_cast<double>(sent) - 16) / 20;
  EXPECT_GE(std::chrono::duration<double>(now.since_start).count(),
            least * 0.99);
}

TEST(AuditRunTest, StopsAfterTheScoutsWhenTheKeyIsDead) {
  Instant now;
  AuditRun run(AllProbes(), true, now);
  const std::size_t sent = RunToTheEnd(
      run,
      [](const Probe& probe) {
        return Failed(probe, ErrorCode::kKeyExpired, 401);
      },
      now);
  EXPECT_LE(sent, 4U);
  EXPECT_TRUE(run.done());
  EXPECT_EQ(run.Report(nullptr).whole, ErrorCode::kKeyExpired);
}

TEST(AuditRunTest, GoesOnWhenOneScoutIsOpen) {
  Instant now;
  AuditRun run(AllProbes(), true, now);
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
  EXPECT_FALSE(run.Report(nullptr).whole);
}

TEST(AuditRunTest, TriesAThrottledProbeThreeTimes) {
  Instant now;
  const std::vector<Probe> one = {AllProbes().front()};
  AuditRun run(one, true, now);
  const std::size_t sent = RunToTheEnd(
      run,
      [](const Probe& probe) {
        return Failed(probe, ErrorCode::kRateLimited, 429);
      },
      now);
  EXPECT_EQ(sent, 3U);
  EXPECT_GE(now.since_start, milliseconds{1200});
  EXPECT_LT(now.since_start, seconds{3});
}

TEST(AuditRunTest, DoesNotRetryWhatStripeSaysNotTo) {
  Instant now;
  const std::vector<Probe> one = {AllProbes().front()};
  AuditRun run(one, true, now);
  const std::size_t sent = RunToTheEnd(
      run,
      [](const Probe& probe) {
        ProbeAnswer answer = Failed(probe, ErrorCode::kStripeDown, 503);
        answer.error.should_retry = false;
        return answer;
      },
      now);
  EXPECT_EQ(sent, 1U);
}

TEST(AuditRunTest, IsDoneAtOnceWhenStopped) {
  Instant now;
  AuditRun run(AllProbes(), true, now);
  ASSERT_TRUE(run.NextProbe(now));
  run.Stop();
  EXPECT_TRUE(run.done());
  EXPECT_FALSE(run.NextProbe(now));
  EXPECT_FALSE(run.WakeUp());
}

}  // namespace
}  // namespace precision
