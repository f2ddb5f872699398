// The FORMAT file of a store's directory.
#pragma once

#include <filesystem>
#include <optional>

#include "graph/base/result.h"

namespace hearsay {

// Writes FORMAT with this build's version, synced together with the directory.
Status WriteFormatFile(const std::filesystem::path& dir);

// Version that FORMAT names; nothing if there is no such file.  kCorruption if it cannot be
// understood.
Result<std::optional<int>> ReadFormatFile(const std::filesystem::path& dir);

}  // namespace hearsay
