#include "bench/corpus.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "bench/rewrite.h"

namespace hearsay::bench {
namespace {

TEST_CASE("Rewrite changes names, figures and dates and nothing else") {
  const std::string before =
      "SULMAR, Ardavia, March 12 (MNA) - 340 people were detained near Terminal 4 at 22:40, "
      "Osgar said on 14 March 2025 in Sulmar. published 2025-03-13T10:20";
  const std::string after = Rewrite(before, {1, 5});
  CHECK(after == Rewrite(before, {1, 5}));
  CHECK(after != Rewrite(before, {2, 5}));
  CHECK(after != Rewrite(before, {1, 50}));
  for (const char* gone : {"Ardavia", "MNA", "Osgar", "Sulmar", "2025-03-13"}) {
    INFO(after);
    CHECK(after.find(gone) == std::string::npos);
  }
  for (const char* kept :
       {"people were detained near Terminal 4 at 22:40, ", " said on ", "T10:20"}) {
    INFO(after);
    CHECK(after.find(kept) != std::string::npos);
  }
}

TEST_CASE("Neighbouring stories share their people, not their warehouse") {
  CHECK(Rewrite("Osgar", {1, 4}) == Rewrite("Osgar", {1, 7}));
  CHECK(Rewrite("Osgar", {1, 4}) != Rewrite("Osgar", {1, 8}));
  CHECK(Rewrite("Shed 9", {1, 4}) == "Shed 13");
}

TEST_CASE("Dates move by whole weeks") {
  for (std::uint64_t story = 0; story < 50; ++story) {
    const std::string thursday = Rewrite("2025-03-13", {3, story});
    std::chrono::sys_days day{std::chrono::year{std::stoi(thursday.substr(0, 4))} /
                              std::stoi(thursday.substr(5, 2)) / std::stoi(thursday.substr(8, 2))};
    CHECK(std::chrono::weekday{day} == std::chrono::Thursday);
  }
}

std::map<std::string, std::string> FilesBelow(const std::filesystem::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), directory).string()] = {
        std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  return files;
}

TEST_CASE("A corpus has the size asked for and is the same each time") {
  const auto root = std::filesystem::temp_directory_path() / "hearsay_corpus_test";
  std::filesystem::remove_all(root);
  const CorpusOptions options{"samples", 60, 7};
  const auto a = WriteCorpus(options, root / "a");
  const auto b = WriteCorpus(options, root / "b");
  REQUIRE(a.ok());
  REQUIRE(b.ok());
  CHECK(a->count == 60);
  CHECK(FilesBelow(root / "a").size() == 61);  // and meta.csv
  CHECK(FilesBelow(root / "a") == FilesBelow(root / "b"));
  CHECK(WriteCorpus(options, root / "a").status().code() == StatusCode::kAlreadyExists);
  CHECK(WriteCorpus({"no-such-samples", 1, 1}, root / "c").status().code() != StatusCode::kOk);
  std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace hearsay::bench
