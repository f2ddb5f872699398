// What the whole rule extractor makes of a passage: entities, statements with their chains,
// figures, relations.  The passages are the tests' own.

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "ingest/pipeline.h"

namespace hearsay::ingest {
namespace {

const Extractor& Rules() {
  static const auto kExtractor = Extractor::Make("rules").value();
  return *kExtractor;
}

struct Extracted {
  explicit Extracted(const std::string& text) {
    article.text = text;
    record = Rules().Extract(article);
  }
  std::string NameOf(EntityIndex e) const { return record.entities[e].name; }
  std::string Text(Span span) const { return std::string(span.In(article.text)); }

  // "Interior Ministry < TASS": the speakers of a statement, then each hop outward.
  std::string ChainOf(const StatementRecord& s) const {
    std::string chain;
    for (EntityIndex e : s.speakers) chain += (chain.empty() ? "" : " & ") + NameOf(e);
    for (const Hop& hop : s.chain) {
      if (hop.via != Via::kSource) chain += " < " + NameOf(hop.entity);
    }
    return chain;
  }
  // "chain: content" of each statement that somebody makes, in order of place.
  std::vector<std::string> Statements() const {
    std::vector<std::pair<Span, std::string>> found;
    for (const StatementRecord& s : record.statements) {
      if (s.form == StatementForm::kNarrated || s.content.empty()) continue;
      found.emplace_back(s.content.front(), ChainOf(s) + ": " + Text(s.content.front()));
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string> lines;
    lines.reserve(found.size());
    for (auto& [span, line] : found) lines.push_back(std::move(line));
    return lines;
  }
  std::vector<std::string> Figures() const {
    std::vector<std::string> lines;
    for (const FigureRecord& f : record.figures) {
      const auto number = [](const auto& n) { return n ? fmt::format("{}", *n) : "-"; };
      lines.push_back(
          fmt::format("{} {} {}..{}", f.measure, ToString(f.bound), number(f.low), number(f.high)));
    }
    return lines;
  }
  std::vector<std::string> Relations() const {
    std::vector<std::string> lines;
    for (const RelationRecord& r : record.relations) {
      lines.push_back(fmt::format("{} {} {}", NameOf(r.subject), r.predicate, NameOf(r.object)));
    }
    return lines;
  }
  const LocalEntity* Entity(const std::string& name) const {
    for (const LocalEntity& e : record.entities) {
      if (e.name == name) return &e;
    }
    return nullptr;
  }

  Article article;
  Record record;
};

using Lines = std::vector<std::string>;

TEST_CASE("extract: the speaker stands before, after and in the middle") {
  CHECK(Extracted("Marta Lindqvist said the bridge had been closed since Monday.").Statements() ==
        Lines{"Marta Lindqvist: the bridge had been closed since Monday"});
  CHECK(Extracted("The bridge has been closed since Monday, Marta Lindqvist said.").Statements() ==
        Lines{"Marta Lindqvist: The bridge has been closed since Monday"});
  CHECK(Extracted("\"The bridge is closed,\" said Marta Lindqvist.").Statements() ==
        Lines{"Marta Lindqvist: \"The bridge is closed,\""});
  const Extracted middle("\"The bridge,\" Marta Lindqvist said, \"is closed.\"");
  REQUIRE(middle.Statements().size() == 1);
  CHECK(middle.Statements()[0].starts_with("Marta Lindqvist: "));
}

TEST_CASE("extract: a list has several speakers, a name with a description one") {
  struct Case {
    const char* source;
    const char* speakers;
  };
  const Case cases[] = {
      {"Marta Lindqvist, Olof Berg and the mayor", "Marta Lindqvist & Olof Berg & the mayor"},
      {"Marta Lindqvist, a lawmaker on the committee,", "Marta Lindqvist"},
      {"His lawyer, Captain Olof Berg,", "Olof Berg"},
      {"An adviser to the commander of the Northern Brigade, Olof Berg of Lund,", "Olof Berg"},
  };
  for (const Case& c : cases) {
    INFO(c.source);
    const Lines lines =
        Extracted(std::string(c.source) + " said the bridge had been closed.").Statements();
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == std::string(c.speakers) + ": the bridge had been closed");
  }
}

TEST_CASE("extract: the end of a person's name and the beginning of a body's are theirs") {
  const Extracted person(
      "Gabriel Varga Molnar left the hall. Varga Molnar said the bridge had been closed.");
  CHECK(person.Statements() == Lines{"Gabriel Varga Molnar: the bridge had been closed"});
  const Extracted body(
      "Zwingmann Holding Group closed its plant. Zwingmann Holding said the bridge had been "
      "closed.");
  CHECK(body.Statements() == Lines{"Zwingmann Holding Group: the bridge had been closed"});
}

TEST_CASE("extract: an agency that was told is a hop of the chain") {
  const Extracted got("\"We saw smoke over the port,\" a witness told the news agency Reuters.");
  REQUIRE(got.Statements().size() == 1);
  CHECK(got.Statements()[0].starts_with("a witness < Reuters: "));
}

TEST_CASE("extract: one report inside another") {
  const Extracted got(
      "The roof of the market collapsed at noon, Reuters reported, citing the mayor's office.");
  REQUIRE(!got.Statements().empty());
  bool nested = false;
  for (const std::string& line : got.Statements()) {
    nested =
        nested || line.find("< Reuters: The roof of the market collapsed") != std::string::npos;
  }
  CHECK(nested);
}

TEST_CASE("extract: a pronoun and a surname go back to the name") {
  const Extracted got(
      "Prime Minister Marta Lindqvist visited the port on Friday. She said the crane had been "
      "checked. Lindqvist added that nobody was hurt.");
  const Lines lines = got.Statements();
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].starts_with("Marta Lindqvist: "));
  CHECK(lines[1].starts_with("Marta Lindqvist: "));
  const LocalEntity* entity = got.Entity("Marta Lindqvist");
  REQUIRE(entity != nullptr);
  CHECK(entity->type == EntityType::kPerson);
  CHECK(entity->mentions.size() == 4);  // with and without title, She, Lindqvist
}

TEST_CASE("extract: who put a document out says it") {
  const Extracted got(
      "The company's latest figures showed that sales had fallen. Government figures showed "
      "that prices had risen.");
  REQUIRE(got.Statements().size() == 2);
  CHECK(got.Statements()[0].starts_with("The company: "));
  CHECK(got.Statements()[1].starts_with("Government: "));
  const Extracted other("A police report said that the bridge was closed.");
  REQUIRE(other.Statements().size() == 1);
  CHECK(other.Statements()[0].starts_with("A police report: "));
}

TEST_CASE("extract: somebody without a name is heard again by way of who heard him") {
  const Extracted got(
      "\"We saw smoke,\" a witness told the news agency Reuters. The witness said the port was "
      "closed. Witnesses said the road was open.");
  const Lines lines = got.Statements();
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].starts_with("a witness < Reuters: "));
  CHECK(lines[2].starts_with("Witnesses: "));
}

TEST_CASE("extract: figures with their bounds") {
  struct Case {
    const char* text;
    const char* figure;
  };
  const Case cases[] = {
      {"The blast killed 12 people.", "killed exact 12..12"},
      {"At least 12 people were killed in the blast.", "killed at_least 12..-"},
      {"More than 160 people were injured in the storm.", "wounded more_than 160..-"},
      {"Up to 40 people were injured, the hospital said.", "wounded at_most -..40"},
      {"Police arrested around 2,000 people overnight.", "arrested about 2000..2000"},
      {"Between 10 and 15 people were missing.", "missing between 10..15"},
      {"Twenty-six people were detained.", "arrested exact 26..26"},
      {"No one was killed in the blast.", "killed exact 0..0"},
      {"The mayor said there were no injuries.", "wounded exact 0..0"},
      {"No more than 40 people were injured.", "wounded at_most -..40"},
      {"Not one person was killed in the blast.", "killed exact 0..0"},
      {"Two dozen people were injured.", "wounded about 24..24"},
      {"At least a dozen people were injured.", "wounded at_least 12..-"},
      {"A hundred and six people were killed.", "killed exact 106..106"},
      {"Between one hundred and two hundred people were arrested.", "arrested between 100..200"},
      {"Twelve thousand five hundred people were evacuated.", "evacuated exact 12500..12500"},
      {"Half a million people were displaced.", "displaced exact 500000..500000"},
      {"Some 1.2 million people were displaced.", "displaced about 1200000..1200000"},
      {"Several hundred people were arrested.", "arrested vague -..-"},
      {"A few dozen people were injured.", "wounded vague -..-"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const Lines figures = Extracted(c.text).Figures();
    REQUIRE(figures.size() == 1);
    CHECK(figures[0] == c.figure);
  }
  CHECK(Extracted("Police arrested one hundred and two hundred were killed.").Figures() ==
        Lines{"arrested exact 100..100", "killed exact 200..200"});
  CHECK(Extracted("The strike lasted 26 days and cost 3 million euros.").Figures().empty());
  CHECK(
      Extracted("No, there is no news of the guard, who is no longer missing.").Figures().empty());
}

TEST_CASE("extract: who holds which office, and which place lies where") {
  const auto has = [](const Extracted& got, const std::string& line) {
    const Lines lines = got.Relations();
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  };
  const Extracted spokesman("Interior Ministry spokesman Josip Maric denied it on Friday.");
  CHECK(has(spokesman, "Josip Maric HOLDS_ROLE Interior Ministry"));
  CHECK(has(spokesman, "Josip Maric SPEAKS_FOR Interior Ministry"));
  CHECK(has(Extracted("He flew to Lyon, France, on Friday."), "Lyon LOCATED_IN France"));
  // A title at the start of a sentence belongs to nobody before it.
  CHECK(Extracted("The report came from Reuters. President Josip Maric was silent.")
            .Relations()
            .empty());
}

TEST_CASE("extract: every span of a record stands in the text, in order") {
  const Extracted got(
      "PORT ALDER (Reuters) - At least 3 people died when a ferry hit a pier, police said.\n\n"
      "\"It came straight at us,\" a passenger, who asked not to be named, told reporters. "
      "\"Nobody warned us.\"\n\nThe operator did not answer questions. According to Radio Alder, "
      "citing the coast guard, the captain had been arrested.");
  const auto check = [&](Span span) {
    CHECK(span.begin < span.end);
    CHECK(span.end <= got.article.text.size());
  };
  CHECK(got.record.statements.size() > 3);
  for (const StatementRecord& s : got.record.statements) {
    for (Span span : s.content) check(span);
    if (s.source) check(*s.source);
    if (s.cue) check(*s.cue);
    CHECK(std::is_sorted(s.content.begin(), s.content.end()));
    for (EntityIndex e : s.speakers) CHECK(e < got.record.entities.size());
  }
  for (const LocalEntity& e : got.record.entities) {
    REQUIRE(!e.mentions.empty());
    for (const Mention& m : e.mentions) check(m.span);
  }
  for (const FigureRecord& f : got.record.figures) check(f.span);
}

TEST_CASE("extract: odd articles give records and no crash") {
  for (const std::string& text :
       {std::string("\"\"\"\"\""), std::string("said said said"), std::string(5000, '('),
        std::string("Le maire a dit que le pont est ferm\xC3\xA9 depuis lundi."),
        std::string("THE MAYOR SAID THE BRIDGE WAS CLOSED"), std::string("\n\n\n.\n")}) {
    INFO(text.substr(0, 40));
    CHECK_NOTHROW(Extracted(text).Statements());
  }
}

}  // namespace
}  // namespace hearsay::ingest
