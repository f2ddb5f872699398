#include "ingest/nlp/attribution.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "ingest/components.h"
#include "ingest/nlp/attribution_rules.h"

namespace hearsay::ingest {
namespace {

// Below this a word is no cue.  Set on held-out articles of PolNeAR train: see docs.
constexpr double kThreshold = 0.50;

// The candidate with the highest score; the first on a tie.
template <typename Candidates, typename Describe>
std::size_t Best(const Weights& weights, std::string_view family, const Candidates& candidates,
                 const Describe& describe) {
  std::size_t best = 0;
  double top = -1e30;
  Features features(family);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    features.Clear();
    describe(candidates[i], &features);
    const double score = weights.Score(features);
    if (score > top) {
      top = score;
      best = i;
    }
  }
  return best;
}

bool Covers(const std::vector<TokenRange>& ranges, TokenRange range) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](TokenRange r) { return r.begin <= range.begin && range.end <= r.end; });
}

class AttributionComponent : public Component {
 public:
  explicit AttributionComponent(const Lexicons& lexicons) : finder_(lexicons) {}
  void Run(Analysis& analysis) const override { analysis.attributions = finder_.Find(analysis); }

 private:
  AttributionFinder finder_;
};

}  // namespace

std::unique_ptr<Component> MakeAttributions(const Lexicons& lexicons) {
  return std::make_unique<AttributionComponent>(lexicons);
}

AttributionFinder::AttributionFinder(const Lexicons& lexicons)
    : lexicon_(lexicons),
      frames_(lexicons),
      weights_(lexicons.Rows("attribution.tsv")),
      threshold_(kThreshold) {}

Found AttributionFinder::Assemble(const Scene& scene, const CueCandidate& cue,
                                  double probability) const {
  Found found;
  found.cue = cue;
  found.probability = probability;
  const std::vector<TokenIndex> begins = CueBegins(scene, cue);
  found.cue_tokens.begin =
      begins[Best(weights_, kCueBeginFamily, begins,
                  [&](TokenIndex begin, Features* f) { CueBeginFeatures(scene, cue, begin, f); })];
  const std::vector<TokenIndex> ends = CueEnds(scene, cue);
  found.cue_tokens.end = ends[Best(weights_, kCueEndFamily, ends, [&](TokenIndex end, Features* f) {
    CueEndFeatures(scene, cue, end, f);
  })];
  const std::vector<TokenRange> sources = SourceCandidates(scene, cue);
  found.source =
      sources[Best(weights_, kSourceFamily, sources,
                   [&](TokenRange source, Features* f) { SourceFeatures(scene, cue, source, f); })];
  Draft draft;
  draft.cue = cue;
  draft.cue_tokens = found.cue_tokens;
  draft.source = found.source;
  FindContent(scene, draft, &found);
  return found;
}

void AttributionFinder::FindContent(const Scene& scene, const Draft& given, Found* found) const {
  Draft draft = given;
  const std::vector<Layout> layouts = Layouts(scene, draft);
  if (layouts.empty()) return;
  draft.layout = layouts[Best(weights_, kLayoutFamily, layouts, [&](Layout layout, Features* f) {
    LayoutFeatures(scene, draft, layout, f);
  })];
  // "..., he said in a statement": what follows is about the saying, unless a comma or a quotation
  // mark takes the content up again.
  if (draft.layout == Layout::kBoth) {
    const std::vector<int> begins = AfterBegins(scene, draft);
    const ChunkKind first = scene.at(begins.front()).kind;
    const bool resumed =
        begins.front() > 0 && scene.at(begins.front() - 1).kind == ChunkKind::kComma;
    const bool time = first == ChunkKind::kNoun && scene.at(begins.front()).time;
    const bool quote = std::any_of(begins.begin(), begins.end(), [&](int i) {
      return scene.at(i).kind == ChunkKind::kQuote || scene.at(i).kind == ChunkKind::kMark ||
             scene.at(i).kind == ChunkKind::kThat;
    });
    if ((first == ChunkKind::kPreposition || time) && !resumed && !quote) {
      draft.layout = Layout::kBefore;
    }
  }
  const auto add = [&](int begin, int end) {
    found->content.push_back({scene.at(begin).tokens.begin, scene.at(end).tokens.end});
  };
  if (draft.layout != Layout::kAfter) {
    const int end = BeforeEnd(scene, draft);
    const std::vector<int> begins = BeforeBegins(scene, draft, end);
    add(begins[Best(
            weights_, kBeforeBeginFamily, begins,
            [&](int begin, Features* f) { BeforeBeginFeatures(scene, draft, begin, end, f); })],
        end);
  }
  if (draft.layout != Layout::kBefore) {
    const std::vector<int> begins = AfterBegins(scene, draft);
    const int begin = begins[Best(weights_, kAfterBeginFamily, begins, [&](int b, Features* f) {
      AfterBeginFeatures(scene, draft, b, f);
    })];
    const std::vector<int> ends = AfterEnds(scene, draft, begin);
    add(begin, ends[Best(weights_, kAfterEndFamily, ends, [&](int end, Features* f) {
          AfterEndFeatures(scene, draft, begin, end, lexicon_, f);
        })]);
  }
}

void Nest(std::vector<Found>* found) {
  auto& all = *found;
  const auto settled = [&](std::size_t i, std::size_t j) {  // by rule
    return all[i].parent == static_cast<int>(j) || all[j].parent == static_cast<int>(i);
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i == j || all[i].dropped || all[j].dropped || settled(i, j)) continue;
      // Two cues on the same words, or each inside the other's content: the likelier one stays.
      const bool overlap = all[i].cue_tokens.begin < all[j].cue_tokens.end &&
                           all[j].cue_tokens.begin < all[i].cue_tokens.end;
      const bool mutual =
          Covers(all[i].content, all[j].cue_tokens) && Covers(all[j].content, all[i].cue_tokens);
      if (overlap || mutual) {
        (all[i].probability < all[j].probability ? all[i] : all[j]).dropped = true;
      }
    }
  }
  std::vector<Found> kept;
  std::vector<int> now(all.size(), -1);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].dropped) continue;
    now[i] = static_cast<int>(kept.size());
    kept.push_back(std::move(all[i]));
  }
  all = std::move(kept);
  for (Found& f : all) {
    if (f.parent >= 0) f.parent = now[static_cast<std::size_t>(f.parent)];
  }
  const auto length = [](const Found& f) {
    std::uint32_t n = 0;
    for (const TokenRange r : f.content) n += r.end - r.begin;
    return n;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].parent >= 0) continue;
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i == j || all[j].parent == static_cast<int>(i) ||
          !Covers(all[j].content, all[i].cue_tokens)) {
        continue;
      }
      if (all[i].parent < 0 ||
          length(all[j]) < length(all[static_cast<std::size_t>(all[i].parent)])) {
        all[i].parent = static_cast<int>(j);
      }
    }
  }
}

std::vector<Found> AttributionFinder::InUnit(const Analysis& analysis, const Unit& unit) const {
  const Scene scene(analysis, unit);
  std::vector<Found> found;
  Features features(kCueFamily);
  for (const CueCandidate& cue : CueCandidates(scene, lexicon_)) {
    features.Clear();
    CueFeatures(scene, cue, lexicon_, &features);
    const double probability = 1.0 / (1.0 + std::exp(-weights_.Score(features)));
    if (probability < threshold_) continue;
    found.push_back(Assemble(scene, cue, probability));
  }
  QuotedAs(scene, &found);
  AddTags(scene, lexicon_, &found);
  AddCarriers(scene, lexicon_, frames_, &found);
  AddCited(scene, frames_, &found);
  WidenAccordingTo(scene, &found);
  AddAddressees(scene, frames_, &found);
  Nest(&found);
  return found;
}

}  // namespace hearsay::ingest
