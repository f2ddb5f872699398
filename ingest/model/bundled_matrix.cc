#include "ingest/model/bundled_matrix.h"

#include <array>
#include <cstdlib>
#include <limits>
#include <utility>

#include "graph/base/check.h"

namespace hearsay::model {
namespace {

// Each sum of 16 bits takes two inputs of a step.
constexpr std::size_t kSums = kPanelOutputs * kStepInputs / 2;
// What the positive weights in one sum may come to, and the negative ones: times 255 it still fits.
constexpr int kMost =
    std::numeric_limits<std::int16_t>::max() / std::numeric_limits<std::uint8_t>::max();
static_assert(2 * Int8Matrix::kWeightMax <= kMost, "a step alone fits");
// So many bundles wait to be filled; the model's matrices hardly pack better with more.
constexpr std::size_t kOpenMax = 8;

// What weights come to in each sum: positive ones, then negative ones.
using Load = std::array<std::int16_t, 2 * kSums>;

Load LoadOf(const std::int8_t* weights, std::size_t inputs) {
  Load load = {};
  for (std::size_t o = 0; o < kPanelOutputs; ++o) {
    for (std::size_t i = 0; i < kStepInputs; ++i) {
      const std::int8_t w = weights[o * inputs + i];
      std::int16_t& sum = load[(w < 0 ? kSums : 0) + (o * kStepInputs + i) / 2];
      sum = static_cast<std::int16_t>(sum + std::abs(w));
    }
  }
  return load;
}

struct Bundle {
  std::vector<std::size_t> steps;
  Load load = {};

  bool Fits(const Load& more) const {
    int over = 0;
    for (std::size_t i = 0; i < load.size(); ++i) over += load[i] + more[i] > kMost;
    return over == 0;
  }
  void Add(std::size_t step, const Load& more) {
    steps.push_back(step);
    for (std::size_t i = 0; i < load.size(); ++i) {
      load[i] = static_cast<std::int16_t>(load[i] + more[i]);
    }
  }
};

// The bundles of one panel, [k] those of k + 1 steps: each step in the first where it fits.
using Bundles = std::array<std::vector<Bundle>, kBundleSteps>;
Bundles FirstFit(const std::int8_t* weights, std::size_t inputs) {
  Bundles closed;
  std::vector<Bundle> open;
  const auto close = [&](std::size_t which) {
    closed[open[which].steps.size() - 1].push_back(std::move(open[which]));
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(which));
  };
  for (std::size_t step = 0; step < inputs / kStepInputs; ++step) {
    const Load load = LoadOf(weights + step * kStepInputs, inputs);
    std::size_t at = 0;
    while (at < open.size() && !open[at].Fits(load)) ++at;
    if (at == open.size()) {
      if (at == kOpenMax) close(0);
      open.emplace_back();
      at = open.size() - 1;
    }
    open[at].Add(step, load);
    if (open[at].steps.size() == kBundleSteps) close(at);
  }
  while (!open.empty()) close(0);
  return closed;
}

}  // namespace

BundledMatrix::BundledMatrix(std::span<const std::int8_t> weights, std::size_t outputs,
                             std::size_t inputs)
    : outputs_(outputs), inputs_(inputs) {
  HEARSAY_CHECK(weights.size() == outputs * inputs && outputs % kPanelOutputs == 0 &&
                inputs % kStepInputs == 0 && inputs < 1U << 16);
  weights_.reserve(weights.size());
  step_inputs_.reserve(weights.size() / kPanelOutputs / kStepInputs);
  for (std::size_t first = 0; first < outputs; first += kPanelOutputs) {
    const std::int8_t* const from = weights.data() + first * inputs;
    BundlePanel panel = {
        weights_.data() + weights_.size(), step_inputs_.data() + step_inputs_.size(), {}};
    const Bundles bundles = FirstFit(from, inputs);
    for (std::size_t k = kBundleSteps; k-- > 0;) {
      panel.bundles[k] = bundles[k].size();
      for (const Bundle& bundle : bundles[k]) {
        for (const std::size_t step : bundle.steps) {
          step_inputs_.push_back(static_cast<std::uint16_t>(step * kStepInputs));
          for (std::size_t o = 0; o < kPanelOutputs; ++o) {
            const std::int8_t* const w = from + o * inputs + step * kStepInputs;
            weights_.insert(weights_.end(), w, w + kStepInputs);
          }
        }
      }
    }
    panels_.push_back(panel);
  }
}

void BundledMatrix::Multiply(const std::uint8_t* x, std::size_t rows, std::int32_t* sums) const {
  HEARSAY_CHECK(rows % kRowStep == 0 && rows > 0 && rows <= kRowsMax);
  for (const BundlePanel& panel : panels_) {
    MultiplyBundles(panel, x, inputs_, rows, sums, outputs_);
    sums += kPanelOutputs;
  }
}

}  // namespace hearsay::model
