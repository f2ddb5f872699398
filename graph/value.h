// Value is every value of the query language and every property of the graph.  Values are cheap to
// copy: strings, lists, maps and paths are shared and never change once made.
//
// Equality and order here are the *structural* ones (null equals null, NaN equals NaN, 1 and 1.0
// are two values): what maps, sets and stable output need.  The language's three-valued comparison
// stands in query/.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hearsay {

// Internal names of nodes and edges: keys of the store, never exported, never an order users see.
enum class NodeId : std::uint64_t {};
enum class EdgeId : std::uint64_t {};

// Interned name of a label, relationship type or property key: small, per store (View::Find).
enum class Symbol : std::uint32_t {};

// One relationship as a view shows it.  `id` is unique within the view.
struct Edge {
  EdgeId id{};
  Symbol type{};
  NodeId src{};
  NodeId dst{};
  auto operator<=>(const Edge&) const = default;
};

// Temporal values of openCypher; fields as in ISO 8601, proleptic Gregorian calendar.
struct Date {
  std::int32_t days = 0;  // since 1970-01-01
  auto operator<=>(const Date&) const = default;
};
struct LocalTime {
  std::int64_t nanos = 0;  // since midnight
  auto operator<=>(const LocalTime&) const = default;
};
struct Time {
  LocalTime local;
  std::int32_t offset_s = 0;  // seconds east of UTC
  auto operator<=>(const Time&) const = default;
};
struct LocalDateTime {
  Date date;
  LocalTime time;
  auto operator<=>(const LocalDateTime&) const = default;
};
struct DateTime {
  LocalDateTime local;
  std::int32_t offset_s = 0;
  std::string zone;  // IANA name, empty where only an offset is known
  auto operator<=>(const DateTime&) const = default;
};
struct Duration {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;  // 0 to 999,999,999
  auto operator<=>(const Duration&) const = default;
};

class Value;
using List = std::vector<Value>;
using Map = std::map<std::string, Value>;

// Nodes one more than edges; edges[i] joins nodes[i] and nodes[i + 1], in either direction.
struct Path {
  std::vector<NodeId> nodes;
  std::vector<Edge> edges;
  auto operator<=>(const Path&) const = default;
};

class Value {
 public:
  enum class Kind {  // the order of alternatives in Data, and the first key of the order of values
    kNull,
    kBool,
    kInt,
    kDouble,
    kString,
    kList,
    kMap,
    kNode,
    kEdge,
    kPath,
    kDate,
    kLocalTime,
    kTime,
    kLocalDateTime,
    kDateTime,
    kDuration,
  };

  Value() = default;                                    // null
  Value(bool b) : data_(b) {}                           // NOLINT: implicit
  Value(std::int64_t i) : data_(i) {}                   // NOLINT: implicit
  Value(int i) : data_(std::int64_t{i}) {}              // NOLINT: implicit
  Value(double d) : data_(d) {}                         // NOLINT: implicit
  Value(std::string s);                                 // NOLINT: implicit
  Value(std::string_view s) : Value(std::string(s)) {}  // NOLINT: implicit
  Value(const char* s) : Value(std::string(s)) {}       // NOLINT: implicit
  Value(List list);                                     // NOLINT: implicit
  Value(Map map);                                       // NOLINT: implicit
  Value(Path path);                                     // NOLINT: implicit
  Value(NodeId n) : data_(n) {}                         // NOLINT: implicit
  Value(const Edge& e) : data_(e) {}                    // NOLINT: implicit
  Value(Date t) : data_(t) {}                           // NOLINT: implicit
  Value(LocalTime t) : data_(t) {}                      // NOLINT: implicit
  Value(Time t) : data_(t) {}                           // NOLINT: implicit
  Value(LocalDateTime t) : data_(t) {}                  // NOLINT: implicit
  Value(DateTime t);                                    // NOLINT: implicit
  Value(Duration t) : data_(t) {}                       // NOLINT: implicit

  Kind kind() const { return static_cast<Kind>(data_.index()); }
  bool is_null() const { return kind() == Kind::kNull; }

  // REQUIRES: the kind is the one asked for.
  bool as_bool() const { return std::get<bool>(data_); }
  std::int64_t as_int() const { return std::get<std::int64_t>(data_); }
  double as_double() const { return std::get<double>(data_); }
  const std::string& as_string() const { return *std::get<Shared<std::string>>(data_); }
  const List& as_list() const { return *std::get<Shared<List>>(data_); }
  const Map& as_map() const { return *std::get<Shared<Map>>(data_); }
  NodeId as_node() const { return std::get<NodeId>(data_); }
  const Edge& as_edge() const { return std::get<Edge>(data_); }
  const Path& as_path() const { return *std::get<Shared<Path>>(data_); }
  Date as_date() const { return std::get<Date>(data_); }
  LocalTime as_local_time() const { return std::get<LocalTime>(data_); }
  Time as_time() const { return std::get<Time>(data_); }
  LocalDateTime as_local_date_time() const { return std::get<LocalDateTime>(data_); }
  const DateTime& as_date_time() const { return *std::get<Shared<DateTime>>(data_); }
  Duration as_duration() const { return std::get<Duration>(data_); }

  // Kind first, then content; doubles by IEEE total order, so that the order is total.
  friend std::strong_ordering operator<=>(const Value& a, const Value& b);
  friend bool operator==(const Value& a, const Value& b) { return (a <=> b) == 0; }

 private:
  template <typename T>
  using Shared = std::shared_ptr<const T>;
  using Data = std::variant<std::monostate, bool, std::int64_t, double, Shared<std::string>,
                            Shared<List>, Shared<Map>, NodeId, Edge, Shared<Path>, Date, LocalTime,
                            Time, LocalDateTime, Shared<DateTime>, Duration>;
  Data data_;
};

// The byte form of a value in the store (docs/storage-format.md, "Values").  Nodes, edges and
// paths cannot be properties: REQUIRES none is inside.  Decode advances `bytes` past the value and
// returns false on bytes that are no value.
void EncodeValue(const Value& value, std::string* out);
bool DecodeValue(std::string_view* bytes, Value* value);

}  // namespace hearsay
