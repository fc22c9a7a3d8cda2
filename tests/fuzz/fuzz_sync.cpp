// Any order of calls, any pages, any refusals: no crash, progress never goes
// back, one end at a time, and a driver that goes on answering comes to it.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "precision/sync/sync_engine.h"

namespace {

using precision::ApiError;
using precision::Endpoint;
using precision::Instant;
using precision::ListPage;
using precision::SyncEngine;
using precision::SyncEvent;
using precision::SyncProgress;
using precision::UnixSeconds;

void Require(bool condition) {
  if (!condition) std::abort();
}

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : at_(data), left_(size) {}
  bool empty() const { return left_ == 0; }
  unsigned Byte() {
    if (left_ == 0) return 0;
    --left_;
    return *at_++;
  }
  unsigned Below(unsigned n) { return Byte() % n; }
  bool Flip() { return Below(2) == 1; }

 private:
  const std::uint8_t* at_;
  std::size_t left_;
};

ListPage AnyPage(Input& in) {
  ListPage page;
  page.count = in.Below(4) == 0 ? in.Below(101) : 100;
  page.has_more = in.Below(8) != 0;
  if (page.count > 0) {
    page.first_id = std::string("o_") + std::to_string(in.Byte());
    if (in.Below(16) != 0) {
      page.last_id = "o_" + std::to_string(in.Byte() * 256 + in.Byte());
    }
    if (in.Below(16) != 0) {
      // Any size of time, so that sums of extremes are met too.
      const unsigned shift = in.Below(62);
      const std::int64_t base =
          (in.Below(8) == 0 ? -1 : 1) * (std::int64_t{1} << shift);
      page.newest = UnixSeconds{base + in.Byte()};
      page.oldest = UnixSeconds{page.newest->value -
                                static_cast<std::int64_t>(in.Byte()) * 3600};
    }
    page.descending = in.Below(16) != 0;
  }
  return page;
}

std::int64_t NumberAfter(const std::string& path, const char* name,
                         std::int64_t otherwise) {
  const std::size_t at = path.find(name);
  if (at == std::string::npos) return otherwise;
  return std::strtoll(path.c_str() + at + std::strlen(name), nullptr, 10);
}

// What a list of thousands in order answers, two to a second, so that windows
// are cut and walked from both ends.
ListPage OrderedPage(const std::string& path) {
  constexpr std::int64_t kRows = 9000;
  constexpr std::int64_t kOldest = 1'500'000'000;
  constexpr std::int64_t kApart = 7200;
  const auto created = [&](std::int64_t row) {
    return UnixSeconds{kOldest + row / 2 * kApart};
  };
  // The first row from `time` on.
  const auto row_at = [&](std::int64_t time) {
    return std::clamp<std::int64_t>(
        2 * ((std::max(time, kOldest) - kOldest + kApart - 1) / kApart), 0,
        kRows);
  };
  constexpr std::int64_t kLongAfter = kOldest + kRows * kApart;
  std::int64_t low = row_at(NumberAfter(path, "%5Bgte%5D=", 0));
  std::int64_t high =
      row_at(std::min(kLongAfter, NumberAfter(path, "%5Blt%5D=", kLongAfter)));
  const std::int64_t before = NumberAfter(path, "ending_before=r", -1);
  high = std::min(high, NumberAfter(path, "starting_after=r", high));
  low = std::max(low, before + 1);
  ListPage page;
  if (low >= high) return page;
  const std::int64_t count = std::min<std::int64_t>(100, high - low);
  if (before >= 0) {
    high = low + count;
  } else {
    low = high - count;
  }
  page.count = static_cast<std::size_t>(count);
  page.has_more = count == 100;
  page.first_id = "r" + std::to_string(high - 1);
  page.last_id = "r" + std::to_string(low);
  page.newest = created(high - 1);
  page.oldest = created(low);
  return page;
}

ApiError AnyError(Input& in) {
  constexpr const char* kReasons[] = {"", "global-rate", "endpoint-concurrency",
                                      "global-concurrency", "odd"};
  constexpr int kStatuses[] = {0, 200, 400, 401, 403, 404, 429, 500, 503};
  ApiError error;
  const auto codes = precision::AllErrorCodes();
  error.code = codes[in.Byte() % codes.size()];
  error.status = kStatuses[in.Below(std::size(kStatuses))];
  error.rate_limited_reason = kReasons[in.Below(std::size(kReasons))];
  if (in.Below(4) == 0) error.should_retry = in.Flip();
  if (in.Below(8) == 0) {
    error.retry_after = std::chrono::seconds(in.Byte()) * (in.Flip() ? 1 : -1) *
                        (in.Flip() ? 1 : 1'000'000);
  }
  return error;
}

class Run {
 public:
  explicit Run(Input& in)
      : in_(in),
        lists_(Lists(in)),
        options_(Options(in)),
        seed_(in.Byte()),
        ordered_(seed_ % 2 == 1),
        engine_(lists_, options_, seed_) {}

  void Go() {
    for (int step = 0; step < 2000 && !in_.empty(); ++step) {
      Step();
      Look();
    }
    Finish();
  }

 private:
  static std::vector<Endpoint> Lists(Input& in) {
    std::vector<Endpoint> lists;
    for (unsigned i = in.Below(6); i > 0; --i) {
      const auto all = precision::AllEndpoints();
      lists.push_back(all[in.Byte() % all.size()].endpoint);
    }
    return lists;
  }
  static precision::SyncOptions Options(Input& in) {
    precision::SyncOptions options;
    options.live = in.Flip();
    options.share_of_limit = in.Byte() / 100.0;
    options.max_in_flight = in.Byte();
    options.upper_bound = UnixSeconds{std::int64_t{1} << in.Below(62)};
    return options;
  }

  void Poll() {
    for (int i = 0; i < 1000; ++i) {
      const auto request = engine_.PollRequest(now_);
      if (!request) {
        const auto wake = engine_.PollTimeout();
        Require(!wake || *wake > now_);
        return;
      }
      Require(!engine_.settled() && !engine_.paused());
      Require(engine_.EndpointOf(request->id).has_value());
      Require(request->request.path.starts_with("/v1/"));
      waiting_.push_back(*request);
    }
    Require(false);  // more requests than any limiter lets go at once
  }

  // A refused list may come back: what has settled then counts anew.
  void AddAnyList() {
    const auto all = precision::AllEndpoints();
    engine_.AddList(all[in_.Byte() % all.size()].endpoint, now_);
  }

  void Step() {
    switch (in_.Below(16)) {
      case 0:
        engine_.Stop(precision::ErrorCode::kCancelled, now_);
        waiting_.clear();
        Require(engine_.settled());
        break;
      case 1:
        if (in_.Flip()) {
          AddAnyList();
        } else {
          engine_.Pause(now_);
        }
        break;
      case 2:
        if (engine_.settled()) settled_events_ = -1;  // read before the new end
        engine_.Resume(now_);
        break;
      case 3:
        engine_.HandleTimeout(now_);
        break;
      case 4:
        engine_.HandlePage(in_.Byte() * 1000, AnyPage(in_), 3, now_);
        break;
      case 5:
      case 6:
        if (!waiting_.empty())
          engine_.HandleRefusal(Take(), AnyError(in_), now_);
        break;
      case 7:
        now_ =
            now_ + precision::Duration(std::chrono::milliseconds(in_.Byte()) *
                                       (in_.Below(8) == 0 ? 100'000 : 10));
        break;
      case 8:
        if (const auto wake = engine_.PollTimeout(); wake && *wake > now_) {
          now_ = *wake;
        }
        break;
      default:
        if (!waiting_.empty()) {
          const bool ordered = ordered_ && in_.Below(16) != 0;
          ListPage page;
          if (!ordered) page = AnyPage(in_);
          const precision::OutgoingRequest request = TakeRequest();
          if (ordered) page = OrderedPage(request.request.path);
          engine_.HandlePage(request.id, page, in_.Below(2) * page.count, now_);
        } else {
          Poll();
        }
    }
    if (in_.Flip()) Poll();
  }

  precision::RequestId Take() { return TakeRequest().id; }

  precision::OutgoingRequest TakeRequest() {
    const std::size_t at = in_.Byte() % waiting_.size();
    precision::OutgoingRequest request = std::move(waiting_[at]);
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(at));
    return request;
  }

  void Look() {
    const SyncProgress next = engine_.progress(now_);
    Require(next.share >= 0 && next.share <= 1);
    Require(next.rows_per_second >= 0);
    if (next.remaining) Require(next.remaining->count() >= 0);
    if (next.waiting) Require(next.waiting->count() >= 0);
    for (std::size_t i = 0; i < last_.resources.size(); ++i) {
      Require(next.resources[i].share >= last_.resources[i].share);
      Require(next.resources[i].rows >= last_.resources[i].rows);
      Require((next.resources[i].share == 1) ==
              (next.resources[i].state == precision::ResourceState::kComplete));
    }
    last_ = next;
    while (const auto event = engine_.PollEvent()) {
      if (event->kind == SyncEvent::Kind::kSettled) {
        Require(settled_events_ <= 0);
        ++settled_events_;
      }
    }
  }

  // A driver that does its part, with lists that end.
  void Finish() {
    if (engine_.settled()) return;
    engine_.Resume(now_);
    for (int i = 0; i < 100'000 && !engine_.settled(); ++i) {
      Poll();
      if (!waiting_.empty()) {
        const precision::RequestId id = waiting_.back().id;
        waiting_.pop_back();
        engine_.HandlePage(id, ListPage{}, 0, now_);
      } else if (const auto wake = engine_.PollTimeout()) {
        now_ = *wake;
      }
    }
    Require(engine_.settled());
    Require(!engine_.PollTimeout());
    Look();
  }

  Input& in_;
  std::vector<Endpoint> lists_;
  precision::SyncOptions options_;
  std::uint64_t seed_;
  bool ordered_;  // most pages are what a list in order would answer
  SyncEngine engine_;
  Instant now_;
  std::vector<precision::OutgoingRequest> waiting_;
  SyncProgress last_;
  int settled_events_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  Input in(data, size);
  Run(in).Go();
  return 0;
}
