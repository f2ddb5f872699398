#include "ingest/nlp/weights.h"

#include <algorithm>
#include <cstdlib>

#include "graph/base/check.h"

namespace hearsay::ingest {

Weights::Weights(const std::vector<std::vector<std::string_view>>& rows) {
  for (const auto& row : rows) {
    HEARSAY_CHECK(row.size() == 2);
    Set(Features::Hash(Features::kBasis, row[0]),
        std::strtof(std::string(row[1]).c_str(), nullptr));
  }
}

void Weights::Grow() {
  std::vector<std::pair<std::uint64_t, float>> old(std::max<std::size_t>(1024, slots_.size() * 2));
  old.swap(slots_);
  count_ = 0;
  for (const auto& [hash, weight] : old) {
    if (hash != 0) Set(hash, weight);
  }
}

void Weights::Set(std::uint64_t hash, float weight) {
  if ((count_ + 1) * 2 > slots_.size()) Grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].first != 0 && slots_[at].first != hash) at = (at + 1) & mask;
  if (slots_[at].first == 0) ++count_;
  slots_[at] = {hash, weight};
}

float Weights::Of(std::uint64_t hash) const {
  if (slots_.empty()) return 0;
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].first != 0) {
    if (slots_[at].first == hash) return slots_[at].second;
    at = (at + 1) & mask;
  }
  return 0;
}

double Weights::Score(const Features& features) const {
  double sum = 0;
  for (const std::uint64_t hash : features.hashes()) sum += Of(hash);
  return sum;
}

}  // namespace hearsay::ingest
