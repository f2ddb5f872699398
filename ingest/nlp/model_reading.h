// What the trained model reads in an article, as layers of the pipeline.
//
// The model (ingest/model/) finds statements with all their spans and names with their types.  Its
// spans are kept to the byte but where the structure of the language says better
// (attribution_corrections.h, coreferents.h); rules say how a statement is said
// (attribution_manner.h).  Names are those of names.h, whose lists know canonical forms, places and
// kinds, together with the model's (merged_names.h).
#pragma once

#include <memory>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"
#include "ingest/model/model.h"
#include "ingest/pipeline.h"

namespace hearsay::ingest {

// The component that gives names and attributions.  Holds the model as long as it lives.
std::unique_ptr<Component> MakeModelReading(const Lexicons& lexicons,
                                            std::shared_ptr<const model::Model> model);

}  // namespace hearsay::ingest
