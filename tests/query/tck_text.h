// Values as the openCypher technology compatibility kit writes them.
#pragma once

#include <string>
#include <string_view>

namespace hearsay::query::test {

// The text of a value with the keys of its maps and the labels of its nodes in order, so that two
// texts of one value are equal.  With `any_order` the items of lists are sorted too.
std::string CanonicalText(std::string_view text, bool any_order = false);

}  // namespace hearsay::query::test
