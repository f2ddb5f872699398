// The kernels of kernels.h, for the instruction set that this file is compiled for.  Included once
// by each of kernels_{avx512,avx2,sse2}.cc and by nothing else.
//
// Includes no header of the standard library with code in it and instantiates nothing of it: a
// function compiled here for AVX-512 must never be the one that the linker keeps for the others.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

#include "ingest/model/kernels.h"

namespace hearsay::model {
namespace {
// NOLINTBEGIN(misc-definitions-in-headers): each includer has its own.

#if defined(__AVX512F__)
constexpr std::size_t kLanes = 16, kTileRows = 8;
#elif defined(__AVX2__) && defined(__FMA__)
constexpr std::size_t kLanes = 8, kTileRows = 6;
#else
constexpr std::size_t kLanes = 4, kTileRows = 4;
#endif
constexpr std::size_t kQueryRows = kTileRows == 6 ? 12 : 8;  // that Attend takes at a time
static_assert(kAttentionRows % kQueryRows == 0);
constexpr std::size_t kParts = kLine / kLanes;  // vectors that hold kLine floats

using Floats [[gnu::vector_size(kLanes * sizeof(float))]] = float;
using Ints [[gnu::vector_size(kLanes * sizeof(float))]] = std::int32_t;

template <class To, class From>
inline To As(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}

inline Floats Load(const float* x) {
  Floats v;
  __builtin_memcpy(&v, x, sizeof v);
  return v;
}
inline Ints Load(const std::int32_t* x) {
  Ints v;
  __builtin_memcpy(&v, x, sizeof v);
  return v;
}
template <class V, class T>
inline void Store(V v, T* x) {
  __builtin_memcpy(x, &v, sizeof v);
}
// Minus zero is nothing at all to the compiler; plus zero would not be.
inline Floats All(float x) { return x - Floats{}; }
inline Floats Larger(Floats a, Floats b) {
#if defined(__AVX512F__)
  return _mm512_max_ps(a, b);
#elif defined(__AVX2__) && defined(__FMA__)
  return _mm256_max_ps(a, b);
#else
  return _mm_max_ps(a, b);
#endif
}
inline Floats Smaller(Floats a, Floats b) {
#if defined(__AVX512F__)
  return _mm512_min_ps(a, b);
#elif defined(__AVX2__) && defined(__FMA__)
  return _mm256_min_ps(a, b);
#else
  return _mm_min_ps(a, b);
#endif
}
inline Floats Magnitude(Floats x) { return As<Floats>(As<Ints>(x) & 0x7fffffff); }

// a * b + c, rounded once where the processor can.
inline Floats MultiplyAdd(Floats a, Floats b, Floats c) {
#if defined(__AVX512F__)
  return _mm512_fmadd_ps(a, b, c);
#elif defined(__AVX2__) && defined(__FMA__)
  return _mm256_fmadd_ps(a, b, c);
#else
  return a * b + c;
#endif
}

// Sums and maxima of rows run in kGroups times kLine lanes at once, lest each step wait for the one
// before.
constexpr std::size_t kGroups = 4;
using Lanes = Floats[kGroups][kParts];

// Calls use(j, group, part) for the vectors x[j .. j + kLanes) of a row of n floats.
template <class Use>
inline void ForVectors(std::size_t n, Use use) {
  const auto line = [&](std::size_t j, std::size_t group) __attribute__((always_inline)) {
    for (std::size_t p = 0; p < kParts; ++p) use(j + p * kLanes, group, p);
  };
  std::size_t j = 0;
  for (; j + kGroups * kLine <= n; j += kGroups * kLine) {
    line(j, 0);
    line(j + kLine, 1);
    line(j + 2 * kLine, 2);
    line(j + 3 * kLine, 3);
  }
  if (j < n) line(j, 0);
  if (j + kLine < n) line(j + kLine, 1);
  if (j + 2 * kLine < n) line(j + 2 * kLine, 2);
}

// Folds all lanes to one number, always in the same order: halves onto each other, again and again.
template <class Fold>
inline float Folded(const Lanes& lanes, Fold fold) {
  Floats line[kParts];
  for (std::size_t p = 0; p < kParts; ++p) {
    line[p] = fold(fold(lanes[0][p], lanes[1][p]), fold(lanes[2][p], lanes[3][p]));
  }
#if defined(__AVX512F__)
  const __m256 eight = fold(_mm512_castps512_ps256(line[0]), _mm512_extractf32x8_ps(line[0], 1));
  const __m128 four = fold(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
#elif defined(__AVX2__) && defined(__FMA__)
  const __m256 eight = fold(line[0], line[1]);
  const __m128 four = fold(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
#else
  const __m128 four = fold(fold(line[0], line[2]), fold(line[1], line[3]));
#endif
  const __m128 two = fold(four, _mm_movehl_ps(four, four));
  return fold(two, _mm_shuffle_ps(two, two, 1))[0];
}
inline float Sum(const Lanes& lanes) {
  return Folded(lanes, [](auto a, auto b) { return a + b; });
}
inline float Largest(const Lanes& lanes) {
  return Folded(lanes, [](auto a, auto b) { return a > b ? a : b; });
}
inline void Fill(Lanes& lanes, float x) {
  for (auto& group : lanes) {
    for (Floats& part : group) part = All(x);
  }
}

// Adding this rounds a float of less than 2^22 to a whole number, which its low bits then hold.
constexpr float kRound = 12582912;  // 1.5 * 2^23

// 2^x to 1e-7 of it, for -126 <= x <= 126: 2^n times a polynomial (least largest error, by
// Lawson's algorithm) of the rest in [-1/2, 1/2].
inline Floats Exp2(Floats x) {
  const Floats rounded = x + kRound;
  const Floats rest = x - (rounded - kRound);
  Floats p = MultiplyAdd(All(0.001327647129073739f), rest, All(0.009675540961325169f));
  p = MultiplyAdd(p, rest, All(0.05550713092088699f));
  p = MultiplyAdd(p, rest, All(0.24022120237350464f));
  p = MultiplyAdd(p, rest, All(0.6931469440460205f));
  p = MultiplyAdd(p, rest, All(1.0000001192092896f));
  return As<Floats>(As<Ints>(p) + (As<Ints>(rounded) << 23));
}

// 1 / x to 2e-7 of it, for 1 <= x <= 2^100: a guess from the exponent's bits, then Newton's steps.
// A division would take as long as all the rest of Gelu, the processor's estimates differ.
inline Floats Inverse(Floats x) {
  Floats y = As<Floats>(0x7ef311c7 - As<Ints>(x));
  for (int step = 0; step < 3; ++step) y = MultiplyAdd(y, MultiplyAdd(-x, y, All(1)), y);
  return y;
}

// x / (1 + e^(-2u)), u = sqrt(2 / pi) * (x + 0.044715 x^3); powers of two, hence the constants.
inline Floats Gelu(Floats x) {
  constexpr float kLinear = -2.302208198f, kCubic = -0.1029432397f;
  const Floats power = x * MultiplyAdd(x * x, All(kCubic), All(kLinear));
  const Floats bounded = Smaller(Larger(power, All(-100)), All(100));
  return x * Inverse(1 + Exp2(bounded));
}

// c[rows][vectors * kLanes] = shift + a[rows][depth] b[depth][...], each sum from first to last.
template <std::size_t rows, std::size_t vectors>
inline void Tile(const float* a, std::size_t a_stride, std::size_t depth, const float* b,
                 std::size_t b_stride, const float* shift, float* c, std::size_t c_stride) {
  Floats sum[rows][vectors];
  for (std::size_t v = 0; v < vectors; ++v) {
    const Floats first = shift == nullptr ? All(0) : Load(shift + v * kLanes);
    for (std::size_t r = 0; r < rows; ++r) sum[r][v] = first;
  }
  for (std::size_t k = 0; k < depth; ++k) {
    Floats row[vectors];
    for (std::size_t v = 0; v < vectors; ++v) row[v] = Load(b + k * b_stride + v * kLanes);
#pragma GCC unroll 8
    for (std::size_t r = 0; r < rows; ++r) {
      const Floats x = All(a[r * a_stride + k]);
      for (std::size_t v = 0; v < vectors; ++v) sum[r][v] = MultiplyAdd(x, row[v], sum[r][v]);
    }
  }
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t v = 0; v < vectors; ++v) Store(sum[r][v], c + r * c_stride + v * kLanes);
  }
}

// Tile for any number of rows: kTileRows at a time, then half as many, and so on.
template <std::size_t vectors, std::size_t tile_rows = kTileRows>
inline void Tiles(const float* a, std::size_t a_stride, std::size_t rows, std::size_t depth,
                  const float* b, std::size_t b_stride, const float* shift, float* c,
                  std::size_t c_stride) {
  for (; rows >= tile_rows; rows -= tile_rows) {
    Tile<tile_rows, vectors>(a, a_stride, depth, b, b_stride, shift, c, c_stride);
    a += tile_rows * a_stride;
    c += tile_rows * c_stride;
  }
  if constexpr (tile_rows > 1) {
    Tiles<vectors, tile_rows / 2>(a, a_stride, rows, depth, b, b_stride, shift, c, c_stride);
  }
}

void Multiply(const float* x, std::size_t x_stride, std::size_t rows, std::size_t inputs,
              const float* w, const float* shift, std::size_t outputs, float* y,
              std::size_t y_stride) {
  for (std::size_t o = 0; o < outputs; o += 2 * kLanes) {
    Tiles<2>(x, x_stride, rows, inputs, w + o / kPanel * kPanel * inputs + o % kPanel, kPanel,
             shift == nullptr ? nullptr : shift + o, y + o, y_stride);
  }
}

// Narrows kLine numbers of 0 to 255.
inline void StoreBytes(const Ints (&numbers)[kParts], std::uint8_t* out) {
#if defined(__AVX512F__)
  const __m128i bytes = _mm512_cvtepi32_epi8(As<__m512i>(numbers[0]));
#elif defined(__AVX2__) && defined(__FMA__)
  const __m256i words = _mm256_permute4x64_epi64(
      _mm256_packs_epi32(As<__m256i>(numbers[0]), As<__m256i>(numbers[1])), 0b11011000);
  const __m128i bytes =
      _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
#else
  const __m128i bytes =
      _mm_packus_epi16(_mm_packs_epi32(As<__m128i>(numbers[0]), As<__m128i>(numbers[1])),
                       _mm_packs_epi32(As<__m128i>(numbers[2]), As<__m128i>(numbers[3])));
#endif
  Store(bytes, out);
}

float Quantise(const float* x, std::size_t n, std::uint8_t* out) {
  Lanes largest;
  Fill(largest, 1e-8f * 127);
  ForVectors(n, [&](std::size_t j, std::size_t g, std::size_t p) {
    largest[g][p] = Larger(largest[g][p], Magnitude(Load(x + j)));
  });
  const float most = Largest(largest);
  const Floats inverse = All(127 / most), shift = All(kRound + 128);
  for (std::size_t j = 0; j < n; j += kLine) {
    Ints bytes[kParts];
    for (std::size_t p = 0; p < kParts; ++p) {
      bytes[p] = As<Ints>(MultiplyAdd(Load(x + j + p * kLanes), inverse, shift)) & 255;
    }
    StoreBytes(bytes, out + j);
  }
  return most / 127;
}

void Dequantise(const std::int32_t* sums, const std::int32_t* shift, float row_scale,
                const float* scale, const float* bias, std::size_t n, float* y) {
  for (std::size_t j = 0; j < n; j += kLanes) {
    const Floats sum = __builtin_convertvector(Load(sums + j) + Load(shift + j), Floats);
    Store(MultiplyAdd(sum * row_scale, Load(scale + j), Load(bias + j)), y + j);
  }
}

void GeluOf(float* x, std::size_t n) {
  for (std::size_t j = 0; j < n; j += kLanes) Store(Gelu(Load(x + j)), x + j);
}

void AddAndNormalise(float* x, const float* y, std::size_t n, float epsilon, const float* gain,
                     const float* shift) {
  Lanes sums = {}, squares = {};
  ForVectors(n, [&](std::size_t j, std::size_t g, std::size_t p) {
    const Floats both = Load(x + j) + Load(y + j);
    Store(both, x + j);
    sums[g][p] += both;
  });
  const float mean = Sum(sums) / static_cast<float>(n);
  ForVectors(n, [&](std::size_t j, std::size_t g, std::size_t p) {
    const Floats apart = Load(x + j) - mean;
    squares[g][p] = MultiplyAdd(apart, apart, squares[g][p]);
  });
  const float inverse = 1 / __builtin_sqrtf(Sum(squares) / static_cast<float>(n) + epsilon);
  for (std::size_t j = 0; j < n; j += kLanes) {
    Store(MultiplyAdd((Load(x + j) - mean) * inverse, Load(gain + j), Load(shift + j)), x + j);
  }
}

void Transpose(const float* x, std::size_t x_stride, std::size_t rows, std::size_t columns,
               float* y, std::size_t y_stride) {
  for (std::size_t r = 0; r < rows; r += 4) {
    for (std::size_t c = 0; c < columns; c += 4) {
      const float* const from = x + r * x_stride + c;
      float* const to = y + c * y_stride + r;
      __m128 a = _mm_loadu_ps(from), b = _mm_loadu_ps(from + x_stride),
             d = _mm_loadu_ps(from + 2 * x_stride), e = _mm_loadu_ps(from + 3 * x_stride);
      _MM_TRANSPOSE4_PS(a, b, d, e);
      _mm_storeu_ps(to, a);
      _mm_storeu_ps(to + y_stride, b);
      _mm_storeu_ps(to + 2 * y_stride, d);
      _mm_storeu_ps(to + 3 * y_stride, e);
    }
  }
}

// Makes a row of scores, given as powers of two, weights that sum to the number returned.
inline float Soften(float* scores, std::size_t n) {
  const std::size_t padded = (n + kLine - 1) / kLine * kLine;
  for (std::size_t j = n; j < padded; ++j) scores[j] = -1e30f;
  Lanes largest, sums = {};
  Fill(largest, -1e30f);
  ForVectors(padded, [&](std::size_t j, std::size_t g, std::size_t p) {
    largest[g][p] = Larger(largest[g][p], Load(scores + j));
  });
  const float most = Largest(largest);
  ForVectors(padded, [&](std::size_t j, std::size_t g, std::size_t p) {
    const Floats weight = Exp2(Larger(Load(scores + j) - most, All(-126)));
    sums[g][p] += weight;
    Store(weight, scores + j);
  });
  return Sum(sums);
}

// Some queries at a time, so that their scores stay in the first cache.
void Attend(const AttentionHead& head) {
  for (std::size_t i = 0; i < head.rows; i += kQueryRows) {
    for (std::size_t j = 0; j < head.rows; j += 2 * kLanes) {
      Tiles<2>(head.queries + i * head.lanes, head.lanes, kQueryRows, head.depth, head.keys + j,
               head.key_stride, nullptr, head.scores + j, head.key_stride);
    }
    float inverse[kQueryRows];
    for (std::size_t r = 0; r < kQueryRows; ++r) {
      inverse[r] = 1 / Soften(head.scores + r * head.key_stride, head.rows);
    }
    float* const out = head.out + i * head.out_stride;
    const std::size_t pairs = head.lanes / (2 * kLanes) * (2 * kLanes);
    for (std::size_t d = 0; d < pairs; d += 2 * kLanes) {
      Tiles<2>(head.scores, head.key_stride, kQueryRows, head.rows, head.values + d, head.lanes,
               nullptr, out + d, head.out_stride);
    }
    if (pairs < head.lanes) {
      Tiles<1>(head.scores, head.key_stride, kQueryRows, head.rows, head.values + pairs, head.lanes,
               nullptr, out + pairs, head.out_stride);
    }
    for (std::size_t r = 0; r < kQueryRows; ++r) {
      for (std::size_t d = 0; d < head.lanes; d += kLanes) {
        float* at = out + r * head.out_stride + d;
        Store(Load(at) * inverse[r], at);
      }
    }
  }
}

void Convolve(const float* x, std::size_t rows, std::size_t n, const float* w, std::size_t taps,
              const float* shift, float* y) {
  for (std::size_t t = 0; t < rows; ++t) {
    for (std::size_t j = 0; j < n; j += kLanes) {
      Floats sum = Load(shift + j);
      for (std::size_t k = 0; k < taps; ++k) {
        const std::size_t from = t + k - taps / 2;  // below zero: wraps to more than any row
        if (from < rows) {
          sum = MultiplyAdd(Load(x + from * n + j), Load(w + k * n + j), sum);
        }
      }
      Store(sum, y + t * n + j);
    }
  }
}

// NOLINTEND(misc-definitions-in-headers)
}  // namespace
}  // namespace hearsay::model
