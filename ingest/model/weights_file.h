// The trained model's weights: one safetensors file, mapped into memory.
//
// Format: 8 bytes little-endian length of a JSON head, the head, then raw tensors without gaps; the
// head gives type (F32, I8 or U8), shape and offsets of each tensor.  Its __metadata__ holds
// `format` ("hearsay-weights-2"), `name`, `config` (JSON text) and `sha256` of all bytes behind the
// head.  ingest/train/hearsay_train/weights.py writes it and says how int8 matrices are scaled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"

namespace hearsay::model {

// Any thread.  Nobody may write to the file while it is open; replacing it by another is fine.
class WeightsFile {
 public:
  // A matrix of int8, one scale a row: value = data[r * columns + c] * scale[r].  `data` lies in
  // the file, at any address, and is valid as long as it; no value is beyond +-63.
  struct Int8Matrix {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::span<const std::int8_t> data;
    std::vector<float> scale;
  };

  // kNotFound if there is no such file; kIo if it cannot be read; kCorruption if it is no weights
  // file, is cut short, is of another format, its checksum is wrong, its config is no JSON object,
  // or its vocabulary is not there.  Reads the whole file once, for the checksum.
  static Result<std::unique_ptr<const WeightsFile>> Open(const std::filesystem::path& path);
  virtual ~WeightsFile() = default;

  virtual const std::string& name() const = 0;
  virtual const std::string& sha256() const = 0;  // 64 hex digits
  virtual const std::string& config() const = 0;  // JSON text
  // The pieces, by id, with [PAD], [UNK], [CLS] and [SEP] among them.  Valid as long as this file.
  virtual const std::vector<std::string_view>& vocabulary() const = 0;

  virtual bool is_int8(std::string_view tensor) const = 0;  // false if there is none
  // kNotFound names the tensor; kCorruption if its type or size is another or a value is not
  // finite or out of range.
  virtual Result<std::vector<float>> Floats(std::string_view tensor, std::size_t size) const = 0;
  virtual Result<Int8Matrix> Int8(std::string_view tensor, std::size_t rows,
                                  std::size_t columns) const = 0;
};

}  // namespace hearsay::model
