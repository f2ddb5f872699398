// A primary layer in memory whose derived layer is made by Derive: the least around the derivation,
// without a store's files, locks and generations.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "generate.h"
#include "graph/kv.h"
#include "graph/view.h"

namespace hearsay::test {

class DerivedGraph {
 public:
  // A small `batch_bytes_max` makes the writer split what it writes into many batches.
  explicit DerivedGraph(std::size_t batch_bytes_max = std::size_t{8} << 20);
  ~DerivedGraph();

  std::string Add(const GeneratedArticle& article);  // its id
  void Delete(const std::string& article_id);
  // Derives what changed since the last time, or all.
  void Derive(bool all = false);

  std::unique_ptr<View> NewView() const;
  // Everything that is derived: the full and the network export, and the rows of resolution.
  std::string Dump() const;

 private:
  std::unique_ptr<Kv> kv_;
  std::size_t batch_bytes_max_;
  std::set<std::string> changed_;
};

// The bytes of an export of `view`.
std::string ExportText(const View& view, bool network = false);

}  // namespace hearsay::test
