#include "graph/record.h"

#include <catch2/catch.hpp>

namespace hearsay {
namespace {

// Every value of an enum has a word of its own that leads back to it.
template <typename Enum>
void CheckWords(int count, std::optional<Enum> (*parse)(std::string_view)) {
  for (int i = 0; i < count; ++i) {
    const auto value = static_cast<Enum>(i);
    CHECK_FALSE(ToString(value).empty());
    CHECK(parse(ToString(value)) == value);
  }
  CHECK_FALSE(parse("no such word").has_value());
  CHECK_FALSE(parse("").has_value());
}

TEST_CASE("words of the record's enums lead there and back") {
  CheckWords(9, &ParseEntityType);
  CheckWords(3, &ParseMentionForm);
  CheckWords(5, &ParseStatementForm);
  CheckWords(4, &ParseWhere);
  CheckWords(5, &ParseVia);
  CheckWords(8, &ParseBound);
  CheckWords(4, &ParseCertainty);
  CHECK(ToString(Bound::kAtLeast) == "at_least");
  CHECK(ToString(EntityType::kUnnamed) == "unnamed");
  CHECK(ToString(Via::kCredit) == "credit");
  CHECK(ToString(Certainty::kQuestioned) == "questioned");
}

}  // namespace
}  // namespace hearsay
