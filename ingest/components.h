// The makers of all components, for the table in pipeline.cc.  One line a component.
#pragma once

#include <memory>

#include "ingest/pipeline.h"

namespace hearsay::ingest {

std::unique_ptr<Component> MakeTokens(const Lexicons& lexicons);           // text/tokens.cc
std::unique_ptr<Component> MakeBlocks(const Lexicons& lexicons);           // text/blocks.cc
std::unique_ptr<Component> MakeSentences(const Lexicons& lexicons);        // text/sentences.cc
std::unique_ptr<Component> MakeQuotations(const Lexicons& lexicons);       // text/quotations.cc
std::unique_ptr<Component> MakeCoverage(const Lexicons& lexicons);         // nlp/coverage.cc
std::unique_ptr<Component> MakeTags(const Lexicons& lexicons);             // nlp/tags.cc
std::unique_ptr<Component> MakeNames(const Lexicons& lexicons);            // nlp/names.cc
std::unique_ptr<Component> MakeAttributions(const Lexicons& lexicons);     // nlp/attribution.cc
std::unique_ptr<Component> MakeEntityComponent(const Lexicons& lexicons);  // nlp/entities.cc
std::unique_ptr<Component> MakeFigures(const Lexicons& lexicons);          // nlp/figures.cc
std::unique_ptr<Component> MakeStatements(const Lexicons& lexicons);       // nlp/statements.cc
std::unique_ptr<Component> MakeRelations(const Lexicons& lexicons);        // nlp/relations.cc

}  // namespace hearsay::ingest
