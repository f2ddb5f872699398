#include "ingest/nlp/tags.h"

#include <catch2/catch.hpp>
#include <string>

#include "ingest/text/tokens.h"

namespace hearsay::ingest {
namespace {

// One letter a tag, in the order of Tag.
constexpr std::string_view kLetters = "onNpsjrdcDPBGVmai&bwtTu.";

std::string TagsOf(std::string_view text) {
  static const Tagger kTagger{Lexicons()};
  static const Tokenizer kTokenizer{Lexicons()};
  const std::vector<Token> tokens = kTokenizer.Tokenize(text);
  std::vector<Tag> tags;
  kTagger.TagSentence(tokens, &tags);
  std::string letters;
  for (const Tag tag : tags) letters += kLetters[static_cast<std::size_t>(tag)];
  return letters;
}

struct Case {
  const char* text;
  const char* tags;
};

TEST_CASE("tags: verbs of saying and what stands around them") {
  const Case cases[] = {
      {"The minister said that the road was closed.", "dnDbdnaV."},
      {"He has repeatedly denied the claims.", "parVdn."},
      {"Officials plan to open the bridge.", "nPTBdn."},
      {"The plan was announced on Monday.", "dnaViN."},
      {"Her report claims the dam is safe.", "snPdnaj."},
      {"It did not say why the bridge fell.", "parBwdnD."},
      {"Mayor Dana Orlova's office said so.", "NNNsnDr."},
      {"He refused, saying she lied.", "pD.GpD."},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(TagsOf(c.text) == c.tags);
  }
}

TEST_CASE("tags: nothing, and one token") {
  CHECK(TagsOf("").empty());
  CHECK(TagsOf(".") == ".");
  CHECK(TagsOf("Zhqwpl").size() == 1);
}

}  // namespace
}  // namespace hearsay::ingest
