#include "precision/sync/retry.h"

#include <gtest/gtest.h>

#include <chrono>

namespace precision {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ApiError Answer(ErrorCode code, int status) {
  ApiError error;
  error.code = code;
  error.status = status;
  return error;
}

TEST(DecideRetryTest, KnowsWhatAnotherTryCanChange) {
  const struct {
    const char* name;
    ErrorCode code;
    int status;
    RetryAction alone;
    RetryAction others_succeed;
  } cases[] = {
      {"permission", ErrorCode::kPermissionMissing, 403,
       RetryAction::kRefuseList, RetryAction::kRefuseList},
      {"forbidden", ErrorCode::kForbidden, 403, RetryAction::kRefuseList,
       RetryAction::kRefuseList},
      {"product off", ErrorCode::kProductNotEnabled, 400,
       RetryAction::kRefuseList, RetryAction::kRefuseList},
      {"bad request", ErrorCode::kRequestRefused, 400, RetryAction::kRefuseList,
       RetryAction::kRefuseList},
      {"version", ErrorCode::kVersionRefused, 400, RetryAction::kRefuseList,
       RetryAction::kRefuseList},
      {"401", ErrorCode::kKeyUnknown, 401, RetryAction::kStopEverything,
       RetryAction::kRetry},
      {"expired", ErrorCode::kKeyExpired, 401, RetryAction::kStopEverything,
       RetryAction::kStopEverything},
      {"address refused", ErrorCode::kKeyIpRefused, 403,
       RetryAction::kStopEverything, RetryAction::kStopEverything},
      {"429", ErrorCode::kRateLimited, 429, RetryAction::kRetry,
       RetryAction::kRetry},
      {"500", ErrorCode::kStripeDown, 500, RetryAction::kRetry,
       RetryAction::kRetry},
      {"no network", ErrorCode::kNetworkDown, 0, RetryAction::kRetry,
       RetryAction::kRetry},
      {"timeout", ErrorCode::kTimedOut, 0, RetryAction::kRetry,
       RetryAction::kRetry},
      {"offline", ErrorCode::kOffline, 0, RetryAction::kRetry,
       RetryAction::kRetry},
      {"proxy", ErrorCode::kProxyDown, 502, RetryAction::kRetry,
       RetryAction::kRetry},
      {"truncated", ErrorCode::kStripeUnreadable, 200, RetryAction::kRetry,
       RetryAction::kRetry},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const ApiError error = Answer(c.code, c.status);
    EXPECT_EQ(DecideRetry(error, 1, false, 0.5).action, c.alone);
    EXPECT_EQ(DecideRetry(error, 1, true, 0.5).action, c.others_succeed);
  }
}

TEST(DecideRetryTest, TakesASecond401ForTheListsPermission) {
  const ApiError error = Answer(ErrorCode::kKeyUnknown, 401);
  EXPECT_EQ(DecideRetry(error, 2, true, 0).action, RetryAction::kRefuseList);
  EXPECT_EQ(DecideRetry(error, 2, false, 0).action,
            RetryAction::kStopEverything);
}

TEST(DecideRetryTest, DoublesFromHalfASecondUpToACap) {
  const ApiError error = Answer(ErrorCode::kStripeDown, 503);
  EXPECT_EQ(DecideRetry(error, 1, true, 1).wait, milliseconds(500));
  EXPECT_EQ(DecideRetry(error, 2, true, 1).wait, seconds(1));
  EXPECT_EQ(DecideRetry(error, 3, true, 1).wait, seconds(2));
  EXPECT_EQ(DecideRetry(error, 8, true, 1).wait, seconds(30));
  EXPECT_EQ(DecideRetry(error, 1, true, 0).wait, milliseconds(250));
}

TEST(DecideRetryTest, GivesUpInTheEnd) {
  for (const ErrorCode code :
       {ErrorCode::kStripeDown, ErrorCode::kNetworkDown, ErrorCode::kProxyDown,
        ErrorCode::kRateLimited, ErrorCode::kTimedOut,
        ErrorCode::kStripeUnreadable}) {
    SCOPED_TRACE(ToString(code));
    EXPECT_EQ(DecideRetry(Answer(code, 0), 1000, false, 0).action,
              RetryAction::kRefuseList);
  }
}

TEST(DecideRetryTest, WaitsMinutesForTheNetwork) {
  Duration total{0};
  const ApiError error = Answer(ErrorCode::kNetworkDown, 0);
  for (int attempt = 1;; ++attempt) {
    const RetryDecision decision = DecideRetry(error, attempt, false, 0);
    if (decision.action != RetryAction::kRetry) break;
    total += decision.wait;
  }
  EXPECT_GT(total, std::chrono::minutes(4));
  EXPECT_LT(total, std::chrono::minutes(30));
}

TEST(DecideRetryTest, DoesAsStripeAdvises) {
  ApiError error = Answer(ErrorCode::kStripeDown, 500);
  error.should_retry = false;
  EXPECT_EQ(DecideRetry(error, 1, true, 0).action, RetryAction::kRefuseList);

  error = Answer(ErrorCode::kRequestRefused, 409);
  error.should_retry = true;
  EXPECT_EQ(DecideRetry(error, 1, true, 0).action, RetryAction::kRetry);
  EXPECT_EQ(DecideRetry(error, 100, true, 0).action, RetryAction::kRefuseList);

  error = Answer(ErrorCode::kRateLimited, 429);
  error.retry_after = seconds(7);
  EXPECT_EQ(DecideRetry(error, 1, true, 0).wait, seconds(7));
  error.retry_after = std::chrono::hours(100);
  EXPECT_EQ(DecideRetry(error, 1, true, 0).wait, std::chrono::minutes(5));
  error.retry_after = seconds(-5);
  EXPECT_EQ(DecideRetry(error, 1, true, 0).wait, milliseconds(250));
}

}  // namespace
}  // namespace precision
