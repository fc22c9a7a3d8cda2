// One of Stripe's lists, being pulled: its windows, when to cut them, and how
// much of the time range is covered.  Knows no clock, no limit and no other
// list.  sync_engine.h says how it cuts and why.

#ifndef PRECISION_SRC_SYNC_LIST_PULL_H_
#define PRECISION_SRC_SYNC_LIST_PULL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "precision/base/error_code.h"
#include "precision/base/time.h"
#include "precision/stripe/endpoint.h"
#include "precision/stripe/http.h"
#include "precision/stripe/list_page.h"
#include "precision/sync/sync_plan.h"

namespace precision {

// 2010-01-01: nothing of Stripe's is expected to be older.  Only guesses lean
// on it.
inline constexpr std::int64_t kExpectedFloor = 1262304000;

using ChainId = std::uint32_t;

// An object that a chain may go on from.
struct Mark {
  std::string id;
  std::optional<UnixSeconds> created;
};

// Pages of one query, each the cursor of the next, with the request that is to
// come next.  What it asks Stripe for, [gte, lt), never changes while a cursor
// is in use.
struct Chain {
  ChainId id = 0;
  std::string parent;  // of a nested list: the object whose it is
  bool up = false;     // from its cursor to what is newer
  std::optional<UnixSeconds> gte;
  std::optional<UnixSeconds> lt;
  std::string cursor;
  std::uint32_t pages = 0;

  std::uint32_t attempts = 0;
  std::uint32_t stalls = 0;
  std::uint64_t successes_at_first_try = 0;  // of the whole pull
  RequestId first_try = 0;
  std::optional<ErrorCode> trouble;
  Instant not_before;
  bool in_flight = false;

  void ForgetTrouble() {
    attempts = 0;
    stalls = 0;
    trouble.reset();
  }
};

// Walked newest first by its own chain, down to `stop`, where what is older is
// here or another window's.
struct Window : Chain {
  std::optional<UnixSeconds> stop;  // none: to the list's very end
  // Where else to go on from when the cursor's own object has been deleted
  // meanwhile, the nearest last.
  std::vector<Mark> spares;
  std::optional<UnixSeconds> newest;   // the first object's `created`
  std::optional<UnixSeconds> reached;  // everything newer than this is here
  std::uint64_t seen = 0;
  double density = 0;     // objects a second where it is now
  double steady_for = 0;  // seconds over which it was about that

  // The newest object of what is older, once it is known, and the chain that
  // goes up from there: it raises `stop`.
  std::optional<Mark> bottom;
  std::optional<Chain> up_chain;

  // A cursor met before: Brent's way, with one remembered cursor.
  std::string mark;
  std::uint32_t since_mark = 0;
  std::uint32_t mark_distance = 1;

  std::uint32_t cursors_dropped = 0;  // since one was good
  bool cursor_dropped = false;        // for the next request
};

class ListPull {
 public:
  // `plan`: reads that alone rather than the whole list.
  ListPull(Endpoint endpoint, UnixSeconds upper_bound,
           const ListPlan* plan = nullptr);

  Endpoint endpoint() const { return endpoint_; }

  // The chain to ask next: ready, new or else with most to come.  Null: none.
  Chain* Ready(Instant now);
  // When one that waits becomes ready; kNever without one.
  Instant ReadyAt() const;
  Chain* Find(ChainId id);
  const std::vector<Window>& windows() const { return windows_; }
  ListQuery QueryFor(const Chain& chain) const;

  // Begins one more chain, which is then ready, if that pays: one that goes up
  // or else one of a window of its own.  `wanted`: how many side by side would
  // do.
  bool Widen(double wanted);
  // The same though others wait, in a window that would end after the others.
  void Even(double wanted);

  // Instead of waiting for a first page that is slow to come: windows at a few
  // ages, which are then ready.  False: not now.
  bool LookAhead();

  enum class Page : std::uint8_t {
    kTaken,    // look at complete()
    kStalled,  // leads nowhere: to be asked again
  };
  // `new_rows`: how many of its objects had not been seen before.
  Page TakePage(Chain& chain, const ListPage& page, std::size_t new_rows);

  // The cursor's object is gone (it was deleted meanwhile): goes on from
  // one seen a little earlier, or from its second.  False when neither can be
  // done.
  bool DropCursor(Chain& chain);
  // No chain goes up any more, if this is one: the windows do without.
  bool DropUp(const Chain& chain);

  // Of a nested list: one more object whose list is to be walked, and one that
  // is gone.
  void AddParent(std::string id) { parents_.push_back(std::move(id)); }
  bool DropParent(const Chain& chain);

  // Whether the next requests ask for more than Stripe sends by itself.
  bool expands() const { return expands_; }
  void StopExpanding() { expands_ = false; }

  // After Cancel or a failure: nothing is in flight, nothing waits.
  void Reopen(Instant now);

  // REQUIRES: complete().  Opens a window for what was created since.
  void OpenClosing();
  // What came of it stays; what did not is left.
  void DropClosing();

  // What is covered and what is open; absent before the first page.
  std::optional<ListPlan> Plan() const;

  bool complete() const { return windows_.empty() && parents_.empty(); }
  std::uint64_t pages() const { return pages_; }
  bool is_chain() const { return chain_; }

  // Share of the time range covered, in [0, 1); may fall as more is learnt.
  double Share() const;
  // Requests to come, at a guess; absent while nothing can be said.  Windows
  // are made for the most there may be; what is told is likely.
  enum class Guess : std::uint8_t { kLikely, kMost };
  std::optional<double> RequestsToCome(Guess guess = Guess::kLikely) const;
  // Whether enough has been seen of the list for that to be near the truth.
  bool IsForeseeable() const;
  // Of them one after the other, at most.
  double LongestChain() const;

 private:
  bool IsBlind() const;
  bool HasRoom(const Window& window) const;
  bool GoUp(double least);
  double Rest(const Window& window) const;
  double TrustIn(const Window& window) const;
  bool Cut(double wanted);
  std::size_t Chains() const;
  void TakeUp(std::size_t index, const ListPage& page, std::size_t new_rows);
  bool CanAfford(double wanted) const;
  bool Pays(double wanted, double longest, double trusted) const;
  // False where there is nothing to cut.
  bool Halve(std::size_t index);
  void CutAt(std::size_t index, std::int64_t at);
  std::size_t IndexOf(const Chain& chain) const;
  bool LeadsNowhere(const Window& window, const ListPage& page) const;
  bool IsInOrder(const Window& window, const ListPage& page) const;
  void Learn(Window& window, const ListPage& page);
  void GuessRatio(std::int64_t oldest);
  void LearnDensity(Window& window, const ListPage& page);
  void Advance(Window& window, const ListPage& page);
  bool Absorb(std::size_t index);
  void Finish(std::size_t index, bool to_the_end);
  void BecomeChain();
  std::optional<std::int64_t> From(const Window& window) const;
  std::int64_t To(const Window& window) const;
  std::int64_t Furthest(const Window& window) const;
  void AddSample(std::int64_t time, double density);
  double DensityAbove(std::int64_t time) const;
  double DensityBelow(std::int64_t time, double otherwise) const;
  double RowsWithin(const Window& window, std::int64_t to,
                    double seconds) const;
  double PagesToCome(const Window& window, std::int64_t to) const;
  double PagesToCome() const;
  double PagesToCome(const Window& window, Guess guess) const;
  std::int64_t CutOf(const Window& window) const;
  void LookAround();
  void LookForEnd();
  std::int64_t Top() const;
  std::int64_t GuessedOldest() const;
  bool IsProven(const Window& window) const;

  Endpoint endpoint_;
  UnixSeconds upper_bound_;
  std::vector<std::string> parents_;  // not begun
  bool expands_;
  std::optional<std::int64_t> planned_;  // seconds of a ListPlan
  bool closing_ = false;
  std::vector<Window> windows_;  // open ones, newest first
  Window root_;                  // as it was when it finished, for BecomeChain
  bool root_ended_ = false;      // at the list's end, not where another began
  bool chain_;
  std::optional<UnixSeconds> newest_;
  std::optional<UnixSeconds> oldest_;
  std::optional<UnixSeconds> floor_;  // no object is older than this
  bool goes_up_ = true;               // nothing odd has come of `ending_before`
  bool up_works_ = false;             // a page of it lay where it should
  ChainId next_id_ = 0;
  std::uint64_t pages_ = 0;
  // Objects a second, by time, where a window began.
  struct Sample {
    std::int64_t time;
    double density;
  };
  std::vector<Sample> samples_;  // oldest first
  double seen_rows_ = 0;         // and the seconds over which they came
  double seen_span_ = 0;
  double guess_ratio_ = 0;  // each guess of the oldest is so many times older
  std::uint64_t cuts_ = 0;
  std::uint64_t empty_answers_ = 0;
};

}  // namespace precision

#endif  // PRECISION_SRC_SYNC_LIST_PULL_H_
