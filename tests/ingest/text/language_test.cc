// Languages of texts, and what is made of an article that is not in English.
#include "ingest/text/language.h"

#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "ingest/pipeline.h"
#include "tests/ingest/source/harness.h"

namespace hearsay::ingest {
namespace {

constexpr const char* kRussian =
    "Мэр города сообщил в среду, что вода поднялась на два метра и что жителей трёх улиц вывезли в "
    "школу. «Никто не пострадал», — сказал он журналистам. Прогноз на неделю обещает новые "
    "дожди.\n";

TEST_CASE("language: of whole paragraphs") {
  const auto [text, language] = GENERATE(table<std::string, std::string>({
      {"The mayor said on Wednesday that the water had risen by two metres and that three streets "
       "were taken to a school. Nobody was hurt, he told reporters.",
       "en"},
      {kRussian, "ru"},
      {"Le maire a déclaré mercredi que l’eau était montée de deux mètres et que les habitants de "
       "trois rues avaient été conduits dans une école.",
       "fr"},
      {"El alcalde dijo el miércoles que el agua había subido dos metros y que los vecinos de tres "
       "calles fueron llevados a una escuela.",
       "es"},
      {"Der Bürgermeister sagte am Mittwoch, das Wasser sei um zwei Meter gestiegen und die "
       "Bewohner dreier Straßen seien in eine Schule gebracht worden.",
       "de"},
      {"قال رئيس البلدية يوم الأربعاء إن المياه ارتفعت مترين وإن سكان ثلاثة شوارع نقلوا إلى مدرسة.",
       "ar"},
  }));
  CAPTURE(text);
  CHECK(LanguageOf(text) == language);
}

TEST_CASE("language: not sure of little, of numbers, of nothing") {
  for (const char* text : {"", "1,204 3.5 2025-03-12\n7 8 9\n", "OK", "?!", "\n\n"}) {
    CAPTURE(text);
    CHECK(LanguageOf(text).empty());
  }
}

TEST_CASE("language: a long text is read at its head, to a whole character") {
  std::string text = "a";  // so that no character ends where the head does
  while (text.size() < 40'000) text += kRussian;
  CHECK(LanguageOf(text) == "ru");
}

TEST_CASE("language: tags of English") {
  for (const char* tag : {"", "en", "en-GB", "EN"}) CHECK(IsEnglish(tag));
  for (const char* tag : {"ru", "fr-CA", "enm", "und"}) CHECK_FALSE(IsEnglish(tag));
}

TEST_CASE(
    "language: nothing is read from an article in another language, and its record says which") {
  const auto rules = Extractor::Make("rules");
  REQUIRE(rules.ok());
  const Collected got = ReadAll(kRussian, "a.txt");
  REQUIRE(got.articles.size() == 1);
  Article article = got.articles[0];
  CHECK(article.metadata.language == "ru");
  const Record record = rules.value()->Extract(article);
  CHECK(record.statements.empty());
  CHECK(record.entities.empty());
  CHECK(record.extractor == rules.value()->info());
  // What is declared counts.
  article.metadata.language = "en";
  CHECK_FALSE(rules.value()->Extract(article).statements.empty());
}

}  // namespace
}  // namespace hearsay::ingest
