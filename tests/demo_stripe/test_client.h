// What the model's own tests share: a key in hand, virtual time, lists walked
// to their end.

#ifndef PRECISION_DEMO_STRIPE_TEST_CLIENT_H_
#define PRECISION_DEMO_STRIPE_TEST_CLIENT_H_

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "demo_stripe/demo_stripe.h"
#include "demo_stripe/versions.h"

namespace precision::demo {

using Json = nlohmann::json;

class TestClient {
 public:
  explicit TestClient(DemoStripe& stripe, std::string_view key = "good")
      : stripe_(stripe), key_(DemoKeyText(key)) {}

  DemoResponse Get(const std::string& path) {
    DemoRequest request;
    request.method = method;
    request.path = path;
    request.authorization = "Bearer " + key_;
    request.stripe_version = version;
    request.stripe_account = account;
    now.since_start += step;
    return stripe_.Handle(request, {1795132800}, now);
  }

  Json GetJson(const std::string& path) {
    const DemoResponse response = Get(path);
    EXPECT_EQ(response.status, 200) << path << "\n" << response.body;
    Json json = Json::parse(response.body, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << path;
    return json;
  }

  Json GetError(const std::string& path, int status) {
    const DemoResponse response = Get(path);
    EXPECT_EQ(response.status, status) << path << "\n" << response.body;
    return Json::parse(response.body, nullptr, false)["error"];
  }

  // The newest object of a list, whatever `method` is.
  Json FirstOf(const std::string& path) {
    const std::string before = std::exchange(method, "GET");
    Json page = GetJson(path + "?limit=1");
    method = before;
    return page["data"][0];
  }

  // Every object, newest first.
  std::vector<Json> Walk(const std::string& path, int limit = 100) {
    std::vector<Json> all;
    std::string after;
    while (true) {
      const char* sign = path.find('?') == std::string::npos ? "?" : "&";
      Json page = GetJson(path + sign + "limit=" + std::to_string(limit) +
                          (after.empty() ? "" : "&starting_after=" + after));
      if (!page.contains("data")) return all;
      for (Json& object : page["data"]) all.push_back(std::move(object));
      if (!page["has_more"].get<bool>()) return all;
      after = all.back()["id"].get<std::string>();
    }
  }

  std::string method = "GET";
  std::string version = std::string(kNewestVersion);
  std::string account;
  Instant now;
  Duration step = std::chrono::milliseconds{100};

 private:
  DemoStripe& stripe_;
  std::string key_;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_TEST_CLIENT_H_
