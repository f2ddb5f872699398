// What stands above the encoder: tag layers, roles given a cue, figures and coreference, as
// model.py of the training program has them.  Vectors of words in, scores out; all in float.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/base/result.h"
#include "ingest/model/array.h"
#include "ingest/model/config.h"
#include "ingest/model/crf.h"
#include "ingest/model/dense.h"
#include "ingest/model/kernels.h"
#include "ingest/model/labels.h"
#include "ingest/model/weights_file.h"
#include "ingest/model/windows.h"

namespace hearsay::model {

class WordVectors;
struct Words;

// Thread safety: any method, any thread.
class Heads {
 public:
  // Copies what it needs of the file; the kernels must outlive it.
  static Result<std::unique_ptr<const Heads>> Make(const WeightsFile& file,
                                                   const ModelConfig& config,
                                                   const Kernels& kernels);

  // Scores of the tags of all layers: `words` rows of tag_stride() floats, a layer's from
  // first_tag(layer) on.  The config's bias of cues is in them.
  void Tags(const float* vectors, std::size_t words, Array<float>* scores) const;
  std::size_t tag_stride() const { return tags_.stride(); }
  std::size_t first_tag(Layer layer) const { return first_tag_[Index(layer)]; }
  const Crf& crf(Layer layer) const { return crfs_[Index(layer)]; }  // kPronoun's means nothing

  // The best role tags of each word of a window given each of some cues, in the window's words.
  // `space` is scratch that the next call may use again; the tags' scores given the last cue stay
  // in it.
  struct RoleSpace {
    Array<float> ends, given, projected, state, near, scores;
  };
  std::vector<std::vector<Tag>> Roles(const float* vectors, std::size_t words,
                                      std::span<const WordRange> cues, RoleSpace* space) const;

  // For a figure in a window: what it counts, as an index into Measures(), and which of `places`,
  // words that begin the name of one, is where it happened: an index, or places.size() for none.
  struct FigureScore {
    std::size_t measure = 0;
    std::size_t place = 0;
  };
  FigureScore Figure(const float* vectors, WordRange figure,
                     std::span<const std::uint32_t> places) const;

  // For each mention, in order of their begins, the number of its cluster, counted up from 0 in
  // order of their first mentions: each joins the likeliest cluster among the kAntecedents mentions
  // before it, the odds of all its antecedents in one added up as in training, where their
  // logarithm is above config.link_bias and its own of `biases`, one a mention or none at all.  One
  // whose ends have no vector stands alone.
  static constexpr std::size_t kAntecedents = 512;
  std::vector<std::uint32_t> Clusters(const WordVectors& vectors, const Words& words,
                                      std::span<const WordRange> mentions,
                                      std::span<const float> biases) const;

 private:
  // Of the words of a figure, which add up to 1.
  std::vector<float> SharesOfLook(const float* vectors, std::size_t words) const;
  // What Clusters() knows of the mentions, and scratch: rows of mention_ends_ and mention_link_.
  struct MentionSpace {
    std::vector<bool> known;  // whether both ends have a vector
    Array<float> seen, state, scores;
  };
  void MentionEnds(const WordVectors& vectors, std::span<const WordRange> mentions,
                   MentionSpace* space) const;
  // Of a mention's antecedents `from`, from + 1, ..., one for each of `gaps`, rows of mention_gap_.
  void ScoreAntecedents(std::size_t mention, std::size_t from, std::span<const std::size_t> gaps,
                        MentionSpace* space) const;
  std::vector<Tag> RolesOf(WordRange cue, const float* given, std::size_t words,
                           RoleSpace* space) const;

  Heads(const ModelConfig& config, const Kernels& kernels) : config_(config), kernels_(kernels) {}
  Status LoadTags(const WeightsFile& file);
  Status LoadRoles(const WeightsFile& file);
  Status LoadFigures(const WeightsFile& file);
  Status LoadCoreference(const WeightsFile& file);

  const ModelConfig config_;
  const Kernels& kernels_;

  Dense tags_;  // of all layers, one behind the other
  std::array<std::size_t, kLayers> first_tag_{};
  std::vector<Crf> crfs_;

  Dense role_word_, role_cue_, role_mix_, role_tag_;
  std::vector<float> role_distance_;               // [bucket][pair]
  std::vector<float> role_near_, role_near_bias_;  // [tap][pair]
  std::vector<float> role_gain_, role_shift_;
  std::unique_ptr<const Crf> role_crf_;

  Dense figure_look_, figure_inner_, figure_measure_, figure_place_, figure_nowhere_;

  // A mention's first and last word, as it seeks an antecedent and as it is one, and what is added
  // for [how far apart][how alike] two mentions are.
  Dense mention_ends_, mention_link_;
  std::vector<float> mention_gap_;
};

}  // namespace hearsay::model
