// Texts of any size, and what a process took, for tests of large input.
#pragma once

#include <sys/resource.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace hearsay::ingest {

inline std::string Repeat(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

// Largest resident set of this process so far.
inline std::size_t PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) / 1024;
}

}  // namespace hearsay::ingest
