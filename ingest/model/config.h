// The sizes and settings of a model, from the config of its weights file.
#pragma once

#include <cstddef>

#include "graph/base/result.h"
#include "ingest/model/weights_file.h"

namespace hearsay::model {

struct ModelConfig {
  // The encoder: multiples of 16 where they are widths.
  std::size_t layers = 0;
  std::size_t width = 0;
  std::size_t inner = 0;
  std::size_t heads = 0;
  std::size_t positions = 0;
  // The layers above it: PAIR, SPAN and LINK of model.py.
  std::size_t pair = 0;
  std::size_t span = 0;
  std::size_t link = 0;
  // Pieces of a window, and of what neighbours share.
  std::size_t window = 0;
  std::size_t overlap = 0;
  float cue_bias = 0;   // added to the scores of cue tags: above zero for recall
  float link_bias = 0;  // a mention joins a cluster where the logarithm of its odds is above it
  // A statement's confidence is sigmoid(slope * logit(p) + bias) of its cue's probability p.
  float confidence_slope = 1;
  float confidence_bias = 0;
};

// kCorruption if something is absent or out of range, or if tags or features are not those that
// this program was written for.
Result<ModelConfig> ReadConfig(const WeightsFile& file);

}  // namespace hearsay::model
