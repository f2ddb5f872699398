// Learns the weights of the attribution decisions (ingest/nlp/attribution_model.h) from articles
// annotated in the layout of PolNeAR.
//
// usage: attribution_train CORPUS_DIR OUT.tsv
//   CORPUS_DIR  holds text/<doc>.txt and attributions/<doc>_<annotator>.ann
//   OUT.tsv     goes to ingest/lexicon/data/attribution.tsv
// Every decision is a choice between candidates: multinomial logistic regression, AdaGrad (J. Duchi
// et al., JMLR 2011), L2, articles in a fixed order, so that the file is the same on every run.
// Every tenth article is held out; its accuracy is printed.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "ingest/components.h"
#include "ingest/nlp/attribution_model.h"

namespace hearsay::ingest {
namespace {

struct Gold {
  std::vector<Span> source, cue, content;
};

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<std::uint32_t> ByteOfCodePoint(const std::string& text) {
  std::vector<std::uint32_t> bytes;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) bytes.push_back(i);
  }
  bytes.push_back(static_cast<std::uint32_t>(text.size()));
  return bytes;
}

// Two passes, since some events stand before their spans.
std::vector<Gold> ReadAnnotations(const std::filesystem::path& path, const std::string& text) {
  const std::vector<std::uint32_t> bytes = ByteOfCodePoint(text);
  std::ifstream file(path);
  std::map<std::string, std::vector<Span>> spans;
  std::vector<std::string> events;
  std::string line;
  while (std::getline(file, line)) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    const std::string id = line.substr(0, tab);
    std::string rest = line.substr(tab + 1);
    if (id[0] == 'E') events.push_back(rest);
    if (id[0] != 'T') continue;
    rest = rest.substr(0, rest.find('\t'));
    std::replace(rest.begin(), rest.end(), ';', ' ');
    std::istringstream words(rest);
    std::string role;
    words >> role;
    std::uint32_t b = 0;
    std::uint32_t e = 0;
    while (words >> b >> e) {
      Span span = {bytes[std::min<std::size_t>(b, bytes.size() - 1)],
                   bytes[std::min<std::size_t>(e, bytes.size() - 1)]};
      while (!span.empty() && std::isspace(static_cast<unsigned char>(text[span.begin])) != 0) {
        ++span.begin;
      }
      while (!span.empty() && std::isspace(static_cast<unsigned char>(text[span.end - 1])) != 0) {
        --span.end;
      }
      spans[id].push_back(span);
    }
  }
  std::vector<Gold> golds;
  for (const std::string& event : events) {
    if (!event.starts_with("Attribution")) continue;
    Gold gold;
    std::istringstream words(event);
    std::string word;
    words >> word;
    while (words >> word) {
      const std::size_t colon = word.find(':');
      if (colon == std::string::npos || !spans.contains(word.substr(colon + 1))) continue;
      std::vector<Span>* to = word.starts_with("Source")    ? &gold.source
                              : word.starts_with("Cue")     ? &gold.cue
                              : word.starts_with("Content") ? &gold.content
                                                            : nullptr;
      if (to == nullptr) continue;
      const auto& from = spans[word.substr(colon + 1)];
      to->insert(to->end(), from.begin(), from.end());
    }
    std::sort(gold.content.begin(), gold.content.end());
    if (!gold.cue.empty() && !gold.content.empty()) golds.push_back(std::move(gold));
  }
  return golds;
}

using Choice = std::vector<std::vector<std::uint32_t>>;  // candidates' feature indices
struct Decision {
  Choice candidates;
  std::size_t right = 0;
};

// The decisions of one family with their features numbered.
class Family {
 public:
  explicit Family(std::string_view prefix) : prefix_(prefix) {}

  template <typename Describe>
  void Add(std::size_t count, std::size_t right, bool held_out, const Describe& describe) {
    Decision decision;
    decision.right = right;
    for (std::size_t i = 0; i < count; ++i) {
      names_.clear();
      Features features(prefix_, &names_);
      describe(i, &features);
      std::vector<std::uint32_t> indices;
      for (std::size_t k = 0; k < names_.size(); ++k) {
        const auto [at, fresh] = index_.emplace(features.hashes()[k], counts_.size());
        if (fresh) {
          counts_.push_back(0);
          texts_.push_back(names_[k]);
        }
        if (!held_out) ++counts_[at->second];
        indices.push_back(static_cast<std::uint32_t>(at->second));
      }
      decision.candidates.push_back(std::move(indices));
    }
    (held_out ? test_ : train_).push_back(std::move(decision));
  }

  void Train(int epochs, double rate, double l2, int count_min, double keep_min,
             std::ostream& out) {
    weights_.assign(counts_.size(), 0.0F);
    std::vector<float> squares(counts_.size(), 1e-4F);
    std::vector<double> scores;
    for (int epoch = 0; epoch < epochs; ++epoch) {
      for (const Decision& decision : train_) {
        Probabilities(decision, &scores, count_min);
        for (std::size_t c = 0; c < scores.size(); ++c) {
          const double gradient = scores[c] - (c == decision.right ? 1.0 : 0.0);
          if (std::abs(gradient) < 1e-4) continue;
          for (const std::uint32_t i : decision.candidates[c]) {
            if (counts_[i] < count_min) continue;
            const double g = gradient + l2 * weights_[i];
            squares[i] += static_cast<float>(g * g);
            weights_[i] -= static_cast<float>(rate * g / std::sqrt(squares[i]));
          }
        }
      }
    }
    std::size_t kept = 0;
    std::vector<std::size_t> order(counts_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return texts_[a] < texts_[b]; });
    for (const std::size_t i : order) {
      if (counts_[i] < count_min || std::abs(weights_[i]) < keep_min) {
        weights_[i] = 0;
        continue;
      }
      char number[32];
      std::snprintf(number, sizeof number, "%.2f", static_cast<double>(weights_[i]));
      out << texts_[i] << '\t' << number << '\n';
      ++kept;
    }
    std::printf("%s train %zu decisions %.1f%%, held out %zu %.1f%%, %zu features kept of %zu\n",
                std::string(prefix_).c_str(), train_.size(), Accuracy(train_), test_.size(),
                Accuracy(test_), kept, counts_.size());
    if (prefix_ == kCueFamily) CueCurve();
  }

 private:
  void Probabilities(const Decision& decision, std::vector<double>* scores, int count_min) const {
    scores->assign(decision.candidates.size(), 0.0);
    double top = -1e30;
    for (std::size_t c = 0; c < decision.candidates.size(); ++c) {
      for (const std::uint32_t i : decision.candidates[c]) {
        if (counts_[i] >= count_min) (*scores)[c] += weights_[i];
      }
      top = std::max(top, (*scores)[c]);
    }
    double sum = 0;
    for (double& s : *scores) sum += s = std::exp(s - top);
    for (double& s : *scores) s /= sum;
  }
  double Accuracy(const std::vector<Decision>& decisions) const {
    std::size_t right = 0;
    std::vector<double> scores;
    for (const Decision& decision : decisions) {
      Probabilities(decision, &scores, 0);
      const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
      right += static_cast<std::size_t>(best) == decision.right ? 1 : 0;
    }
    return decisions.empty()
               ? 0
               : 100.0 * static_cast<double>(right) / static_cast<double>(decisions.size());
  }
  void CueCurve() const {
    std::vector<double> scores;
    for (const double threshold : {0.2, 0.3, 0.4, 0.5, 0.6}) {
      int tp = 0;
      int predicted = 0;
      int gold = 0;
      for (const Decision& decision : test_) {
        Probabilities(decision, &scores, 0);
        const bool yes = scores[1] >= threshold;
        gold += decision.right == 1 ? 1 : 0;
        predicted += yes ? 1 : 0;
        tp += yes && decision.right == 1 ? 1 : 0;
      }
      std::printf("  cue at %.1f: P %.1f R %.1f of %d\n", threshold, 100.0 * tp / predicted,
                  100.0 * tp / gold, gold);
    }
  }

  std::string_view prefix_;
  std::vector<std::string> names_, texts_;
  std::unordered_map<std::uint64_t, std::size_t> index_;
  std::vector<int> counts_;
  std::vector<float> weights_;
  std::vector<Decision> train_, test_;
};

bool Inside(const std::vector<Span>& spans, Span span) {
  return std::any_of(spans.begin(), spans.end(), [&](Span s) { return s.Overlaps(span); });
}

double Overlap(Span a, Span b) {
  const double both = std::max(0.0, double(std::min(a.end, b.end)) - std::max(a.begin, b.begin));
  return both / (double(a.size()) + b.size() - both);
}

class Trainer {
 public:
  void Article(const Analysis& analysis, const std::vector<Gold>& golds, bool held_out) {
    held_out_ = held_out;
    std::vector<Span> covered;
    for (const Gold& gold : golds) {
      covered.insert(covered.end(), gold.content.begin(), gold.content.end());
      covered.insert(covered.end(), gold.source.begin(), gold.source.end());
    }
    for (const Unit& unit : MakeUnits(analysis)) {
      const Scene scene(analysis, unit);
      const std::vector<CueCandidate> candidates = CueCandidates(scene, lexicon_);
      std::vector<const Gold*> is(candidates.size(), nullptr);
      std::vector<bool> near(candidates.size(), false);
      for (const Gold& gold : golds) Align(analysis, gold, candidates, &is, &near);
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        const Span head = analysis.tokens[candidates[i].head].span;
        if (is[i] == nullptr && (near[i] || Inside(covered, head))) continue;
        cues_.Add(2, is[i] != nullptr ? 1 : 0, held_out, [&](std::size_t c, Features* f) {
          if (c == 1) CueFeatures(scene, candidates[i], lexicon_, f);
        });
        if (is[i] != nullptr) Parts(scene, candidates[i], *is[i]);
      }
    }
    gold_count_ += static_cast<int>(golds.size());
  }

  void Finish(std::ostream& out) {
    std::printf(
        "%d attributions, %d with a candidate cue; unreachable: source %d, begin %d, end %d, "
        "before %d\n",
        gold_count_, aligned_, lost_source_, lost_begin_, lost_end_, lost_before_);
    cues_.Train(12, 0.06, 2e-3, 4, 0.10, out);
    for (Family* family : {&cue_begins_, &cue_ends_, &sources_, &layouts_, &after_begins_,
                           &after_ends_, &before_begins_}) {
      family->Train(8, 0.08, 2e-3, 8, 0.14, out);
    }
  }

 private:
  // Which candidate a gold cue hangs on: its last verb, else noun, adjective, phrase, mark.
  void Align(const Analysis& analysis, const Gold& gold,
             const std::vector<CueCandidate>& candidates, std::vector<const Gold*>* is,
             std::vector<bool>* near) {
    std::size_t best = candidates.size();
    int rank_best = 99;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (!Inside(gold.cue, analysis.tokens[candidates[i].head].span)) continue;
      (*near)[i] = true;
      const int rank =
          candidates[i].kind == CueKind::kPhrase ? -1 : static_cast<int>(candidates[i].kind);
      if (rank <= rank_best) {
        rank_best = rank;
        best = i;
      }
    }
    if (best == candidates.size() || (*is)[best] != nullptr) return;
    (*is)[best] = &gold;
    ++aligned_;
  }

  void Parts(const Scene& scene, const CueCandidate& cue, const Gold& gold) {
    const Analysis& analysis = scene.analysis();
    Draft draft;
    draft.cue = cue;
    const Span cue_span = gold.cue.front();

    const std::vector<TokenIndex> begins = CueBegins(scene, cue);
    for (std::size_t i = 0; i < begins.size(); ++i) {
      if (analysis.tokens[begins[i]].span.begin != cue_span.begin) continue;
      draft.cue_tokens.begin = begins[i];
      cue_begins_.Add(begins.size(), i, held_out_, [&](std::size_t c, Features* f) {
        CueBeginFeatures(scene, cue, begins[c], f);
      });
      break;
    }
    if (draft.cue_tokens.begin == 0) draft.cue_tokens.begin = scene.at(cue.chunk).tokens.begin;
    const std::vector<TokenIndex> ends = CueEnds(scene, cue);
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (analysis.tokens[ends[i] - 1].span.end != cue_span.end) continue;
      draft.cue_tokens.end = ends[i];
      cue_ends_.Add(ends.size(), i, held_out_,
                    [&](std::size_t c, Features* f) { CueEndFeatures(scene, cue, ends[c], f); });
      break;
    }
    if (draft.cue_tokens.end == 0) draft.cue_tokens.end = scene.at(cue.last_chunk).tokens.end;

    const std::vector<TokenRange> sources = SourceCandidates(scene, cue);
    std::size_t right = sources.size();
    if (gold.source.empty()) {
      right = 0;
    } else {
      double best = 0.5;
      for (std::size_t i = 1; i < sources.size(); ++i) {
        const double overlap = Overlap(analysis.SpanOf(sources[i]), gold.source.front());
        if (overlap > best) {
          best = overlap;
          right = i;
        }
      }
    }
    if (right < sources.size()) {
      draft.source = sources[right];
      sources_.Add(sources.size(), right, held_out_,
                   [&](std::size_t c, Features* f) { SourceFeatures(scene, cue, sources[c], f); });
    } else {
      ++lost_source_;
      return;
    }
    Content(scene, draft, gold);
  }

  void Content(const Scene& scene, Draft draft, const Gold& gold) {
    const Analysis& analysis = scene.analysis();
    const Span unit = analysis.SpanOf(scene.unit().tokens);
    const std::uint32_t cue = analysis.tokens[draft.cue.head].span.begin;
    std::vector<Span> before;
    std::vector<Span> after;
    for (const Span span : gold.content) {
      if (span.begin < unit.begin || span.begin >= unit.end) continue;
      (span.begin < cue ? before : after).push_back(span);
    }
    if (before.empty() && after.empty()) return;
    draft.layout = before.empty()  ? Layout::kAfter
                   : after.empty() ? Layout::kBefore
                                   : Layout::kBoth;
    const std::vector<Layout> layouts = Layouts(scene, draft);
    const auto at = std::find(layouts.begin(), layouts.end(), draft.layout);
    if (at == layouts.end()) {
      ++lost_begin_;
      return;
    }
    layouts_.Add(layouts.size(), static_cast<std::size_t>(at - layouts.begin()), held_out_,
                 [&](std::size_t c, Features* f) { LayoutFeatures(scene, draft, layouts[c], f); });
    if (!after.empty()) After(scene, draft, after.front());
    if (!before.empty()) Before(scene, draft, before.front());
  }

  void After(const Scene& scene, const Draft& draft, Span gold) {
    const Analysis& analysis = scene.analysis();
    const std::vector<int> begins = AfterBegins(scene, draft);
    const auto begin = std::find_if(begins.begin(), begins.end(), [&](int i) {
      return ContentSpan(scene, i, i).begin == gold.begin;
    });
    if (begin == begins.end()) {
      ++lost_begin_;
      return;
    }
    after_begins_.Add(
        begins.size(), static_cast<std::size_t>(begin - begins.begin()), held_out_,
        [&](std::size_t c, Features* f) { AfterBeginFeatures(scene, draft, begins[c], f); });
    const std::vector<int> ends = AfterEnds(scene, draft, *begin);
    std::size_t best = ends.size();
    std::uint32_t gap = 3;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const std::uint32_t end = ContentSpan(scene, ends[i], ends[i]).end;
      const std::uint32_t off = end > gold.end ? end - gold.end : gold.end - end;
      if (off < gap) {
        gap = off;
        best = i;
      }
    }
    if (best == ends.size()) {
      ++lost_end_;
      return;
    }
    (void)analysis;
    after_ends_.Add(ends.size(), best, held_out_, [&](std::size_t c, Features* f) {
      AfterEndFeatures(scene, draft, *begin, ends[c], lexicon_, f);
    });
  }

  void Before(const Scene& scene, const Draft& draft, Span gold) {
    const int end = BeforeEnd(scene, draft);
    if (end < 0) return;
    const std::vector<int> begins = BeforeBegins(scene, draft, end);
    const auto begin = std::find_if(begins.begin(), begins.end(), [&](int i) {
      return ContentSpan(scene, i, i).begin == gold.begin;
    });
    if (begin == begins.end()) {
      ++lost_before_;
      return;
    }
    before_begins_.Add(
        begins.size(), static_cast<std::size_t>(begin - begins.begin()), held_out_,
        [&](std::size_t c, Features* f) { BeforeBeginFeatures(scene, draft, begins[c], end, f); });
  }

  CueLexicon lexicon_{Lexicons()};
  Family cues_{kCueFamily}, cue_begins_{kCueBeginFamily}, cue_ends_{kCueEndFamily},
      sources_{kSourceFamily}, layouts_{kLayoutFamily}, after_begins_{kAfterBeginFamily},
      after_ends_{kAfterEndFamily}, before_begins_{kBeforeBeginFamily};
  bool held_out_ = false;
  int gold_count_ = 0;
  int aligned_ = 0;
  int lost_source_ = 0;
  int lost_begin_ = 0;
  int lost_end_ = 0;
  int lost_before_ = 0;
};

int Main(const std::filesystem::path& corpus, const std::filesystem::path& out_path) {
  std::map<std::string, std::filesystem::path> annotations;  // first annotator of each article
  for (const auto& entry : std::filesystem::directory_iterator(corpus / "attributions")) {
    const std::string stem = entry.path().stem().string();
    auto& at = annotations[stem.substr(0, stem.rfind('_'))];
    if (at.empty() || entry.path() < at) at = entry.path();
  }
  const Lexicons lexicons;
  std::vector<std::unique_ptr<Component>> components;
  for (auto make : {MakeTokens, MakeBlocks, MakeSentences, MakeQuotations, MakeTags}) {
    components.push_back(make(lexicons));
  }
  Trainer trainer;
  int number = 0;
  for (const auto& [doc, path] : annotations) {
    hearsay::Article article;
    article.text = ReadAll(corpus / "text" / (doc + ".txt"));
    Analysis analysis(article);
    for (const auto& component : components) component->Run(analysis);
    trainer.Article(analysis, ReadAnnotations(path, article.text), number++ % 10 == 9);
  }
  std::ofstream out(out_path);
  out << "# Weights of the attribution decisions (docs/gazetteers.md): feature, weight.  "
         "Learnt by\n"
         "# bench/attribution_train from PolNeAR train (no licence stated); numbers only, no "
         "text.\n";
  trainer.Finish(out);
  return 0;
}

}  // namespace
}  // namespace hearsay::ingest

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: attribution_train CORPUS_DIR OUT.tsv\n");
    return 2;
  }
  return hearsay::ingest::Main(argv[1], argv[2]);
}
