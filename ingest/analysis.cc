#include "ingest/analysis.h"

#include <algorithm>

namespace hearsay::ingest {

TokenRange Analysis::TokensOf(Span span) const {
  const auto begin = std::partition_point(tokens.begin(), tokens.end(),
                                          [&](const Token& t) { return t.span.end <= span.begin; });
  const auto end = std::partition_point(begin, tokens.end(),
                                        [&](const Token& t) { return t.span.begin < span.end; });
  const auto first = static_cast<TokenIndex>(begin - tokens.begin());
  const auto last = static_cast<TokenIndex>(end - tokens.begin());
  if (first < last || tokens.empty()) return {first, last};
  const TokenIndex nearest = std::min(first, static_cast<TokenIndex>(tokens.size() - 1));
  return {nearest, nearest + 1};
}

std::vector<Coreferent>::const_iterator Analysis::CoreferentFrom(std::uint32_t begin) const {
  return std::partition_point(coreferents.begin(), coreferents.end(),
                              [&](const Coreferent& m) { return m.span.begin < begin; });
}

}  // namespace hearsay::ingest
