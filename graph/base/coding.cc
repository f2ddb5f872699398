#include "graph/base/coding.h"

#include <bit>

namespace hearsay {
namespace {

template <typename T>
void PutBigEndian(T v, std::string* out) {
  for (int shift = static_cast<int>(sizeof(T) * 8) - 8; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(v >> shift & 0xff));
  }
}

template <typename T>
bool GetBigEndian(std::string_view* in, T* v) {
  if (in->size() < sizeof(T)) return false;
  T result = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    result = static_cast<T>(result << 8 | static_cast<std::uint8_t>((*in)[i]));
  }
  *v = result;
  in->remove_prefix(sizeof(T));
  return true;
}

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

void PutU8(std::uint8_t v, std::string* out) { out->push_back(static_cast<char>(v)); }
void PutU32(std::uint32_t v, std::string* out) { PutBigEndian(v, out); }
void PutU64(std::uint64_t v, std::string* out) { PutBigEndian(v, out); }

void PutOrderedI64(std::int64_t v, std::string* out) {
  PutU64(static_cast<std::uint64_t>(v) ^ kSignBit, out);
}

// Negative numbers have all bits flipped, so that a larger magnitude sorts earlier.
void PutOrderedDouble(double v, std::string* out) {
  const auto bits = std::bit_cast<std::uint64_t>(v);
  PutU64((bits & kSignBit) != 0 ? ~bits : bits | kSignBit, out);
}

void PutVarint(std::uint64_t v, std::string* out) {
  while (v >= 0x80) {
    out->push_back(static_cast<char>((v & 0x7f) | 0x80));
    v >>= 7;
  }
  out->push_back(static_cast<char>(v));
}

void PutZigzag(std::int64_t v, std::string* out) {
  PutVarint(static_cast<std::uint64_t>(v) << 1 ^ static_cast<std::uint64_t>(v >> 63), out);
}

void PutBytes(std::string_view bytes, std::string* out) {
  PutVarint(bytes.size(), out);
  out->append(bytes);
}

bool GetU8(std::string_view* in, std::uint8_t* v) {
  if (in->empty()) return false;
  *v = static_cast<std::uint8_t>(in->front());
  in->remove_prefix(1);
  return true;
}
bool GetU32(std::string_view* in, std::uint32_t* v) { return GetBigEndian(in, v); }
bool GetU64(std::string_view* in, std::uint64_t* v) { return GetBigEndian(in, v); }

bool GetOrderedI64(std::string_view* in, std::int64_t* v) {
  std::uint64_t bits = 0;
  if (!GetU64(in, &bits)) return false;
  *v = static_cast<std::int64_t>(bits ^ kSignBit);
  return true;
}

bool GetOrderedDouble(std::string_view* in, double* v) {
  std::uint64_t bits = 0;
  if (!GetU64(in, &bits)) return false;
  *v = std::bit_cast<double>((bits & kSignBit) != 0 ? bits & ~kSignBit : ~bits);
  return true;
}

bool GetVarint(std::string_view* in, std::uint64_t* v) {
  std::uint64_t result = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    std::uint8_t byte = 0;
    if (!GetU8(in, &byte)) return false;
    if (shift == 63 && byte > 1) return false;
    result |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) {
      *v = result;
      return true;
    }
  }
  return false;
}

bool GetVarint32(std::string_view* in, std::uint32_t* v) {
  std::uint64_t wide = 0;
  if (!GetVarint(in, &wide) || wide > UINT32_MAX) return false;
  *v = static_cast<std::uint32_t>(wide);
  return true;
}

bool GetZigzag(std::string_view* in, std::int64_t* v) {
  std::uint64_t bits = 0;
  if (!GetVarint(in, &bits)) return false;
  *v = static_cast<std::int64_t>(bits >> 1 ^ (~(bits & 1) + 1));
  return true;
}

bool GetBytes(std::string_view* in, std::string_view* bytes) {
  std::uint64_t size = 0;
  return GetVarint(in, &size) && GetFixed(in, size, bytes);
}

bool GetBytes(std::string_view* in, std::string* bytes) {
  std::string_view view;
  if (!GetBytes(in, &view)) return false;
  bytes->assign(view);
  return true;
}

bool GetFixed(std::string_view* in, std::size_t size, std::string_view* bytes) {
  if (in->size() < size) return false;
  *bytes = in->substr(0, size);
  in->remove_prefix(size);
  return true;
}

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<std::uint8_t>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(end.back() + 1);
  return end;
}

std::string ToHex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    hex.push_back(kDigits[static_cast<std::uint8_t>(c) >> 4]);
    hex.push_back(kDigits[static_cast<std::uint8_t>(c) & 0xf]);
  }
  return hex;
}

std::optional<std::string> FromHex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = HexDigit(hex[i]);
    const int low = HexDigit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

}  // namespace hearsay
