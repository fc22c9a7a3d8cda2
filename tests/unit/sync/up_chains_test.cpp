// Chains that go up: a window is walked from both ends, and nothing is lost
// with servers that do not know how.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "precision/sync/sync_engine.h"
#include "support/list_world.h"

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using GoingUp = FakeList::GoingUp;

constexpr std::int64_t kNow = 1795132800;  // 2026-11-20
constexpr std::int64_t kDay = 86400;

SyncOptions Options() {
  SyncOptions options;
  options.upper_bound = UnixSeconds{kNow};
  return options;
}

// `tie`: one in so many shares its neighbour's second.
std::map<Endpoint, FakeList> OneList(int tie = 7) {
  std::mt19937_64 random(5);
  return {{Endpoint::kCharges,
           MakeList("ch_", 20'000, kNow - 1500 * kDay, kNow - 1, random, tie)}};
}

ListWorld SlowWorld(std::map<Endpoint, FakeList> lists) {
  ListWorld world(std::move(lists), Options(), 1);
  world.latency = [] { return Duration(milliseconds(2500)); };
  return world;
}

bool GoesUp(std::string_view path) {
  return !QueryValue(path, "ending_before").empty();
}

std::size_t AsksUp(const ListWorld& world) {
  return static_cast<std::size_t>(std::ranges::count_if(
      world.log, [](const auto& sent) { return GoesUp(sent.second); }));
}

void CancelWhileGoingUp(ListWorld& world, int at_second) {
  world.Run(Instant{seconds(at_second)});
  ASSERT_FALSE(world.engine.settled());
  ASSERT_GT(AsksUp(world), 0U);
  world.Cancel();
}

TEST(UpChainsTest, MeetInTheMiddleWithFewRowsTwice) {
  ListWorld world = SlowWorld(OneList());
  world.Run();
  world.ExpectEverything();
  EXPECT_GT(AsksUp(world), 30U);
  EXPECT_LE(world.ExtraRequests(Endpoint::kCharges), 30);
}

// The second half of a second that many share belongs to one chain or the
// other.
TEST(UpChainsTest, SplitNoSecond) {
  for (const int tie : {1 + 1, 3}) {
    ListWorld world = SlowWorld(OneList(tie));
    auto& objects = world.lists[Endpoint::kCharges].objects;
    for (FakeObject& object : objects) object.created -= object.created % 9000;
    world.Run();
    world.ExpectEverything();
    EXPECT_GT(AsksUp(world), 0U);
  }
}

TEST(UpChainsTest, AskWithinTheFilterOfTheirWindowAndNewerThanTheirCursor) {
  ListWorld world = SlowWorld(OneList());
  world.change = [&](Endpoint endpoint, const HttpRequest& request, FakePage&) {
    const std::string_view id = QueryValue(request.path, "ending_before");
    if (id.empty()) return;
    const std::int64_t at = world.lists[endpoint].Find(id)->created;
    EXPECT_LE(*QueryNumber(request.path, "created%5Bgte%5D"), at);
    EXPECT_LT(at, QueryNumber(request.path, "created%5Blt%5D").value_or(kNow));
    EXPECT_TRUE(QueryValue(request.path, "starting_after").empty());
  };
  world.Run();
  world.ExpectEverything();
}

TEST(UpChainsTest, LoseNothingWithAServerThatIgnoresOrRefusesThem) {
  for (const GoingUp going_up : {GoingUp::kIgnored, GoingUp::kRefused}) {
    ListWorld world = SlowWorld(OneList());
    world.lists[Endpoint::kCharges].going_up = going_up;
    world.Run();
    world.ExpectEverything();
    // The first one showed it.
    EXPECT_EQ(AsksUp(world), 1U);
  }
}

TEST(UpChainsTest, LoseNothingWithOddAnswers) {
  const struct {
    const char* name;
    std::function<void(FakePage&)> change;
  } cases[] = {
      {"empty", [](FakePage& page) { page = {}; }},
      {"empty with more",
       [](FakePage& page) { page = {}, page.page.has_more = true; }},
      {"no times",
       [](FakePage& page) {
         page.page.newest.reset();
         page.page.oldest.reset();
       }},
      {"out of order", [](FakePage& page) { page.page.descending = false; }},
      {"no id", [](FakePage& page) { page.page.first_id.clear(); }},
      {"older than the cursor",
       [](FakePage& page) { page.page.oldest = UnixSeconds{5}; }},
      {"as new as the list",
       [](FakePage& page) { page.page.newest = UnixSeconds{kNow}; }},
  };
  for (const auto& c : cases) {
    for (const std::size_t good : {0U, 20U}) {
      SCOPED_TRACE(std::string(c.name) + " after " + std::to_string(good));
      ListWorld world = SlowWorld(OneList());
      std::size_t answered = 0;
      world.change = [&](Endpoint, const HttpRequest& request, FakePage& page) {
        if (!GoesUp(request.path)) return;
        if (++answered <= good) return;
        c.change(page);
        // What the engine is told, it has.
        if (page.page.count == 0) page.ids.clear();
      };
      world.Run();
      world.ExpectEverything();
    }
  }
}

TEST(UpChainsTest, GoWithoutTheCursorThatWasDeleted) {
  ListWorld world = SlowWorld(OneList());
  std::size_t asked = 0;
  std::size_t deleted = 0;
  world.fault = [&](Endpoint endpoint,
                    const HttpRequest& request) -> std::optional<ApiError> {
    const std::string_view id = QueryValue(request.path, "ending_before");
    auto& objects = world.lists[endpoint].objects;
    const auto gone = std::ranges::find(objects, id, &FakeObject::id);
    if (gone == objects.end() || ++asked < 20) return std::nullopt;
    // It was had before.
    EXPECT_TRUE(world.got[endpoint].erase(gone->id));
    objects.erase(gone);
    ++deleted;
    return std::nullopt;
  };
  world.Run();
  world.ExpectSettledOnce();
  EXPECT_GT(deleted, 0U);
  EXPECT_EQ(world.got[Endpoint::kCharges].size(),
            world.lists[Endpoint::kCharges].objects.size());
}

TEST(UpChainsTest, AreAskedAgainAfterTroubleOfTheWay) {
  ListWorld world = SlowWorld(OneList());
  std::size_t failed = 0;
  world.fault = [&](Endpoint,
                    const HttpRequest& request) -> std::optional<ApiError> {
    if (!GoesUp(request.path)) return std::nullopt;
    if (++failed % 3 != 0) return std::nullopt;
    return Trouble(ErrorCode::kStripeDown, 503);
  };
  world.Run();
  world.ExpectEverything();
  EXPECT_GT(AsksUp(world), 30U);
}

TEST(UpChainsTest, AreDroppedWhenTheirTroubleDoesNotGoAway) {
  for (const ErrorCode code :
       {ErrorCode::kStripeDown, ErrorCode::kPermissionMissing,
        ErrorCode::kStripeUnreadable, ErrorCode::kTimedOut}) {
    ListWorld world = SlowWorld(OneList());
    world.fault = [&](Endpoint,
                      const HttpRequest& request) -> std::optional<ApiError> {
      if (!GoesUp(request.path)) return std::nullopt;
      return Trouble(code, 500);
    };
    world.Run();
    world.ExpectEverything();
  }
}

TEST(UpChainsTest, AreTakenUpAgainAfterACancel) {
  for (const int at : {7, 9, 10}) {
    ListWorld world = SlowWorld(OneList());
    ASSERT_NO_FATAL_FAILURE(CancelWhileGoingUp(world, at));
    world.ForgetEvents();
    world.Resume();
    world.Run();
    world.ExpectEverything();
    // What was on its way is asked again.
    EXPECT_LE(world.ExtraRequests(Endpoint::kCharges), 30 + 60);
  }
}

// Chains that are gone when their request is refused: the cap is met all the
// same.
TEST(UpChainsTest, DoNotKeepAPullFromStoppingAtItsCap) {
  for (std::uint64_t cap = 40; cap < 190; cap += 3) {
    SCOPED_TRACE(cap);
    SyncOptions options = Options();
    options.max_requests = cap;
    ListWorld world(OneList(), options, 1);
    std::mt19937_64 random(cap);
    world.latency = [&] {
      return Duration(milliseconds(1500 + random() % 1500));
    };
    std::size_t up = 0;
    world.fault = [&](Endpoint,
                      const HttpRequest& request) -> std::optional<ApiError> {
      if (!GoesUp(request.path) || ++up <= 3) return std::nullopt;
      return Trouble(ErrorCode::kRequestRefused, 400);
    };
    world.Run();
    world.ExpectSettledOnce();
  }
}

// Another engine goes on from the plan: nothing between the chains is missing,
// and what both had is not asked again.
TEST(UpChainsTest, LeaveAPlanOfWhatLiesBetweenThem) {
  for (const int at : {7, 9, 10}) {
    ListWorld first = SlowWorld(OneList());
    ASSERT_NO_FATAL_FAILURE(CancelWhileGoingUp(first, at));
    SyncOptions options = Options();
    options.plan = first.engine.Plan();
    ListWorld second(first.lists, options, 2);
    second.Run();
    second.ExpectSettledOnce();
    std::set<std::string> all = first.got[Endpoint::kCharges];
    const std::size_t had = all.size();
    all.merge(second.got[Endpoint::kCharges]);
    EXPECT_EQ(all.size(), 20'000U);
    EXPECT_GT(had, 3000U);
    // Half a page at the end of each span.
    EXPECT_LT(second.TotalRequests(), 200 - had / 100 + 60);
  }
}

}  // namespace
}  // namespace precision
