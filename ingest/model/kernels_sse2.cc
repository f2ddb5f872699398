// kernels_simd.h for processors of level x86-64.
#include "ingest/model/kernels_simd.h"

namespace hearsay::model {

const Kernels& Sse2Kernels() {
  static constexpr Kernels kKernels{"sse2",          Multiply,  Quantise, Dequantise, GeluOf,
                                    AddAndNormalise, Transpose, Attend,   Convolve};
  return kKernels;
}

}  // namespace hearsay::model
