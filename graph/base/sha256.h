// SHA-256: the one hash behind every public name.
#pragma once

#include <string>
#include <string_view>

namespace hearsay {

// 64 lower-case hex digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace hearsay
