// Nothing of the standard library is instantiated here: see kernels_simd.h.
#include <immintrin.h>

#include "ingest/model/bundle_kernel.h"

namespace hearsay::model {
namespace {

constexpr std::size_t kVectors = 2, kVectorBytes = 32;  // of a panel's step
constexpr std::size_t kTileRows = 3;  // their sums, of 16 and of 32 bits, fill 12 of 16 registers

// Adds `count` bundles of `steps` steps to the sums of `rows` rows and moves on in the panel.
template <std::size_t rows, std::size_t steps>
inline void AddBundles(std::size_t count, const std::uint8_t* x, std::size_t x_stride,
                       const std::int8_t** weights, const std::uint16_t** inputs,
                       __m256i (&sums)[rows][kVectors]) {
  const std::int8_t* w = *weights;
  const std::uint16_t* at = *inputs;
  const __m256i ones = _mm256_set1_epi16(1);
  for (; count > 0; --count) {
    __m256i narrow[rows][kVectors];
#pragma GCC unroll 4
    for (std::size_t s = 0; s < steps; ++s) {
      const auto* const step = reinterpret_cast<const __m256i*>(w + s * kVectors * kVectorBytes);
      const __m256i first = _mm256_load_si256(step), second = _mm256_load_si256(step + 1);
#pragma GCC unroll 4
      for (std::size_t r = 0; r < rows; ++r) {
        std::int32_t four = 0;
        static_assert(sizeof four == kStepInputs);
        __builtin_memcpy(&four, x + r * x_stride + at[s], sizeof four);
        const __m256i row = _mm256_set1_epi32(four);
        const __m256i a = _mm256_maddubs_epi16(row, first), b = _mm256_maddubs_epi16(row, second);
        narrow[r][0] = s == 0 ? a : _mm256_add_epi16(narrow[r][0], a);
        narrow[r][1] = s == 0 ? b : _mm256_add_epi16(narrow[r][1], b);
      }
    }
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t v = 0; v < kVectors; ++v) {
        sums[r][v] = _mm256_add_epi32(sums[r][v], _mm256_madd_epi16(narrow[r][v], ones));
      }
    }
    w += steps * kVectors * kVectorBytes;
    at += steps;
  }
  *weights = w;
  *inputs = at;
}

template <std::size_t rows>
void Tile(const BundlePanel& panel, const std::uint8_t* x, std::size_t x_stride, std::int32_t* out,
          std::size_t out_stride) {
  __m256i sums[rows][kVectors];
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] = _mm256_setzero_si256();
  }
  const std::int8_t* weights = panel.weights;
  const std::uint16_t* inputs = panel.inputs;
  static_assert(kBundleSteps == 3);
  AddBundles<rows, 3>(panel.bundles[2], x, x_stride, &weights, &inputs, sums);
  AddBundles<rows, 2>(panel.bundles[1], x, x_stride, &weights, &inputs, sums);
  AddBundles<rows, 1>(panel.bundles[0], x, x_stride, &weights, &inputs, sums);
  for (std::size_t r = 0; r < rows; ++r) {
    auto* const to = reinterpret_cast<__m256i*>(out + r * out_stride);
    for (std::size_t v = 0; v < kVectors; ++v) _mm256_storeu_si256(to + v, sums[r][v]);
  }
}

}  // namespace

void MultiplyBundles(const BundlePanel& panel, const std::uint8_t* x, std::size_t x_stride,
                     std::size_t rows, std::int32_t* sums, std::size_t sums_stride) {
  for (; rows >= kTileRows; rows -= kTileRows) {
    Tile<kTileRows>(panel, x, x_stride, sums, sums_stride);
    x += kTileRows * x_stride;
    sums += kTileRows * sums_stride;
  }
  if (rows == 2) Tile<2>(panel, x, x_stride, sums, sums_stride);
  if (rows == 1) Tile<1>(panel, x, x_stride, sums, sums_stride);
}

}  // namespace hearsay::model
