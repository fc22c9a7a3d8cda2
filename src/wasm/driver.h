// Runs a Session in a page: sends what it asks for, keeps its one wake-up,
// hands the answers back and tells JavaScript what has changed.

#ifndef PRECISION_SRC_WASM_DRIVER_H_
#define PRECISION_SRC_WASM_DRIVER_H_

#include <cstdint>
#include <functional>
#include <string>

#include "precision/session/session.h"
#include "wasm/fetch_transport.h"

namespace precision {

Instant MonotonicNow();
UnixSeconds WallNow();

class Driver {
 public:
  Driver(std::string proxy, std::uint64_t seed,
         std::function<void(const SessionEvent&)> listener);
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  Session& session() { return session_; }

  // After every command: requests, wake-up, events.
  void Pump();

 private:
  static void OnWakeUp(void* self);
  // `at_once`: when the browser has had a turn.
  void ArmTimer(bool at_once);

  Session session_;
  std::function<void(const SessionEvent&)> listener_;
  int timer_ = 0;
  FetchTransport transport_;  // last: its destructor aborts what is in flight
};

}  // namespace precision

#endif  // PRECISION_SRC_WASM_DRIVER_H_
