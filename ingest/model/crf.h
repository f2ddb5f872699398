// The best legal tags of a sequence under a linear-chain conditional random field (Lafferty et al.
// 2001), found while the sequence comes in (Viterbi 1967).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "ingest/model/labels.h"

namespace hearsay::model {

// Scores of beginnings and transitions; a tag I of a type follows only its B or I.
class Crf {
 public:
  // Of `types` types, with nothing learnt: every legal transition is as good as any other.
  explicit Crf(std::size_t types);
  // `begin` has 2 * types + 1 scores, `step` as many rows, from one tag to the next, of as many.
  Crf(std::size_t types, std::span<const float> begin, std::span<const float> step);

  std::size_t tags() const { return tags_; }
  bool learnt() const { return learnt_; }
  // Rows of equal length, rounded up to kWidest; what stands behind the tags is never reached.
  static constexpr std::size_t kWidest = 32;
  const float* begin() const { return begin_.data(); }
  const float* step(std::size_t from) const { return step_.data() + from * kWidest; }

 private:
  std::size_t tags_;
  bool learnt_ = true;
  std::vector<float> begin_;
  std::vector<float> step_;
};

// Decodes one sequence.  Tags become known as soon as all best paths to the last word agree on
// them, as a rule a few words later, so memory for the undecided ones stays small.
class CrfDecoder {
 public:
  explicit CrfDecoder(const Crf* crf) : crf_(crf) {}  // which must outlive this

  // The next word's scores, one a tag.
  void Push(const float* scores);

  // Decides what all best paths agree on.  Linear in the undecided words.
  void Settle() { Decide(kNone); }
  // Decides all words so far as if the sequence ended here.
  void Finish();

  // Tags of the decided words, which are the first ones.
  const std::vector<Tag>& tags() const { return tags_; }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  // Best paths to each tag of the next word, before its scores, and their last tags.
  void Step(float* next, Tag* back) const;
  void StepUnlearnt(float* next, Tag* back) const;
  // Decides back from where the paths to all live last tags, or to `last` alone, meet.
  void Decide(std::size_t last);

  const Crf* crf_;
  std::vector<float> best_;  // score of the best path to each tag of the last word
  std::size_t words_ = 0;    // pushed
  // For each word from tags_.size() on, first that of tags_.size(): the best previous tag of each.
  std::vector<Tag> back_;
  std::vector<Tag> tags_;
};

}  // namespace hearsay::model
