#include "query/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

namespace hearsay::query {

namespace {

// Levenshtein distance with case folded (ASCII): names of a schema are short.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = std::tolower(static_cast<unsigned char>(a[i - 1])) ==
                        std::tolower(static_cast<unsigned char>(b[j - 1]));
      const std::size_t replaced = diagonal + (same ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

void Refuse(std::string type, std::string phase, std::string detail, const Position& position,
            std::string message, std::string hint) {
  // One line, whatever of the query text it cites.
  std::replace_if(
      message.begin(), message.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
  throw Refusal{{std::move(type), std::move(phase), std::move(detail), std::move(message),
                 position.line, position.column, std::move(hint)}};
}

void RefuseSyntax(std::string detail, const Position& position, std::string message,
                  std::string hint) {
  Refuse("SyntaxError", kCompileTime, std::move(detail), position, std::move(message),
         std::move(hint));
}

void RefuseType(std::string detail, const Position& position, std::string message) {
  Refuse("TypeError", kRuntime, std::move(detail), position, std::move(message));
}

std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kEditsMax = 2;
  std::string best;
  std::size_t best_distance = kEditsMax + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = Distance(word, candidate);
    if (distance < best_distance && distance < std::max(word.size(), candidate.size())) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best.empty() ? "" : fmt::format("did you mean `{}`?", best);
}

std::string QueryError::Render(std::string_view query_text) const {
  std::string out = line == 0 ? message : fmt::format("{}:{}: {}", line, column, message);
  if (line > 0) {
    std::size_t begin = 0;
    for (std::uint32_t i = 1; i < line; ++i) {
      const std::size_t newline = query_text.find('\n', begin);
      if (newline == std::string_view::npos) break;
      begin = newline + 1;
    }
    const std::string_view source = query_text.substr(begin, query_text.find('\n', begin) - begin);
    out += fmt::format("\n  {}\n  {}^", source, std::string(column - 1, ' '));
  }
  if (!hint.empty()) out += "\n  " + hint;
  return out;
}

}  // namespace hearsay::query
