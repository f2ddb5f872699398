// kernels_simd.h for processors of level x86-64-v3.
#include "ingest/model/kernels_simd.h"

namespace hearsay::model {

const Kernels& Avx2Kernels() {
  static constexpr Kernels kKernels{"avx2",          Multiply,  Quantise, Dequantise, GeluOf,
                                    AddAndNormalise, Transpose, Attend,   Convolve};
  return kKernels;
}

}  // namespace hearsay::model
