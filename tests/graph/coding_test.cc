#include "graph/base/coding.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <compare>
#include <cstring>
#include <limits>
#include <vector>

#include "generate.h"

namespace hearsay {
namespace {

int Sign(int v) { return (v > 0) - (v < 0); }
int Sign(std::strong_ordering o) { return o < 0 ? -1 : o > 0 ? 1 : 0; }

int ByteOrder(const std::string& a, const std::string& b) {
  REQUIRE(a.size() == b.size());
  return Sign(std::memcmp(a.data(), b.data(), a.size()));
}

std::string Encoded(std::int64_t v) {
  std::string out;
  PutOrderedI64(v, &out);
  return out;
}
std::string Encoded(double v) {
  std::string out;
  PutOrderedDouble(v, &out);
  return out;
}

TEST_CASE("byte order of encoded integers is their order, and they come back") {
  using Limits = std::numeric_limits<std::int64_t>;
  std::vector<std::int64_t> values = {
      Limits::min(), Limits::min() + 1, -256, -255, -1, 0, 1, 127, 128, 255, 256, Limits::max()};
  test::Random random(1);
  for (int i = 0; i < 60; ++i) {
    values.push_back(static_cast<std::int64_t>(random.Next() >> random.Below(64)) *
                     (random.OneIn(2) ? -1 : 1));
  }
  for (const std::int64_t a : values) {
    std::int64_t back = 0;
    const std::string bytes = Encoded(a);
    std::string_view in = bytes;
    REQUIRE(GetOrderedI64(&in, &back));
    REQUIRE(back == a);
    for (const std::int64_t b : values) {
      REQUIRE(ByteOrder(bytes, Encoded(b)) == Sign(a <=> b));
    }
  }
}

TEST_CASE("byte order of encoded doubles is IEEE total order, and they come back") {
  using Limits = std::numeric_limits<double>;
  std::vector<double> values = {-Limits::infinity(),
                                Limits::lowest(),
                                -1.5,
                                -Limits::min(),
                                -Limits::denorm_min(),
                                -0.0,
                                0.0,
                                Limits::denorm_min(),
                                Limits::min(),
                                0.1,
                                1.0,
                                1.5,
                                Limits::max(),
                                Limits::infinity()};
  for (std::size_t i = 0; i < values.size(); ++i) {
    double back = 0;
    const std::string bytes = Encoded(values[i]);
    std::string_view in = bytes;
    REQUIRE(GetOrderedDouble(&in, &back));
    REQUIRE(back == values[i]);
    REQUIRE(std::signbit(back) == std::signbit(values[i]));
    for (std::size_t j = 0; j < values.size(); ++j) {
      REQUIRE(ByteOrder(bytes, Encoded(values[j])) == Sign(i <=> j));
    }
  }
  REQUIRE(ByteOrder(Encoded(Limits::quiet_NaN()), Encoded(Limits::infinity())) == 1);
}

TEST_CASE("varints of every length come back, and none is read past its end") {
  for (int shift = 0; shift < 64; ++shift) {
    for (const std::uint64_t v : {std::uint64_t{1} << shift, (std::uint64_t{1} << shift) - 1}) {
      std::string bytes;
      PutVarint(v, &bytes);
      std::string_view in = bytes;
      std::uint64_t back = 0;
      REQUIRE(GetVarint(&in, &back));
      REQUIRE(back == v);
      REQUIRE(in.empty());
      std::string_view cut = std::string_view(bytes).substr(0, bytes.size() - 1);
      REQUIRE_FALSE(GetVarint(&cut, &back));
      std::string zigzag;
      const auto negative = -static_cast<std::int64_t>(v >> 1);
      PutZigzag(negative, &zigzag);
      std::string_view zigzag_in = zigzag;
      std::int64_t signed_back = 0;
      REQUIRE(GetZigzag(&zigzag_in, &signed_back));
      REQUIRE(signed_back == negative);
    }
  }
  std::string_view too_long("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 10);
  std::uint64_t value = 0;
  REQUIRE_FALSE(GetVarint(&too_long, &value));
}

TEST_CASE("bytes are not read past their end") {
  std::string bytes;
  PutBytes("abc", &bytes);
  std::string_view cut = std::string_view(bytes).substr(0, 3);
  std::string_view back;
  REQUIRE_FALSE(GetBytes(&cut, &back));
  std::string_view in = bytes;
  REQUIRE(GetBytes(&in, &back));
  REQUIRE(back == "abc");
}

TEST_CASE("the end of a prefix is the first key after all that start with it") {
  struct Case {
    std::string prefix;
    std::string end;
  };
  const std::vector<Case> cases = {
      {"a", "b"}, {"ab\xff", "ac"}, {std::string("a\0", 2), "a\x01"}, {"\xff\xff", ""}, {"", ""}};
  for (const Case& c : cases) REQUIRE(PrefixEnd(c.prefix) == c.end);
}

TEST_CASE("hex comes back, and only hex is read") {
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  REQUIRE(FromHex(ToHex(all)) == all);
  REQUIRE(ToHex("\x0f\xa0") == "0fa0");
  REQUIRE(FromHex("0FA0") == "\x0f\xa0");
  REQUIRE_FALSE(FromHex("0").has_value());
  REQUIRE_FALSE(FromHex("0g").has_value());
}

}  // namespace
}  // namespace hearsay
