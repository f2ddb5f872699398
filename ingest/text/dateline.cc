#include "ingest/text/dateline.h"

#include <algorithm>
#include <set>

#include "ingest/lexicon/lexicons.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

constexpr TokenIndex kDatelineTokensMax = 24;

const std::set<std::string_view>& MonthsAndDays() {
  static const std::set<std::string_view> kNames = [] {
    std::set<std::string_view> set;
    for (const auto& row : LexiconRows("calendar.tsv")) {
      if (row[1] != "zone") set.insert(row[0]);
    }
    return set;
  }();
  return kNames;
}

class DatelineReader {
 public:
  DatelineReader(const std::vector<Token>& tokens, TokenRange paragraph, std::string_view text)
      : tokens_(tokens),
        text_(text),
        begin_(paragraph.begin),
        end_(std::min(paragraph.end, paragraph.begin + kDatelineTokensMax)) {}

  std::optional<Dateline> Read() {
    Dateline line;
    at_ = begin_;
    line.places.begin = at_;
    if (!ReadPlaces()) return std::nullopt;
    line.places.end = at_;
    Skip(",");
    line.date.begin = at_;
    ReadDate();
    line.date.end = at_;
    while (Skip(",") || Skip(".")) {
    }
    line.credit = ReadCredit();
    if (!ReadEnd(line)) return std::nullopt;
    line.tokens = {begin_, at_};
    return line;
  }

 private:
  const Token* Look() const { return at_ < end_ ? &tokens_[at_] : nullptr; }
  bool Is(std::string_view lower) const { return Look() != nullptr && Look()->lower == lower; }
  bool Skip(std::string_view lower) {
    if (!Is(lower)) return false;
    ++at_;
    return true;
  }
  bool IsCapitalWord() const {
    const Token* t = Look();
    return t != nullptr && t->kind == TokenKind::kWord &&
           (t->shape == Shape::kCapitalised || t->shape == Shape::kUpper ||
            t->shape == Shape::kMixed) &&
           !IsDateName();
  }
  bool IsDateName() const {
    std::string lower = Look()->lower;
    if (lower.ends_with('.')) lower.pop_back();
    return MonthsAndDays().contains(lower);
  }

  // Capitalised words joined by commas and slashes: "Nur-Sultan/Moscow", "ALMATY, Kazakhstan".
  bool ReadPlaces() {
    if (!IsCapitalWord()) return false;
    all_upper_ = Look()->shape == Shape::kUpper || text_[Look()->span.begin] == '-';
    int words = 0;
    while (true) {
      while (IsCapitalWord() && words < 8) {
        ++at_;
        ++words;
      }
      const TokenIndex mark = at_;
      if (!Skip("/") && !Skip(",") && !Skip("-")) return true;
      if (!IsCapitalWord() || words >= 8) {
        at_ = mark;
        return true;
      }
    }
  }

  // Month and weekday names, numbers, commas among them.
  void ReadDate() {
    while (Look() != nullptr) {
      const bool number = Look()->kind == TokenKind::kNumber && Look()->span.size() <= 4;
      if (!number && !(Look()->kind == TokenKind::kWord && IsDateName())) break;
      ++at_;
      const TokenIndex mark = at_;
      if (Skip(",") &&
          (Look() == nullptr || (Look()->kind != TokenKind::kNumber && !IsDateName()))) {
        at_ = mark;
      }
    }
  }

  // "(EFE)", "(Xinhua/AP)", "/TASS/", or a name set off by a comma: "Interfax-Kazakhstan".
  TokenRange ReadCredit() {
    const TokenIndex mark = at_;
    const bool bracket = Is("(");
    const bool slash = Is("/");
    if (bracket || slash) {
      ++at_;
      const TokenIndex begin = at_;
      while (IsCapitalWord() || (bracket && (Is("/") || Is("-") || Is("&")))) ++at_;
      const TokenIndex end = at_;
      if (end > begin && end - begin <= 6 && (bracket ? Skip(")") : Skip("/"))) return {begin, end};
      at_ = mark;
      return {mark, mark};
    }
    while (IsCapitalWord() && at_ - mark < 4) ++at_;
    return {mark, at_};
  }

  // The dash, or TASS's full stop; what stands before must make it certain that this is a dateline.
  bool ReadEnd(const Dateline& line) {
    const bool has_credit = !line.credit.empty();
    const bool slash_credit = has_credit && tokens_[line.credit.begin - 1].lower == "/";
    const bool stop = Skip(".");
    const Token* t = Look();
    const bool dash = t != nullptr && t->kind == TokenKind::kPunctuation &&
                      (IsDash(DecodeAt(text_, t->span.begin).value) ||
                       IsHyphen(DecodeAt(text_, t->span.begin).value));
    if (dash) {
      const bool bracketed = has_credit && tokens_[line.credit.begin - 1].lower == "(";
      if (!(bracketed || slash_credit || !line.date.empty() || (all_upper_ && !has_credit))) {
        return false;
      }
      ++at_;
      return true;
    }
    return stop && slash_credit;
  }

  const std::vector<Token>& tokens_;
  std::string_view text_;
  TokenIndex begin_;
  TokenIndex end_;
  TokenIndex at_ = 0;
  bool all_upper_ = false;
};

}  // namespace

std::optional<Dateline> FindDateline(const std::vector<Token>& tokens, TokenRange paragraph,
                                     std::string_view text) {
  return DatelineReader(tokens, paragraph, text).Read();
}

}  // namespace hearsay::ingest
