#include "ingest/nlp/coreferents.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace hearsay::ingest {
namespace {

// "I" in a quotation is who is quoted there, whatever the scores of pairs say.
class FirstPersons {
 public:
  explicit FirstPersons(Analysis* analysis) : a_(*analysis) {}

  void Bind() {
    std::vector<Quote> quotes = Quotes();
    std::vector<Quote> open;  // those that hold the mention at hand
    auto next = quotes.begin();
    for (Coreferent& mention : a_.coreferents) {
      while (next != quotes.end() && next->span.begin <= mention.span.begin) {
        open.push_back(*next++);
      }
      std::erase_if(open, [&](const Quote& q) { return q.span.end <= mention.span.begin; });
      if (open.empty() || !IsFirstPerson(mention)) continue;
      const Quote& innermost = *std::min_element(
          open.begin(), open.end(),
          [](const Quote& x, const Quote& y) { return x.span.size() < y.span.size(); });
      if (const Coreferent* const speaker = SpeakerOf(innermost.attribution)) {
        mention.group = speaker->group;
      }
    }
  }

 private:
  struct Quote {
    Span span;
    std::uint32_t attribution;
  };

  std::vector<Quote> Quotes() const {
    std::vector<Quote> quotes;
    for (std::uint32_t i = 0; i < a_.attributions.size(); ++i) {
      const Attribution& attribution = a_.attributions[i];
      if (attribution.form == StatementForm::kIndirect && a_.Text(*attribution.cue) != ":")
        continue;
      for (const Span part : attribution.content) quotes.push_back({part, i});
    }
    std::stable_sort(quotes.begin(), quotes.end(),
                     [](const Quote& x, const Quote& y) { return x.span.begin < y.span.begin; });
    return quotes;
  }

  bool IsFirstPerson(const Coreferent& mention) const {
    const std::string_view word = a_.Text(mention.span);
    return mention.form == MentionForm::kPronoun &&
           (word == "I" || word == "me" || word == "my" || word == "My" || word == "myself");
  }

  // The mention that the source begins with, out of all quotations in which it is "I" itself.
  const Coreferent* SpeakerOf(std::uint32_t attribution) const {
    std::optional<std::uint32_t> at = attribution;
    for (; at && a_.attributions[*at].source; at = a_.attributions[*at].parent) {
      const Span source = *a_.attributions[*at].source;
      const auto mention = a_.CoreferentFrom(source.begin);
      if (mention == a_.coreferents.end() || !source.Covers(mention->span)) return nullptr;
      if (!IsFirstPerson(*mention)) return &*mention;
    }
    return nullptr;
  }

  Analysis& a_;
};

// "Mayor: I never touched it" above "the mayor of Mbale, Ruth Nabirye".
class Headlines {
 public:
  explicit Headlines(Analysis* analysis) : a_(*analysis) {}

  void Bind() {
    for (const Block& block : a_.blocks) {
      if (block.kind != BlockKind::kTitle) continue;
      for (const Coreferent& mention : a_.coreferents) {
        if (mention.span.begin >= block.span.end) break;
        if (!block.span.Covers(mention.span) || mention.form != MentionForm::kNominal) continue;
        const TokenRange words = a_.TokensOf(mention.span);
        if (words.end != words.begin + 1) continue;
        const std::optional<std::uint32_t> below =
            GroupBelow(block.span.end, mention.type, a_.tokens[words.begin].lower);
        if (below) Move(mention.group, *below);
      }
    }
  }

 private:
  // The group of the first mention of this type behind `begin` that has the word in it.
  std::optional<std::uint32_t> GroupBelow(std::uint32_t begin, EntityType type,
                                          std::string_view word) const {
    for (const Coreferent& mention : a_.coreferents) {
      if (mention.span.begin < begin || mention.type != type) continue;
      const TokenRange words = a_.TokensOf(mention.span);
      for (TokenIndex t = words.begin; t < words.end; ++t) {
        if (a_.tokens[t].lower == word) return mention.group;
      }
    }
    return std::nullopt;
  }

  void Move(std::uint32_t from, std::uint32_t to) {
    for (Coreferent& mention : a_.coreferents) {
      if (mention.group == from) mention.group = to;
    }
  }

  Analysis& a_;
};

// Whether a description is of whom a name in it names: it begins with the name ("Ruth Nabirye, who
// leads the council"), or ends with it behind a comma ("the councillor, Ruth Nabirye").
bool Bears(const Analysis& analysis, Span description, Span name) {
  if (!description.Covers(name)) return false;
  const TokenRange words = analysis.TokensOf(description), named = analysis.TokensOf(name);
  const auto lower = [&](TokenIndex t) { return std::string_view(analysis.tokens[t].lower); };
  if (named.begin == words.begin) {
    constexpr std::array<std::string_view, 4> kGoOn = {",", "(", "of", "from"};
    return named.end < words.end &&
           std::find(kGoOn.begin(), kGoOn.end(), lower(named.end)) != kGoOn.end();
  }
  const bool last =
      named.end == words.end || (named.end + 1 == words.end && lower(named.end) == ",");
  return last && lower(named.begin - 1) == ",";
}

// Who bears a name is whom the name names.
class Bearers {
 public:
  explicit Bearers(Analysis* analysis) : a_(*analysis) {}

  void Bind() {
    auto& mentions = a_.coreferents;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      if (mentions[i].form != MentionForm::kNominal) continue;
      for (std::size_t k = i + 1; k < mentions.size(); ++k) {
        if (mentions[k].span.begin >= mentions[i].span.end) break;
        if (mentions[k].form != MentionForm::kName || mentions[k].type != mentions[i].type)
          continue;
        if (!Bears(a_, mentions[i].span, mentions[k].span)) continue;
        mentions[i].group = mentions[k].group;
        break;
      }
    }
  }

 private:
  Analysis& a_;
};

// "His wife" and "Lind's neighbour" are not he and Lind; who does it is who stands before "who".
class Neighbours {
 public:
  explicit Neighbours(Analysis* analysis) : a_(*analysis) {
    for (const Coreferent& mention : a_.coreferents) next_ = std::max(next_, mention.group + 1);
  }

  void Bind() {
    auto& mentions = a_.coreferents;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      if (mentions[i].form == MentionForm::kNominal && HasOwner(i)) mentions[i].group = next_++;
      if (mentions[i].form == MentionForm::kPronoun) BindRelative(i);
    }
  }

 private:
  // Whether the mention begins with another of its group, whose the rest of it is.
  bool HasOwner(std::size_t i) const {
    const Coreferent& whole = a_.coreferents[i];
    for (std::size_t k = i + 1; k < a_.coreferents.size(); ++k) {
      const Coreferent& first = a_.coreferents[k];
      if (first.span.begin != whole.span.begin) break;
      if (first.group != whole.group || first.span.end >= whole.span.end) continue;
      const std::string_view rest = a_.Text(Span{first.span.end, whole.span.end});
      if (first.form == MentionForm::kPronoun || rest.starts_with("'") ||
          rest.starts_with("\u2019")) {
        return true;
      }
    }
    return false;
  }

  void BindRelative(std::size_t i) {
    const TokenIndex at = a_.TokensOf(a_.coreferents[i].span).begin;
    const std::string_view word = a_.tokens[at].lower;
    const bool who = word == "who" || word == "whom";
    if (!who && word != "which") return;
    TokenIndex before = at;
    if (before > 0 && a_.tokens[before - 1].lower == ",") --before;
    if (before == 0) return;
    const std::uint32_t end = a_.tokens[before - 1].span.end;
    constexpr std::uint32_t kBytesMax = 200;
    auto mention = a_.CoreferentFrom(end > kBytesMax ? end - kBytesMax : 0);
    for (; mention != a_.coreferents.end() && mention->span.begin < end; ++mention) {  // the widest
      const bool human =
          mention->type == EntityType::kPerson || mention->type == EntityType::kUnnamed;
      if (mention->span.end == end && human == who) {
        a_.coreferents[i].group = mention->group;
        return;
      }
    }
  }

  Analysis& a_;
  std::uint32_t next_ = 0;  // number of a new group
};

}  // namespace

void CorrectGroups(Analysis* analysis) {
  Bearers(analysis).Bind();
  Neighbours(analysis).Bind();
  Headlines(analysis).Bind();
  FirstPersons(analysis).Bind();
}

}  // namespace hearsay::ingest
