// A Session, the demo Stripe and a network between them, on a virtual clock:
// what the page's driver does, without a page.

#ifndef PRECISION_TESTS_SUPPORT_SESSION_WORLD_H_
#define PRECISION_TESTS_SUPPORT_SESSION_WORLD_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo_stripe/demo_stripe.h"
#include "precision/session/session.h"
#include "precision/stripe/response_headers.h"
#include "support/virtual_clock.h"

namespace precision {

class SessionWorld {
 public:
  static constexpr std::int64_t kToday = 1795132800;  // 2026-11-20

  // `key` by the demo's name for it.
  explicit SessionWorld(std::string_view key, std::uint64_t seed = 1,
                        demo::DemoOptions options = {})
      : stripe(options), session(seed) {
    EXPECT_TRUE(session.UseKey(demo::DemoKeyText(key)).ok());
  }

  demo::DemoStripe stripe;
  Session session;
  VirtualClock clock;

  // Between page and Stripe.  A failure takes the answer's place.
  std::function<std::optional<TransportFailure>(const HttpRequest&)> failure;
  // May change the answer, the body included.
  std::function<void(const HttpRequest&, demo::DemoResponse&)> change;
  Duration latency = std::chrono::milliseconds(150);
  PullOptions options;
  // The local clock less Stripe's.
  std::int64_t clock_error = 0;

  std::size_t requests = 0;
  std::size_t unanswered = 0;
  std::size_t pull_done = 0;
  Instant last_table_settled;
  std::map<TableId, std::size_t> table_settled;
  std::vector<std::string> paths;
  std::vector<HttpRequest> sent;
  std::vector<Instant> sent_at;  // of the whole, whatever is forgotten
  PullProgress progress;

  void StartPull() {
    static constexpr TableId kAll[] = {TableId::kCustomers, TableId::kInvoices,
                                       TableId::kPayments,
                                       TableId::kSubscriptions};
    StartPull(kAll);
  }
  void StartPull(std::span<const TableId> tables) {
    progress = {};
    ASSERT_TRUE(session.StartPull(tables, options, Wall(), clock.now()).ok());
    Pump();
  }
  void StartAudit(AuditScope scope = AuditScope::kEverything) {
    ASSERT_TRUE(session.StartAudit(scope, clock.now()).ok());
    Pump();
  }
  // To its end; what was sent before is forgotten.
  const PermissionReport& Audit(AuditScope scope = AuditScope::kEverything) {
    sent.clear();
    StartAudit(scope);
    Run();
    EXPECT_EQ(unanswered, 0U);
    return session.report();
  }
  Result<Done> AddToPull(std::span<const TableId> tables) {
    const Result<Done> added = session.AddToPull(tables, clock.now());
    Pump();
    return added;
  }
  void Cancel() { session.Cancel(clock.now()), Pump(); }
  void Pause() { session.Pause(clock.now()), Pump(); }
  void Resume() { session.Resume(clock.now()), Pump(); }

  void RunFor(Duration time) { Run(clock.now() + time); }

  // Until nothing can happen any more, or `until`.
  void Run(std::optional<Instant> until = std::nullopt) {
    for (;;) {
      Pump();
      std::optional<Instant> next = clock.Next();
      const std::optional<Instant> wake = session.PollTimeout();
      if (wake && (!next || *wake < *next)) next = wake;
      if (!next || (until && *next > *until)) break;
      ASSERT_LT(++steps_, 1'000'000U) << "the session does not come to an end";
      if (clock.Next() == next) {
        clock.RunNext();
      } else {
        clock.MoveTo(*next);
        session.HandleTimeout(clock.now());
      }
    }
    if (until) clock.MoveTo(*until);
  }

  const TableProgress& Of(TableId table) const {
    return *std::ranges::find(progress.tables, table, &TableProgress::table);
  }
  std::int64_t Rows(TableId table) const {
    return static_cast<std::int64_t>(session.table(table).row_count());
  }

  // What holds at the end of every pull.
  void ExpectSettledOnce() const {
    EXPECT_TRUE(progress.settled);
    EXPECT_EQ(pull_done, 1U);
    EXPECT_EQ(unanswered, 0U);
    for (const TableProgress& table : progress.tables) {
      const auto told = table_settled.find(table.table);
      EXPECT_EQ(told == table_settled.end() ? 0U : told->second, 1U)
          << ToString(table.table);
      EXPECT_EQ(static_cast<std::int64_t>(table.rows), Rows(table.table));
    }
    EXPECT_FALSE(session.PollTimeout().has_value());
  }

  void ExpectEverythingOf(std::string_view account) const {
    ExpectSettledOnce();
    const demo::Counts counts = stripe.CountsOf(account);
    EXPECT_EQ(Rows(TableId::kCustomers), counts.customers);
    EXPECT_EQ(Rows(TableId::kInvoices), counts.invoices);
    EXPECT_EQ(Rows(TableId::kPayments), counts.payments);
    EXPECT_EQ(Rows(TableId::kSubscriptions), counts.subscriptions);
    for (const TableProgress& table : progress.tables) {
      EXPECT_EQ(table.state, ResourceState::kComplete) << ToString(table.table);
      EXPECT_EQ(table.share, 1);
      EXPECT_FALSE(table.error.has_value());
    }
    EXPECT_EQ(progress.share, 1);
    EXPECT_EQ(session.issues().refused_rows, 0U);
  }

  // After Resume(): a table may settle again.
  void ForgetEvents() {
    pull_done = 0;
    table_settled.clear();
  }

 private:
  std::int64_t StripeTime() const {
    return kToday + clock.now().since_start / std::chrono::seconds(1);
  }
  UnixSeconds Wall() const { return {StripeTime() + clock_error}; }

  void Pump() {
    while (std::optional<OutgoingRequest> out =
               session.PollRequest(clock.now())) {
      ++requests;
      ++unanswered;
      paths.push_back(out->request.path);
      sent.push_back(out->request);
      sent_at.push_back(clock.now());
      // Half the round trip up, half down.
      clock.In(latency / 2,
               [this, request = std::move(*out)] { Arrive(request); });
    }
    while (const std::optional<SessionEvent> event = session.PollEvent()) {
      if (event->kind == SessionEvent::Kind::kPullDone) ++pull_done;
      if (event->kind == SessionEvent::Kind::kTableSettled) {
        ++table_settled[event->table];
        last_table_settled = clock.now();
      }
    }
    Observe();
  }

  void Observe() {
    PullProgress next = session.progress(clock.now());
    EXPECT_GE(next.share, progress.share);
    for (const TableProgress& before : progress.tables) {
      const auto after =
          std::ranges::find(next.tables, before.table, &TableProgress::table);
      ASSERT_NE(after, next.tables.end());
      EXPECT_GE(after->share, before.share);
      EXPECT_GE(after->rows, before.rows);
    }
    progress = std::move(next);
  }

  void Arrive(const OutgoingRequest& out) {
    if (const auto broken = failure ? failure(out.request) : std::nullopt) {
      Fail(out.id, *broken, latency / 2);
      return;
    }
    demo::DemoRequest request;
    request.method = out.request.post ? "POST" : "GET";
    request.path = out.request.path;
    request.authorization = session.AuthorizationHeader();
    request.stripe_version = out.request.stripe_version;
    request.stripe_account = out.request.stripe_account;
    demo::DemoResponse response =
        stripe.Handle(request, {StripeTime()}, clock.now());
    if (change) change(out.request, response);
    const Duration wait = latency / 2 + response.delay + response.body_time;
    if (wait > out.request.timeout) {
      Fail(out.id, TransportFailure::kTimeout, out.request.timeout);
      return;
    }
    switch (response.fault) {
      case demo::Fault::kReset:
        Fail(out.id, TransportFailure::kNetwork, wait);
        return;
      case demo::Fault::kTruncate:
        Fail(out.id, TransportFailure::kTruncated, wait);
        return;
      case demo::Fault::kNone:
      case demo::Fault::kSlowBody:
        break;
    }
    clock.In(wait, [this, id = out.id, answer = std::move(response)] {
      HttpResponse read;
      read.status = answer.status;
      for (const auto& [name, value] : answer.headers) {
        ReadHeader(name, value, read);
      }
      read.body = answer.body;
      --unanswered;
      session.HandleResponse(id, read, Wall(), clock.now());
    });
  }

  void Fail(RequestId id, TransportFailure why, Duration wait) {
    clock.In(wait, [this, id, why] {
      --unanswered;
      session.HandleFailure(id, why, clock.now());
    });
  }

  std::size_t steps_ = 0;
};

}  // namespace precision

#endif  // PRECISION_TESTS_SUPPORT_SESSION_WORLD_H_
