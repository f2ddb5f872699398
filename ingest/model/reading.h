// What the model finds in one text, in ranges of its words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/record.h"
#include "ingest/model/array.h"
#include "ingest/model/labels.h"
#include "ingest/model/windows.h"

namespace hearsay::model {

// Vectors of some of the words of a text.  What is there stays where it is.
class WordVectors {
 public:
  explicit WordVectors(std::size_t width = 0) : width_(width) {}

  // REQUIRES: `word` is beyond all before.
  void Append(std::uint32_t word, const float* vector);
  const float* Find(std::uint32_t word) const;  // or null; logarithmic
  std::size_t size() const { return words_.size(); }
  std::size_t width() const { return width_; }

 private:
  std::size_t width_;
  std::vector<std::uint32_t> words_;
  static constexpr std::size_t kBlock = 256;  // words whose vectors stand together
  std::vector<Array<float>> blocks_;
};

struct Reading {
  struct Statement {
    std::vector<WordRange> cue;      // the cue and perhaps a second fragment; never empty
    std::vector<WordRange> source;   // these in text order
    std::vector<WordRange> content;  // never empty
    std::vector<WordRange> addressee;
    std::vector<WordRange> hop;           // words that name who stands between
    bool nested = false;                  // what the cue's tag says
    float confidence = 0;                 // probability that it is right, in (0, 1)
    std::optional<std::uint32_t> parent;  // the statement whose content most closely covers the cue
  };
  struct Name {
    WordRange words;
    NameType type = NameType::kPerson;
    bool operator==(const Name&) const = default;
  };
  struct Described {
    WordRange words;
    EntityType type = EntityType::kPerson;
    bool operator==(const Described&) const = default;
  };
  struct Pronoun {
    std::uint32_t word = 0;
    EntityType type = EntityType::kPerson;
    bool operator==(const Pronoun&) const = default;
  };
  struct Figure {
    WordRange words;
    std::string_view measure;        // one of Measures(), which lasts
    std::optional<WordRange> place;  // the name of where it happened
    bool operator==(const Figure&) const = default;
  };
  struct Part {
    WordRange words;
    PartType type = PartType::kNumber;
    bool operator==(const Part&) const = default;
  };

  std::vector<Statement> statements;  // in order of their cues
  std::vector<Name> names;            // dates and quantities included
  std::vector<Described> described;   // outermost and inner ones, wider ones first where they begin
  std::vector<Pronoun> pronouns;
  std::vector<Figure> figures;
  std::vector<Part> parts;
  // For Model::Clusters: of every word of a text of up to kWordsKept; of a longer one, of the words
  // at which a name, description or pronoun begins or ends.
  WordVectors vectors;
  static constexpr std::size_t kWordsKept = std::size_t{1} << 16;
};

// Sources with the hops that they hold, in order: a hop that touches a part of a source stands
// inside it ("a memo leaked to the Gazette"), and takes its words from the source's tags.
std::vector<WordRange> WholeSources(const std::vector<WordRange>& parts,
                                    const std::vector<WordRange>& hops);

// Figures in order, where those that touch and have but one number between them are one ("the
// toll", "to 12").
std::vector<WordRange> WholeFigures(const std::vector<WordRange>& figures,
                                    const std::vector<WordRange>& numbers);

}  // namespace hearsay::model
