#include "ingest/source/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace hearsay::ingest {
namespace {

constexpr std::size_t kMapBytesMin = std::size_t{64} << 20;
constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Status FromErrno(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return Status::NotFound("no such file: check the path, or whether it was moved meanwhile");
    case EACCES:
    case EPERM:
      return Status::Io("no permission to read it: give yourself read permission with chmod +r");
    case ELOOP:
      return Status::Io("a loop of symbolic links: remove the link");
    case EMFILE:
    case ENFILE:
      return Status::Io("too many open files: raise the limit with ulimit -n");
    default:
      return Status::Io(fmt::format("cannot be read: {}", std::strerror(error)));
  }
}

Status NotRegular(mode_t mode) {
  if (S_ISDIR(mode)) return Status::InvalidArgument("a directory, where a file is needed");
  if (S_ISFIFO(mode)) {
    return Status::InvalidArgument(
        "a pipe, which is read only once: read it from standard input with - instead");
  }
  return Status::InvalidArgument("no regular file but a device or socket: leave it out");
}

Status ReadAll(int fd, std::string* out) {
  while (true) {
    const std::size_t size = out->size();
    out->resize(size + kChunkBytes);
    const ssize_t got = read(fd, out->data() + size, kChunkBytes);
    out->resize(size + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got == 0) return Status::Ok();
    if (got < 0 && errno != EINTR) return FromErrno(errno);
  }
}

}  // namespace

FileBytes::FileBytes(FileBytes&& other) noexcept
    : read_(std::move(other.read_)),
      map_(std::exchange(other.map_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

FileBytes& FileBytes::operator=(FileBytes&& other) noexcept {
  std::swap(read_, other.read_);
  std::swap(map_, other.map_);
  std::swap(size_, other.size_);
  return *this;
}

FileBytes::~FileBytes() {
  if (map_ != nullptr) munmap(const_cast<char*>(map_), size_);
}

Result<FileBytes> FileBytes::Read(const std::string& path) {
  struct stat info {};
  // Before opening: to open a pipe would wait for its writer.
  if (stat(path.c_str(), &info) != 0) return FromErrno(errno);
  if (!S_ISREG(info.st_mode)) return NotRegular(info.st_mode);
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return FromErrno(errno);
  if (fstat(file.get(), &info) != 0) return FromErrno(errno);
  if (!S_ISREG(info.st_mode)) return NotRegular(info.st_mode);
  FileBytes bytes;
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size >= kMapBytesMin) {
    void* map = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (map != MAP_FAILED) {
      bytes.map_ = static_cast<const char*>(map);
      bytes.size_ = size;
      return bytes;
    }
  }
  bytes.read_.reserve(size + kChunkBytes);
  HEARSAY_RETURN_IF_ERROR(ReadAll(file.get(), &bytes.read_));
  return bytes;
}

Result<FileBytes> FileBytes::ReadStandardInput() {
  FileBytes bytes;
  HEARSAY_RETURN_IF_ERROR(ReadAll(STDIN_FILENO, &bytes.read_));
  return bytes;
}

}  // namespace hearsay::ingest
