#include "ingest/model/words.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

#include "graph/base/check.h"
#include "ingest/text/utf8.h"

namespace hearsay::model {
namespace {

using ingest::AppendUtf8;
using ingest::CodePoint;
using ingest::DecodeAt;
using ingest::DecodeBefore;

constexpr std::size_t kPiecesMax = 12;       // of one word; the rest of a longer word is not read
constexpr std::size_t kCodePointsMax = 100;  // of a normal word; a longer one is unknown
constexpr std::uint8_t kUnicodeMajor = 14;   // Python 3.11's, and so the trained model's

// text.py's SHAPES, LAYOUTS and QUOTES.
enum Shape : std::uint8_t { kLower, kTitle, kUpper, kLetter, kMixed, kDigit, kMark, kOther };
enum Layout : std::uint8_t { kBlank, kGlued, kLine, kParagraph };
enum Quote : std::uint8_t { kOutside, kInside, kOpen, kClose };

// What a character does to the words around it.
enum class Role : std::uint8_t {
  kSpace,    // separates words
  kAlone,    // is a word: punctuation, CJK
  kDropped,  // stands in no word and separates none: controls, formats
  kWord      // is part of a word
};

// Python's str.isspace(): white space and separators of the bidirectional algorithm, and Zs.
constexpr bool IsPythonSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

constexpr bool IsAsciiMark(char32_t c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

constexpr std::array<Role, 0x80> kAsciiRoles = [] {
  std::array<Role, 0x80> roles{};
  for (char32_t c = 0; c < 0x80; ++c) {
    roles[c] = IsPythonSpace(c)          ? Role::kSpace
               : IsAsciiMark(c)          ? Role::kAlone
               : (c < 0x20 || c == 0x7F) ? Role::kDropped
                                         : Role::kWord;
  }
  return roles;
}();

constexpr bool IsCjk(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF);
}

// Whether the character was there, or as unassigned as now, in the Unicode the model knows.
bool IsKnown(char32_t c) {
  if (c < 0x0300) return true;
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(c), age);
  return age[0] <= kUnicodeMajor;
}

std::uint32_t CategoryMask(char32_t c) {
  return IsKnown(c) ? U_GET_GC_MASK(static_cast<UChar32>(c)) : U_GC_CN_MASK;
}

bool Has(char32_t c, UProperty property) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), property) != 0 && IsKnown(c);
}

Role RoleOf(char32_t c) {
  if (c < 0x80) return kAsciiRoles[c];
  if (IsPythonSpace(c)) return Role::kSpace;
  if (IsCjk(c)) return Role::kAlone;
  const std::uint32_t category = CategoryMask(c);
  if ((category & U_GC_P_MASK) != 0) return Role::kAlone;
  constexpr std::uint32_t kDroppedMask = U_GC_CC_MASK | U_GC_CF_MASK;
  return c == 0xFFFD || (category & kDroppedMask) != 0 ? Role::kDropped : Role::kWord;
}

// Whether a word's spelling leaves the character out.  Of the spaces, which stand in no word of
// ours, text.py's rule drops those that are controls too.
bool IsDropped(char32_t c) {
  if (IsPythonSpace(c)) return (c < 0x20 || c == 0x85) && c != '\t' && c != '\n' && c != '\r';
  return RoleOf(c) == Role::kDropped;
}

// The character at `at`, as DecodeAt says, without a call for most of them.
CodePoint At(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  return first < 0x80 ? CodePoint{first, 1} : DecodeAt(text, at);
}

std::vector<Span> SpansOf(std::string_view text) {
  std::vector<Span> spans;
  spans.reserve(text.size() / 5);
  bool open = false;
  std::size_t begin = 0;
  const auto add = [&spans](std::size_t from, std::size_t to) {
    spans.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = At(text, at);
    const Role role = RoleOf(c.value);
    if (role == Role::kSpace || role == Role::kAlone) {
      if (open) add(begin, at);
      open = false;
      if (role == Role::kAlone) add(at, at + c.size);
    } else if (!open && role == Role::kWord) {
      open = true;
      begin = at;
    }
    at += c.size;
  }
  if (open) add(begin, text.size());
  return spans;
}

bool IsPythonAlpha(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (CategoryMask(c) & U_GC_L_MASK) != 0;
}

bool IsPythonUpper(char32_t c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : Has(c, UCHAR_UPPERCASE); }

bool IsPythonDigit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  const std::int32_t type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE);
  return (type == U_NT_DECIMAL || type == U_NT_DIGIT) && IsKnown(c);
}

Shape ShapeOf(std::string_view word) {
  std::size_t characters = 0;
  std::size_t letters = 0;
  std::size_t capitals = 0;
  bool begins_upper = false;  // the first letter
  bool digits = false;
  for (std::size_t at = 0; at < word.size(); ++characters) {
    const CodePoint c = At(word, at);
    at += c.size;
    if (IsPythonAlpha(c.value)) {
      const bool upper = IsPythonUpper(c.value);
      if (letters++ == 0) begins_upper = upper;
      if (upper) ++capitals;
    } else if (!digits) {
      digits = IsPythonDigit(c.value);
    }
  }
  if (letters == 0) return digits ? kDigit : characters == 1 ? kMark : kOther;
  if (capitals == 0) return kLower;
  if (letters == 1) return kLetter;
  if (capitals == letters) return kUpper;
  return begins_upper && capitals == 1 ? kTitle : kMixed;
}

// Unicode's Final_Sigma (section 3.13, table 3-17): a cased letter before, none behind, characters
// that case ignores not counted.  A search ends at the next capital sigma, so that all of a word's
// searches together are linear.
bool IsFinalSigma(std::string_view word, std::size_t begin, std::size_t end) {
  const auto skips = [](char32_t c) { return IsDropped(c) || Has(c, UCHAR_CASE_IGNORABLE); };
  CodePoint before = DecodeBefore(word, begin);
  while (before.size > 0 && skips(before.value)) {
    begin -= before.size;
    before = DecodeBefore(word, begin);
  }
  if (before.size == 0 || !Has(before.value, UCHAR_CASED)) return false;
  CodePoint behind = DecodeAt(word, end);
  while (behind.size > 0 && skips(behind.value)) {
    end += behind.size;
    behind = DecodeAt(word, end);
  }
  return behind.size == 0 || !Has(behind.value, UCHAR_CASED);
}

// A word as the vocabulary spells it: dropped characters gone, lower case, decomposed (NFD), no
// nonspacing marks.  Made character by character, so that a word of any length costs what it is
// long and no memory: what is longer than the vocabulary reads is given up.
class Spelling {
 public:
  explicit Spelling(std::string_view word) {
    for (std::size_t at = 0; at < word.size() && !too_long();) {
      const CodePoint c = At(word, at);
      if (c.value < 0x80) {
        AddAscii(c.value);
      } else {
        AddOther(word, at, c);
      }
      at += c.size;
    }
    Settle();
  }

  bool too_long() const { return code_points_ > kCodePointsMax; }
  std::size_t size() const { return size_; }
  bool IsBoundary(std::size_t at) const {
    return at == size_ || (static_cast<unsigned char>(bytes_[kRoom + at]) & 0xC0) != 0x80;
  }

  // Bytes [begin, end), with "##" before them unless they begin the word.  Overwrites what stands
  // before `begin`; so `begin` must not go back.
  std::string_view Piece(std::size_t begin, std::size_t end) {
    if (begin == 0) return {bytes_.data() + kRoom, end};
    bytes_[begin] = bytes_[begin + 1] = '#';
    return {bytes_.data() + begin, end - begin + kRoom};
  }

 private:
  static constexpr std::size_t kRoom = 2;  // for the "##" of a piece that begins at 1

  void AddAscii(char32_t c) {
    if ((c < 0x20 || c == 0x7F) && IsDropped(c)) return;
    Settle();
    Put(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }

  void AddOther(std::string_view word, std::size_t at, CodePoint c) {
    if (IsDropped(c.value)) return;
    if (!IsKnown(c.value)) {
      AddDecomposed(c.value);
      return;
    }
    // The only full mapping that is not the simple one, U+0130 to i and U+0307, loses the mark.
    char32_t lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c.value)));
    if (c.value == 0x03A3 && IsFinalSigma(word, at, at + c.size)) lower = 0x03C2;
    UErrorCode error = U_ZERO_ERROR;
    static const UNormalizer2* const kNfd = unorm2_getNFDInstance(&error);
    HEARSAY_CHECK(U_SUCCESS(error) != 0);  // ICU's data is linked in
    std::array<UChar, 32> units;           // the longest decomposition has four characters
    const std::int32_t length =
        unorm2_getDecomposition(kNfd, static_cast<UChar32>(lower), units.data(),
                                static_cast<std::int32_t>(units.size()), &error);
    HEARSAY_CHECK(U_SUCCESS(error) != 0);
    if (length < 0) {
      AddDecomposed(lower);
      return;
    }
    for (std::int32_t i = 0; i < length;) {
      UChar32 part = 0;
      U16_NEXT(units.data(), i, length, part);
      AddDecomposed(static_cast<char32_t>(part));
    }
  }

  void AddDecomposed(char32_t c) {
    const bool known = IsKnown(c);
    const std::uint8_t order = known ? u_getCombiningClass(static_cast<UChar32>(c)) : 0;
    if (order == 0) Settle();
    if ((CategoryMask(c) & U_GC_MN_MASK) != 0) return;
    if (order == 0) {
      Put(c);
    } else {
      waiting_.emplace_back(order, c);
      ++code_points_;
    }
  }

  // Canonical order, of the few combining characters that are no nonspacing marks.
  void Settle() {
    if (waiting_.empty()) return;
    std::stable_sort(waiting_.begin(), waiting_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    code_points_ -= waiting_.size();
    for (const auto& [order, c] : waiting_) Put(c);
    waiting_.clear();
  }

  void Put(char32_t c) {
    if (++code_points_ > kCodePointsMax) return;
    if (c < 0x80) {
      bytes_[kRoom + size_++] = static_cast<char>(c);
      return;
    }
    std::string encoded;
    AppendUtf8(c, &encoded);
    std::copy(encoded.begin(), encoded.end(), bytes_.begin() + kRoom + size_);
    size_ += encoded.size();
  }

  std::array<char, kRoom + 4 * kCodePointsMax> bytes_;  // only [kRoom, kRoom + size_) is set
  std::size_t size_ = 0;
  std::size_t code_points_ = 0;
  std::vector<std::pair<std::uint8_t, char32_t>> waiting_;  // combining class, character
};

Layout LayoutOf(std::string_view text, std::uint32_t before, std::uint32_t begin) {
  if (before == 0) return kParagraph;  // the first word
  if (before == begin) return kGlued;
  const std::string_view gap = text.substr(before, begin - before);
  const auto breaks = std::count(gap.begin(), gap.end(), '\n');
  return breaks > 1 ? kParagraph : breaks == 1 ? kLine : kBlank;
}

// The quotation state of a word; `*inside` is the state before it and becomes the one behind it.
Quote QuoteOf(std::string_view word, bool* inside) {
  const CodePoint c = At(word, 0);
  if (c.size == word.size()) {
    const bool either = c.value == '"' || c.value == 0xFF02;
    const bool opens =
        c.value == 0x201C || c.value == 0xAB || c.value == 0x201E || c.value == 0x201F;
    if (opens || (either && !*inside)) {
      *inside = true;
      return kOpen;
    }
    if (either || c.value == 0x201D || c.value == 0xBB) {
      *inside = false;
      return kClose;
    }
  }
  return *inside ? kInside : kOutside;
}

// Finds an earlier word of the same letters, for most words of a text have been cut before.  One
// slot a hash: what collides is cut again.
class SeenWords {
 public:
  // The slot of a word: index + 1 of one that may be the same, or 0; to be overwritten.
  std::uint32_t& operator[](std::string_view word) {
    return slots_[std::hash<std::string_view>{}(word) % slots_.size()];
  }

 private:
  std::array<std::uint32_t, 4096> slots_{};
};

}  // namespace

Vocabulary::Vocabulary(const std::vector<std::string_view>& pieces) {
  HEARSAY_CHECK(pieces.size() <= std::numeric_limits<PieceId>::max());
  ids_.reserve(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    ids_[pieces[i]] = static_cast<PieceId>(i);
    longest_bytes_ = std::max(longest_bytes_, pieces[i].size());
  }
  const auto id = [this](std::string_view piece) {
    const auto found = ids_.find(piece);
    HEARSAY_CHECK(found != ids_.end());
    return found->second;
  };
  pad_ = id("[PAD]");
  unknown_ = id("[UNK]");
  cls_ = id("[CLS]");
  sep_ = id("[SEP]");
}

void Vocabulary::Cut(std::string_view word, std::vector<PieceId>* out) const {
  Spelling spelling(word);
  if (spelling.too_long() || spelling.size() == 0) {
    out->push_back(unknown_);
    return;
  }
  const std::size_t first = out->size();
  for (std::size_t begin = 0; begin < spelling.size();) {
    // The longest piece that the rest of the word begins with.
    std::size_t end = std::min(spelling.size(), begin + longest_bytes_);
    auto found = ids_.end();
    for (; end > begin; --end) {
      if (!spelling.IsBoundary(end)) continue;
      found = ids_.find(spelling.Piece(begin, end));
      if (found != ids_.end()) break;
    }
    if (found == ids_.end()) {
      out->resize(first);
      out->push_back(unknown_);
      return;
    }
    if (out->size() - first < kPiecesMax) out->push_back(found->second);
    begin = end;
  }
}

Words ReadWords(std::string_view text, const Vocabulary& vocabulary) {
  HEARSAY_CHECK(text.size() <= std::numeric_limits<std::uint32_t>::max());
  Words words;
  words.spans = SpansOf(text);
  const std::size_t count = words.size();
  words.pieces.reserve(count + count / 4);
  words.first_piece.reserve(count + 1);
  words.shape.reserve(count);
  words.layout.reserve(count);
  words.quote.reserve(count);
  SeenWords seen;
  bool inside = false;
  std::uint32_t before = 0;  // where the word before ends
  for (std::uint32_t i = 0; i < count; ++i) {
    const Span span = words.spans[i];
    const std::string_view word = span.In(text);
    words.first_piece.push_back(static_cast<std::uint32_t>(words.pieces.size()));
    std::uint32_t& slot = seen[word];
    if (slot != 0 && words.spans[slot - 1].In(text) == word) {
      const std::uint32_t last = words.first_piece[slot];
      for (std::uint32_t p = words.first_piece[slot - 1]; p < last; ++p) {
        words.pieces.push_back(PieceId{words.pieces[p]});
      }
      words.shape.push_back(std::uint8_t{words.shape[slot - 1]});
    } else {
      vocabulary.Cut(word, &words.pieces);
      words.shape.push_back(ShapeOf(word));
    }
    slot = i + 1;
    const Layout layout = LayoutOf(text, before, span.begin);
    if (layout >= kLine) inside = false;  // every line begins outside
    words.layout.push_back(layout);
    words.quote.push_back(QuoteOf(word, &inside));
    before = span.end;
  }
  words.first_piece.push_back(static_cast<std::uint32_t>(words.pieces.size()));
  return words;
}

}  // namespace hearsay::model
