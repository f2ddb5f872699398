// Coverage: no silent loss.  Each sentence in which something asks to be recorded (a reporting cue,
// quotation marks, a count of people) and was not is listed with the reason.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/analysis.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

class CoverageFinder {
 public:
  // Cue verbs are those of cues.tsv that report more often than not, people those of
  // people_nouns.tsv.
  explicit CoverageFinder(const Lexicons& lexicons);
  CoverageFinder(std::unordered_set<std::string> cues, std::unordered_set<std::string> people);
  // Of the record as it stands; in text order, one entry a sentence.  Needs tokens, blocks,
  // sentences, tags and quotations.  O(n log n).
  std::vector<CoverageRecord> Find(const Analysis& analysis) const;

 private:
  friend class CoverageRun;  // one run over one article (coverage.cc)
  std::unordered_set<std::string> cues_;
  std::unordered_set<std::string> people_;
};

}  // namespace hearsay::ingest
