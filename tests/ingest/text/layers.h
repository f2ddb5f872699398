// Runs the text layers over one text, for tests.
#pragma once

#include <memory>
#include <string>

#include "ingest/components.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

// An article and its analysis, kept together since the second refers to the first.
struct Layers {
  explicit Layers(std::string text, std::string title = {}) {
    article.text = std::move(text);
    article.metadata.title = std::move(title);
    const Lexicons lexicons;
    for (auto make : {MakeTokens, MakeBlocks, MakeSentences, MakeQuotations}) {
      make(lexicons)->Run(analysis);
    }
  }
  Article article;
  Analysis analysis{article};
};

}  // namespace hearsay::ingest
