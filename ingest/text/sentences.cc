#include "ingest/text/sentences.h"

#include <algorithm>

#include "ingest/components.h"
#include "ingest/text/dateline.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

enum class Stop { kNone, kFull, kStrong, kEllipsis, kAbbreviation };

bool IsOpener(const Token& token) {
  return token.kind == TokenKind::kQuote || token.lower == "(" || token.lower == "[";
}
bool IsCloser(const Token& token) {
  return token.kind == TokenKind::kQuote || token.lower == ")" || token.lower == "]";
}

}  // namespace

class SentenceScan {
 public:
  SentenceScan(const SentenceSplitter& rules, std::string_view text,
               const std::vector<Token>& tokens, const std::vector<Block>& blocks)
      : rules_(rules), text_(text), tokens_(tokens), blocks_(blocks) {}

  std::vector<Sentence> Run() {
    for (std::uint32_t b = 0; b < blocks_.size(); ++b) {
      block_ = b;
      SplitBlock(blocks_[b].tokens);
    }
    return std::move(sentences_);
  }

 private:
  void SplitBlock(TokenRange range) {
    end_ = range.end;
    TokenIndex begin = range.begin;
    if (const auto dateline = FindDateline(tokens_, range, text_)) {
      Emit(begin, dateline->tokens.end);
      begin = dateline->tokens.end;
    }
    for (TokenIndex t = begin; t < end_; ++t) {
      const Stop stop = StopAt(t, begin);
      if (stop != Stop::kNone) {
        const TokenIndex next = AfterClosers(t + 1);
        if (next < end_ && Ends(stop, t, next)) {
          Emit(begin, next);
          begin = next;
          t = next - 1;
          continue;
        }
      }
      if (t + 1 - begin >= kSentenceTokensMax) {
        Emit(begin, t + 1);
        begin = t + 1;
      }
    }
    Emit(begin, end_);
  }

  void Emit(TokenIndex begin, TokenIndex end) {
    if (begin >= end) return;
    sentences_.push_back(
        {{tokens_[begin].span.begin, tokens_[end - 1].span.end}, {begin, end}, block_});
  }

  Stop StopAt(TokenIndex t, TokenIndex begin) const {
    const Token& token = tokens_[t];
    if (token.kind == TokenKind::kPunctuation) {
      const char32_t c = DecodeAt(token.lower, 0).value;
      if (c == 0x2026 || (c == '.' && token.span.size() > 1)) return Stop::kEllipsis;
      if (c == '.') {
        // "1." at the head of a line is its number
        const bool numbered = t == begin + 1 && tokens_[begin].kind == TokenKind::kNumber;
        return numbered ? Stop::kNone : Stop::kFull;
      }
      if (c == '!' || c == '?' || c == 0x3002 || c == 0x061F || c == 0x0964) return Stop::kStrong;
      return Stop::kNone;
    }
    if (token.kind == TokenKind::kWord && token.span.size() > 1 &&
        text_[token.span.end - 1] == '.') {
      return Stop::kAbbreviation;
    }
    return Stop::kNone;
  }

  // The first token after closing marks that follow without a space.
  TokenIndex AfterClosers(TokenIndex t) const {
    while (t < end_ && IsCloser(tokens_[t]) && tokens_[t].span.begin == tokens_[t - 1].span.end &&
           !OpensHere(t)) {
      ++t;
    }
    return t;
  }

  // A quotation mark right after a stop that opens the next sentence: `end.“Next`.
  bool OpensHere(TokenIndex t) const {
    const char32_t c = DecodeAt(text_, tokens_[t].span.begin).value;
    return c == 0x201C || c == 0x201E || c == 0x00AB || c == 0x2018;
  }

  bool Ends(Stop stop, TokenIndex t, TokenIndex next) const {
    const bool spaced = tokens_[next - 1].span.end < tokens_[next].span.begin;
    const Token* word = &tokens_[next];
    TokenIndex w = next;
    while (w + 1 < end_ && IsOpener(tokens_[w])) word = &tokens_[++w];
    const bool capital = StartsUpper(*word);
    const bool number = word->kind == TokenKind::kNumber;
    if (!spaced && !OpensHere(next)) {
      // "Kazakhstan.Conflicts": the space was lost
      return stop == Stop::kFull && capital && next == t + 1 && t > 0 &&
             tokens_[t - 1].shape != Shape::kUpper && tokens_[t - 1].span.size() > 1;
    }
    if (stop == Stop::kAbbreviation) return EndsAfterAbbreviation(t, next, *word);
    const bool cased = HasCase(*word);
    if (cased && !capital) return false;
    if (stop == Stop::kEllipsis) return capital || w != next;
    return capital || number || !cased || word->kind != TokenKind::kWord;
  }

  bool EndsAfterAbbreviation(TokenIndex t, TokenIndex next, const Token& word) const {
    if (next > t + 1 && tokens_[t + 1].kind == TokenKind::kQuote) return StartsUpper(word);
    if (word.kind == TokenKind::kQuote || word.lower == "(") return false;
    if (!StartsUpper(word)) return false;
    const std::string_view bare = tokens_[t].span.In(text_).substr(0, tokens_[t].span.size() - 1);
    const auto found = rules_.abbreviations_.find(bare);
    if (found != rules_.abbreviations_.end() &&
        (found->second == SentenceSplitter::Class::kTitle ||
         found->second == SentenceSplitter::Class::kNumber)) {
      return false;
    }
    // "A." may be an initial, "the" never follows one
    return rules_.starters_.contains(word.lower) && word.lower.size() > 1;
  }

  bool StartsUpper(const Token& token) const {
    return IsUpper(DecodeAt(text_, token.span.begin).value);
  }
  bool HasCase(const Token& token) const {
    const char32_t c = DecodeAt(text_, token.span.begin).value;
    return IsUpper(c) || IsLower(c);
  }

  const SentenceSplitter& rules_;
  std::string_view text_;
  const std::vector<Token>& tokens_;
  const std::vector<Block>& blocks_;
  std::vector<Sentence> sentences_;
  std::uint32_t block_ = 0;
  TokenIndex end_ = 0;
};

SentenceSplitter::SentenceSplitter(const Lexicons& lexicons)
    : starters_(lexicons.Set("starters.tsv")) {
  for (const auto& row : lexicons.Rows("abbreviations.tsv")) {
    const Class kind = row[1] == "title"    ? Class::kTitle
                       : row[1] == "date"   ? Class::kDate
                       : row[1] == "number" ? Class::kNumber
                                            : Class::kPlain;
    abbreviations_.emplace(row[0], kind);
  }
}

std::vector<Sentence> SentenceSplitter::Split(std::string_view text,
                                              const std::vector<Token>& tokens,
                                              const std::vector<Block>& blocks) const {
  return SentenceScan(*this, text, tokens, blocks).Run();
}

namespace {

class Sentences final : public Component {
 public:
  explicit Sentences(const Lexicons& lexicons) : splitter_(lexicons) {}
  void Run(Analysis& analysis) const override {
    analysis.sentences = splitter_.Split(analysis.article.text, analysis.tokens, analysis.blocks);
  }

 private:
  SentenceSplitter splitter_;
};

}  // namespace

std::unique_ptr<Component> MakeSentences(const Lexicons& lexicons) {
  return std::make_unique<Sentences>(lexicons);
}

}  // namespace hearsay::ingest
