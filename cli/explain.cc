#include "cli/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

namespace hearsay::cli {
namespace {

using ingest::Analysis;

class Explanation {
 public:
  explicit Explanation(const Analysis& analysis) : a_(analysis), record_(analysis.record) {}

  std::string Text() {
    Line("{}: {}, {} words, by {} {}", a_.article.metadata.source,
         a_.article.metadata.language.empty() ? "en?" : a_.article.metadata.language,
         a_.tokens.size(), record_.extractor.model, record_.extractor.version);
    for (const ingest::Sentence& sentence : a_.sentences) {
      Line("\n{}", Quoted(sentence.span));
      // What begins from here up to the next sentence; the first takes what stands before it, too.
      const bool last = &sentence == &a_.sentences.back();
      to_ = last ? UINT32_MAX : std::next(&sentence)->span.begin;
      Names();
      Groups();
      Statements();
      Figures();
      from_ = to_;
    }
    return std::move(out_);
  }

 private:
  template <class... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  bool Here(Span span) const { return from_ <= span.begin && span.begin < to_; }

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
    for (const ingest::Name& name : a_.names) {
      if (!Here(name.span)) continue;
      Line("  name {} {}: {}", ToString(name.type), Quoted(name.span),
           name.gazetteer.empty() ? "context or model" : name.gazetteer);
    }
  }

  void Groups() {
    for (const ingest::Coreferent& mention : a_.coreferents) {
      if (!Here(mention.span)) continue;
      Line("  mention {} {} {}: head coreference, group {}", ToString(mention.form),
           ToString(mention.type), Quoted(mention.span), mention.group);
    }
  }

  void Statements() {
    for (std::size_t i = 0; i < record_.statements.size(); ++i) {
      const StatementRecord& s = record_.statements[i];
      if (!Here(s.cue ? *s.cue : s.content.front())) continue;
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
    for (const FigureRecord& f : record_.figures) {
      if (!Here(f.span)) continue;
      const auto number = [](const auto& n) {
        return n ? std::to_string(*n) : std::string("open");
      };
      Line("  figure {}: {}, low {}, high {}, population \"{}\" {}", f.measure, ToString(f.bound),
           number(f.low), number(f.high), f.population, Quoted(f.span));
      if (f.place) Line("    place {}", Entity(*f.place));
      if (f.statement) Line("    in statement {}", *f.statement + 1);
    }
    for (const ingest::Count& count : a_.counts) {
      if (Here(count.span)) {
        Line("  count {} {}: head figures", count.measure, Quoted(count.span));
      }
    }
  }

  const Analysis& a_;
  const Record& record_;
  std::uint32_t from_ = 0, to_ = 0;
  std::string out_;
};

}  // namespace

std::string Explain(const Analysis& analysis) { return Explanation(analysis).Text(); }

}  // namespace hearsay::cli
