#include "ingest/nlp/model_reading.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ingest/nlp/attribution.h"
#include "ingest/nlp/attribution_corrections.h"
#include "ingest/nlp/attribution_manner.h"
#include "ingest/nlp/coreferents.h"
#include "ingest/nlp/entities.h"
#include "ingest/nlp/merged_names.h"
#include "ingest/nlp/names.h"
#include "ingest/nlp/turns.h"

namespace hearsay::ingest {
namespace {

Span BytesOf(const model::Words& words, model::WordRange range) {
  return {words.spans[range.begin].begin, words.spans[range.end - 1].end};
}

class ReadAttributions {
 public:
  ReadAttributions(const Analysis& analysis, const model::Words& words, const CueLexicon& lexicon,
                   const CueFrames& frames)
      : analysis_(analysis), words_(words), lexicon_(lexicon), frames_(frames) {}

  std::vector<Attribution> Of(const std::vector<model::Reading::Statement>& statements) const {
    if (analysis_.sentences.empty()) return {};
    std::vector<Attribution> attributions;
    std::vector<std::optional<std::uint32_t>> now(statements.size());
    for (std::size_t i = 0; i < statements.size(); ++i) {
      Attribution a = Spans(statements[i]);
      if (InFurniture(*a.cue)) continue;
      now[i] = static_cast<std::uint32_t>(attributions.size());
      attributions.push_back(std::move(a));
    }
    for (Attribution& a : attributions) {
      if (a.parent) a.parent = now[*a.parent];
    }
    CorrectAttributions(analysis_, lexicon_, frames_, &attributions);
    AddTurns(analysis_, frames_, &attributions);
    for (Attribution& a : attributions) Say(&a);
    return attributions;
  }

 private:
  Span Bytes(model::WordRange range) const { return BytesOf(words_, range); }

  bool InFurniture(Span span) const {
    const auto after =
        std::partition_point(analysis_.blocks.begin(), analysis_.blocks.end(),
                             [&](const Block& block) { return block.span.begin <= span.begin; });
    return after != analysis_.blocks.begin() && std::prev(after)->kind == BlockKind::kFurniture;
  }

  Attribution Spans(const model::Reading::Statement& statement) const {
    Attribution a;
    if (!statement.source.empty()) a.source = Bytes(statement.source.front());
    a.cue = Bytes(statement.cue.front());
    for (const model::WordRange part : statement.content) a.content.push_back(Bytes(part));
    if (!statement.addressee.empty()) a.addressee = Bytes(statement.addressee.front());
    for (const model::WordRange hop : statement.hop)
      a.outer.emplace_back(Bytes(hop), Via::kCarrier);
    a.parent = statement.parent;
    a.confidence = statement.confidence;
    a.rule = "model";
    return a;
  }

  // What a cue hangs on: its last verb ("has been saying"), else its last noun.
  const CueEntry* EntryOf(TokenRange cue, bool* verb) const {
    const CueEntry* noun = nullptr;
    *verb = false;
    for (TokenIndex t = cue.end; t-- > cue.begin;) {
      const std::string_view word = analysis_.tokens[t].lower;
      if (const CueEntry* const entry = lexicon_.Verb(word)) {
        *verb = true;
        return entry;
      }
      if (noun == nullptr) noun = lexicon_.Noun(word);
    }
    return noun;
  }

  void Say(Attribution* a) const {
    std::vector<TokenRange> content;
    for (const Span part : a->content) content.push_back(analysis_.TokensOf(part));
    const TokenRange cue = analysis_.TokensOf(*a->cue);
    const Sentence& sentence = analysis_.sentences[SentenceOf(analysis_, cue.begin)];
    bool verb = false;
    const CueEntry* const entry = EntryOf(cue, &verb);
    const Saying saying{cue, sentence.tokens, content,
                        entry == nullptr ? std::string_view() : entry->lemma, verb && !a->source};
    a->form = FormOf(analysis_, content);
    a->where = WhereOf(analysis_, sentence.block);
    a->polarity = PolarityOf(analysis_, saying, frames_);
    a->certainty = CertaintyOf(analysis_, saying, frames_);
  }

  const Analysis& analysis_;
  const model::Words& words_;
  const CueLexicon& lexicon_;
  const CueFrames& frames_;
};

std::vector<ReadName> NamesOf(const model::Words& words, const model::Reading& reading) {
  std::vector<ReadName> names;
  for (const model::Reading::Name& name : reading.names) {
    if (name.type == model::NameType::kDate || name.type == model::NameType::kQuantity) continue;
    names.push_back({BytesOf(words, name.words), static_cast<EntityType>(name.type)});
  }
  return names;
}

// How much surer than of a pronoun the model must be of a mention that is spelt out, in logits:
// where it is not, entities.cc joins by the words themselves.  Set on the own corpus's dev part.
constexpr float kSpeltOut = 1.5F;

std::vector<Coreferent> Coreferents(const Analysis& analysis, const model::Model& model,
                                    const model::Words& words, const model::Reading& reading) {
  std::vector<std::pair<model::WordRange, Coreferent>> mentions;
  const auto add = [&](model::WordRange range, EntityType type, MentionForm form) {
    mentions.push_back({range, {BytesOf(words, range), type, form, 0}});
  };
  for (const model::Reading::Name& name : reading.names) {
    if (name.type == model::NameType::kDate || name.type == model::NameType::kQuantity) continue;
    add(name.words, static_cast<EntityType>(name.type), MentionForm::kName);
  }
  for (const auto& described : reading.described) {
    const TokenRange tokens = analysis.TokensOf(BytesOf(words, described.words));
    if (analysis.tags[tokens.end - 1] == Tag::kDeterminer) continue;  // a slip: "the"
    add(described.words, described.type, MentionForm::kNominal);
  }
  for (const auto& pronoun : reading.pronouns) {
    add({pronoun.word, pronoun.word + 1}, pronoun.type, MentionForm::kPronoun);
  }
  std::stable_sort(mentions.begin(), mentions.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.begin, b.first.end) < std::pair(b.first.begin, a.first.end);
  });
  std::vector<model::WordRange> ranges;
  std::vector<float> biases;
  for (const auto& [range, mention] : mentions) {
    ranges.push_back(range);
    biases.push_back(mention.form == MentionForm::kPronoun ? 0 : kSpeltOut);
  }
  const std::vector<std::uint32_t> groups = model.Clusters(reading, words, ranges, biases);
  std::vector<Coreferent> coreferents;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    coreferents.push_back(mentions[i].second);
    coreferents.back().group = groups[i];
  }
  return coreferents;
}

// "two of them": a pronoun says not who is counted.
bool IsPronoun(const Analysis& analysis, Span span) {
  const TokenRange tokens = analysis.TokensOf(span);
  const Tag tag = analysis.tags[tokens.begin];
  return tokens.end == tokens.begin + 1 &&
         (tag == Tag::kPronoun || tag == Tag::kPossessive || tag == Tag::kWhWord);
}

// The model's counts of people whose number it found.
std::vector<Count> Counts(const Analysis& analysis, const model::Words& words,
                          const model::Reading& reading) {
  const auto bytes = [&](model::WordRange range) { return BytesOf(words, range); };
  std::vector<Count> counts;
  auto part = reading.parts.begin();
  for (const model::Reading::Figure& figure : reading.figures) {
    Count count{bytes(figure.words), {}, std::string(figure.measure), {}, {}};
    while (part != reading.parts.end() && part->words.begin < figure.words.begin) ++part;
    for (auto p = part; p != reading.parts.end() && p->words.begin < figure.words.end; ++p) {
      if (!figure.words.Covers(p->words)) continue;
      if (p->type == model::PartType::kNumber) {
        const Span number = bytes(p->words);
        if (count.number.empty()) {
          count.number = number;
        } else if (p->words.begin == std::prev(p)->words.end) {
          count.number.end = number.end;  // "up to" and "2,300" are one
        }
      } else if (!count.population && !IsPronoun(analysis, bytes(p->words))) {
        count.population = bytes(p->words);
      }
    }
    if (figure.place) count.place = bytes(*figure.place);
    if (figure.measure == model::kOtherMeasure) count.measure.clear();
    if (!count.number.empty()) counts.push_back(std::move(count));
  }
  return counts;
}

class ModelReading final : public Component {
 public:
  ModelReading(const Lexicons& lexicons, std::shared_ptr<const model::Model> model)
      : lexicon_(lexicons),
        frames_(lexicons),
        nominals_(lexicons),
        gazetteer_(Gazetteer::Shared(lexicons)),
        names_(gazetteer_),
        model_(std::move(model)) {}

  void Run(Analysis& analysis) const override {
    const model::Words words = model::ReadWords(analysis.article.text, model_->vocabulary());
    const model::Reading reading = model_->Read(words);
    analysis.counts = Counts(analysis, words, reading);
    analysis.coreferents = Coreferents(analysis, *model_, words, reading);
    JoinAnswers(frames_, &analysis);
    analysis.attributions =
        ReadAttributions(analysis, words, lexicon_, frames_).Of(reading.statements);
    CorrectGroups(&analysis);
    analysis.names =
        MergeNames(analysis, gazetteer_, nominals_, names_.Find(analysis), NamesOf(words, reading));
  }

 private:
  CueLexicon lexicon_;
  CueFrames frames_;
  Nominals nominals_;
  const Gazetteer& gazetteer_;
  NameFinder names_;
  std::shared_ptr<const model::Model> model_;
};

}  // namespace

std::unique_ptr<Component> MakeModelReading(const Lexicons& lexicons,
                                            std::shared_ptr<const model::Model> model) {
  return std::make_unique<ModelReading>(lexicons, std::move(model));
}

}  // namespace hearsay::ingest
