#include "ingest/nlp/names.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "ingest/components.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

using Words = std::unordered_set<std::string_view>;

// Words with a capital that never begin or are a name: function words, sentence adverbs, calendar.
const Words& Stop() {
  static const Words kWords = {
      "the",          "a",         "an",           "i",          "he",        "she",
      "it",           "we",        "they",         "you",        "his",       "her",
      "its",          "their",     "our",          "my",         "your",      "this",
      "that",         "these",     "those",        "there",      "here",      "who",
      "what",         "when",      "where",        "why",        "how",       "which",
      "in",           "on",        "at",           "by",         "to",        "for",
      "from",         "of",        "with",         "and",        "or",        "but",
      "as",           "if",        "while",        "after",      "before",    "since",
      "during",       "however",   "meanwhile",    "also",       "another",   "some",
      "many",         "most",      "all",          "several",    "both",      "each",
      "no",           "not",       "according",    "later",      "earlier",   "then",
      "now",          "today",     "yesterday",    "tomorrow",   "despite",   "although",
      "though",       "because",   "so",           "yes",        "please",    "thanks",
      "thank",        "hi",        "hello",        "dear",       "re",        "fw",
      "fwd",          "monday",    "tuesday",      "wednesday",  "thursday",  "friday",
      "saturday",     "sunday",    "january",      "february",   "march",     "april",
      "may",          "june",      "july",         "august",     "september", "october",
      "november",     "december",  "jan",          "jan.",       "feb",       "feb.",
      "mar.",         "apr",       "apr.",         "jun.",       "jul.",      "aug",
      "aug.",         "sep",       "sep.",         "sept",       "sept.",     "oct",
      "oct.",         "nov",       "nov.",         "dec",        "dec.",      "mon",
      "tue",          "wed",       "thu",          "fri",        "sat",       "sun",
      "is",           "are",       "was",          "were",       "be",        "been",
      "do",           "does",      "did",          "has",        "have",      "had",
      "will",         "would",     "can",          "could",      "should",    "let",
      "more",         "over",      "under",        "about",      "only",      "even",
      "still",        "just",      "again",        "once",       "one",       "two",
      "three",        "dozens",    "hundreds",     "thousands",  "me",        "him",
      "them",         "us",        "previously",   "recently",   "finally",   "instead",
      "moreover",     "published", "photo",        "update",     "updated",   "related",
      "read",         "watch",     "am",           "pm",         "tv",        "sms",
      "lpg",          "gdp",       "ceo",          "dna",        "dvd",       "cd",
      "pc",           "faq",       "url",          "html",       "pdf",       "ok",
      "islam",        "islamic",   "muslim",       "muslims",    "christian", "christians",
      "christianity", "jewish",    "jew",          "jews",       "catholic",  "catholics",
      "protestant",   "hindu",     "hindus",       "buddhist",   "sunni",     "sunnis",
      "shiite",       "shiites",   "shia",         "kurd",       "kurds",     "kurdish",
      "arab",         "arabs",     "arabic",       "english",    "western",   "eastern",
      "northern",     "southern",  "european",     "europeans",  "african",   "asian",
      "soviet",       "nazi",      "nazis",        "internet",   "god",       "christmas",
      "easter",       "ramadan",   "thanksgiving", "halloween",  "eid",       "bible",
      "koran",        "quran",     "covid-19",     "covid",      "mass",      "nobel",
      "cold",         "latin",     "communist",    "communists", "central"};
  return kWords;
}

const Words& Particles() {
  static const Words kWords = {"van", "von", "bin", "ibn", "al",  "el",  "de",  "del", "della",
                               "di",  "da",  "du",  "dos", "das", "der", "den", "la",  "le",
                               "abu", "ben", "ten", "ter", "ul",  "ur",  "y"};
  return kWords;
}

// Plural possessors inside names: "People's Party".
const Words& Possessors() {
  static const Words kWords = {"people", "women",  "men",   "children", "workers",  "farmers",
                               "world",  "king",   "queen", "mother",   "soldiers", "veterans",
                               "lloyd",  "driver", "girls", "boys",     "nation"};
  return kWords;
}

const Words& PlacePrepositions() {
  static const Words kWords = {"in",     "near",   "across",  "throughout", "outside",
                               "inside", "toward", "towards", "around",     "at",
                               "from",   "to",     "into",    "within"};
  return kWords;
}

const Words& ReportVerbs() {
  static const Words kWords = {"said",    "says",     "told",      "added",  "reported",
                               "reports", "wrote",    "announced", "warned", "claimed",
                               "stated",  "noted",    "confirmed", "denied", "quoted",
                               "argued",  "insisted", "replied",   "asked"};
  return kWords;
}

const Words& PlaceFollowers() {
  static const Words kWords = {"police", "residents", "government", "authorities", "troops",
                               "army",   "protests",  "streets",    "airport",     "military"};
  return kWords;
}

bool IsInitial(std::string_view text) {
  return text.size() == 2 && text[1] == '.' && text[0] >= 'A' && text[0] <= 'Z';
}

bool HasUpper(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = DecodeAt(text, at);
    if (IsUpper(c.value)) return true;
    at += c.size;
  }
  return false;
}

enum class Style : std::uint8_t { kNormal, kTitled, kUpper, kLower };

}  // namespace

class NameScan {
 public:
  NameScan(const Gazetteer& gazetteer, const Analysis& analysis)
      : gazetteer_(gazetteer), analysis_(analysis) {
    const Metadata& metadata = analysis.article.metadata;
    for (const std::string& name : {metadata.outlet, metadata.credit}) {
      if (name.empty()) continue;
      GazetteerEntry entry;
      entry.type = EntityType::kMedia;
      entry.canonical = name;
      entry.weight = 1'000'000;
      own_media_.push_back(std::move(entry));
    }
  }

  std::vector<Name> Run() {
    CountLower();
    for (const Sentence& s : analysis_.sentences) {
      styles_.push_back(StyleOf(s));
      if (styles_.back() == Style::kNormal) ScanSentence(s.tokens);
    }
    Pool();
    std::vector<Name> names;
    for (NameCandidate& c : candidates_) {
      if (auto name = Decide(c)) {
        Remember(*name);
        names.push_back(std::move(*name));
      }
    }
    for (std::size_t i = 0; i < styles_.size(); ++i) {
      if (styles_[i] != Style::kNormal) {
        ScanHeadline(analysis_.sentences[i].tokens, styles_[i], &names);
      }
    }
    std::sort(names.begin(), names.end(),
              [](const Name& a, const Name& b) { return a.span.begin < b.span.begin; });
    return names;
  }

 private:
  const Token& At(TokenIndex t) const { return analysis_.tokens[t]; }
  std::string_view Lower(TokenIndex t) const { return analysis_.tokens[t].lower; }
  std::string_view Raw(TokenIndex t) const { return analysis_.Text(analysis_.tokens[t].span); }
  std::string Fold(TokenRange r) const { return FoldName(analysis_.Text(r)); }

  void CountLower() {
    for (const Token& t : analysis_.tokens) {
      if (t.kind == TokenKind::kWord && t.shape == Shape::kLower) lower_seen_.insert(t.lower);
    }
  }

  Style StyleOf(const Sentence& s) const {
    int words = 0, capital = 0, upper = 0, letters = 0, capitals = 0;
    for (TokenIndex t = s.tokens.begin; t < s.tokens.end; ++t) {
      if (At(t).kind != TokenKind::kWord || Lower(t).starts_with('\'')) continue;
      ++letters;
      if (At(t).shape == Shape::kUpper) ++upper;
      if (At(t).shape != Shape::kLower) ++capitals;
      if (Lower(t).size() < 4) continue;
      ++words;
      if (At(t).shape != Shape::kLower) ++capital;
    }
    if (letters >= 4 && upper * 10 >= letters * 7) return Style::kUpper;
    if (letters >= 4 && capitals == 0) return Style::kLower;
    const bool stopped = s.tokens.end > s.tokens.begin && Lower(s.tokens.end - 1) == ".";
    if (words >= 4 && !stopped && capital * 100 >= words * 78) return Style::kTitled;
    return Style::kNormal;
  }

  bool Capital(TokenIndex t) const {
    const Token& token = At(t);
    if (token.kind != TokenKind::kWord) return false;
    if (token.shape == Shape::kCapitalised || token.shape == Shape::kUpper) return true;
    return token.shape == Shape::kMixed && HasUpper(Raw(t)) &&
           Raw(t).find('@') == std::string::npos;
  }

  bool Common(TokenIndex t) const {
    return gazetteer_.IsCommon(Lower(t)) || lower_seen_.contains(std::string(Lower(t)));
  }

  // Whether a listed name may be read at these words as they are written.
  bool Fits(const Gazetteer::Match& m, bool initial) const {
    if (!Capital(m.tokens.begin) && At(m.tokens.begin).shape != Shape::kMixed) return false;
    for (TokenIndex t = m.tokens.begin; t < m.tokens.end; ++t) {
      if (At(t).kind == TokenKind::kWord && At(t).shape == Shape::kLower && Lower(t).size() > 3) {
        return false;
      }
    }
    if (m.tokens.end - m.tokens.begin > 1) return true;
    const std::string_view raw = Raw(m.tokens.begin);
    if (m.entry->canonical.size() <= 5 || raw.size() <= 3) {  // "US" is not "us", "WHO" not "Who"
      bool acronym = true;
      for (const char c : m.entry->canonical) acronym = acronym && !(c >= 'a' && c <= 'z');
      if ((acronym || (raw.size() <= 3 && m.entry->type != EntityType::kCity)) &&
          At(m.tokens.begin).shape == Shape::kCapitalised) {
        return false;
      }
    }
    return !initial || !Common(m.tokens.begin) || m.entry->weight >= 1000;
  }

  bool Joins(TokenIndex t, TokenIndex begin, TokenIndex limit) const {  // lower word inside a name
    if (t + 1 >= limit) return false;
    const std::string_view w = Lower(t);
    const HeadEntry* head = gazetteer_.Head(Lower(t - 1));
    const bool body = head != nullptr && !head->other && head->type != EntityType::kCity;
    TokenIndex next = t + 1;
    if (w == "of" && Lower(next) == "the" && next + 1 < limit) ++next;
    if (!Capital(next) || Stop().contains(Lower(next))) return false;
    if (w == "&") return true;
    if (w == "of" || w == "for" || w == "on" || w == "to") {
      return body && gazetteer_.Title(Fold({t - 1, t})) == nullptr;
    }
    if (w == "and") {
      const HeadEntry* first = gazetteer_.Head(Lower(begin));
      return first != nullptr && first->first && !first->other && t > begin + 2;
    }
    if (w == "'s") return Possessors().contains(Lower(t - 1));
    if (w == "'") return Possessors().contains(Lower(t - 1));
    if (w == ",") {
      static const Words kTails = {"inc",  "inc.",  "ltd", "ltd.", "llc",
                                   "corp", "corp.", "jr",  "jr."};
      return kTails.contains(Lower(next));
    }
    return Particles().contains(w) && At(t).shape == Shape::kLower && t > begin;
  }

  void ScanSentence(TokenRange s) {
    TokenIndex first = s.begin;  // the first word: its capital says nothing
    while (first < s.end && At(first).kind != TokenKind::kWord) ++first;
    for (TokenIndex t = s.begin; t < s.end;) {
      const bool opens =
          t == first ||
          (t > s.begin && (At(t - 1).kind == TokenKind::kQuote || Lower(t - 1) == ":"));
      if (!Capital(t)) {
        ++t;
        continue;
      }
      if (Stop().contains(Lower(t)) && At(t).shape != Shape::kMixed) {
        const auto m = gazetteer_.LongestAt(analysis_, t, s.end);
        if (!m || !Fits(*m, opens) || (m->tokens.end == t + 1 && At(t).shape != Shape::kUpper)) {
          ++t;
          continue;
        }
      }
      TokenIndex end = t + 1;
      if (const auto m = gazetteer_.LongestAt(analysis_, t, s.end); m && Fits(*m, opens)) {
        end = m->tokens.end;
      }
      while (end < s.end) {
        if (Capital(end) && !Stop().contains(Lower(end))) {
          ++end;
        } else if (Capital(end) && (Lower(end) == "tv" || Lower(end) == "islamic" ||
                                    Lower(end) == "communist" || Lower(end) == "central" ||
                                    Lower(end) == "european" || Lower(end) == "christian")) {
          ++end;
        } else if (Joins(end, t, s.end)) {
          end += Lower(end) == "of" && Lower(end + 1) == "the" ? 2 : 1;
        } else {
          break;
        }
        if (end - t > 14) break;
      }
      Resolve({t, end}, opens, s);
      t = end;
    }
  }

  void Push(TokenRange r, TokenRange sentence, NameCandidate c = {}) {
    if (r.empty()) return;
    c.tokens = r;
    Weigh(sentence, &c);
    candidates_.push_back(std::move(c));
  }

  // The outlet or agency that the article's metadata names, which need not be in any list.
  const GazetteerEntry* OwnMedia(TokenRange r) const {
    const std::string folded = Fold(r);
    for (const GazetteerEntry& entry : own_media_) {
      if (FoldName(entry.canonical) == folded) return &entry;
    }
    return nullptr;
  }

  // Cuts a run of capitalised words into names.
  void Resolve(TokenRange r, bool opens, TokenRange s) {
    if (r.empty()) return;
    const auto whole = gazetteer_.LongestAt(analysis_, r.begin, r.end);
    if (whole && whole->tokens == r && Fits(*whole, opens)) {
      NameCandidate c;
      c.entry = whole->entry;
      return Push(r, s, c);
    }
    if (const GazetteerEntry* own = OwnMedia(r)) {
      NameCandidate c;
      c.entry = own;
      return Push(r, s, c);
    }
    if (gazetteer_.Demonym(Fold({r.begin, r.begin + 1})) != nullptr &&
        !(whole && whole->tokens.end > r.begin + 1)) {
      const HeadEntry* head = gazetteer_.Head(Lower(r.end - 1));
      const bool army = head != nullptr && head->type == EntityType::kForce;
      if (!army || r.end - r.begin < 2) return Resolve({r.begin + 1, r.end}, false, s);
    }
    if (SplitAtTitle(r, opens, s)) return;
    if (r.end - r.begin >= 2) {
      if (const HeadEntry* head = HeadOf(r)) {
        if (head->other) return;
        if (opens && Stop().contains(Lower(r.begin)))
          return Resolve({r.begin + 1, r.end}, false, s);
        return Push(r, s);
      }
    } else if (gazetteer_.Head(Lower(r.begin)) != nullptr && Common(r.begin)) {
      return;  // "Parliament", "Police": a noun
    }
    if (opens && Common(r.begin) &&
        (r.end - r.begin == 1 || gazetteer_.GenderOf(Fold({r.begin, r.begin + 1})) == 0)) {
      if (whole && whole->tokens.end > r.begin + 1) {
        // a listed name that begins with a common word
      } else if (r.end - r.begin == 1 && KnownName(r.begin)) {
        // "Will said": seen to be a name elsewhere
      } else {
        return Resolve({r.begin + 1, r.end}, false, s);
      }
    }
    // A listed place or body, then something else: "Houston Chronicle" stays whole, "NATO Brussels"
    // does not occur often enough to cut.
    Push(r, s);
  }

  bool KnownName(TokenIndex t) const {
    return !gazetteer_.IsCommon(Lower(t)) && gazetteer_.GenderOf(Fold({t, t + 1})) != 0;
  }

  const HeadEntry* HeadOf(TokenRange r) const {
    if (r.end - r.begin >= 3) {
      const std::string two = std::string(Lower(r.end - 2)) + " " + std::string(Lower(r.end - 1));
      if (const HeadEntry* head = gazetteer_.Head(two); head != nullptr && head->last) return head;
    }
    const HeadEntry* head = gazetteer_.Head(Lower(r.end - 1));
    if (head != nullptr && head->last) {
      const bool given = gazetteer_.GenderOf(Fold({r.begin, r.begin + 1})) != 0;
      const bool weak = head->type == EntityType::kFacility || head->type == EntityType::kRegion ||
                        head->type == EntityType::kMedia || head->type == EntityType::kForce ||
                        head->kind == "company" || head->other;
      if (!(given && weak && r.end - r.begin == 2)) return head;
      return nullptr;
    }
    const HeadEntry* opening = gazetteer_.Head(Lower(r.begin));
    if (opening != nullptr && opening->first && !opening->other) {
      const bool of =
          r.end - r.begin >= 3 &&
          (Lower(r.begin + 1) == "of" || Lower(r.begin + 1) == "for" || Lower(r.begin + 1) == "on");
      if (of || opening->type != EntityType::kOrganization) return opening;
    }
    // "Seoul National University of Technology", "Collective Security Council of Europe"
    for (TokenIndex t = r.begin + 1; t + 1 < r.end; ++t) {
      if (Lower(t + 1) != "of" && Lower(t + 1) != "for" && Lower(t + 1) != "on") continue;
      const HeadEntry* inner = gazetteer_.Head(Lower(t));
      if (inner != nullptr && inner->last) return inner;
    }
    return nullptr;
  }

  // "Kazakh President Kassym-Jomart Tokayev": what follows the last title is a person.
  bool SplitAtTitle(TokenRange r, bool opens, TokenRange s) {
    for (TokenIndex end = r.end; end > r.begin; --end) {
      const TokenRange title = gazetteer_.TitleBefore(analysis_, r.begin, end);
      if (title.empty()) continue;
      if (end == r.end) {
        if (HeadOf(r) != nullptr) return false;
        Resolve({r.begin, title.begin}, opens, s);  // "UN Secretary General said"
        return true;
      }
      if (const HeadEntry* head = HeadOf(r);
          head != nullptr && r.end - end < 3 && head->type != EntityType::kFacility) {
        return false;  // "Justice Department", "General Electric Company"
      }
      const auto listed = gazetteer_.LongestAt(analysis_, title.begin, r.end);
      if (listed && listed->tokens.end > title.end) return false;  // "General Motors"
      NameCandidate c;
      c.person = 8;
      c.title = title;
      if (title.begin > r.begin) {
        TokenIndex cut = title.begin;
        const bool possessive = cut > r.begin + 1 && Lower(cut - 1) == "'s";
        Resolve({r.begin, possessive ? cut - 1 : cut}, opens, s);
      }
      Push({end, r.end}, s, c);
      return true;
    }
    return false;
  }

  void Weigh(TokenRange s, NameCandidate* c) const {
    const TokenRange r = c->tokens;
    const auto words = r.end - r.begin;
    if (c->entry != nullptr) WeighEntry(c);
    if (words >= 2 && c->entry == nullptr) {
      if (const HeadEntry* head = HeadOf(r)) WeighHead(*head, c);
    }
    WeighPerson(c);
    WeighBefore(s, c);
    WeighAfter(s, c);
    const std::string_view raw = Raw(r.begin);
    if (words == 1 && c->entry == nullptr) {
      if (At(r.begin).shape == Shape::kUpper && raw.size() >= 2 && raw.size() <= 6) {
        c->organization += 2.5;
      }
      const std::size_t dot = raw.rfind('.');
      if (dot != std::string_view::npos && dot > 1 && raw.size() - dot <= 5 &&
          raw.size() - dot > 2) {
        c->media += 5;
        c->kind = "site";
      }
      const std::size_t dash = raw.rfind('-');
      if (dash != std::string_view::npos && dash > 2 && dash + 1 < raw.size() &&
          raw[dash + 1] >= '0' && raw[dash + 1] <= '9') {
        c->media += 3;
      }
    }
    if (c->entry == nullptr && words >= 2) {
      bool all_common = true;
      for (TokenIndex t = r.begin; t < r.end; ++t) all_common = all_common && Common(t);
      if (all_common) {
        c->nothing += 2.5;
      } else if (words <= 3 && At(r.begin).shape != Shape::kUpper) {
        c->person += 1.5;
      }
    }
  }

  void WeighEntry(NameCandidate* c) const {
    const GazetteerEntry& e = *c->entry;
    const bool common =
        c->tokens.end - c->tokens.begin == 1 && gazetteer_.IsCommon(Lower(c->tokens.begin));
    switch (e.type) {
      case EntityType::kMedia:
        c->media += common ? 2 : 7;
        break;
      case EntityType::kForce:
        c->force += 7;
        break;
      case EntityType::kOrganization:
        c->organization += common ? 4 : 7;
        break;
      default: {
        c->place_type = e.type;
        double weight = e.weight >= 1000 ? 6 : e.weight >= 150 ? 3.5 : e.weight >= 50 ? 2 : 1;
        if (e.type == EntityType::kCountry) weight = 7;
        if (common) weight *= 0.5;
        if (c->tokens.end - c->tokens.begin > 1) weight += 2;
        c->place += weight;
      }
    }
    if (!e.kind.empty()) c->kind = e.kind;
  }

  static void WeighHead(const HeadEntry& head, NameCandidate* c) {
    c->kind = head.kind;
    switch (head.type) {
      case EntityType::kMedia:
        c->media += 5;
        break;
      case EntityType::kForce:
        c->force += 6;
        break;
      case EntityType::kOrganization:
        c->organization += 6;
        break;
      default:
        c->place += 6;
        c->place_type = head.type;
    }
  }

  void WeighPerson(NameCandidate* c) const {
    const TokenRange r = c->tokens;
    const auto words = r.end - r.begin;
    if (words > 4) return;
    const bool given = gazetteer_.GenderOf(Fold({r.begin, r.begin + 1})) != 0;
    if (given && words >= 2) c->person += 4.5;
    if (given && words == 1) c->person += Common(r.begin) ? 1.5 : 3;
    for (TokenIndex t = r.begin; t < r.end; ++t) {
      if (IsInitial(Raw(t)) && words > 1) c->person += 3;
      if (t + 1 == r.end && gazetteer_.IsSurname(Fold({t, t + 1}))) c->person += 2;
      if (t > r.begin && Particles().contains(Lower(t)) && c->entry == nullptr) c->person += 2;
    }
    if (words == 1) {  // endings of family names
      static constexpr std::string_view kEndings[] = {
          "ov",     "ova", "ev",  "eva", "yev",  "yeva",  "enko", "sky", "skiy", "vich",
          "shvili", "yan", "ian", "ski", "sson", "stein", "berg", "dze", "uly"};
      for (std::string_view e : kEndings) {
        if (Lower(r.begin).size() > e.size() + 2 && Lower(r.begin).ends_with(e)) {
          c->person += 1.5;
          break;
        }
      }
    }
  }

  void WeighBefore(TokenRange s, NameCandidate* c) const {
    if (c->tokens.begin == s.begin) return;
    TokenIndex b = c->tokens.begin - 1;
    if (At(b).kind == TokenKind::kQuote && b > s.begin) --b;
    const std::string_view w = Lower(b);
    if (c->title.empty() && At(b).kind == TokenKind::kWord) {
      const TokenRange title = gazetteer_.TitleBefore(analysis_, s.begin, b + 1);
      if (!title.empty()) {
        c->person += 5;
        c->title = title;
      }
    }
    if (const HeadEntry* head = gazetteer_.Head(w);
        head != nullptr && At(b).shape == Shape::kLower && head->type == EntityType::kMedia) {
      c->media += 3.5;
      c->kind = head->kind;
    }
    if (w == "of" && b > s.begin) {
      const HeadEntry* head = gazetteer_.Head(Lower(b - 1));
      const bool place =
          head != nullptr && (head->type == EntityType::kCity ||
                              head->type == EntityType::kRegion || Lower(b - 1) == "capital");
      if (place) {
        c->place += 6;
        if (c->entry == nullptr) c->place_type = head->type;
      }
    }
    if (PlacePrepositions().contains(w)) {
      const bool strong = w == "in" || w == "near" || w == "across" || w == "throughout";
      c->place += strong ? 2.5 : 1;
    }
    if (w == "the" && c->tokens.end - c->tokens.begin == 1) {
      c->organization += 0.8;
      c->person -= 1;
    }
    if (w == "," && b > s.begin && c->entry != nullptr && c->place > 0) c->place += 1;
    if (w == "told" || w == "citing" || w == "by") c->media += 0.3;
  }

  void WeighAfter(TokenRange s, NameCandidate* c) const {
    TokenIndex t = c->tokens.end;
    if (t >= s.end) return;
    if (At(t).kind == TokenKind::kQuote && t + 1 < s.end) ++t;
    const std::string_view w = Lower(t);
    if (At(t).shape == Shape::kLower) {
      std::string two = std::string(w);
      const HeadEntry* head = nullptr;
      if (t + 1 < s.end) head = gazetteer_.Head(two + " " + std::string(Lower(t + 1)));
      if (head == nullptr) head = gazetteer_.Head(w);
      if (head == nullptr && t + 1 < s.end && (w == "news" || w == "state")) {
        head = gazetteer_.Head(Lower(t + 1));
      }
      if (head != nullptr && head->last && !head->other && w != "news") {
        if (head->type == EntityType::kForce) {
          c->place += 1.5;
        } else if (head->type == EntityType::kRegion || head->type == EntityType::kFacility ||
                   head->type == EntityType::kMedia || w == "party" || w == "group") {
          NameCandidate extra;
          WeighHead(*head, &extra);
          c->media += extra.media;
          c->place += extra.place * 0.8;
          c->organization += extra.organization;
          if (extra.media > 0 || c->kind.empty()) c->kind = head->kind;
          if (extra.place > 0 && (c->entry == nullptr || head->type == EntityType::kFacility ||
                                  (head->type == EntityType::kRegion && w != "city"))) {
            c->place_type = head->type;
          }
        }
      } else if (w == "news" && head != nullptr) {
        c->media += 5;
      }
    }
    if (PlaceFollowers().contains(w)) c->place += 1.5;
    if (ReportVerbs().contains(w)) {
      c->person += 1;
      c->organization += 0.7;
      if (w.starts_with("report")) c->media += 1.5;
    }
    if (w == "who" || w == "himself" || w == "herself") c->person += 2;
    if (w == "," && t + 2 < s.end) {
      if (At(t + 1).kind == TokenKind::kNumber && Lower(t + 2) == ",") c->person += 5;
      const std::string_view n = Lower(t + 1);
      if (n == "who") c->person += 3;
      for (TokenIndex k = t + 1; k < std::min<TokenIndex>(t + 7, s.end); ++k) {
        if (Lower(k) == ",") break;
        if (gazetteer_.Title(Lower(k)) != nullptr && At(k).shape == Shape::kLower) {
          c->person += 2.5;
          break;
        }
      }
    }
    if (w == "(" && t + 2 < s.end && Lower(t + 2) == ")" && At(t + 1).shape == Shape::kUpper) {
      c->organization += 3;
    }
  }

  // The same words are the same name all over the article: their evidence is pooled, and the last
  // word of a full name is that person.
  void Pool() {
    for (const NameCandidate& c : candidates_) {
      NameCandidate& sum = pool_[Fold(c.tokens)];
      sum.person = std::max(sum.person, c.person) + 0.25 * std::min(sum.person, c.person);
      sum.organization = std::max(sum.organization, c.organization);
      sum.media = std::max(sum.media, c.media);
      sum.force = std::max(sum.force, c.force);
      sum.place = std::max(sum.place, c.place) + 0.25 * std::min(sum.place, c.place);
      sum.nothing = std::max(sum.nothing, c.nothing);
      if (sum.kind.empty()) sum.kind = c.kind;
    }
    for (const NameCandidate& c : candidates_) {
      const auto words = c.tokens.end - c.tokens.begin;
      if (words < 2 || words > 4) continue;
      const NameCandidate& sum = pool_[Fold(c.tokens)];
      if (sum.person < 4 || sum.person < sum.organization || sum.person < sum.place) continue;
      family_.insert(Fold({c.tokens.end - 1, c.tokens.end}));
      first_.insert(Fold({c.tokens.begin, c.tokens.begin + 1}));
    }
  }

  std::optional<Name> Decide(const NameCandidate& c) const {
    const std::string key = Fold(c.tokens);
    const NameCandidate& sum = pool_.at(key);
    const auto words = c.tokens.end - c.tokens.begin;
    auto mix = [](double own, double all) { return own + 0.6 * std::max(0.0, all - own); };
    double person = mix(c.person, sum.person);
    double place = mix(c.place, sum.place);
    const double organization = mix(c.organization, sum.organization);
    const double media = mix(c.media, sum.media);
    const double force = mix(c.force, sum.force);
    if (words == 1 && family_.contains(key)) person += 6;
    if (words == 1 && first_.contains(key)) person += 3;
    double best = c.nothing + 0.9;
    std::optional<EntityType> type;
    auto consider = [&](double score, EntityType t) {
      if (score > best) {
        best = score;
        type = t;
      }
    };
    consider(person, EntityType::kPerson);
    consider(place, c.place_type);
    consider(organization, EntityType::kOrganization);
    consider(media, EntityType::kMedia);
    consider(force, EntityType::kForce);
    if (!type && words == 1 && c.nothing == 0 && !gazetteer_.IsCommon(Lower(c.tokens.begin)) &&
        gazetteer_.Demonym(key) == nullptr) {
      type = At(c.tokens.begin).shape == Shape::kUpper ? EntityType::kOrganization
                                                       : EntityType::kPerson;
      best = 1;
    }
    if (!type) return std::nullopt;
    Name name;
    name.tokens = c.tokens;
    name.span = analysis_.SpanOf(c.tokens);
    name.phrase = name.span;
    name.type = *type;
    name.kind = c.kind.empty() ? sum.kind : c.kind;
    if (c.entry != nullptr && c.entry->type == *type) {
      name.canonical = c.entry->canonical;
      name.gazetteer = c.entry->id;
      name.kind = c.entry->kind.empty() ? name.kind : c.entry->kind;
    }
    if (*type == EntityType::kPerson) {
      name.kind.clear();
      if (!c.title.empty()) name.role = analysis_.Text(c.title);
    }
    name.confidence = std::clamp(best / 8, 0.1, 1.0);
    SetPhrase(c, &name);
    return name;
  }

  // "the ruling Nur Otan party", "Kazakh President X", "the city of Almaty".
  void SetPhrase(const NameCandidate& c, Name* name) const {
    TokenRange r = name->tokens;
    if (name->type == EntityType::kPerson) {
      if (!c.title.empty()) r.begin = c.title.begin;
    } else {
      while (r.end < analysis_.tokens.size() && r.end < name->tokens.end + 3 &&
             At(r.end).shape == Shape::kLower && TakesHead(name->type, r.end)) {
        ++r.end;
      }
      if (r.begin > 1 && Lower(r.begin - 1) == "of" && IsPlace(name->type)) {
        const HeadEntry* head = gazetteer_.Head(Lower(r.begin - 2));
        if (head != nullptr && IsPlace(head->type)) r.begin -= 2;
      }
      if (name->type == EntityType::kMedia && r.begin > 0) {
        const HeadEntry* head = gazetteer_.Head(Lower(r.begin - 1));
        if (head != nullptr && head->type == EntityType::kMedia &&
            At(r.begin - 1).shape == Shape::kLower)
          --r.begin;
        else if (Lower(r.begin - 1) == "agency" && r.begin > 1)
          --r.begin;
      }
    }
    if (analysis_.tags.size() == analysis_.tokens.size() && (r != name->tokens)) ExtendLeft(&r);
    name->phrase = analysis_.SpanOf(r);
  }

  bool TakesHead(EntityType type, TokenIndex t) const {
    const std::string_view w = Lower(t);
    const HeadEntry* head = gazetteer_.Head(w);
    if (type == EntityType::kMedia) {
      return (head != nullptr && head->type == EntityType::kMedia) || w == "agency" ||
             w == "website" || w == "station" || w == "network" || w == "portal" || w == "outlet";
    }
    if (head == nullptr || head->other) return false;
    if (type == EntityType::kOrganization) {
      return w == "party" || w == "alliance" || w == "group" || w == "movement" || w == "company" ||
             w == "coalition";
    }
    if (IsPlace(type)) return IsPlace(head->type) && w != "house" && w != "market" && w != "base";
    return false;
  }

  void ExtendLeft(TokenRange* r) const {
    const auto modifier = [&](TokenIndex t) {
      const Tag tag = analysis_.tags[t];
      return tag == Tag::kAdjective || tag == Tag::kNoun || tag == Tag::kProperNoun ||
             tag == Tag::kVerbParticiple;
    };
    const TokenIndex least = r->begin > 6 ? r->begin - 6 : 0;
    while (r->begin > least && At(r->begin - 1).kind == TokenKind::kWord &&
           modifier(r->begin - 1)) {
      --r->begin;
    }
    if (r->begin > 0 && (analysis_.tags[r->begin - 1] == Tag::kDeterminer ||
                         Lower(r->begin - 1) == "the" || Lower(r->begin - 1) == "a")) {
      --r->begin;
    }
  }

  void Remember(const Name& name) {
    known_[FoldName(analysis_.Text(name.span))] = {name.type, name.canonical, name.gazetteer,
                                                   name.kind};
    longest_ = std::max(longest_, name.tokens.end - name.tokens.begin);
  }

  // Headlines: names of the body and of the lists, persons after a title, bodies by their head.
  // Where no word has a capital: places of the lists.
  void ScanHeadline(TokenRange s, Style style, std::vector<Name>* out) const {
    for (TokenIndex t = s.begin; t < s.end;) {
      Name name;
      const bool found =
          style == Style::kLower
              ? At(t).kind == TokenKind::kWord && FromLists(t, s, &name) && IsPlace(name.type)
              : Capital(t) &&
                    (FromBody(t, s, &name) || FromLists(t, s, &name) || FromHead(t, s, &name));
      if (found) {
        name.span = analysis_.SpanOf(name.tokens);
        name.phrase = name.span;
        name.confidence = 0.7;
        t = name.tokens.end;
        out->push_back(std::move(name));
      } else {
        ++t;
      }
    }
  }

  bool FromBody(TokenIndex t, TokenRange s, Name* name) const {
    const TokenIndex most = std::min<TokenIndex>(s.end, t + longest_);
    for (TokenIndex end = most; end > t; --end) {
      const auto at = known_.find(Fold({t, end}));
      if (at == known_.end()) continue;
      if (end == t + 1 && gazetteer_.IsCommon(Lower(t)) && at->second.gazetteer.empty()) continue;
      name->tokens = {t, end};
      name->type = at->second.type;
      name->canonical = at->second.canonical;
      name->gazetteer = at->second.gazetteer;
      name->kind = at->second.kind;
      return true;
    }
    return false;
  }

  bool FromLists(TokenIndex t, TokenRange s, Name* name) const {
    const auto m = gazetteer_.LongestAt(analysis_, t, s.end);
    if (m && m->entry->weight >= 100 &&
        (m->tokens.end > t + 1 || (!gazetteer_.IsCommon(Lower(t)) && !Stop().contains(Lower(t)) &&
                                   (Lower(t).size() > 3 || At(t).shape == Shape::kUpper)))) {
      name->tokens = m->tokens;
      name->type = m->entry->type;
      name->canonical = m->entry->canonical;
      name->gazetteer = m->entry->id;
      name->kind = m->entry->kind;
      return true;
    }
    if (t + 1 < s.end && Capital(t + 1) && At(t).shape == Shape::kCapitalised &&
        gazetteer_.GenderOf(Fold({t, t + 1})) != 0 && !gazetteer_.IsCommon(Lower(t)) &&
        !gazetteer_.IsCommon(Lower(t + 1)) && !Stop().contains(Lower(t + 1))) {
      name->tokens = {t, t + 2};
      name->type = EntityType::kPerson;
      return true;
    }
    return false;
  }

  bool FromHead(TokenIndex t, TokenRange s, Name* name) const {
    if (t + 1 >= s.end || !Capital(t + 1) || Stop().contains(Lower(t))) return false;
    static const Words kBodies = {"ministry",   "department",  "committee", "council",   "court",
                                  "commission", "directorate", "province",  "parliament"};
    if (!kBodies.contains(Lower(t + 1))) return false;
    const HeadEntry* head = gazetteer_.Head(Lower(t + 1));
    name->tokens = {t, t + 2};
    name->type = head->type;
    name->kind = head->kind;
    return true;
  }

  struct Known {
    EntityType type;
    std::string canonical, gazetteer, kind;
  };

  const Gazetteer& gazetteer_;
  const Analysis& analysis_;
  std::vector<GazetteerEntry> own_media_;
  std::unordered_set<std::string> lower_seen_;
  std::vector<Style> styles_;
  std::vector<NameCandidate> candidates_;
  std::unordered_map<std::string, NameCandidate> pool_;
  std::unordered_set<std::string> family_, first_;
  std::unordered_map<std::string, Known> known_;
  TokenIndex longest_ = 1;
};

std::vector<Name> NameFinder::Find(const Analysis& analysis) const {
  return NameScan(gazetteer_, analysis).Run();
}

namespace {

class Names final : public Component {
 public:
  explicit Names(const Lexicons& lexicons) : finder_(Gazetteer::Shared(lexicons)) {}
  void Run(Analysis& analysis) const override { analysis.names = finder_.Find(analysis); }

 private:
  NameFinder finder_;
};

}  // namespace

std::unique_ptr<Component> MakeNames(const Lexicons& lexicons) {
  return std::make_unique<Names>(lexicons);
}

}  // namespace hearsay::ingest
