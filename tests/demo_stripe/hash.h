// Repeatable made-up numbers: the same seed, stream and index always give the
// same one, on every platform.

#ifndef PRECISION_DEMO_STRIPE_HASH_H_
#define PRECISION_DEMO_STRIPE_HASH_H_

#include <cstdint>
#include <string_view>

namespace precision::demo {

// splitmix64's finalizer: https://prng.di.unimi.it/splitmix64.c
constexpr std::uint64_t Mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

constexpr std::uint64_t HashOf(std::string_view text) {
  std::uint64_t h = 0xCBF29CE484222325U;
  for (const char c : text) {
    h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  }
  return Mix(h);
}

class Dice {
 public:
  explicit constexpr Dice(std::uint64_t seed) : seed_(Mix(seed)) {}

  // A number for object `index`; `stream` tells the questions apart.
  constexpr std::uint64_t Of(std::uint64_t stream, std::int64_t index) const {
    return Mix(seed_ ^
               Mix((stream << 48U) ^ static_cast<std::uint64_t>(index)));
  }
  // 0 <= result < bound.
  constexpr std::int64_t Below(std::int64_t bound, std::uint64_t stream,
                               std::int64_t index) const {
    return static_cast<std::int64_t>(Of(stream, index) %
                                     static_cast<std::uint64_t>(bound));
  }
  constexpr bool Percent(std::int64_t share, std::uint64_t stream,
                         std::int64_t index) const {
    return Below(100, stream, index) < share;
  }

 private:
  std::uint64_t seed_;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_HASH_H_
