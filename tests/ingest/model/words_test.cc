#include "ingest/model/words.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "graph/base/utf8.h"

namespace hearsay::model {
namespace {

const std::vector<std::string_view>& Pieces() {
  static const std::vector<std::string_view> kPieces = {
      "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the",  "port", "##s",   "##ed", "re", "##port",
      "naive", "a",     "##a",   "b",     ".",    ",",    "\"",    "“",    "”",  "’",
      "20",    "##24",  "σ",     "##σ",   "##ς",  "ο",    "##ο",   "中",   "i",  "##i",
      "-",     "é",     "ship",  "ᄀ",    "##ᅡ", "##ᄀ", "ports", "the",
  };
  return kPieces;
}

const Vocabulary& TheVocabulary() {
  static const Vocabulary kVocabulary{Pieces()};
  return kVocabulary;
}

std::string Join(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : "|") + part;
  return joined;
}

// "the|port ##s": words apart by bars, pieces by spaces.
std::string PiecesOf(std::string_view text) {
  const Words words = ReadWords(text, TheVocabulary());
  std::vector<std::string> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string pieces;
    for (std::uint32_t p = words.first_piece[i]; p < words.first_piece[i + 1]; ++p) {
      const PieceId id = words.pieces[p];
      pieces += (pieces.empty() ? "" : " ") + std::string(Pieces()[static_cast<std::size_t>(id)]);
    }
    found.push_back(pieces);
  }
  return Join(found);
}

std::string SpansOf(std::string_view text) {
  std::vector<std::string> found;
  for (const Span& span : ReadWords(text, TheVocabulary()).spans) {
    found.emplace_back(span.In(text));
  }
  return Join(found);
}

std::string Digits(const std::vector<std::uint8_t>& values) {
  std::string digits;
  for (const std::uint8_t value : values) digits.push_back(static_cast<char>('0' + value));
  return digits;
}

struct Case {
  std::string text;
  std::string expected;
};

TEST_CASE("words: where they begin and end") {
  const Case cases[] = {
      {"", ""},
      {" \t\r\n\v\f\x1C\x1F\u0085\u00A0\u3000", ""},
      {"The port, re-opened.", "The|port|,|re|-|opened|."},
      {"don’t", "don|’|t"},
      {"$5.50 + 3%", "$|5|.|50|+|3|%"},
      {"one\u2028two\u2003three", "one|two|three"},
      {"中文x字", "中|文|x|字"},
      {"\u00ADso\u00ADft\u200B a", "so\u00ADft\u200B|a"},
      {"\u200B\uFFFD\x07", ""},
      {"a\x07"
       "b",
       "a\x07"
       "b"},
      {"“Go,” he said", "“|Go|,|”|he|said"},
      {"\u00A75 \u20AC7 a\u00B7b", "\u00A7|5|\u20AC7|a|\u00B7|b"},
      {"😀a 👍🏽", "😀a|👍🏽"},
      {"e\u0301t", "e\u0301t"},
      // Punctuation, mark and letter of Unicode 15: unassigned, so part of a word.
      {"a\U00011B00\U00010EFD\U00031350"
       "b",
       "a\U00011B00\U00010EFD\U00031350"
       "b"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(SpansOf(c.text) == c.expected);
  }
}

TEST_CASE("words: pieces, longest first") {
  const Case cases[] = {
      {"the ports", "the|ports"},
      {"PORTED", "port ##ed"},
      {"reports", "re ##port ##s"},
      {"re-ported", "re|-|port ##ed"},
      {"2024", "20 ##24"},
      {"portx", "[UNK]"},
      {"xport", "[UNK]"},
      {"naïve NAI\u0308VE na\u00ADi\u0308ve", "naive|naive|naive"},
      {"é", "[UNK]"},  // never spelt so
      {"İi", "i ##i"},
      {"中", "中"},
      {"가", "ᄀ ##ᅡ"},
      {"\u0301", "[UNK]"},  // nothing is left of it
      {std::string(12, 'a'), "a ##a ##a ##a ##a ##a ##a ##a ##a ##a ##a ##a"},
      {std::string(99, 'a'), "a ##a ##a ##a ##a ##a ##a ##a ##a ##a ##a ##a"},
      {std::string(99, 'a') + "x", "[UNK]"},
      {std::string(101, 'a'), "[UNK]"},
      {"port port port", "port|port|port"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(PiecesOf(c.text) == c.expected);
  }
}

TEST_CASE("words: a capital sigma at the end of a word is a final one") {
  const Case cases[] = {
      {"ΟΣ", "ο ##ς"},          {"ΟΣΟ", "ο ##σ ##ο"},  {"Σ", "σ"},
      {"ΣΣ", "σ ##ς"},          {"ΟΣ\u0301", "ο ##ς"}, {"ΟΣ\u00AD\u0301Ο", "ο ##σ ##ο"},
      {"ΟΣ ΟΣ", "ο ##ς|ο ##ς"}, {"ΟΣ\uFFFD", "ο ##ς"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(PiecesOf(c.text) == c.expected);
  }
}

TEST_CASE("words: a word's length counts what its spelling keeps") {
  std::string kept = "a";
  std::string hangul;
  for (int i = 0; i < 300; ++i) kept += "\u0301\u00AD";
  for (int i = 0; i < 50; ++i) hangul += "가";
  CHECK(PiecesOf(kept) == "a");
  CHECK(PiecesOf("가" + hangul) == "[UNK]");  // 102 letters
  std::vector<PieceId> out;
  TheVocabulary().Cut(kept, &out);
  TheVocabulary().Cut("ports", &out);
  CHECK(out == std::vector<PieceId>{11, 36});
}

TEST_CASE("words: shapes") {
  // lower, title, upper, letter, mixed, digit, mark, other
  const Case cases[] = {
      {"port Port PORT A a McKay iPhone", "0123044"},
      {"2024 3rd A4 B2B ½ ² ٣ Ⅷ", "50326556"},
      {". “ € 😀 😀😀 20€ ǅ ǅA", "66667504"},
      {"États ÉTATS ß ª 中 ʰA", "120004"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Digits(ReadWords(c.text, TheVocabulary()).shape) == c.expected);
  }
}

TEST_CASE("words: layouts") {
  // blank, glued, line, paragraph
  const Case cases[] = {
      {"a b", "30"},       {" a.b", "311"},    {"\na", "3"},       {"a\nb", "32"},
      {"a\r\nb", "32"},    {"a\r\rb", "30"},   {"a\n\nb", "33"},   {"a \n \n b", "33"},
      {"a\u200B b", "30"}, {"a\u2028b", "30"}, {".\u200B.", "30"}, {"a\r\n\r\nb.", "331"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Digits(ReadWords(c.text, TheVocabulary()).layout) == c.expected);
  }
}

TEST_CASE("words: quotes") {
  // outside, inside, open, close
  const Case cases[] = {
      {"a \"b c\" d", "021130"}, {"a “b” c", "02130"}, {"“a\nb” c", "21030"},
      {"« a » b", "2130"},       {"” a", "30"},        {"““a” b", "22130"},
      {"\"a\n\"b", "2121"},      {"„a“ b", "2121"},    {"＂a＂", "213"},
      {"'a' ‘b’", "000000"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(Digits(ReadWords(c.text, TheVocabulary()).quote) == c.expected);
  }
}

TEST_CASE("words: every list has its length, and a word is cut alike wherever it stands") {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += (i % 7 == 0 ? ". Re" : " port") + std::to_string(i % 900);
  const Words words = ReadWords(text, TheVocabulary());
  REQUIRE(words.first_piece.size() == words.size() + 1);
  REQUIRE(words.shape.size() == words.size());
  REQUIRE(words.layout.size() == words.size());
  REQUIRE(words.quote.size() == words.size());
  REQUIRE(words.first_piece.back() == words.pieces.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::vector<PieceId> alone;
    TheVocabulary().Cut(words.spans[i].In(text), &alone);
    const auto begin = words.pieces.begin();
    REQUIRE(alone ==
            std::vector<PieceId>(begin + words.first_piece[i], begin + words.first_piece[i + 1]));
  }
}

TEST_CASE("words: the last of equal pieces counts, as in a dictionary") {
  CHECK(TheVocabulary().pad() == 0);
  CHECK(TheVocabulary().unknown() == 1);
  CHECK(TheVocabulary().cls() == 2);
  CHECK(TheVocabulary().sep() == 3);
  std::vector<PieceId> out;
  TheVocabulary().Cut("The", &out);
  CHECK(out == std::vector<PieceId>{37});
}

TEST_CASE("words: bytes that are no UTF-8 are read as dropped characters") {
  const std::string text = "a\xC3 \xE2\x80 \xFFport\xF0\x9F b\xED\xA0\x80";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const Words words = ReadWords(std::string_view(text).substr(0, size), TheVocabulary());
    REQUIRE(words.first_piece.size() == words.size() + 1);
  }
  CHECK(PiecesOf(text) == "a|port|b");
}

}  // namespace
}  // namespace hearsay::model
