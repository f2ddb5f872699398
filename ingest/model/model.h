// The trained model: a weights file opened, texts read with it.
//
//   auto model = Model::Open("hearsay-en.safetensors");
//   const Words words = ReadWords(text, model.value()->vocabulary());
//   const Reading reading = model.value()->Read(words);
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "ingest/model/kernels.h"
#include "ingest/model/reading.h"
#include "ingest/model/words.h"

namespace hearsay::model {

// Thread safety: any method, any thread.  A reading is the same, bit for bit, whatever else is
// read, and in whatever thread.
class Model {
 public:
  // Errors as those of WeightsFile::Open; kNotFound or kCorruption also if a tensor or a setting is
  // absent or of another size, kInvalidArgument if this processor runs no int8 products.  The file
  // stays mapped as long as the Model lives and must not change.
  static Result<std::unique_ptr<const Model>> Open(const std::filesystem::path& path,
                                                   const Kernels& kernels = BestKernels());
  virtual ~Model() = default;

  virtual const std::string& name() const = 0;
  virtual const std::string& sha256() const = 0;     // of the weights, in hex
  virtual const Vocabulary& vocabulary() const = 0;  // for ReadWords

  // Linear in the text.  Beside the Reading it holds some 10 MB a thread, whatever the text, and 20
  // bytes a word.
  virtual Reading Read(const Words& words) const = 0;

  // For each mention, in order of their begins, the number of its cluster of coreferent mentions,
  // counted up from 0 in order of their first mentions.  `reading` is what this model read of
  // `words`.  Compares each mention with 512 before it; one that begins or ends at a word without
  // a vector in `reading` stands alone.  `biases`, one a mention or none at all, say how much more
  // than to others a mention's likeliest cluster must be worth to it, in logits.
  virtual std::vector<std::uint32_t> Clusters(const Reading& reading, const Words& words,
                                              std::span<const WordRange> mentions,
                                              std::span<const float> biases) const = 0;

  // The scores of every word's tags, one row a word of tag_stride() floats, the layers one behind
  // the other: for tests and calibration.
  virtual std::vector<float> TagScores(const Words& words) const = 0;
  virtual std::size_t tag_stride() const = 0;
};

}  // namespace hearsay::model
