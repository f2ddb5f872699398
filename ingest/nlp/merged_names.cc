#include "ingest/nlp/merged_names.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "ingest/nlp/names.h"

namespace hearsay::ingest {
namespace {

// A name as the model reads it, with what the lists say of it.
Name NameOf(const Analysis& analysis, const Gazetteer& gazetteer, Span span, EntityType type) {
  Name name;
  name.span = name.phrase = span;
  name.tokens = analysis.TokensOf(span);
  name.type = type;
  const auto is_title = [&](TokenIndex t) {
    return gazetteer.Title(analysis.tokens[t].lower) != nullptr;
  };
  while (type == EntityType::kPerson && name.tokens.begin + 1 < name.tokens.end &&
         is_title(name.tokens.begin)) {
    ++name.tokens.begin;
    name.span = span = analysis.SpanOf(name.tokens);
  }
  const GazetteerEntry* const entry = gazetteer.Find(FoldName(analysis.Text(span)));
  if (entry != nullptr && entry->type == type) {
    name.canonical = entry->canonical;
    name.gazetteer = entry->id;
    name.kind = entry->kind;
  }
  return name;
}

// Its last word, folded; empty where it has but one.
std::string SurnameOf(std::string_view full) {
  std::string folded = FoldName(full);
  const std::size_t blank = folded.rfind(' ');
  return blank == std::string::npos ? std::string() : folded.substr(blank + 1);
}

// A name that no list has is of one type throughout an article: a person's if it is the surname of
// one, else the most frequent, the first on a tie.
void GiveOneType(const Analysis& analysis, std::vector<Name>* names) {
  std::unordered_map<std::string, std::vector<std::pair<EntityType, std::size_t>>> counts;
  std::unordered_set<std::string> surnames;
  for (const Name& name : *names) {
    if (name.type == EntityType::kPerson) surnames.insert(SurnameOf(analysis.Text(name.span)));
    if (!name.gazetteer.empty()) continue;
    auto& types = counts[FoldName(analysis.Text(name.span))];
    const auto at = std::find_if(types.begin(), types.end(),
                                 [&](const auto& type) { return type.first == name.type; });
    if (at == types.end()) {
      types.emplace_back(name.type, 1);
    } else {
      ++at->second;
    }
  }
  for (Name& name : *names) {
    if (!name.gazetteer.empty()) continue;
    const std::string folded = FoldName(analysis.Text(name.span));
    const auto& types = counts[folded];
    name.type =
        surnames.contains(folded)
            ? EntityType::kPerson
            : std::max_element(types.begin(), types.end(), [](const auto& a, const auto& b) {
                return a.second < b.second;
              })->first;
  }
}

// Whether somebody of this name says, hears or passes on something.
class Parties {
 public:
  explicit Parties(const std::vector<Attribution>& attributions) {
    for (const Attribution& a : attributions) {
      if (a.source) spans_.push_back(*a.source);
      if (a.addressee) spans_.push_back(*a.addressee);
      for (const auto& [span, via] : a.outer) spans_.push_back(span);
    }
    std::sort(spans_.begin(), spans_.end());
    std::uint32_t reach = 0;
    for (const Span span : spans_) reaches_.push_back(reach = std::max(reach, span.end));
  }
  bool Include(Span name) const {
    const auto after = std::partition_point(spans_.begin(), spans_.end(),
                                            [&](Span s) { return s.begin <= name.begin; });
    return after != spans_.begin() &&
           reaches_[static_cast<std::size_t>(after - spans_.begin()) - 1] >= name.end;
  }

 private:
  std::vector<Span> spans_;
  std::vector<std::uint32_t> reaches_;  // the furthest end of a span and of those before it
};

// Whether the model's reading of the words of a listed name is to be believed: it stands in a
// longer name ("Lyon" in "Lyon Football Club"), or a person bears a town's name.
bool Overrules(Span span, EntityType type, const Name& listed) {
  if (span == listed.span) return type == EntityType::kPerson && IsPlace(listed.type);
  return !IsPlace(type) && span.Covers(listed.span);
}

// The model's names made whole: "Law Offices of" and the name behind it are one, and the initial
// before a person's name belongs to it.
std::vector<ReadName> Joined(const Analysis& analysis, const std::vector<ReadName>& names) {
  std::vector<ReadName> joined;
  const auto lower = [&](TokenIndex t) { return std::string_view(analysis.tokens[t].lower); };
  for (const ReadName& name : names) {
    TokenIndex begin = analysis.TokensOf(name.span).begin;
    TokenIndex free = 0;  // the first token behind the name before
    if (!joined.empty()) {
      free = analysis.TokensOf(joined.back().span).end;
      const bool article = begin == free + 1 && lower(free) == "the";
      if (lower(free - 1) == "of" && (begin == free || article)) {
        joined.back().span.end = name.span.end;
        continue;
      }
    }
    joined.push_back(name);
    const auto initial = [&](TokenIndex t) {
      const std::string_view word = analysis.Text(analysis.tokens[t].span);
      return word.size() == 2 && word[0] >= 'A' && word[0] <= 'Z' && word[1] == '.';
    };
    while (name.type == EntityType::kPerson && begin > free && initial(begin - 1)) {
      joined.back().span.begin = analysis.tokens[--begin].span.begin;
    }
  }
  return joined;
}

// The model's names without a comma behind them. "Fresno California", "lyon france", "Fresno CA"
// are two that no comma parts, where the lists know a place and the region or country around it,
// and not both together.
std::vector<ReadName> Parted(const Analysis& analysis, const Gazetteer& gazetteer,
                             const std::vector<ReadName>& names) {
  const auto listed = [&](TokenRange range) {
    const GazetteerEntry* const entry = gazetteer.Find(FoldName(analysis.Text(range)));
    const bool common =  // "South", "Bay"
        range.end == range.begin + 1 && gazetteer.IsCommon(analysis.tokens[range.begin].lower);
    return entry != nullptr && IsPlace(entry->type) && !common ? entry : nullptr;
  };
  std::vector<ReadName> parted;
  for (const ReadName& name : names) {
    TokenRange all = analysis.TokensOf(name.span);
    parted.push_back(name);
    // A slip: "Vasmund,", "Organization of African Unity (".
    constexpr std::string_view kOpen = ",;:(/";
    while (all.end - all.begin > 1 &&
           kOpen.find(analysis.tokens[all.end - 1].lower) != std::string_view::npos) {
      --all.end;
      parted.back().span = analysis.SpanOf(all);
    }
    if (!IsPlace(name.type) || listed(all) != nullptr) continue;
    for (TokenIndex cut = all.end; --cut > all.begin;) {
      const GazetteerEntry* const place = listed({all.begin, cut});
      const GazetteerEntry* around =
          gazetteer.State(FoldName(analysis.Text(TokenRange{cut, all.end})));
      if (around == nullptr) around = listed({cut, all.end});
      if (place == nullptr || around == nullptr || around->type == EntityType::kCity) continue;
      parted.back() = {analysis.SpanOf({all.begin, cut}), place->type};
      parted.push_back({analysis.SpanOf({cut, all.end}), around->type});
      break;
    }
  }
  return parted;
}

// Folded names of storms ("Hurricane Katrina"): an article that holds one means no person by it.
std::unordered_set<std::string> NamesOfStorms(const Analysis& analysis, const Gazetteer& gazetteer,
                                              const std::vector<ReadName>& names) {
  std::unordered_set<std::string> storms;
  for (const ReadName& name : names) {
    const TokenIndex begin = analysis.TokensOf(name.span).begin;
    if (name.type != EntityType::kPerson || begin == 0) continue;
    const Token& before = analysis.tokens[begin - 1];
    const HeadEntry* const head = gazetteer.Head(before.lower);
    const bool capital = analysis.Text(before.span) != before.lower;  // not "the storm Katrina saw"
    if (head != nullptr && head->first && head->kind == "storm" && capital) {
      storms.insert(FoldName(analysis.Text(name.span)));
    }
  }
  return storms;
}

}  // namespace

std::vector<Name> MergeNames(const Analysis& analysis, const Gazetteer& gazetteer,
                             const Nominals& nominals, const std::vector<Name>& by_rules,
                             const std::vector<ReadName>& by_model) {
  const Parties parties(analysis.attributions);
  const std::unordered_set<std::string> storms = NamesOfStorms(analysis, gazetteer, by_model);
  std::vector<Name> merged;
  const auto keep = [&](const Name& unread) {
    if (!unread.gazetteer.empty() || parties.Include(unread.span)) merged.push_back(unread);
  };
  auto next = by_rules.begin();
  for (const auto& [span, type] : Parted(analysis, gazetteer, Joined(analysis, by_model))) {
    while (next != by_rules.end() && next->span.end <= span.begin) keep(*next++);
    bool listed = !merged.empty() && merged.back().span.end > span.begin;
    const Name* same = nullptr;
    for (; next != by_rules.end() && next->span.begin < span.end; ++next) {
      if (!next->gazetteer.empty() && !Overrules(span, type, *next)) {
        listed = true;
        merged.push_back(*next);
      } else if (next->gazetteer.empty() && next->span == span) {
        same = &*next;
      }
    }
    // "Kazakh" is no name of Kazakhstan.
    const bool adjective =
        type != EntityType::kPerson && gazetteer.Demonym(FoldName(analysis.Text(span))) != nullptr;
    const bool storm =
        type == EntityType::kPerson && storms.contains(FoldName(analysis.Text(span)));
    if (listed || adjective || storm) continue;
    Name added = NameOf(analysis, gazetteer, span, type);
    if (same != nullptr) {
      // What kind of place a name is, the context that rules read tells more steadily.
      const bool place = IsPlace(type) && IsPlace(same->type);
      added = *same;
      if (!place) added.type = type;
    } else {
      TokenIndex noun = added.tokens.end;
      nominals.EndingAt(analysis, added.tokens.begin, added.tokens.end, &noun);
      if (noun <= added.tokens.begin) continue;
    }
    merged.push_back(std::move(added));
  }
  std::for_each(next, by_rules.end(), keep);
  GiveOneType(analysis, &merged);
  return merged;
}

}  // namespace hearsay::ingest
