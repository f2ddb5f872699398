#include "ingest/nlp/entities.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_set>

#include "ingest/components.h"
#include "ingest/nlp/names.h"

namespace hearsay::ingest {

namespace {

constexpr std::array<std::string_view, 12> kPersonPronouns = {
    "he", "she", "him", "her", "his", "himself", "herself", "i", "hers", "who", "me", "my"};
constexpr std::array<std::string_view, 4> kPossessiveEndings = {"'s", "\u2019s", "'", "\u2019"};
constexpr std::array<std::string_view, 4> kThingPronouns = {"it", "its", "itself", "they"};

template <std::size_t n>
bool IsOneOf(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

char GenderOfPronoun(std::string_view word) {
  if (word == "she" || word == "her" || word == "herself" || word == "hers") return 'f';
  if (word == "he" || word == "him" || word == "his" || word == "himself") return 'm';
  return 'x';
}

std::vector<std::string> Words(std::string_view folded) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : folded) {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// Initials of the words that acronyms count: "Collective Security Treaty Organization" -> "csto".
std::string Initials(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 6> kSmall = {"of", "the", "and", "for", "in", "on"};
  std::string initials;
  for (const std::string& word : words) {
    if (!IsOneOf(word, kSmall)) initials += word[0];
  }
  return initials;
}

bool IsAcronym(std::string_view text) {
  const auto capitals = std::count_if(text.begin(), text.end(), [](char c) {
    return std::isupper(static_cast<unsigned char>(c)) != 0;
  });
  return text.size() >= 2 && text.size() <= 8 && capitals == static_cast<long>(text.size());
}

// What the resolver remembers of an entity beside its record.
struct Known {
  std::string folded;
  std::vector<std::string> words;
  std::string role;  // lower case: "interior ministry spokesman"
  char gender = 'x';
  TokenIndex last = 0;  // token of the last mention
  bool named = false;
  bool listed = false;  // a named one that a list has
  bool plural = false;
};

class Resolver {
 public:
  Resolver(Analysis& analysis, const Gazetteer& gazetteer, const Nominals& nominals,
           const std::unordered_set<std::string_view>& documents)
      : a_(analysis), gazetteer_(gazetteer), nominals_(nominals), documents_(documents) {}

  void Run() {
    for (const Attribution& attribution : a_.attributions) {
      if (attribution.source) sources_.push_back(*attribution.source);
      if (attribution.addressee) sources_.push_back(*attribution.addressee);
      for (const auto& [span, via] : attribution.outer) sources_.push_back(span);
    }
    std::sort(sources_.begin(), sources_.end());
    std::uint32_t reach = 0;
    for (const Span& source : sources_) {
      reach = std::max(reach, source.end);
      reaches_.push_back(reach);
    }
    apposed_.resize(a_.names.size());
    FindFullNames();
    for (const Coreferent& c : a_.coreferents) {
      if (c.form == MentionForm::kName) named_groups_.insert(c.group);
      if (IsSource(c.span)) source_groups_.insert(c.group);
    }
    std::size_t next_name = 0;
    for (TokenIndex t = 0; t < a_.tokens.size();) {
      if (next_name < a_.names.size() && t >= a_.names[next_name].tokens.begin) {
        AddName(next_name);
        t = std::max(t + 1, a_.names[next_name].tokens.end);
        ++next_name;
      } else if (const TokenIndex end = (AddDescribed(t), AddNominal(t)); end > t) {
        t = end;
      } else {
        AddPronoun(t);
        ++t;
      }
    }
    Finish();
  }

 private:
  std::vector<LocalEntity>& entities() { return a_.record.entities; }

  // --- names ---

  // Names of several words come first, so that a surname in a headline finds the full name below.
  void FindFullNames() {
    for (const Name& name : a_.names) {
      const std::string folded = FoldName(a_.Text(name.span));
      if (name.type == EntityType::kPerson && Words(folded).size() > 1)
        full_persons_.insert(folded);
    }
  }

  static bool SameClass(EntityType a, EntityType b) {
    return a == b ||
           (IsPlace(a) && IsPlace(b) && a != EntityType::kFacility && b != EntityType::kFacility) ||
           (a == EntityType::kOrganization && b == EntityType::kForce);
  }

  std::optional<EntityIndex> FindNamed(const Name& name, const std::string& folded,
                                       const std::vector<std::string>& words) const {
    const std::string canonical = name.canonical.empty() ? std::string() : FoldName(name.canonical);
    std::optional<EntityIndex> best;
    for (EntityIndex e = 0; e < known_.size(); ++e) {
      const Known& known = known_[e];
      if (!known.named) continue;
      const LocalEntity& entity = a_.record.entities[e];
      const bool same = known.folded == folded || (!canonical.empty() && known.folded == canonical);
      if (same && SameClass(entity.type, name.type)) return e;
      if (!best && entity.type == name.type && Abbreviates(name, folded, words, known)) best = e;
      const bool alias = std::any_of(entity.aliases.begin(), entity.aliases.end(),
                                     [&](const std::string& a) { return FoldName(a) == folded; });
      if (alias && SameClass(entity.type, name.type)) return e;
    }
    return best;
  }

  bool Abbreviates(const Name& name, const std::string& folded,
                   const std::vector<std::string>& words, const Known& known) const {
    if (name.type == EntityType::kPerson) return SamePerson(words, known.words);
    if (!IsBody(name.type)) return false;
    if (IsAcronym(a_.Text(name.span)) && known.words.size() > 1) {
      return Initials(known.words) == folded;
    }
    if (known.words.size() == 1 && words.size() > 1 && Initials(words) == known.folded) return true;
    return name.gazetteer.empty() && !known.listed && name.type != EntityType::kForce &&
           Shortens(words, known.words);
  }

  // "Osgar" and "Mireille Osgar", "van der Heide" and "Anna van der Heide"; never two full names
  // that differ.
  static bool SamePerson(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.empty() || b.empty()) return false;
    if (a.size() == 1) return b.size() > 1 && (a[0] == b.back() || a[0] == b.front());
    if (b.size() == 1) return b[0] == a.back();
    const auto& [shorter, longer] = a.size() < b.size() ? std::tie(a, b) : std::tie(b, a);
    return std::equal(shorter.rbegin(), shorter.rend(), longer.rbegin()) ||
           (a.back() == b.back() && a.front() == b.front());
  }

  // "Vasmund" and "Vasmund Holding": a name that no list has, and one that begins with it.
  static bool Shortens(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const auto& [shorter, longer] = a.size() < b.size() ? std::tie(a, b) : std::tie(b, a);
    return !shorter.empty() && std::equal(shorter.begin(), shorter.end(), longer.begin());
  }

  // The full name of the article that a lone surname belongs to, if just one has it.
  std::string FullNameOf(const std::string& surname) const {
    std::string found;
    for (const std::string& full : full_persons_) {
      const std::vector<std::string> words = Words(full);
      if (words.back() != surname) continue;
      if (!found.empty() && found != full) return "";
      found = full;
    }
    return found;
  }

  void AddName(std::size_t index) {
    const Name& name = a_.names[index];
    std::string folded = FoldName(a_.Text(name.span));
    std::vector<std::string> words = Words(folded);
    auto found = FindNamed(name, folded, words);
    if (!found && name.type == EntityType::kPerson && words.size() == 1) {
      const std::string full = FullNameOf(folded);
      if (!full.empty()) {
        folded = full;
        words = Words(full);
      }
    }
    const EntityIndex e = found ? *found : NewNamed(name, folded, words);
    Known& known = known_[e];
    LocalEntity& entity = entities()[e];
    const std::string surface(a_.Text(name.span));
    if (words.size() > known.words.size()) {
      known.words = words;
      known.folded = folded;
    }
    if (known.role.empty() && !name.role.empty()) known.role = Lower(name.role);
    if (known.gender == 'x') known.gender = GenderOf(name, words);
    Remember(&entity, surface);
    if (!name.canonical.empty() && name.canonical != surface) Remember(&entity, name.canonical);
    entity.mentions.push_back({name.span, MentionForm::kName});
    if (name.phrase.begin < name.span.begin || name.phrase.end > name.span.end) {
      entity.mentions.push_back({name.phrase, MentionForm::kNominal});
    }
    if (apposed_[index]) {
      entity.mentions.push_back({*apposed_[index], MentionForm::kNominal});
      if (known.role.empty()) known.role = Lower(a_.Text(*apposed_[index]));
    }
    known.last = name.tokens.begin;
    name_entities_.push_back(e);
    const Coreferent* c = CoreferentAt(name.span, MentionForm::kName);
    if (c == nullptr) c = CoreferentAt(name.phrase, MentionForm::kName);  // read with its title
    if (c != nullptr) {
      const auto [known_group, is_new] = group_.try_emplace(c->group, e);
      if (!is_new && known_group->second != e) mixed_groups_.insert(c->group);
    }
  }

  // --- what a trained model says of mentions, where there is one ---

  const Coreferent* CoreferentAt(Span span, MentionForm form) const {
    for (auto c = a_.CoreferentFrom(span.begin);
         c != a_.coreferents.end() && c->span.begin == span.begin; ++c) {
      if (c->span == span && c->form == form) return &*c;
    }
    return nullptr;
  }

  // The narrowest description that ends with the noun and begins no later.
  const Coreferent* DescriptionOf(Span noun) const {
    constexpr std::uint32_t kBytesBeforeMax = 120;
    const Coreferent* best = nullptr;
    const std::uint32_t from = noun.begin > kBytesBeforeMax ? noun.begin - kBytesBeforeMax : 0;
    for (auto c = a_.CoreferentFrom(from); c != a_.coreferents.end() && c->span.begin <= noun.begin;
         ++c) {
      if (c->form == MentionForm::kNominal && c->span.end == noun.end) best = &*c;
    }
    return best;
  }

  // The entity of a mention's group, if the group has one of its kind and is no mixture of names.
  std::optional<EntityIndex> EntityOf(const Coreferent* c) const {
    if (c == nullptr || mixed_groups_.contains(c->group)) return std::nullopt;
    const auto at = group_.find(c->group);
    if (at == group_.end()) return std::nullopt;
    return KindOf(a_.record.entities[at->second].type) == KindOf(c->type)
               ? std::optional(at->second)
               : std::nullopt;
  }

  // 0 who, 1 bodies, 2 places.
  static int KindOf(EntityType type) {
    if (type == EntityType::kPerson || type == EntityType::kUnnamed) return 0;
    return IsPlace(type) ? 2 : 1;
  }

  static bool IsIndefinite(std::string_view first) {
    static constexpr std::array<std::string_view, 7> kWords = {"a",   "an",      "another", "some",
                                                               "one", "several", "many"};
    return IsOneOf(first, kWords);
  }

  // Whether the rules know what to make of a description: a listed noun or a name of its kind is in
  // it.
  bool IsRulesBusiness(const Coreferent& c, TokenIndex begin) const {
    for (std::size_t n = NameFrom(begin); n < a_.names.size() && a_.names[n].span.end <= c.span.end;
         ++n) {
      if (KindOf(a_.names[n].type) == KindOf(c.type)) return true;
    }
    for (TokenIndex t = begin; t < a_.tokens.size() && a_.tokens[t].span.end <= c.span.end; ++t) {
      TokenIndex noun = t;
      if (nominals_.EndingAt(a_, t, t + 1, &noun) != nullptr) return true;
    }
    return false;
  }

  // What the model takes for a description of somebody without a name who is a source, here or
  // elsewhere, and that no list of nouns knows.
  void AddDescribed(TokenIndex t) {
    const std::uint32_t begin = a_.tokens[t].span.begin;
    for (auto c = a_.CoreferentFrom(begin); c != a_.coreferents.end() && c->span.begin == begin;
         ++c) {
      if (c->form != MentionForm::kNominal || !source_groups_.contains(c->group) ||
          IsPlace(c->type) || a_.tokens[t].span == c->span || IsRulesBusiness(*c, t)) {
        continue;  // a lone word is a pronoun or a slip
      }
      auto e = IsIndefinite(a_.tokens[t].lower) ? std::nullopt : EntityOf(&*c);
      if (!e && a_.tokens[t].lower == "the") e = Introduced(*c);
      if (!e && !named_groups_.contains(c->group)) {
        LocalEntity entity;
        entity.type = c->type == EntityType::kPerson ? EntityType::kUnnamed : c->type;
        entity.name = std::string(a_.Text(c->span));
        std::replace(entity.name.begin(), entity.name.end(), '\n', ' ');
        Known known;
        known.folded = Bare(c->span);
        known.words = Words(known.folded);
        e = Add(std::move(entity), std::move(known));
        group_[c->group] = *e;
      }
      if (!e) continue;
      entities()[*e].mentions.push_back({c->span, MentionForm::kNominal});
      known_[*e].last = t;
    }
  }

  // Who was introduced with more words: "the deckhand" is "a deckhand who swam ashore".
  std::optional<EntityIndex> Introduced(const Coreferent& c) const {
    const std::vector<std::string> words = Words(Bare(c.span));
    std::optional<EntityIndex> best;
    for (EntityIndex e = 0; e < known_.size(); ++e) {
      const Known& known = known_[e];
      if (known.named || KindOf(a_.record.entities[e].type) != KindOf(c.type)) continue;
      const auto end = std::find_if(known.words.begin(), known.words.end(), &Resolver::EndsHead);
      if (end == known.words.begin() || words.empty() || *std::prev(end) != words.back()) continue;
      const bool all = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(known.words.begin(), known.words.end(), word) != known.words.end();
      });
      if (all && (!best || known.last > known_[*best].last)) best = e;
    }
    return best;
  }

  // Whether the head of a noun phrase stands before this word.
  static bool EndsHead(const std::string& word) {
    static constexpr std::array<std::string_view, 16> kWords = {
        "of",   "in",    "from", "at",  "with", "who", "whom",  "whose",
        "that", "which", "near", "for", "on",   "by",  "under", "to"};
    return IsOneOf(word, kWords);
  }

  char GenderOf(const Name& name, const std::vector<std::string>& words) const {
    if (name.type != EntityType::kPerson) return 'x';
    const std::string role = Lower(name.role);
    if (role.find("woman") != std::string::npos || role.find("mrs") == 0) return 'f';
    const char given = words.size() > 1 ? gazetteer_.GenderOf(words.front()) : 'x';
    return given == 'm' || given == 'f' ? given : 'x';
  }

  EntityIndex NewNamed(const Name& name, const std::string& folded,
                       const std::vector<std::string>& words) {
    LocalEntity entity;
    entity.type = name.type;
    entity.name = std::string(a_.Text(name.span));
    entity.kind = name.kind;
    entity.gazetteer = name.gazetteer;
    if (const GazetteerEntry* entry = gazetteer_.Find(folded);
        entry != nullptr && entry->id == name.gazetteer) {
      entity.latitude = entry->latitude;
      entity.longitude = entry->longitude;
    }
    Known known;
    known.folded = folded;
    known.words = words;
    known.named = true;
    known.listed = !name.gazetteer.empty();
    return Add(std::move(entity), std::move(known));
  }

  EntityIndex Add(LocalEntity entity, Known known) {
    entities().push_back(std::move(entity));
    known_.push_back(std::move(known));
    return static_cast<EntityIndex>(known_.size() - 1);
  }

  // A further spelling; the longest becomes the name, the others aliases.
  static void Remember(LocalEntity* entity, const std::string& spelling) {
    if (spelling == entity->name) return;
    const auto words = [](const std::string& s) { return std::count(s.begin(), s.end(), ' '); };
    const bool acronym_hides = IsAcronym(entity->name) && !IsAcronym(spelling);
    const bool longer =
        words(spelling) > words(entity->name) && spelling.find('\n') == std::string::npos;
    std::string other = spelling;
    if (acronym_hides || longer) std::swap(entity->name, other);
    auto& aliases = entity->aliases;
    if (std::find(aliases.begin(), aliases.end(), other) == aliases.end()) aliases.push_back(other);
  }

  static std::string Lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
  }

  // --- nominals ---

  bool IsSource(Span span) const {
    const auto after =
        std::lower_bound(sources_.begin(), sources_.end(), span.end,
                         [](Span source, std::uint32_t end) { return source.begin < end; });
    return after != sources_.begin() &&
           reaches_[static_cast<std::size_t>(after - sources_.begin()) - 1] > span.begin;
  }

  bool BeginsModifier(TokenIndex t) const {
    const Tag tag = a_.tags[t];
    return tag == Tag::kDeterminer || tag == Tag::kAdjective || tag == Tag::kNoun ||
           tag == Tag::kNumeral || tag == Tag::kProperNoun || tag == Tag::kVerbParticiple ||
           (tag == Tag::kPossessive && t > 0);
  }

  // The first name that begins at `t` or behind it.
  std::size_t NameFrom(TokenIndex t) const {
    const auto at = std::lower_bound(
        a_.names.begin(), a_.names.end(), t,
        [](const Name& name, TokenIndex token) { return name.tokens.begin < token; });
    return static_cast<std::size_t>(at - a_.names.begin());
  }

  bool InName(TokenIndex t) const {
    const std::size_t after = NameFrom(t + 1);
    return after > 0 && a_.names[after - 1].tokens.Contains(t);
  }

  // May the noun stand for what has this type: "the agency" for a medium, "the minister" for a
  // person?
  static bool MayStandFor(const NominalEntry& entry, EntityType type) {
    switch (entry.type) {
      case EntityType::kPerson:
      case EntityType::kUnnamed:
        return type == EntityType::kPerson || type == EntityType::kUnnamed;
      case EntityType::kOrganization:
        return type == EntityType::kOrganization || type == EntityType::kForce ||
               (entry.kind == "agency" && type == EntityType::kMedia);
      default:
        return type == entry.type;
    }
  }

  // The name in apposition behind the noun, with a comma or none: "the channel Zvezda", "the city's
  // police chief, Ana Lind,".  A name without a comma takes the noun into its phrase.
  std::optional<std::size_t> NameBehind(const NominalEntry& entry, TokenRange noun) const {
    if (entry.plural || noun.end >= a_.tokens.size()) return std::nullopt;
    const bool comma = a_.Text(a_.tokens[noun.end].span) == ",";
    const std::size_t n = NameFrom(noun.end + (comma ? 1 : 0));
    if (n == a_.names.size() || a_.names[n].tokens.begin != noun.end + (comma ? 1 : 0) ||
        !SameSentence(noun.begin, a_.names[n].tokens.begin)) {
      return std::nullopt;
    }
    const Name& name = a_.names[n];
    if (!MayStandFor(entry, name.type)) return std::nullopt;
    if (!comma) return n;
    // "the mayor, Ana Lind and Ole Berg" is a list: the name must be closed off.
    if (name.type != EntityType::kPerson || name.tokens.end >= a_.tokens.size())
      return std::nullopt;
    const Token& next = a_.tokens[name.tokens.end];
    const Tag tag = a_.tags[name.tokens.end];
    const bool closed =
        a_.Text(next.span) == "," || tag == Tag::kVerbPast || tag == Tag::kVerbPresent;
    return closed ? std::optional(n) : std::nullopt;
  }

  // The name that the noun only classes: "Zvezda TV channel", "the Moscow-led CSTO alliance".
  std::optional<std::size_t> NameBefore(const NominalEntry& entry, TokenRange noun) const {
    constexpr TokenIndex kWordsBetweenMax = 2;
    if (entry.plural || entry.type == EntityType::kPerson || entry.type == EntityType::kUnnamed) {
      return std::nullopt;
    }
    const std::size_t after = NameFrom(noun.begin);
    if (after == 0) return std::nullopt;
    const Name& name = a_.names[after - 1];
    if (name.tokens.end + kWordsBetweenMax < noun.begin || !MayStandFor(entry, name.type)) {
      return std::nullopt;
    }
    for (TokenIndex t = name.tokens.end; t < noun.begin; ++t) {
      if (a_.tags[t] != Tag::kNoun && a_.tags[t] != Tag::kAdjective &&
          a_.tags[t] != Tag::kProperNoun) {
        return std::nullopt;
      }
    }
    return SameSentence(name.tokens.begin, noun.begin) ? std::optional(after - 1) : std::nullopt;
  }

  // A nominal whose noun ends at or behind `t` and whose noun begins at `t`: returns its end.
  TokenIndex AddNominal(TokenIndex t) {
    constexpr TokenIndex kWordsMax = 4;
    const auto size = static_cast<TokenIndex>(a_.tokens.size());
    for (TokenIndex end = std::min(t + kWordsMax, size); end > t; --end) {
      if (InName(end - 1)) continue;
      TokenIndex noun = t;
      const NominalEntry* entry = nominals_.EndingAt(a_, t, end, &noun);
      if (entry == nullptr || noun != t) continue;
      const bool noun_tag = a_.tags[end - 1] == Tag::kNoun || a_.tags[end - 1] == Tag::kProperNoun;
      const bool goes_on =
          end < size && a_.tags[end] == Tag::kNoun && !InName(end) && !Documents(end);
      if (!noun_tag || goes_on || InName(t)) continue;
      MakeNominal(*entry, {t, end});
      return end;
    }
    return t;
  }

  // Whether a word is what bodies put out.
  bool Documents(TokenIndex t) const {
    return t < a_.tokens.size() && documents_.contains(a_.tokens[t].lower);
  }

  void MakeNominal(const NominalEntry& entry, TokenRange noun) {
    TokenIndex begin = noun.begin;
    while (begin > 0 && BeginsModifier(begin - 1) &&
           a_.tokens[begin - 1].kind != TokenKind::kQuote && SameSentence(begin - 1, noun.begin) &&
           (!InName(begin - 1) || noun.begin - begin < 3)) {
      --begin;
      if (a_.tags[begin] == Tag::kDeterminer) break;
    }
    // What a possessor leaves behind is no part of the phrase.
    while (begin < noun.begin && IsOneOf(a_.tokens[begin].lower, kPossessiveEndings)) ++begin;
    const Span phrase = a_.SpanOf({begin, noun.end});
    const std::string first = a_.tokens[begin].lower;
    if (const auto name = NameBehind(entry, noun)) {
      if (!a_.names[*name].phrase.Covers(phrase)) apposed_[*name] = phrase;
      return;
    }
    if (const auto name = NameBefore(entry, noun); name && *name < name_entities_.size()) {
      entities()[name_entities_[*name]].mentions.push_back({phrase, MentionForm::kNominal});
      known_[name_entities_[*name]].last = noun.begin;
      return;
    }
    const bool definite = first == "the" || first == "this" || first == "that";
    if (Documents(noun.end) && IsIndefinite(first)) return;  // "a police report" is one of many
    // A lone "police" or "media" says which no more than "some police" does.
    const bool bare = phrase == a_.tokens[noun.begin].span && !Documents(noun.end);
    const bool indefinite = bare || IsIndefinite(first);
    const Coreferent* const described = DescriptionOf(a_.SpanOf(noun));
    if (described != nullptr && !entry.plural && IsNamedLater(*described)) return;
    std::optional<EntityIndex> e;
    if (!indefinite) e = EntityOf(described);
    if (!e && (definite || Documents(noun.end)) && !entry.plural)
      e = Antecedent(entry, noun, begin + 1);
    if (!e && (bare || !indefinite)) e = SameNominal(entry, phrase);
    if (!e) e = NewNominal(entry, noun, phrase);
    if (!e) return;
    entities()[*e].mentions.push_back({phrase, MentionForm::kNominal});
    known_[*e].last = noun.begin;
    if (described != nullptr && !named_groups_.contains(described->group)) {
      group_[described->group] = *e;
    }
  }

  // "A firefighter whose gloves had melted" is Ana Lind if the model puts it with her name below:
  // Finish() adds it to her mentions.
  bool IsNamedLater(const Coreferent& c) const {
    return KindOf(c.type) == 0 && named_groups_.contains(c.group) && !group_.contains(c.group);
  }

  bool SameSentence(TokenIndex a, TokenIndex b) const {
    const auto sentence =
        std::upper_bound(a_.sentences.begin(), a_.sentences.end(), a,
                         [](TokenIndex t, const Sentence& s) { return t < s.tokens.begin; });
    return sentence != a_.sentences.begin() && std::prev(sentence)->tokens.Contains(b);
  }

  // "the ministry": the last named body whose name or kind says ministry; "the spokesman": the last
  // person with such a role; "the agency": the last medium of that kind.
  // Words before the noun must be among those of an entity without a name.
  std::optional<EntityIndex> Antecedent(const NominalEntry& entry, TokenRange noun,
                                        TokenIndex modifiers) const {
    const std::string head = a_.tokens[noun.end - 1].lower;
    const std::string stem =
        entry.type == EntityType::kPerson && head.size() > 6 &&
                (head.ends_with("man") || head.ends_with("woman"))
            ? head.substr(0, head.find("man") - (head.ends_with("woman") ? 2 : 0))
            : head;
    std::optional<EntityIndex> best;
    for (EntityIndex e = 0; e < known_.size(); ++e) {
      const Known& known = known_[e];
      const LocalEntity& entity = a_.record.entities[e];
      if (!MayStandFor(entry, entity.type) || known.plural) continue;
      if (best && known.last <= known_[*best].last) continue;
      const bool fits =
          entity.type == EntityType::kPerson
              ? known.role.find(stem) != std::string::npos ||
                    (!entry.kind.empty() && known.role.find(entry.kind) != std::string::npos)
              : known.folded.find(head) != std::string::npos ||
                    (!entry.kind.empty() && entity.kind == entry.kind) ||
                    (entity.type == EntityType::kMedia && entity.kind.empty()) ||
                    (entry.type == EntityType::kUnnamed && entity.kind == entry.kind);
      if (fits && (known.named || HasWords(known, {modifiers, noun.begin}))) best = e;
    }
    return best;
  }

  bool HasWords(const Known& known, TokenRange range) const {
    for (TokenIndex t = range.begin; t < range.end; ++t) {
      const std::string& word = a_.tokens[t].lower;
      if (std::find(known.words.begin(), known.words.end(), word) == known.words.end())
        return false;
    }
    return true;
  }

  // The same words again are the same crowd, force or body.
  std::optional<EntityIndex> SameNominal(const NominalEntry& entry, Span phrase) const {
    const std::string folded = Bare(phrase);
    for (EntityIndex e = 0; e < known_.size(); ++e) {
      if (!known_[e].named && known_[e].folded == folded &&
          MayStandFor(entry, a_.record.entities[e].type)) {
        return e;
      }
    }
    return std::nullopt;
  }

  // Folded, without an article before it.
  std::string Bare(Span phrase) const {
    std::string folded = FoldName(a_.Text(phrase));
    for (const std::string_view article : {"the ", "a ", "an "}) {
      if (folded.starts_with(article)) return folded.substr(article.size());
    }
    return folded;
  }

  // The narrowest description that goes on behind the phrase: "the mayor" is "the mayor of Mbale".
  Span FullPhrase(Span phrase) const {
    Span full = phrase;
    for (auto c = a_.CoreferentFrom(phrase.begin);
         c != a_.coreferents.end() && c->span.begin == phrase.begin; ++c) {
      const bool wider = c->form == MentionForm::kNominal && c->span.end > phrase.end &&
                         a_.Text(Span{phrase.end, c->span.end}).starts_with(' ');
      if (wider) full = c->span;
    }
    return full;
  }

  std::optional<EntityIndex> NewNominal(const NominalEntry& entry, TokenRange noun, Span phrase) {
    const bool by_itself = entry.type == EntityType::kForce || entry.type == EntityType::kMedia ||
                           entry.type == EntityType::kUnnamed;
    if (!by_itself && !IsSource(phrase)) return std::nullopt;
    if (IsPlace(entry.type)) return std::nullopt;
    LocalEntity entity;
    entity.type = entry.type == EntityType::kPerson ? EntityType::kUnnamed : entry.type;
    entity.name = std::string(a_.Text(FullPhrase(phrase)));
    std::replace(entity.name.begin(), entity.name.end(), '\n', ' ');
    entity.kind = std::string(entry.kind);
    Known known;
    known.folded = Bare(phrase);
    known.words = Words(known.folded);
    known.role = entry.type == EntityType::kPerson ? a_.tokens[noun.end - 1].lower : "";
    known.gender = entry.gender;
    known.plural = entry.plural;
    return Add(std::move(entity), std::move(known));
  }

  // --- pronouns ---

  void AddPronoun(TokenIndex t) {
    const Token& token = a_.tokens[t];
    if (const auto e = EntityOf(CoreferentAt(token.span, MentionForm::kPronoun))) {
      entities()[*e].mentions.push_back({token.span, MentionForm::kPronoun});
      known_[*e].last = t;
      return;
    }
    const bool person = IsOneOf(token.lower, kPersonPronouns);
    const bool thing = IsOneOf(token.lower, kThingPronouns);
    if (!person && !thing) return;
    if (token.lower == "i" || token.lower == "me" || token.lower == "my") return;  // in a quotation
    if (token.lower == "who" && !IsSource(token.span)) return;
    if (thing && !IsSource(token.span)) return;
    const auto e =
        person ? LastPerson(GenderOfPronoun(token.lower)) : LastThing(token.lower == "they");
    if (!e) return;
    entities()[*e].mentions.push_back({token.span, MentionForm::kPronoun});
    known_[*e].last = t;
  }

  std::optional<EntityIndex> LastPerson(char gender) const {
    std::optional<EntityIndex> best;
    for (EntityIndex e = 0; e < known_.size(); ++e) {
      const Known& known = known_[e];
      const EntityType type = a_.record.entities[e].type;
      if (type != EntityType::kPerson && (type != EntityType::kUnnamed || known.plural)) continue;
      const bool clash = gender != 'x' && known.gender != 'x' && known.gender != gender;
      if (clash) continue;
      if (!best || known.last > known_[*best].last) best = e;
    }
    return best;
  }

  std::optional<EntityIndex> LastThing(bool plural) const {
    std::optional<EntityIndex> best;
    for (EntityIndex e = 0; e < known_.size(); ++e) {
      const Known& known = known_[e];
      const EntityType type = a_.record.entities[e].type;
      const bool body = type == EntityType::kOrganization || type == EntityType::kMedia ||
                        type == EntityType::kForce;
      if (!body && !(plural && known.plural)) continue;
      if (!best || known.last > known_[*best].last) best = e;
    }
    return best;
  }

  void Finish() {
    for (const Coreferent& c : a_.coreferents) {
      if (c.form != MentionForm::kNominal || !named_groups_.contains(c.group)) continue;
      if (const auto e = EntityOf(&c)) entities()[*e].mentions.push_back({c.span, c.form});
    }
    for (LocalEntity& entity : entities()) {
      std::sort(entity.mentions.begin(), entity.mentions.end(),
                [](const Mention& x, const Mention& y) {
                  return std::tuple(x.span.begin, y.span.end, x.form) <
                         std::tuple(y.span.begin, x.span.end, y.form);
                });
      entity.mentions.erase(std::unique(entity.mentions.begin(), entity.mentions.end()),
                            entity.mentions.end());
      std::sort(entity.aliases.begin(), entity.aliases.end());
      std::erase(entity.aliases, entity.name);
    }
  }

  Analysis& a_;
  const Gazetteer& gazetteer_;
  const Nominals& nominals_;
  const std::unordered_set<std::string_view>& documents_;
  std::vector<Span> sources_;
  std::vector<std::uint32_t> reaches_;        // as sources_: the furthest end up to there
  std::vector<std::optional<Span>> apposed_;  // as names: the nominal in apposition before it
  std::vector<EntityIndex> name_entities_;    // as names, as far as they are read
  std::set<std::string> full_persons_;
  std::unordered_map<std::uint32_t, EntityIndex> group_;  // of coreferents, as far as it is known
  std::unordered_set<std::uint32_t> named_groups_;
  std::unordered_set<std::uint32_t> source_groups_;  // with a mention in a source
  std::unordered_set<std::uint32_t> mixed_groups_;   // with names of several entities
  std::vector<Known> known_;                         // as record.entities
};

class EntityComponent final : public Component {
 public:
  explicit EntityComponent(const Lexicons& lexicons)
      : gazetteer_(Gazetteer::Shared(lexicons)),
        nominals_(lexicons),
        documents_(lexicons.Set("documents.tsv")) {}
  void Run(Analysis& analysis) const override {
    Resolver(analysis, gazetteer_, nominals_, documents_).Run();
  }

 private:
  const Gazetteer& gazetteer_;
  Nominals nominals_;
  std::unordered_set<std::string_view> documents_;
};

}  // namespace

Nominals::Nominals(const Lexicons& lexicons) {
  static const std::map<std::string_view, EntityType> kTypes = {
      {"person", EntityType::kPerson},   {"organization", EntityType::kOrganization},
      {"media", EntityType::kMedia},     {"force", EntityType::kForce},
      {"city", EntityType::kCity},       {"region", EntityType::kRegion},
      {"country", EntityType::kCountry}, {"facility", EntityType::kFacility},
      {"unnamed", EntityType::kUnnamed}};
  for (const auto& row : lexicons.Rows("nominals.tsv")) {
    if (row.size() < 5) continue;
    NominalEntry entry;
    entry.type = kTypes.at(row[1]);
    entry.kind = row[2];
    entry.plural = row[3] == "p";
    entry.gender = row[4].empty() ? 'x' : row[4][0];
    entries_.emplace(std::string(row[0]), entry);
    const auto words = static_cast<TokenIndex>(std::count(row[0].begin(), row[0].end(), ' ') + 1);
    words_max_ = std::max(words_max_, words);
  }
}

const NominalEntry* Nominals::EndingAt(const Analysis& analysis, TokenIndex begin, TokenIndex end,
                                       TokenIndex* noun_begin) const {
  if (end - begin > words_max_) return nullptr;
  std::string phrase;
  for (TokenIndex t = begin; t < end; ++t) {
    phrase += (phrase.empty() ? "" : " ") + analysis.tokens[t].lower;
  }
  const auto found = entries_.find(phrase);
  if (found == entries_.end()) return nullptr;
  *noun_begin = begin;
  return &found->second;
}

std::unique_ptr<Component> MakeEntityComponent(const Lexicons& lexicons) {
  return std::make_unique<EntityComponent>(lexicons);
}

}  // namespace hearsay::ingest
