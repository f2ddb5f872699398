#include "query/format/value_display.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "query/exec/value_text.h"

namespace hearsay::query {

namespace {

constexpr std::size_t kShortId = 8;
constexpr std::size_t kTitleBytesMax = 40;

// The label that says most: Person rather than Entity, City rather than Place.
std::string MainLabel(const View& view, NodeId node) {
  std::string main;
  for (const Symbol label : view.NodeLabels(node)) {
    const std::string_view name = view.Name(label);
    if (main.empty() || main == "Entity" || main == "Place") {
      if (name != "Place" || main.empty() || main == "Entity") main = name;
    }
  }
  return main;
}

// At most `bytes_max` bytes, cut between characters.
std::string Cut(std::string text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0) == 0x80) --bytes_max;
  return text.substr(0, bytes_max) + "…";
}

std::string NodeText(const View& view, NodeId node) {
  std::string out = "(" + MainLabel(view, node);
  for (const char* key : {"name", "title", "text"}) {
    const Value value = view.Property(node, key);
    if (value.kind() != Value::Kind::kString) continue;
    out +=
        fmt::format("{}\"{}\"", out.size() > 1 ? " " : "", Cut(value.as_string(), kTitleBytesMax));
    break;
  }
  return out + (out.size() > 1 ? " " : "") + view.PublicId(node).substr(0, kShortId) + ")";
}

std::string PathText(const View& view, const Path& path) {
  std::string out = "(" + ShortName(view, path.nodes.front()) + ")";
  for (std::size_t i = 0; i < path.edges.size(); ++i) {
    const bool forward = path.edges[i].src == path.nodes[i];
    out += fmt::format(" {}-{}-{} ({})", forward ? "" : "<", view.Name(path.edges[i].type),
                       forward ? ">" : "", ShortName(view, path.nodes[i + 1]));
  }
  return out;
}

std::string OneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

std::string ShortName(const View& view, NodeId node) {
  const Value name = view.Property(node, "name");
  if (name.kind() == Value::Kind::kString) return name.as_string();
  std::string label = MainLabel(view, node);
  if (!label.empty()) {
    label[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
    label += " ";
  }
  const Value title = view.Property(node, "title");
  if (title.kind() == Value::Kind::kString) {
    return fmt::format("{}\"{}\"", label, Cut(title.as_string(), kTitleBytesMax));
  }
  return label + view.PublicId(node).substr(0, kShortId);
}

std::string DisplayText(const View& view, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return "";
    case Value::Kind::kString:
      return OneLine(value.as_string());
    case Value::Kind::kNode:
      return NodeText(view, value.as_node());
    case Value::Kind::kEdge:
      return fmt::format("[{}]", view.Name(value.as_edge().type));
    case Value::Kind::kPath:
      return PathText(view, value.as_path());
    case Value::Kind::kList: {
      std::string out;
      for (const Value& item : value.as_list()) {
        out += (out.empty() ? "" : ", ") + DisplayText(view, item);
      }
      return out;
    }
    case Value::Kind::kMap: {
      std::string out;
      for (const auto& [key, item] : value.as_map()) {
        out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", key, DisplayText(view, item));
      }
      return "{" + out + "}";
    }
    default:
      return ValueText(view, value);
  }
}

nlohmann::ordered_json ToJson(const View& view, const Value& value) {
  using Json = nlohmann::ordered_json;
  const auto properties = [&view](const Map& map) {
    Json out = Json::object();
    for (const auto& [key, item] : map) out[key] = ToJson(view, item);
    return out;
  };
  switch (value.kind()) {
    case Value::Kind::kNull:
      return nullptr;
    case Value::Kind::kBool:
      return value.as_bool();
    case Value::Kind::kInt:
      return value.as_int();
    case Value::Kind::kDouble:  // JSON has no word for what is no number
      return std::isfinite(value.as_double()) ? Json(value.as_double())
                                              : Json(DoubleText(value.as_double()));
    case Value::Kind::kString:
      return value.as_string();
    case Value::Kind::kList: {
      Json out = Json::array();
      for (const Value& item : value.as_list()) out.push_back(ToJson(view, item));
      return out;
    }
    case Value::Kind::kMap:
      return properties(value.as_map());
    case Value::Kind::kNode: {
      Json labels = Json::array();
      for (const Symbol label : view.NodeLabels(value.as_node()))
        labels.push_back(view.Name(label));
      return {{"id", view.PublicId(value.as_node())},
              {"labels", labels},
              {"properties", properties(view.Properties(value.as_node()))}};
    }
    case Value::Kind::kEdge: {
      const Edge& edge = value.as_edge();
      return {{"id", view.PublicId(edge)},
              {"type", view.Name(edge.type)},
              {"from", view.PublicId(edge.src)},
              {"to", view.PublicId(edge.dst)},
              {"properties", properties(view.Properties(edge))}};
    }
    case Value::Kind::kPath: {
      Json nodes = Json::array();
      Json edges = Json::array();
      for (const NodeId node : value.as_path().nodes) nodes.push_back(ToJson(view, node));
      for (const Edge& edge : value.as_path().edges) edges.push_back(ToJson(view, edge));
      return {{"nodes", nodes}, {"relationships", edges}};
    }
    default:
      return ValueText(view, value);
  }
}

}  // namespace hearsay::query
