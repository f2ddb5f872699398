// Runs the cases in tests/query/cases: queries on a small graph, each with what it must print.
//
// A file holds blocks divided by empty lines.  A block is lines of one query, a line `----`, and
// what it prints: the rows as CSV, notices after them as "note: ...", or the error with its caret.
// Lines that begin with `#` say what it is about.  HEARSAY_WRITE_CASES=1 writes what was printed.

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "graph_json.h"
#include "query/engine.h"
#include "query/format/format.h"

namespace hearsay::query::test {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(__FILE__).parent_path() / "cases";

struct Case {
  std::string comment;
  std::string query;
  std::string expected;
};

std::vector<Case> ReadCases(const fs::path& path) {
  std::ifstream file(path);
  std::vector<Case> cases;
  Case next;
  bool answer = false;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) {
      if (!next.query.empty()) cases.push_back(next);
      if (next.query.empty() && !next.comment.empty()) cases.push_back(next);
      next = {};
      answer = false;
    } else if (line[0] == '#' && !answer) {
      next.comment += line + "\n";
    } else if (line == "----") {
      answer = true;
    } else {
      (answer ? next.expected : next.query) += line + "\n";
    }
  }
  if (!next.query.empty()) cases.push_back(next);
  return cases;
}

std::string Print(const View& view, std::string query) {
  query.pop_back();
  const Outcome outcome = Run(view, query, {});
  if (outcome.error) return outcome.error->Render(query) + "\n";
  std::string out = FindFormat("csv")->write(view, *outcome.result, {});
  out.erase(std::remove(out.begin(), out.end(), '\r'), out.end());
  for (const std::string& notice : outcome.result->notices) out += "note: " + notice + "\n";
  return out;
}

TEST_CASE("cases") {
  std::ifstream graph_file(kCases / "graph.json");
  const auto view = MakeViewFromJson(nlohmann::json::parse(graph_file));
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kCases)) {
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  REQUIRE(!files.empty());
  const bool write = std::getenv("HEARSAY_WRITE_CASES") != nullptr;
  for (const fs::path& path : files) {
    std::string text;
    for (const Case& one : ReadCases(path)) {
      INFO(path.filename().string() << ": " << one.query);
      if (!text.empty()) text += "\n";
      text += one.comment;
      if (one.query.empty()) continue;
      const std::string printed = Print(*view, one.query);
      if (!write) CHECK(printed == one.expected);
      text += one.query + "----\n" + printed;
    }
    if (write) std::ofstream(path) << text;
  }
}

}  // namespace
}  // namespace hearsay::query::test
