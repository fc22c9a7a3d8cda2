// How fast whole accounts come, how frugally, and how well the engine foresees
// it, in virtual time: over businesses of several shapes, at Stripe's usual
// answer times and at its slow ones.

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <string>

#include "precision/sync/sync_engine.h"
#include "support/list_world.h"

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::int64_t kNow = 1795132800;  // 2026-11-20
constexpr std::int64_t kDay = 86400;

struct Shape {
  const char* name;
  int days;
  // Where in its life, 0 the beginning and 1 now, the share `u` of all objects
  // had been created.
  double (*when)(double u);
  bool foreseeable = true;  // its past is somehow like its present
};

constexpr Shape kShapes[] = {
    {"steady", 1800, [](double u) { return u; }},
    {"growing tenfold", 1500,
     [](double u) { return std::log1p(9 * u) / std::log(10); }},
    {"young", 70, [](double u) { return std::sqrt(u); }},
    {"shrinking to a tenth", 2500,
     [](double u) { return 1 - std::log1p(9 * (1 - u)) / std::log(10); }},
    {"half of it imported at once", 900,
     [](double u) { return u < 0.5 ? 0.2 : 0.2 + (u - 0.5) * 1.6; }, false},
    {"asleep for years", 4000,
     [](double u) { return u < 0.3 ? u / 3 : 0.7 + (u - 0.3) * 3 / 7; }, false},
};

FakeList ListOf(const Shape& shape, std::string_view prefix, std::size_t rows,
                std::mt19937_64& random) {
  FakeList list;
  std::vector<std::int64_t> times;
  const double life = static_cast<double>(shape.days * kDay);
  for (std::size_t i = 0; i < rows; ++i) {
    const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(rows);
    const double noise = static_cast<double>(random() % 1000) / 1000;
    times.push_back(kNow -
                    static_cast<std::int64_t>(life * (1 - shape.when(u))) -
                    static_cast<std::int64_t>(noise * 3600));
  }
  std::ranges::sort(times, std::greater{});
  for (std::size_t i = 0; i < rows; ++i) {
    list.objects.push_back(
        {std::string(prefix) + std::to_string(rows - i), times[i]});
  }
  return list;
}

std::map<Endpoint, FakeList> Account(const Shape& shape, std::size_t rows) {
  std::mt19937_64 random(rows);
  return {
      {Endpoint::kCustomers, ListOf(shape, "cus_", rows / 18, random)},
      {Endpoint::kInvoices, ListOf(shape, "in_", rows * 5 / 18, random)},
      {Endpoint::kPaymentIntents, ListOf(shape, "pi_", rows * 11 / 36, random)},
      {Endpoint::kCharges, ListOf(shape, "ch_", rows * 11 / 36, random)},
      {Endpoint::kSubscriptions, ListOf(shape, "sub_", rows / 18, random)}};
}

double Seconds(Duration d) { return std::chrono::duration<double>(d).count(); }

struct Pace {
  double took = 0;
  double all_here = 0;
  double bound = 0;
  double extra = 0;  // share of the fewest requests possible
  // Of the estimates after the first tenth: share of the truth.
  double worst = 1;
  double told_from = 0;  // seconds until there was one
};

Pace Measure(const Shape& shape, std::size_t rows, int latency_ms) {
  SyncOptions options;
  options.upper_bound = UnixSeconds{kNow};
  ListWorld world(Account(shape, rows), options, 1);
  std::mt19937_64 random(2);
  world.latency = [&] {
    return Duration(milliseconds(
        latency_ms +
        static_cast<int>(random() % static_cast<unsigned>(latency_ms / 4))));
  };
  std::vector<std::pair<double, double>> told;
  double all_here = 0;
  for (Instant at; !world.engine.settled();
       at = at + Duration(milliseconds(100))) {
    world.Run(at);
    const SyncProgress progress = world.engine.progress(at);
    if (all_here == 0 &&
        std::ranges::all_of(progress.resources, [](const auto& r) {
          return r.state == ResourceState::kComplete;
        }))
      all_here = Seconds(at.since_start);
    told.emplace_back(Seconds(at.since_start),
                      progress.remaining ? Seconds(*progress.remaining) : -1);
  }
  world.Run();
  world.ExpectEverything();
  Pace pace;
  pace.took = Seconds(world.clock.now().since_start);
  pace.all_here = all_here > 0 ? all_here : pace.took;
  double all = 0;
  double longest = 0;
  double sent = 0;
  for (const auto& [endpoint, list] : world.lists) {
    const double pages =
        std::ceil(static_cast<double>(list.objects.size()) / 100);
    all += pages;
    longest = std::max(longest, pages);
    sent += static_cast<double>(world.requests[endpoint]);
  }
  pace.bound = std::max(all / 80, longest / 20);
  pace.extra = sent / all - 1;
  // From the first tenth on, and not for the last few answers.
  const double trip = latency_ms / 1000.0;
  for (const auto& [at, left] : told) {
    const double truly = pace.took - at;
    if (truly < 2 * trip + 1) break;
    if (left < 0) pace.told_from = at;
    if (left < 0 || at < pace.took / 10) continue;
    const double off = left / truly;
    if (std::abs(off - 1) > std::abs(pace.worst - 1)) pace.worst = off;
  }
  return pace;
}

// Bound: what the limits and the number of pages ask for, with the round trips
// of a first and a last page.
void ExpectPace(int latency_ms, double share, double extra) {
  for (const Shape& shape : kShapes) {
    SCOPED_TRACE(shape.name);
    const Pace pace = Measure(shape, 200'000, latency_ms);
    const double reached =
        (pace.bound + 2.2 * latency_ms / 1000) / pace.all_here;
    std::cout << shape.name << ", " << latency_ms
              << " ms a page: " << pace.all_here << " s, " << reached
              << " of the bound, " << pace.extra
              << " requests above the fewest, estimates off by " << pace.worst
              << "\n";
    EXPECT_GT(reached, shape.foreseeable ? share : 0.7 * share);
    EXPECT_LT(pace.extra, shape.foreseeable ? extra : 2 * extra);
    if (!shape.foreseeable) continue;
    EXPECT_LT(std::abs(pace.worst - 1), 1.0 / 3);
    // The second answers tell what the first, at a few ages, could not.
    EXPECT_LT(pace.told_from, std::max(4 * latency_ms / 1000.0, pace.took / 6));
  }
}

TEST(SyncPaceTest, NearsTheLimitAndForeseesTheEndAtUsualAnswerTimes) {
  ExpectPace(150, 0.955, 0.02);
}

TEST(SyncPaceTest, KeepsDozensInFlightAtSlowAnswerTimes) {
  ExpectPace(2500, 0.85, 0.075);
}

}  // namespace
}  // namespace precision
