// Byte coding of keys and values (docs/storage-format.md, "Primitives").  Fixed integers are
// big-endian, so that memcmp order is numeric order; varints are LEB128, for values only.
//
// Get* functions take bytes off the front of `*in` and return false, leaving `*in` in an
// unspecified place, when the bytes are too short or malformed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hearsay {

void PutU8(std::uint8_t v, std::string* out);
void PutU32(std::uint32_t v, std::string* out);
void PutU64(std::uint64_t v, std::string* out);
// Sign bit flipped: memcmp order is the order of signed integers.
void PutOrderedI64(std::int64_t v, std::string* out);
// IEEE total order: -NaN < -inf < ... < -0.0 < 0.0 < ... < inf < NaN.
void PutOrderedDouble(double v, std::string* out);
void PutVarint(std::uint64_t v, std::string* out);
void PutZigzag(std::int64_t v, std::string* out);
// Varint length, then the bytes.
void PutBytes(std::string_view bytes, std::string* out);

bool GetU8(std::string_view* in, std::uint8_t* v);
bool GetU32(std::string_view* in, std::uint32_t* v);
bool GetU64(std::string_view* in, std::uint64_t* v);
bool GetOrderedI64(std::string_view* in, std::int64_t* v);
bool GetOrderedDouble(std::string_view* in, double* v);
bool GetVarint(std::string_view* in, std::uint64_t* v);
bool GetVarint32(std::string_view* in, std::uint32_t* v);  // false above 2^32 - 1
bool GetZigzag(std::string_view* in, std::int64_t* v);
bool GetBytes(std::string_view* in, std::string_view* bytes);  // points into `*in`'s buffer
bool GetBytes(std::string_view* in, std::string* bytes);
bool GetFixed(std::string_view* in, std::size_t size, std::string_view* bytes);

// The first key after all keys that start with `prefix`; empty (no end) if there is none.
std::string PrefixEnd(std::string_view prefix);

// Lower-case hex and back.  FromHex: nothing if odd or not hex; upper case is accepted.
std::string ToHex(std::string_view bytes);
std::optional<std::string> FromHex(std::string_view hex);

}  // namespace hearsay
