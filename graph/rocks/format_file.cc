#include "graph/rocks/format_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <fstream>
#include <string>

#include "graph/keys.h"

namespace hearsay {
namespace {

constexpr std::string_view kFileName = "FORMAT";
constexpr std::string_view kBeforeVersion = "hearsay store, format ";

Status Failed(const std::filesystem::path& path, std::string_view what) {
  return Status::Io(
      fmt::format("{}: cannot {}: {}; see that the directory may be written and its "
                  "disk has room",
                  path.string(), what, std::strerror(errno)));
}

// Closes at the end of its scope.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// A name is durable when its directory is.
Status SyncDirectory(const std::filesystem::path& dir) {
  const FileDescriptor fd(open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || fsync(fd.get()) != 0) return Failed(dir, "sync the directory");
  return Status::Ok();
}

}  // namespace

Status WriteFormatFile(const std::filesystem::path& dir) {
  const std::filesystem::path path = dir / kFileName;
  const std::string text = fmt::format("{}{}\n", kBeforeVersion, kFormatVersion);
  {
    const FileDescriptor fd(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (fd.get() < 0) return Failed(path, "create it");
    if (write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        fsync(fd.get()) != 0) {
      return Failed(path, "write it");
    }
  }
  return SyncDirectory(dir);
}

Result<std::optional<int>> ReadFormatFile(const std::filesystem::path& dir) {
  const std::filesystem::path path = dir / kFileName;
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return std::optional<int>();
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line)) return Failed(path, "read it");
  int version = 0;
  const char* end = line.data() + line.size();
  if (!line.starts_with(kBeforeVersion) ||
      std::from_chars(line.data() + kBeforeVersion.size(), end, version).ptr != end) {
    return Status::Corruption(
        fmt::format("{}: not the format line of a Hearsay store; name another directory, or bring "
                    "the file back from a copy",
                    path.string()));
  }
  return std::optional<int>(version);
}

}  // namespace hearsay
