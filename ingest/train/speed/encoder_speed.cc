// How fast one core runs a BERT-like encoder in int8, with random weights; measure.sh runs it.
//
// The four projections of a layer are oneDNN matmuls on the 256 rows of a window: rows in u8, each
// with a scale of its own, weights in s8 with a scale per output, results in s32.  Between them
// stands one pass per row: scale, bias, GELU or residual and LayerNorm, quantise.
// Attention is f32.  The same code with f32 matmuls is the comparison, and the cosine of the two
// outputs the check.
#include <time.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <oneapi/dnnl/dnnl.hpp>
#include <random>
#include <type_traits>
#include <utility>
#include <vector>

#include "ingest/model/array.h"

namespace {

using hearsay::model::Array;

constexpr int kWidth = 384, kInner = 1536, kHeads = 12, kHead = kWidth / kHeads, kLayers = 12;
constexpr int kWindow = 256, kPieces = 8 * kWindow, kVocabulary = 30522, kRepetitions = 7;
constexpr double kPiecesPerToken = 1.05;  // PolNeAR dev: 86,851 pieces for 82,912 tokens
constexpr double kPiecesPerWord = 1.25;   // news, words between white space
constexpr double kBar = 5400;             // such words/s: twice spaCy's small pipeline, about 2,700

double Now(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

// Where the thread's CPU time goes: Mark adds what passed since the last Mark to a part.
enum Part { kGemm, kAttention, kOther, kParts };
struct Meter {
  std::array<double, kParts> seconds{};
  double last = Now(CLOCK_THREAD_CPUTIME_ID);
  void Mark(Part part) {
    const double before = std::exchange(last, Now(CLOCK_THREAD_CPUTIME_ID));
    seconds[part] += last - before;
  }
};

Array<float> Random(std::size_t n, float deviation, std::mt19937& random) {
  std::normal_distribution<float> normal(0, deviation);
  Array<float> values(n);
  for (float& v : values) v = normal(random);
  return values;
}

// e^x to about 2e-7, written so that g++ vectorises it: 2^n times a polynomial on [-ln2/2, ln2/2].
inline float Exp(float x) {
  x = std::clamp(x, -87.0f, 88.0f);
  const float n = std::rint(x * 1.44269504f), r = x - n * 0.693147181f;
  float p = 1.0f / 720;
  for (const float c : {1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f}) p = p * r + c;
  return __builtin_bit_cast(float, (static_cast<int>(n) + 127) << 23) * p;
}

// The tanh form of GELU (Hendrycks & Gimpel 2016) with one Exp.
inline float Gelu(float x) { return x / (1 + Exp(-1.59576912f * (x + 0.044715f * x * x * x))); }

// Writes a row for the next matmul, as x / scale + 128 or as it is, and returns the scale.
template <class In>
float Quantise(const float* x, int n, In* out) {
  if constexpr (std::is_same_v<In, float>) return std::copy_n(x, n, out), 1;
  float largest = 1e-20f;
  for (int j = 0; j < n; ++j) largest = std::max(largest, std::abs(x[j]));
  const float inverse = 127 / largest;
  for (int j = 0; j < n; ++j) out[j] = static_cast<In>(static_cast<int>(x[j] * inverse + 128.5f));
  return largest / 127;
}

// x W for kWindow rows of x, which are u8 or float.
template <class In>
class Linear {
 public:
  static constexpr bool kInt8 = std::is_same_v<In, std::uint8_t>;
  using Weight = std::conditional_t<kInt8, std::int8_t, float>;
  using Out = std::conditional_t<kInt8, std::int32_t, float>;

  Linear(int inputs, int outputs, std::mt19937& random) : scale_(outputs, 1), shift_(outputs, 0) {
    const Array<float> w = Random(inputs * outputs, 1 / std::sqrt(float(inputs)), random);
    bias_ = Random(outputs, 0.02f, random);
    Array<Weight> plain(w.size());
    for (int j = 0; j < outputs; ++j) {
      float largest = 0;
      for (int i = 0; i < inputs; ++i) largest = std::max(largest, std::abs(w[i * outputs + j]));
      if (kInt8) scale_[j] = largest / 127;
      for (int i = j; i < inputs * outputs; i += outputs) {
        plain[i] = static_cast<Weight>(kInt8 ? std::rint(w[i] / scale_[j]) : w[i]);
        if (kInt8) shift_[j] -= 128 * static_cast<int>(plain[i]);
      }
    }
    using Type = dnnl::memory::data_type;
    using Tag = dnnl::memory::format_tag;
    const auto in = kInt8 ? Type::u8 : Type::f32, weight = kInt8 ? Type::s8 : Type::f32;
    const auto out = kInt8 ? Type::s32 : Type::f32;
    const dnnl::matmul::primitive_desc plan({{{kWindow, inputs}, in, Tag::ab},
                                             {{inputs, outputs}, weight, Tag::any},
                                             {{kWindow, outputs}, out, Tag::ab}},
                                            engine_);
    matmul_ = dnnl::matmul(plan);
    x_ = dnnl::memory(plan.src_desc(), engine_, nullptr);
    w_ = dnnl::memory(plan.weights_desc(), engine_);
    y_ = dnnl::memory(plan.dst_desc(), engine_, nullptr);
    dnnl::memory given({{inputs, outputs}, weight, Tag::ab}, engine_, plain.data());
    dnnl::reorder(given, w_).execute(stream_, given, w_);
  }

  void Run(const In* x, Out* y) {
    x_.set_data_handle(const_cast<In*>(x));
    y_.set_data_handle(y);
    matmul_.execute(stream_, {{DNNL_ARG_SRC, x_}, {DNNL_ARG_WEIGHTS, w_}, {DNNL_ARG_DST, y_}});
  }

  // An output as a number; `shift` takes back the 128 that made the row unsigned.
  float Value(Out raw, int j, float row_scale) const {
    if constexpr (!kInt8) return raw + bias_[j];
    return static_cast<float>(raw + shift_[j]) * (row_scale * scale_[j]) + bias_[j];
  }

 private:
  static inline dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  static inline dnnl::stream stream_{engine_};
  Array<float> scale_, bias_;
  Array<std::int32_t> shift_;
  dnnl::matmul matmul_;
  dnnl::memory x_, w_, y_;
};

// c[8][32] = a[8][depth] b[depth][32], the sums in sixteen vector registers.
constexpr int kQueries = 8, kTile = 32;
using Lanes [[gnu::vector_size(kTile / 2 * sizeof(float))]] = float;
template <int depth, int a_stride, int b_stride, int c_stride>
inline void Tile(const float* a, const float* b, float* c) {
  Lanes sum[kQueries][2] = {};
  for (int k = 0; k < depth; ++k) {
    const auto* row = reinterpret_cast<const Lanes*>(b + k * b_stride);
#pragma GCC unroll 8
    for (int i = 0; i < kQueries; ++i) {
      for (const int half : {0, 1}) sum[i][half] += a[i * a_stride + k] * row[half];
    }
  }
  for (int i = 0; i < kQueries; ++i) {
    for (const int half : {0, 1}) reinterpret_cast<Lanes*>(c + i * c_stride)[half] = sum[i][half];
  }
}

// One head of one window, eight queries at a time so that their scores stay in L1.  q is [256][32]
// and already scaled, k [32][256 and a gap that spreads its rows over the cache], v [256][32].
constexpr int kKeyStride = kWindow + 16;
void Attend(const float* q, const float* k, const float* v, const float* mask, float* out) {
  alignas(64) float scores[kQueries * kWindow];
  for (int i = 0; i < kWindow; i += kQueries) {
    for (int j = 0; j < kWindow; j += kTile) {
      Tile<kHead, kHead, kKeyStride, kWindow>(q + i * kHead, k + j, scores + j);
    }
    float inverse[kQueries];
    for (int r = 0; r < kQueries; ++r) {
      float *row = scores + r * kWindow, largest = -1e30f, sum = 0;
      for (int j = 0; j < kWindow; ++j) largest = std::max(largest, row[j] += mask[j]);
      for (int j = 0; j < kWindow; ++j) sum += row[j] = Exp(row[j] - largest);
      inverse[r] = 1 / sum;
    }
    Tile<kWindow, kWindow, kHead, kWidth>(scores, v, out + i * kWidth);
    for (int r = 0; r < kQueries; ++r) {
      for (int j = 0; j < kHead; ++j) out[(i + r) * kWidth + j] *= inverse[r];
    }
  }
}

template <class In>
class Encoder {
 public:
  Encoder() {
    std::mt19937 random(1);
    embedding_ = Random(kVocabulary * kWidth, 1, random);
    positions_ = Random(kWindow * kWidth, 1, random);
    for (int l = 0; l < kLayers; ++l) {
      layers_.push_back({{kWidth, 3 * kWidth, random},
                         {kWidth, kWidth, random},
                         {kWidth, kInner, random},
                         {kInner, kWidth, random}});
    }
  }

  const Array<float>& Forward(int layers, Meter& meter) {
    for (int i = 0; i < kPieces; ++i) {
      const float* piece = &embedding_[i * 7919 % kVocabulary * kWidth];
      const float* position = &positions_[i % kWindow * kWidth];
      for (int j = 0; j < kWidth; ++j) x_[i * kWidth + j] = piece[j] + position[j];
      Normalise(i);
    }
    meter.Mark(kOther);
    // All windows pass a layer before the next one: its weights stay in the cache.
    for (int l = 0; l < layers; ++l) {
      for (int row = 0; row < kPieces; row += kWindow) Window(layers_[l], row, meter);
    }
    return x_;
  }

 private:
  using Out = typename Linear<In>::Out;
  struct Layer {
    Linear<In> qkv, out, up, down;
  };

  void Window(Layer& layer, int first, Meter& meter) {
    // What came before a matmul and is not marked yet is kOther.
    const auto run = [&](Linear<In>& linear, const In* x) {
      meter.Mark(kOther);
      linear.Run(x, raw_.data());
      meter.Mark(kGemm);
    };
    run(layer.qkv, &xq_[first * kWidth]);
    for (int i = 0; i < kWindow; ++i) SplitHeads(layer.qkv, i, x_scale_[first + i]);
    meter.Mark(kOther);
    for (int h = 0; h < kHeads; ++h) {
      const int at = h * kHead * kWindow;
      Attend(&q_[at], &k_[h * kHead * kKeyStride], &v_[at], mask_.data(), &context_[h * kHead]);
    }
    meter.Mark(kAttention);
    for (int i = 0; i < kWindow; ++i) {
      scale_[i] = Quantise(&context_[i * kWidth], kWidth, &in_[i * kWidth]);
    }
    run(layer.out, in_.data());
    for (int i = 0; i < kWindow; ++i) Add(layer.out, i, first + i);
    run(layer.up, &xq_[first * kWidth]);
    for (int i = 0; i < kWindow; ++i) {
      alignas(64) float row[kInner];
      const Out* raw = &raw_[i * kInner];
      const float scale = x_scale_[first + i];
      for (int j = 0; j < kInner; ++j) row[j] = Gelu(layer.up.Value(raw[j], j, scale));
      scale_[i] = Quantise(row, kInner, &in_[i * kInner]);
    }
    run(layer.down, in_.data());
    for (int i = 0; i < kWindow; ++i) Add(layer.down, i, first + i);
    meter.Mark(kOther);
  }

  // Row i of the raw queries, keys and values to its heads; keys lie transposed, as for Tile.
  void SplitHeads(const Linear<In>& linear, int i, float scale) {
    alignas(64) float row[3 * kWidth];
    for (int j = 0; j < 3 * kWidth; ++j) row[j] = linear.Value(raw_[i * 3 * kWidth + j], j, scale);
    const float inverse = 1 / std::sqrt(float(kHead));
    for (int h = 0; h < kHeads; ++h) {
      float *head = row + h * kHead, *q = &q_[(h * kWindow + i) * kHead];
      for (int d = 0; d < kHead; ++d) q[d] = head[d] * inverse;
      for (int d = 0; d < kHead; ++d) k_[(h * kHead + d) * kKeyStride + i] = head[kWidth + d];
      std::copy_n(head + 2 * kWidth, kHead, &v_[(h * kWindow + i) * kHead]);
    }
  }

  // The raw row i of a window onto the residual row of the batch.
  void Add(const Linear<In>& linear, int i, int row) {
    const float scale = scale_[i];
    float* x = &x_[row * kWidth];
    for (int j = 0; j < kWidth; ++j) x[j] += linear.Value(raw_[i * kWidth + j], j, scale);
    Normalise(row);
  }

  void Normalise(int row) {
    float *x = &x_[row * kWidth], squares = 0;
    const float mean = std::accumulate(x, x + kWidth, 0.0f) / kWidth;
    for (int j = 0; j < kWidth; ++j) squares += (x[j] - mean) * (x[j] - mean);
    const float inverse = 1 / std::sqrt(squares / kWidth + 1e-12f);
    for (int j = 0; j < kWidth; ++j) x[j] = (x[j] - mean) * inverse * gain_[j] + shift_[j];
    x_scale_[row] = Quantise(x, kWidth, &xq_[row * kWidth]);
  }

  std::vector<Layer> layers_;
  Array<float> embedding_, positions_;
  Array<float> gain_ = Array<float>(kWidth, 1), shift_ = Array<float>(kWidth);
  // The batch: residual rows, and the same as the next matmul reads them.
  Array<float> x_ = Array<float>(kPieces * kWidth), x_scale_ = Array<float>(kPieces);
  Array<In> xq_ = Array<In>(kPieces * kWidth);
  // One window: a matmul's input and raw output, and what attention reads and writes.
  Array<In> in_ = Array<In>(kWindow * kInner);
  Array<Out> raw_ = Array<Out>(kWindow * kInner);
  Array<float> scale_ = Array<float>(kWindow), mask_ = scale_;
  Array<float> q_ = Array<float>(kWindow * kWidth), v_ = q_, context_ = q_;
  Array<float> k_ = Array<float>(kKeyStride * kWidth);
};

struct Series {
  int layers;
  const char* mode;
  std::vector<double> wall{}, cpu{};  // pieces/s, one a repetition
  Meter meter{};
  Array<float> output{};
};

template <class In>
void Measure(Encoder<In>& encoder, Series& s) {
  const double wall = Now(CLOCK_MONOTONIC), cpu = s.meter.last = Now(CLOCK_THREAD_CPUTIME_ID);
  const Array<float>& output = encoder.Forward(s.layers, s.meter);
  s.wall.push_back(kPieces / (Now(CLOCK_MONOTONIC) - wall));
  s.cpu.push_back(kPieces / (s.meter.last - cpu));
  s.output = output;
}

constexpr const char* kHeader =
    "            pieces/s, wall time   pieces/s, CPU time    of CPU median       CPU time %"
    "       GEMM  if non-GEMM\n"
    "layers mode    min   med   max     min   med   max  tokens/s words/s xbar  GEMM attn other"
    "  1e9/s   half   none";

// A line of the table.  The last columns are pieces/s if all but GEMM took half its time, or none.
void Print(Series& s) {
  std::sort(s.wall.begin(), s.wall.end());
  std::sort(s.cpu.begin(), s.cpu.end());
  const auto& [gemm, attention, other] = s.meter.seconds;
  const double all = gemm + attention + other, share = gemm / all;
  const double middle = s.cpu[kRepetitions / 2], words = middle / kPiecesPerWord;
  const double macs = 1e-9 * kRepetitions * kPieces * s.layers * kWidth * (4 * kWidth + 2 * kInner);
  std::printf("%6d %4s %6.0f%6.0f%6.0f  %6.0f%6.0f%6.0f %9.0f%8.0f%5.2f", s.layers, s.mode,
              s.wall.front(), s.wall[kRepetitions / 2], s.wall.back(), s.cpu.front(), middle,
              s.cpu.back(), middle / kPiecesPerToken, words, words / kBar);
  std::printf("%6.0f%5.0f%6.0f %6.0f %6.0f%7.0f\n", 100 * share, 100 * attention / all,
              100 * other / all, macs / gemm, middle / (share + (1 - share) / 2), middle / share);
}

double Dot(const Array<float>& a, const Array<float>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace

int main() {
  Encoder<std::uint8_t> int8;
  Encoder<float> f32;
  Meter warm_up;
  int8.Forward(kLayers, warm_up);
  f32.Forward(kLayers, warm_up);
  // The series take turns, so that what else runs on the machine meets them alike.
  Series quick[] = {{6, "int8"}, {8, "int8"}, {12, "int8"}};
  Series exact[] = {{6, "f32"}, {8, "f32"}, {12, "f32"}};
  for (int repetition = 0; repetition < kRepetitions; ++repetition) {
    for (Series& s : quick) Measure(int8, s);
    for (Series& s : exact) Measure(f32, s);
  }
  std::puts(kHeader);
  for (Series& s : quick) Print(s);
  for (Series& s : exact) Print(s);
  const Array<float>&a = quick[2].output, &b = exact[2].output;
  std::printf("cosine of int8 and f32 output after 12 layers: %.4f\n",
              Dot(a, b) / std::sqrt(Dot(a, a) * Dot(b, b)));
}
