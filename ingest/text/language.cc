#include "ingest/text/language.h"

#include <cld2/public/compact_lang_det.h>

#include <array>
#include <cstddef>

namespace hearsay::ingest {
namespace {

constexpr std::size_t kBytesMax = 16384;
constexpr int kPercentMin = 60;  // of the text, for its language to be that of the text

// As much of the text as is read, ending with a whole character.
std::string_view Head(std::string_view text) {
  std::size_t end = kBytesMax;
  if (text.size() <= end) return text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::string LanguageOf(std::string_view text) {
  const std::string_view head = Head(text);
  constexpr bool kPlainText = true;
  std::array<CLD2::Language, 3> languages{};  // the likeliest first
  std::array<int, 3> percents{};
  int bytes_of_letters = 0;
  bool reliable = false;
  CLD2::DetectLanguageSummary(head.data(), static_cast<int>(head.size()), kPlainText,
                              languages.data(), percents.data(), &bytes_of_letters, &reliable);
  if (!reliable || percents[0] < kPercentMin || languages[0] == CLD2::UNKNOWN_LANGUAGE) return {};
  return CLD2::LanguageCode(languages[0]);
}

bool IsEnglish(std::string_view tag) {
  const std::string_view language = tag.substr(0, tag.find('-'));
  return language.empty() || language == "en" || language == "EN";
}

}  // namespace hearsay::ingest
