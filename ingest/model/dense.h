// A float matrix with a bias, laid out for Kernels::multiply.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "graph/base/result.h"
#include "ingest/model/array.h"
#include "ingest/model/kernels.h"
#include "ingest/model/weights_file.h"

namespace hearsay::model {

class Dense {
 public:
  Dense() = default;
  // `weights` is [outputs][inputs]; `bias` holds one number an output, or none.
  Dense(std::span<const float> weights, std::span<const float> bias, std::size_t outputs,
        std::size_t inputs);
  // The tensors NAME.weight and NAME.bias.
  static Result<Dense> Load(const WeightsFile& file, const std::string& name, std::size_t outputs,
                            std::size_t inputs);

  std::size_t inputs() const { return inputs_; }
  // Floats of a row of outputs: their number rounded up to kPanel, zero behind the last.
  std::size_t stride() const { return bias_.size(); }

  // y[r] = W x[r] + bias for `rows` rows, y with stride() floats a row.
  void Multiply(const Kernels& kernels, const float* x, std::size_t x_stride, std::size_t rows,
                float* y) const {
    kernels.multiply(x, x_stride, rows, inputs_, panels_.data(), bias_.data(), stride(), y,
                     stride());
  }

 private:
  std::size_t inputs_ = 0;
  Array<float> panels_;
  Array<float> bias_;
};

}  // namespace hearsay::model
