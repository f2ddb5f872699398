// ReadPaths: what the command line names, expanded in order and read file by file.
#include <dirent.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

#include "ingest/source/files.h"
#include "ingest/source/item.h"
#include "ingest/source/reader.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

struct Found {
  std::string path;
  std::uint64_t bytes = 0;
  std::string trouble;  // why it cannot be read, or empty
};

bool HasKnownExtension(std::string_view path) {
  const std::string name = FoldWord(BaseName(path));
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string::npos || dot == 0) return false;
  for (const ReaderRow& row : Readers()) {
    for (std::string_view extension : row.extensions) {
      if (std::string_view(name).substr(dot) == extension) return true;
    }
  }
  return false;
}

class Expansion {
 public:
  std::vector<Found> Run(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      visited_.clear();
      Path(path);
    }
    return std::move(found_);
  }

 private:
  void Path(const std::string& path) {
    if (path == "-") return found_.push_back({path, 0, {}});
    struct stat info {};
    if (stat(path.c_str(), &info) == 0) return Existing(path, info);
    if (errno == ENOENT && path.find_first_of("*?[") != std::string::npos) return Glob(path);
    found_.push_back({path, 0, {}});  // reading it will say why not
  }

  void Glob(const std::string& pattern) {
    glob_t matches{};
    const int rc = glob(pattern.c_str(), GLOB_BRACE, nullptr, &matches);
    if (rc == 0) {
      for (std::size_t i = 0; i < matches.gl_pathc; ++i) {
        struct stat info {};
        const std::string path = matches.gl_pathv[i];
        if (stat(path.c_str(), &info) == 0) {
          Existing(path, info);
        } else {
          found_.push_back({path, 0, {}});
        }
      }
    } else {
      found_.push_back({pattern, 0, "no file matches: check the pattern"});
    }
    globfree(&matches);
  }

  void Existing(const std::string& path, const struct stat& info) {
    if (S_ISDIR(info.st_mode)) return Directory(path, info);
    found_.push_back({path, static_cast<std::uint64_t>(info.st_size), {}});
  }

  void Directory(const std::string& path, const struct stat& info) {
    const auto key = std::pair(info.st_dev, info.st_ino);
    const bool again = !visited_.insert(key).second;
    if (again && !inside_.contains(key)) return;  // another link led here: all is read already
    if (!inside_.insert(key).second) {
      return found_.push_back(
          {path, 0, "a symbolic link back to a directory it stands in: remove the link"});
    }
    for (const std::string& name : Names(path)) {
      const std::string child = fmt::format("{}{}{}", path, path.ends_with('/') ? "" : "/", name);
      struct stat child_info {};
      if (stat(child.c_str(), &child_info) != 0) {
        const std::string why = errno == ELOOP ? "a loop of symbolic links: remove the link" : "";
        if (HasKnownExtension(child) || errno == ELOOP) found_.push_back({child, 0, why});
      } else if (S_ISDIR(child_info.st_mode) || HasKnownExtension(child)) {
        Existing(child, child_info);
      }
    }
    inside_.erase(key);
  }

  // Entries of a directory in order of their bytes, without hidden ones.
  std::vector<std::string> Names(const std::string& path) {
    std::vector<std::string> names;
    DIR* directory = opendir(path.c_str());
    if (directory == nullptr) {
      const bool denied = errno == EACCES;
      found_.push_back(
          {path, 0,
           denied ? "a directory without read permission: give it with chmod +rx, or leave it out"
                  : fmt::format("the directory cannot be read: {}", std::strerror(errno))});
      return names;
    }
    while (const dirent* entry = readdir(directory)) {
      if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    }
    closedir(directory);
    std::sort(names.begin(), names.end());
    return names;
  }

  std::vector<Found> found_;
  std::set<std::pair<dev_t, ino_t>> visited_;
  std::set<std::pair<dev_t, ino_t>> inside_;  // directories on the way from the root to here
};

// False: stop reading.
bool ReadOne(const Found& found, const Declared& declared, const ReaderSink& sink) {
  if (!found.trouble.empty()) {
    sink.refusal({found.path, found.trouble});
    return true;
  }
  const Result<FileBytes> bytes =
      found.path == "-" ? FileBytes::ReadStandardInput() : FileBytes::Read(found.path);
  if (!bytes.ok()) {
    sink.refusal({found.path, bytes.status().message()});
    return true;
  }
  bool go_on = true;
  const ReaderSink watched{[&](Article article) {
                             go_on = sink.article(std::move(article));
                             return go_on;
                           },
                           sink.refusal};
  ReadBytes(bytes->view(), found.path, declared, watched);
  return go_on;
}

}  // namespace

void ReadPaths(const std::vector<std::string>& paths, const Declared& declared,
               const ReaderSink& sink, const Progress& progress) {
  const std::vector<Found> all = Expansion().Run(paths);
  std::uint64_t total = 0;
  std::uint64_t done = 0;
  for (const Found& found : all) total += found.bytes;
  for (const Found& found : all) {
    if (!ReadOne(found, declared, sink)) return;
    done += found.bytes;
    if (progress) progress(done, total);
  }
}

}  // namespace hearsay::ingest
