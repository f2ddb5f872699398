// Makes a Reading of the vectors of a text's windows as they come: decode.py of the training
// program.  Each word is tagged in the window in which it stands deepest, the tags are decoded over
// the whole text, and each cue is given its roles, each figure what it counts, in the window in
// which it stands deepest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "ingest/model/array.h"
#include "ingest/model/config.h"
#include "ingest/model/crf.h"
#include "ingest/model/heads.h"
#include "ingest/model/labels.h"
#include "ingest/model/reading.h"
#include "ingest/model/windows.h"

namespace hearsay::model {

// Holds the vectors of the few windows that wait for the tags of their last words, and of the
// others only what a Reading keeps.
class Reader {
 public:
  // All of which must outlive it.  `windows` are those of a text of `words` words.
  Reader(const ModelConfig& config, const Heads& heads, const std::vector<WordRange>& windows,
         std::size_t words);

  // The next window's vectors, one a word.
  void Add(Array<float> vectors);
  // REQUIRES: all windows were added.
  Reading Finish();

  // Appends the scores of every word's tags, Heads::tag_stride() a word, to `scores`: for tests.
  void KeepScores(std::vector<float>* scores) { kept_scores_ = scores; }

 private:
  struct Waiting {
    std::size_t window;
    Array<float> vectors;
  };
  struct OpenFigure {
    std::size_t figure;   // in reading_.figures
    std::uint32_t place;  // where the name begins
  };

  const std::vector<Tag>& tags(Layer layer) const;
  std::size_t decided() const;  // words whose tags are known in all layers
  // Whether words lie in a window and have their middle word among its own.
  bool IsOwn(std::size_t window, WordRange words) const;
  void Read(const Waiting& waiting);
  void ReadStatements(const Waiting& waiting);
  void ReadFigures(const Waiting& waiting);
  // The number of a figure in which none was tagged: from the word that is likeliest to begin one.
  WordRange NumberIn(WordRange figure) const;
  void KeepVectors(const Waiting& waiting);
  bool IsMentionEnd(std::uint32_t word) const;
  void Link();

  const ModelConfig& config_;
  const Heads& heads_;
  const std::vector<WordRange>& windows_;
  const std::vector<std::uint32_t> owners_;
  std::vector<CrfDecoder> decoders_;  // of each layer, kPronoun's unused
  std::vector<Tag> pronouns_;
  std::vector<float> no_cue_;         // probability that a word is in no cue
  std::vector<float> number_begins_;  // log odds that it begins a number, against being in none
  std::vector<bool> number_goes_on_;  // whether it likelier goes on with one than is in none
  std::size_t added_ = 0;             // windows
  std::deque<Waiting> waiting_;
  std::vector<OpenFigure> open_;
  std::vector<float>* kept_scores_ = nullptr;
  Array<float> scores_;
  Heads::RoleSpace role_space_;
  Reading reading_;
};

}  // namespace hearsay::model
