#include "query/exec/value_text.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace hearsay::query {

namespace {

std::string DateText(Date date) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{date.days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string TimeText(LocalTime time) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t seconds = time.nanos / kSecond;
  std::string out = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  const std::int64_t nanos = time.nanos % kSecond;
  if (seconds % 60 != 0 || nanos != 0) out += fmt::format(":{:02}", seconds % 60);
  if (nanos != 0) {
    std::string fraction = fmt::format("{:09}", nanos);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    out += "." + fraction;
  }
  return out;
}

std::string OffsetText(std::int32_t seconds) {
  if (seconds == 0) return "Z";
  const std::int32_t size = std::abs(seconds);
  return fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60);
}

std::string DurationText(const Duration& d) {
  std::string out = "P";
  const auto add = [&out](std::int64_t n, char unit) {
    if (n != 0) out += fmt::format("{}{}", n, unit);
  };
  add(d.months / 12, 'Y');
  add(d.months % 12, 'M');
  add(d.days, 'D');
  if (d.seconds != 0 || d.nanos != 0) {
    out += 'T';
    add(d.seconds / 3600, 'H');
    add(d.seconds / 60 % 60, 'M');
    if (d.seconds % 60 != 0 || d.nanos != 0) {
      std::string seconds =
          fmt::format("{:.9f}", static_cast<double>(d.seconds % 60) + d.nanos / 1e9);
      seconds.erase(seconds.find_last_not_of('0') + 1);
      if (seconds.back() == '.') seconds.pop_back();
      out += seconds + "S";
    }
  }
  return out == "P" ? "PT0S" : out;
}

class Writer {
 public:
  explicit Writer(const View& view) : view_(view) {}

  std::string Text(const Value& value) const {
    switch (value.kind()) {
      case Value::Kind::kNull:
        return "null";
      case Value::Kind::kBool:
        return value.as_bool() ? "true" : "false";
      case Value::Kind::kInt:
        return std::to_string(value.as_int());
      case Value::Kind::kDouble:
        return DoubleText(value.as_double());
      case Value::Kind::kString:
        return QuotedText(value.as_string());
      case Value::Kind::kList:
        return ListText(value.as_list());
      case Value::Kind::kMap:
        return MapText(value.as_map());
      case Value::Kind::kNode:
        return NodeText(value.as_node());
      case Value::Kind::kEdge:
        return EdgeText(value.as_edge());
      case Value::Kind::kPath:
        return PathText(value.as_path());
      case Value::Kind::kDate:
        return DateText(value.as_date());
      case Value::Kind::kLocalTime:
        return TimeText(value.as_local_time());
      case Value::Kind::kTime:
        return TimeText(value.as_time().local) + OffsetText(value.as_time().offset_s);
      case Value::Kind::kLocalDateTime:
        return LocalText(value.as_local_date_time());
      case Value::Kind::kDateTime: {
        const DateTime& t = value.as_date_time();
        return LocalText(t.local) + OffsetText(t.offset_s) +
               (t.zone.empty() ? "" : "[" + t.zone + "]");
      }
      case Value::Kind::kDuration:
        return DurationText(value.as_duration());
    }
    return "";
  }

 private:
  static std::string LocalText(const LocalDateTime& t) {
    return DateText(t.date) + "T" + TimeText(t.time);
  }

  std::string ListText(const List& list) const {
    std::string out = "[";
    for (const Value& item : list) out += (out.size() > 1 ? ", " : "") + Text(item);
    return out + "]";
  }

  std::string MapText(const Map& map) const {
    std::string out = "{";
    for (const auto& [key, value] : map) {
      out += (out.size() > 1 ? ", " : "") + key + ": " + Text(value);
    }
    return out + "}";
  }

  std::string NodeText(NodeId node) const {
    std::string out = "(";
    for (const Symbol label : view_.NodeLabels(node)) {
      out += ":" + std::string(view_.Name(label));
    }
    const Map properties = view_.Properties(node);
    if (!properties.empty()) out += (out.size() > 1 ? " " : "") + MapText(properties);
    return out + ")";
  }

  std::string EdgeText(const Edge& edge) const {
    const Map properties = view_.Properties(edge);
    return "[:" + std::string(view_.Name(edge.type)) +
           (properties.empty() ? "" : " " + MapText(properties)) + "]";
  }

  std::string PathText(const Path& path) const {
    std::string out = "<" + NodeText(path.nodes.front());
    for (std::size_t i = 0; i < path.edges.size(); ++i) {
      const Edge& edge = path.edges[i];
      const bool forward = edge.src == path.nodes[i] && edge.dst == path.nodes[i + 1];
      out += (forward ? "-" : "<-") + EdgeText(edge) + (forward ? "->" : "-") +
             NodeText(path.nodes[i + 1]);
    }
    return out + ">";
  }

  const View& view_;
};

}  // namespace

std::string QuotedText(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string DoubleText(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string QuotedValueText(const View& view, const Value& value) {
  return Writer(view).Text(value);
}

std::string ValueText(const View& view, const Value& value) {
  return value.kind() == Value::Kind::kString ? value.as_string() : QuotedValueText(view, value);
}

}  // namespace hearsay::query
