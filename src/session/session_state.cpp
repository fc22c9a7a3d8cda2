#include "session/session_state.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace precision {

namespace {

// Probes answer in well under a second; a list page of large objects can take
// Stripe a few.
constexpr Duration kProbeTimeout = std::chrono::seconds{10};
constexpr Duration kPageTimeout = std::chrono::seconds{60};

}  // namespace

void Session::State::Tell(SessionEvent::Kind kind, TableId table) {
  const bool told = std::ranges::any_of(events, [&](const SessionEvent& e) {
    return e.kind == kind && e.table == table;
  });
  if (!told) events.push_back({kind, table});
}

std::optional<OutgoingRequest> Session::State::NextProbe(Instant now) {
  if (!audit || now < window.NextPlace(live())) return std::nullopt;
  const std::optional<std::size_t> index =
      audit->NextProbe(now, now >= RoomyPlace());
  if (!index) return std::nullopt;
  last_probe = now;
  const Probe& probe = audit->probe(*index);
  return Send({.path = probe.path,
               .stripe_version = {},
               .stripe_account = std::string(audit->account(*index)),
               .post = probe.kind == ProbeKind::kWrite,
               .timeout = kProbeTimeout},
              {.audit = true, .probe = *index}, now);
}

std::optional<OutgoingRequest> Session::State::NextPage(Instant now) {
  if (!pulling() || now < PagePlace(now)) return std::nullopt;
  std::optional<OutgoingRequest> next = pull->engine().PollRequest(now);
  if (!next) return std::nullopt;
  ++pages_sent;
  next->request.timeout = kPageTimeout;
  return Send(std::move(next->request), {.engine_id = next->id}, now);
}

OutgoingRequest Session::State::Send(HttpRequest request, Ticket ticket,
                                     Instant now) {
  window.Sent(live(), now);
  request.stripe_version = version;
  if (request.stripe_account.empty()) request.stripe_account = account;
  const RequestId id = next_id++;
  in_flight.emplace(id, ticket);
  return {id, std::move(request)};
}

void Session::State::AfterAudit() {
  report_stale = true;
  Tell(SessionEvent::Kind::kReport);
  if (!audit->done()) return;
  Report();
  audit.reset();
  Tell(SessionEvent::Kind::kAuditDone);
}

void Session::State::HandleProbe(const Ticket& ticket, ProbeAnswer answer,
                                 Instant now) {
  if (!audit) return;
  if (!version.empty() && FallBackToDefaultVersion(answer.error)) {
    audit->AskAgain(ticket.probe);
    return;
  }
  if (version.empty() && answer.error.code == ErrorCode::kVersionRefused) {
    answer.outcome = ProbeOutcome::kUnknown;
  }
  audit->HandleAnswer(ticket.probe, std::move(answer), now);
  AfterAudit();
}

void Session::State::HandlePage(const Ticket& ticket,
                                const HttpResponse& response, Instant now) {
  if (!pull) return;
  SyncEngine& engine = pull->engine();
  const std::optional<Endpoint> endpoint = engine.EndpointOf(ticket.engine_id);
  if (!endpoint) return;
  if (response.status == 200) {
    const Result<ReadSummary> read =
        pull->Read(ticket.engine_id, response.body, rows);
    if (read.ok()) {
      engine.HandlePage(ticket.engine_id, read.value().page,
                        read.value().objects_new, now);
      if (read.value().page.count > 0) TellRows(*endpoint);
      if (rows.ByteSize() > memory_limit) {
        engine.Stop(ErrorCode::kTooLarge, now);
        DropPullRequests();
      }
    } else {
      ApiError error;
      error.code = ErrorCode::kStripeUnreadable;
      error.status = response.status;
      error.request_id = response.request_id;
      engine.HandleRefusal(ticket.engine_id, error, now);
    }
  } else {
    ApiError error = ReadApiError(response);
    if (!version.empty() && FallBackToDefaultVersion(error)) {
      error.should_retry = true;
    }
    engine.HandleRefusal(ticket.engine_id, error, now);
  }
  AfterPull(now);
}

void Session::State::TellRows(Endpoint endpoint) {
  const auto of =
      std::ranges::find(NestedLists(), endpoint, &NestedList::nested);
  for (const TableId table : pull->tables()) {
    if (std::ranges::contains(EndpointsOf(table), endpoint) ||
        (of != NestedLists().end() && of->table == table)) {
      Tell(SessionEvent::Kind::kRows, table);
    }
  }
}

void Session::State::AfterPull(Instant now) {
  if (!pull) return;
  for (const TableId table : pull->Update(rows, now)) {
    Tell(SessionEvent::Kind::kTableSettled, table);
  }
  while (pull->engine().PollEvent()) {
    // Update() has read the same from the engine's progress.
  }
  const bool was_settled = progress.settled;
  progress = pull->progress();
  Tell(SessionEvent::Kind::kProgress);
  if (progress.settled && !was_settled) {
    rows.LinkPayments();
    if (std::ranges::contains(pull->tables(), TableId::kPayments)) {
      Tell(SessionEvent::Kind::kRows, TableId::kPayments);
    }
    Tell(SessionEvent::Kind::kPullDone);
  }
}

}  // namespace precision
