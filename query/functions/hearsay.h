// The look-ups behind named(), matches() and identified(), which the matcher also starts from.
#pragma once

#include <string>
#include <vector>

#include "graph/view.h"

namespace hearsay::query {

std::vector<NodeId> FindNamed(const View& view, const std::string& name);
std::vector<NodeId> FindMatching(const View& view, const std::string& words);
std::vector<NodeId> FindIdentified(const View& view, const std::string& prefix);

}  // namespace hearsay::query
