// HEARSAY_CHECK ends the process with file, line and condition when an invariant of ours is broken.
// It stays on in release builds.  Never for bad input: that is a Status.
#pragma once

#include <cstdio>
#include <cstdlib>

#define HEARSAY_CHECK(condition)                                                         \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
