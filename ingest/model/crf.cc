#include "ingest/model/crf.h"

#include <algorithm>
#include <bit>

#include "graph/base/check.h"

namespace hearsay::model {
namespace {

// An illegal step: a path with one wins only where every path has one.
constexpr float kNever = -1e4f;
constexpr float kNoTag = -1e30f;

}  // namespace

Crf::Crf(std::size_t types)
    : Crf(types, std::vector<float>(2 * types + 1),
          std::vector<float>((2 * types + 1) * (2 * types + 1))) {
  learnt_ = false;
}

Crf::Crf(std::size_t types, std::span<const float> begin, std::span<const float> step)
    : tags_(2 * types + 1), begin_(kWidest, kNoTag), step_(tags_ * kWidest, kNoTag) {
  HEARSAY_CHECK(tags_ <= kWidest && begin.size() == tags_ && step.size() == tags_ * tags_);
  for (std::size_t to = 0; to < tags_; ++to) {
    const bool inside = IsInside(static_cast<Tag>(to));
    begin_[to] = inside ? kNever : begin[to];
    for (std::size_t from = 0; from < tags_; ++from) {
      const bool legal = !inside || from == to || from + 1 == to;
      step_[from * kWidest + to] = legal ? step[from * tags_ + to] : kNever;
    }
  }
}

void CrfDecoder::Step(float* next, Tag* back) const {
  std::int32_t from[Crf::kWidest] = {};
  for (std::size_t to = 0; to < Crf::kWidest; ++to) next[to] = best_[0] + crf_->step(0)[to];
  for (std::size_t tag = 1; tag < crf_->tags(); ++tag) {
    const float* step = crf_->step(tag);
    const float score = best_[tag];
    for (std::size_t to = 0; to < Crf::kWidest; ++to) {
      const float path = score + step[to];
      from[to] = path > next[to] ? static_cast<std::int32_t>(tag) : from[to];
      next[to] = path > next[to] ? path : next[to];
    }
  }
  for (std::size_t to = 0; to < crf_->tags(); ++to) back[to] = static_cast<Tag>(from[to]);
}

// The same where every legal step scores 0 and every other kNever.
void CrfDecoder::StepUnlearnt(float* next, Tag* back) const {
  const auto any = static_cast<Tag>(std::max_element(best_.begin(), best_.end()) - best_.begin());
  std::fill_n(next, crf_->tags(), best_[any]);
  std::fill_n(back, crf_->tags(), any);
  for (std::size_t type = 0; 2 * type + 1 < crf_->tags(); ++type) {
    const Tag tag = Begin(type), inside = tag + 1;
    const Tag own = best_[inside] > best_[tag] ? inside : tag;
    const bool legal = best_[own] >= best_[any] + kNever;
    next[inside] = legal ? best_[own] : best_[any] + kNever;
    back[inside] = legal ? own : any;
  }
}

void CrfDecoder::Push(const float* scores) {
  const std::size_t tags = crf_->tags();
  back_.resize(back_.size() + tags);
  Tag* const back = back_.data() + back_.size() - tags;
  float next[Crf::kWidest];
  if (words_++ == 0) {
    std::copy_n(crf_->begin(), Crf::kWidest, next);
  } else if (crf_->learnt()) {
    Step(next, back);
  } else {
    StepUnlearnt(next, back);
  }
  best_.resize(tags);
  for (std::size_t tag = 0; tag < tags; ++tag) best_[tag] = next[tag] + scores[tag];
  // Only differences count: kept small, they stay exact however long the text is.
  const float most = *std::max_element(best_.begin(), best_.end());
  for (float& score : best_) score -= most;
}

void CrfDecoder::Finish() {
  if (words_ == 0) return;
  Decide(static_cast<std::size_t>(std::max_element(best_.begin(), best_.end()) - best_.begin()));
}

void CrfDecoder::Decide(std::size_t last) {
  const std::size_t tags = crf_->tags(), decided = tags_.size();
  if (words_ == decided) return;
  const auto back = [&](std::size_t word) { return back_.data() + (word - decided) * tags; };

  // Tags, as bits, through which the best paths to the live tags of the last word go.
  std::uint32_t alive = 0;
  for (std::size_t tag = 0; tag < tags; ++tag) {
    const bool lives = last == kNone ? best_[tag] > kNever / 2 : tag == last;
    if (lives) alive |= std::uint32_t{1} << tag;
  }
  std::size_t word = words_ - 1;
  while (!std::has_single_bit(alive)) {
    if (word == decided) return;
    std::uint32_t before = 0;
    for (std::uint32_t rest = alive; rest != 0; rest &= rest - 1) {
      before |= std::uint32_t{1} << back(word)[std::countr_zero(rest)];
    }
    alive = before;
    --word;
  }

  tags_.resize(word + 1);
  auto tag = static_cast<Tag>(std::countr_zero(alive));
  for (std::size_t at = word;; --at) {
    tags_[at] = tag;
    if (at == decided) break;
    tag = back(at)[tag];
  }
  back_.erase(back_.begin(),
              back_.begin() + static_cast<std::ptrdiff_t>((word + 1 - decided) * tags));
}

}  // namespace hearsay::model
