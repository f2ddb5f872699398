#include "graph/base/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "graph/base/check.h"

namespace hearsay {
namespace {

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

icu::UnicodeString CaseFold(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  HEARSAY_CHECK(U_SUCCESS(error) != 0);  // ICU's data file is missing
  icu::UnicodeString folded = normalizer->normalize(text, error);
  HEARSAY_CHECK(U_SUCCESS(error) != 0);
  return folded;
}

bool IsSingleQuote(UChar32 c) {
  switch (c) {
    case U'\'':
    case U'`':
    case 0x00b4:  // acute accent
    case 0x02b9:  // modifier prime
    case 0x02bb:  // turned comma (okina)
    case 0x02bc:  // modifier apostrophe
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x2032:  // prime
    case 0x2039:
    case 0x203a:
      return true;
    default:
      return false;
  }
}

bool IsDoubleQuote(UChar32 c) {
  switch (c) {
    case U'"':
    case 0x00ab:
    case 0x00bb:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x2033:  // double prime
    case 0x300c:
    case 0x300d:
    case 0x300e:
    case 0x300f:
      return true;
    default:
      return false;
  }
}

bool IsSeparator(UChar32 c) {
  return c == U'_' || c == 0x2212 || u_charType(c) == U_DASH_PUNCTUATION || u_isUWhiteSpace(c) != 0;
}

// Separators as spaces, quotation marks in one form each; nothing collapsed yet.
icu::UnicodeString Unify(const icu::UnicodeString& folded) {
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (IsSeparator(c)) {
      out.append(UChar32{U' '});
    } else if (IsSingleQuote(c)) {
      out.append(UChar32{U'\''});
    } else if (IsDoubleQuote(c)) {
      out.append(UChar32{U'"'});
    } else {
      out.append(c);
    }
  }
  return out;
}

std::string CollapseSpaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out.push_back(c);
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool IsPlainAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The same as Unify(CaseFold(text)) for ASCII, which nearly all names and words are.
std::string FoldAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    } else if (c == '_' || c == '-' || (c >= '\t' && c <= '\r')) {
      c = ' ';
    } else if (c == '`') {
      c = '\'';
    }
  }
  return out;
}

// Signs are unified first because NFKC takes some apart (U+00B4 is a space and a mark), and again
// because it makes new ones (U+FF07); the second round makes the result a fixed point.
std::string FoldUnicode(std::string_view text) {
  const icu::UnicodeString once = Unify(CaseFold(Unify(FromUtf8(text))));
  return ToUtf8(Unify(CaseFold(once)));
}

bool IsWordChar(UChar32 c) {
  return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

bool IsDigit(UChar32 c) { return u_isdigit(c) != 0; }

// Splits one folded text into words; `at` walks code points.
class WordSplitter {
 public:
  explicit WordSplitter(const icu::UnicodeString& text) : text_(text) {}

  std::vector<std::string> Split() {
    for (at_ = 0; at_ < text_.length(); at_ = text_.moveIndex32(at_, 1)) {
      const UChar32 c = text_.char32At(at_);
      if (IsWordChar(c)) {
        word_.append(c);
        ++letters_since_dot_;
      } else if (!Joins(c)) {
        EndWord();
      }
    }
    EndWord();
    return std::move(words_);
  }

 private:
  // True if `c` at at_ stands inside a word; keeps it where it belongs to the word.
  bool Joins(UChar32 c) {
    if (word_.isEmpty()) return false;
    const std::int32_t next_at = text_.moveIndex32(at_, 1);
    const UChar32 next = next_at < text_.length() ? text_.char32At(next_at) : U' ';
    const UChar32 last = word_.char32At(word_.moveIndex32(word_.length(), -1));
    if (c == U'.' && IsDigit(last) && IsDigit(next)) {
      word_.append(c);
      return true;
    }
    if (c == U',' && IsDigit(last) && IsDigit(next)) return true;
    if (c == U'\'' && IsWordChar(next)) {
      word_.append(c);
      return true;
    }
    // A dot after a single letter joins it to the next letter: an abbreviation.
    if (c == U'.' && letters_since_dot_ == 1 && !IsDigit(last) && IsWordChar(next)) {
      letters_since_dot_ = 0;
      return true;
    }
    return false;
  }

  void EndWord() {
    std::string word = ToUtf8(word_);
    word_.remove();
    letters_since_dot_ = 0;
    if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
    if (!word.empty()) words_.push_back(std::move(word));
  }

  const icu::UnicodeString& text_;
  std::int32_t at_ = 0;
  icu::UnicodeString word_;
  int letters_since_dot_ = 0;
  std::vector<std::string> words_;
};

}  // namespace

std::string FoldName(std::string_view name) {
  return CollapseSpaces(IsPlainAscii(name) ? FoldAscii(name) : FoldUnicode(name));
}

std::vector<std::string> FoldWords(std::string_view text) {
  const std::string folded = IsPlainAscii(text) ? FoldAscii(text) : FoldUnicode(text);
  const icu::UnicodeString unicode = FromUtf8(folded);
  return WordSplitter(unicode).Split();
}

}  // namespace hearsay
