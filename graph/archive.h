// One description of a struct's fields serves to write and to read it: Fields(archive, value) lists
// them in order, and either a ByteWriter or a ByteReader is the archive.  For values of the store
// only; the bytes are specified in docs/storage-format.md.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "graph/base/coding.h"

namespace hearsay {

class ByteWriter {
 public:
  explicit ByteWriter(std::string* out) : out_(out) {}

  template <typename... T>
  void operator()(const T&... values) {
    (Put(values), ...);
  }

 private:
  void Put(std::uint32_t v) { PutVarint(v, out_); }
  void Put(std::uint64_t v) { PutVarint(v, out_); }
  void Put(std::int64_t v) { PutZigzag(v, out_); }
  void Put(double v) { PutU64(std::bit_cast<std::uint64_t>(v), out_); }
  void Put(char v) { out_->push_back(v); }
  void Put(const std::string& v) { PutBytes(v, out_); }
  template <typename T>
  void Put(const std::optional<T>& v) {
    PutU8(v ? 1 : 0, out_);
    if (v) Put(*v);
  }
  template <typename T>
  void Put(const std::vector<T>& v) {
    PutVarint(v.size(), out_);
    for (const T& item : v) Put(item);
  }
  template <typename T>
  void Put(const T& v) {
    if constexpr (std::is_enum_v<T>) {
      PutU8(static_cast<std::uint8_t>(v), out_);
    } else {
      Fields(*this, const_cast<T&>(v));  // the one Fields serves both; writing changes nothing
    }
  }

  std::string* out_;
};

// Reads while good(); after the first bad byte everything is left as it is.
class ByteReader {
 public:
  explicit ByteReader(std::string_view in) : in_(in) {}

  template <typename... T>
  void operator()(T&... values) {
    (Get(values), ...);
  }

  bool good() const { return good_; }
  bool done() const { return good_ && in_.empty(); }

  // An enum is good up to the last of its values, which its reader names.
  template <typename E>
  void CheckEnum(E value, E last) {
    if (value > last) good_ = false;
  }

 private:
  void Get(std::uint32_t& v) { good_ = good_ && GetVarint32(&in_, &v); }
  void Get(std::uint64_t& v) { good_ = good_ && GetVarint(&in_, &v); }
  void Get(std::int64_t& v) { good_ = good_ && GetZigzag(&in_, &v); }
  void Get(double& v) {
    std::uint64_t bits = 0;
    good_ = good_ && GetU64(&in_, &bits);
    if (good_) v = std::bit_cast<double>(bits);
  }
  void Get(char& v) {
    std::uint8_t byte = 0;
    good_ = good_ && GetU8(&in_, &byte);
    if (good_) v = static_cast<char>(byte);
  }
  void Get(std::string& v) { good_ = good_ && GetBytes(&in_, &v); }
  template <typename T>
  void Get(std::optional<T>& v) {
    std::uint8_t there = 0;
    good_ = good_ && GetU8(&in_, &there) && there <= 1;
    v.reset();
    if (good_ && there == 1) Get(v.emplace());
  }
  template <typename T>
  void Get(std::vector<T>& v) {
    std::uint64_t size = 0;
    // Every item takes a byte at least: a larger count is damage, not a reason to allocate.
    good_ = good_ && GetVarint(&in_, &size) && size <= in_.size();
    v.clear();
    if (!good_) return;
    v.resize(size);
    for (T& item : v) Get(item);
  }
  template <typename T>
  void Get(T& v) {
    if constexpr (std::is_enum_v<T>) {
      std::uint8_t byte = 0;
      good_ = good_ && GetU8(&in_, &byte);
      if (!good_) return;
      v = static_cast<T>(byte);
      CheckEnum(v, LastOf(v));
    } else {
      Fields(*this, v);
    }
  }

  std::string_view in_;
  bool good_ = true;
};

}  // namespace hearsay
