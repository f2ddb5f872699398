#include <utility>

#include "graph/base/check.h"
#include "graph/graph_tables.h"
#include "graph/graph_writer.h"
#include "graph/kv_view.h"
#include "graph/memory/memory_kv.h"

namespace hearsay {

std::unique_ptr<View> MakeView(const std::vector<NodeData>& nodes,
                               const std::vector<EdgeData>& edges) {
  const std::unique_ptr<Kv> kv = NewMemoryKv();
  GraphWriter writer(*kv, {});
  for (const NodeData& node : nodes) HEARSAY_CHECK(writer.PutNode(node).ok());
  for (const EdgeData& edge : edges) HEARSAY_CHECK(writer.PutEdge(edge).ok());
  HEARSAY_CHECK(writer.Finish(Durability::kBuffered).ok());
  std::shared_ptr<const KvSnapshot> snapshot = kv->Snapshot();  // outlives the Kv
  Result<GraphTables> tables = LoadGraphTables(*snapshot);
  HEARSAY_CHECK(tables.ok());
  return NewKvView(std::move(snapshot),
                   std::make_shared<const GraphTables>(std::move(tables).value()));
}

}  // namespace hearsay
