#include "tests/ingest/model/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "ingest/model/labels.h"
#include "ingest/model/words.h"

namespace hearsay::model {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kProblemsMax = 20;

Json ToJson(WordRange words) { return {words.begin, words.end}; }

Json ToJson(const std::vector<WordRange>& spans) {
  Json all = Json::array();
  for (const WordRange words : spans) all.push_back(ToJson(words));
  return all;
}

Json ToJson(WordRange words, std::string_view type) { return {words.begin, words.end, type}; }

// A statement without its confidence.  Its parent is named by the cue: numbers would shift where a
// statement is missing.
Json ToJson(const Reading::Statement& statement, const Reading& reading) {
  return {
      {"cue", ToJson(statement.cue)},
      {"src", ToJson(statement.source)},
      {"con", ToJson(statement.content)},
      {"adr", ToJson(statement.addressee)},
      {"hop", ToJson(statement.hop)},
      {"nested", statement.nested},
      {"parent", statement.parent ? ToJson(reading.statements[*statement.parent].cue) : Json()}};
}

// All of a reading but statements, as reference.py writes it, by kind.
Json Others(const Reading& reading) {
  Json all = {{"names", Json::array()},
              {"described", Json::array()},
              {"pronouns", Json::array()},
              {"figures", Json::array()},
              {"parts", Json::array()}};
  for (const auto& [words, type] : reading.names) {
    all["names"].push_back(ToJson(words, TypesOf(Layer::kName)[static_cast<std::size_t>(type)]));
  }
  for (const auto& [words, type] : reading.described) {
    all["described"].push_back(
        ToJson(words, TypesOf(Layer::kOuter)[static_cast<std::size_t>(type)]));
  }
  for (const auto& [word, type] : reading.pronouns) {
    all["pronouns"].push_back({word, TypesOf(Layer::kPronoun)[static_cast<std::size_t>(type)]});
  }
  for (const auto& [words, measure, place] : reading.figures) {
    all["figures"].push_back({words.begin, words.end, measure, place ? ToJson(*place) : Json()});
  }
  for (const auto& [words, type] : reading.parts) {
    all["parts"].push_back(ToJson(words, TypesOf(Layer::kPart)[static_cast<std::size_t>(type)]));
  }
  return all;
}

// Equal elements of two lists without order.
std::size_t Common(const Json& a, const Json& b) {
  std::multiset<Json> rest(a.begin(), a.end());
  std::size_t common = 0;
  for (const Json& element : b) {
    const auto at = rest.find(element);
    if (at == rest.end()) continue;
    rest.erase(at);
    ++common;
  }
  return common;
}

void CompareScores(const std::vector<float>& found, std::size_t stride, const Json& expected,
                   Agreement* agreement) {
  REQUIRE(found.size() == expected.size() * stride);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (std::size_t t = 0; t < expected[i].size(); ++t) {
      const double apart = std::abs(found[i * stride + t] - expected[i][t].get<double>());
      agreement->score_difference_max = std::max(agreement->score_difference_max, apart);
      agreement->score_difference_sum += apart;
      ++agreement->scores;
    }
  }
}

std::size_t FirstOfItsCluster(const std::vector<std::uint32_t>& clusters, std::size_t mention) {
  return static_cast<std::size_t>(std::find(clusters.begin(), clusters.end(), clusters[mention]) -
                                  clusters.begin());
}

}  // namespace

void Compare(const Model& model, std::string_view line, Agreement* agreement) {
  const Json expected = Json::parse(line);
  const auto text = expected["text"].get<std::string>();
  const Words words = ReadWords(text, model.vocabulary());
  Json spans = Json::array();
  for (const Span span : words.spans) spans.push_back({span.begin, span.end});
  REQUIRE(spans == expected["words"]);
  ++agreement->texts;
  agreement->words += words.size();
  CompareScores(model.TagScores(words), model.tag_stride(), expected["scores"], agreement);

  const auto problem = [&](const std::string& what, const Json& found, const Json& wanted) {
    if (found == wanted || agreement->problems.size() >= kProblemsMax) return;
    agreement->problems.push_back(fmt::format("text {}: {}: {} instead of {}", agreement->texts,
                                              what, found.dump(), wanted.dump()));
  };

  const Reading reading = model.Read(words);
  Json statements = Json::array(), wanted = Json::array();
  for (const Reading::Statement& statement : reading.statements) {
    statements.push_back(ToJson(statement, reading));
  }
  for (Json statement : expected["statements"]) {
    const double confidence = statement["confidence"];
    for (std::size_t i = 0; i < statements.size(); ++i) {
      if (statements[i]["cue"] != statement["cue"]) continue;
      agreement->confidence_difference_max =
          std::max(agreement->confidence_difference_max,
                   std::abs(confidence - double{reading.statements[i].confidence}));
    }
    statement.erase("confidence");
    if (!statement["parent"].is_null()) {
      statement["parent"] =
          expected["statements"].at(statement["parent"].get<std::size_t>())["cue"];
    }
    wanted.push_back(statement);
  }
  agreement->statements += Common(statements, wanted);
  agreement->statements_expected += wanted.size();
  agreement->statements_found += statements.size();
  problem("statements", statements, wanted);

  const Json others = Others(reading);
  for (const auto& [kind, found] : others.items()) {
    agreement->others += Common(found, expected[kind]);
    agreement->others_expected += expected[kind].size();
    agreement->others_found += found.size();
    problem(kind, found, expected[kind]);
  }

  std::vector<WordRange> mentions;
  for (const Json& mention : expected["mentions"]) mentions.push_back({mention[0], mention[1]});
  const std::vector<std::uint32_t> clusters = model.Clusters(reading, words, mentions, {});
  REQUIRE(clusters.size() == expected["clusters"].size());
  // One link more or less shifts all numbers behind it: what counts is who a mention is with.
  const auto wanted_clusters = expected["clusters"].get<std::vector<std::uint32_t>>();
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    agreement->mentions += FirstOfItsCluster(clusters, i) == FirstOfItsCluster(wanted_clusters, i);
  }
  agreement->mentions_expected += clusters.size();
  problem("clusters", Json(clusters), expected["clusters"]);
}

Agreement CompareWith(const Model& model, const std::string& file) {
  std::ifstream in(file);
  REQUIRE(in);
  Agreement agreement;
  for (std::string line; std::getline(in, line);) Compare(model, line, &agreement);
  return agreement;
}

}  // namespace hearsay::model
