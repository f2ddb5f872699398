// The encoder: a BERT (Devlin et al. 2019) with features of case, layout and quotation marks, as
// encoder.py of the training program has it.  Words of a window in, one vector a word out.
//
// A weights file with int8 matrices runs on integer products: a row of activations becomes uint8
// with a scale of its own (largest magnitude / 127), products are exact, all else is float.  Other
// files run on float matrices; slower, for comparison.
//
// The same window has the same vectors, bit for bit, whatever is read beside it, in whatever order
// and thread.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "graph/base/result.h"
#include "ingest/model/array.h"
#include "ingest/model/config.h"
#include "ingest/model/kernels.h"
#include "ingest/model/weights_file.h"
#include "ingest/model/windows.h"
#include "ingest/model/words.h"

namespace hearsay::model {

// Thread safety: any method, any thread, each with a Scratch of its own.
class Encoder {
 public:
  // Memory for the windows of one Run, to be used again; some 8 MB.
  class Scratch;

  // Copies or packs what it needs but for the table of pieces: `file` must outlive it, and the
  // kernels too.  Errors as those of WeightsFile, and kInvalidArgument if oneDNN refuses.
  static Result<std::unique_ptr<const Encoder>> Make(const WeightsFile& file,
                                                     const ModelConfig& config,
                                                     const Kernels& kernels);
  virtual ~Encoder() = default;

  virtual std::unique_ptr<Scratch> NewScratch() const = 0;

  // As many windows pass a layer before the next one, whose weights then stay in the cache.
  static constexpr std::size_t kWindowsMax = 8;

  // The vector of each word of each window, from the word's first piece: vectors[w] becomes
  // windows[w].size() rows of config.width floats.  REQUIRES: at most kWindowsMax windows, none of
  // more pieces than config.window, over `words` cut with the file's vocabulary.
  virtual void Run(const Words& words, std::span<const WordRange> windows, Scratch* scratch,
                   std::span<Array<float>> vectors) const = 0;
};

// A scratch knows its encoder's sizes only.
class Encoder::Scratch {
 public:
  virtual ~Scratch() = default;
};

}  // namespace hearsay::model
