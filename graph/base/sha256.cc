#include "graph/base/sha256.h"

#include <openssl/evp.h>

#include "graph/base/check.h"
#include "graph/base/coding.h"

namespace hearsay {

struct Sha256Hasher::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> md{EVP_MD_CTX_new()};
};

Sha256Hasher::Sha256Hasher() : context_(std::make_unique<Context>()) {
  // Fails only where memory ends or the library has no SHA-256: neither can be gone on from.
  HEARSAY_CHECK(context_->md != nullptr);
  HEARSAY_CHECK(EVP_DigestInit_ex(context_->md.get(), EVP_sha256(), nullptr) == 1);
}

Sha256Hasher::~Sha256Hasher() = default;

void Sha256Hasher::Update(std::string_view bytes) {
  HEARSAY_CHECK(EVP_DigestUpdate(context_->md.get(), bytes.data(), bytes.size()) == 1);
}

std::string Sha256Hasher::Finish() {
  std::string hash(32, '\0');
  unsigned int size = 0;
  HEARSAY_CHECK(EVP_DigestFinal_ex(context_->md.get(),
                                   reinterpret_cast<unsigned char*>(hash.data()), &size) == 1);
  HEARSAY_CHECK(size == hash.size());
  return hash;
}

std::string Sha256(std::string_view bytes) {
  Sha256Hasher hasher;
  hasher.Update(bytes);
  return hasher.Finish();
}

std::string Sha256Hex(std::string_view bytes) { return ToHex(Sha256(bytes)); }

}  // namespace hearsay
