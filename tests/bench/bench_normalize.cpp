// Pages into rows, against a reader over nlohmann documents that takes far
// fewer columns.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/pages.h"
#include "precision/normalize/normalizer.h"

namespace {

constexpr const char* kObjects[] = {"customer", "invoice", "payment_intent",
                                    "charge", "subscription"};
constexpr std::size_t kPages = 20;

std::vector<std::string> PagesOf(const char* object) {
  precision::bench::Pages pages(42);
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < kPages; ++i) bodies.push_back(pages.Page(object));
  return bodies;
}

std::int64_t BytesOf(const std::vector<std::string>& bodies) {
  std::size_t bytes = 0;
  for (const std::string& body : bodies) bytes += body.size();
  return static_cast<std::int64_t>(bytes);
}

void ReadPage(benchmark::State& state) {
  const char* object = kObjects[state.range(0)];
  const std::vector<std::string> bodies = PagesOf(object);
  for (auto _ : state) {
    precision::Normalizer normalizer;
    for (const std::string& body : bodies) {
      const auto read = normalizer.ReadPage(object, body);
      if (!read.ok()) state.SkipWithError(read.error().detail.c_str());
    }
    benchmark::DoNotOptimize(normalizer.ByteSize());
  }
  state.SetLabel(object);
  state.SetBytesProcessed(state.iterations() * BytesOf(bodies));
}
BENCHMARK(ReadPage)->DenseRange(0, 4)->Unit(benchmark::kMillisecond);

void NlohmannDom(benchmark::State& state) {
  const char* object = kObjects[state.range(0)];
  const std::vector<std::string> bodies = PagesOf(object);
  for (auto _ : state) {
    std::vector<std::string> ids;
    std::vector<std::int64_t> times;
    for (const std::string& body : bodies) {
      const auto page = nlohmann::json::parse(body, nullptr, false);
      for (const auto& element : page["data"]) {
        ids.push_back(element["id"]);
        times.push_back(element["created"]);
      }
    }
    benchmark::DoNotOptimize(ids.data());
    benchmark::DoNotOptimize(times.data());
  }
  state.SetLabel(object);
  state.SetBytesProcessed(state.iterations() * BytesOf(bodies));
}
BENCHMARK(NlohmannDom)->DenseRange(0, 4)->Unit(benchmark::kMillisecond);

}  // namespace
