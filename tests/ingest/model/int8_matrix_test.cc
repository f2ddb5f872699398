// Exact products, by whatever packs them.
#include "ingest/model/int8_matrix.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "ingest/model/bundled_matrix.h"
#include "ingest/model/kernels.h"

namespace hearsay::model {
namespace {

using Weights = std::vector<std::int8_t>;

// Like a trained matrix: most weights are small, some as large as they may be.
Weights Trained(std::size_t n, float deviation) {
  std::mt19937 random(11);
  std::normal_distribution<float> normal(0, deviation);
  Weights weights(n);
  for (std::int8_t& w : weights) {
    w = static_cast<std::int8_t>(
        std::clamp(normal(random), -float{Int8Matrix::kWeightMax}, float{Int8Matrix::kWeightMax}));
  }
  return weights;
}

std::vector<std::unique_ptr<const Int8Matrix>> Packed(const Weights& weights, std::size_t outputs,
                                                      std::size_t inputs) {
  std::vector<std::unique_ptr<const Int8Matrix>> all;
  auto by_one_dnn = Int8Matrix::PackByOneDnn(weights, outputs, inputs);
  REQUIRE(by_one_dnn.ok());
  all.push_back(std::move(*by_one_dnn));
  if (HasAvx2()) all.push_back(std::make_unique<BundledMatrix>(weights, outputs, inputs));
  return all;
}

void CheckExact(const Weights& weights, std::size_t outputs, std::size_t inputs,
                const std::vector<std::uint8_t>& x) {
  const std::size_t rows = x.size() / inputs;
  std::vector<std::int32_t> expected(rows * outputs);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t o = 0; o < outputs; ++o) {
      for (std::size_t i = 0; i < inputs; ++i) {
        expected[r * outputs + o] += x[r * inputs + i] * weights[o * inputs + i];
      }
    }
  }
  for (const auto& matrix : Packed(weights, outputs, inputs)) {
    std::vector<std::int32_t> sums(rows * outputs, -1);
    matrix->Multiply(x.data(), rows, sums.data());
    CHECK(sums == expected);
  }
}

TEST_CASE("int8 products are exact for any number of rows") {
  const std::size_t outputs = 48, inputs = 100;
  const std::size_t rows = GENERATE(std::size_t{16}, std::size_t{32}, std::size_t{48},
                                    std::size_t{Int8Matrix::kRowsMax});
  std::mt19937 random(5);
  std::uniform_int_distribution<int> byte(0, 255);
  std::vector<std::uint8_t> x(rows * inputs);
  for (std::uint8_t& b : x) b = static_cast<std::uint8_t>(byte(random));
  CheckExact(Trained(outputs * inputs, 16), outputs, inputs, x);
}

TEST_CASE("int8 products of the largest numbers do not overflow") {
  const std::size_t outputs = 16, inputs = 64;
  const int sign = GENERATE(1, -1);
  Weights weights(outputs * inputs, static_cast<std::int8_t>(sign * Int8Matrix::kWeightMax));
  CheckExact(weights, outputs, inputs, std::vector<std::uint8_t>(16 * inputs, 255));
}

std::size_t Steps(const BundlePanel& panel) {
  std::size_t steps = 0;
  for (std::size_t k = 0; k < kBundleSteps; ++k) steps += panel.bundles[k] * (k + 1);
  return steps;
}

TEST_CASE("bundles are as large as weights allow") {
  const std::size_t outputs = 2 * kPanelOutputs, inputs = 384, steps = inputs / kStepInputs;
  const auto bundles = [&](const Weights& weights) {
    const BundledMatrix matrix(weights, outputs, inputs);
    REQUIRE(matrix.panels().size() == 2);
    for (const BundlePanel& panel : matrix.panels()) CHECK(Steps(panel) == steps);
    return matrix.panels();
  };
  SECTION("small weights fill them all") {
    for (const BundlePanel& panel : bundles(Trained(outputs * inputs, 8))) {
      CHECK(panel.bundles[2] == steps / 3);
    }
  }
  SECTION("of the largest each step stands alone") {
    for (const BundlePanel& panel : bundles(Weights(outputs * inputs, Int8Matrix::kWeightMax))) {
      CHECK(panel.bundles[0] == steps);
    }
  }
  SECTION("each step stands in one") {
    const BundledMatrix matrix(Trained(outputs * inputs, 24), outputs, inputs);
    for (const BundlePanel& panel : matrix.panels()) {
      CHECK(panel.bundles[1] > 0);
      std::vector<bool> seen(steps);
      for (std::size_t s = 0; s < steps; ++s) {
        CHECK(panel.inputs[s] % kStepInputs == 0);
        seen[panel.inputs[s] / kStepInputs] = true;
      }
      CHECK(std::count(seen.begin(), seen.end(), true) == static_cast<std::ptrdiff_t>(steps));
    }
  }
}

}  // namespace
}  // namespace hearsay::model
