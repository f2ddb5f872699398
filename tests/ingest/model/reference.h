// Compares a model with what the training program's own code made of the same weights and texts:
// the lines that reference.py of ingest/train writes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/model/model.h"

namespace hearsay::model {

struct Agreement {
  std::size_t texts = 0;
  std::size_t words = 0;
  // Of statements, in all their spans, flags and parents; and of all else in a Reading but
  // vectors, and of mentions in their clusters.
  std::size_t statements = 0, statements_expected = 0, statements_found = 0;
  std::size_t others = 0, others_expected = 0, others_found = 0;
  std::size_t mentions = 0, mentions_expected = 0;
  // Of the scores of tags, and of the statements' confidences.
  double score_difference_max = 0, score_difference_sum = 0;
  std::size_t scores = 0;
  double confidence_difference_max = 0;
  std::vector<std::string> problems;  // the first few
};

// Adds one line to `agreement`.
void Compare(const Model& model, std::string_view line, Agreement* agreement);

// Compares with all lines of a file.
Agreement CompareWith(const Model& model, const std::string& file);

}  // namespace hearsay::model
