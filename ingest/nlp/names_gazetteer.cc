#include "ingest/nlp/names_gazetteer.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr std::int64_t kBodyWeight = 1'000'000;  // above every town
constexpr std::int64_t kCapitalWeight = 3'000;
constexpr std::int64_t kSeatWeight = 200;
constexpr std::int64_t kRegionWeight = 300;

std::string WithoutAccents(const std::string& word) {
  if (std::all_of(word.begin(), word.end(), [](unsigned char c) { return c < 0x80; })) return word;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return word;
  const icu::UnicodeString apart = normalizer->normalize(icu::UnicodeString::fromUTF8(word), error);
  if (U_FAILURE(error)) return word;
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    if (u_charType(c) != U_NON_SPACING_MARK) kept.append(c);
  }
  std::string out;
  kept.toUTF8String(out);
  return out;
}

EntityType TypeOf(std::string_view name) {
  return ParseEntityType(name).value_or(EntityType::kOrganization);
}

std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string_view Field(const std::vector<std::string_view>& row, std::size_t i) {
  return i < row.size() ? row[i] : std::string_view{};
}

std::string FirstWord(const std::string& folded) { return folded.substr(0, folded.find(' ')); }

}  // namespace

std::string FoldName(std::string_view name) {
  std::string out;
  for (const char c : WithoutAccents(FoldPhrase(name))) {
    if (c == '.' || c == ',') continue;
    out += c == '-' ? ' ' : c;
  }
  for (std::size_t at = out.find("organisation"); at != std::string::npos;
       at = out.find("organisation", at)) {
    out[at + 6] = 'z';
  }
  return out;
}

void Gazetteer::AddKey(std::string_view name, std::uint32_t entry) {
  const std::string key = FoldName(name);
  if (key.empty()) return;
  const auto [at, added] = by_name_.try_emplace(key, entry);
  if (!added && entries_[entry].weight > entries_[at->second].weight) at->second = entry;
  std::uint8_t& most = words_from_[FirstWord(key)];
  const auto words = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(
      12, 1 + std::count(key.begin(), key.end(), ' ') + std::count(key.begin(), key.end(), '\'') +
              2 * std::count(key.begin(), key.end(), '/')));
  most = std::max(most, words);
}

void Gazetteer::Add(std::string_view name, GazetteerEntry entry) {
  const auto index = static_cast<std::uint32_t>(entries_.size());
  const std::vector<std::string> aliases = entry.aliases;
  entries_.push_back(std::move(entry));
  AddKey(name, index);
  for (const std::string& alias : aliases) AddKey(alias, index);
}

Gazetteer::Gazetteer(const Lexicons& lexicons) {
  using Row = std::vector<std::string_view>;
  std::unordered_map<std::string_view, std::uint32_t> by_code;
  for (const Row& row : lexicons.Rows("countries.tsv")) {
    GazetteerEntry e{EntityType::kCountry, std::string(row[0]), {}, {}, {}, {}, {}, {},
                     kBodyWeight};
    e.country = Field(row, 1);
    if (!Field(row, 3).empty()) e.id = "geonames:" + std::string(row[3]);
    by_code[Field(row, 1)] = static_cast<std::uint32_t>(entries_.size());
    Add(row[0], std::move(e));
  }
  for (const Row& row : lexicons.Rows("cities.tsv")) {
    GazetteerEntry e{EntityType::kCity, std::string(row[0]), {}, {}, {}, {}, {}, {}, 0};
    e.country = Field(row, 1);
    e.weight = std::strtoll(std::string(Field(row, 3)).c_str(), nullptr, 10);
    if (Field(row, 4) == "C") e.weight += kCapitalWeight;
    if (Field(row, 4) == "A") e.weight += kSeatWeight;
    e.latitude = std::strtod(std::string(Field(row, 5)).c_str(), nullptr);
    e.longitude = std::strtod(std::string(Field(row, 6)).c_str(), nullptr);
    e.id = "geonames:" + std::string(Field(row, 7));
    Add(row[0], std::move(e));
  }
  for (const Row& row : lexicons.Rows("regions.tsv")) {
    GazetteerEntry e{EntityType::kRegion, std::string(row[0]), {}, {}, {}, {}, {}, {},
                     kRegionWeight};
    e.country = Field(row, 1).substr(0, 2);
    e.id = "geonames-admin1:" + std::string(Field(row, 1));
    if (e.country == "US") {
      states_[FoldName(Field(row, 1).substr(3))] = static_cast<std::uint32_t>(entries_.size());
    }
    Add(row[0], std::move(e));
  }
  for (const Row& row : lexicons.Rows("place_aliases.tsv")) {
    const std::string target = FoldName(Field(row, 2) == "-" ? row[0] : Field(row, 2));
    const auto at = by_name_.find(target);
    const EntityType type = TypeOf(Field(row, 1));
    if (at != by_name_.end() && entries_[at->second].type == type) {
      entries_[at->second].weight = std::max(entries_[at->second].weight, kCapitalWeight);
      by_name_[FoldName(row[0])] = at->second;
      AddKey(row[0], at->second);
      continue;
    }
    GazetteerEntry e{type, std::string(row[0]), {}, {}, {}, {}, {}, {}, kCapitalWeight};
    by_name_.erase(FoldName(row[0]));
    Add(row[0], std::move(e));
  }
  for (const Row& row : lexicons.Rows("organizations.tsv")) {
    GazetteerEntry e{
        TypeOf(Field(row, 1)), std::string(row[0]), {}, {}, {}, {}, {}, {}, kBodyWeight};
    e.id = "organizations:" + e.canonical;
    if (!Field(row, 2).empty()) e.aliases.emplace_back(row[2]);
    for (std::string_view alias : Split(Field(row, 3), ';')) e.aliases.emplace_back(alias);
    Add(row[0], std::move(e));
  }
  for (const Row& row : lexicons.Rows("media.tsv")) {
    GazetteerEntry e{EntityType::kMedia, std::string(row[0]), {}, {}, {}, {}, {}, {}, kBodyWeight};
    e.id = "media:" + e.canonical;
    e.kind = Field(row, 1);
    if (!Field(row, 2).empty()) e.aliases.emplace_back(row[2]);
    for (std::string_view alias : Split(Field(row, 3), ';')) e.aliases.emplace_back(alias);
    Add(row[0], std::move(e));
  }
  for (const Row& row : lexicons.Rows("demonyms.tsv")) {
    const auto at = by_code.find(Field(row, 1));
    if (at != by_code.end()) demonyms_[FoldName(row[0])] = at->second;
  }
  for (const Row& row : lexicons.Rows("given_names.tsv")) {
    given_[FoldName(row[0])] = Field(row, 1).empty() ? 'x' : row[1][0];
  }
  for (const Row& row : lexicons.Rows("surnames.tsv")) surnames_.insert(FoldName(row[0]));
  for (const Row& row : lexicons.Rows("common_words.tsv")) common_.insert(row[0]);
  for (const Row& row : lexicons.Rows("titles.tsv")) {
    titles_[FoldName(row[0])] = TitleEntry{Field(row, 1).empty() ? 'x' : row[1][0], Field(row, 2)};
  }
  for (const Row& row : lexicons.Rows("name_heads.tsv")) {
    HeadEntry head;
    head.first = Field(row, 1).find('F') != std::string_view::npos;
    head.last = Field(row, 1).find('L') != std::string_view::npos;
    head.other = Field(row, 2) == "other";
    head.type = TypeOf(Field(row, 2));
    head.kind = Field(row, 3);
    heads_.try_emplace(row[0], head);
  }
}

const Gazetteer& Gazetteer::Shared(const Lexicons& lexicons) {
  static const Gazetteer kShared(lexicons);
  return kShared;
}

std::optional<Gazetteer::Match> Gazetteer::LongestAt(const Analysis& analysis, TokenIndex begin,
                                                     TokenIndex limit) const {
  const std::string first = FirstWord(FoldName(analysis.Text(analysis.tokens[begin].span)));
  const auto most = words_from_.find(first);
  if (most == words_from_.end()) return std::nullopt;
  const TokenIndex last = std::min<TokenIndex>(limit, begin + most->second);
  for (TokenIndex end = last; end > begin; --end) {
    if (analysis.tokens[end - 1].kind == TokenKind::kPunctuation) continue;  // folding drops it
    const TokenRange range{begin, end};
    const auto at = by_name_.find(FoldName(analysis.Text(range)));
    if (at != by_name_.end()) return Match{range, &entries_[at->second]};
  }
  return std::nullopt;
}

const GazetteerEntry* Gazetteer::Find(std::string_view folded) const {
  const auto at = by_name_.find(std::string(folded));
  return at == by_name_.end() ? nullptr : &entries_[at->second];
}

char Gazetteer::GenderOf(std::string_view given) const {
  const auto at = given_.find(std::string(given));
  return at == given_.end() ? '\0' : at->second;
}

const GazetteerEntry* Gazetteer::State(std::string_view folded) const {
  const auto at = states_.find(std::string(folded));
  return at == states_.end() ? nullptr : &entries_[at->second];
}

const GazetteerEntry* Gazetteer::Demonym(std::string_view folded) const {
  const auto at = demonyms_.find(std::string(folded));
  return at == demonyms_.end() ? nullptr : &entries_[at->second];
}

const TitleEntry* Gazetteer::Title(std::string_view folded) const {
  const auto at = titles_.find(std::string(folded));
  return at == titles_.end() ? nullptr : &at->second;
}

const HeadEntry* Gazetteer::Head(std::string_view lower) const {
  const auto at = heads_.find(lower);
  return at == heads_.end() ? nullptr : &at->second;
}

TokenRange Gazetteer::TitleBefore(const Analysis& analysis, TokenIndex begin,
                                  TokenIndex end) const {
  constexpr TokenIndex kTitleWordsMax = 4;
  const TokenIndex first = end > begin + kTitleWordsMax ? end - kTitleWordsMax : begin;
  for (TokenIndex b = first; b < end; ++b) {
    if (Title(FoldName(analysis.Text(TokenRange{b, end}))) != nullptr) return {b, end};
  }
  return {end, end};
}

}  // namespace hearsay::ingest
