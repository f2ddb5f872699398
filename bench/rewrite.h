// Rewrites a sample article into another story: other people, places, agencies, figures and dates,
// the same sentences.  A pure function of (text, seed, story).
//
// People and places stay the same for four stories in a row, as in a real run of news; outlets and
// agencies come from a small pool, as a few of them carry most of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hearsay::bench {

struct Story {
  std::uint64_t seed = 1;
  std::uint64_t number = 0;
};

// O(text).  Story 0 is rewritten too.
std::string Rewrite(std::string_view text, const Story& story);

}  // namespace hearsay::bench
