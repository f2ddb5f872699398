// A matrix of int8 weights, packed for products with rows of uint8: by oneDNN, whose only face this
// is, or as a BundledMatrix where the processor has AVX2 but neither AVX-512 nor VNNI.  There that
// is some 1.4 times as fast; elsewhere oneDNN has instructions that do as much at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "graph/base/result.h"

namespace hearsay::model {

// Thread safety: any method, any thread.
class Int8Matrix {
 public:
  static constexpr int kWeightMax = 63;  // so that two products fit 16 bits
  // `weights` is [outputs][inputs], of magnitudes up to kWeightMax, and may go afterwards.
  static Result<std::unique_ptr<const Int8Matrix>> Pack(std::span<const std::int8_t> weights,
                                                        std::size_t outputs, std::size_t inputs);
  // The same by oneDNN on any processor.
  static Result<std::unique_ptr<const Int8Matrix>> PackByOneDnn(
      std::span<const std::int8_t> weights, std::size_t outputs, std::size_t inputs);
  virtual ~Int8Matrix() = default;

  static constexpr std::size_t kRowStep = 16;
  static constexpr std::size_t kRowsMax = 64;
  // sums[r][o] = sum over i of x[r][i] * weights[o][i], exactly.  REQUIRES: `rows` is a multiple of
  // kRowStep and at most kRowsMax.  Runs in the calling thread alone.
  virtual void Multiply(const std::uint8_t* x, std::size_t rows, std::int32_t* sums) const = 0;
};

}  // namespace hearsay::model
