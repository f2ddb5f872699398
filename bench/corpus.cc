#include "bench/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>

#include "bench/random.h"
#include "bench/rewrite.h"

namespace hearsay::bench {

namespace {

constexpr std::uint64_t kCopyOneIn = 7;

// One article of the samples, as the bytes of a file of its own.
struct Template {
  std::string name;  // "03-mna-toll.txt"
  std::string extension;
  std::string bytes;
  std::string meta;  // its row of meta.csv without the file name, or empty
};

Result<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return Status::Io(fmt::format("{}: cannot be read", path.string()));
  return bytes;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

struct Templates {
  std::string meta_header;
  std::vector<Template> all;  // by name
};

Result<Templates> ReadTemplates(const std::filesystem::path& samples) {
  Templates templates;
  HEARSAY_ASSIGN_OR_RETURN(const std::string meta, ReadFile(samples / "meta.csv"));
  std::map<std::string, std::string> rows;
  for (const std::string& line : Lines(meta)) {
    const std::size_t comma = std::min(line.find(','), line.size());
    if (templates.meta_header.empty()) templates.meta_header = line;
    rows[line.substr(0, comma)] = line.substr(comma);
  }
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(samples / "articles", error)) {
    files.push_back(entry.path());
  }
  if (error || files.empty()) {
    return Status::NotFound(fmt::format("{}: no articles here; name the directory with --samples",
                                        (samples / "articles").string()));
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& file : files) {
    HEARSAY_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(file));
    const std::string stem = file.stem().string();
    if (file.extension() == ".jsonl") {
      for (const std::string& line : Lines(bytes)) {
        templates.all.push_back(
            {fmt::format("{}-{}", stem, templates.all.size()), ".jsonl", line + "\n", {}});
      }
    } else {
      templates.all.push_back(
          {stem, file.extension().string(), bytes, rows[file.filename().string()]});
    }
  }
  return templates;
}

// Every URL of a story is its own.
std::string WithStoryInUrls(std::string text, std::uint64_t story) {
  constexpr std::string_view kHost = ".example/";
  const std::string by = fmt::format(".example/s{}/", story);
  for (std::size_t at = text.find(kHost); at != std::string::npos;
       at = text.find(kHost, at + by.size())) {
    text.replace(at, kHost.size(), by);
  }
  return text;
}

// Leaves out one paragraph that is neither the headline nor the first.
std::string WithoutOneParagraph(std::string text, std::uint64_t draw) {
  std::vector<std::size_t> breaks;
  for (std::size_t at = text.find("\n\n"); at != std::string::npos;
       at = text.find("\n\n", at + 2)) {
    breaks.push_back(at);
  }
  if (breaks.size() < 4) return text;
  const std::size_t first = 2 + draw % (breaks.size() - 3);
  return text.erase(breaks[first], breaks[first + 1] - breaks[first]);
}

class Writer {
 public:
  Writer(const CorpusOptions& options, Corpus& corpus) : options_(options), corpus_(corpus) {}

  Status Run() {
    HEARSAY_ASSIGN_OR_RETURN(templates_, ReadTemplates(options_.samples));
    meta_ << templates_.meta_header << '\n';
    for (std::uint64_t story = 0; corpus_.count < options_.articles; ++story) {
      HEARSAY_RETURN_IF_ERROR(WriteStory({options_.seed, story}));
    }
    return Write(corpus_.meta, std::move(meta_).str());
  }

 private:
  Status WriteStory(const Story& story) {
    // A thousand stories a directory: file systems and people dislike huge ones.
    directory_ = corpus_.articles / fmt::format("{:05}", story.number / 1000);
    std::error_code error;
    std::filesystem::create_directories(directory_, error);
    if (error) return Status::Io(fmt::format("{}: {}", directory_.string(), error.message()));
    for (std::size_t i = 0; i < templates_.all.size(); ++i) {
      const Template& made_from = templates_.all[i];
      HEARSAY_RETURN_IF_ERROR(WriteOne(made_from, story, std::nullopt));
      const std::uint64_t draw = Draw(story.seed, story.number, 2'000'000 + i);
      if (made_from.extension == ".txt" && draw % kCopyOneIn == 0) {
        HEARSAY_RETURN_IF_ERROR(WriteOne(made_from, story, draw / kCopyOneIn));
      }
    }
    return Status::Ok();
  }

  // `copy`: the draw of a copy under another outlet's name, or nothing for the article itself.
  Status WriteOne(const Template& made_from, const Story& story,
                  std::optional<std::uint64_t> copy) {
    if (corpus_.count == options_.articles) return Status::Ok();
    ++corpus_.count;
    const std::string name = fmt::format("s{:07}-{}{}{}", story.number, made_from.name,
                                         copy ? "-copy" : "", made_from.extension);
    std::string bytes = WithStoryInUrls(Rewrite(made_from.bytes, story), story.number);
    if (copy) {
      bytes = WithoutOneParagraph(std::move(bytes), *copy);
      // A copy has an outlet and a date of its own and no URL.
      meta_ << name << fmt::format(",Local Paper {},{}", *copy % 50, PublishedOf(made_from, story))
            << ",,en\n";
    } else if (!made_from.meta.empty()) {
      meta_ << name << WithStoryInUrls(Rewrite(made_from.meta, story), story.number) << '\n';
    }
    corpus_.bytes += bytes.size();
    return Write(directory_ / name, bytes);
  }

  static std::string PublishedOf(const Template& made_from, const Story& story) {
    const std::size_t begin = made_from.meta.find(',', 1) + 1;
    return Rewrite(made_from.meta.substr(begin, made_from.meta.find(',', begin) - begin), story);
  }

  static Status Write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.close();
    return file ? Status::Ok() : Status::Io(fmt::format("{}: cannot be written", path.string()));
  }

  const CorpusOptions& options_;
  Corpus& corpus_;
  Templates templates_;
  std::filesystem::path directory_;
  std::ostringstream meta_;
};

}  // namespace

Result<Corpus> WriteCorpus(const CorpusOptions& options, const std::filesystem::path& directory) {
  if (std::filesystem::exists(directory)) {
    return Status::AlreadyExists(
        fmt::format("{}: is there already; remove it first", directory.string()));
  }
  Corpus corpus;
  corpus.articles = directory / "articles";
  corpus.meta = directory / "meta.csv";
  std::error_code error;
  std::filesystem::create_directories(corpus.articles, error);
  if (error) return Status::Io(fmt::format("{}: {}", directory.string(), error.message()));
  HEARSAY_RETURN_IF_ERROR(Writer(options, corpus).Run());
  return corpus;
}

}  // namespace hearsay::bench
