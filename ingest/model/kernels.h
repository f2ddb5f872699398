// The loops in which the model spends its time outside the int8 matrix products, compiled once for
// each of three instruction sets: kernels_simd.h holds them, kernels_{avx512,avx2,sse2}.cc compile
// it with their own -march (see ingest/CMakeLists.txt), and BestKernels asks the processor.
//
// The same bits from AVX2 and AVX-512: a sum runs either along one output, from the first term to
// the last, or in 64 lanes that are folded in one order; products enter sums by fused
// multiply-add only where the code says so.  Processors without AVX2 and FMA (before 2013) round
// such products first, so there the last bits differ.
//
// Every length called `n` or `outputs` is a multiple of kLine; nothing else need be aligned.  Every
// kernel is safe in any thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hearsay::model {

constexpr std::size_t kLine = 16;  // floats: lengths of rows are multiples of it
constexpr std::size_t kPanel =
    32;  // columns of a matrix that stand together, see Kernels::multiply

// One head of one window.  Rows of queries, keys and values are words pieces; `depth` is the
// head's width, `lanes` the same rounded up to kLine.
struct AttentionHead {
  const float* queries;    // [rounded rows][lanes], scaled by log2(e) / sqrt(depth)
  const float* keys;       // [depth][key_stride]: transposed
  const float* values;     // [rows][lanes]
  std::size_t rows;        // pieces of the window
  std::size_t depth;       // of a head
  std::size_t lanes;       // floats between queries, and between values
  std::size_t key_stride;  // at least `rows` rounded up to kPanel
  float* scores;           // scratch: kAttentionRows * key_stride floats
  float* out;              // [rounded rows][out_stride], the first `lanes` of each row are written
  std::size_t out_stride;
};
constexpr std::size_t kAttentionRows = 24;  // `rounded rows` above is the next multiple of it

struct Kernels {
  const char* name;

  // y[r][o] = shift[o] + sum over i of x[r][i] * w(i, o), for `rows` rows.  `w` holds panels of
  // kPanel columns, [outputs / kPanel][inputs][kPanel], so `outputs` is a multiple of kPanel here.
  void (*multiply)(const float* x, std::size_t x_stride, std::size_t rows, std::size_t inputs,
                   const float* w, const float* shift, std::size_t outputs, float* y,
                   std::size_t y_stride);

  // out[j] = round(x[j] * 127 / m) + 128, where m is the largest magnitude in x; returns m / 127.
  float (*quantise)(const float* x, std::size_t n, std::uint8_t* out);

  // y[j] = (sums[j] + shift[j]) * row_scale * scale[j] + bias[j]
  void (*dequantise)(const std::int32_t* sums, const std::int32_t* shift, float row_scale,
                     const float* scale, const float* bias, std::size_t n, float* y);

  // x[j] = Gelu(x[j]), in its tanh form (Hendrycks, Gimpel 2016).
  void (*gelu)(float* x, std::size_t n);

  // x = Norm(x + y) * gain + shift, where Norm makes mean 0 and variance 1.
  void (*add_and_normalise)(float* x, const float* y, std::size_t n, float epsilon,
                            const float* gain, const float* shift);

  // y[c][r] = x[r][c]; `rows` and `columns` are multiples of 4.
  void (*transpose)(const float* x, std::size_t x_stride, std::size_t rows, std::size_t columns,
                    float* y, std::size_t y_stride);

  // Softmax of queries times keys, times values.
  void (*attend)(const AttentionHead& head);

  // y[t][j] = shift[j] + sum over k < taps of x[t + k - taps / 2][j] * w[k][j] for t < rows; rows
  // outside [0, rows) are zero.
  void (*convolve)(const float* x, std::size_t rows, std::size_t n, const float* w,
                   std::size_t taps, const float* shift, float* y);
};

const Kernels& Avx512Kernels();  // x86-64-v4; only call kernels that this processor can run
const Kernels& Avx2Kernels();    // x86-64-v3
const Kernels& Sse2Kernels();    // any x86-64

bool HasAvx512();
bool HasAvx2();
bool HasVnni();                // of 32-byte vectors, without AVX-512
const Kernels& BestKernels();  // the fastest that this processor runs

}  // namespace hearsay::model
