// Raise kDeriveVersion with every change of what derive/ makes of the same records: a store that
// another version derived is derived anew when it is opened.
#pragma once

#include <cstdint>

namespace hearsay {

inline constexpr std::uint32_t kDeriveVersion = 2;

}  // namespace hearsay
