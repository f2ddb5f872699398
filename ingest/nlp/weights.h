// Linear models over sparse named features: a feature is a short text ("C|lemma=say|next=T"), its
// weight a number in a data file.  Names are hashed (64-bit FNV-1a) as they are put together, so
// that scoring builds no strings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

// The features of one candidate.  With `names`, as the trainer asks, their texts are kept too.
class Features {
 public:
  explicit Features(std::string_view family, std::vector<std::string>* names = nullptr)
      : seed_(Hash(kBasis, family)), family_(family), names_(names) {}

  template <typename... Parts>
  void Add(const Parts&... parts) {
    std::uint64_t h = seed_;
    ((h = Hash(h, std::string_view(parts))), ...);
    hashes_.push_back(h);
    if (names_ != nullptr) {
      std::string name(family_);
      ((name += std::string_view(parts)), ...);
      names_->push_back(std::move(name));
    }
  }
  const std::vector<std::uint64_t>& hashes() const { return hashes_; }
  void Clear() { hashes_.clear(); }

  static std::uint64_t Hash(std::uint64_t h, std::string_view bytes) {
    for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return h;
  }
  static constexpr std::uint64_t kBasis = 0xcbf29ce484222325ULL;

 private:
  std::uint64_t seed_;
  std::string_view family_;
  std::vector<std::string>* names_;
  std::vector<std::uint64_t> hashes_;
};

// The weights of a data file (name, tab, weight).  Features without a row weigh nothing.
class Weights {
 public:
  Weights() = default;
  explicit Weights(const std::vector<std::vector<std::string_view>>& rows);
  void Set(std::uint64_t hash, float weight);
  float Of(std::uint64_t hash) const;
  double Score(const Features& features) const;
  bool empty() const { return count_ == 0; }

 private:
  void Grow();
  std::vector<std::pair<std::uint64_t, float>> slots_;  // open addressing; key 0 is free
  std::size_t count_ = 0;
};

}  // namespace hearsay::ingest
