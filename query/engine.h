// Runs one query text on a view: parse, check, plan, execute.  The language is specified in
// docs/language.md.  Result rows come in blocks, so that LIMIT is cheap and memory flat.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/value.h"
#include "graph/view.h"

namespace hearsay::query {

// A refused or failed query.  `type`, `phase` and `detail` are the openCypher TCK's words.
struct QueryError {
  std::string type;          // "SyntaxError", "TypeError", "ArgumentError", "EntityNotFound", ...
  std::string phase;         // "compile time" or "runtime"
  std::string detail;        // "UndefinedVariable", ...
  std::string message;       // one line
  std::uint32_t line = 0;    // from 1; 0 = no place
  std::uint32_t column = 0;  // from 1, in code points
  std::string hint;          // "did you mean `MENTIONED_IN`?", or empty

  // "1:38: expected ...", the source line, a caret, the hint.
  std::string Render(std::string_view query_text) const;
};

struct ResultSet {
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
  std::vector<std::string> notices;  // caps that were reached, rows left out
};

struct RunOptions {
  Map parameters;
  std::uint64_t rows_max = 0;                    // 0 = no cap
  const std::atomic<bool>* cancelled = nullptr;  // checked between blocks; may be null
};

struct Outcome {
  std::optional<ResultSet> result;  // exactly one of the two
  std::optional<QueryError> error;
};

Outcome Run(const View& view, std::string_view text, const RunOptions& options);

// EXPLAIN: the plan as text, one operator a line, indented.
Outcome Explain(const View& view, std::string_view text, const RunOptions& options);

}  // namespace hearsay::query
