#include "graph/value.h"

#include <bit>
#include <cmath>
#include <type_traits>

#include "graph/base/check.h"
#include "graph/base/coding.h"

namespace hearsay {
namespace {

// Deeper than any value a query can write; stops a damaged store from exhausting the stack.
constexpr int kDepthMax = 500;

// Bits whose unsigned order is IEEE total order, with every NaN made one.
std::uint64_t OrderedBits(double d) {
  constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
  if (std::isnan(d)) return ~std::uint64_t{0};
  const auto bits = std::bit_cast<std::uint64_t>(d);
  return (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
}

template <typename T>
struct IsShared : std::false_type {};
template <typename T>
struct IsShared<std::shared_ptr<const T>> : std::true_type {};

void Encode(const Value& value, int depth, std::string* out);

void EncodeContent(const Value& value, int depth, std::string* out) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return;
    case Value::Kind::kBool:
      return PutU8(value.as_bool() ? 1 : 0, out);
    case Value::Kind::kInt:
      return PutZigzag(value.as_int(), out);
    case Value::Kind::kDouble:
      return PutU64(std::bit_cast<std::uint64_t>(value.as_double()), out);
    case Value::Kind::kString:
      return PutBytes(value.as_string(), out);
    case Value::Kind::kList:
      PutVarint(value.as_list().size(), out);
      for (const Value& item : value.as_list()) Encode(item, depth + 1, out);
      return;
    case Value::Kind::kMap:
      PutVarint(value.as_map().size(), out);
      for (const auto& [key, item] : value.as_map()) {
        PutBytes(key, out);
        Encode(item, depth + 1, out);
      }
      return;
    case Value::Kind::kDate:
      return PutZigzag(value.as_date().days, out);
    case Value::Kind::kLocalTime:
      return PutZigzag(value.as_local_time().nanos, out);
    case Value::Kind::kTime:
      PutZigzag(value.as_time().local.nanos, out);
      return PutZigzag(value.as_time().offset_s, out);
    case Value::Kind::kLocalDateTime:
      PutZigzag(value.as_local_date_time().date.days, out);
      return PutZigzag(value.as_local_date_time().time.nanos, out);
    case Value::Kind::kDateTime: {
      const DateTime& t = value.as_date_time();
      PutZigzag(t.local.date.days, out);
      PutZigzag(t.local.time.nanos, out);
      PutZigzag(t.offset_s, out);
      return PutBytes(t.zone, out);
    }
    case Value::Kind::kDuration: {
      const Duration d = value.as_duration();
      PutZigzag(d.months, out);
      PutZigzag(d.days, out);
      PutZigzag(d.seconds, out);
      return PutZigzag(d.nanos, out);
    }
    case Value::Kind::kNode:
    case Value::Kind::kEdge:
    case Value::Kind::kPath:
      break;
  }
  HEARSAY_CHECK(false && "a node, edge or path cannot be a property");
}

void Encode(const Value& value, int depth, std::string* out) {
  HEARSAY_CHECK(depth < kDepthMax);
  PutU8(static_cast<std::uint8_t>(value.kind()), out);
  EncodeContent(value, depth, out);
}

bool Decode(std::string_view* in, int depth, Value* value);

bool DecodeList(std::string_view* in, int depth, Value* value) {
  std::uint64_t size = 0;
  // Every value takes at least a byte: a larger count is damage, not a reason to allocate.
  if (!GetVarint(in, &size) || size > in->size()) return false;
  List list(size);
  for (Value& item : list) {
    if (!Decode(in, depth + 1, &item)) return false;
  }
  *value = Value(std::move(list));
  return true;
}

bool DecodeMap(std::string_view* in, int depth, Value* value) {
  std::uint64_t size = 0;
  if (!GetVarint(in, &size) || size > in->size()) return false;
  Map map;
  for (std::uint64_t i = 0; i < size; ++i) {
    std::string key;
    Value item;
    if (!GetBytes(in, &key) || !Decode(in, depth + 1, &item)) return false;
    map.emplace_hint(map.end(), std::move(key), std::move(item));
  }
  *value = Value(std::move(map));
  return true;
}

bool GetZigzag32(std::string_view* in, std::int32_t* v) {
  std::int64_t wide = 0;
  if (!GetZigzag(in, &wide) || wide < INT32_MIN || wide > INT32_MAX) return false;
  *v = static_cast<std::int32_t>(wide);
  return true;
}

bool DecodeTemporal(Value::Kind kind, std::string_view* in, Value* value) {
  LocalDateTime local;
  std::int32_t offset_s = 0;
  switch (kind) {
    case Value::Kind::kDate:
      if (!GetZigzag32(in, &local.date.days)) return false;
      *value = Value(local.date);
      return true;
    case Value::Kind::kLocalTime:
      if (!GetZigzag(in, &local.time.nanos)) return false;
      *value = Value(local.time);
      return true;
    case Value::Kind::kTime:
      if (!GetZigzag(in, &local.time.nanos) || !GetZigzag32(in, &offset_s)) return false;
      *value = Value(Time{local.time, offset_s});
      return true;
    case Value::Kind::kLocalDateTime:
      if (!GetZigzag32(in, &local.date.days) || !GetZigzag(in, &local.time.nanos)) return false;
      *value = Value(local);
      return true;
    case Value::Kind::kDateTime: {
      std::string zone;
      if (!GetZigzag32(in, &local.date.days) || !GetZigzag(in, &local.time.nanos) ||
          !GetZigzag32(in, &offset_s) || !GetBytes(in, &zone)) {
        return false;
      }
      *value = Value(DateTime{local, offset_s, std::move(zone)});
      return true;
    }
    case Value::Kind::kDuration: {
      Duration d;
      if (!GetZigzag(in, &d.months) || !GetZigzag(in, &d.days) || !GetZigzag(in, &d.seconds) ||
          !GetZigzag32(in, &d.nanos)) {
        return false;
      }
      *value = Value(d);
      return true;
    }
    default:
      return false;
  }
}

bool Decode(std::string_view* in, int depth, Value* value) {
  std::uint8_t tag = 0;
  if (depth >= kDepthMax || !GetU8(in, &tag)) return false;
  const auto kind = static_cast<Value::Kind>(tag);
  switch (kind) {
    case Value::Kind::kNull:
      *value = Value();
      return true;
    case Value::Kind::kBool: {
      std::uint8_t b = 0;
      if (!GetU8(in, &b) || b > 1) return false;
      *value = Value(b == 1);
      return true;
    }
    case Value::Kind::kInt: {
      std::int64_t i = 0;
      if (!GetZigzag(in, &i)) return false;
      *value = Value(i);
      return true;
    }
    case Value::Kind::kDouble: {
      std::uint64_t bits = 0;
      if (!GetU64(in, &bits)) return false;
      *value = Value(std::bit_cast<double>(bits));
      return true;
    }
    case Value::Kind::kString: {
      std::string s;
      if (!GetBytes(in, &s)) return false;
      *value = Value(std::move(s));
      return true;
    }
    case Value::Kind::kList:
      return DecodeList(in, depth, value);
    case Value::Kind::kMap:
      return DecodeMap(in, depth, value);
    default:
      return DecodeTemporal(kind, in, value);
  }
}

}  // namespace

Value::Value(std::string s) : data_(std::make_shared<const std::string>(std::move(s))) {}
Value::Value(List list) : data_(std::make_shared<const List>(std::move(list))) {}
Value::Value(Map map) : data_(std::make_shared<const Map>(std::move(map))) {}
Value::Value(Path path) : data_(std::make_shared<const Path>(std::move(path))) {}
Value::Value(DateTime t) : data_(std::make_shared<const DateTime>(std::move(t))) {}

std::strong_ordering operator<=>(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return a.kind() <=> b.kind();
  return std::visit(
      [&](const auto& x) -> std::strong_ordering {
        using T = std::decay_t<decltype(x)>;
        const T& y = std::get<T>(b.data_);
        if constexpr (std::is_same_v<T, std::monostate>) {
          return std::strong_ordering::equal;
        } else if constexpr (std::is_same_v<T, double>) {
          return OrderedBits(x) <=> OrderedBits(y);
        } else if constexpr (IsShared<T>::value) {
          return x == y ? std::strong_ordering::equal : *x <=> *y;
        } else {
          return x <=> y;
        }
      },
      a.data_);
}

void EncodeValue(const Value& value, std::string* out) { Encode(value, 0, out); }

bool DecodeValue(std::string_view* bytes, Value* value) { return Decode(bytes, 0, value); }

}  // namespace hearsay
