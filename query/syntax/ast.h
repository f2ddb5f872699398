// The abstract syntax of the core language.  Every node keeps its place in the text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/value.h"
#include "query/syntax/token.h"

namespace hearsay::query {

struct Expr;
struct Query;
using ExprPtr = std::unique_ptr<Expr>;

// A boolean combination of labels or types: A, !A, A&B, A|B.
struct LabelExpr {
  enum class Kind { kName, kNot, kAnd, kOr } kind = Kind::kName;
  std::string name;
  std::vector<LabelExpr> parts;
  Position position;
};

// Place of a variable in a row; the check (query/plan/check.h) gives one to every variable and to
// every anonymous part of a pattern.
inline constexpr int kNoSlot = -1;

struct NodePattern {
  std::string variable;  // empty: anonymous
  int slot = kNoSlot;
  bool bound = false;  // by an earlier clause or pattern
  std::optional<LabelExpr> labels;
  ExprPtr properties;  // a map, or null
  Position position;
};

struct EdgePattern {
  enum class Direction { kOut, kIn, kBoth };
  std::string variable;
  int slot = kNoSlot;
  bool bound = false;
  std::optional<LabelExpr> types;
  ExprPtr properties;
  Direction direction = Direction::kBoth;
  bool variable_length = false;
  std::uint32_t hops_min = 1;
  std::optional<std::uint32_t> hops_max;  // none: no bound
  ExprPtr where;            // [r:T WHERE ...]: tested on each relationship, before paths are chosen
  int each_slot = kNoSlot;  // where `where` finds that relationship
  Position position;
};

struct PathPattern {
  enum class Selector { kAll, kAnyShortest, kAllShortest, kShortestK };
  enum class Mode { kTrail, kAcyclic };
  std::string variable;  // of the path; empty: none
  int slot = kNoSlot;
  Selector selector = Selector::kAll;
  std::uint32_t k = 1;
  Mode mode = Mode::kTrail;
  std::vector<NodePattern> nodes;  // one more than edges
  std::vector<EdgePattern> edges;
  Position position;
};

struct Expr {
  enum class Kind {
    kLiteral,            // value
    kParameter,          // name
    kVariable,           // name
    kProperty,           // args[0] . name
    kLabelTest,          // args[0] : labels
    kIndex,              // args[0] [ args[1] ]
    kSlice,              // args[0] [ args[1] .. args[2] ], either may be null
    kList,               // args
    kMap,                // keys, args
    kUnary,              // name: NOT - + ISNULL ISNOTNULL
    kBinary,             // name: OR XOR AND = <> < <= > >= + - * / % ^ IN CONTAINS STARTS ENDS =~
    kCall,               // name, args, distinct, star (count(*))
    kCase,               // args: [operand or null], when, then, ..., [else or null]
    kListComprehension,  // name IN args[0] WHERE args[1] | args[2]; either may be null
    kQuantifier,         // keys[0] = all any none single; name IN args[0] WHERE args[1]
    kPatternPredicate,   // patterns
    kPatternComprehension,  // patterns, args[0] = WHERE or null, args[1]
    kExists,                // patterns and args[0] = WHERE or null
  };
  Kind kind = Kind::kLiteral;
  Position position;
  std::uint32_t end = 0;  // offset behind the expression: its words name a column without AS
  Value value;
  std::string name;
  int slot = kNoSlot;  // of a variable, here or introduced by a comprehension
  std::vector<ExprPtr> args;
  std::vector<std::string> keys;
  std::vector<PathPattern> patterns;
  std::optional<LabelExpr> labels;
  bool distinct = false;
  bool star = false;
};

struct SortKey {
  ExprPtr expr;
  std::string text;  // as written
  bool descending = false;
};

struct ProjectionItem {
  ExprPtr expr;
  std::string text;   // as written
  std::string alias;  // the words of the expression where AS is missing
  int slot = kNoSlot;
  bool has_alias = false;
};

// RETURN or WITH, whose parts are the same.
struct Projection {
  bool distinct = false;
  bool star = false;
  std::vector<ProjectionItem> items;
  // Calls of aggregates, taken out of the items and sort keys by the check, which leaves a
  // variable of the call's slot in their place.
  std::vector<ExprPtr> aggregates;
  std::vector<SortKey> order;
  ExprPtr skip;
  ExprPtr limit;
  ExprPtr where;  // WITH only
  Position position;
};

struct Clause {
  enum class Kind { kMatch, kUnwind, kWith, kReturn } kind = Kind::kMatch;
  Position position;
  bool optional = false;              // OPTIONAL MATCH
  std::vector<PathPattern> patterns;  // MATCH
  ExprPtr expr;                       // MATCH: WHERE; UNWIND: the list
  std::string variable;               // UNWIND
  int slot = kNoSlot;                 // UNWIND
  Projection projection;              // WITH, RETURN
};

struct SingleQuery {
  std::vector<Clause> clauses;
  int slots = 0;  // length of its rows
};

// Queries joined by UNION; `all[i]` says whether the one before parts[i + 1] was UNION ALL.
struct Query {
  std::vector<SingleQuery> parts;
  std::vector<bool> all;
};

}  // namespace hearsay::query
