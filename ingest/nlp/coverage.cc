#include "ingest/nlp/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "ingest/components.h"

namespace hearsay::ingest {
namespace {

// Spans merged into runs, to ask whether one of them overlaps another span.
class Cover {
 public:
  void Add(Span span) {
    if (!span.empty()) spans_.push_back(span);
  }
  void Seal() {
    std::sort(spans_.begin(), spans_.end());
    std::vector<Span> merged;
    for (Span span : spans_) {
      if (!merged.empty() && span.begin <= merged.back().end) {
        merged.back().end = std::max(merged.back().end, span.end);
      } else {
        merged.push_back(span);
      }
    }
    spans_ = std::move(merged);
  }
  bool Overlaps(Span span) const {
    const auto after =
        std::lower_bound(spans_.begin(), spans_.end(), span.end,
                         [](const Span& s, std::uint32_t end) { return s.begin < end; });
    return after != spans_.begin() && (after - 1)->end > span.begin;
  }

 private:
  std::vector<Span> spans_;
};

bool IsVerb(Tag tag) {
  return tag == Tag::kVerbPast || tag == Tag::kVerbPresent || tag == Tag::kVerbBase ||
         tag == Tag::kVerbGerund || tag == Tag::kVerbParticiple;
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    if (space > 0) words.emplace_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return words;
}

}  // namespace

CoverageFinder::CoverageFinder(std::unordered_set<std::string> cues,
                               std::unordered_set<std::string> people)
    : cues_(std::move(cues)), people_(std::move(people)) {}

CoverageFinder::CoverageFinder(const Lexicons& lexicons) {
  // kind, lemma, forms, times it was a cue, times it stood in the text
  for (const auto& row : lexicons.Rows("cues.tsv")) {
    if (row.size() < 5 || row[0] != "verb") continue;
    const int cued = std::stoi(std::string(row[3]));
    const int seen = std::stoi(std::string(row[4]));
    if (cued < 3 || cued * 2 < seen) continue;
    for (std::string& form : Words(row[2])) cues_.insert(std::move(form));
  }
  for (const auto& row : lexicons.Rows("people_nouns.tsv")) people_.emplace(row[0]);
}

class CoverageRun {
 public:
  CoverageRun(const CoverageFinder& rules, const Analysis& analysis)
      : rules_(rules), analysis_(analysis) {
    for (const StatementRecord& statement : analysis.record.statements) {
      if (statement.form == StatementForm::kNarrated) continue;
      if (statement.source) attributed_.Add(*statement.source);
      if (statement.cue) attributed_.Add(*statement.cue);
      for (Span span : statement.content) {
        attributed_.Add(span);
        content_.Add(span);
      }
    }
    for (const FigureRecord& figure : analysis.record.figures) figures_.Add(figure.span);
    attributed_.Seal();
    content_.Seal();
    figures_.Seal();
  }

  std::vector<CoverageRecord> Run() {
    std::vector<CoverageRecord> records;
    for (const Sentence& sentence : analysis_.sentences) {
      reason_.clear();
      Cue(sentence);
      Quotes(sentence);
      Count(sentence);
      if (reason_.empty()) continue;
      if (analysis_.blocks[sentence.block].kind == BlockKind::kFurniture) {
        reason_ += "; it stands outside the article's text (menu, link or notice)";
      }
      records.push_back({sentence.span, reason_});
    }
    return records;
  }

 private:
  void Because(const std::string& reason) {
    if (!reason_.empty()) reason_ += "; ";
    reason_ += reason;
  }

  void Cue(const Sentence& sentence) {
    for (TokenIndex t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
      const Token& token = analysis_.tokens[t];
      const bool according = token.lower == "according" && t + 1 < sentence.tokens.end &&
                             analysis_.tokens[t + 1].lower == "to";
      const bool verb = IsVerb(analysis_.tags[t]) && rules_.cues_.contains(token.lower);
      if (!according && !verb) continue;
      if (attributed_.Overlaps(token.span)) continue;
      Because(fmt::format("\"{}\" reports, but no source and content were found with it",
                          analysis_.Text(token.span)));
      return;
    }
  }

  // Quotations that begin in the sentence.
  void Quotes(const Sentence& sentence) {
    while (quotation_ < analysis_.quotations.size() &&
           analysis_.quotations[quotation_].span.begin < sentence.span.begin) {
      ++quotation_;
    }
    for (; quotation_ < analysis_.quotations.size() &&
           analysis_.quotations[quotation_].span.begin < sentence.span.end;
         ++quotation_) {
      const Quotation& quotation = analysis_.quotations[quotation_];
      if (content_.Overlaps(quotation.inner)) continue;
      Because(quotation.speech ? "words in quotation marks, but nobody is named who says them"
                               : "quotation marks read as a title, nickname or scare quote");
    }
  }

  // "26 people", "about 2,000 young protesters": a number, and people within three words.
  void Count(const Sentence& sentence) {
    constexpr TokenIndex kWordsBetweenMax = 3;
    for (TokenIndex t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
      if (analysis_.tags[t] != Tag::kNumeral) continue;
      const TokenIndex end = std::min(sentence.tokens.end, t + 1 + kWordsBetweenMax);
      for (TokenIndex noun = t + 1; noun < end; ++noun) {
        if (analysis_.tokens[noun].kind != TokenKind::kWord) break;
        if (!rules_.people_.contains(analysis_.tokens[noun].lower)) continue;
        const Span span = analysis_.SpanOf({t, noun + 1});
        if (figures_.Overlaps(span)) break;
        return Because(fmt::format("\"{}\" counts people, but what happened to them was not found",
                                   analysis_.Text(span)));
      }
    }
  }

  const CoverageFinder& rules_;
  const Analysis& analysis_;
  Cover attributed_;
  Cover content_;
  Cover figures_;
  std::size_t quotation_ = 0;
  std::string reason_;
};

std::vector<CoverageRecord> CoverageFinder::Find(const Analysis& analysis) const {
  return CoverageRun(*this, analysis).Run();
}

namespace {

class Coverage final : public Component {
 public:
  explicit Coverage(const Lexicons& lexicons) : finder_(lexicons) {}
  void Run(Analysis& analysis) const override { analysis.record.coverage = finder_.Find(analysis); }

 private:
  CoverageFinder finder_;
};

}  // namespace

std::unique_ptr<Component> MakeCoverage(const Lexicons& lexicons) {
  return std::make_unique<Coverage>(lexicons);
}

}  // namespace hearsay::ingest
