// Text to words and word pieces, as the trained model reads them: the rules of
// ingest/train/hearsay_train/text.py to the letter, which a test compares on every character.
//
// Character classes are those of Unicode 14, which the model was trained with; a character that
// came later counts as unassigned, whatever ICU knows of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/record.h"

namespace hearsay::model {

using PieceId = std::int32_t;

// The vocabulary's pieces by text.  Holds views: the pieces must outlive it.  Any thread.
class Vocabulary {
 public:
  // REQUIRES: [PAD], [UNK], [CLS] and [SEP] are among the pieces, as they are in a weights file's.
  explicit Vocabulary(const std::vector<std::string_view>& pieces);
  // Ids of the pieces of one word as it stands in the text, appended to `out`: one to twelve.
  void Cut(std::string_view word, std::vector<PieceId>* out) const;
  PieceId pad() const { return pad_; }
  PieceId cls() const { return cls_; }
  PieceId sep() const { return sep_; }
  PieceId unknown() const { return unknown_; }

 private:
  std::unordered_map<std::string_view, PieceId> ids_;
  std::size_t longest_bytes_ = 0;  // of the pieces
  PieceId pad_ = 0, cls_ = 0, sep_ = 0, unknown_ = 0;
};

// The words of a text.  Word i has pieces [first_piece[i], first_piece[i + 1]).
struct Words {
  std::vector<Span> spans;  // bytes of the text, in order, never empty
  std::vector<PieceId> pieces;
  std::vector<std::uint32_t> first_piece;  // one more than words
  std::vector<std::uint8_t> shape;         // text.py's SHAPES, LAYOUTS and QUOTES, by index
  std::vector<std::uint8_t> layout;
  std::vector<std::uint8_t> quote;
  std::size_t size() const { return spans.size(); }
};

// `text` is valid UTF-8, below 4 GiB.  Linear in its size.
Words ReadWords(std::string_view text, const Vocabulary& vocabulary);

}  // namespace hearsay::model
