#include "ingest/nlp/tags.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include "graph/base/check.h"
#include "ingest/components.h"

namespace hearsay::ingest {
namespace {

// The letters of tags.tsv.  Pronouns that possess and the clitic "'s" are one tag outside but two
// states here, since a sentence goes on differently after them.
constexpr std::string_view kLetters = "onNps'jrdcDPBGVmai&bwtTu.^$";
constexpr std::array<Tag, 25> kTagOf = {Tag::kOther,       Tag::kNoun,         Tag::kProperNoun,
                                        Tag::kPronoun,     Tag::kPossessive,   Tag::kPossessive,
                                        Tag::kAdjective,   Tag::kAdverb,       Tag::kDeterminer,
                                        Tag::kNumeral,     Tag::kVerbPast,     Tag::kVerbPresent,
                                        Tag::kVerbBase,    Tag::kVerbGerund,   Tag::kVerbParticiple,
                                        Tag::kModal,       Tag::kAuxiliary,    Tag::kPreposition,
                                        Tag::kConjunction, Tag::kSubordinator, Tag::kWhWord,
                                        Tag::kParticle,    Tag::kTo,           Tag::kInterjection,
                                        Tag::kPunctuation};

constexpr int kStart = 25;
constexpr int kEnd = 26;

int StateOf(char letter) {
  const std::size_t at = kLetters.find(letter);
  HEARSAY_CHECK(at != std::string_view::npos);
  return static_cast<int>(at);
}

double NumberOf(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool HasLetter(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
  });
}

class TagComponent : public Component {
 public:
  explicit TagComponent(const Lexicons& lexicons) : tagger_(lexicons) {}
  void Run(Analysis& analysis) const override {
    analysis.tags.clear();
    analysis.tags.reserve(analysis.tokens.size());
    for (const Sentence& sentence : analysis.sentences) {
      analysis.tags.resize(sentence.tokens.begin, Tag::kOther);  // between sentences: none
      tagger_.TagSentence(
          std::span(analysis.tokens)
              .subspan(sentence.tokens.begin, sentence.tokens.end - sentence.tokens.begin),
          &analysis.tags);
    }
    analysis.tags.resize(analysis.tokens.size(), Tag::kOther);
  }

 private:
  Tagger tagger_;
};

}  // namespace

std::unique_ptr<Component> MakeTags(const Lexicons& lexicons) {
  return std::make_unique<TagComponent>(lexicons);
}

Tagger::Tagger(const Lexicons& lexicons) { Learn(lexicons.Rows("tags.tsv")); }

Tagger::Candidates Tagger::Parse(std::string_view counts, bool ending) const {
  std::array<std::pair<int, double>, kCandidatesMax> found;
  int n = 0;
  double total = 0;
  while (!counts.empty() && n < kCandidatesMax) {
    const std::size_t space = std::min(counts.find(' '), counts.size());
    found[n] = {StateOf(counts[0]), NumberOf(counts.substr(1, space - 1))};
    total += found[n].second;
    ++n;
    counts.remove_prefix(std::min(space + 1, counts.size()));
  }
  Candidates candidates;
  for (int i = 0; i < n; ++i) {
    const auto [state, count] = found[i];
    const double share = (count + (ending ? 0.5 : 0.0)) / (total + (ending ? 0.5 * n : 0.0));
    candidates.items[candidates.count++] = {
        static_cast<std::uint8_t>(state), static_cast<float>(std::log(share)) - log_prior_[state]};
  }
  return candidates;
}

void Tagger::Learn(const std::vector<std::vector<std::string_view>>& rows) {
  constexpr std::size_t kPairs = std::size_t{kStates} * kStates;
  std::vector<double> three(kPairs * kStates, 0.0);
  std::vector<double> two(kPairs, 0.0);
  std::vector<double> pair_of_two(kPairs, 0.0);
  std::vector<double> one(kStates, 0.0);
  double all = 0;
  for (const auto& row : rows) {
    if (row[0] != "t") continue;
    const int a = StateOf(row[1][0]);
    const int b = StateOf(row[1][1]);
    const int c = StateOf(row[1][2]);
    const double n = NumberOf(row[2]);
    three[(a * kStates + b) * kStates + c] += n;
    two[b * kStates + c] += n;
    pair_of_two[a * kStates + b] += n;
    one[c] += n;
    all += n;
  }
  for (int s = 0; s < kStates; ++s) {
    log_prior_[s] = static_cast<float>(std::log((one[s] + 1) / (all + kStates)));
  }
  transition_.resize(three.size());
  for (int a = 0; a < kStates; ++a) {
    for (int b = 0; b < kStates; ++b) {
      double of_b = 0;
      for (int c = 0; c < kStates; ++c) of_b += two[b * kStates + c];
      const double of_ab = pair_of_two[a * kStates + b];
      const double trust = of_ab / (of_ab + 20);  // of the run of three against that of two
      for (int c = 0; c < kStates; ++c) {
        const double p1 = (one[c] + 1) / (all + kStates);
        const double p2 = (two[b * kStates + c] + 3 * p1) / (of_b + 3);
        const double p3 = of_ab > 0 ? three[(a * kStates + b) * kStates + c] / of_ab : 0;
        transition_[(a * kStates + b) * kStates + c] =
            static_cast<float>(std::log(trust * p3 + (1 - trust) * p2));
      }
    }
  }
  for (const auto& row : rows) {
    if (row[0] == "l") lower_.emplace(row[1], Parse(row[2], false));
    if (row[0] == "c") capital_.emplace(row[1], Parse(row[2], false));
    if (row[0] == "sl") lower_ending_.emplace(row[1], Parse(row[2], true));
    if (row[0] == "sc") capital_ending_.emplace(row[1], Parse(row[2], true));
  }
  punctuation_ = Parse(".1", false);
  number_ = Parse("c30 n1", false);
  symbol_ = Parse("o3 .1", false);
  name_ = Parse("N1", false);
  compound_ = Parse("j6 n3 V1", false);
  noun_ = Parse("n50 N20 j15 r2 V3 G3", false);
  // A capitalised word that opens a sentence, or stands in a headline, is what it is in lower case
  // or a name; function words hardly ever are names.
  for (const auto& [word, candidates] : lower_) {
    Candidates mixed = candidates;
    bool open = false;
    for (int i = 0; i < mixed.count; ++i) {
      const Tag tag = kTagOf[mixed.items[i].state];
      open = open || tag == Tag::kNoun || tag == Tag::kAdjective || tag == Tag::kVerbPast ||
             tag == Tag::kVerbBase || tag == Tag::kVerbPresent || tag == Tag::kVerbGerund;
    }
    const auto cap = capital_.find(word);
    const int name = StateOf('N');
    const bool is_in = std::any_of(mixed.items.begin(), mixed.items.begin() + mixed.count,
                                   [&](const Candidate& c) { return c.state == name; });
    if (!is_in && mixed.count < kCandidatesMax && (open || cap != capital_.end())) {
      mixed.items[mixed.count++] = {static_cast<std::uint8_t>(name),
                                    std::log(0.12F) - log_prior_[name]};
    }
    either_.emplace(word, mixed);
  }
}

const Tagger::Candidates& Tagger::Ending(const Lexicon& endings, std::string_view word) const {
  for (std::size_t n = std::min<std::size_t>(4, word.size()); n > 0; --n) {
    const auto at = endings.find(word.substr(word.size() - n));
    if (at != endings.end()) return at->second;
  }
  return noun_;
}

const Tagger::Candidates& Tagger::Guess(const Token& token, bool first, bool titled) const {
  const std::string_view word = token.lower;
  if (token.kind == TokenKind::kPunctuation || token.kind == TokenKind::kQuote) {
    const auto clitic = lower_.find(word);
    return word == "'" && clitic != lower_.end() ? clitic->second : punctuation_;
  }
  if (token.kind == TokenKind::kSymbol) return symbol_;
  if (token.kind == TokenKind::kNumber || !HasLetter(word)) return number_;
  const bool capital = token.shape == Shape::kCapitalised || token.shape == Shape::kUpper;
  if (!capital) {
    const auto at = lower_.find(word);
    if (at != lower_.end()) return at->second;
    const std::size_t hyphen = word.rfind('-');
    if (hyphen != std::string_view::npos && hyphen + 1 < word.size()) {
      return compound_;
    }
    return token.shape == Shape::kMixed ? name_ : Ending(lower_ending_, word);
  }
  if (!first && !titled) {
    const auto at = capital_.find(word);
    if (at != capital_.end()) return at->second;
    return word.size() > 3 && lower_.contains(word) ? name_ : Ending(capital_ending_, word);
  }
  const auto at = either_.find(word);
  if (at != either_.end()) return at->second;
  const auto cap = capital_.find(word);
  if (cap != capital_.end()) return cap->second;
  return first && word.size() > 4 && (word.ends_with("ing") || word.ends_with("ly"))
             ? Ending(lower_ending_, word)
             : name_;
}

void Tagger::TagSentence(std::span<const Token> sentence, std::vector<Tag>* out) const {
  const std::size_t n = sentence.size();
  if (n == 0) return;
  std::size_t capitals = 0;
  std::size_t words = 0;
  for (const Token& token : sentence) {
    if (token.kind != TokenKind::kWord) continue;
    ++words;
    capitals += token.shape == Shape::kCapitalised || token.shape == Shape::kUpper ? 1 : 0;
  }
  const bool titled = words >= 3 && capitals * 10 >= words * 6;

  std::vector<const Candidates*> columns(n);
  bool inside = false;
  for (std::size_t i = 0; i < n; ++i) {
    columns[i] = &Guess(sentence[i], !inside, titled);
    const TokenKind kind = sentence[i].kind;
    if (kind == TokenKind::kWord || kind == TokenKind::kNumber) inside = true;
    if (sentence[i].lower == ":" || (kind == TokenKind::kQuote && i + 1 < n)) inside = false;
  }

  // best[i][q * max + r]: the best path whose last two tags are candidate q of token i - 1 and
  // candidate r of token i.
  constexpr std::size_t kMax = kCandidatesMax;
  struct Cell {
    float score;
    std::uint8_t from;
  };
  std::vector<std::array<Cell, kMax * kMax>> best(n);
  const auto step = [&](int a, int b, int c) {
    return transition_[(a * kStates + b) * kStates + c];
  };
  for (std::size_t i = 0; i < n; ++i) {
    const Candidates& now = *columns[i];
    const int before = i > 0 ? columns[i - 1]->count : 1;
    for (int q = 0; q < before; ++q) {
      const int b = i > 0 ? columns[i - 1]->items[q].state : kStart;
      for (int r = 0; r < now.count; ++r) {
        const int c = now.items[r].state;
        Cell cell{-1e30F, 0};
        const int two_before = i > 1 ? columns[i - 2]->count : 1;
        for (int p = 0; p < two_before; ++p) {
          const int a = i > 1 ? columns[i - 2]->items[p].state : kStart;
          const float past = i > 0 ? best[i - 1][p * kMax + q].score : 0.0F;
          const float score = past + step(a, b, c);
          if (score > cell.score) cell = {score, static_cast<std::uint8_t>(p)};
        }
        cell.score += now.items[r].score;
        best[i][q * kMax + r] = cell;
      }
    }
  }
  int q_best = 0;
  int r_best = 0;
  float top = -1e30F;
  const int before = n > 1 ? columns[n - 2]->count : 1;
  for (int q = 0; q < before; ++q) {
    for (int r = 0; r < columns[n - 1]->count; ++r) {
      const int b = n > 1 ? columns[n - 2]->items[q].state : kStart;
      const float score =
          best[n - 1][q * kMax + r].score + step(b, columns[n - 1]->items[r].state, kEnd);
      if (score > top) {
        top = score;
        q_best = q;
        r_best = r;
      }
    }
  }
  const std::size_t offset = out->size();
  out->resize(offset + n);
  for (std::size_t i = n; i-- > 0;) {
    (*out)[offset + i] = kTagOf[columns[i]->items[r_best].state];
    const int p = best[i][q_best * kMax + r_best].from;
    r_best = q_best;
    q_best = p;
  }
}

}  // namespace hearsay::ingest
