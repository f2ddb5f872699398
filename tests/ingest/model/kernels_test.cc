// Every kernel against plain loops in double, and AVX2 against AVX-512 bit for bit.
#include "ingest/model/kernels.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "ingest/model/array.h"

namespace hearsay::model {
namespace {

std::vector<const Kernels*> Runnable() {
  std::vector<const Kernels*> all = {&Sse2Kernels()};
  if (HasAvx2()) all.push_back(&Avx2Kernels());
  if (HasAvx512()) all.push_back(&Avx512Kernels());
  return all;
}

class Numbers {
 public:
  Array<float> Normal(std::size_t n, float deviation = 1) {
    std::normal_distribution<float> normal(0, deviation);
    Array<float> numbers(n);
    for (float& x : numbers) x = normal(random_);
    return numbers;
  }
  std::vector<std::int32_t> Whole(std::size_t n, std::int32_t most) {
    std::uniform_int_distribution<std::int32_t> uniform(-most, most);
    std::vector<std::int32_t> numbers(n);
    for (std::int32_t& x : numbers) x = uniform(random_);
    return numbers;
  }

 private:
  std::mt19937 random_{7};
};

double Gelu(double x) {
  return 0.5 * x * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
}

// Runs `make` with every runnable set of kernels: its numbers are within `tolerance` of `expected`,
// and the same from AVX2 and AVX-512.
template <class Make>
void Check(const std::vector<double>& expected, double tolerance, Make make) {
  std::vector<Array<float>> all;
  for (const Kernels* kernels : Runnable()) {
    all.push_back(make(*kernels));
    REQUIRE(all.back().size() == expected.size());
    double apart = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      apart = std::max(apart, std::abs(all.back()[i] - expected[i]));
    }
    INFO(kernels->name);
    CHECK(apart <= tolerance);
  }
  if (all.size() == 3) CHECK(all[1] == all[2]);
}

TEST_CASE("kernels multiply") {
  Numbers numbers;
  const std::size_t rows = 21, inputs = 37, outputs = 96, x_stride = 40, y_stride = 100;
  const Array<float> x = numbers.Normal(rows * x_stride), w = numbers.Normal(inputs * outputs),
                     shift = numbers.Normal(outputs);
  std::vector<double> expected(rows * y_stride);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t o = 0; o < outputs; ++o) {
      double sum = shift[o];
      for (std::size_t i = 0; i < inputs; ++i) {
        sum +=
            double{x[r * x_stride + i]} * w[o / kPanel * kPanel * inputs + i * kPanel + o % kPanel];
      }
      expected[r * y_stride + o] = sum;
    }
  }
  Check(expected, 2e-5, [&](const Kernels& kernels) {
    Array<float> y(rows * y_stride);
    kernels.multiply(x.data(), x_stride, rows, inputs, w.data(), shift.data(), outputs, y.data(),
                     y_stride);
    return y;
  });
}

TEST_CASE("kernels quantise and take it back") {
  Numbers numbers;
  for (const std::size_t n : {16U, 48U, 384U}) {
    const Array<float> x = numbers.Normal(n, 3);
    const float most = std::abs(*std::max_element(
        x.begin(), x.end(), [](float a, float b) { return std::abs(a) < std::abs(b); }));
    std::vector<double> expected(n + 1);
    for (std::size_t j = 0; j < n; ++j) expected[j] = std::nearbyint(x[j] / most * 127) + 128;
    expected[n] = most / 127;
    Check(expected, 1e-8, [&](const Kernels& kernels) {
      std::vector<std::uint8_t> bytes(n);
      Array<float> found(n + 1);
      found[n] = kernels.quantise(x.data(), n, bytes.data());
      std::copy(bytes.begin(), bytes.end(), found.begin());
      return found;
    });
  }
  SECTION("a row of zeros") {
    const Array<float> zeros(32);
    for (const Kernels* kernels : Runnable()) {
      std::vector<std::uint8_t> bytes(32);
      CHECK(kernels->quantise(zeros.data(), 32, bytes.data()) > 0);
      CHECK(bytes == std::vector<std::uint8_t>(32, 128));
    }
  }
  SECTION("sums of products") {
    const std::size_t n = 80;
    const std::vector<std::int32_t> sums = numbers.Whole(n, 12'000'000),
                                    shift = numbers.Whole(n, 4'000'000);
    const Array<float> scale = numbers.Normal(n, 0.01f), bias = numbers.Normal(n);
    std::vector<double> expected(n);
    for (std::size_t j = 0; j < n; ++j) {
      expected[j] = (double{0.001f} * (sums[j] + shift[j])) * scale[j] + bias[j];
    }
    Check(expected, 1e-3, [&](const Kernels& kernels) {
      Array<float> y(n);
      kernels.dequantise(sums.data(), shift.data(), 0.001f, scale.data(), bias.data(), n, y.data());
      return y;
    });
  }
}

TEST_CASE("kernels compute GELU everywhere") {
  Array<float> x;
  for (float at = -40; at <= 40; at += 0.01f) x.push_back(at);
  for (const float at : {0.0f, -0.0f, 1e20f, -1e20f, 1e-30f, 300.0f, -300.0f}) x.push_back(at);
  x.resize(RoundUp(x.size(), kLine));
  for (const Kernels* kernels : Runnable()) {
    Array<float> y = x;
    kernels->gelu(y.data(), y.size());
    double apart = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double wanted = Gelu(double{x[i]});
      apart = std::max(apart, std::abs(y[i] - wanted) / (1 + std::abs(wanted)));
    }
    INFO(kernels->name);
    CHECK(apart < 1e-6);
  }
  if (HasAvx512()) {
    Array<float> a = x, b = x;
    Avx2Kernels().gelu(a.data(), a.size());
    Avx512Kernels().gelu(b.data(), b.size());
    CHECK(a == b);
  }
}

TEST_CASE("kernels add and normalise") {
  Numbers numbers;
  for (const std::size_t n : {16U, 32U, 48U, 80U, 384U}) {
    const Array<float> x = numbers.Normal(n), y = numbers.Normal(n), gain = numbers.Normal(n),
                       shift = numbers.Normal(n);
    double mean = 0, variance = 0;
    for (std::size_t j = 0; j < n; ++j) mean += (double{x[j]} + y[j]) / static_cast<double>(n);
    for (std::size_t j = 0; j < n; ++j) {
      variance += std::pow(double{x[j]} + y[j] - mean, 2) / static_cast<double>(n);
    }
    std::vector<double> expected(n);
    for (std::size_t j = 0; j < n; ++j) {
      expected[j] = (double{x[j]} + y[j] - mean) / std::sqrt(variance + 1e-5) * gain[j] + shift[j];
    }
    Check(expected, 1e-5, [&](const Kernels& kernels) {
      Array<float> found = x;
      kernels.add_and_normalise(found.data(), y.data(), n, 1e-5f, gain.data(), shift.data());
      return found;
    });
  }
}

TEST_CASE("kernels transpose") {
  Numbers numbers;
  const std::size_t rows = 8, columns = 12;
  const Array<float> x = numbers.Normal(rows * 13);
  std::vector<double> expected(columns * 9);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) expected[c * 9 + r] = x[r * 13 + c];
  }
  Check(expected, 0, [&](const Kernels& kernels) {
    Array<float> y(columns * 9);
    kernels.transpose(x.data(), 13, rows, columns, y.data(), 9);
    return y;
  });
}

TEST_CASE("kernels attend") {
  Numbers numbers;
  struct Size {
    std::size_t rows, depth;
  };
  const Size size =
      GENERATE(Size{1, 12}, Size{16, 16}, Size{37, 32}, Size{250, 32}, Size{70, 64}, Size{33, 48});
  const std::size_t rows = size.rows, depth = size.depth;
  const std::size_t lanes = RoundUp(depth, kLine), padded = RoundUp(rows, kAttentionRows);
  const std::size_t key_stride = RoundUp(rows, kPanel), out_stride = lanes + kLine;
  const Array<float> queries = numbers.Normal(padded * lanes),
                     keys = numbers.Normal(depth * key_stride),
                     values = numbers.Normal(rows * lanes);
  std::vector<double> expected(rows * lanes);
  for (std::size_t i = 0; i < rows; ++i) {
    std::vector<double> weights(rows);
    double most = -1e30, sum = 0;
    for (std::size_t j = 0; j < rows; ++j) {
      for (std::size_t d = 0; d < depth; ++d) {
        weights[j] += double{queries[i * lanes + d]} * keys[d * key_stride + j];
      }
      most = std::max(most, weights[j]);
    }
    for (double& weight : weights) sum += weight = std::exp2(weight - most);
    for (std::size_t j = 0; j < rows; ++j) {
      for (std::size_t d = 0; d < lanes; ++d) {
        expected[i * lanes + d] += weights[j] / sum * values[j * lanes + d];
      }
    }
  }
  Check(expected, 1e-5, [&](const Kernels& kernels) {
    Array<float> scores(kAttentionRows * key_stride), out(padded * out_stride);
    AttentionHead head;
    head.queries = queries.data();
    head.keys = keys.data();
    head.values = values.data();
    head.rows = rows;
    head.depth = depth;
    head.lanes = lanes;
    head.key_stride = key_stride;
    head.scores = scores.data();
    head.out = out.data();
    head.out_stride = out_stride;
    kernels.attend(head);
    Array<float> found;
    for (std::size_t i = 0; i < rows; ++i) {
      found.insert(found.end(), out.begin() + static_cast<std::ptrdiff_t>(i * out_stride),
                   out.begin() + static_cast<std::ptrdiff_t>(i * out_stride + lanes));
    }
    return found;
  });
}

TEST_CASE("kernels convolve") {
  Numbers numbers;
  const std::size_t n = 48, taps = 7;
  for (const std::size_t rows : {1U, 3U, 20U}) {
    const Array<float> x = numbers.Normal(rows * n), w = numbers.Normal(taps * n),
                       shift = numbers.Normal(n);
    std::vector<double> expected(rows * n);
    for (std::size_t t = 0; t < rows; ++t) {
      for (std::size_t j = 0; j < n; ++j) {
        double sum = shift[j];
        for (std::size_t k = 0; k < taps; ++k) {
          const auto from = static_cast<std::ptrdiff_t>(t + k) - 3;
          if (from < 0 || from >= static_cast<std::ptrdiff_t>(rows)) continue;
          sum += double{x[static_cast<std::size_t>(from) * n + j]} * w[k * n + j];
        }
        expected[t * n + j] = sum;
      }
    }
    Check(expected, 1e-5, [&](const Kernels& kernels) {
      Array<float> y(rows * n);
      kernels.convolve(x.data(), rows, n, w.data(), taps, shift.data(), y.data());
      return y;
    });
  }
}

}  // namespace
}  // namespace hearsay::model
