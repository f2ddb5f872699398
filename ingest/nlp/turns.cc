#include "ingest/nlp/turns.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "ingest/nlp/names.h"

namespace hearsay::ingest {
namespace {

constexpr TokenIndex kLongestSpeaker = 6;  // tokens
constexpr std::size_t kFewestTurns = 3;
constexpr std::size_t kShare = 3;  // turns are at least one in this many of a transcript's bytes
// Of 167 turns of guests in the train part of the project's corpus 150 are marked as statements.
constexpr double kConfidence = 0.9;

bool IsCapitals(const Token& token) {  // one letter is kCapitalised
  return token.shape == Shape::kUpper ||
         (token.shape == Shape::kCapitalised && token.span.size() == 1);
}

bool NamesPlace(const Analysis& analysis, Span span) {
  return std::any_of(analysis.CoreferentFrom(span.begin), analysis.CoreferentFrom(span.end),
                     [](const Coreferent& m) { return IsPlace(m.type); });
}

// The paragraph as a turn, if it begins as one.
std::optional<Turn> TurnOf(const Analysis& analysis, const CueFrames& frames, const Block& block) {
  const auto& tokens = analysis.tokens;
  TokenIndex colon = block.tokens.begin;
  while (colon < block.tokens.end && colon - block.tokens.begin <= kLongestSpeaker &&
         (IsCapitals(tokens[colon]) || tokens[colon].lower == ".")) {
    ++colon;
  }
  if (colon == block.tokens.begin || colon + 1 >= block.tokens.end || tokens[colon].lower != ":") {
    return std::nullopt;
  }
  TokenIndex end = block.tokens.end;
  if (tokens[end - 1].lower == "." && end - 1 > colon + 1) --end;
  Turn turn;
  turn.speaker = analysis.SpanOf({block.tokens.begin, colon});
  turn.colon = tokens[colon].span;
  turn.said = analysis.SpanOf({colon + 1, end});
  turn.ours = frames.Staff(tokens[colon - 1].lower);
  if (NamesPlace(analysis, turn.speaker)) return std::nullopt;
  return turn;
}

}  // namespace

std::vector<Turn> FindTurns(const Analysis& analysis, const CueFrames& frames) {
  std::vector<Turn> turns;
  std::map<std::string_view, std::size_t> spoken;
  std::size_t most = 0, said = 0;
  for (const Block& block : analysis.blocks) {
    if (auto turn = TurnOf(analysis, frames, block)) {
      most = std::max(most, ++spoken[analysis.Text(turn->speaker)]);
      said += turn->said.size();
      turns.push_back(*turn);
    }
  }
  const bool transcript = turns.size() >= kFewestTurns && spoken.size() >= 2 && most >= 2 &&
                          said * kShare >= analysis.article.text.size();
  if (!transcript) turns.clear();
  return turns;
}

void AddTurns(const Analysis& analysis, const CueFrames& frames,
              std::vector<Attribution>* attributions) {
  const std::vector<Turn> turns = FindTurns(analysis, frames);
  if (turns.empty()) return;
  auto& all = *attributions;
  const auto read = static_cast<std::uint32_t>(all.size());
  std::vector<bool> dropped(read, false);
  for (const Turn& turn : turns) {
    std::optional<std::uint32_t> whole;  // what was read as said by the turn's speaker
    for (std::uint32_t k = 0; k < read && !whole; ++k) {
      if (all[k].cue->Overlaps(turn.colon)) whole = k;
    }
    if (turn.ours) {
      if (whole) dropped[*whole] = true;
      continue;
    }
    if (!whole) {
      whole = static_cast<std::uint32_t>(all.size());
      all.emplace_back();
      all.back().confidence = kConfidence;
      all.back().rule = "turn";
      all.back().cue = turn.colon;
    }
    Attribution& a = all[*whole];
    a.source = turn.speaker;
    a.content = {turn.said};
    a.parent.reset();
    for (std::uint32_t k = 0; k < read; ++k) {
      if (k != *whole && !all[k].parent && turn.said.Covers(*all[k].cue)) all[k].parent = whole;
    }
  }
  std::vector<std::optional<std::uint32_t>> now(all.size());
  std::vector<Attribution> kept;
  for (std::uint32_t k = 0; k < all.size(); ++k) {
    if (k < read && dropped[k]) continue;
    now[k] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(all[k]));
  }
  for (Attribution& a : kept) {
    if (a.parent) a.parent = now[*a.parent];
  }
  all = std::move(kept);
}

void JoinAnswers(const CueFrames& frames, Analysis* analysis) {
  const std::vector<Turn> turns = FindTurns(*analysis, frames);
  const bool asked = std::any_of(turns.begin(), turns.end(), [&](const Turn& turn) {
    return analysis->Text(turn.speaker) == "Q";
  });
  if (!asked) return;
  auto& mentions = analysis->coreferents;
  const auto first = analysis->CoreferentFrom(turns.front().speaker.begin);
  const auto answerer =
      std::find_if(std::make_reverse_iterator(first), mentions.crend(), [](const Coreferent& m) {
        return m.form == MentionForm::kName && m.type == EntityType::kPerson;
      });
  if (answerer == mentions.crend()) return;
  const std::uint32_t group = answerer->group;
  for (const Turn& turn : turns) {
    if (analysis->Text(turn.speaker) != "A") continue;
    const Coreferent answer{turn.speaker, EntityType::kPerson, MentionForm::kNominal, group};
    const auto at = analysis->CoreferentFrom(turn.speaker.begin);
    if (at != mentions.cend() && at->span == turn.speaker) {
      mentions[static_cast<std::size_t>(at - mentions.cbegin())] = answer;
    } else {
      mentions.insert(at, answer);
    }
  }
}

}  // namespace hearsay::ingest
