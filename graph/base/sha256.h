// SHA-256 (FIPS 180-4, by OpenSSL): the one hash behind every public name.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace hearsay {

// Hash of bytes that come in pieces.
class Sha256Hasher {
 public:
  Sha256Hasher();
  ~Sha256Hasher();
  Sha256Hasher(const Sha256Hasher&) = delete;
  Sha256Hasher& operator=(const Sha256Hasher&) = delete;

  void Update(std::string_view bytes);
  std::string Finish();  // 32 bytes; once

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

std::string Sha256(std::string_view bytes);     // 32 bytes
std::string Sha256Hex(std::string_view bytes);  // 64 lower-case hex digits

}  // namespace hearsay
