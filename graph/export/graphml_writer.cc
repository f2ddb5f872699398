#include "graph/export/graphml_writer.h"

#include <algorithm>
#include <array>

#include "graph/export/xml_text.h"

namespace hearsay {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 16;

constexpr std::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\""
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
    " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
    " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";

// What Gephi's importer takes for itself when an id or attr.name is exactly this.
constexpr std::array<std::string_view, 18> kReserved = {
    "b",       "color",  "edgelabel", "g",    "id", "label", "nodelabel", "r",    "size",
    "timeset", "weight", "x",         "xpos", "y",  "ypos",  "z",         "zpos", "edge_weight"};

std::string_view TypeName(GraphmlType type) {
  switch (type) {
    case GraphmlType::kBoolean:
      return "boolean";
    case GraphmlType::kLong:
      return "long";
    case GraphmlType::kDouble:
      return "double";
    case GraphmlType::kString:
      return "string";
  }
  return "string";
}

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// ASCII letters, digits, . - _ only.
std::string NmToken(std::string_view text) {
  std::string token;
  for (char c : text) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '-' || c == '_';
    token += fits ? c : '_';
  }
  return token.empty() ? "_" : token;
}

// `name`, or the first of name_2, name_3, ... that is not taken yet.
std::string Unique(const std::string& name, std::set<std::string>* taken) {
  std::string unique = name;
  for (int n = 2; !taken->insert(Lower(unique)).second; ++n) {
    unique = name + "_" + std::to_string(n);
  }
  return unique;
}

}  // namespace

GraphmlWriter::GraphmlWriter(const std::vector<GraphmlColumn>& node_columns,
                             const std::vector<GraphmlColumn>& edge_columns, const ExportSink& sink)
    : sink_(sink), buffer_(kHead) {
  node_keys_ = WriteKeys(node_columns, "node", 'v');
  edge_keys_ = WriteKeys(edge_columns, "edge", 'e');
  buffer_ += "  <graph id=\"hearsay\" edgedefault=\"directed\">\n";
}

std::vector<std::string> GraphmlWriter::WriteKeys(const std::vector<GraphmlColumn>& columns,
                                                  const char* what, char prefix) {
  std::vector<std::string> ids;
  std::set<std::string> taken;
  for (const GraphmlColumn& column : columns) {
    ids.push_back(Unique(std::string(1, prefix) + "_" + Lower(NmToken(column.name)), &taken));
    buffer_ += "  <key id=\"" + ids.back() + "\" for=\"" + what + "\" attr.name=\"";
    AppendXmlAttribute(column.name, &buffer_);
    buffer_ += "\" attr.type=\"" + std::string(TypeName(column.type)) + "\"/>\n";
  }
  return ids;
}

void GraphmlWriter::WriteCells(const std::vector<std::string>& keys,
                               const std::vector<GraphmlCell>& cells) {
  for (const GraphmlCell& cell : cells) {
    if (cell.text.empty()) continue;
    buffer_ += "      <data key=\"" + keys[cell.column] + "\">";
    report_.characters_replaced += AppendXmlText(cell.text, &buffer_);
    buffer_ += "</data>\n";
  }
}

Status GraphmlWriter::Node(std::string_view id, const std::vector<GraphmlCell>& cells) {
  buffer_ += "    <node id=\"";
  buffer_ += id;
  buffer_ += "\">\n";
  WriteCells(node_keys_, cells);
  buffer_ += "    </node>\n";
  ++report_.nodes;
  return FlushIfFull();
}

Status GraphmlWriter::Edge(std::string_view id, std::string_view src, std::string_view dst,
                           const std::vector<GraphmlCell>& cells) {
  for (const auto& [word, value] : {std::pair<const char*, std::string_view>{"    <edge id=\"", id},
                                    {"\" source=\"", src},
                                    {"\" target=\"", dst}}) {
    buffer_ += word;
    buffer_ += value;
  }
  buffer_ += "\">\n";
  WriteCells(edge_keys_, cells);
  buffer_ += "    </edge>\n";
  ++report_.edges;
  return FlushIfFull();
}

Status GraphmlWriter::FlushIfFull() {
  if (buffer_.size() < kBufferBytes) return Status::Ok();
  Status status = sink_(buffer_);
  buffer_.clear();
  return status;
}

Status GraphmlWriter::Finish() {
  buffer_ += "  </graph>\n</graphml>\n";
  Status status = sink_(buffer_);
  buffer_.clear();
  return status;
}

ColumnNames::ColumnNames(const std::vector<GraphmlColumn>& taken)
    : reserved_(kReserved.begin(), kReserved.end()) {
  for (const GraphmlColumn& column : taken) reserved_.insert(Lower(column.name));
  taken_ = reserved_;
}

std::string ColumnNames::NameFor(std::string_view property) {
  const std::string name = NmToken(property);
  return Unique(reserved_.contains(Lower(name)) ? name + "_property" : name, &taken_);
}

}  // namespace hearsay
