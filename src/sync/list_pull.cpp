#include "sync/list_pull.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "sync/rate_limiter.h"

namespace precision {

namespace {

constexpr WindowId kRoot = 0;
constexpr double kPage = kMaxPageSize;

// 2010-01-01: nothing of Stripe's is expected to be older.  Only guesses lean
// on it.
constexpr std::int64_t kExpectedFloor = 1262304000;
constexpr double kShortestGuess = 3600;

// A window is worth cutting when both halves are likely to fill pages: each
// cut costs half a page on average, an empty answer a whole one.
constexpr double kMinPagesToCut = 4;
constexpr double kMinPagesToGuess = 8;
constexpr double kFreeCuts = 3;
constexpr double kCutsPerPage = 0.16;
constexpr double kTrustInEstimate = 1;
constexpr std::size_t kMaxWindows = 256;

// For a list that says nothing about time.
constexpr double kPagesAtHalf = 20;

constexpr std::size_t kMostSpares = 5;
constexpr std::uint32_t kMaxCursorsDropped = kMostSpares + 2;

}  // namespace

ListPull::ListPull(Endpoint endpoint, UnixSeconds upper_bound)
    : endpoint_(endpoint),
      upper_bound_(upper_bound),
      chain_(!FactsOf(endpoint).has_created_filter) {
  windows_.emplace_back().id = next_id_++;
}

Window* ListPull::Ready(Instant now) {
  const auto ready = std::ranges::find_if(windows_, [&](const Window& w) {
    return !w.in_flight && w.not_before <= now;
  });
  return ready == windows_.end() ? nullptr : &*ready;
}

Instant ListPull::ReadyAt() const {
  Instant ready = kNever;
  for (const Window& w : windows_) {
    if (!w.in_flight) ready = std::min(ready, w.not_before);
  }
  return ready;
}

Window* ListPull::Find(WindowId id) {
  const auto found = std::ranges::find(windows_, id, &Window::id);
  return found == windows_.end() ? nullptr : &*found;
}

ListQuery ListPull::QueryFor(const Window& window) const {
  return {.created_gte = window.gte,
          .created_lt = window.lt,
          .starting_after = window.cursor};
}

std::size_t ListPull::IndexOf(const Window& window) const {
  return static_cast<std::size_t>(&window - windows_.data());
}

bool ListPull::LeadsNowhere(const Window& window, const ListPage& page) const {
  return page.has_more &&
         (page.count == 0 || page.last_id.empty() ||
          page.last_id == window.cursor || page.last_id == window.mark);
}

bool ListPull::IsInOrder(const Window& window, const ListPage& page) const {
  if (page.count == 0) return true;
  if (!page.descending || !page.oldest || !page.newest) return false;
  // A server that ignores the filter shows in the same way.
  if (window.lt && *page.newest >= *window.lt) return false;
  if (window.gte && *page.oldest < *window.gte) return false;
  return !window.reached || *page.newest <= *window.reached;
}

ListPull::Page ListPull::TakePage(Window& window, const ListPage& page) {
  if (LeadsNowhere(window, page)) return Page::kStalled;
  const bool in_order = chain_ || IsInOrder(window, page);
  Learn(window, page);
  if (!page.has_more) {
    Finish(IndexOf(window), true);
  } else {
    Advance(window, page);
  }
  if (!in_order) BecomeChain();
  return Page::kTaken;
}

void ListPull::Learn(Window& window, const ListPage& page) {
  ++pages_;
  ++window.pages;
  seen_ += page.count;
  window.seen += page.count;
  window.attempts = 0;
  window.stalls = 0;
  window.trouble.reset();
  if (!window.cursor_dropped) window.cursors_dropped = 0;
  window.cursor_dropped = false;
  if (page.count == 0 && window.id != kRoot) {
    ++empty_answers_;
    if (window.gte && window.lt) {
      walked_seconds_ += window.lt->value - window.gte->value;
    }
  }
  if (!page.oldest || !page.newest) return;
  if (!window.newest) window.newest = page.newest;
  if (!newest_) newest_ = page.newest;
  const std::int64_t from = From(window).value_or(page.newest->value);
  if (!window.reached || *page.oldest < *window.reached) {
    walked_seconds_ += std::max<std::int64_t>(0, from - page.oldest->value);
    window.reached = page.oldest;
  }
  if (!oldest_ || *page.oldest < *oldest_) oldest_ = page.oldest;
}

void ListPull::Advance(Window& window, const ListPage& page) {
  for (const std::string_view id :
       {std::string_view(window.cursor), std::string_view(page.first_id)}) {
    if (!id.empty()) window.spares.push_back({std::string(id), page.newest});
  }
  while (window.spares.size() > kMostSpares) {
    window.spares.erase(window.spares.begin());
  }
  window.cursor = page.last_id;
  if (++window.since_mark == window.mark_distance) {
    window.mark = window.cursor;
    window.mark_distance *= 2;
    window.since_mark = 0;
  }
  const std::size_t index = IndexOf(window);
  while (!chain_ && page.oldest && windows_[index].stop &&
         *page.oldest < *windows_[index].stop) {
    if (!Absorb(index)) {
      Finish(index, false);
      return;
    }
  }
}

// Takes over the next window when nobody has asked for it yet.
bool ListPull::Absorb(std::size_t index) {
  if (index + 1 >= windows_.size()) return false;
  Window& window = windows_[index];
  const Window& next = windows_[index + 1];
  const bool untouched = next.pages == 0 && !next.in_flight;
  const bool in_reach = !window.gte || (next.stop && *next.stop >= *window.gte);
  if (!untouched || !in_reach || next.lt != window.stop) return false;
  window.stop = next.stop;
  windows_.erase(windows_.begin() + static_cast<std::ptrdiff_t>(index) + 1);
  if (cuts_ > 0) --cuts_;
  return true;
}

void ListPull::Finish(std::size_t index, bool to_the_end) {
  const Window done = std::move(windows_[index]);
  windows_.erase(windows_.begin() + static_cast<std::ptrdiff_t>(index));
  if (done.id == kRoot) {
    root_ = done;
    root_ended_ = to_the_end;
    if (to_the_end) windows_.clear();  // it had no lower end: that was all
  }
  if (!to_the_end || chain_) return;
  // What its chain ran through needs nobody else.
  const auto begin = windows_.begin() + static_cast<std::ptrdiff_t>(
                                            std::min(index, windows_.size()));
  windows_.erase(
      std::remove_if(begin, windows_.end(),
                     [&](const Window& w) {
                       return !w.in_flight &&
                              (!done.gte || (w.gte && *w.gte >= *done.gte));
                     }),
      windows_.end());
  if (!done.gte || (floor_ && *done.gte <= *floor_)) {
    floor_ = done.seen > 0 ? done.reached : done.lt;
  }
}

// Windows mean nothing for a list in no order or without `created`.  The first
// chain has no filter: followed to its end it meets every object.
void ListPull::BecomeChain() {
  if (chain_) return;
  chain_ = true;
  if (root_ended_) return;
  Window* open = Find(kRoot);
  Window root = open ? std::move(*open) : std::move(root_);
  root.stop.reset();
  if (root.lt) {
    root.lt.reset();
    root.cursor.clear();
  }
  windows_.clear();
  windows_.push_back(std::move(root));
}

bool ListPull::DropCursor(Window& window) {
  if (window.cursor.empty()) return false;
  if (window.cursors_dropped == kMaxCursorsDropped) return false;
  while (!window.spares.empty() && window.spares.back().id == window.cursor) {
    window.spares.pop_back();
  }
  if (!window.spares.empty()) {
    window.cursor = std::move(window.spares.back().id);
    window.reached = window.spares.back().created;
    window.spares.pop_back();
  } else if (!chain_ && window.reached) {
    window.lt = UnixSeconds{window.reached->value + 1};
    window.cursor.clear();
  } else {
    return false;
  }
  ++window.cursors_dropped;
  window.cursor_dropped = true;
  return true;
}

void ListPull::Reopen(Instant now) {
  for (Window& w : windows_) {
    w.in_flight = false;
    w.attempts = 0;
    w.stalls = 0;
    w.trouble.reset();
    w.not_before = now;
  }
}

bool ListPull::Cut() {
  if (chain_ || pages_ == 0 || windows_.size() >= kMaxWindows) return false;
  std::size_t best = windows_.size();
  double most = 0;
  double proven = 0;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const Window& w = windows_[i];
    const double pages = PagesToCome(w);
    if (IsProven(w)) {
      proven += pages;
    } else if (!w.reached) {
      continue;  // its first page will tell
    }
    if (pages < (w.stop ? kMinPagesToCut : kMinPagesToGuess)) continue;
    if (pages > most) {
      most = pages;
      best = i;
    }
  }
  if (best == windows_.size()) return false;
  const double budget =
      kFreeCuts +
      kCutsPerPage * (static_cast<double>(pages_) + kTrustInEstimate * proven);
  if (static_cast<double>(cuts_ + empty_answers_) >= budget) return false;

  Window& upper = windows_[best];
  const std::int64_t from = *From(upper);
  const std::int64_t to = upper.stop ? upper.stop->value : GuessedOldest();
  // Below a guessed end there may still be anything: the guess is the cut.
  const std::int64_t middle = upper.stop ? to + (from - to) / 2 : to;
  if (middle >= from || (upper.stop && middle <= to)) return false;
  Window lower;
  lower.id = next_id_++;
  lower.gte = upper.stop;
  lower.stop = upper.stop;
  lower.lt = UnixSeconds{middle};
  upper.stop = UnixSeconds{middle};
  windows_.insert(windows_.begin() + static_cast<std::ptrdiff_t>(best) + 1,
                  std::move(lower));
  ++cuts_;
  return true;
}

std::int64_t ListPull::Top() const {
  return (newest_ ? *newest_ : upper_bound_).value;
}

// Ages of accounts spread over orders of magnitude: the guess is the geometric
// mean of what is known and what is possible.
std::int64_t ListPull::GuessedOldest() const {
  if (floor_) return floor_->value;
  const auto top = static_cast<double>(Top());
  const double least =
      std::max(kShortestGuess,
               top - static_cast<double>(oldest_ ? oldest_->value : Top()));
  const double most =
      std::max(2 * least, top - static_cast<double>(kExpectedFloor));
  return static_cast<std::int64_t>(top - std::sqrt(least * most));
}

// Where a window's uncovered part begins.
std::optional<std::int64_t> ListPull::From(const Window& window) const {
  if (window.reached) return window.reached->value;
  if (window.lt) return window.lt->value;
  return std::nullopt;
}

bool ListPull::IsProven(const Window& window) const {
  return oldest_ && window.stop && *oldest_ <= *window.stop;
}

// Objects a second, where this window is.
double ListPull::Density(const Window& window) const {
  if (window.seen > 0 && window.reached && window.newest) {
    const std::int64_t top =
        std::max(window.newest->value, window.lt ? window.lt->value : 0);
    const std::int64_t span = top - window.reached->value;
    return static_cast<double>(window.seen) /
           static_cast<double>(std::max<std::int64_t>(1, span));
  }
  return static_cast<double>(seen_) /
         static_cast<double>(std::max<std::int64_t>(1, walked_seconds_));
}

double ListPull::PagesToCome(const Window& window) const {
  const std::optional<std::int64_t> from = From(window);
  if (!from) return 0;
  const std::int64_t to = window.stop ? window.stop->value : GuessedOldest();
  if (to >= *from) return 0;
  return static_cast<double>(*from - to) * Density(window) / kPage;
}

double ListPull::Share() const {
  if (pages_ == 0) return 0;
  const std::int64_t total = Top() - GuessedOldest();
  if (chain_ || !newest_ || total <= 0) {
    return static_cast<double>(pages_) /
           (static_cast<double>(pages_) + kPagesAtHalf);
  }
  std::int64_t open = 0;
  for (const Window& w : windows_) {
    const std::int64_t from = From(w).value_or(Top());
    const std::int64_t to = w.stop ? w.stop->value : GuessedOldest();
    open += std::max<std::int64_t>(0, from - to);
  }
  return std::clamp(1 - static_cast<double>(open) / static_cast<double>(total),
                    0.0, 1.0);
}

std::optional<double> ListPull::RowsToCome() const {
  if (complete()) return 0;
  if (pages_ == 0 || chain_) return std::nullopt;
  double pages = 0;
  for (const Window& w : windows_) {
    const double here = PagesToCome(w);
    if (!w.stop && here > kMinPagesToGuess) return std::nullopt;
    pages += here;
  }
  return pages * kPage;
}

}  // namespace precision
