#include "ingest/model/kernels.h"

namespace hearsay::model {

bool HasAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl") && HasAvx2();
}

bool HasAvx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

const Kernels& BestKernels() {
  static const Kernels& best = HasAvx512() ? Avx512Kernels()
                               : HasAvx2() ? Avx2Kernels()
                                           : Sse2Kernels();
  return best;
}

}  // namespace hearsay::model
