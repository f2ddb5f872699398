// Verify reads a whole store and names everything in it that is not as it must be:
//   - bytes that cannot be read, in any family;
//   - an article whose row, id, text or record is not what was committed (hashes), a text that is
//     not the blob it came from (plain files), a record that does not fit its text; rows of no
//     article; names that lead nowhere or are missing;
//   - nodes, relationships, index entries, counts and resolution that differ from a fresh
//     derivation from the records, are missing or stale.  Texts are checked first, so a quotation
//     kept with a statement is compared with the bytes it was read from;
//   - nodes and relationships without evidence, or with evidence outside its text;
//   - two relationships with one internal id.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/kv.h"
#include "graph/store.h"

namespace hearsay {

struct VerifyReport {
  std::vector<std::string> problems;  // one sentence each, with place and remedy
  std::size_t problems_left_out = 0;  // beyond kProblemsMax
  std::size_t articles = 0;
  std::size_t nodes = 0;
  std::size_t edges = 0;
  bool ok() const { return problems.empty(); }
};

inline constexpr std::size_t kProblemsMax = 1000;

using VerifyProgress = std::function<void(std::size_t done, std::size_t total)>;

// A fault of the store is a problem, not a status; the status is for what keeps Verify from going
// on at all.  Memory: a second derived layer.
Result<VerifyReport> Verify(const KvSnapshot& snapshot, const VerifyProgress& progress);
Result<VerifyReport> Verify(const Store& store, const VerifyProgress& progress);

}  // namespace hearsay
