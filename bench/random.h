// Randomness that is the same on every machine: a value is a pure function of seed and coordinates,
// so article 70,000 can be made without the 69,999 before it.
#pragma once

#include <cstdint>

namespace hearsay::bench {

// The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) over the three of them.
constexpr std::uint64_t Draw(std::uint64_t seed, std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = seed * 0x9E3779B97F4A7C15u + a * 0xBF58476D1CE4E5B9u + b + 1;
  for (int i = 0; i < 2; ++i) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    x ^= x >> 31;
  }
  return x;
}

}  // namespace hearsay::bench
