#include "ingest/model/heads.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "graph/base/check.h"
#include "ingest/model/reading.h"
#include "ingest/model/words.h"

namespace hearsay::model {
namespace {

constexpr float kRoleEpsilon = 1e-5f;
constexpr std::size_t kTaps = 7;        // KERNEL of model.py
constexpr std::size_t kDistances = 24;  // DISTANCES
constexpr std::size_t kFar = 10;        // FAR
constexpr std::size_t kAlike = 4;       // by the last words (1) and all words (2) being the same
constexpr float kPerWordApart = 0.02f;  // what a place loses a word away from its figure
constexpr std::size_t kMentionBlock = 64;

// Bucket of the distance from a cue: 0 inside, odd before it, even after it; logarithmic.
std::size_t Distance(std::size_t word, WordRange cue) {
  const bool after = word >= cue.begin;
  if (after && word < cue.end) return 0;
  const std::uint64_t apart = after ? word + 1 - cue.end : cue.begin - word;
  // The whole part of 1.5 * log2(apart) is half of that of log2(apart^3).
  const std::size_t size = (std::bit_width(apart * apart * apart) - 1) / 2 + 1;
  return 1 + 2 * std::min(size, (kDistances - 2) / 2 - 1) + (after ? 1 : 0);
}

// Bucket of the words between two mentions.
std::size_t Far(std::uint32_t apart) {
  return apart == 0 ? 0 : std::min<std::size_t>(std::bit_width(apart) - 1, kFar - 1);
}

// Two mentions' numbers are the same where the pieces of their last words, of all their words are.
struct Likeness {
  std::size_t last = 0, all = 0;
};

std::vector<Likeness> LikenessesOf(const Words& words, std::span<const WordRange> mentions) {
  std::map<std::vector<PieceId>, std::size_t> numbers;
  const auto number = [&](std::uint32_t begin, std::uint32_t end) {
    const auto pieces = words.pieces.begin();
    return numbers
        .try_emplace({pieces + words.first_piece[begin], pieces + words.first_piece[end]},
                     numbers.size())
        .first->second;
  };
  std::vector<Likeness> likenesses;
  likenesses.reserve(mentions.size());
  for (const WordRange mention : mentions) {
    likenesses.push_back(
        {number(mention.end - 1, mention.end), number(mention.begin, mention.end)});
  }
  return likenesses;
}

}  // namespace

Result<std::unique_ptr<const Heads>> Heads::Make(const WeightsFile& file, const ModelConfig& config,
                                                 const Kernels& kernels) {
  std::unique_ptr<Heads> heads(new Heads(config, kernels));
  HEARSAY_RETURN_IF_ERROR(heads->LoadTags(file));
  HEARSAY_RETURN_IF_ERROR(heads->LoadRoles(file));
  HEARSAY_RETURN_IF_ERROR(heads->LoadFigures(file));
  HEARSAY_RETURN_IF_ERROR(heads->LoadCoreference(file));
  return std::unique_ptr<const Heads>(std::move(heads));
}

Status Heads::LoadTags(const WeightsFile& file) {
  std::vector<float> weights, biases;
  for (std::size_t i = 0; i < kLayers; ++i) {
    const auto layer = static_cast<Layer>(i);
    const std::string name = "tag." + std::string(NameOf(layer));
    const std::size_t tags = TagsOf(layer).size();
    HEARSAY_ASSIGN_OR_RETURN(const auto weight,
                             file.Floats(name + ".weight", tags * config_.width));
    HEARSAY_ASSIGN_OR_RETURN(auto bias, file.Floats(name + ".bias", tags));
    if (layer == Layer::kCue) {
      for (Tag tag = 1; tag < tags; tag += 2) bias[tag] += config_.cue_bias;
      HEARSAY_ASSIGN_OR_RETURN(const auto begin, file.Floats("crf.cue.begin", tags));
      HEARSAY_ASSIGN_OR_RETURN(const auto step, file.Floats("crf.cue.step", tags * tags));
      crfs_.emplace_back(TypesOf(layer).size(), begin, step);
    } else {
      crfs_.emplace_back(TypesOf(layer).size());
    }
    first_tag_[i] = biases.size();
    weights.insert(weights.end(), weight.begin(), weight.end());
    biases.insert(biases.end(), bias.begin(), bias.end());
  }
  tags_ = Dense(weights, biases, biases.size(), config_.width);
  return Status::Ok();
}

Status Heads::LoadRoles(const WeightsFile& file) {
  const std::size_t pair = config_.pair, tags = RoleTags().size();
  HEARSAY_ASSIGN_OR_RETURN(role_word_, Dense::Load(file, "roles.word", 2 * pair, config_.width));
  HEARSAY_ASSIGN_OR_RETURN(role_cue_, Dense::Load(file, "roles.cue", 2 * pair, 2 * config_.width));
  HEARSAY_ASSIGN_OR_RETURN(role_mix_, Dense::Load(file, "roles.mix", pair, pair));
  HEARSAY_ASSIGN_OR_RETURN(role_tag_, Dense::Load(file, "roles.tag", tags, pair));
  HEARSAY_ASSIGN_OR_RETURN(role_distance_, file.Floats("roles.distance.weight", kDistances * pair));
  HEARSAY_ASSIGN_OR_RETURN(const auto near, file.Floats("roles.near.weight", pair * kTaps));
  role_near_.resize(near.size());
  for (std::size_t j = 0; j < pair; ++j) {
    for (std::size_t k = 0; k < kTaps; ++k) role_near_[k * pair + j] = near[j * kTaps + k];
  }
  HEARSAY_ASSIGN_OR_RETURN(role_near_bias_, file.Floats("roles.near.bias", pair));
  HEARSAY_ASSIGN_OR_RETURN(role_gain_, file.Floats("roles.norm.weight", pair));
  HEARSAY_ASSIGN_OR_RETURN(role_shift_, file.Floats("roles.norm.bias", pair));
  HEARSAY_ASSIGN_OR_RETURN(const auto begin, file.Floats("crf.roles.begin", tags));
  HEARSAY_ASSIGN_OR_RETURN(const auto step, file.Floats("crf.roles.step", tags * tags));
  role_crf_ = std::make_unique<Crf>(kRoles, begin, step);
  return Status::Ok();
}

Status Heads::LoadFigures(const WeightsFile& file) {
  const std::size_t span = config_.span, width = config_.width;
  HEARSAY_ASSIGN_OR_RETURN(figure_look_, Dense::Load(file, "figures.look", 1, width));
  HEARSAY_ASSIGN_OR_RETURN(figure_inner_, Dense::Load(file, "figures.inner", span, 2 * width));
  HEARSAY_ASSIGN_OR_RETURN(figure_measure_,
                           Dense::Load(file, "figures.measure", Measures().size(), span));
  HEARSAY_ASSIGN_OR_RETURN(figure_place_, Dense::Load(file, "figures.place", span, width));
  HEARSAY_ASSIGN_OR_RETURN(figure_nowhere_, Dense::Load(file, "figures.nowhere", 1, span));
  return Status::Ok();
}

Status Heads::LoadCoreference(const WeightsFile& file) {
  const std::size_t link = config_.link, ends = 2 * config_.width;
  // Both halves of a mention as it seeks an antecedent and as it is one, in one matrix.
  std::vector<float> weights, biases;
  for (const std::string name : {"coreference.seeking", "coreference.antecedent"}) {
    HEARSAY_ASSIGN_OR_RETURN(const auto weight, file.Floats(name + ".weight", 2 * link * ends));
    HEARSAY_ASSIGN_OR_RETURN(const auto bias, file.Floats(name + ".bias", 2 * link));
    weights.insert(weights.end(), weight.begin(), weight.end());
    biases.insert(biases.end(), bias.begin(), bias.end());
  }
  mention_ends_ = Dense(weights, biases, 4 * link, ends);
  HEARSAY_ASSIGN_OR_RETURN(mention_link_, Dense::Load(file, "coreference.link", 1, link));
  HEARSAY_ASSIGN_OR_RETURN(const auto far, file.Floats("coreference.far.weight", kFar * link));
  HEARSAY_ASSIGN_OR_RETURN(const auto alike,
                           file.Floats("coreference.alike.weight", kAlike * link));
  mention_gap_.resize(kFar * kAlike * link);
  for (std::size_t gap = 0; gap < kFar * kAlike; ++gap) {
    for (std::size_t j = 0; j < link; ++j) {
      mention_gap_[gap * link + j] = far[gap / kAlike * link + j] + alike[gap % kAlike * link + j];
    }
  }
  return Status::Ok();
}

void Heads::Tags(const float* vectors, std::size_t words, Array<float>* scores) const {
  scores->resize(words * tags_.stride());
  tags_.Multiply(kernels_, vectors, config_.width, words, scores->data());
}

std::vector<std::vector<Tag>> Heads::Roles(const float* vectors, std::size_t words,
                                           std::span<const WordRange> cues,
                                           RoleSpace* space) const {
  const std::size_t width = config_.width, given_stride = role_cue_.stride();
  space->ends.resize(cues.size() * 2 * width);
  space->given.resize(cues.size() * given_stride);
  space->projected.resize(words * role_word_.stride());
  space->state.resize(words * config_.pair);
  space->near.resize(words * role_mix_.stride());
  space->scores.resize(words * role_tag_.stride());
  for (std::size_t c = 0; c < cues.size(); ++c) {
    HEARSAY_CHECK(cues[c].begin < cues[c].end && cues[c].end <= words);
    float* const ends = space->ends.data() + c * 2 * width;
    std::copy_n(vectors + cues[c].begin * width, width, ends);
    std::copy_n(vectors + (cues[c].end - 1) * width, width, ends + width);
  }
  role_cue_.Multiply(kernels_, space->ends.data(), 2 * width, cues.size(), space->given.data());
  role_word_.Multiply(kernels_, vectors, width, words, space->projected.data());
  std::vector<std::vector<Tag>> roles;
  for (std::size_t c = 0; c < cues.size(); ++c) {
    roles.push_back(RolesOf(cues[c], space->given.data() + c * given_stride, words, space));
  }
  return roles;
}

std::vector<Tag> Heads::RolesOf(WordRange cue, const float* given, std::size_t words,
                                RoleSpace* space) const {
  const std::size_t pair = config_.pair;
  float* const state = space->state.data();
  for (std::size_t t = 0; t < words; ++t) {
    const float* const word = space->projected.data() + t * role_word_.stride();
    const float* const distance = role_distance_.data() + Distance(t, cue) * pair;
    float* const z = state + t * pair;
    for (std::size_t j = 0; j < pair; ++j) {
      z[j] = word[j] + given[j] + word[pair + j] * given[pair + j] + distance[j];
    }
  }
  kernels_.gelu(state, words * pair);
  float* const near = space->near.data();
  kernels_.convolve(state, words, pair, role_near_.data(), kTaps, role_near_bias_.data(), near);
  kernels_.gelu(near, words * pair);
  for (std::size_t j = 0; j < words * pair; ++j) state[j] += near[j];
  role_mix_.Multiply(kernels_, state, pair, words, near);
  const std::size_t stride = role_mix_.stride();
  kernels_.gelu(near, words * stride);
  for (std::size_t t = 0; t < words; ++t) {
    kernels_.add_and_normalise(state + t * pair, near + t * stride, pair, kRoleEpsilon,
                               role_gain_.data(), role_shift_.data());
  }
  role_tag_.Multiply(kernels_, state, pair, words, space->scores.data());
  CrfDecoder decoder(role_crf_.get());
  for (std::size_t t = 0; t < words; ++t) {
    decoder.Push(space->scores.data() + t * role_tag_.stride());
  }
  decoder.Finish();
  return decoder.tags();
}

std::vector<float> Heads::SharesOfLook(const float* vectors, std::size_t words) const {
  Array<float> looks(words * figure_look_.stride());
  figure_look_.Multiply(kernels_, vectors, config_.width, words, looks.data());
  std::vector<float> shares(words);
  for (std::size_t i = 0; i < words; ++i) shares[i] = looks[i * figure_look_.stride()];
  const float most = *std::max_element(shares.begin(), shares.end());
  float sum = 0;
  for (float& share : shares) sum += share = std::exp(share - most);
  for (float& share : shares) share /= sum;
  return shares;
}

Heads::FigureScore Heads::Figure(const float* vectors, WordRange figure,
                                 std::span<const std::uint32_t> places) const {
  const std::size_t width = config_.width, span = config_.span;
  Array<float> input(2 * width), inner(figure_inner_.stride());
  const std::vector<float> shares = SharesOfLook(vectors + figure.begin * width, figure.size());
  for (std::uint32_t i = 0; i < figure.size(); ++i) {
    const float* const word = vectors + (figure.begin + i) * width;
    for (std::size_t j = 0; j < width; ++j) input[j] += shares[i] * word[j];
  }
  std::copy_n(vectors + figure.begin * width, width, input.data() + width);
  figure_inner_.Multiply(kernels_, input.data(), 2 * width, 1, inner.data());
  kernels_.gelu(inner.data(), inner.size());

  Array<float> scores(std::max(figure_measure_.stride(), figure_place_.stride()));
  figure_measure_.Multiply(kernels_, inner.data(), inner.size(), 1, scores.data());
  const auto end = scores.begin() + static_cast<std::ptrdiff_t>(Measures().size());
  FigureScore found;
  found.measure = static_cast<std::size_t>(std::max_element(scores.begin(), end) - scores.begin());

  // A tie goes to the earlier place; to none only where it scores above all.
  figure_nowhere_.Multiply(kernels_, inner.data(), inner.size(), 1, scores.data());
  const float nowhere = scores[0];
  float best = -std::numeric_limits<float>::infinity();
  for (std::size_t p = 0; p < places.size(); ++p) {
    figure_place_.Multiply(kernels_, vectors + places[p] * width, width, 1, scores.data());
    float score = 0;
    for (std::size_t j = 0; j < span; ++j) score += scores[j] * inner[j];
    const auto apart =
        static_cast<float>(std::max(places[p], figure.begin) - std::min(places[p], figure.begin));
    score = score / std::sqrt(static_cast<float>(span)) - kPerWordApart * apart;
    if (score > best) {
      best = score;
      found.place = p;
    }
  }
  if (best < nowhere) found.place = places.size();
  return found;
}

void Heads::MentionEnds(const WordVectors& vectors, std::span<const WordRange> mentions,
                        MentionSpace* space) const {
  HEARSAY_CHECK(vectors.width() == config_.width || vectors.size() == 0);
  const std::size_t n = mentions.size(), width = config_.width;
  space->known.resize(n);
  space->seen.resize(n * mention_ends_.stride());
  Array<float> ends(kMentionBlock * 2 * width);
  for (std::size_t block = 0; block < n; block += kMentionBlock) {
    const std::size_t count = std::min(kMentionBlock, n - block);
    for (std::size_t i = block; i < block + count; ++i) {
      HEARSAY_CHECK(mentions[i].begin < mentions[i].end);
      HEARSAY_CHECK(i == 0 || mentions[i - 1].begin <= mentions[i].begin);
      const float* const begin = vectors.Find(mentions[i].begin);
      const float* const end = vectors.Find(mentions[i].end - 1);
      space->known[i] = begin != nullptr && end != nullptr;
      if (!space->known[i]) continue;
      std::copy_n(begin, width, ends.data() + 2 * (i - block) * width);
      std::copy_n(end, width, ends.data() + (2 * (i - block) + 1) * width);
    }
    mention_ends_.Multiply(kernels_, ends.data(), 2 * width, count,
                           space->seen.data() + block * mention_ends_.stride());
  }
}

void Heads::ScoreAntecedents(std::size_t mention, std::size_t from,
                             std::span<const std::size_t> gaps, MentionSpace* space) const {
  const std::size_t link = config_.link, stride = mention_ends_.stride();
  const float* const seeking = space->seen.data() + mention * stride;
  space->state.resize(gaps.size() * link);
  for (std::size_t k = 0; k < gaps.size(); ++k) {
    const float* const antecedent = space->seen.data() + (from + k) * stride + 2 * link;
    const float* const gap = mention_gap_.data() + gaps[k] * link;
    float* const z = space->state.data() + k * link;
    for (std::size_t j = 0; j < link; ++j) {
      z[j] = seeking[j] + antecedent[j] + seeking[link + j] * antecedent[link + j] + gap[j];
    }
  }
  kernels_.gelu(space->state.data(), gaps.size() * link);
  space->scores.resize(gaps.size() * mention_link_.stride());
  mention_link_.Multiply(kernels_, space->state.data(), link, gaps.size(), space->scores.data());
}

std::vector<std::uint32_t> Heads::Clusters(const WordVectors& vectors, const Words& words,
                                           std::span<const WordRange> mentions,
                                           std::span<const float> biases) const {
  const std::size_t n = mentions.size();
  HEARSAY_CHECK(biases.empty() || biases.size() == n);
  MentionSpace space;
  MentionEnds(vectors, mentions, &space);
  const std::vector<Likeness> likenesses = LikenessesOf(words, mentions);
  std::vector<std::uint32_t> clusters(n);
  std::vector<std::size_t> gaps;
  std::vector<float> odds;  // of each cluster, against standing alone
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t from = i < kAntecedents ? 0 : i - kAntecedents;
    gaps.clear();
    for (std::size_t k = from; k < i; ++k) {
      gaps.push_back(Far(mentions[i].begin - mentions[k].begin) * kAlike +
                     (likenesses[i].last == likenesses[k].last ? 1 : 0) +
                     (likenesses[i].all == likenesses[k].all ? 2 : 0));
    }
    ScoreAntecedents(i, from, gaps, &space);
    std::fill(odds.begin(), odds.end(), 0.0F);
    for (std::size_t k = from; k < i; ++k) {
      if (!space.known[i] || !space.known[k]) continue;
      odds[clusters[k]] += std::exp(space.scores[(k - from) * mention_link_.stride()]);
    }
    const auto best = std::max_element(odds.begin(), odds.end());
    const float least = std::exp(config_.link_bias + (biases.empty() ? 0 : biases[i]));
    const bool joins = best != odds.end() && *best > least;
    clusters[i] = static_cast<std::uint32_t>(joins ? best - odds.begin() : odds.size());
    if (!joins) odds.push_back(0);
  }
  return clusters;
}

}  // namespace hearsay::model
