#include "ingest/model/reading.h"

#include <catch2/catch.hpp>
#include <vector>

namespace hearsay::model {
namespace {

using Ranges = std::vector<WordRange>;

TEST_CASE("a source holds the hops that touch its parts") {
  CHECK(WholeSources({}, {{3, 4}}).empty());
  CHECK(WholeSources({{0, 4}}, {}) == Ranges{{0, 4}});
  CHECK(WholeSources({{0, 4}}, {{4, 6}}) == Ranges{{0, 6}});          // at its end
  CHECK(WholeSources({{0, 4}, {6, 9}}, {{4, 6}}) == Ranges{{0, 9}});  // in its middle
  CHECK(WholeSources({{2, 4}}, {{0, 2}}) == Ranges{{0, 4}});          // at its beginning
  CHECK(WholeSources({{0, 4}, {9, 12}}, {{5, 6}}) == Ranges{{0, 4}, {9, 12}});
}

TEST_CASE("figures that touch are one where they have one number between them") {
  CHECK(WholeFigures({{0, 2}, {2, 4}}, {{3, 4}}) == Ranges{{0, 4}});  // "the toll" "to 12"
  CHECK(WholeFigures({{0, 2}, {2, 4}, {4, 5}}, {{0, 1}}) == Ranges{{0, 5}});
  CHECK(WholeFigures({{0, 2}, {2, 4}}, {{0, 1}, {2, 3}}) ==
        Ranges{{0, 2}, {2, 4}});  // "two killed" "five hurt"
  CHECK(WholeFigures({{0, 2}, {3, 4}}, {{3, 4}}) == Ranges{{0, 2}, {3, 4}});  // apart
  CHECK(WholeFigures({{0, 2}, {2, 4}}, {{1, 3}}) == Ranges{{0, 4}});          // a number in both
}

}  // namespace
}  // namespace hearsay::model
