#include "graph_json.h"

#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "graph/graph_writer.h"

namespace hearsay::query::test {
namespace {

Value ToValue(const nlohmann::json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number_float()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_array()) {
    List list;
    for (const auto& item : json) list.push_back(ToValue(item));
    return list;
  }
  if (json.is_object() && json.contains("$float")) {
    return std::strtod(json["$float"].get<std::string>().c_str(), nullptr);
  }
  if (json.is_object() && json.contains("$temporal")) return json.dump();
  return {};
}

Map ToMap(const nlohmann::json& json) {
  Map map;
  for (const auto& [key, value] : json.items()) map.emplace(key, ToValue(value));
  return map;
}

std::string PublicId(const nlohmann::json& id) {
  return fmt::format("{:032x}", id.get<std::uint64_t>());
}

}  // namespace

std::unique_ptr<View> MakeViewFromJson(const nlohmann::json& graph) {
  std::vector<NodeData> nodes;
  for (const auto& json : graph["nodes"]) {
    NodeData node;
    node.public_id = PublicId(json["id"]);
    node.labels = json["labels"].get<std::vector<std::string>>();
    node.properties = ToMap(json["props"]);
    nodes.push_back(std::move(node));
  }
  std::vector<EdgeData> edges;
  for (const auto& json : graph["rels"]) {
    EdgeData edge;
    edge.src = PublicId(json["from"]);
    edge.dst = PublicId(json["to"]);
    edge.type = json["type"];
    edge.discriminator = PublicId(json["id"]);
    edge.properties = ToMap(json["props"]);
    edges.push_back(std::move(edge));
  }
  return MakeView(nodes, edges);
}

}  // namespace hearsay::query::test
