#include "sync/list_pull.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "sync/rate_limiter.h"

namespace precision {

namespace {

constexpr ChainId kRoot = 0;
// For a list that says nothing about time.
constexpr double kPagesAtHalf = 20;

constexpr std::size_t kMostSpares = 5;
constexpr std::uint32_t kMaxCursorsDropped = kMostSpares + 2;

// None for what is no time of anything.
std::optional<UnixSeconds> TimeOf(std::optional<UnixSeconds> time) {
  return time && IsTime(*time) ? time : std::nullopt;
}

bool HasTimes(const ListPage& page) {
  return TimeOf(page.oldest) && TimeOf(page.newest);
}

}  // namespace

ListPull::ListPull(Endpoint endpoint, UnixSeconds upper_bound,
                   const ListPlan* plan)
    : endpoint_(endpoint),
      upper_bound_(std::clamp(upper_bound, UnixSeconds{}, kLastTime)),
      expands_(!FactsOf(endpoint).expand.empty()),
      chain_(!FactsOf(endpoint).has_created_filter) {
  if (FactsOf(endpoint).is_nested()) {
    next_id_ = kRoot + 1;
    return;
  }
  windows_.emplace_back().id = next_id_++;
  if (plan == nullptr || plan->since.value == 0 || chain_) return;
  windows_.front().gte = windows_.front().stop = plan->since;
  planned_ = std::max<std::int64_t>(1, upper_bound_.value - plan->since.value);
  for (const TimeSpan& span : plan->spans) {
    Window& window = windows_.emplace_back();
    window.id = next_id_++;
    window.lt = span.to;
    if (span.from.value > 0) window.gte = window.stop = span.from;
    *planned_ += span.to.value - std::max(span.from.value, kExpectedFloor);
  }
}

Chain* ListPull::Ready(Instant now) {
  Chain* longest = nullptr;
  double most = 0;
  for (Window& w : windows_) {
    if (!HasRoom(w)) continue;
    Chain& next = w.in_flight ? *w.up_chain : w;
    if (next.not_before > now) continue;
    // What a window's first page tells is needed soonest.
    if (w.pages == 0) return &next;
    const double rest = Rest(w);
    if (longest == nullptr || rest > most) {
      longest = &next;
      most = rest;
    }
  }
  if (longest == nullptr && !parents_.empty()) {
    longest = &windows_.emplace_back();
    longest->id = next_id_++;
    longest->parent = std::move(parents_.back());
    parents_.pop_back();
  }
  return longest;
}

bool ListPull::DropParent(const Chain& chain) {
  if (chain.parent.empty()) return false;
  windows_.erase(windows_.begin() +
                 static_cast<std::ptrdiff_t>(IndexOf(chain)));
  return true;
}

Instant ListPull::ReadyAt() const {
  Instant ready = parents_.empty() ? kNever : Instant{};
  for (const Window& w : windows_) {
    if (!HasRoom(w)) continue;
    ready =
        std::min(ready, w.in_flight ? w.up_chain->not_before : w.not_before);
  }
  return ready;
}

Chain* ListPull::Find(ChainId id) {
  for (Window& w : windows_) {
    if (w.id == id) return &w;
    if (w.up_chain && w.up_chain->id == id) return &*w.up_chain;
  }
  return nullptr;
}

ListQuery ListPull::QueryFor(const Chain& chain) const {
  return {.created_gte = chain.gte,
          .created_lt = chain.lt,
          .starting_after = chain.up ? std::string() : chain.cursor,
          .ending_before = chain.up ? chain.cursor : std::string(),
          .parent = chain.parent,
          .expand = expands_};
}

std::size_t ListPull::IndexOf(const Chain& chain) const {
  std::size_t index = 0;
  while (
      windows_[index].id != chain.id &&
      (!windows_[index].up_chain || windows_[index].up_chain->id != chain.id)) {
    ++index;
  }
  return index;
}

bool ListPull::LeadsNowhere(const Window& window, const ListPage& page) const {
  return page.has_more &&
         (page.count == 0 || page.last_id.empty() ||
          page.last_id == window.cursor || page.last_id == window.mark);
}

bool ListPull::IsInOrder(const Window& window, const ListPage& page) const {
  if (page.count == 0) return true;
  if (!page.descending || !HasTimes(page)) return false;
  // A server that ignores the filter shows in the same way.
  if (window.lt && *page.newest >= *window.lt) return false;
  if (window.gte && *page.oldest < *window.gte) return false;
  return !window.reached || *page.newest <= *window.reached;
}

ListPull::Page ListPull::TakePage(Chain& chain, const ListPage& page,
                                  std::size_t new_rows) {
  const std::size_t index = IndexOf(chain);
  Window& window = windows_[index];
  if (!chain.up && LeadsNowhere(window, page)) return Page::kStalled;
  ++pages_;
  ++chain.pages;
  chain.ForgetTrouble();
  if (chain.up) {
    TakeUp(index, page, new_rows);
    LookAround();
    return Page::kTaken;
  }
  const bool in_order = chain_ || IsInOrder(window, page);
  Learn(window, page);
  if (index > 0 && window.pages == 1 && page.newest && window.lt &&
      windows_[index - 1].stop == window.lt) {
    windows_[index - 1].bottom = {page.first_id, page.newest};
  }
  // A chain that closes has no lower end but what is here already.
  const bool met = closing_ && chain_ && new_rows < page.count;
  if (!page.has_more || met) {
    Finish(index, true);
  } else {
    Advance(window, page);
  }
  if (!in_order) BecomeChain();
  LookAround();
  return Page::kTaken;
}

// What a server that ignores `ending_before` shows is nothing older than what
// the window's own chain has reached, or not in a later second than what is
// here.  A page that goes beyond what that chain has reached closes the window
// if it has rows of both, and once another has lain between: such a server
// never shows that.
void ListPull::TakeUp(std::size_t index, const ListPage& page,
                      std::size_t new_rows) {
  Window& window = windows_[index];
  Chain& chain = *window.up_chain;
  const UnixSeconds from{*From(window)};
  if (!page.descending || !HasTimes(page) || page.first_id.empty() ||
      *page.oldest < *window.stop || *page.newest <= *window.stop ||
      *page.oldest >= from || (*page.newest > from && new_rows == page.count)) {
    DropUp(chain);
    return;
  }
  const bool between = *page.newest < from;
  if (between) {
    up_works_ = true;
  } else if (!up_works_) {
    window.up_chain.reset();
    return;
  }
  const auto rows = static_cast<double>(page.count);
  const auto span =
      static_cast<double>(page.newest->value - window.stop->value);
  seen_rows_ += rows;
  seen_span_ += span;
  window.seen += page.count;
  AddSample(page.newest->value, rows / span);
  if (*page.newest > from) {
    Finish(index, false);
    return;
  }
  window.stop = page.newest;
  chain.cursor = page.first_id;
  if (!between) window.up_chain.reset();
}

bool ListPull::DropUp(const Chain& chain) {
  if (!chain.up) return false;
  goes_up_ = false;
  for (Window& w : windows_) w.up_chain.reset();
  return true;
}

void ListPull::Learn(Window& window, const ListPage& page) {
  window.seen += page.count;
  if (!window.cursor_dropped) window.cursors_dropped = 0;
  window.cursor_dropped = false;
  if (page.count == 0 && window.id != kRoot) {
    ++empty_answers_;
    if (window.lt) AddSample(window.lt->value, 0);
  }
  if (!HasTimes(page)) return;
  LearnDensity(window, page);
  if (!window.newest) window.newest = page.newest;
  // Another window's may come before the first page.
  if (window.pages == 1) newest_ = std::max(newest_, page.newest);
  if (!window.reached || *page.oldest < *window.reached) {
    window.reached = page.oldest;
  }
  if (!oldest_ || *page.oldest < *oldest_) oldest_ = page.oldest;
  GuessRatio(page.oldest->value);
}

void ListPull::Advance(Window& window, const ListPage& page) {
  for (const std::string_view id :
       {std::string_view(window.cursor), std::string_view(page.first_id)}) {
    if (id.empty()) continue;
    window.spares.push_back({std::string(id), TimeOf(page.newest)});
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
  Window& next = windows_[index + 1];
  const bool untouched = next.pages == 0 && !next.in_flight;
  const bool in_reach = !window.gte || (next.stop && *next.stop >= *window.gte);
  if (!untouched || !in_reach || next.lt != window.stop) return false;
  window.stop = next.stop;
  window.bottom = std::move(next.bottom);
  window.up_chain = std::move(next.up_chain);
  windows_.erase(windows_.begin() + static_cast<std::ptrdiff_t>(index) + 1);
  if (cuts_ > 0) --cuts_;
  return true;
}

void ListPull::Finish(std::size_t index, bool to_the_end) {
  Window done = std::move(windows_[index]);
  windows_.erase(windows_.begin() + static_cast<std::ptrdiff_t>(index));
  if (done.id == kRoot) {
    root_ended_ = to_the_end && !done.gte;
    // It had no lower end: that was all.
    if (root_ended_) windows_.clear();
  }
  if (to_the_end && !chain_) {
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
  if (done.id == kRoot) root_ = std::move(done);
}

// Windows mean nothing for a list in no order or without `created`.  The first
// chain has no filter: followed to its end it meets every object.
void ListPull::BecomeChain() {
  if (chain_) return;
  chain_ = true;
  if (root_ended_) return;
  closing_ = false;
  const auto open = std::ranges::find(windows_, kRoot, &Window::id);
  Window root = open == windows_.end() ? std::move(root_) : std::move(*open);
  root.stop.reset();
  root.up_chain.reset();
  if (root.lt || root.gte) {
    root.lt.reset();
    root.gte.reset();
    root.cursor.clear();
  }
  windows_.clear();
  windows_.push_back(std::move(root));
}

bool ListPull::DropCursor(Chain& chain) {
  auto& window = static_cast<Window&>(chain);
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
  const auto reopen = [&](Chain& chain) {
    chain.ForgetTrouble();
    chain.in_flight = false;
    chain.not_before = now;
  };
  for (Window& w : windows_) {
    reopen(w);
    if (w.up_chain) reopen(*w.up_chain);
  }
}

void ListPull::OpenClosing() {
  closing_ = true;
  Window& window = windows_.emplace_back();
  window.id = next_id_++;
  // The boundary second is asked again: it may have got more objects.
  if (!chain_ && newest_) window.gte = window.stop = newest_;
}

void ListPull::DropClosing() {
  closing_ = false;
  windows_.clear();
}

std::optional<ListPlan> ListPull::Plan() const {
  if (pages_ == 0 || FactsOf(endpoint_).is_nested()) return std::nullopt;
  ListPlan plan{.endpoint = endpoint_, .since = {}, .spans = {}};
  if (newest_) plan.since = *newest_;
  if (closing_) return plan;
  for (const Window& w : windows_) {
    const std::optional<std::int64_t> from = From(w);
    // A chain's windows are no spans of time: all of it is open.
    if (chain_ || !from) return std::nullopt;
    plan.spans.push_back(
        {w.stop ? *w.stop : UnixSeconds{}, UnixSeconds{*from + 1}});
  }
  return plan;
}

double ListPull::Share() const {
  if (FactsOf(endpoint_).is_nested()) {
    const auto to_come = static_cast<double>(parents_.size() + windows_.size());
    const auto come = static_cast<double>(pages_);
    return come / std::max(1.0, come + to_come);
  }
  if (pages_ == 0) return 0;
  const std::int64_t total = planned_ ? *planned_ : Top() - GuessedOldest();
  if (chain_ || !newest_ || total <= 0) {
    return static_cast<double>(pages_) /
           (static_cast<double>(pages_) + kPagesAtHalf);
  }
  std::int64_t open = 0;
  for (const Window& w : windows_) {
    const std::int64_t from = From(w).value_or(Top());
    const std::int64_t to = Furthest(w);
    open += std::max<std::int64_t>(0, from - to);
  }
  return std::clamp(1 - static_cast<double>(open) / static_cast<double>(total),
                    0.0, 1.0);
}

std::optional<double> ListPull::RequestsToCome(Guess guess) const {
  if (complete()) return 0;
  if (FactsOf(endpoint_).is_nested()) {
    return static_cast<double>(parents_.size() + windows_.size());
  }
  if (pages_ == 0 || chain_) return std::nullopt;
  double pages = 0;
  for (const Window& w : windows_) pages += PagesToCome(w, guess);
  return pages;
}

}  // namespace precision
