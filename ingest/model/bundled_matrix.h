// An Int8Matrix for AVX2 without VNNI: see bundle_kernel.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ingest/model/array.h"
#include "ingest/model/bundle_kernel.h"
#include "ingest/model/int8_matrix.h"

namespace hearsay::model {

class BundledMatrix : public Int8Matrix {
 public:
  // Arguments as those of Int8Matrix::Pack.  REQUIRES: `outputs` is a multiple of kPanelOutputs,
  // `inputs` one of kStepInputs and below 2^16.  Takes some 5 ns a weight.
  BundledMatrix(std::span<const std::int8_t> weights, std::size_t outputs, std::size_t inputs);

  void Multiply(const std::uint8_t* x, std::size_t rows, std::int32_t* sums) const override;

  const std::vector<BundlePanel>& panels() const { return panels_; }

 private:
  const std::size_t outputs_, inputs_;
  Array<std::int8_t> weights_;
  std::vector<std::uint16_t> step_inputs_;
  std::vector<BundlePanel> panels_;  // into the two above
};

}  // namespace hearsay::model
