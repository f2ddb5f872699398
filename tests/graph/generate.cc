#include "generate.h"

#include <algorithm>
#include <array>
#include <string>

#include "graph/base/sha256.h"

namespace hearsay::test {
namespace {

struct Name {
  EntityType type;
  const char* name;
  const char* alias;
  const char* kind;
};

// Few names for many articles: most join, some clash (two bodies named NCA, two Marats).
constexpr std::array kNames = {
    Name{EntityType::kPerson, "Ada Marat", "Marat", ""},
    Name{EntityType::kPerson, "Boris Marat", "Marat", ""},
    Name{EntityType::kPerson, "Zoë O'Neill-Ōta", "", ""},
    Name{EntityType::kOrganization, "National Crisis Agency", "NCA", "ministry"},
    Name{EntityType::kOrganization, "Northern Cotton Alliance", "NCA", "company"},
    Name{EntityType::kOrganization, "Relief Organisation", "", ""},
    Name{EntityType::kOrganization, "Relief Organization", "RO", ""},
    Name{EntityType::kMedia, "Delta News", "Delta", "agency"},
    Name{EntityType::kMedia, "Канал 7", "Channel 7", "broadcaster"},
    Name{EntityType::kForce, "Harbour police", "", "police"},
    Name{EntityType::kCity, "Port Ember", "", ""},
    Name{EntityType::kCountry, "Emberland", "", ""},
    Name{EntityType::kRegion, "North \"Ember\" & Hills", "", ""},
    Name{EntityType::kFacility, "Dock <4>", "", ""},
    Name{EntityType::kUnnamed, "a witness", "", "witness"},
    Name{EntityType::kUnnamed, "officials \xE2\x80\xAB\xD7\xA9\xE2\x80\xAC", "", "official"},
};
constexpr std::array kWords = {"the",         "harbour", "wall", "broke",      "26",
                               "INFLATION",   "null",    "]]>",  "said",       "\xF0\x9F\x9A\xA2",
                               "caf\xC3\xA9", "\n",      "\t",   "\"quoted\"", "a\x01z",
                               "&amp;",       "<b>"};
constexpr std::array kOutlets = {"Delta News", "Channel 7", "Ember Post", ""};
constexpr std::array kDates = {"2024-03-01", "2024-03-02T10:00:00+02:00", "2024-03-01T23:59Z",
                               "2024-03", ""};
constexpr std::array kPredicates = {"HOLDS_ROLE", "SPEAKS_FOR", "MEMBER_OF", "LOCATED_IN"};
constexpr std::array kMeasures = {"killed", "wounded", "arrested", "trees felled"};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  GeneratedArticle Make() {
    MakeArticle();
    if (text_size_ > 0) {
      MakeEntities();
      MakeStatements();
      MakeFigures();
      MakeRest();
    }
    result_.record.extractor = {"hearsay", "0", "rules"};
    return std::move(result_);
  }

 private:
  template <typename Array>
  const auto& Pick(const Array& array) {
    return array[random_.Below(static_cast<std::uint32_t>(array.size()))];
  }

  void MakeArticle() {
    Article& article = result_.article;
    const std::uint32_t words = random_.OneIn(20) ? 0 : 5 + random_.Below(60);
    for (std::uint32_t i = 0; i < words; ++i) article.text += std::string(Pick(kWords)) + " ";
    text_size_ = static_cast<std::uint32_t>(article.text.size());
    article.blob_sha256 = Sha256Hex(article.text);
    Metadata& metadata = article.metadata;
    metadata.source = "generated/" + std::to_string(random_.Below(1000000)) + ".txt";
    metadata.outlet = Pick(kOutlets);
    metadata.published = Pick(kDates);
    if (random_.OneIn(2)) metadata.title = "Wall \x02 of " + std::string(Pick(kWords));
    if (random_.OneIn(3)) metadata.byline = "Ada Marat";
    if (random_.OneIn(4)) metadata.credit = "Delta News";
    if (random_.OneIn(3)) metadata.url = "https://example.org/?a=1&b=" + metadata.source;
    if (random_.OneIn(2)) metadata.language = "en";
    if (random_.OneIn(5)) metadata.updated = "2024-03-05";
    if (random_.OneIn(5)) metadata.dateline = "PORT EMBER, March 1";
    if (random_.OneIn(4)) article.source_map = {{0, 7, text_size_ / 2}, {text_size_ / 2, 99, 1}};
  }

  // Ends on borders of characters, as real spans do.
  Span RandomSpan() {
    const auto border = [this](std::uint32_t at) {
      while (at > 0 && at < text_size_ &&
             (static_cast<unsigned char>(result_.article.text[at]) & 0xC0U) == 0x80U) {
        --at;
      }
      return at;
    };
    const std::uint32_t begin = border(random_.Below(text_size_));
    const std::uint32_t end = border(std::min(text_size_, begin + 4 + random_.Below(40)));
    return begin < end ? Span{begin, end} : Span{0, text_size_};
  }

  EntityIndex RandomEntity() {
    return random_.Below(static_cast<std::uint32_t>(result_.record.entities.size()));
  }

  void MakeEntities() {
    const std::uint32_t count = 1 + random_.Below(8);
    for (std::uint32_t i = 0; i < count; ++i) {
      const Name& name = Pick(kNames);
      LocalEntity entity;
      entity.type = name.type;
      entity.name = name.name;
      entity.kind = name.kind;
      if (*name.alias != '\0' && random_.OneIn(2)) entity.aliases = {name.alias};
      if (*name.alias != '\0' && random_.OneIn(6)) entity.name = name.alias;
      if (entity.type == EntityType::kCity && random_.OneIn(2)) {
        entity.gazetteer = "geonames:42";
        entity.latitude = 43.25;
        entity.longitude = -76.95;
      }
      const std::uint32_t mentions = 1 + random_.Below(3);
      for (std::uint32_t m = 0; m < mentions; ++m) {
        entity.mentions.push_back({RandomSpan(), static_cast<MentionForm>(random_.Below(3))});
      }
      std::sort(entity.mentions.begin(), entity.mentions.end(),
                [](const Mention& a, const Mention& b) { return a.span < b.span; });
      result_.record.entities.push_back(std::move(entity));
    }
  }

  void MakeStatements() {
    const std::uint32_t count = random_.Below(7);
    for (std::uint32_t i = 0; i < count; ++i) {
      StatementRecord statement;
      statement.form = static_cast<StatementForm>(random_.Below(4));
      statement.where = static_cast<Where>(random_.Below(4));
      statement.content = {RandomSpan()};
      if (random_.OneIn(4)) statement.content.push_back(RandomSpan());
      if (statement.form != StatementForm::kNarrated) AddSource(&statement, i);
      statement.certainty = static_cast<Certainty>(random_.Below(4));
      statement.polarity = random_.OneIn(5) ? '-' : '+';
      statement.confidence = random_.Below(1001) / 1000.0;
      if (random_.OneIn(2)) statement.rule = "cue-before:said";
      result_.record.statements.push_back(std::move(statement));
    }
  }

  void AddSource(StatementRecord* statement, std::uint32_t index) {
    if (!random_.OneIn(5)) statement->source = RandomSpan();
    if (!random_.OneIn(5)) statement->cue = RandomSpan();
    const std::uint32_t speakers = random_.OneIn(6) ? 0 : 1 + random_.Below(2);
    for (std::uint32_t s = 0; s < speakers; ++s) statement->speakers.push_back(RandomEntity());
    if (speakers > 0) {
      statement->chain.push_back({statement->speakers[0], RandomSpan(), Via::kSource});
    }
    while (random_.OneIn(2)) {
      statement->chain.push_back(
          {RandomEntity(), RandomSpan(), static_cast<Via>(1 + random_.Below(4))});
    }
    if (index > 0 && random_.OneIn(3)) statement->parent = random_.Below(index);
    if (random_.OneIn(4)) {
      statement->addressee = RandomEntity();
      if (random_.OneIn(2)) statement->addressee_span = RandomSpan();
    }
    if (random_.OneIn(4)) statement->said_at = Pick(kDates);
  }

  void MakeFigures() {
    const std::uint32_t count = random_.Below(4);
    for (std::uint32_t i = 0; i < count; ++i) {
      FigureRecord figure;
      figure.measure = Pick(kMeasures);
      if (!random_.OneIn(4)) figure.low = random_.Below(3000);
      if (!random_.OneIn(4)) figure.high = std::int64_t{1} << random_.Below(63);
      figure.bound = static_cast<Bound>(random_.Below(8));
      if (random_.OneIn(2)) figure.population = "police officers";
      if (random_.OneIn(3)) figure.unit = "people";
      if (random_.OneIn(3)) figure.place = RandomEntity();
      if (random_.OneIn(3)) figure.as_of = "2024-03-01";
      const auto statements = static_cast<std::uint32_t>(result_.record.statements.size());
      if (statements > 0 && random_.OneIn(2)) figure.statement = random_.Below(statements);
      figure.span = RandomSpan();
      result_.record.figures.push_back(std::move(figure));
    }
  }

  void MakeRest() {
    while (random_.OneIn(2)) {
      result_.record.relations.push_back({RandomEntity(), Pick(kPredicates), RandomEntity(),
                                          random_.OneIn(2) ? "harbour master" : "", RandomSpan()});
    }
    while (random_.OneIn(3)) {
      EventRecord event{"protest", {}, {}, std::nullopt, "", RandomSpan()};
      while (random_.OneIn(2)) event.actors.push_back(RandomEntity());
      while (random_.OneIn(2)) event.targets.push_back(RandomEntity());
      if (random_.OneIn(2)) event.place = RandomEntity();
      if (random_.OneIn(2)) event.time = "2024-02-28";
      result_.record.events.push_back(std::move(event));
    }
    while (random_.OneIn(3)) result_.record.coverage.push_back({RandomSpan(), "no source"});
  }

  Random random_;
  std::uint32_t text_size_ = 0;
  GeneratedArticle result_;
};

}  // namespace

std::uint64_t Random::Next() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

GeneratedArticle GenerateArticle(std::uint64_t seed) { return Generator(seed).Make(); }

}  // namespace hearsay::test
