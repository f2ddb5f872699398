// Runs the text layers over one text, for tests.
#pragma once

#include <catch2/catch.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

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
  // Where these words stand first.  REQUIRES: they do.
  Span At(std::string_view words) const {
    const std::size_t begin = article.text.find(words);
    REQUIRE(begin != std::string::npos);
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + words.size())};
  }

  Article article;
  Analysis analysis{article};
};

}  // namespace hearsay::ingest
