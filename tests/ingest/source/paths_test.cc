#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/ingest/source/harness.h"

namespace hearsay::ingest {
namespace {

namespace fs = std::filesystem;

// A directory of its own that goes away with the test.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / fmt::format("hearsay-paths-{}", getpid())) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::permissions(path_ / "locked", fs::perms::owner_all, ignored);
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  void Write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }

 private:
  fs::path path_;
};

Collected Read(const std::vector<std::string>& paths) {
  Collected collected;
  ReadPaths(paths, {}, collected.Sink(), {});
  return collected;
}

TEST_CASE("paths: directories in name order, hidden and foreign files left out") {
  const Folder folder;
  folder.Write("b.txt", "Second.");
  folder.Write("a.txt", "First.");
  folder.Write("c/d.txt", "Third.");
  folder.Write("c/e.jsonl", "{\"text\": \"Fourth.\"}\n");
  folder.Write(".hidden.txt", "Never.");
  folder.Write("meta.csv", "file,outlet\na.txt,Example\n");
  const Collected got = Read({folder / ""});
  REQUIRE(got.articles.size() == 4);
  CHECK(got.refusals.empty());
  CHECK(got.articles[0].text == "First.");
  CHECK(got.articles[1].text == "Second.");
  CHECK(got.articles[2].text == "Third.");
  CHECK(got.articles[3].text == "Fourth.");
}

TEST_CASE("paths: globs and progress") {
  const Folder folder;
  folder.Write("a1.txt", "First.");
  folder.Write("a2.txt", "Second.");
  folder.Write("b1.txt", "Third.");
  Collected got;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  ReadPaths({folder / "a*.txt"}, {}, got.Sink(), [&](std::uint64_t d, std::uint64_t t) {
    done = d;
    total = t;
  });
  CHECK(got.articles.size() == 2);
  CHECK(done == 13);
  CHECK(total == 13);
  const Collected none = Read({folder / "z*.txt"});
  REQUIRE(none.refusals.size() == 1);
  CHECK(none.refusals[0].reason.find("no file matches") != std::string::npos);
}

TEST_CASE("paths: each trouble is one message, and the rest goes on") {
  const Folder folder;
  folder.Write("a.txt", "First.");
  folder.Write("empty.txt", "");
  folder.Write("z.txt", "Last.");
  REQUIRE(mkfifo((folder / "pipe.txt").c_str(), 0600) == 0);
  fs::create_directory_symlink(".", folder / "loop");
  fs::create_symlink("gone", folder / "dangling.txt");
  fs::create_symlink("self.txt", folder / "self.txt");
  const Collected got = Read({folder / "", folder / "missing.txt"});
  REQUIRE(got.articles.size() == 2);
  struct Expected {
    const char* place;
    const char* reason;
  };
  const Expected expected[] = {
      {"dangling.txt", "no such file"},       {"empty.txt", "empty file"},
      {"loop", "symbolic link back"},         {"pipe.txt", "a pipe"},
      {"self.txt", "loop of symbolic links"}, {"missing.txt", "no such file"},
  };
  REQUIRE(got.refusals.size() == std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    CHECK(got.refusals[i].place == folder / expected[i].place);
    CHECK(got.refusals[i].reason.find(expected[i].reason) != std::string::npos);
  }
}

TEST_CASE("paths: a directory and a file without read permission") {
  if (geteuid() == 0) {
    WARN("skipped: root may read everything");
    return;
  }
  const Folder folder;
  folder.Write("locked/a.txt", "Never.");
  folder.Write("b.txt", "Never.");
  fs::permissions(folder / "locked", fs::perms::none);
  fs::permissions(folder / "b.txt", fs::perms::none);
  const Collected got = Read({folder / ""});
  CHECK(got.articles.empty());
  REQUIRE(got.refusals.size() == 2);
  CHECK(got.refusals[0].reason.find("chmod +r") != std::string::npos);
  CHECK(got.refusals[1].reason.find("without read permission") != std::string::npos);
}

TEST_CASE("paths: the sink can stop the reading") {
  const Folder folder;
  folder.Write("a.txt", "First.");
  folder.Write("b.txt", "Second.");
  int seen = 0;
  const ReaderSink sink{[&](const Article&) {
                          ++seen;
                          return false;
                        },
                        [](const Refusal&) {}};
  ReadPaths({folder / ""}, {}, sink, {});
  CHECK(seen == 1);
}

TEST_CASE("meta file: CSV and JSON lines, errors with their place") {
  const Folder folder;
  folder.Write("meta.csv",
               "file,outlet,published,url\na.txt,\"Post, The \"\"Example\"\"\",6 March 2031,\n"
               "b.txt,,2031-03-06T10:40+06:00,https://example.org\n");
  const auto csv = ReadMetaFile(folder / "meta.csv");
  REQUIRE(csv.ok());
  CHECK(csv->at("a.txt").outlet == "Post, The \"Example\"");
  CHECK(csv->at("a.txt").published == "2031-03-06");
  CHECK(csv->at("b.txt").published == "2031-03-06T10:40+06:00");
  folder.Write("meta.jsonl", "{\"file\": \"a.txt\", \"outlet\": \"Example\"}\n");
  const auto lines = ReadMetaFile(folder / "meta.jsonl");
  REQUIRE(lines.ok());
  CHECK(lines->at("a.txt").outlet == "Example");
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"file,colour\na.txt,red\n", ":2: unknown column \"colour\"; known are file, outlet"},
      {"outlet\nx\n", ":1: no column \"file\""},
      {"file,outlet\na.txt\n", ":2: 1 cells where the header has 2"},
      {"file,published\na.txt,soon\n", ":2: published \"soon\" is no date"},
      {"{\"outlet\": \"x\"}\n", ":1: no \"file\""},
      {"{\"file\": \"a\", \"colour\": \"x\"}\n", ":1: unknown column \"colour\""},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    folder.Write("bad", c.text);
    const auto bad = ReadMetaFile(folder / "bad");
    REQUIRE_FALSE(bad.ok());
    CHECK(bad.status().message().find(c.message) != std::string::npos);
  }
  CHECK_FALSE(ReadMetaFile(folder / "missing.csv").ok());
}

TEST_CASE("declared dates are normalised") {
  Metadata metadata;
  metadata.published = "6 January 2022";
  CHECK(NormaliseDeclared(&metadata).ok());
  CHECK(metadata.published == "2022-01-06");
  metadata.published = "soon";
  CHECK_FALSE(NormaliseDeclared(&metadata).ok());
}

}  // namespace
}  // namespace hearsay::ingest
