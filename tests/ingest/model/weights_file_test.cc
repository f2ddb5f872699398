#include "ingest/model/weights_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "graph/base/sha256.h"
#include "tests/graph/temp_dir.h"

namespace hearsay::model {
namespace {

using test::TempDir;
using Json = nlohmann::ordered_json;

std::string Bytes(const std::vector<float>& values) {
  std::string bytes(values.size() * sizeof(float), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::string Bytes(const std::vector<int>& values) {
  std::string bytes;
  for (const int value : values) bytes.push_back(static_cast<char>(value));
  return bytes;
}

// A safetensors file as text; every part of it can be spoilt before it is put together.
struct Draft {
  Json head = {{"__metadata__",
                {{"format", "hearsay-weights-2"},
                 {"name", "small"},
                 {"config", R"({"layers": 1})"},
                 {"sha256", ""}}}};
  std::string data;
  int spaces = 0;  // behind the head, which move the tensors to other addresses

  void Add(const std::string& name, const char* type, const Json& shape, const std::string& bytes) {
    head[name] = {{"dtype", type},
                  {"shape", shape},
                  {"data_offsets", {data.size(), data.size() + bytes.size()}}};
    data += bytes;
  }
  void Sign() { head["__metadata__"]["sha256"] = Sha256Hex(data); }

  static std::string Join(const std::string& head_text, const std::string& data) {
    std::string length(8, '\0');
    const std::uint64_t size = head_text.size();
    std::memcpy(length.data(), &size, length.size());
    return length + head_text + data;
  }
  std::string ToBytes() const {
    return Join(head.dump() + std::string(static_cast<std::size_t>(spaces), ' '), data);
  }
};

constexpr const char* kPieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nship\n##s\n";

// The vocabulary has 33 bytes, so that whatever follows it stands at an odd offset.
Draft Good() {
  Draft draft;
  draft.Add("vocabulary", "U8", {33}, kPieces);
  draft.Add("bias", "F32", {3}, Bytes(std::vector<float>{0.5F, -2.0F, 1e-30F}));
  draft.Add("matrix", "I8", {2, 3}, Bytes(std::vector<int>{-63, 0, 63, 1, 2, 3}));
  draft.Add("matrix.scale", "F32", {2}, Bytes(std::vector<float>{0.25F, 4.0F}));
  draft.Add("table", "F32", {2, 2}, Bytes(std::vector<float>{1, 2, 3, 4}));
  draft.Add("nothing", "F32", {5, 0}, "");
  draft.Sign();
  return draft;
}

class Files {
 public:
  Result<std::unique_ptr<const WeightsFile>> Open(const std::string& bytes) const {
    const auto path = directory_.path() / "w.safetensors";
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    return WeightsFile::Open(path);
  }
  const std::filesystem::path& path() const { return directory_.path(); }

 private:
  TempDir directory_;
};

void CheckRefused(const Status& status, StatusCode code, const std::string& message) {
  INFO(status.message());
  CHECK(status.code() == code);
  CHECK(status.message().find(message) != std::string::npos);
}

TEST_CASE("weights file: what stands in it comes out, at any address") {
  const Files files;
  for (int spaces = 0; spaces < 8; ++spaces) {
    CAPTURE(spaces);
    Draft draft = Good();
    draft.spaces = spaces;
    const auto opened = files.Open(draft.ToBytes());
    REQUIRE(opened.status().message().empty());
    const WeightsFile& file = **opened;
    CHECK(file.name() == "small");
    CHECK(file.config() == R"({"layers": 1})");
    CHECK(file.vocabulary() ==
          std::vector<std::string_view>{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "ship", "##s"});
    CHECK(file.Floats("bias", 3).value() == std::vector<float>{0.5F, -2.0F, 1e-30F});
    CHECK(file.Floats("table", 4).value() == std::vector<float>{1, 2, 3, 4});
    CHECK(file.Floats("nothing", 0).value().empty());
    CHECK(file.is_int8("matrix"));
    CHECK_FALSE(file.is_int8("table"));
    CHECK_FALSE(file.is_int8("missing"));
    const auto matrix = file.Int8("matrix", 2, 3);
    REQUIRE(matrix.ok());
    CHECK(matrix->rows == 2);
    CHECK(matrix->columns == 3);
    CHECK(std::vector<int>(matrix->data.begin(), matrix->data.end()) ==
          std::vector<int>{-63, 0, 63, 1, 2, 3});
    CHECK(matrix->scale == std::vector<float>{0.25F, 4.0F});
  }
}

TEST_CASE("weights file: a tensor that is asked for otherwise is refused") {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  Draft draft = Good();
  draft.Add("nan", "F32", {2}, Bytes(std::vector<float>{1, kNan}));
  draft.Add("wide", "I8", {1, 3}, Bytes(std::vector<int>{1, -64, 2}));
  draft.Add("bare", "I8", {1, 1}, Bytes(std::vector<int>{1}));
  draft.Add("odd", "I8", {1, 1}, Bytes(std::vector<int>{1}));
  draft.Add("odd.scale", "F32", {2}, Bytes(std::vector<float>{1, 1}));
  draft.Add("endless", "I8", {1, 1}, Bytes(std::vector<int>{1}));
  draft.Add("endless.scale", "F32", {1},
            Bytes(std::vector<float>{std::numeric_limits<float>::infinity()}));
  draft.Sign();
  const Files files;
  const auto opened = files.Open(draft.ToBytes());
  REQUIRE(opened.status().message().empty());
  const WeightsFile& file = **opened;
  struct Case {
    Status status;
    StatusCode code;
    const char* message;
  };
  const Case cases[] = {
      {file.Floats("missing", 1).status(), StatusCode::kNotFound, "no tensor \"missing\""},
      {file.Floats("bias", 4).status(), StatusCode::kCorruption,
       "tensor \"bias\": 3 numbers, shape [3]; expected 4"},
      {file.Floats("matrix", 6).status(), StatusCode::kCorruption, "type I8; expected F32"},
      {file.Floats("nan", 2).status(), StatusCode::kCorruption, "number 1 is nan"},
      {file.Int8("missing", 1, 1).status(), StatusCode::kNotFound, "no tensor \"missing\""},
      {file.Int8("table", 2, 2).status(), StatusCode::kCorruption, "type F32; expected I8"},
      {file.Int8("matrix", 3, 2).status(), StatusCode::kCorruption, "[2, 3]; expected [3, 2]"},
      {file.Int8("wide", 1, 3).status(), StatusCode::kCorruption, "values from -64 to 2"},
      {file.Int8("bare", 1, 1).status(), StatusCode::kNotFound, "no tensor \"bare.scale\""},
      {file.Int8("odd", 1, 1).status(), StatusCode::kCorruption, "\"odd.scale\": 2 numbers"},
      {file.Int8("endless", 1, 1).status(), StatusCode::kCorruption, "number 0 is inf"},
  };
  for (const Case& c : cases) CheckRefused(c.status, c.code, c.message);
}

TEST_CASE("weights file: a head that says something else is refused by name") {
  struct Case {
    const char* patch;  // JSON merge patch (RFC 7396) to the head
    const char* message;
  };
  const Case cases[] = {
      {R"({"__metadata__": null})", "no \"__metadata__\""},
      {R"({"__metadata__": []})", "no \"__metadata__\""},
      {R"({"__metadata__": {"format": null}})", "no text \"format\""},
      {R"({"__metadata__": {"format": "hearsay-weights-3"}})",
       "format \"hearsay-weights-3\", this program reads hearsay-weights-2"},
      {R"({"__metadata__": {"name": 7}})", "no text \"name\""},
      {R"({"__metadata__": {"config": null}})", "no text \"config\""},
      {R"({"__metadata__": {"config": "{"}})", "\"config\" is no JSON object"},
      {R"({"__metadata__": {"config": "[]"}})", "\"config\" is no JSON object"},
      {R"({"__metadata__": {"sha256": null}})", "no text \"sha256\""},
      {R"({"__metadata__": {"sha256": "00"}})", "the head says \"00\""},
      {R"({"bias": 3})", "tensor \"bias\": described by no JSON object"},
      {R"({"bias": {"dtype": null}})", "\"dtype\" is no text"},
      {R"({"bias": {"dtype": "F16"}})", "type \"F16\"; expected F32, I8 or U8"},
      {R"({"bias": {"dtype": "I8"}})", "shape [3] of I8 does not fit 12 bytes"},
      {R"({"bias": {"shape": null}})", "\"shape\" is no list of whole numbers"},
      {R"({"bias": {"shape": [-3]}})", "\"shape\" is no list of whole numbers"},
      {R"({"bias": {"shape": [3.0]}})", "\"shape\" is no list of whole numbers"},
      {R"({"bias": {"shape": [4]}})", "shape [4] of F32 does not fit 12 bytes"},
      {R"({"bias": {"shape": [4294967296, 4294967296, 3]}})", "does not fit 12 bytes"},
      {R"({"bias": {"shape": [18446744073709551616]}})", "no list of whole numbers"},
      {R"({"bias": {"data_offsets": null}})", "\"data_offsets\" are not two whole numbers"},
      {R"({"bias": {"data_offsets": [33]}})", "\"data_offsets\" are not two whole numbers"},
      {R"({"bias": {"data_offsets": [-1, 11]}})", "\"data_offsets\" are not two whole numbers"},
      {R"({"bias": {"data_offsets": [45, 33]}})", "ends at 33, before it begins at 45"},
      {R"({"bias": {"data_offsets": [33, 4500]}})", "ends at byte 4500 of 75: the file is cut"},
      {R"({"bias": {"data_offsets": [33, 46]}})", "shape [3] of F32 does not fit 13 bytes"},
      {R"({"bias": {"data_offsets": [34, 46]}})", "begins at byte 34, the one before ends at 33"},
      {R"({"bias": {"data_offsets": [32, 44]}})", "begins at byte 32, the one before ends at 33"},
      {R"({"bias": null})", "begins at byte 45, the one before ends at 33"},
      {R"({"table": null})", "begins at byte 75, the one before ends at 59"},
      {R"({"vocabulary": {"dtype": "I8"}})", "\"vocabulary\": type I8; expected U8"},
  };
  const Files files;
  for (const Case& c : cases) {
    CAPTURE(c.patch);
    Draft draft = Good();
    draft.head.merge_patch(Json::parse(c.patch));
    CheckRefused(files.Open(draft.ToBytes()).status(), StatusCode::kCorruption, c.message);
  }
}

TEST_CASE("weights file: what is no safetensors file is refused") {
  const std::string good = Good().ToBytes();
  const std::string nested = R"({"x":)" + std::string(200000, '[');
  struct Case {
    std::string bytes;
    const char* message;
  };
  const Case cases[] = {
      {"", "0 bytes, too few"},
      {"weights", "7 bytes, too few"},
      {"<!DOCTYPE html><p>Not found", "it would have a head of"},
      {std::string(8, '\xFF'), "it would have a head of 18446744073709551615 bytes"},
      {std::string(8, '\0'), "its head is no JSON object"},
      {good.substr(0, 100), "92 are there"},
      {Draft::Join("[1]", ""), "its head is no JSON object"},
      {Draft::Join("{}", ""), "no \"__metadata__\""},
      {Draft::Join("{\"a\": \"\xFF\"}", ""), "its head is no JSON object"},
      {Draft::Join(nested, ""), "its head is no JSON object"},
      {good + "x", "the tensors end at byte 75 of 76"},
  };
  const Files files;
  for (const Case& c : cases) {
    CAPTURE(c.message);
    CheckRefused(files.Open(c.bytes).status(), StatusCode::kCorruption, c.message);
  }
}

TEST_CASE("weights file: a vocabulary that cannot be read is refused") {
  struct Case {
    std::string pieces;
    const char* message;
  };
  const Case cases[] = {
      {"", "does not end with a line end"},
      {"[PAD]\n[UNK]\n[CLS]\n[SEP]", "does not end with a line end"},
      {"[PAD]\n[UNK]\n[CLS]\n", "has no piece [SEP]"},
      {"[PAD]\n[UNK]\n[CLS]\n[SEP]\n\xC3\n", "no UTF-8 at byte 24"},
  };
  const Files files;
  for (const Case& c : cases) {
    Draft draft;
    draft.Add("vocabulary", "U8", {c.pieces.size()}, c.pieces);
    draft.Sign();
    CheckRefused(files.Open(draft.ToBytes()).status(), StatusCode::kCorruption, c.message);
  }
  CheckRefused(files.Open(Draft().ToBytes()).status(), StatusCode::kCorruption, "checksum");
  Draft bare;
  bare.Sign();
  CheckRefused(files.Open(bare.ToBytes()).status(), StatusCode::kCorruption,
               "it has no vocabulary");
}

TEST_CASE("weights file: no file, a directory, a pipe") {
  const Files files;
  CheckRefused(WeightsFile::Open(files.path() / "missing").status(), StatusCode::kNotFound,
               "missing: no such file");
  CheckRefused(WeightsFile::Open(files.path()).status(), StatusCode::kCorruption, "a directory");
  const auto pipe = files.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CheckRefused(WeightsFile::Open(pipe).status(), StatusCode::kCorruption, "pipe");
}

TEST_CASE("weights file: cut short anywhere, it is refused") {
  const std::string good = Good().ToBytes();
  const Files files;
  for (std::size_t size = 0; size < good.size(); ++size) {
    CAPTURE(size);
    REQUIRE(files.Open(good.substr(0, size)).status().code() == StatusCode::kCorruption);
  }
}

// Damage behind the head is always found; in the head it may pass, as another name would, but then
// what is asked for still comes or is refused.
TEST_CASE("weights file: any byte may be another") {
  const std::string good = Good().ToBytes();
  const std::size_t data = good.size() - Good().data.size();
  const Files files;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const int flip : {0x01, 0x04, 0x20, 0x80}) {
      CAPTURE(at, flip);
      std::string bytes = good;
      bytes[at] = static_cast<char>(bytes[at] ^ flip);
      const auto opened = files.Open(bytes);
      if (at >= data) REQUIRE(opened.status().code() == StatusCode::kCorruption);
      if (!opened.ok()) {
        REQUIRE_FALSE(opened.status().message().empty());
        continue;
      }
      const WeightsFile& file = **opened;
      REQUIRE(file.vocabulary().size() == 6);
      for (const std::string_view name : {"bias", "matrix", "table"}) {
        const auto floats = file.Floats(name, name == "bias" ? 3 : 4);
        const auto matrix = file.Int8(name, 2, 3);
        if (floats.ok()) REQUIRE(std::isfinite(floats.value()[0]));
        if (matrix.ok()) REQUIRE(matrix->data.size() == 6);
      }
    }
  }
}

}  // namespace
}  // namespace hearsay::model
