// One audit in progress: which probe goes next, which is tried again, when it
// is over.  Judging the answers is permission/'s.

#ifndef PRECISION_SRC_SESSION_AUDIT_RUN_H_
#define PRECISION_SRC_SESSION_AUDIT_RUN_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "precision/base/time.h"
#include "precision/permission/report.h"

namespace precision {

class AuditRun {
 public:
  AuditRun(std::vector<Probe> probes, bool live, Instant now);

  // The next probe to send, as an index for the calls below.
  std::optional<std::size_t> NextProbe(Instant now);
  const Probe& probe(std::size_t index) const { return probes_[index]; }
  // When NextProbe() may have something again; absent while only answers can
  // bring that about.
  std::optional<Instant> WakeUp() const;

  void HandleAnswer(std::size_t index, ProbeAnswer answer, Instant now);
  // Asks the probe once more, at no cost to its tries.
  void AskAgain(std::size_t index);
  // Ends it: what was not answered stays unanswered.
  void Stop();

  bool done() const;
  PermissionReport Report(const PermissionReport* previous) const;

 private:
  enum class Step : std::uint8_t { kQueued, kInFlight, kDone, kDropped };
  struct Entry {
    Step step = Step::kQueued;
    int tries = 0;
    Instant not_before;
  };

  void Refill(Instant now);
  void JudgeGate();

  std::vector<Probe> probes_;
  std::vector<Entry> entries_;
  std::vector<ProbeAnswer> answers_;
  bool live_;
  bool gate_open_ = false;
  int in_flight_ = 0;
  double tokens_;
  Instant refilled_;
};

}  // namespace precision

#endif  // PRECISION_SRC_SESSION_AUDIT_RUN_H_
