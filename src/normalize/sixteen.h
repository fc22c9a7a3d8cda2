// Sixteen bytes at once: SSE2 natively, SIMD128 in WebAssembly.

#ifndef PRECISION_SRC_NORMALIZE_SIXTEEN_H_
#define PRECISION_SRC_NORMALIZE_SIXTEEN_H_

#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace precision::raw {

#if defined(__clang__) && (defined(__wasm_simd128__) || defined(__SSE2__))
#define PRECISION_SIXTEEN 1

using Bytes = unsigned char __attribute__((vector_size(16)));
using Signs = signed char __attribute__((vector_size(16)));

inline Bytes SixteenAt(const char* at) {
  Bytes bytes;
  std::memcpy(&bytes, at, 16);
  return bytes;
}

// A bit for each byte that is all ones, of a comparison's result.
inline std::uint32_t MaskOf(Signs bytes) {
#ifdef __wasm_simd128__
  // convertvector to a vector of bool would be done byte by byte.
  return static_cast<std::uint32_t>(__builtin_wasm_bitmask_i8x16(bytes));
#else
  return static_cast<std::uint32_t>(
      _mm_movemask_epi8(__builtin_bit_cast(__m128i, bytes)));
#endif
}

// Of a text: what ends it, or is not just itself.
inline Signs IsSpecial(Bytes bytes) {
  return (bytes == '"') | (bytes == '\\') | ((bytes & 0xE0) == 0);
}

inline bool IsZero(Bytes bytes) {
#ifdef __wasm_simd128__
  return !__builtin_wasm_any_true_v128(__builtin_bit_cast(Signs, bytes));
#else
  return MaskOf(bytes != 0) == 0;
#endif
}
#endif

}  // namespace precision::raw

#endif  // PRECISION_SRC_NORMALIZE_SIXTEEN_H_
