// What a session knows: the key, an audit, a pull, the rows, and the requests
// in flight for them.  session.cpp puts the calls to it, session_rows.cpp
// answers from the rows.

#ifndef PRECISION_SRC_SESSION_SESSION_STATE_H_
#define PRECISION_SRC_SESSION_SESSION_STATE_H_

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "precision/session/session.h"
#include "session/audit_run.h"
#include "session/pull_run.h"
#include "session/send_window.h"

namespace precision {

// The first page of each of the usual tables: an audit leaves room for them.
inline constexpr std::size_t kFirstPages = kUsualTableCount;

struct Session::State {
  // What a request in flight is for.
  struct Ticket {
    bool audit = false;
    std::size_t probe = 0;    // of the audit
    RequestId engine_id = 0;  // of the pull
  };

  explicit State(std::uint64_t session_seed) : seed(session_seed) {}

  std::uint64_t seed;
  std::optional<ApiKey> key;
  bool key_handed_over = false;
  std::string account;
  std::string version{kStripeVersion};
  std::int64_t clock_correction = 0;  // Stripe's clock less the local one

  Policy policy = GuidePolicy();
  bool check_write = false;
  std::optional<AuditRun> audit;
  PermissionReport report;
  // Answers have come since `report` was made: it is made when it is read.
  bool report_stale = false;

  std::optional<PullRun> pull;
  PullProgress progress;
  std::uint64_t memory_limit = 0;
  std::size_t pages_sent = 0;  // of this pull
  Normalizer rows;
  std::array<RowView, kTableCount> views;

  SendWindow window;
  Instant last_probe{-SendWindow::kLength};
  RequestId next_id = 1;
  std::unordered_map<RequestId, Ticket> in_flight;
  std::deque<SessionEvent> events;

  bool live() const { return key && key->mode() == KeyMode::kLive; }
  bool pulling() const { return pull && !progress.settled; }

  void Tell(SessionEvent::Kind kind, TableId table = TableId::kCustomers);

  // When a page may go: what an audit has just sent counts for a pull too.
  Instant PagePlace(Instant now) const {
    const bool shared = audit || now - last_probe < SendWindow::kLength;
    return shared ? window.NextPlace(live()) : Instant{};
  }

  // When a probe may go that no pull waits for: the first pages of one have
  // their places kept.
  Instant RoomyPlace() const {
    return window.NextPlace(live(), pull ? 0 : kFirstPages);
  }

  std::optional<OutgoingRequest> NextProbe(Instant now);
  std::optional<OutgoingRequest> NextPage(Instant now);
  OutgoingRequest Send(HttpRequest request, Ticket ticket, Instant now);

  void LearnClock(const HttpResponse& response, UnixSeconds wall) {
    if (response.date) clock_correction = response.date->value - wall.value;
  }

  // Stripe refuses the version we name: name none, and the account's own
  // default answers.  True when the request is worth asking again so.
  bool FallBackToDefaultVersion(const ApiError& error) {
    if (error.code != ErrorCode::kVersionRefused) return false;
    version.clear();
    return true;
  }

  const PermissionReport& Report() {
    if (report_stale) report = audit->Report();
    report_stale = false;
    return report;
  }

  void AfterAudit();
  void HandleProbe(const Ticket& ticket, ProbeAnswer answer, Instant now);
  void HandlePage(const Ticket& ticket, const HttpResponse& response,
                  Instant now);
  void TellRows(Endpoint endpoint);
  void AfterPull(Instant now);
  void DropPullRequests() {
    std::erase_if(in_flight,
                  [](const auto& entry) { return !entry.second.audit; });
  }
};

}  // namespace precision

#endif  // PRECISION_SRC_SESSION_SESSION_STATE_H_
