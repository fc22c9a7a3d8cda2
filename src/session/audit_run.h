// One audit in progress: which probe goes next, which is tried again, when it
// is over.  Judging the answers is permission/'s; how many may go in a second
// is the session's, which may have a pull beside it.

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
  // With a report, asks again what that one left open.
  AuditRun(AuditRules rules, std::optional<PermissionReport> previous,
           Instant now);

  // The next probe to send, as an index for the calls below.  Without `room`
  // only one that a pull waits for.
  std::optional<std::size_t> NextProbe(Instant now, bool room = true);
  const Probe& probe(std::size_t index) const { return probes_[index]; }
  // For Stripe-Account; empty for a probe of the first row.
  std::string_view account(std::size_t index) const;
  // When NextProbe() may have something again; absent while only answers can
  // bring that about.  There is a place in the limit at `place`, and room at
  // `roomy`.
  std::optional<Instant> WakeUp(Instant place = {}, Instant roomy = {}) const;

  void HandleAnswer(std::size_t index, ProbeAnswer answer, Instant now);
  // Asks the probe once more, at no cost to its tries.
  void AskAgain(std::size_t index);
  // Ends it: what was not answered stays unanswered.
  void Stop();

  bool done() const;
  PermissionReport Report() const;

 private:
  enum class Step : std::uint8_t { kQueued, kInFlight, kDone, kDropped };
  struct Entry {
    Step step = Step::kQueued;
    int tries = 0;
    Instant not_before;
    bool leads = false;
  };

  // Null without one.
  const PermissionReport* previous() const;
  bool MayGo(std::size_t index) const;
  bool GoesAlone(std::size_t index) const;
  bool LeadingOpen() const;
  bool HasEnoughBeside() const;
  void Add(Probe probe, Instant now);
  bool Retry(Entry& entry, const ProbeAnswer& answer, Instant now);
  void Follow(const ProbeAnswer& answer, Instant now);
  void DropUnless(bool (*wanted)(const Probe&));
  void JudgeGate();
  void JudgeHeld();

  AuditRules rules_;
  std::optional<PermissionReport> previous_;
  std::vector<Probe> probes_;
  std::vector<Entry> entries_;  // as probes_
  std::vector<ProbeAnswer> answers_;
  std::string connected_account_;
  Instant calm_until_;
  bool gate_open_ = false;
  bool held_released_ = false;
  // Whether any POST and anything of the second row was answered: until then
  // one goes alone, because it may say that the others are in vain.
  bool write_answered_ = false;
  bool second_row_answered_ = false;
  int in_flight_ = 0;
};

}  // namespace precision

#endif  // PRECISION_SRC_SESSION_AUDIT_RUN_H_
