#include "ingest/model/windows.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace hearsay::model {
namespace {

constexpr std::uint8_t kSpace = 0,
                       kNewLine = 2;  // of text.py's LAYOUTS; from kNewLine on a line begins

// Where the window that begins at `begin` ends, if it need not end before `end`.
std::uint32_t End(const Words& words, std::uint32_t begin, std::uint32_t end,
                  const SentenceEnds& ends) {
  const std::uint32_t low = begin + 2 * (end - begin) / 3;
  for (std::uint32_t i = end; i > low; --i) {
    if (words.layout[i] >= kNewLine) return i;
  }
  for (std::uint32_t i = end; i > low; --i) {
    if (words.layout[i] == kSpace && ends.Contains(words.pieces[words.first_piece[i - 1]])) {
      return i;
    }
  }
  return end;
}

}  // namespace

SentenceEnds::SentenceEnds(const Vocabulary& vocabulary) {
  for (const std::string_view mark : {".", "!", "?"}) {
    std::vector<PieceId> pieces;
    vocabulary.Cut(mark, &pieces);
    if (pieces.front() != vocabulary.unknown()) pieces_.push_back(pieces.front());
  }
}

bool SentenceEnds::Contains(PieceId piece) const {
  return std::find(pieces_.begin(), pieces_.end(), piece) != pieces_.end();
}

std::vector<WordRange> Windows(const Words& words, std::size_t budget, std::size_t overlap,
                               const SentenceEnds& ends) {
  std::vector<WordRange> windows;
  const auto n = static_cast<std::uint32_t>(words.size());
  const std::vector<std::uint32_t>& total = words.first_piece;
  std::uint32_t begin = 0;
  while (begin < n) {
    const auto past = std::upper_bound(total.begin() + begin, total.end(), total[begin] + budget);
    auto end = static_cast<std::uint32_t>(past - total.begin()) - 1;
    end = std::max(end, begin + 1);
    if (end < n) end = End(words, begin, end, ends);
    windows.push_back({begin, end});
    if (end >= n) break;
    const std::size_t shared = std::min<std::size_t>(overlap, total[end]);
    const auto next = std::lower_bound(total.begin(), total.begin() + end, total[end] - shared);
    begin = std::max(static_cast<std::uint32_t>(next - total.begin()), begin + 1);
  }
  return windows;
}

std::vector<std::uint32_t> Owners(const std::vector<WordRange>& windows, std::size_t n) {
  constexpr auto kEver = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> owners(n), depths(n);
  for (std::size_t k = 0; k < windows.size(); ++k) {
    const WordRange window = windows[k];
    for (std::uint32_t i = window.begin; i < window.end; ++i) {
      const std::uint32_t left = window.begin == 0 ? kEver : i - window.begin;
      const std::uint32_t right = window.end == n ? kEver : window.end - 1 - i;
      // One more than the depth, so that the first window beats none.
      const std::uint32_t depth = std::max(std::min(left, right), std::min(left, right) + 1);
      if (depth > depths[i]) {
        depths[i] = depth;
        owners[i] = static_cast<std::uint32_t>(k);
      }
    }
  }
  return owners;
}

}  // namespace hearsay::model
