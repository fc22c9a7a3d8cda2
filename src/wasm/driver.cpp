#include "wasm/driver.h"

#include <emscripten/emscripten.h>
#include <emscripten/eventloop.h>
#include <emscripten/val.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace precision {

namespace {

// Of the requests that may go at once, so many in a turn: each takes the main
// thread up to a millisecond, and an audit has dozens.
constexpr int kSendsInATurn = 2;

// A plain failure while the browser knows that it has no network.
TransportFailure Refine(TransportFailure failure) {
  if (failure != TransportFailure::kNetwork) return failure;
  const emscripten::val navigator = emscripten::val::global("navigator");
  const bool offline =
      !navigator.isUndefined() && navigator["onLine"] == emscripten::val(false);
  return offline ? TransportFailure::kOffline : failure;
}

}  // namespace

Instant MonotonicNow() {
  return {std::chrono::duration_cast<Duration>(
      std::chrono::duration<double, std::milli>(emscripten_get_now()))};
}

UnixSeconds WallNow() {
  return {std::chrono::duration_cast<std::chrono::seconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

Driver::Driver(std::string proxy, std::uint64_t seed,
               std::function<void(const SessionEvent&)> listener)
    : session_(seed),
      listener_(std::move(listener)),
      transport_(std::move(proxy),
                 {.on_response =
                      [this](RequestId id, const HttpResponse& response) {
                        session_.HandleResponse(id, response, WallNow(),
                                                MonotonicNow());
                        Pump();
                      },
                  .on_failure =
                      [this](RequestId id, TransportFailure failure) {
                        session_.HandleFailure(id, Refine(failure),
                                               MonotonicNow());
                        Pump();
                      }}) {}

Driver::~Driver() {
  if (timer_ != 0) emscripten_clear_timeout(timer_);
}

void Driver::Pump() {
  transport_.AbortUnless([this](RequestId id) { return session_.wants(id); });
  int sends = 0;
  while (sends < kSendsInATurn) {
    const std::optional<OutgoingRequest> request =
        session_.PollRequest(MonotonicNow());
    if (!request) break;
    transport_.Send(*request, session_.AuthorizationHeader());
    ++sends;
  }
  ArmTimer(sends == kSendsInATurn);
  while (const std::optional<SessionEvent> event = session_.PollEvent()) {
    listener_(*event);
  }
}

void Driver::ArmTimer(bool at_once) {
  if (timer_ != 0) emscripten_clear_timeout(timer_);
  timer_ = 0;
  if (at_once) {
    timer_ = emscripten_set_timeout(OnWakeUp, 0, this);
    return;
  }
  const std::optional<Instant> at = session_.PollTimeout();
  if (!at) return;
  const double wait =
      std::chrono::duration<double, std::milli>(*at - MonotonicNow()).count();
  // Rounded up: a timer that fires early would only be set again.
  timer_ = emscripten_set_timeout(OnWakeUp, std::max(0.0, wait) + 1, this);
}

void Driver::OnWakeUp(void* self) {
  auto& driver = *static_cast<Driver*>(self);
  driver.timer_ = 0;
  driver.session_.HandleTimeout(MonotonicNow());
  driver.Pump();
}

}  // namespace precision
