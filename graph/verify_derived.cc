#include "graph/verify_derived.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "graph/base/coding.h"
#include "graph/derive/derive.h"
#include "graph/element.h"
#include "graph/graph_tables.h"
#include "graph/graph_writer.h"
#include "graph/keys.h"
#include "graph/kv_view.h"
#include "graph/memory/memory_kv.h"

namespace hearsay {
namespace {

constexpr const char* kDeriveAnew = "run `hearsay reextract`, which derives the graph anew";

struct DerivedFamily {
  Family family;
  const char* what;
  std::string_view prefix;  // the part of the family that is derived; empty: all
};

constexpr std::array<DerivedFamily, 7> kDerived = {{
    {Family::kMeta, "count", keys::kCountPrefix},
    {Family::kDict, "name of a node", ""},
    {Family::kNode, "node", ""},
    {Family::kOut, "relationship", ""},
    {Family::kIn, "relationship seen from its end", ""},
    {Family::kIndex, "index entry", ""},
    {Family::kResolve, "entry of the resolution", ""},
}};

// A derived layer made from the records of `snapshot`, with its symbol numbers, so that the bytes
// of the two can be compared.
Result<std::unique_ptr<Kv>> DeriveFresh(const KvSnapshot& snapshot) {
  std::unique_ptr<Kv> kv = NewMemoryKv();
  KvBatch symbols;
  HEARSAY_RETURN_IF_ERROR(
      snapshot.Scan(Family::kMeta, keys::kSymbolPrefix, PrefixEnd(keys::kSymbolPrefix),
                    [&](std::string_view key, std::string_view value) {
                      symbols.Put(Family::kMeta, std::string(key), std::string(value));
                      return true;
                    }));
  HEARSAY_RETURN_IF_ERROR(kv->Write(symbols, Durability::kBuffered));
  GraphWriter writer(*kv, {});
  DeriveInput input;
  input.snapshot = &snapshot;
  input.all = true;
  HEARSAY_RETURN_IF_ERROR(Derive(input, &writer));
  HEARSAY_RETURN_IF_ERROR(writer.Finish(Durability::kBuffered));
  return kv;
}

// Words for a key, so that a problem can be found again: a node's or edge's public id where the
// value tells it.
std::string Describe(const DerivedFamily& family, std::string_view key, std::string_view value) {
  if ((family.family == Family::kNode || family.family == Family::kOut) &&
      value.size() >= keys::kPublicIdBytes) {
    return fmt::format("{} {}", family.what, ToHex(value.substr(0, keys::kPublicIdBytes)));
  }
  return fmt::format("{} (key {})", family.what, ToHex(key));
}

void Compare(const DerivedFamily& family, const KvSnapshot& stored, const KvSnapshot& fresh,
             Problems* problems) {
  const std::string end = PrefixEnd(family.prefix);
  const auto there = [&](const KvSnapshot& snapshot, std::string_view key) {
    const auto value = snapshot.Get(family.family, key);
    problems->Add(value.status());
    return value.ok() ? *value : std::nullopt;
  };
  problems->Add(stored.Scan(
      family.family, family.prefix, end, [&](std::string_view key, std::string_view value) {
        const std::optional<std::string> right = there(fresh, key);
        if (!right) {
          problems->Add(
              fmt::format("{}: no record gives it; {}", Describe(family, key, value), kDeriveAnew));
        } else if (*right != value) {
          problems->Add(fmt::format("{}: it is not what the records give; {}",
                                    Describe(family, key, *right), kDeriveAnew));
        }
        return true;
      }));
  problems->Add(fresh.Scan(
      family.family, family.prefix, end, [&](std::string_view key, std::string_view value) {
        const auto stored_value = stored.Get(family.family, key);
        if (stored_value.ok() && !*stored_value) {  // an unreadable one was noted by the scan
          problems->Add(
              fmt::format("{}: it is missing; {}", Describe(family, key, value), kDeriveAnew));
        }
        return true;
      }));
}

// Evidence of all nodes and edges; internal ids of edges.
class EvidenceVerifier {
 public:
  EvidenceVerifier(const View& view, Problems* problems, VerifyReport* report)
      : view_(view), problems_(*problems), report_(*report) {}

  void Check() {
    problems_.Add(view_.Nodes([&](NodeId node) {
      ++report_.nodes;
      CheckEvidence("node", view_.PublicId(node), view_.EvidenceOf(node));
      problems_.Add(view_.Edges(node, Direction::kOut, {}, [&](const Edge& edge) {
        ++report_.edges;
        edge_ids_.push_back(edge.id);
        CheckEvidence("relationship", view_.PublicId(edge), view_.EvidenceOf(edge));
        return true;
      }));
      return true;
    }));
    problems_.Add(view_.Health());
    std::sort(edge_ids_.begin(), edge_ids_.end());
    if (std::adjacent_find(edge_ids_.begin(), edge_ids_.end()) != edge_ids_.end()) {
      problems_.Add("relationships: two have one internal id; report it with the store");
    }
  }

 private:
  void CheckEvidence(const char* what, const std::string& id,
                     const Result<std::vector<Evidence>>& evidence) {
    if (!evidence.ok()) {
      problems_.Add(fmt::format("{} {}: {}", what, id, evidence.status().message()));
    } else if (evidence->empty()) {
      problems_.Add(fmt::format("{} {}: without evidence; {}", what, id, kDeriveAnew));
    }
  }

  const View& view_;
  Problems& problems_;
  VerifyReport& report_;
  std::vector<EdgeId> edge_ids_;
};

}  // namespace

void VerifyDerived(const KvSnapshot& snapshot, const StoreState& state, Problems* problems,
                   VerifyReport* report) {
  if (state.stale()) {
    problems->Add(
        "the graph is not yet derived from the records as they are; open the store for writing "
        "once (`hearsay ingest` without a file) and verify again");
    return;
  }
  Result<GraphTables> tables = LoadGraphTables(snapshot);
  problems->Add(tables.status());
  if (tables.ok()) {
    const std::shared_ptr<const KvSnapshot> borrowed(&snapshot, [](const KvSnapshot*) {});
    const auto view = NewKvView(borrowed, std::make_shared<const GraphTables>(*tables));
    EvidenceVerifier(*view, problems, report).Check();
  }
  const Result<std::unique_ptr<Kv>> fresh = DeriveFresh(snapshot);
  problems->Add(fresh.status());
  if (!fresh.ok()) return;
  const auto fresh_snapshot = (*fresh)->Snapshot();
  for (const DerivedFamily& family : kDerived) {
    Compare(family, snapshot, *fresh_snapshot, problems);
  }
}

}  // namespace hearsay
