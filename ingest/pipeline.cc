#include "ingest/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "graph/base/check.h"
#include "ingest/components.h"
#include "ingest/lexicon/lexicons.h"
#include "ingest/model/locate.h"
#include "ingest/nlp/model_reading.h"
#include "ingest/text/language.h"

namespace hearsay::ingest {
namespace {

constexpr std::size_t kDigestShown = 12;

constexpr std::array<std::string_view, 12> kLayerNames = {
    "tokens",       "blocks",   "sentences",  "tags",    "quotations", "names",
    "attributions", "entities", "statements", "figures", "relations",  "coverage"};

class TableExtractor final : public Extractor {
 public:
  TableExtractor(ExtractorInfo info, const std::vector<ComponentRow>& table)
      : info_(std::move(info)) {
    const Lexicons lexicons;
    for (const ComponentRow& row : table) components_.push_back(row.make(lexicons));
  }

  const ExtractorInfo& info() const override { return info_; }

  Record Extract(const Article& article) const override {
    HEARSAY_CHECK(article.text.size() < UINT32_MAX);
    Analysis analysis(article);
    Analyse(analysis);
    return std::move(analysis.record);
  }

  void Analyse(Analysis& analysis) const override {
    analysis.record.extractor = info_;
    if (!IsEnglish(analysis.article.metadata.language)) return;
    for (const auto& component : components_) component->Run(analysis);
  }

 private:
  ExtractorInfo info_;
  std::vector<std::unique_ptr<Component>> components_;
};

// Each component must find its needs given before it, and be the only one to give what it gives.
Status CheckTable(const std::vector<ComponentRow>& table) {
  std::array<const ComponentRow*, kLayerNames.size()> givers{};
  for (const ComponentRow& row : table) {
    for (Layer need : row.needs) {
      if (givers[static_cast<std::size_t>(need)] == nullptr) {
        return Status::InvalidArgument(fmt::format(
            "component \"{}\" needs the layer \"{}\", which nothing before it gives: put the "
            "component that gives it earlier in the table",
            row.name, ToString(need)));
      }
    }
    for (Layer give : row.gives) {
      const ComponentRow*& giver = givers[static_cast<std::size_t>(give)];
      if (giver != nullptr) {
        return Status::InvalidArgument(
            fmt::format("components \"{}\" and \"{}\" both give the layer \"{}\": take one out",
                        giver->name, row.name, ToString(give)));
      }
      giver = &row;
    }
  }
  return Status::Ok();
}

}  // namespace

std::string_view ToString(Layer layer) { return kLayerNames[static_cast<std::size_t>(layer)]; }

const std::vector<ComponentRow>& RuleComponents() {
  using enum Layer;
  static const std::vector<ComponentRow> kTable = {
      {"tokens", "words, numbers and marks with their byte offsets", {}, {kTokens}, &MakeTokens},
      {"blocks", "paragraphs and what part of the page each is", {kTokens}, {kBlocks}, &MakeBlocks},
      {"sentences", "sentences of each block", {kTokens, kBlocks}, {kSentences}, &MakeSentences},
      {"quotations",
       "pairs of quotation marks",
       {kTokens, kBlocks},
       {kQuotations},
       &MakeQuotations},
      {"tags", "parts of speech", {kTokens, kSentences}, {kTags}, &MakeTags},
      {"names", "typed names", {kTokens, kSentences, kTags}, {kNames}, &MakeNames},
      {"attributions",
       "who says what: source, cue and content",
       {kTokens, kBlocks, kSentences, kQuotations, kTags},
       {kAttributions},
       &MakeAttributions},
      {"entities",
       "names, nominals and pronouns joined within the article",
       {kTokens, kSentences, kTags, kNames, kAttributions},
       {kEntities},
       &MakeEntityComponent},
      {"statements",
       "speakers and chains, and what the article itself says",
       {kTokens, kBlocks, kSentences, kAttributions, kEntities},
       {kStatements},
       &MakeStatements},
      {"figures",
       "counts of people: measure, bounds, population, place",
       {kTokens, kBlocks, kSentences, kTags, kEntities, kStatements},
       {kFigures},
       &MakeFigures},
      {"relations",
       "offices, spokespeople, members, places in places",
       {kTokens, kNames, kEntities, kStatements},
       {kRelations},
       &MakeRelations},
      {"coverage",
       "sentences with a cue, quote or count that became no record",
       {kTokens, kBlocks, kSentences, kQuotations, kTags, kStatements, kFigures},
       {kCoverage},
       &MakeCoverage},
  };
  return kTable;
}

Result<std::unique_ptr<Extractor>> Extractor::FromTable(ExtractorInfo info,
                                                        const std::vector<ComponentRow>& table) {
  HEARSAY_RETURN_IF_ERROR(CheckTable(table));
  return std::unique_ptr<Extractor>(std::make_unique<TableExtractor>(std::move(info), table));
}

std::vector<ComponentRow> ModelComponents(std::shared_ptr<const model::Model> model) {
  using enum Layer;
  std::vector<ComponentRow> table = RuleComponents();
  std::erase_if(table, [](const ComponentRow& row) { return row.name == "names"; });
  const auto at = std::find_if(table.begin(), table.end(),
                               [](const ComponentRow& row) { return row.name == "attributions"; });
  *at = {"reading",
         "the trained model: who says what, and typed names",
         {kTokens, kBlocks, kSentences, kQuotations, kTags},
         {kNames, kAttributions},
         [model = std::move(model)](const Lexicons& lexicons) {
           return MakeModelReading(lexicons, model);
         }};
  return table;
}

Result<std::unique_ptr<Extractor>> Extractor::Make(std::string_view name) {
  ExtractorInfo info;
  info.version = fmt::format("{}+lists.{}", HEARSAY_VERSION, LexiconDigest());
  if (name == "auto") name = model::LocateWeights().ok() ? "model" : "rules";
  info.model = name;
  if (name == "rules") return FromTable(std::move(info), RuleComponents());
  if (name == "model") {
    HEARSAY_ASSIGN_OR_RETURN(const auto path, model::LocateWeights());
    HEARSAY_ASSIGN_OR_RETURN(std::shared_ptr<const model::Model> model, model::Model::Open(path));
    info.model = model->name();
    info.version += "+weights." + model->sha256().substr(0, kDigestShown);
    return FromTable(std::move(info), ModelComponents(std::move(model)));
  }
  return Status::NotFound(fmt::format(
      "no extractor \"{}\": there are \"model\" (trained), \"rules\" (rules and word lists) and "
      "\"auto\" (model where its weights are found, else rules)",
      name));
}

}  // namespace hearsay::ingest
