// UTF-8 (RFC 3629): shortest form only, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hearsay {

// Offset of the first byte that does not belong to a well-formed sequence; nothing if all do.
std::optional<std::size_t> FirstInvalidUtf8(std::string_view bytes);

}  // namespace hearsay
