#include "ingest/text/tokens.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace hearsay::ingest {
namespace {

const Tokenizer& TheTokenizer() {
  static const Tokenizer kTokenizer{Lexicons()};
  return kTokenizer;
}

std::string Joined(std::string_view text) {
  std::string joined;
  for (const Token& token : TheTokenizer().Tokenize(text)) {
    if (!joined.empty()) joined += '|';
    joined += token.span.In(text);
  }
  return joined;
}

struct Case {
  const char* text;
  const char* tokens;
};

TEST_CASE("tokens: words, clitics, abbreviations, numbers, marks") {
  const Case cases[] = {
      {"Almaty's mayor", "Almaty|'s|mayor"},
      {"Almaty’s mayor", "Almaty|’s|mayor"},
      {"They don't, won’t, can't.", "They|do|n't|,|wo|n’t|,|ca|n't|."},
      {"We'll, I'm, you've, he'd", "We|'ll|,|I|'m|,|you|'ve|,|he|'d"},
      {"O'Brien of Côte d'Ivoire", "O'Brien|of|Côte|d'Ivoire"},
      {"the students' union", "the|students|'|union"},
      {"the U.S. and the U.K.", "the|U.S.|and|the|U.K."},
      {"at 8 a.m. on Jan. 6.", "at|8|a.m.|on|Jan.|6|."},
      {"J. K. Rowling, Ph.D., etc.", "J.|K.|Rowling|,|Ph.D.|,|etc."},
      {"Mr. Smith said no. No. 5 won", "Mr.|Smith|said|no|.|No.|5|won"},
      {"Khabar-24 and Khabar 24", "Khabar-24|and|Khabar|24"},
      {"a 26-year-old", "a|26-year-old"},
      {"3,811 people, $2.5 million, 45%", "3,811|people|,|$2.5|million|,|45|%"},
      {"€3bn or US$500", "€3bn|or|US|$500"},
      {"10-12 dead on 2022-01-06 at 13:45", "10|-|12|dead|on|2022-01-06|at|13:45"},
      {"3\xC2\xA0"
       "811 people",
       "3\xC2\xA0"
       "811|people"},
      {"20\xC2\xA0people", "20|people"},
      {"Nur-Sultan/Moscow", "Nur-Sultan|/|Moscow"},
      {"wait... and… or . . . so", "wait|...|and|…|or|. . .|so"},
      {"so—he said – or -- not", "so|—|he|said|–|or|--|not"},
      {"“Go,” she said", "“|Go|,|”|she|said"},
      {"``Go,'' she said", "``|Go|,|''|she|said"},
      {"«Да», „so“", "«|Да|»|,|„|so|“"},
      {"mail a.b@example.org now", "mail|a.b@example.org|now"},
      {"see https://x.org/a?b=1, or www.x.org.", "see|https://x.org/a?b=1|,|or|www.x.org|."},
      {"says Example.kz today", "says|Example.kz|today"},
      {"the square.Then it", "the|square|.|Then|it"},
      {"@user and #tag", "@user|and|#tag"},
      {"AT&T & Co.", "AT&T|&|Co."},
      {"in the '90s, get 'em", "in|the|'90s|,|get|'em"},
      {"so\xC2\xAD"
       "ft hy\xC2\xADphen",
       "so\xC2\xAD"
       "ft|hy\xC2\xADphen"},
      {"What?! No!!!", "What|?!|No|!!!"},
      {"(CSTO)[1]", "(|CSTO|)|[|1|]"},
      {"", ""},
      {" \n\t\xC2\xA0 ", ""},
      {"\xFF\xFE", "\xFF|\xFE"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(Joined(c.text) == c.tokens);
  }
}

TEST_CASE("tokens: fold, kind and shape") {
  struct Row {
    const char* text;
    const char* lower;
    TokenKind kind;
    Shape shape;
  };
  const Row rows[] = {
      {"Tokayev", "tokayev", TokenKind::kWord, Shape::kCapitalised},
      {"TASS", "tass", TokenKind::kWord, Shape::kUpper},
      {"said", "said", TokenKind::kWord, Shape::kLower},
      {"McDonald", "mcdonald", TokenKind::kWord, Shape::kMixed},
      {"Nur-Sultan", "nur-sultan", TokenKind::kWord, Shape::kCapitalised},
      {"A", "a", TokenKind::kWord, Shape::kCapitalised},
      {"ÖSTERREICH", "österreich", TokenKind::kWord, Shape::kUpper},
      {"hy\xC2\xADphen", "hyphen", TokenKind::kWord, Shape::kLower},
      {"anti‑war", "anti-war", TokenKind::kWord, Shape::kLower},
      {"3,811", "3,811", TokenKind::kNumber, Shape::kOther},
      {"“", "\"", TokenKind::kQuote, Shape::kOther},
      {"’", "'", TokenKind::kQuote, Shape::kOther},
      {"«", "\"", TokenKind::kQuote, Shape::kOther},
      {"+", "+", TokenKind::kSymbol, Shape::kOther},
      {",", ",", TokenKind::kPunctuation, Shape::kOther},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const std::vector<Token> tokens = TheTokenizer().Tokenize(row.text);
    REQUIRE(tokens.size() == 1);
    CHECK(tokens[0].lower == row.lower);
    CHECK(tokens[0].kind == row.kind);
    CHECK(tokens[0].shape == row.shape);
  }
}

TEST_CASE("tokens: every byte that is not white space is in one token") {
  const std::string text =
      "“Don’t,” U.S. officials told a.b@c.org…\n3\xC2\xA0"
      "811 ('so')\xF0\x9F\x98\x80";
  std::uint32_t at = 0;
  for (const Token& token : TheTokenizer().Tokenize(text)) {
    REQUIRE(token.span.begin >= at);
    REQUIRE(token.span.end > token.span.begin);
    const std::string between = text.substr(at, token.span.begin - at);
    CHECK(between.find_first_not_of(" \n") == std::string::npos);
    at = token.span.end;
  }
  CHECK(at == text.size());
}

}  // namespace
}  // namespace hearsay::ingest
