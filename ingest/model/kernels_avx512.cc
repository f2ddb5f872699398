// kernels_simd.h for processors of level x86-64-v4.
#include "ingest/model/kernels_simd.h"

namespace hearsay::model {

const Kernels& Avx512Kernels() {
  static constexpr Kernels kKernels{"avx512",        Multiply,  Quantise, Dequantise, GeluOf,
                                    AddAndNormalise, Transpose, Attend,   Convolve};
  return kKernels;
}

}  // namespace hearsay::model
