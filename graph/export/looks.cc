#include "graph/export/looks.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "graph/export/value_text.h"

namespace hearsay {
namespace {

constexpr std::int32_t kLabelCharacters = 40;

struct Look {
  std::string_view kind;
  std::string_view color;
  int size;  // 0: none
};

// Hues by family: who speaks blue and violet, where brown and green, what is said orange and red,
// papers grey; relationships are lighter than nodes.
constexpr std::array kLooks = {
    Look{"Person", "#3b6fb6", 18},      Look{"Organization", "#5b4b9a", 18},
    Look{"Media", "#1f9e89", 22},       Look{"Force", "#7a3b69", 18},
    Look{"City", "#8c6d31", 0},         Look{"Region", "#a58548", 0},
    Look{"Country", "#6b4f1d", 0},      Look{"Facility", "#b59a68", 0},
    Look{"Unnamed", "#8fa8c8", 0},      Look{"Article", "#555555", 16},
    Look{"Statement", "#e08a2e", 0},    Look{"Figure", "#c0392b", 0},
    Look{"Event", "#d4649b", 0},        Look{"Story", "#222222", 24},
    Look{"SAID", "#f0b775", 0},         Look{"TOLD", "#e8cf9a", 0},
    Look{"QUOTES", "#d65f0e", 0},       Look{"CARRIES", "#9c9c9c", 0},
    Look{"IN", "#d5d5d5", 0},           Look{"PUBLISHED_BY", "#7cc7b8", 0},
    Look{"CREDITS", "#4fae9d", 0},      Look{"COPIES", "#444444", 0},
    Look{"REVISES", "#666666", 0},      Look{"WRITTEN_BY", "#9bb7dd", 0},
    Look{"GIVES", "#e39b93", 0},        Look{"ABOUT", "#cfc4a8", 0},
    Look{"MENTIONED_IN", "#e2e2e2", 0}, Look{"HOLDS_ROLE", "#a79bd1", 0},
    Look{"SPEAKS_FOR", "#8f7fc4", 0},   Look{"MEMBER_OF", "#b9b0dc", 0},
    Look{"LOCATED_IN", "#c9b487", 0},   Look{"ACTOR", "#e3a3c3", 0},
    Look{"TARGET", "#c9568e", 0},       Look{"AGREES", "#58a55c", 0},
    Look{"COMPATIBLE", "#a5cf8d", 0},   Look{"CONFLICTS", "#e02020", 0},
    Look{"UPDATES", "#3d85c6", 0},      Look{"BROADER", "#b4a7d6", 0},
    Look{"DENIES", "#990000", 0},       Look{"RELATED", "#c9c9a0", 0},
    Look{"PART_OF", "#aaaaaa", 0},
};

constexpr std::array<std::string_view, 10> kOtherColors = {
    "#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f",
    "#edc948", "#b07aa1", "#ff9da7", "#9c755f", "#7f7f7f"};

const Look* FindLook(std::string_view kind) {
  const auto* found = std::find_if(kLooks.begin(), kLooks.end(),
                                   [kind](const Look& look) { return look.kind == kind; });
  return found == kLooks.end() ? nullptr : found;
}

// One line: runs of blanks and controls become one space; cut after kLabelCharacters.
std::string OneLine(std::string_view text) {
  std::string line;
  std::int32_t characters = 0;
  bool blank = false;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c >= 0 && (u_isUWhiteSpace(c) || u_iscntrl(c))) {
      blank = !line.empty();
      continue;
    }
    if (characters + (blank ? 1 : 0) >= kLabelCharacters) return line + "\xE2\x80\xA6";
    if (blank) {
      line += ' ';
      ++characters;
    }
    blank = false;
    line += c < 0 || U_IS_UNICODE_NONCHAR(c) ? std::string_view("\xEF\xBF\xBD")
                                             : text.substr(static_cast<std::size_t>(begin),
                                                           static_cast<std::size_t>(at - begin));
    ++characters;
  }
  return line;
}

std::string TextOf(const Map& properties, const char* key) {
  const auto found = properties.find(key);
  return found == properties.end() ? std::string() : OneLine(ValueText(found->second));
}

}  // namespace

std::string KindOf(const std::vector<std::string>& labels) {
  std::string kind;
  for (const std::string& label : labels) {
    const bool is_general = label == "Entity" || label == "Place";
    if (!is_general && (kind.empty() || label < kind)) kind = label;
  }
  if (!kind.empty()) return kind;
  return labels.empty() ? "Node" : *std::min_element(labels.begin(), labels.end());
}

std::string LabelOf(const std::string& kind, const Map& properties, const std::string& id) {
  if (kind == "Figure") {
    const std::string measure = TextOf(properties, "measure");
    const std::string text = TextOf(properties, "text");
    if (!measure.empty() && !text.empty()) return OneLine(measure + ": " + text);
  }
  for (const char* key : {"name", "title", "text", "type", "outlet", "source", "url"}) {
    std::string text = TextOf(properties, key);
    if (!text.empty()) return text;
  }
  return id;
}

std::string_view ColorOf(std::string_view kind) {
  if (const Look* look = FindLook(kind)) return look->color;
  std::size_t sum = 0;
  for (char c : kind) sum = sum * 31 + static_cast<unsigned char>(c);
  return kOtherColors[sum % kOtherColors.size()];
}

std::optional<int> SizeOf(std::string_view kind) {
  const Look* look = FindLook(kind);
  return look != nullptr && look->size > 0 ? std::optional(look->size) : std::nullopt;
}

}  // namespace hearsay
