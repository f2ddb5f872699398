// The extraction pipeline: an ordered table of components (ingest/pipeline.cc), each of which
// declares the layers it needs and gives.  Make refuses a pipeline in which a component needs what
// nothing before it gives.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/analysis.h"

namespace hearsay::ingest {

enum class Layer : std::uint8_t {
  kTokens,
  kBlocks,
  kSentences,
  kTags,
  kQuotations,
  kNames,
  kAttributions,
  kEntities,
  kStatements,
  kFigures,
  kRelations,
  kCoverage
};

// Components hold only what they read at construction (lexicons), so one instance serves all
// threads at once.
class Component {
 public:
  virtual ~Component() = default;
  virtual void Run(Analysis& analysis) const = 0;
};

class Lexicons;  // ingest/lexicon/lexicons.h: the data files, loaded once
}  // namespace hearsay::ingest

namespace hearsay::model {
class Model;
}

namespace hearsay::ingest {

struct ComponentRow {
  std::string_view name;
  std::string_view help;
  std::vector<Layer> needs;
  std::vector<Layer> gives;
  std::function<std::unique_ptr<Component>(const Lexicons&)> make;
};

class Extractor {
 public:
  // By name: "model", "rules", or "auto", which is "model" where its weights are found and else
  // "rules".  kNotFound names the extractors there are, or says where the model's weights were
  // looked for; other errors are those of model::Model::Open.
  static Result<std::unique_ptr<Extractor>> Make(std::string_view name);
  // Of the components of a table, in their order.  kInvalidArgument names the first component
  // that needs a layer nothing before it gives, or a layer that two give.
  static Result<std::unique_ptr<Extractor>> FromTable(ExtractorInfo info,
                                                      const std::vector<ComponentRow>& table);
  virtual ~Extractor() = default;
  virtual const ExtractorInfo& info() const = 0;
  // Pure: the same article gives the same record on any thread.  Of an article whose language is
  // known and not English it finds nothing: the record says the language.
  virtual Record Extract(const Article& article) const = 0;
  // The same, leaving all layers behind to be looked at.
  virtual void Analyse(Analysis& analysis) const = 0;
};

// The components of "rules", in the order they run.
const std::vector<ComponentRow>& RuleComponents();

// Those of "model": the same, but names and attributions come from the trained model.
std::vector<ComponentRow> ModelComponents(std::shared_ptr<const model::Model> model);

std::string_view ToString(Layer layer);  // "tokens"

}  // namespace hearsay::ingest
