#include "graph/rocks/rocks_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace hearsay {

bool IsOutOfSpace(const rocksdb::Status& status) {
  if (status.IsNoSpace()) return true;
  // RocksDB has a code of its own for ENOSPC only; EFBIG and EDQUOT come as their text.
  constexpr std::array<std::string_view, 3> kTexts = {"No space left on device", "File too large",
                                                      "Disk quota exceeded"};
  const std::string text = status.ToString();
  return std::any_of(kTexts.begin(), kTexts.end(),
                     [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

Status TranslateRocksStatus(const rocksdb::Status& status, const std::filesystem::path& dir) {
  const std::string text = status.ToString();
  const std::string where = dir.string();
  if (IsOutOfSpace(status)) {
    return Status::Io(fmt::format(
        "{}: no room left on the disk ({}); free some space and run the command again: everything "
        "acknowledged is there",
        where, text));
  }
  if (status.IsIOError() && text.find("/LOCK:") != std::string::npos) {
    return Status::Busy(
        fmt::format("{}: another process is writing to this store; wait until it ends, or name "
                    "another one with --store",
                    where));
  }
  if (status.IsCorruption()) {
    return Status::Corruption(
        fmt::format("{}: the store's files are damaged ({}); bring them back from a copy, or "
                    "ingest the articles into a new store",
                    where, text));
  }
  if (status.IsNotSupported()) {
    return Status::InvalidArgument(
        fmt::format("{}: the store is open for reading only ({})", where, text));
  }
  return Status::Io(fmt::format(
      "{}: {}; see that the directory may be read and written and its disk is well", where, text));
}

}  // namespace hearsay
