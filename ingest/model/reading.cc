#include "ingest/model/reading.h"

#include <algorithm>

#include "graph/base/check.h"

namespace hearsay::model {

void WordVectors::Append(std::uint32_t word, const float* vector) {
  HEARSAY_CHECK(words_.empty() || words_.back() < word);
  if (words_.size() % kBlock == 0) blocks_.emplace_back(kBlock * width_);
  std::copy_n(vector, width_, blocks_.back().data() + words_.size() % kBlock * width_);
  words_.push_back(word);
}

const float* WordVectors::Find(std::uint32_t word) const {
  const auto at = std::lower_bound(words_.begin(), words_.end(), word);
  if (at == words_.end() || *at != word) return nullptr;
  const auto row = static_cast<std::size_t>(at - words_.begin());
  return blocks_[row / kBlock].data() + row % kBlock * width_;
}

std::vector<WordRange> WholeSources(const std::vector<WordRange>& parts,
                                    const std::vector<WordRange>& hops) {
  std::vector<WordRange> spans = parts;
  for (const WordRange hop : hops) {
    const bool inside = std::any_of(parts.begin(), parts.end(), [&](WordRange part) {
      return part.end == hop.begin || part.begin == hop.end;
    });
    if (inside) spans.push_back(hop);
  }
  std::sort(spans.begin(), spans.end());
  std::vector<WordRange> whole;
  for (const WordRange span : spans) {
    if (whole.empty() || whole.back().end != span.begin) {
      whole.push_back(span);
    } else {
      whole.back().end = span.end;
    }
  }
  return whole;
}

std::vector<WordRange> WholeFigures(const std::vector<WordRange>& figures,
                                    const std::vector<WordRange>& numbers) {
  const auto has_number = [&](WordRange figure) {
    return std::any_of(numbers.begin(), numbers.end(),
                       [&](WordRange number) { return figure.Covers(number); });
  };
  std::vector<WordRange> whole;
  for (const WordRange figure : figures) {
    if (!whole.empty() && whole.back().end == figure.begin &&
        !(has_number(whole.back()) && has_number(figure))) {
      whole.back().end = figure.end;
    } else {
      whole.push_back(figure);
    }
  }
  return whole;
}

}  // namespace hearsay::model
