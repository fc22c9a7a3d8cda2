// One of Stripe's lists, being pulled: its windows, when to cut them, and how
// much of the time range is covered.  Knows no clock, no limit and no other
// list.  sync_engine.h says how it cuts and why.

#ifndef PRECISION_SRC_SYNC_LIST_PULL_H_
#define PRECISION_SRC_SYNC_LIST_PULL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "precision/base/error_code.h"
#include "precision/base/time.h"
#include "precision/stripe/endpoint.h"
#include "precision/stripe/http.h"
#include "precision/stripe/list_page.h"

namespace precision {

using WindowId = std::uint32_t;

// An object that a chain may go on from.
struct Mark {
  std::string id;
  std::optional<UnixSeconds> created;
};

// Walked newest first, a chain of pages.  What it asks Stripe for, [gte, lt),
// never changes while a cursor is in use; `stop` is where it may end because
// another window begins there.
struct Window {
  WindowId id = 0;
  std::optional<UnixSeconds> gte;
  std::optional<UnixSeconds> lt;
  std::optional<UnixSeconds> stop;  // none: to the list's very end
  std::string cursor;
  // Where else to go on from when the cursor's own object has been deleted
  // meanwhile, the nearest last.
  std::vector<Mark> spares;
  std::optional<UnixSeconds> newest;   // the first object's `created`
  std::optional<UnixSeconds> reached;  // everything newer than this is here
  std::uint64_t seen = 0;
  std::uint32_t pages = 0;

  // A cursor met before: Brent's way, with one remembered cursor.
  std::string mark;
  std::uint32_t since_mark = 0;
  std::uint32_t mark_distance = 1;

  // Of the request that is to come next.
  std::uint32_t attempts = 0;
  std::uint32_t stalls = 0;
  std::uint32_t cursors_dropped = 0;         // since one was good
  bool cursor_dropped = false;               // for the next request
  std::uint64_t successes_at_first_try = 0;  // of the whole pull
  RequestId first_try = 0;
  std::optional<ErrorCode> trouble;
  Instant not_before;
  bool in_flight = false;
};

class ListPull {
 public:
  ListPull(Endpoint endpoint, UnixSeconds upper_bound);

  Endpoint endpoint() const { return endpoint_; }

  // The window to ask next: ready, and newest of those.  Null: none.
  Window* Ready(Instant now);
  // When one that waits becomes ready; kNever without one.
  Instant ReadyAt() const;
  Window* Find(WindowId id);
  const std::vector<Window>& windows() const { return windows_; }
  ListQuery QueryFor(const Window& window) const;

  // Cuts one more window off, which is then ready, if that pays.
  bool Cut();

  enum class Page : std::uint8_t {
    kTaken,    // look at complete()
    kStalled,  // leads nowhere: to be asked again
  };
  Page TakePage(Window& window, const ListPage& page);

  // The cursor's object is gone (it was deleted meanwhile): goes on from
  // one seen a little earlier, or from its second.  False when neither can be
  // done.
  bool DropCursor(Window& window);

  // After Cancel or a failure: nothing is in flight, nothing waits.
  void Reopen(Instant now);

  bool complete() const { return windows_.empty(); }
  std::uint64_t pages() const { return pages_; }
  bool is_chain() const { return chain_; }

  // Share of the time range covered, in [0, 1); may fall as more is learnt.
  double Share() const;
  // Rows to come, at a guess; absent while the oldest object is unknown.
  std::optional<double> RowsToCome() const;

 private:
  std::size_t IndexOf(const Window& window) const;
  bool LeadsNowhere(const Window& window, const ListPage& page) const;
  bool IsInOrder(const Window& window, const ListPage& page) const;
  void Learn(Window& window, const ListPage& page);
  void Advance(Window& window, const ListPage& page);
  bool Absorb(std::size_t index);
  void Finish(std::size_t index, bool to_the_end);
  void BecomeChain();
  double Density(const Window& window) const;
  std::optional<std::int64_t> From(const Window& window) const;
  double PagesToCome(const Window& window) const;
  std::int64_t Top() const;
  std::int64_t GuessedOldest() const;
  bool IsProven(const Window& window) const;

  Endpoint endpoint_;
  UnixSeconds upper_bound_;
  std::vector<Window> windows_;  // open ones, newest first
  Window root_;                  // as it was when it finished, for BecomeChain
  bool root_ended_ = false;      // at the list's end, not where another began
  bool chain_;
  std::optional<UnixSeconds> newest_;
  std::optional<UnixSeconds> oldest_;
  std::optional<UnixSeconds> floor_;  // no object is older than this
  WindowId next_id_ = 0;
  std::uint64_t pages_ = 0;
  std::uint64_t seen_ = 0;
  std::int64_t walked_seconds_ = 0;
  std::uint64_t cuts_ = 0;
  std::uint64_t empty_answers_ = 0;
};

}  // namespace precision

#endif  // PRECISION_SRC_SYNC_LIST_PULL_H_
