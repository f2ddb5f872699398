#include "graph/value.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "generate.h"

namespace hearsay {
namespace {

// In the order of values.
std::vector<Value> AllKinds() {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  return {Value(),
          Value(false),
          Value(true),
          Value(std::numeric_limits<std::int64_t>::min()),
          Value(-1),
          Value(0),
          Value(std::numeric_limits<std::int64_t>::max()),
          Value(-inf),
          Value(-0.0),
          Value(0.0),
          Value(1.5),
          Value(inf),
          Value(nan),
          Value(""),
          Value(std::string("a\0b", 3)),
          Value("Ж"),
          Value(List{}),
          Value(List{1, "x", List{2.5}}),
          Value(List{2}),
          Value(Map{}),
          Value(Map{{"a", 1}, {"b", Map{{"c", Value()}}}}),
          Value(Date{-719162}),
          Value(Date{18998}),
          Value(LocalTime{1}),
          Value(Time{{86399999999999}, -12600}),
          Value(LocalDateTime{{18998}, {5}}),
          Value(DateTime{{{18998}, {5}}, 21600, "Asia/Almaty"}),
          Value(Duration{1, -2, 3, 999999999})};
}

TEST_CASE("values of all kinds come back from their bytes") {
  for (const Value& value : AllKinds()) {
    std::string bytes;
    EncodeValue(value, &bytes);
    bytes += "rest";
    std::string_view in = bytes;
    Value back(12345);
    REQUIRE(DecodeValue(&in, &back));
    REQUIRE(in == "rest");
    REQUIRE(back == value);
    for (std::size_t size = 0; size + 4 < bytes.size(); ++size) {
      std::string_view cut = std::string_view(bytes).substr(0, size);
      REQUIRE_FALSE(DecodeValue(&cut, &back));
    }
  }
}

TEST_CASE("the order of values is total") {
  const std::vector<Value> values = AllKinds();
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      INFO(i << " " << j);
      REQUIRE(((values[i] <=> values[j]) < 0) == (i < j));
      REQUIRE((values[i] == values[j]) == (i == j));
    }
  }
  REQUIRE(Value(1) != Value(1.0));
}

TEST_CASE("random bytes decode to a value or are refused") {
  test::Random random(3);
  std::size_t decoded = 0;
  for (int i = 0; i < 50000; ++i) {
    std::string bytes;
    for (std::uint32_t n = random.Below(24); n > 0; --n) {
      bytes.push_back(static_cast<char>(random.OneIn(2) ? random.Below(16) : random.Below(256)));
    }
    std::string_view in = bytes;
    Value value;
    if (!DecodeValue(&in, &value)) continue;
    ++decoded;
    std::string again;
    EncodeValue(value, &again);
    std::string_view again_in = again;
    Value back;
    REQUIRE(DecodeValue(&again_in, &back));
    REQUIRE(back == value);
  }
  REQUIRE(decoded > 1000);
}

TEST_CASE("a value nested too deep is refused, not followed") {
  const std::string bytes(100000, '\x05');  // a list of five lists of five lists ...
  std::string_view in = bytes;
  Value value;
  REQUIRE_FALSE(DecodeValue(&in, &value));
}

}  // namespace
}  // namespace hearsay
