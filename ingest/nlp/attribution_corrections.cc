#include "ingest/nlp/attribution_corrections.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hearsay::ingest {
namespace {

constexpr double kSameContent = 0.5;  // Jaccard index of bytes from which two say the same

std::uint32_t Size(const std::vector<Span>& content) {
  std::uint32_t size = 0;
  for (const Span part : content) size += part.size();
  return size;
}

double Likeness(const std::vector<Span>& a, const std::vector<Span>& b) {
  std::uint32_t shared = 0;
  for (const Span x : a) {
    for (const Span y : b) {
      const std::uint32_t begin = std::max(x.begin, y.begin), end = std::min(x.end, y.end);
      if (begin < end) shared += end - begin;
    }
  }
  return static_cast<double>(shared) / static_cast<double>(Size(a) + Size(b) - shared);
}

bool Covers(const std::vector<Span>& content, Span span) {
  return std::any_of(content.begin(), content.end(), [&](Span part) { return part.Covers(span); });
}

class Corrector {
 public:
  Corrector(const Analysis& analysis, const CueLexicon& lexicon, const CueFrames& frames,
            std::vector<Attribution>* attributions)
      : analysis_(analysis), lexicon_(lexicon), frames_(frames), all_(*attributions) {}

  void Run() {
    for (Attribution& a : all_) {
      DropNetworks(&a);
      TurnBidden(&a);
      AddCarrier(&a);
    }
    for (std::uint32_t i = 0; i < all_.size(); ++i) PutInsideCiting(i);
    const auto n = static_cast<std::uint32_t>(all_.size());
    for (std::uint32_t i = 0; i < n; ++i) TakeWholeQuotation(i);
    for (std::uint32_t i = 0; i < n; ++i) AddQuotedAs(i);
  }

 private:
  std::string_view Lower(TokenIndex t) const { return analysis_.tokens[t].lower; }

  bool IsParticiple(TokenIndex t) const {
    return analysis_.tags[t] == Tag::kVerbParticiple || analysis_.tags[t] == Tag::kVerbPast;
  }

  // "Lind wrote on X": where it was said, not who passed it on.
  void DropNetworks(Attribution* a) const {
    if (!a->source) return;
    std::erase_if(a->outer, [&](const auto& hop) {
      const TokenRange words = analysis_.TokensOf(hop.first);
      std::string_view last = Lower(words.end - 1);
      if (last.ends_with('.')) last.remove_suffix(1);  // "X." at the end of a sentence
      return words.begin > 0 && Lower(words.begin - 1) == "on" && frames_.Network(last);
    });
  }

  void TurnBidden(Attribution* a) const {
    if (!a->source || a->addressee || a->source->begin > a->cue->begin) return;
    static constexpr std::string_view kBe[] = {"is", "are", "was", "were", "be", "been", "being"};
    const TokenRange cue = analysis_.TokensOf(*a->cue);
    bool passive = false;
    for (TokenIndex t = cue.begin; t < cue.end; ++t) {
      passive = passive || std::find(std::begin(kBe), std::end(kBe), Lower(t)) != std::end(kBe);
      const CueEntry* const entry = lexicon_.Verb(Lower(t));
      if (passive && entry != nullptr && IsParticiple(t) && frames_.Bids(entry->lemma)) {
        a->addressee = a->source;
        a->source.reset();
        return;
      }
    }
  }

  // Who stands behind "reported by", "read out to", in a source or right after it.
  void AddCarrier(Attribution* a) const {
    if (!a->source || !a->outer.empty()) return;
    const TokenRange source = analysis_.TokensOf(*a->source);
    const auto& tokens = analysis_.tokens;
    const bool comma = source.end < tokens.size() && Lower(source.end) == ",";
    for (TokenIndex t = source.begin + 1; t <= source.end + (comma ? 1 : 0); ++t) {
      if (t + 3 >= tokens.size()) return;
      const CueEntry* const entry = lexicon_.Verb(Lower(t));
      const bool relays = entry != nullptr && frames_.Relays(entry->lemma);
      const bool got = frames_.Got(Lower(t));
      const TokenIndex by = t + (Lower(t + 1) == "out" || Lower(t + 1) == "over" ? 2 : 1);
      if (!IsParticiple(t)) continue;
      if (!(relays ? Lower(by) == "by" : got && (Lower(by) == "by" || Lower(by) == "to"))) continue;
      const Coreferent* const carrier = MentionAt(tokens[by + 1].span.begin);
      if (carrier != nullptr && (relays || carrier->type == EntityType::kMedia)) {
        a->outer.emplace_back(carrier->span, Via::kCarrier);
      }
      return;
    }
  }

  // The widest mention that begins here, or null.
  const Coreferent* MentionAt(std::uint32_t begin) const {
    const auto at = analysis_.CoreferentFrom(begin);
    return at != analysis_.coreferents.end() && at->span.begin == begin ? &*at : nullptr;
  }

  void PutInsideCiting(std::uint32_t inner) {
    const TokenRange cue = analysis_.TokensOf(*all_[inner].cue);
    if (Lower(cue.begin) != "citing" && Lower(cue.begin) != "quoting") return;
    const std::size_t sentence = SentenceOf(analysis_, cue.begin);
    std::optional<std::uint32_t> outer;  // the nearest before it that says the same
    for (std::uint32_t k = inner; k-- > 0;) {
      const TokenRange other = analysis_.TokensOf(*all_[k].cue);
      if (SentenceOf(analysis_, other.begin) != sentence) break;
      if (Likeness(all_[k].content, all_[inner].content) >= kSameContent && !IsInside(k, inner)) {
        outer = k;
        break;
      }
    }
    if (!outer) return;
    all_[inner].parent = outer;
    for (std::uint32_t k = 0; k < all_.size(); ++k) {
      if (k != inner && all_[k].parent == outer && Covers(all_[inner].content, *all_[k].cue)) {
        all_[k].parent = inner;
      }
    }
  }

  // A quotation whose end somebody says is said from its beginning, if nobody else says that.
  void TakeWholeQuotation(std::uint32_t i) {
    for (Span& part : all_[i].content) {
      const Quotation* const quotation = EndingWith(part);
      if (quotation == nullptr || quotation->span.Covers(*all_[i].cue)) continue;
      const Span before{quotation->span.begin, part.begin};
      const bool taken = std::any_of(all_.begin(), all_.end(), [&](const Attribution& other) {
        return std::any_of(other.content.begin(), other.content.end(),
                           [&](Span said) { return said.Overlaps(before); });
      });
      if (!taken) part.begin = quotation->span.begin;
    }
  }

  // The quotation that begins before the part and ends with it, or null.
  const Quotation* EndingWith(Span part) const {
    const auto& quotations = analysis_.quotations;
    const auto after =
        std::partition_point(quotations.begin(), quotations.end(),
                             [&](const Quotation& q) { return q.span.begin < part.begin; });
    if (after == quotations.begin()) return nullptr;
    const Quotation* at = &*std::prev(after);
    while (!at->span.Covers(part) && at->outer) at = &quotations[*at->outer];
    // The comma or full stop before the closing mark may be left out.
    const bool ends = at->speech && at->span.Covers(part) && part.end + 1 >= at->inner.end;
    return ends ? at : nullptr;
  }

  // "The agency quoted her as saying": where the model sees only the agency, she says it inside.
  void AddQuotedAs(std::uint32_t i) {
    const TokenRange cue = analysis_.TokensOf(*all_[i].cue);
    const auto size = static_cast<TokenIndex>(analysis_.tokens.size());
    const CueEntry* const entry = lexicon_.Verb(Lower(cue.end - 1));
    if (entry == nullptr || !frames_.Relays(entry->lemma) || cue.end + 2 >= size) return;
    const Coreferent* const quoted = MentionAt(analysis_.tokens[cue.end].span.begin);
    if (quoted == nullptr) return;
    const TokenIndex as = analysis_.TokensOf(quoted->span).end;
    if (as + 1 >= size || Lower(as) != "as" || analysis_.tags[as + 1] != Tag::kVerbGerund) return;
    const bool known = std::any_of(all_.begin(), all_.end(), [&](const Attribution& other) {
      return other.source && other.source->Overlaps(quoted->span);
    });
    if (known) return;
    Attribution inner = all_[i];
    inner.source = quoted->span;
    inner.cue = analysis_.SpanOf({as, as + 2});
    inner.addressee.reset();
    inner.outer.clear();
    inner.parent = i;
    all_.push_back(std::move(inner));
  }

  bool IsInside(std::uint32_t i, std::uint32_t outer) const {
    for (std::optional<std::uint32_t> at = i; at; at = all_[*at].parent) {
      if (*at == outer) return true;
    }
    return false;
  }

  const Analysis& analysis_;
  const CueLexicon& lexicon_;
  const CueFrames& frames_;
  std::vector<Attribution>& all_;
};

}  // namespace

void CorrectAttributions(const Analysis& analysis, const CueLexicon& lexicon,
                         const CueFrames& frames, std::vector<Attribution>* attributions) {
  Corrector(analysis, lexicon, frames, attributions).Run();
}

std::size_t SentenceOf(const Analysis& analysis, TokenIndex token) {
  const auto after = std::partition_point(
      analysis.sentences.begin() + 1, analysis.sentences.end(),
      [&](const Sentence& sentence) { return sentence.tokens.begin <= token; });
  return static_cast<std::size_t>(after - analysis.sentences.begin()) - 1;
}

}  // namespace hearsay::ingest
