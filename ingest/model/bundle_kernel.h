// Products of int8 weights on AVX2 without dot products of bytes (VNNI).
//
// Such a processor multiplies bytes in pairs and adds each pair into 16 bits (vpmaddubsw); widening
// every such sum to 32 bits at once takes as many multiplications again.  So some sums are added in
// 16 bits first, as FBGEMM does (Khudia et al. 2021).  There outliers among the weights are kept
// apart; here inputs are taken in an order in which no sum can overflow, whatever the row holds
// (BundledMatrix finds it): fours of inputs ("steps") stand in bundles of up to kBundleSteps.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hearsay::model {

constexpr std::size_t kStepInputs = 4;
constexpr std::size_t kBundleSteps = 3;
constexpr std::size_t kPanelOutputs = 16;

// The weights of kPanelOutputs outputs.
struct BundlePanel {
  const std::int8_t* weights;   // [steps][kPanelOutputs][kStepInputs]
  const std::uint16_t* inputs;  // [steps]: the first input of each
  std::size_t
      bundles[kBundleSteps];  // [k]: how many bundles of k + 1 steps; the larger stand first
};

// sums[r][o] = sum over i of x[r][i] * weights[o][i], exactly, for the panel's outputs and `rows`
// rows.  Compiled for x86-64-v3: only call it if HasAvx2().
void MultiplyBundles(const BundlePanel& panel, const std::uint8_t* x, std::size_t x_stride,
                     std::size_t rows, std::int32_t* sums, std::size_t sums_stride);

}  // namespace hearsay::model
