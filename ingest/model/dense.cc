#include "ingest/model/dense.h"

#include <algorithm>
#include <vector>

#include "graph/base/check.h"

namespace hearsay::model {

Dense::Dense(std::span<const float> weights, std::span<const float> bias, std::size_t outputs,
             std::size_t inputs)
    : inputs_(inputs), panels_(RoundUp(outputs, kPanel) * inputs), bias_(RoundUp(outputs, kPanel)) {
  HEARSAY_CHECK(weights.size() == outputs * inputs && bias.size() <= outputs);
  for (std::size_t o = 0; o < outputs; ++o) {
    float* const column = panels_.data() + o / kPanel * kPanel * inputs + o % kPanel;
    for (std::size_t i = 0; i < inputs; ++i) column[i * kPanel] = weights[o * inputs + i];
  }
  std::copy(bias.begin(), bias.end(), bias_.begin());
}

Result<Dense> Dense::Load(const WeightsFile& file, const std::string& name, std::size_t outputs,
                          std::size_t inputs) {
  HEARSAY_ASSIGN_OR_RETURN(const auto weights, file.Floats(name + ".weight", outputs * inputs));
  HEARSAY_ASSIGN_OR_RETURN(const auto bias, file.Floats(name + ".bias", outputs));
  return Dense(weights, bias, outputs, inputs);
}

}  // namespace hearsay::model
