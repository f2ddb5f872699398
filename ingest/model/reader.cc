#include "ingest/model/reader.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "graph/base/check.h"

namespace hearsay::model {
namespace {

// Windows that wait for their last tags at most: then these are decided as if the text ended here.
constexpr std::size_t kWaitingMax = 64;

bool IsPlace(NameType type) {
  return type == NameType::kCity || type == NameType::kRegion || type == NameType::kCountry ||
         type == NameType::kFacility;
}

bool Covers(const std::vector<WordRange>& content, WordRange cue) {
  return std::any_of(content.begin(), content.end(),
                     [&](WordRange part) { return part.Covers(cue); });
}

std::uint32_t Size(const std::vector<WordRange>& content) {
  return std::accumulate(content.begin(), content.end(), std::uint32_t{0},
                         [](std::uint32_t sum, WordRange part) { return sum + part.size(); });
}

// Where the span that holds word i of legal tags ends.
std::uint32_t EndOf(const std::vector<Tag>& tags, std::uint32_t i) {
  const std::uint8_t type = TypeOf(tags[i]);
  do {
    ++i;
  } while (i < tags.size() && IsInside(tags[i]) && TypeOf(tags[i]) == type);
  return i;
}

// Calls use(range, type) for each span that begins within `words`.
template <class Use>
void ForSpans(const std::vector<Tag>& tags, WordRange words, Use use) {
  for (std::uint32_t i = words.begin; i < words.end;) {
    if (tags[i] == 0) {
      ++i;
      continue;
    }
    // A window's or a decision's border may cut a span: then I begins one.
    const bool begins =
        IsBegin(tags[i]) || i == 0 || tags[i - 1] == 0 || TypeOf(tags[i - 1]) != TypeOf(tags[i]);
    const std::uint32_t end = EndOf(tags, i);
    if (begins) use(WordRange{i, end}, TypeOf(tags[i]));
    i = end;
  }
}

// Probability of the first of some scores.
float First(const float* scores, std::size_t n) {
  const float most = *std::max_element(scores, scores + n);
  float sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += std::exp(scores[i] - most);
  return std::exp(scores[0] - most) / sum;
}

// J. Platt, "Probabilistic outputs for support vector machines", 1999; fitted by calibrate.py.
float Calibrated(float p, const ModelConfig& config) {
  constexpr float kLeast = 1e-4f;
  p = std::clamp(p, kLeast, 1 - kLeast);
  const float x = config.confidence_slope * std::log(p / (1 - p)) + config.confidence_bias;
  return 1 / (1 + std::exp(-x));
}

// Contents that cross may close a circle of parents: the last link into a statement already on the
// way out of it goes.
void BreakCycles(std::vector<Reading::Statement>* statements) {
  constexpr std::size_t kUnseen = SIZE_MAX;
  std::vector<std::size_t> way(statements->size(), kUnseen);  // the statement each was reached from
  for (std::size_t i = 0; i < statements->size(); ++i) {
    std::size_t at = i;
    while (way[at] == kUnseen) {
      way[at] = i;
      std::optional<std::uint32_t>& parent = (*statements)[at].parent;
      if (parent && way[*parent] == i) parent.reset();
      if (!parent) break;
      at = *parent;
    }
  }
}

}  // namespace

Reader::Reader(const ModelConfig& config, const Heads& heads, const std::vector<WordRange>& windows,
               std::size_t words)
    : config_(config), heads_(heads), windows_(windows), owners_(Owners(windows, words)) {
  for (std::size_t i = 0; i < kLayers; ++i) {
    decoders_.emplace_back(&heads.crf(static_cast<Layer>(i)));
  }
  reading_.vectors = WordVectors(config.width);
}

const std::vector<Tag>& Reader::tags(Layer layer) const {
  return layer == Layer::kPronoun ? pronouns_ : decoders_[Index(layer)].tags();
}

std::size_t Reader::decided() const {
  std::size_t least = pronouns_.size();
  for (std::size_t i = 0; i < kLayers; ++i) {
    least = std::min(least, tags(static_cast<Layer>(i)).size());
  }
  return least;
}

void Reader::Add(Array<float> vectors) {
  HEARSAY_CHECK(added_ < windows_.size());
  const WordRange window = windows_[added_];
  // Its own words are one range, since owners never fall.
  const auto [begin, end] =
      std::equal_range(owners_.begin() + window.begin, owners_.begin() + window.end, added_);
  const auto first = static_cast<std::uint32_t>(begin - owners_.begin());
  const auto count = static_cast<std::size_t>(end - begin);
  heads_.Tags(vectors.data() + (first - window.begin) * config_.width, count, &scores_);
  const std::size_t cue_tags = heads_.crf(Layer::kCue).tags();
  for (std::size_t i = 0; i < count; ++i) {
    const float* const row = scores_.data() + i * heads_.tag_stride();
    for (std::size_t l = 0; l < kLayers; ++l) {
      const auto layer = static_cast<Layer>(l);
      if (layer != Layer::kPronoun) decoders_[l].Push(row + heads_.first_tag(layer));
    }
    const float* const pronoun = row + heads_.first_tag(Layer::kPronoun);
    const std::size_t tags = TypesOf(Layer::kPronoun).size() + 1;
    pronouns_.push_back(static_cast<Tag>(std::max_element(pronoun, pronoun + tags) - pronoun));
    no_cue_.push_back(First(row + heads_.first_tag(Layer::kCue), cue_tags));
    const float* const part = row + heads_.first_tag(Layer::kPart);  // none, begin, inside number
    number_begins_.push_back(part[1] - part[0]);
    number_goes_on_.push_back(part[2] > part[0]);
    if (kept_scores_ != nullptr) {
      kept_scores_->insert(kept_scores_->end(), row, row + heads_.tag_stride());
    }
  }
  waiting_.push_back({added_++, std::move(vectors)});

  const bool last = added_ == windows_.size(), full = waiting_.size() > kWaitingMax;
  for (std::size_t l = 0; l < kLayers; ++l) {
    if (static_cast<Layer>(l) == Layer::kPronoun) continue;
    if (last || full) {
      decoders_[l].Finish();
    } else {
      decoders_[l].Settle();
    }
  }
  // A window is read once it is known where each span ends that ends in it.
  const std::size_t known = decided();
  while (!waiting_.empty() && (last || windows_[waiting_.front().window].end < known)) {
    Read(waiting_.front());
    waiting_.pop_front();
  }
}

void Reader::Read(const Waiting& waiting) {
  ReadStatements(waiting);
  ReadFigures(waiting);
  KeepVectors(waiting);
}

bool Reader::IsOwn(std::size_t window, WordRange words) const {
  return windows_[window].Covers(words) && owners_[(words.begin + words.end - 1) / 2] == window;
}

void Reader::ReadStatements(const Waiting& waiting) {
  const WordRange window = windows_[waiting.window];
  std::vector<WordRange> cues;
  std::vector<bool> nested;
  ForSpans(tags(Layer::kCue), window, [&](WordRange cue, std::uint8_t type) {
    if (!IsOwn(waiting.window, cue)) return;
    cues.push_back({cue.begin - window.begin, cue.end - window.begin});
    nested.push_back(type == kNestedCue);
  });
  if (cues.empty()) return;
  const std::vector<std::vector<Tag>> roles =
      heads_.Roles(waiting.vectors.data(), window.size(), cues, &role_space_);
  const auto in_text = [&](WordRange words) {
    return WordRange{words.begin + window.begin, words.end + window.begin};
  };
  for (std::size_t c = 0; c < cues.size(); ++c) {
    Reading::Statement statement;
    std::vector<WordRange>* const spans[kRoles] = {&statement.source, &statement.content,
                                                   &statement.addressee, &statement.hop,
                                                   &statement.cue};
    statement.cue.push_back(in_text(cues[c]));
    ForSpans(roles[c], {0, window.size()},
             [&](WordRange words, std::uint8_t role) { spans[role]->push_back(in_text(words)); });
    if (statement.content.empty()) continue;
    statement.source = WholeSources(statement.source, statement.hop);
    statement.nested = nested[c];
    statement.confidence = Calibrated(1 - no_cue_[statement.cue.front().begin], config_);
    reading_.statements.push_back(std::move(statement));
  }
}

void Reader::ReadFigures(const Waiting& waiting) {
  const WordRange window = windows_[waiting.window];
  const std::vector<Tag>& in_figure = tags(Layer::kFigure);
  const std::size_t known = decided();
  WordRange reach = window;  // all that touches what is in the window
  while (reach.begin > 0 && in_figure[reach.begin - 1] != 0) --reach.begin;
  while (reach.end < known && in_figure[reach.end] != 0) ++reach.end;
  std::vector<WordRange> figures, numbers;
  ForSpans(in_figure, reach, [&](WordRange figure, std::uint8_t) { figures.push_back(figure); });
  if (figures.empty()) return;
  ForSpans(tags(Layer::kPart), reach, [&](WordRange words, std::uint8_t type) {
    if (static_cast<PartType>(type) == PartType::kNumber) numbers.push_back(words);
  });
  std::vector<std::uint32_t> places;
  for (const WordRange figure : WholeFigures(figures, numbers)) {
    if (!IsOwn(waiting.window, figure)) continue;
    if (std::none_of(numbers.begin(), numbers.end(),
                     [&](WordRange number) { return figure.Covers(number); })) {
      reading_.parts.push_back({NumberIn(figure), PartType::kNumber});
    }
    if (places.empty()) {
      ForSpans(tags(Layer::kName), window, [&](WordRange name, std::uint8_t type) {
        if (IsPlace(static_cast<NameType>(type))) places.push_back(name.begin - window.begin);
      });
    }
    const Heads::FigureScore score = heads_.Figure(
        waiting.vectors.data(), {figure.begin - window.begin, figure.end - window.begin}, places);
    if (score.place < places.size()) {
      open_.push_back({reading_.figures.size(), places[score.place] + window.begin});
    }
    reading_.figures.push_back({figure, Measures()[score.measure], std::nullopt});
  }
}

WordRange Reader::NumberIn(WordRange figure) const {
  const std::vector<Tag>& parts = tags(Layer::kPart);
  std::uint32_t best = figure.begin;
  for (std::uint32_t i = figure.begin; i < figure.end; ++i) {
    const bool better = parts[best] != 0 || number_begins_[i] > number_begins_[best];
    if (parts[i] == 0 && better) best = i;
  }
  WordRange number{best, best + 1};
  while (number.end < figure.end && parts[number.end] == 0 && number_goes_on_[number.end]) {
    ++number.end;
  }
  return number;
}

void Reader::KeepVectors(const Waiting& waiting) {
  const WordRange window = windows_[waiting.window];
  const bool all = owners_.size() <= Reading::kWordsKept;
  for (std::uint32_t i = window.begin; i < window.end; ++i) {
    if (owners_[i] == waiting.window && (all || IsMentionEnd(i))) {
      reading_.vectors.Append(i, waiting.vectors.data() + (i - window.begin) * config_.width);
    }
  }
}

bool Reader::IsMentionEnd(std::uint32_t word) const {
  if (pronouns_[word] != 0) return true;
  for (const Layer layer : {Layer::kName, Layer::kOuter, Layer::kInner}) {
    const std::vector<Tag>& of = tags(layer);
    if (of[word] != 0 && (IsBegin(of[word]) || EndOf(of, word) == word + 1)) return true;
  }
  return false;
}

Reading Reader::Finish() {
  HEARSAY_CHECK(added_ == windows_.size() && waiting_.empty());
  const WordRange all{0, static_cast<std::uint32_t>(owners_.size())};
  ForSpans(tags(Layer::kName), all, [&](WordRange words, std::uint8_t type) {
    reading_.names.push_back({words, static_cast<NameType>(type)});
  });
  for (const Layer layer : {Layer::kOuter, Layer::kInner}) {
    ForSpans(tags(layer), all, [&](WordRange words, std::uint8_t type) {
      reading_.described.push_back({words, static_cast<EntityType>(type)});
    });
  }
  std::stable_sort(reading_.described.begin(), reading_.described.end(),
                   [](const Reading::Described& a, const Reading::Described& b) {
                     return std::pair(a.words.begin, b.words.end) <
                            std::pair(b.words.begin, a.words.end);
                   });
  for (std::uint32_t i = 0; i < all.end; ++i) {
    if (pronouns_[i] != 0) {
      reading_.pronouns.push_back({i, static_cast<EntityType>(pronouns_[i] - 1)});
    }
  }
  ForSpans(tags(Layer::kPart), all, [&](WordRange words, std::uint8_t type) {
    reading_.parts.push_back({words, static_cast<PartType>(type)});
  });
  std::sort(reading_.parts.begin(), reading_.parts.end(),
            [](const Reading::Part& a, const Reading::Part& b) { return a.words < b.words; });
  for (const OpenFigure& open : open_) {
    reading_.figures[open.figure].place = {open.place, EndOf(tags(Layer::kName), open.place)};
  }
  Link();
  return std::move(reading_);
}

// Finds each statement's parent: the one whose content most closely covers its cue, never one whose
// cue its own content covers.
void Reader::Link() {
  std::vector<Reading::Statement>& statements = reading_.statements;
  // A content lies in its cue's window, which has no more words than pieces: so do cue and parent.
  const auto reach = static_cast<std::uint32_t>(config_.window);
  std::size_t from = 0;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    Reading::Statement& mine = statements[i];
    const WordRange cue = mine.cue.front();
    while (statements[from].cue.front().begin + reach < cue.begin) ++from;
    std::uint32_t least = 0;
    for (std::size_t k = from; k < statements.size(); ++k) {
      const Reading::Statement& other = statements[k];
      if (other.cue.front().begin > cue.begin + reach) break;
      if (k == i || !Covers(other.content, cue) || Covers(mine.content, other.cue.front())) {
        continue;
      }
      const std::uint32_t size = Size(other.content);
      if (!mine.parent || size < least) {
        least = size;
        mine.parent = static_cast<std::uint32_t>(k);
      }
    }
  }
  BreakCycles(&statements);
}

}  // namespace hearsay::model
