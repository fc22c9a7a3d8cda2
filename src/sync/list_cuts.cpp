// Where a list is cut, and how much of it is still to come.

#include <algorithm>
#include <cmath>
#include <utility>

#include "sync/list_pull.h"

namespace precision {

namespace {

constexpr double kPage = kMaxPageSize;

// A list known for less than an hour says nothing of its age.
constexpr double kShortestGuess = 3600;

constexpr std::int64_t kDay = 86400;
// Half of all accounts are younger than one of these and older than another.
constexpr int kAgesToLookAt[] = {14, 60, 180, 365, 730, 1460};

// A window is worth cutting when both halves are likely to fill pages: each
// cut costs half a page on average, an empty answer a whole one.
constexpr double kMinPagesToCut = 4;
// Where so many chains are wanted a round trip is long: the end of a list then
// waits for its last chains, and a page of its own is worth a request.
constexpr double kManyChains = 16;
constexpr double kMinPagesWithMany = 1;
// Both chains of a window ask at once where so much is to come beside what is
// on its way; less is often there already when the second would be answered.
constexpr double kWorthTwo = 0.3;
// How far the oldest window goes is not known at all.
constexpr double kMinPagesToGuess = 8;
// Cuts that need no reason, and answers that tell what a list is like.
constexpr double kFreeCuts = 4;
// Then one cut in seven pages, half a page each: 7 % at the very most.
constexpr double kCutsPerPage = 0.14;
// Windows come to their ends unequally: with a third more chains than fit into
// a round trip one is ready whenever a request may go.
constexpr double kToSpare = 1.3;
// Fewer chains than that, or than the longest window has pages to come, are too
// few whatever the cuts have cost,
constexpr double kThin = 0.9;
// but for lists whose estimates prove wrong again and again: what cuts cost
// stays below half of what has come.
constexpr double kMostFreeCuts = 24;
constexpr double kMostCutsPerPage = 0.5;
// Each window gets two chains, but the second only when the older one has
// answered: a few more windows than half of the chains wanted fill the first
// round trips.
constexpr double kWindowsPerChain = 0.6;
constexpr double kFewWindows = 4;
// A window each of whose chains has more to come than so many times the average
// chain, and some pages more, would end after the others: it gets its second
// chain, or is cut.
constexpr double kSharesToGoUp = 1;
constexpr double kPagesToGoUp = 0.5;
constexpr double kSharesToCut = 1.5;
constexpr double kPagesToCut = 1;
// Of what no answer has shown yet half is believed, and nothing is cut in it.
constexpr double kTrustInGuess = 0.5;
// Looking around costs up to four pages: little of such a list.
constexpr double kMinPagesToSample = 64;
constexpr std::size_t kSamples = 8;
constexpr double kShareToDoubt = 0.2;
// Of the whole list, in windows that have not answered yet.
constexpr double kMostUnseen = 0.5;
// More would be slow to look through, and no round trip is so long.
constexpr std::size_t kMaxWindows = 256;
// A cut lies so much of a page before the end of one: a window that expects
// whole pages would often need one more for its last few rows.
constexpr double kShortOfPage = 0.1;
constexpr double kLeastOfPage = 0.3;

// How much denser than what follows a window may be for that to count as the
// account's growth; what is denser is a burst.
constexpr double kMostGrowth = 10;
// Pages that differ by less are taken for the same density and averaged.
constexpr double kAlike = 4;

}  // namespace

void ListPull::GuessRatio(std::int64_t oldest) {
  if (guess_ratio_ > 0) return;
  const double known =
      std::max(kShortestGuess, static_cast<double>(Top() - oldest));
  guess_ratio_ = std::max(
      2.0,
      std::exp(std::log(static_cast<double>(Top() - kExpectedFloor) / known) /
               (kFreeCuts + 1)));
}

void ListPull::LearnDensity(Window& window, const ListPage& page) {
  // Up to where the page before ended.  One row alone has no span: it is all
  // there is in the window.
  const bool alone = window.pages == 1 && !page.has_more && page.count == 1;
  const UnixSeconds first = alone && window.lt ? *window.lt : *page.newest;
  const UnixSeconds top = window.reached.value_or(first);
  const UnixSeconds end = alone && window.gte ? *window.gte : *page.oldest;
  const double span =
      static_cast<double>(std::max<std::int64_t>(1, top.value - end.value));
  const double density = static_cast<double>(page.count) / span;
  seen_rows_ += static_cast<double>(page.count);
  seen_span_ += span;
  const bool alike = window.density > 0 && density < window.density * kAlike &&
                     density > window.density / kAlike;
  window.steady_for = alike ? window.steady_for + span : span;
  window.density = alike ? (window.density + density) / 2 : density;
  if (window.pages == 1) AddSample(page.newest->value, density);
}

// Pages to come that nobody has asked for.
double ListPull::Rest(const Window& window) const {
  const int asked = (window.in_flight ? 1 : 0) +
                    (window.up_chain && window.up_chain->in_flight ? 1 : 0);
  return std::max(0.0, PagesToCome(window, To(window)) - asked);
}

double ListPull::TrustIn(const Window& window) const {
  return IsProven(window) ? 1 : kTrustInGuess;
}

double ListPull::PagesToCome() const {
  double pages = 0;
  for (const Window& w : windows_) pages += PagesToCome(w, To(w));
  return pages;
}

// A page full of one second is likely to go on for as long as it has, and not
// to the window's end.
double ListPull::PagesToCome(const Window& window, Guess guess) const {
  const std::int64_t to = To(window);
  double pages = PagesToCome(window, to);
  if (guess == Guess::kLikely) {
    const double rows = kMostGrowth * seen_rows_ / std::max(1.0, seen_span_) *
                        static_cast<double>(From(window).value_or(to) - to);
    pages = std::min(pages, window.pages + rows / kPage);
  }
  return std::max(1.0, pages);
}

bool ListPull::IsForeseeable() const {
  double unseen = 0;
  for (const Window& w : windows_) {
    if (w.pages == 0) unseen += PagesToCome(w, To(w));
  }
  return unseen <= kMostUnseen * (static_cast<double>(pages_) + PagesToCome());
}

double ListPull::LongestChain() const {
  double pages = 0;
  for (const Window& w : windows_)
    pages = std::max(pages, PagesToCome(w, To(w)));
  return pages;
}

// Until a few windows have answered, an estimate is not worth much.
bool ListPull::IsBlind() const {
  return static_cast<double>(pages_) < kFreeCuts;
}

std::size_t ListPull::Chains() const {
  std::size_t chains = windows_.size();
  for (const Window& w : windows_) chains += w.up_chain ? 1U : 0U;
  return chains;
}

// Whether one more request of it may go.  What its first page tells is needed
// whatever else is on its way.
bool ListPull::HasRoom(const Window& window) const {
  const bool up = window.up_chain && window.up_chain->in_flight;
  if (!window.in_flight && (!up || window.pages == 0)) return true;
  if (window.in_flight && (up || !window.up_chain)) return false;
  return Rest(window) >= kWorthTwo;
}

// In the window with most to come whose own chain is on its way, `least` pages
// that nobody has asked for at least.  It costs nothing but, now and then, a
// page that both chains bring.
bool ListPull::GoUp(double least) {
  if (chain_ || !goes_up_) return false;
  // The first one shows whether that works.
  if (!up_works_ && Chains() > windows_.size()) return false;
  Window* best = nullptr;
  for (Window& w : windows_) {
    if (!w.bottom || w.up_chain || w.pages == 0 || !w.in_flight) continue;
    const double rest = Rest(w);
    if (rest < least) continue;
    best = &w;
    least = rest;
  }
  if (best == nullptr) return false;
  Chain& chain = best->up_chain.emplace();
  chain.id = next_id_++;
  chain.up = true;
  chain.gte = best->bottom->created;
  chain.lt = best->lt;
  chain.cursor = std::move(best->bottom->id);
  best->bottom.reset();
  return true;
}

bool ListPull::Widen(double wanted) {
  const bool wide = static_cast<double>(Chains()) >= kToSpare * wanted;
  if (!wide && GoUp(kWorthTwo)) return true;
  return static_cast<double>(windows_.size()) <
             kWindowsPerChain * wanted + kFewWindows &&
         Cut(wanted);
}

void ListPull::Even(double wanted) {
  if (chain_ || IsBlind() || windows_.size() >= kMaxWindows) return;
  double trusted = 0;
  double most = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const Window& w = windows_[i];
    const double rest = Rest(w);
    trusted += rest * TrustIn(w);
    const double each = w.up_chain ? rest / 2 : rest;
    if (w.pages == 0 || each <= most) continue;
    longest = i;
    most = each;
  }
  const double share = trusted / wanted;
  if (GoUp(kSharesToGoUp * share + kPagesToGoUp)) return;
  if (most >= kSharesToCut * share + kPagesToCut && CanAfford(wanted)) {
    Halve(longest);
  }
}

bool ListPull::Cut(double wanted) {
  if (chain_ || pages_ == 0 || windows_.size() >= kMaxWindows) return false;
  // As many guesses at once as answers are worth waiting for.
  if (IsBlind() && static_cast<double>(windows_.size()) >
                       static_cast<double>(pages_) + kFreeCuts) {
    return false;
  }
  const double fewest =
      kToSpare * wanted > kManyChains ? kMinPagesWithMany : kMinPagesToCut;
  double trusted = 0;
  double most = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const Window& w = windows_[i];
    const double pages = IsBlind() ? PagesToCome(w, Furthest(w)) : Rest(w);
    trusted += pages * TrustIn(w);
    // Its first page will tell.
    if (!IsProven(w) && !w.reached && (!IsBlind() || w.stop)) continue;
    const double least = w.stop ? fewest : kMinPagesToGuess;
    if (pages < (w.up_chain ? 2 * least : least) || pages <= most) continue;
    longest = i;
    most = pages;
  }
  return most > 0 && Pays(wanted, most, trusted) && Halve(longest);
}

// Estimates may prove wrong again and again.
bool ListPull::CanAfford(double wanted) const {
  const auto useful = static_cast<double>(pages_ - empty_answers_);
  return static_cast<double>(cuts_ + empty_answers_) <
         std::max(kMostFreeCuts, wanted) + kMostCutsPerPage * useful;
}

// `longest`: pages to come in the window to be cut; `trusted`: in all that are
// likely to have them.
bool ListPull::Pays(double wanted, double longest, double trusted) const {
  if (!CanAfford(wanted)) return false;
  const auto count = static_cast<double>(Chains());
  const bool thin = count < std::max(longest, kThin * kToSpare * wanted);
  const bool enough = count >= kToSpare * wanted;
  if (IsBlind()) trusted = 0;
  const bool spent =
      static_cast<double>(cuts_ + empty_answers_) >=
      kFreeCuts + kCutsPerPage * (static_cast<double>(pages_) + trusted);
  return thin ? !spent || !IsBlind() : !spent && !enough;
}

bool ListPull::Halve(std::size_t index) {
  const Window& window = windows_[index];
  const std::int64_t at = CutOf(window);
  if (at >= *From(window) || (window.stop && at <= window.stop->value)) {
    return false;
  }
  CutAt(index, at);
  return true;
}

void ListPull::CutAt(std::size_t index, std::int64_t at) {
  Window& upper = windows_[index];
  Window lower;
  lower.id = next_id_++;
  lower.gte = upper.stop;
  lower.stop = upper.stop;
  lower.lt = UnixSeconds{at};
  lower.bottom = std::exchange(upper.bottom, std::nullopt);
  lower.up_chain = std::exchange(upper.up_chain, std::nullopt);
  upper.stop = UnixSeconds{at};
  windows_.insert(windows_.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                  std::move(lower));
  ++cuts_;
}

bool ListPull::LookAhead() {
  if (chain_ || pages_ > 0 || planned_ || windows_.size() != 1 ||
      !windows_.front().in_flight) {
    return false;
  }
  for (const int days : kAgesToLookAt) {
    CutAt(windows_.size() - 1, upper_bound_.value - days * kDay);
  }
  return true;
}

// Where about half of what nobody has asked for lies on either side, a little
// before the end of a page.
std::int64_t ListPull::CutOf(const Window& window) const {
  const std::int64_t from = *From(window);
  if (!window.stop && IsBlind()) {
    const double age =
        std::max(kShortestGuess, static_cast<double>(Top() - from));
    return Top() - static_cast<std::int64_t>(age * guess_ratio_);
  }
  double low = 0;
  const std::int64_t to = To(window);
  double high = static_cast<double>(from - to);
  const double asked = window.in_flight ? 1 : 0;
  const double half = Rest(window) / 2;
  const double upper =
      kPage * std::max(kLeastOfPage, asked + std::round(half) - kShortOfPage);
  while (high - low > 1) {
    const double middle = (low + high) / 2;
    (RowsWithin(window, to, middle) < upper ? low : high) = middle;
  }
  return from - static_cast<std::int64_t>(high);
}

// A long list is looked into at several times early: what is still to come is
// told by them.
void ListPull::LookAround() {
  if (chain_) return;
  while (windows_.size() < kSamples && PagesToCome() > kMinPagesToSample &&
         Cut(kSamples)) {
  }
  LookForEnd();
}

// How old a long list is decides how much is still to come: as long as that may
// be a good part of it, the middle of what nobody has seen is asked for.
void ListPull::LookForEnd() {
  if (IsBlind() || windows_.empty()) return;
  const Window& last = windows_.back();
  if (last.pages == 0 || IsProven(last)) return;
  const double all = PagesToCome();
  if (static_cast<double>(cuts_ + empty_answers_) >= kMostFreeCuts ||
      all < kMinPagesToSample ||
      PagesToCome(last, To(last)) < kShareToDoubt * all) {
    return;
  }
  Halve(windows_.size() - 1);
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

// Where it probably ends: a list with no known end is taken to be twice as
// old as it is known to be.
std::int64_t ListPull::To(const Window& window) const {
  if (window.stop) return window.stop->value;
  if (floor_) return floor_->value;
  const std::int64_t known = Top() - (oldest_ ? oldest_->value : Top());
  const auto least = static_cast<std::int64_t>(kShortestGuess);
  return Top() - 2 * std::max(least, known);
}

std::int64_t ListPull::Furthest(const Window& window) const {
  return window.stop ? window.stop->value : GuessedOldest();
}

bool ListPull::IsProven(const Window& window) const {
  return oldest_ && window.stop && *oldest_ <= *window.stop;
}

void ListPull::AddSample(std::int64_t time, double density) {
  const auto at = std::ranges::lower_bound(samples_, time, {}, &Sample::time);
  if (at != samples_.end() && at->time == time) {
    at->density = density;
  } else {
    samples_.insert(at, {time, density});
  }
}

// At the nearest time from `time` on that is known.
double ListPull::DensityAbove(std::int64_t time) const {
  if (samples_.empty()) return 0;
  const auto at = std::ranges::lower_bound(samples_, time, {}, &Sample::time);
  return at == samples_.end() ? samples_.back().density : at->density;
}

// At the nearest time up to `time` that is known.
double ListPull::DensityBelow(std::int64_t time, double otherwise) const {
  const auto at =
      std::ranges::lower_bound(samples_, time + 1, {}, &Sample::time);
  return at == samples_.begin() ? otherwise : std::prev(at)->density;
}

// Rows to come in the next so many seconds.  From the density here to the one
// where the window ends it changes as growth does, by the same factor each
// day; a burst is expected to go on for as long as it has lasted.
double ListPull::RowsWithin(const Window& window, std::int64_t to,
                            double seconds) const {
  const std::int64_t from = *From(window);
  const double whole = std::max(1.0, static_cast<double>(from - to));
  const double here = window.pages > 0 ? window.density : DensityAbove(from);
  // Nothing older known: not much denser than what is newer.
  const double there = DensityBelow(
      to, std::min(here, kAlike * DensityAbove(window.newest
                                                   ? window.newest->value + 1
                                                   : from + 1)));
  const double steady = there > 0 ? std::min(here, there * kMostGrowth) : here;
  const double burst = (here - steady) * window.steady_for * seconds /
                       std::max(1.0, window.steady_for + seconds);
  if (there <= 0 || steady <= 0) {
    return burst + steady * seconds +
           (there - steady) * seconds * seconds / (2 * whole);
  }
  const double slope = std::log(steady / there);
  if (std::abs(slope) < 1e-3) return burst + steady * seconds;
  return burst +
         steady * whole / slope * (1 - std::exp(-slope * seconds / whole));
}

double ListPull::PagesToCome(const Window& window, std::int64_t to) const {
  const std::optional<std::int64_t> from = From(window);
  if (!from || to >= *from) return 0;
  return RowsWithin(window, to, static_cast<double>(*from - to)) / kPage;
}

}  // namespace precision
