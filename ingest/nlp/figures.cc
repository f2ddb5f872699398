// Figures: counts of people by what happened to them ("at least 26 killed and 18 wounded").
//
// A quantity is a number in digits or words, none at all ("no injuries"), a vague word ("dozens")
// or a reference ("an equivalent number").  It becomes a figure if a word that counts people
// (measures.tsv) governs it: behind it ("26 people were killed", "18 wounded"), or before it
// ("killed 26", "the deaths of 26", "the death toll rose to 26").  What is counted must be people
// or go unnamed.  Where a trained model counted (Analysis::counts), what it found beside is added,
// its numbers read in the same way.
// Linear in the tokens.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ingest/components.h"
#include "ingest/lexicon/lexicons.h"

namespace hearsay::ingest {

namespace {

enum class Use { kParticiple, kVerb, kIntransitive, kNoun, kToll, kStrong };

struct MeasureEntry {
  std::string measure;
  Use use;
};

struct Quantity {
  TokenRange tokens;  // with the words that bound it
  TokenRange number;
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
  Bound bound = Bound::kExact;
  bool refers = false;  // "an equivalent number"
};

// The lists, by the words of a phrase joined with one blank.
struct FigureLists {
  explicit FigureLists(const Lexicons& lexicons) : people(lexicons.Set("people_nouns.tsv")) {
    static const std::map<std::string_view, Use> kUses = {
        {"part", Use::kParticiple}, {"verb", Use::kVerb}, {"intr", Use::kIntransitive},
        {"noun", Use::kNoun},       {"toll", Use::kToll}, {"strong", Use::kStrong}};
    for (const auto& row : lexicons.Rows("measures.tsv")) {
      measures[std::string(row[0])].push_back({std::string(row[1]), kUses.at(row[2])});
    }
    for (const auto& row : lexicons.Rows("bounds.tsv")) {
      (row[1] == "B" ? before : after)[std::string(row[0])] = *ParseBound(row[2]);
    }
    for (const auto& row : lexicons.Rows("numbers.tsv")) {
      std::int64_t value = 0;
      const auto [end, error] =
          std::from_chars(row[1].data(), row[1].data() + row[1].size(), value);
      if (error == std::errc()) {
        numbers[std::string(row[0])] = value;
      } else {
        vague.insert(std::string(row[0]));
      }
    }
    for (const auto& row : lexicons.Rows("calendar.tsv")) calendar.insert(std::string(row[0]));
  }

  std::unordered_set<std::string_view> people;
  std::unordered_map<std::string, std::vector<MeasureEntry>> measures;
  std::unordered_map<std::string, Bound> before;
  std::unordered_map<std::string, Bound> after;
  std::unordered_map<std::string, std::int64_t> numbers;
  std::unordered_set<std::string> vague;
  std::unordered_set<std::string> calendar;
};

constexpr TokenIndex kPhraseMax = 5;  // words of a measure or bound
constexpr TokenIndex kReach = 12;     // words between a quantity and its measure

class FigureFinder {
 public:
  FigureFinder(Analysis& analysis, const FigureLists& lists) : a_(analysis), lists_(lists) {}

  void Run() {
    FindPlaces();
    FindContents();
    for (const Sentence& sentence : a_.sentences) {
      if (a_.blocks[sentence.block].kind != BlockKind::kFurniture) ReadSentence(sentence.tokens);
    }
  }

 private:
  const std::string& Lower(TokenIndex t) const { return a_.tokens[t].lower; }

  std::string Phrase(TokenIndex begin, TokenIndex end) const {
    std::string phrase;
    for (TokenIndex t = begin; t < end; ++t) phrase += (t == begin ? "" : " ") + Lower(t);
    return phrase;
  }

  void ReadSentence(TokenRange sentence) {
    sentence_ = sentence;
    std::vector<Quantity> quantities;
    for (TokenIndex t = sentence.begin; t < sentence.end;) {
      if (auto quantity = ReadQuantity(t)) {
        t = quantity->tokens.end;
        quantities.push_back(*quantity);
      } else {
        ++t;
      }
    }
    const std::size_t before = a_.record.figures.size();
    std::vector<TokenRange> known;  // quantities that became figures
    for (std::size_t i = 0; i < quantities.size(); ++i) {
      const TokenIndex limit =
          i + 1 < quantities.size() ? quantities[i + 1].tokens.begin : sentence.end;
      const TokenIndex floor = i > 0 ? quantities[i - 1].tokens.end : sentence.begin;
      if (Decide(quantities[i], floor, limit)) known.push_back(quantities[i].tokens);
    }
    AddCounts(known);
    std::stable_sort(
        a_.record.figures.begin() + static_cast<std::ptrdiff_t>(before), a_.record.figures.end(),
        [](const FigureRecord& a, const FigureRecord& b) { return a.span.begin < b.span.begin; });
  }

  // What the model counts in this sentence and the rules do not.
  void AddCounts(const std::vector<TokenRange>& known) {
    const Span sentence = a_.SpanOf(sentence_);
    auto count =
        std::lower_bound(a_.counts.begin(), a_.counts.end(), sentence.begin,
                         [](const Count& c, std::uint32_t begin) { return c.span.begin < begin; });
    for (; count != a_.counts.end() && count->span.begin < sentence.end; ++count) {
      const TokenRange number = a_.TokensOf(count->number);
      if (std::any_of(known.begin(), known.end(),
                      [&](TokenRange k) { return k.begin < number.end && number.begin < k.end; })) {
        continue;
      }
      if (const auto quantity = QuantityIn(number)) AddCount(*count, *quantity);
    }
  }

  // The quantity that a number's words say; "a policeman" is one.
  std::optional<Quantity> QuantityIn(TokenRange number) {
    const TokenIndex end = std::min(number.end, sentence_.end);
    for (TokenIndex t = number.begin; t < end; ++t) {
      if (auto quantity = ReadQuantity(t)) return quantity;
    }
    if (number.end != number.begin + 1 ||
        (Lower(number.begin) != "a" && Lower(number.begin) != "an")) {
      return std::nullopt;
    }
    Quantity one;
    one.tokens = one.number = number;
    one.low = one.high = 1;
    return one;
  }

  void AddCount(const Count& count, const Quantity& quantity) {
    FigureRecord figure;
    figure.measure = MeasureBehind(quantity, count);
    if (figure.measure.empty()) return;
    figure.span = count.span;
    if (!SetValue(quantity, &figure)) return;
    if (count.population) SetPopulation(a_.Text(*count.population), &figure);
    figure.place = PlaceOf(figure.span);
    if (count.place) {
      const auto named = std::partition_point(
          places_.begin(), places_.end(),
          [&](const PlaceMention& place) { return place.span.end <= count.place->begin; });
      if (named != places_.end() && named->span.Overlaps(*count.place)) {
        figure.place = named->entity;
      }
    }
    figure.statement = StatementOf(figure.span);
    a_.record.figures.push_back(std::move(figure));
  }

  // What the lists call the word that says what happened, else what the model calls it.
  std::string MeasureBehind(const Quantity& quantity, const Count& count) const {
    const TokenRange words = a_.TokensOf(count.span);
    const TokenIndex end = std::min(words.end, sentence_.end);
    for (TokenIndex t = quantity.tokens.end; t < end; ++t) {
      const auto found = MeasureAt(t, end, {Use::kParticiple, Use::kIntransitive, Use::kStrong});
      if (found) return found->measure;
    }
    return count.measure;
  }

  // --- quantities ---

  std::optional<Quantity> ReadQuantity(TokenIndex t) {
    Quantity quantity;
    if (ReadReference(t, &quantity)) return quantity;
    TokenIndex end = t;
    if (ReadNobody(t, &end)) {
      quantity.number = quantity.tokens = {t, end};
      quantity.low = quantity.high = 0;
      return quantity;
    }
    const auto low = ReadNumber(t, &end);
    if (!low) {
      if (!ReadVague(t, &end)) return std::nullopt;
      quantity.bound = Bound::kVague;
      quantity.number = quantity.tokens = {t, end};
      return quantity;
    }
    if (IsNoCount(t, end)) return std::nullopt;
    quantity.number = quantity.tokens = {t, end};
    quantity.low = quantity.high = *low;
    ReadRange(&quantity);
    ReadBounds(&quantity);
    if (quantity.bound == Bound::kExact && Lower(end - 1) == "dozen")
      quantity.bound = Bound::kAbout;
    return quantity;
  }

  // "an equivalent number", "the same number", "as many": the count before it once more.
  bool ReadReference(TokenIndex t, Quantity* quantity) const {
    for (const char* words : {"an equivalent number", "an equal number", "a similar number",
                              "the same number", "as many again"}) {
      if (t + 3 <= sentence_.end && Phrase(t, t + 3) == words) {
        quantity->tokens = quantity->number = {t, t + 3};
        quantity->refers = true;
        return true;
      }
    }
    return false;
  }

  // "no", "none", "nobody", "no one", "not one", "not a single"; but "no more than" bounds a
  // number, and "no longer" says when.
  bool ReadNobody(TokenIndex t, TokenIndex* end) const {
    static const std::unordered_set<std::string> kNobody = {"no", "none", "nobody", "no-one"};
    static const std::unordered_set<std::string> kDegrees = {"more", "fewer", "less", "longer"};
    for (const std::string_view words : {"not one", "not a single"}) {
      const auto size = static_cast<TokenIndex>(1 + std::count(words.begin(), words.end(), ' '));
      if (t + size > sentence_.end || Phrase(t, t + size) != words) continue;
      *end = t + size;
      return true;
    }
    if (!kNobody.contains(Lower(t))) return false;
    *end = t + 1;
    if (Lower(t) != "no" || *end == sentence_.end) return true;
    if (kDegrees.contains(Lower(*end))) return false;
    if (Lower(*end) == "one") ++*end;
    return true;
  }

  // Digits or number words: "1,200", "1.2 million", "two dozen", "half a million", "twelve thousand
  // five hundred and six"; sets where they end.
  std::optional<std::int64_t> ReadNumber(TokenIndex t, TokenIndex* end) const {
    if (const auto half = ReadHalf(t, end)) return half;
    if (const auto decimal = ReadDecimal(t, end)) return decimal;
    std::int64_t thousands = 0, below = 0;
    bool digits = false;  // what was read last
    TokenIndex at = t;
    for (; at < sentence_.end; ++at) {
      const bool joined = at > t && JoinsNumber(at, below);
      const std::optional<std::int64_t> value = NumberAt(joined ? at + 1 : at);
      if (!value || (joined && (*value >= kHundred || a_.tokens[at + 1].kind != TokenKind::kWord)))
        break;
      if (a_.tokens[at].kind != TokenKind::kWord) {
        if (at > t) break;
        below = *value;
        digits = true;
        continue;
      }
      if (*value > kHundred) {
        thousands += std::max<std::int64_t>(below, 1) * *value;
        below = 0;
      } else if (Multiplies(at)) {
        below = std::max<std::int64_t>(below, 1) * *value;
      } else {
        constexpr std::int64_t kTensMin = 20;
        const std::int64_t rest = below % kHundred;
        const bool ones = *value < 10 && rest % 10 == 0 && rest >= kTensMin;
        if (at > t && (digits || (rest != 0 && !ones))) break;
        below += *value;
      }
      digits = false;
      if (joined) ++at;
    }
    *end = at;
    return at == t ? std::nullopt : std::optional(thousands + below);
  }

  static constexpr std::int64_t kHundred = 100;

  // "dozen", "hundred", "thousand" and the like.
  bool Multiplies(TokenIndex t) const {
    if (t >= sentence_.end || a_.tokens[t].kind != TokenKind::kWord) return false;
    const auto value = NumberAt(t);
    return Lower(t) == "dozen" || (value && *value >= kHundred);
  }

  // The "and" of "a hundred and six", not that of "one hundred and two hundred".
  bool JoinsNumber(TokenIndex at, std::int64_t below) const {
    return Lower(at) == "and" && at + 1 < sentence_.end && !Multiplies(at + 2) &&
           Multiplies(at - 1) && Lower(at - 1) != "dozen" && below % kHundred == 0;
  }

  // "half a dozen", "half a million".
  std::optional<std::int64_t> ReadHalf(TokenIndex t, TokenIndex* end) const {
    if (t + 2 >= sentence_.end || Phrase(t, t + 2) != "half a" || !Multiplies(t + 2)) {
      return std::nullopt;
    }
    *end = t + 3;
    return *NumberAt(t + 2) / 2;
  }

  // "1.2 million".
  std::optional<std::int64_t> ReadDecimal(TokenIndex t, TokenIndex* end) const {
    const std::string& digits = Lower(t);
    if (a_.tokens[t].kind != TokenKind::kNumber || digits.find('.') == std::string::npos ||
        !Multiplies(t + 1)) {
      return std::nullopt;
    }
    double value = 0;
    const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || last != digits.data() + digits.size()) return std::nullopt;
    *end = t + 2;
    return std::llround(value * static_cast<double>(*NumberAt(t + 1)));
  }

  std::optional<std::int64_t> NumberAt(TokenIndex t) const {
    const Token& token = a_.tokens[t];
    if (token.kind == TokenKind::kWord) {
      const auto found = lists_.numbers.find(token.lower);
      if (found != lists_.numbers.end()) return found->second;
      const std::size_t dash = token.lower.find('-');  // twenty-six
      if (dash == std::string::npos) return std::nullopt;
      const auto tens = lists_.numbers.find(token.lower.substr(0, dash));
      const auto ones = lists_.numbers.find(token.lower.substr(dash + 1));
      if (tens == lists_.numbers.end() || ones == lists_.numbers.end()) return std::nullopt;
      return tens->second + ones->second;
    }
    if (token.kind != TokenKind::kNumber) return std::nullopt;
    std::string digits;
    for (const char c : token.lower) {
      if (c >= '0' && c <= '9') {
        digits += c;
      } else if (c != ',' && c != ' ') {
        return std::nullopt;
      }
    }
    std::int64_t value = 0;
    const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || last != digits.data() + digits.size()) return std::nullopt;
    return value;
  }

  // "dozens", "tens of thousands", "several hundred", "a few dozen"; "several" and "many" alone
  // only before a noun of people.
  bool ReadVague(TokenIndex t, TokenIndex* end) const {
    TokenIndex at = t;
    if (Lower(at) == "a" && at + 1 < sentence_.end) ++at;
    if (Lower(at) == "few" && Multiplies(at + 1)) {
      *end = at + 2;
      return true;
    }
    if (at > t || !lists_.vague.contains(Lower(at))) return false;
    ++at;
    if (Multiplies(at)) {
      *end = at + 1;
      return true;
    }
    while (at + 1 < sentence_.end && Lower(at) == "of" && lists_.vague.contains(Lower(at + 1))) {
      at += 2;
    }
    *end = at;
    return true;
  }

  // Days, years, ages, money, shares, times.
  bool IsNoCount(TokenIndex begin, TokenIndex end) const {
    const std::string before = begin > sentence_.begin ? Lower(begin - 1) : "";
    const std::string after = end < sentence_.end ? Lower(end) : "";
    if (lists_.calendar.contains(before) || lists_.calendar.contains(after)) return true;
    static const std::unordered_set<std::string> kBefore = {
        "$", "€", "£", "aged", "age", "#", "article", "section", "page"};
    static const std::unordered_set<std::string> kAfter = {
        "%",       "percent", "per",    "years", "year",  "days", "day",  "hours",    "hour",
        "minutes", "weeks",   "months", "km",    "miles", "p.m.", "a.m.", "year-old", "-year-old"};
    if (kBefore.contains(before) || kAfter.contains(after)) return true;
    const auto value = NumberAt(begin);
    const bool four_digits = a_.tokens[begin].lower.size() == 4 && end == begin + 1;
    constexpr std::int64_t kYearMin = 1900;
    constexpr std::int64_t kYearMax = 2100;
    return four_digits && value && *value >= kYearMin && *value <= kYearMax &&
           (after.empty() || !lists_.people.contains(after));
  }

  // "10 to 12", "between 10 and 12".
  void ReadRange(Quantity* quantity) const {
    const TokenIndex end = quantity->tokens.end;
    if (end + 1 >= sentence_.end) return;
    const bool between = quantity->tokens.begin > sentence_.begin &&
                         Lower(quantity->tokens.begin - 1) == "between" && Lower(end) == "and";
    const bool to = Lower(end) == "to" || Lower(end) == "-" || Lower(end) == "–";
    if (!between && !to) return;
    TokenIndex last = end + 1;
    const auto high = ReadNumber(end + 1, &last);
    if (!high || *high <= *quantity->low) return;
    quantity->high = high;
    quantity->bound = Bound::kBetween;
    quantity->tokens.end = last;
    if (between) --quantity->tokens.begin;
  }

  void ReadBounds(Quantity* quantity) const {
    if (quantity->bound == Bound::kBetween) return;
    TokenIndex begin = quantity->tokens.begin;
    // "at least a dozen": the article is part of the number.
    if (begin > sentence_.begin && Multiplies(begin) && Lower(begin - 1) == "a") --begin;
    for (TokenIndex words = kPhraseMax; words > 0; --words) {
      if (begin < sentence_.begin + words) continue;
      const auto found = lists_.before.find(Phrase(begin - words, begin));
      if (found == lists_.before.end()) continue;
      quantity->tokens.begin = begin - words;
      SetBound(quantity, found->second);
      return;
    }
    const TokenIndex end = quantity->tokens.end;
    for (TokenIndex words = kPhraseMax; words > 0; --words) {
      if (end + words > sentence_.end) continue;
      const auto found = lists_.after.find(Phrase(end, end + words));
      if (found == lists_.after.end()) continue;
      quantity->tokens.end = end + words;
      SetBound(quantity, found->second);
      return;
    }
  }

  static void SetBound(Quantity* quantity, Bound bound) {
    quantity->bound = bound;
    if (bound == Bound::kAtLeast || bound == Bound::kMoreThan) quantity->high.reset();
    if (bound == Bound::kAtMost || bound == Bound::kFewerThan) quantity->low.reset();
  }

  // --- what is counted, and by which measure ---

  struct Governor {
    std::string measure;
    TokenRange tokens;
  };

  // The longest measure phrase that begins at `t` and may be used as `uses`.
  std::optional<Governor> MeasureAt(TokenIndex t, TokenIndex limit,
                                    std::initializer_list<Use> uses) const {
    for (TokenIndex words = std::min(kPhraseMax, limit - t); words > 0; --words) {
      const auto found = lists_.measures.find(Phrase(t, t + words));
      if (found == lists_.measures.end()) continue;
      for (const MeasureEntry& entry : found->second) {
        if (std::find(uses.begin(), uses.end(), entry.use) != uses.end()) {
          return Governor{entry.measure, {t, t + words}};
        }
      }
    }
    return std::nullopt;
  }

  bool Decide(const Quantity& quantity, TokenIndex floor, TokenIndex limit) {
    TokenIndex phrase_end = quantity.tokens.end;
    bool people = false;
    bool other_noun = false;
    auto governor = Behind(quantity, limit, &phrase_end, &people, &other_noun);
    if (!governor && !other_noun) governor = Before(quantity, floor);
    if (!governor || other_noun) return false;
    if (quantity.bound == Bound::kVague && !people && IsWeakVague(quantity)) return false;
    AddFigure(quantity, *governor, phrase_end, people);
    return true;
  }

  // "several", "many": counts only with a noun of people.
  bool IsWeakVague(const Quantity& quantity) const {
    const std::string& word = Lower(quantity.number.begin);
    if (quantity.number.end > quantity.number.begin + 1) return false;  // "several hundred"
    return word == "several" || word == "many" || word == "numerous" || word == "countless";
  }

  // Walks over the noun phrase behind the quantity to a measure that governs it.
  std::optional<Governor> Behind(const Quantity& quantity, TokenIndex limit, TokenIndex* phrase_end,
                                 bool* people, bool* other_noun) const {
    bool auxiliary = false;
    bool noun_over = false;
    const TokenIndex last = std::min<TokenIndex>(limit, quantity.tokens.end + kReach);
    for (TokenIndex t = quantity.tokens.end; t < last; ++t) {
      const Tag tag = a_.tags[t];
      const std::string& word = Lower(t);
      if (auto found = MeasureAt(t, limit, {Use::kParticiple, Use::kIntransitive})) {
        if (*people || !*other_noun) return found;
      }
      if (auto found = MeasureAt(t, limit, {Use::kStrong})) {
        const bool prepositional = tag == Tag::kPreposition;
        if (auxiliary || prepositional || LeftBefore(quantity)) return found;
      }
      if (!noun_over && *phrase_end == t) {
        if (auto found = MeasureAt(t, limit, {Use::kNoun})) return found;
      }
      if (a_.tokens[t].kind == TokenKind::kPunctuation || a_.tokens[t].kind == TokenKind::kQuote) {
        return std::nullopt;
      }
      if (tag == Tag::kAuxiliary || tag == Tag::kModal || IsAuxiliary(word)) {
        auxiliary = noun_over = true;
        continue;
      }
      if (tag == Tag::kAdverb) continue;
      const bool of_them = word == "of" || word == "them" || word == "whom" || word == "which";
      if (of_them) continue;
      const bool verb = tag == Tag::kVerbPast || tag == Tag::kVerbPresent ||
                        tag == Tag::kVerbBase || tag == Tag::kVerbGerund ||
                        tag == Tag::kVerbParticiple;
      if (verb || tag == Tag::kConjunction || tag == Tag::kSubordinator) return std::nullopt;
      if (tag == Tag::kPreposition || tag == Tag::kTo) {
        noun_over = true;
        continue;
      }
      if (noun_over) continue;  // inside "in the city"
      *phrase_end = t + 1;
      if (lists_.people.contains(word) || word == "others" || word == "other" || IsCounted(t)) {
        *people = true;
        *other_noun = false;
      } else if (tag == Tag::kNoun && !*people) {
        *other_noun = !NounFollows(t, last);
      }
    }
    return std::nullopt;
  }

  // Whether a trained model takes a word for the people that a figure counts.
  bool IsCounted(TokenIndex t) const {
    const Span word = a_.tokens[t].span;
    constexpr std::uint32_t kBytesMax = 300;  // of a figure
    auto count = std::partition_point(a_.counts.begin(), a_.counts.end(), [&](const Count& c) {
      return c.span.begin + kBytesMax < word.begin;
    });
    for (; count != a_.counts.end() && count->span.begin <= word.begin; ++count) {
      if (count->population && count->population->Covers(word)) return true;
    }
    return false;
  }

  // "security forces": the head comes later.
  bool NounFollows(TokenIndex t, TokenIndex last) const {
    return t + 1 < last && (a_.tags[t + 1] == Tag::kNoun || lists_.people.contains(Lower(t + 1)));
  }

  static bool IsAuxiliary(const std::string& word) {
    static const std::unordered_set<std::string> kWords = {
        "was", "were", "is", "are", "been", "be", "being", "have", "has", "had", "also"};
    return kWords.contains(word);
  }

  bool LeftBefore(const Quantity& quantity) const {
    const TokenIndex t = quantity.tokens.begin;
    return t > sentence_.begin &&
           (Lower(t - 1) == "left" || Lower(t - 1) == "leaving" || Lower(t - 1) == "with");
  }

  // "killed 26", "the deaths of 26", "the toll rose to 26".
  std::optional<Governor> Before(const Quantity& quantity, TokenIndex floor) const {
    const TokenIndex begin = quantity.tokens.begin;
    for (TokenIndex words = kPhraseMax; words > 0; --words) {
      if (begin < floor + words) continue;
      if (auto found = MeasureAt(begin - words, begin, {Use::kVerb});
          found && found->tokens.end == begin) {
        return found;
      }
    }
    if (begin > floor + 1 && Lower(begin - 1) == "of") {
      if (auto found = MeasureAt(begin - 2, begin - 1, {Use::kNoun})) return found;
    }
    const TokenIndex reach = std::max<TokenIndex>(floor, begin > kReach ? begin - kReach : 0);
    for (TokenIndex t = reach; t < begin; ++t) {
      auto found = MeasureAt(t, begin, {Use::kToll});
      if (!found) continue;
      const std::string& word = Lower(begin - 1);
      if (word == "to" || word == "at" || word == "is" || word == "was" || word == ":" ||
          word == "of" || word == "reached") {
        return found;
      }
    }
    return std::nullopt;
  }

  // --- the record ---

  struct PlaceMention {
    Span span;
    EntityIndex entity;
  };

  // One span of what a statement says.
  struct Content {
    Span span;
    StatementIndex statement;
    std::uint32_t size;   // of the whole content; what the article says itself comes last
    std::uint32_t reach;  // the furthest end of this span and those before it
  };

  // Names of towns, regions and countries, in text order.
  void FindPlaces() {
    for (EntityIndex e = 0; e < a_.record.entities.size(); ++e) {
      const LocalEntity& entity = a_.record.entities[e];
      const bool place = entity.type == EntityType::kCity || entity.type == EntityType::kRegion ||
                         entity.type == EntityType::kCountry;
      if (!place) continue;
      for (const Mention& mention : entity.mentions) {
        if (mention.form == MentionForm::kName) places_.push_back({mention.span, e});
      }
    }
    std::sort(places_.begin(), places_.end(), [](const PlaceMention& a, const PlaceMention& b) {
      return std::pair(a.span, a.entity) < std::pair(b.span, b.entity);
    });
  }

  void FindContents() {
    for (StatementIndex s = 0; s < a_.record.statements.size(); ++s) {
      const StatementRecord& statement = a_.record.statements[s];
      std::uint32_t size = statement.form == StatementForm::kNarrated ? UINT32_MAX / 2 : 0;
      for (const Span span : statement.content) size += span.size();
      for (const Span span : statement.content) contents_.push_back({span, s, size, 0});
    }
    std::sort(contents_.begin(), contents_.end(), [](const Content& a, const Content& b) {
      return std::pair(a.span, a.statement) < std::pair(b.span, b.statement);
    });
    std::uint32_t reach = 0;
    for (Content& content : contents_) content.reach = reach = std::max(reach, content.span.end);
  }

  void AddFigure(const Quantity& quantity, const Governor& governor, TokenIndex phrase_end,
                 bool people) {
    FigureRecord figure;
    figure.measure = governor.measure;
    if (!SetValue(quantity, &figure)) return;
    const TokenIndex begin = std::min(quantity.tokens.begin, governor.tokens.begin);
    const TokenIndex end = std::max({quantity.tokens.end, phrase_end, governor.tokens.end});
    figure.span = a_.SpanOf({begin, end});
    if (people) SetPopulation(a_.Text(TokenRange{quantity.tokens.end, phrase_end}), &figure);
    figure.place = PlaceOf(figure.span);
    figure.statement = StatementOf(figure.span);
    a_.record.figures.push_back(std::move(figure));
  }

  // False if the quantity refers to one before it and there is none.
  bool SetValue(const Quantity& quantity, FigureRecord* figure) const {
    figure->unit = "people";
    figure->low = quantity.low;
    figure->high = quantity.high;
    figure->bound = quantity.bound;
    if (!quantity.refers) return true;
    if (a_.record.figures.empty()) return false;
    const FigureRecord& antecedent = a_.record.figures.back();
    figure->low = antecedent.low;
    figure->high = antecedent.high;
    figure->bound = antecedent.bound;
    return true;
  }

  static void SetPopulation(std::string_view text, FigureRecord* figure) {
    std::string population(text);
    std::replace(population.begin(), population.end(), '\n', ' ');
    figure->population = population.starts_with("of ") ? population.substr(3) : population;
  }

  // The first place that the sentence names behind the figure, else before it.
  std::optional<EntityIndex> PlaceOf(Span span) const {
    const Span sentence = a_.SpanOf(sentence_);
    const auto first = std::lower_bound(
        places_.begin(), places_.end(), sentence.begin,
        [](const PlaceMention& place, std::uint32_t at) { return place.span.begin < at; });
    std::optional<EntityIndex> before;
    for (auto at = first; at != places_.end() && at->span.end <= sentence.end; ++at) {
      if (at->span.begin >= span.end) return at->entity;
      if (at->span.end <= span.begin) before = at->entity;
    }
    return before;
  }

  // The innermost statement that says it: the one with the least content around it.
  std::optional<StatementIndex> StatementOf(Span span) const {
    std::optional<StatementIndex> best;
    std::uint32_t least = UINT32_MAX;
    auto at = std::lower_bound(
        contents_.begin(), contents_.end(), span.end,
        [](const Content& content, std::uint32_t end) { return content.span.begin < end; });
    while (at != contents_.begin() && (--at)->reach > span.begin) {
      if (!at->span.Overlaps(span)) continue;
      if (at->size < least || (at->size == least && at->statement < *best)) {
        least = at->size;
        best = at->statement;
      }
    }
    return best;
  }

  Analysis& a_;
  const FigureLists& lists_;
  std::vector<PlaceMention> places_;
  std::vector<Content> contents_;
  TokenRange sentence_;
};

class FigureComponent final : public Component {
 public:
  explicit FigureComponent(const Lexicons& lexicons) : lists_(lexicons) {}
  void Run(Analysis& analysis) const override { FigureFinder(analysis, lists_).Run(); }

 private:
  FigureLists lists_;
};

}  // namespace

std::unique_ptr<Component> MakeFigures(const Lexicons& lexicons) {
  return std::make_unique<FigureComponent>(lexicons);
}

}  // namespace hearsay::ingest
