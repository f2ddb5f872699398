#include "ingest/model/kernels.h"

#include <cpuid.h>

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

bool HasVnni() {  // leaf 7, 1: EAX, bit 4; the compilers' own tests do not all know it yet
  unsigned int a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a >> 4 & 1) != 0;
}

const Kernels& BestKernels() {
  static const Kernels& best = HasAvx512() ? Avx512Kernels()
                               : HasAvx2() ? Avx2Kernels()
                                           : Sse2Kernels();
  return best;
}

}  // namespace hearsay::model
