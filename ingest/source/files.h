// Bytes of files, with messages a person can act on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "graph/base/result.h"

namespace hearsay::ingest {

// The bytes of one regular file.  Small ones are read, large ones mapped, so that a file of many
// gigabytes costs address space and no memory.
class FileBytes {
 public:
  // kNotFound, kIo, or kInvalidArgument for what is no regular file; the message is the reason and
  // the remedy, without the path.
  static Result<FileBytes> Read(const std::string& path);
  static Result<FileBytes> ReadStandardInput();
  FileBytes(FileBytes&& other) noexcept;
  FileBytes& operator=(FileBytes&& other) noexcept;
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  ~FileBytes();
  std::string_view view() const { return map_ != nullptr ? std::string_view(map_, size_) : read_; }

 private:
  FileBytes() = default;
  std::string read_;
  const char* map_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace hearsay::ingest
