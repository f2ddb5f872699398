#include "cli/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace hearsay::cli {
namespace {

using ingest::Analysis;

// Things in the order of where they begin, to be taken sentence by sentence.
class InOrder {
 public:
  // begin(i) is where thing i < n begins.
  template <class Begin>
  InOrder(std::size_t n, Begin begin) {
    for (std::size_t i = 0; i < n; ++i) things_.emplace_back(begin(i), i);
    std::sort(things_.begin(), things_.end());
  }

  // The numbers, ascending, of those that begin before `end` and were not taken yet.
  std::vector<std::size_t> TakeUpTo(std::uint32_t end) {
    std::vector<std::size_t> taken;
    for (; next_ < things_.size() && things_[next_].first < end; ++next_) {
      taken.push_back(things_[next_].second);
    }
    std::sort(taken.begin(), taken.end());
    return taken;
  }

 private:
  std::vector<std::pair<std::uint32_t, std::size_t>> things_;
  std::size_t next_ = 0;
};

class Explanation {
 public:
  explicit Explanation(const Analysis& analysis)
      : a_(analysis),
        record_(analysis.record),
        names_(a_.names.size(), [&](std::size_t i) { return a_.names[i].span.begin; }),
        coreferents_(a_.coreferents.size(),
                     [&](std::size_t i) { return a_.coreferents[i].span.begin; }),
        statements_(record_.statements.size(),
                    [&](std::size_t i) {
                      const StatementRecord& s = record_.statements[i];
                      return (s.cue ? *s.cue : s.content.front()).begin;
                    }),
        figures_(record_.figures.size(),
                 [&](std::size_t i) { return record_.figures[i].span.begin; }),
        counts_(a_.counts.size(), [&](std::size_t i) { return a_.counts[i].span.begin; }) {}

  std::string Text() {
    Line("{}: {}, {} words, by {} {}", a_.article.metadata.source,
         a_.article.metadata.language.empty() ? "en?" : a_.article.metadata.language,
         a_.tokens.size(), record_.extractor.model, record_.extractor.version);
    for (const ingest::Sentence& sentence : a_.sentences) {
      Line("\n{}", Quoted(sentence.span));
      // What begins from here up to the next sentence; the first takes what stands before it, too.
      const bool last = &sentence == &a_.sentences.back();
      end_ = last ? UINT32_MAX : std::next(&sentence)->span.begin;
      Names();
      Groups();
      Statements();
      Figures();
    }
    return std::move(out_);
  }

 private:
  template <class... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  // The words of a span on one line, in quotation marks, and where they stand.
  std::string Quoted(Span span) const {
    std::string words(a_.Text(span));
    std::replace(words.begin(), words.end(), '\n', ' ');
    return fmt::format("\"{}\" [{}, {})", words, span.begin, span.end);
  }

  std::string Entity(EntityIndex entity) const {
    const LocalEntity& e = record_.entities[entity];
    return fmt::format("{} ({})", e.name, ToString(e.type));
  }

  void Names() {
    for (const std::size_t i : names_.TakeUpTo(end_)) {
      const ingest::Name& name = a_.names[i];
      Line("  name {} {}: {}", ToString(name.type), Quoted(name.span),
           name.gazetteer.empty() ? "context or model" : name.gazetteer);
    }
  }

  void Groups() {
    for (const std::size_t i : coreferents_.TakeUpTo(end_)) {
      const ingest::Coreferent& mention = a_.coreferents[i];
      Line("  mention {} {} {}: head coreference, group {}", ToString(mention.form),
           ToString(mention.type), Quoted(mention.span), mention.group);
    }
  }

  void Statements() {
    for (const std::size_t i : statements_.TakeUpTo(end_)) {
      const StatementRecord& s = record_.statements[i];
      Line("  statement {}: {}, {}, {}, polarity {}; rule {}, confidence {:.2f}", i + 1,
           ToString(s.form), ToString(s.where), ToString(s.certainty), s.polarity, s.rule,
           s.confidence);
      if (s.source) Line("    source {}", Quoted(*s.source));
      if (s.cue) Line("    cue {}", Quoted(*s.cue));
      for (const Span part : s.content) Line("    content {}", Quoted(part));
      if (s.addressee_span) Line("    addressee {}", Quoted(*s.addressee_span));
      if (s.parent) Line("    inside statement {}", *s.parent + 1);
      for (const Hop& hop : s.chain) {
        Line("    hop {}: {} {}", ToString(hop.via), Entity(hop.entity), Quoted(hop.span));
      }
    }
  }

  void Figures() {
    for (const std::size_t i : figures_.TakeUpTo(end_)) {
      const FigureRecord& f = record_.figures[i];
      const auto number = [](const auto& n) {
        return n ? std::to_string(*n) : std::string("open");
      };
      Line("  figure {}: {}, low {}, high {}, population \"{}\" {}", f.measure, ToString(f.bound),
           number(f.low), number(f.high), f.population, Quoted(f.span));
      if (f.place) Line("    place {}", Entity(*f.place));
      if (f.statement) Line("    in statement {}", *f.statement + 1);
    }
    for (const std::size_t i : counts_.TakeUpTo(end_)) {
      Line("  count {} {}: head figures", a_.counts[i].measure, Quoted(a_.counts[i].span));
    }
  }

  const Analysis& a_;
  const Record& record_;
  InOrder names_, coreferents_, statements_, figures_, counts_;
  std::uint32_t end_ = 0;  // of the sentence: where the next one begins
  std::string out_;
};

}  // namespace

std::string Explain(const Analysis& analysis) { return Explanation(analysis).Text(); }

}  // namespace hearsay::cli
