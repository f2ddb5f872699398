#include "query/syntax/parser.h"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

#include "query/error.h"
#include "query/syntax/lexer.h"

namespace hearsay::query {

namespace {

constexpr int kDepthMax = 200;

constexpr std::array<std::string_view, 8> kWriteClauses = {"CREATE", "MERGE",  "SET",  "DELETE",
                                                           "DETACH", "REMOVE", "DROP", "FOREACH"};
constexpr std::array<std::string_view, 7> kClauseStarts = {"MATCH",  "OPTIONAL", "UNWIND", "WITH",
                                                           "RETURN", "UNION",    "WHERE"};
// Words that end an expression or pattern, so they name no variable unless quoted.
constexpr std::array<std::string_view, 16> kReserved = {
    "MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "UNION", "WHERE", "ORDER",
    "SKIP",  "LIMIT",    "WHEN",   "THEN", "ELSE",   "END",   "IN",    "IS"};

template <typename Words>
bool IsOneOf(const Token& token, const Words& words) {
  for (const std::string_view word : words) {
    if (token.Is(word)) return true;
  }
  return false;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), tokens_(Lex(text)) {}

  Query ParseQuery() {
    Query query;
    query.parts.push_back(ParseSingleQuery());
    while (TakeKeyword("UNION")) {
      query.all.push_back(TakeKeyword("ALL"));
      query.parts.push_back(ParseSingleQuery());
    }
    TakeSymbol(";");
    if (Peek().kind != TokenKind::kEnd) RefuseUnexpected("the end of the query");
    return query;
  }

 private:
  // Counts how deep the grammar has recursed.
  class Depth {
   public:
    explicit Depth(Parser* parser) : parser_(parser) {
      if (++parser_->depth_ > kDepthMax) {
        RefuseSyntax("UnexpectedSyntax", parser_->Peek().position,
                     fmt::format("this is nested deeper than {}", kDepthMax));
      }
    }
    ~Depth() { --parser_->depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

   private:
    Parser* parser_;
  };

  // --- tokens ---

  const Token& Peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  Token Take() { return tokens_[at_ < tokens_.size() - 1 ? at_++ : at_]; }
  bool TakeSymbol(std::string_view symbol) {
    if (!Peek().IsSymbol(symbol)) return false;
    Take();
    return true;
  }
  bool TakeKeyword(std::string_view keyword) {
    if (!Peek().Is(keyword)) return false;
    Take();
    return true;
  }
  void ExpectSymbol(std::string_view symbol) {
    if (!TakeSymbol(symbol)) RefuseUnexpected(fmt::format("'{}'", symbol));
  }
  void ExpectKeyword(std::string_view keyword) {
    if (!TakeKeyword(keyword)) RefuseUnexpected(std::string(keyword));
  }

  [[noreturn]] void RefuseUnexpected(const std::string& expected) {
    const Token& token = Peek();
    if (IsOneOf(token, kWriteClauses)) {
      RefuseSyntax("UnexpectedSyntax", token.position,
                   fmt::format("{} is not part of this language: articles enter with `hearsay "
                               "ingest`",
                               Upper(token.text)));
    }
    RefuseSyntax("UnexpectedSyntax", token.position,
                 token.kind == TokenKind::kEnd
                     ? fmt::format("expected {}, found the end of the query", expected)
                     : fmt::format("expected {}, found {}", expected, Found(token)));
  }

  std::string Found(const Token& token) const {
    const auto begin = token.position.offset;
    return fmt::format("{}", text_.substr(begin, token.end - begin));
  }

  static std::string Upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
  }

  bool AtName() const {
    return Peek().kind == TokenKind::kQuotedName || Peek().kind == TokenKind::kName;
  }
  bool AtVariable() const {
    return Peek().kind == TokenKind::kQuotedName ||
           (Peek().kind == TokenKind::kName && !IsOneOf(Peek(), kReserved));
  }
  std::string ExpectName(const std::string& what) {
    if (!AtName()) RefuseUnexpected(what);
    return Take().text;
  }
  std::string ExpectVariable() {
    if (!AtVariable()) RefuseUnexpected("a variable");
    return Take().text;
  }

  std::uint32_t ExpectCount(const std::string& after) {
    const Token& token = Peek();
    if (token.kind != TokenKind::kInteger || token.value.as_int() < 0 ||
        token.value.as_int() > 1'000'000) {
      RefuseUnexpected("a whole number " + after);
    }
    return static_cast<std::uint32_t>(Take().value.as_int());
  }

  // --- clauses ---

  SingleQuery ParseSingleQuery() {
    SingleQuery query;
    for (;;) {
      const Token& token = Peek();
      Clause clause;
      clause.position = token.position;
      if (token.Is("MATCH") || token.Is("OPTIONAL")) {
        ParseMatch(&clause);
      } else if (TakeKeyword("UNWIND")) {
        clause.kind = Clause::Kind::kUnwind;
        clause.expr = ParseExpr();
        ExpectKeyword("AS");
        clause.variable = ExpectVariable();
      } else if (TakeKeyword("WITH")) {
        clause.kind = Clause::Kind::kWith;
        ParseProjection(&clause.projection);
        if (TakeKeyword("WHERE")) clause.projection.where = ParseExpr();
      } else if (TakeKeyword("RETURN")) {
        clause.kind = Clause::Kind::kReturn;
        ParseProjection(&clause.projection);
        query.clauses.push_back(std::move(clause));
        return query;
      } else {
        RefuseNoClause(query.clauses.empty());
      }
      query.clauses.push_back(std::move(clause));
    }
  }

  [[noreturn]] void RefuseNoClause(bool first) {
    const Token& token = Peek();
    std::string hint;
    if (token.kind == TokenKind::kName) {
      hint = DidYouMean(Upper(token.text), {kClauseStarts.begin(), kClauseStarts.end() - 1});
    }
    if (IsOneOf(token, kWriteClauses)) RefuseUnexpected("");
    if (token.Is("CALL") || token.Is("LOAD")) {
      RefuseSyntax("UnexpectedSyntax", token.position,
                   Upper(token.text) + " is not part of this language");
    }
    if (!first && token.kind == TokenKind::kEnd) {
      RefuseSyntax("InvalidClauseComposition", token.position, "the query does not end with RETURN",
                   "add RETURN and what to show");
    }
    RefuseSyntax(
        "UnexpectedSyntax", token.position,
        token.kind == TokenKind::kEnd
            ? "expected a query, found nothing"
            : fmt::format("expected MATCH, OPTIONAL MATCH, UNWIND, WITH or RETURN, found {}",
                          Found(token)),
        std::move(hint));
  }

  void ParseMatch(Clause* clause) {
    clause->kind = Clause::Kind::kMatch;
    clause->optional = TakeKeyword("OPTIONAL");
    ExpectKeyword("MATCH");
    do {
      clause->patterns.push_back(ParsePathPattern());
    } while (TakeSymbol(","));
    if (TakeKeyword("WHERE")) clause->expr = ParseExpr();
  }

  void ParseProjection(Projection* projection) {
    projection->position = Peek().position;
    projection->distinct = TakeKeyword("DISTINCT");
    if (TakeSymbol("*")) {
      projection->star = true;
    } else {
      projection->items.push_back(ParseItem());
    }
    while (TakeSymbol(",")) projection->items.push_back(ParseItem());
    if (TakeKeyword("ORDER")) {
      ExpectKeyword("BY");
      do {
        SortKey key;
        const std::uint32_t begin = Peek().position.offset;
        key.expr = ParseExpr();
        key.text = std::string(text_.substr(begin, key.expr->end - begin));
        if (TakeKeyword("DESC") || TakeKeyword("DESCENDING")) {
          key.descending = true;
        } else if (!TakeKeyword("ASC")) {
          TakeKeyword("ASCENDING");
        }
        projection->order.push_back(std::move(key));
      } while (TakeSymbol(","));
    }
    if (TakeKeyword("SKIP") || TakeKeyword("OFFSET")) projection->skip = ParseExpr();
    if (TakeKeyword("LIMIT")) projection->limit = ParseExpr();
  }

  ProjectionItem ParseItem() {
    ProjectionItem item;
    const std::uint32_t begin = Peek().position.offset;
    item.expr = ParseExpr();
    item.text = std::string(text_.substr(begin, item.expr->end - begin));
    item.alias = item.text;
    if (item.expr->kind == Expr::Kind::kVariable) item.alias = item.expr->name;
    if (TakeKeyword("AS")) {
      item.alias = ExpectName("a name after AS");
      item.has_alias = true;
    }
    return item;
  }

  // --- patterns ---

  PathPattern ParsePathPattern() {
    PathPattern path;
    path.position = Peek().position;
    if (AtVariable() && Peek(1).IsSymbol("=")) {
      path.variable = Take().text;
      Take();
    }
    ParseSelector(&path);
    ParseChain(&path);
    return path;
  }

  void ParseSelector(PathPattern* path) {
    if (Peek().Is("ANY") && Peek(1).Is("SHORTEST")) {
      Take(), Take();
      path->selector = PathPattern::Selector::kAnyShortest;
    } else if (Peek().Is("ALL") && Peek(1).Is("SHORTEST")) {
      Take(), Take();
      path->selector = PathPattern::Selector::kAllShortest;
    } else if (TakeKeyword("SHORTEST")) {
      path->selector = PathPattern::Selector::kShortestK;
      path->k = ExpectCount("after SHORTEST");
    }
    if (TakeKeyword("ACYCLIC")) {
      path->mode = PathPattern::Mode::kAcyclic;
    } else {
      TakeKeyword("TRAIL");
    }
  }

  void ParseChain(PathPattern* path) {
    path->nodes.push_back(ParseNode());
    while (Peek().IsSymbol("-") || Peek().IsSymbol("<-") || Peek().IsSymbol("<")) {
      path->edges.push_back(ParseEdge());
      path->nodes.push_back(ParseNode());
    }
  }

  NodePattern ParseNode() {
    NodePattern node;
    node.position = Peek().position;
    ExpectSymbol("(");
    if (AtVariable()) node.variable = Take().text;
    if (Peek().IsSymbol(":") || Peek().Is("IS")) {
      Take();
      node.labels = ParseLabels();
    }
    if (Peek().IsSymbol("{") || Peek().kind == TokenKind::kParameter) {
      node.properties = ParsePatternProperties();
    }
    ExpectSymbol(")");
    return node;
  }

  EdgePattern ParseEdge() {
    EdgePattern edge;
    edge.position = Peek().position;
    bool left = TakeSymbol("<-");
    if (!left && Peek().IsSymbol("<") && Peek(1).IsSymbol("-")) {
      Take(), Take();
      left = true;
    }
    if (!left) ExpectSymbol("-");
    if (TakeSymbol("[")) {
      ParseEdgeDetail(&edge);
      ExpectSymbol("]");
    }
    bool right = TakeSymbol("->");
    if (!right) {
      ExpectSymbol("-");
      right = Peek().IsSymbol(">") && TakeSymbol(">");
    }
    if (Peek().IsSymbol("{")) ParseQuantifier(&edge);
    edge.direction = left == right ? EdgePattern::Direction::kBoth
                     : left        ? EdgePattern::Direction::kIn
                                   : EdgePattern::Direction::kOut;
    return edge;
  }

  void ParseEdgeDetail(EdgePattern* edge) {
    if (AtVariable()) edge->variable = Take().text;
    if (Peek().IsSymbol(":") || Peek().Is("IS")) {
      Take();
      edge->types = ParseLabels();
    }
    if (TakeSymbol("*")) {
      edge->variable_length = true;
      if (Peek().kind == TokenKind::kInteger) {
        edge->hops_min = ExpectCount("of hops");
        edge->hops_max = edge->hops_min;
      }
      if (TakeSymbol("..")) {
        edge->hops_max.reset();
        if (Peek().kind == TokenKind::kInteger) edge->hops_max = ExpectCount("of hops");
      }
    }
    if (Peek().IsSymbol("{") || Peek().kind == TokenKind::kParameter) {
      edge->properties = ParsePatternProperties();
    }
    if (TakeKeyword("WHERE")) edge->where = ParseExpr();
  }

  // {2}, {1,4}, {2,}, {,4} behind a relationship.
  void ParseQuantifier(EdgePattern* edge) {
    ExpectSymbol("{");
    edge->variable_length = true;
    edge->hops_min = 0;
    if (Peek().kind == TokenKind::kInteger) edge->hops_min = ExpectCount("of hops");
    edge->hops_max = edge->hops_min;
    if (TakeSymbol(",")) {
      edge->hops_max.reset();
      if (Peek().kind == TokenKind::kInteger) edge->hops_max = ExpectCount("of hops");
    }
    ExpectSymbol("}");
  }

  ExprPtr ParsePatternProperties() {
    return Peek().kind == TokenKind::kParameter ? ParseAtom() : ParseMap();
  }

  LabelExpr ParseLabels() {
    const Depth depth(this);
    LabelExpr left = ParseLabelAnd();
    while (Peek().IsSymbol("|")) {
      Take();
      TakeSymbol(":");  // the older spelling A|:B
      left = Join(LabelExpr::Kind::kOr, std::move(left), ParseLabelAnd());
    }
    return left;
  }

  LabelExpr ParseLabelAnd() {
    LabelExpr left = ParseLabelUnary();
    while (Peek().IsSymbol("&") || Peek().IsSymbol(":")) {  // the older spelling A:B
      Take();
      left = Join(LabelExpr::Kind::kAnd, std::move(left), ParseLabelUnary());
    }
    return left;
  }

  LabelExpr ParseLabelUnary() {
    const Depth depth(this);
    LabelExpr label;
    label.position = Peek().position;
    if (TakeSymbol("!")) {
      label.kind = LabelExpr::Kind::kNot;
      label.parts.push_back(ParseLabelUnary());
    } else if (TakeSymbol("(")) {
      label = ParseLabels();
      ExpectSymbol(")");
    } else {
      label.name = ExpectName("a label or type");
    }
    return label;
  }

  static LabelExpr Join(LabelExpr::Kind kind, LabelExpr left, LabelExpr right) {
    LabelExpr joined;
    joined.kind = kind;
    joined.position = left.position;
    joined.parts.push_back(std::move(left));
    joined.parts.push_back(std::move(right));
    return joined;
  }

  // --- expressions, loosest binding first ---

  ExprPtr Make(Expr::Kind kind, const Position& position) {
    auto expr = std::make_unique<Expr>();
    expr->kind = kind;
    expr->position = position;
    return expr;
  }
  // Sets where `expr` ends: behind the last token taken.
  ExprPtr Close(ExprPtr expr) {
    expr->end = at_ == 0 ? 0 : tokens_[at_ - 1].end;
    return expr;
  }
  ExprPtr Binary(std::string op, ExprPtr left, ExprPtr right, const Position& position) {
    ExprPtr expr = Make(Expr::Kind::kBinary, position);
    expr->name = std::move(op);
    expr->args.push_back(std::move(left));
    expr->args.push_back(std::move(right));
    return Close(std::move(expr));
  }
  ExprPtr Unary(std::string op, ExprPtr operand, const Position& position) {
    ExprPtr expr = Make(Expr::Kind::kUnary, position);
    expr->name = std::move(op);
    expr->args.push_back(std::move(operand));
    return Close(std::move(expr));
  }

  ExprPtr ParseExpr() {
    const Depth depth(this);
    return ParseKeywordLevel(0);
  }

  // OR, XOR, AND: left associative, each binding tighter than the one before.
  ExprPtr ParseKeywordLevel(std::size_t level) {
    static constexpr std::array<std::string_view, 3> kLevels = {"OR", "XOR", "AND"};
    if (level == kLevels.size()) return ParseNot();
    ExprPtr left = ParseKeywordLevel(level + 1);
    while (Peek().Is(kLevels[level])) {
      const Position position = Take().position;
      left = Binary(std::string(kLevels[level]), std::move(left), ParseKeywordLevel(level + 1),
                    position);
    }
    return left;
  }

  ExprPtr ParseNot() {
    const Depth depth(this);
    if (!Peek().Is("NOT")) return ParseComparison();
    const Position position = Take().position;
    return Unary("NOT", ParseNot(), position);
  }

  bool AtComparison() const {
    static constexpr std::array<std::string_view, 6> kOperators = {"=", "<>", "<", "<=", ">", ">="};
    for (const std::string_view op : kOperators) {
      if (Peek().IsSymbol(op)) return true;
    }
    return false;
  }

  // a < b < c means a < b AND b < c.
  ExprPtr ParseComparison() {
    ExprPtr left = ParsePredicate();
    ExprPtr all;
    while (AtComparison()) {
      const Token op = Take();
      const std::size_t right_begin = at_;
      ExprPtr right = ParsePredicate();
      ExprPtr next;
      if (AtComparison()) {
        const std::size_t behind = at_;
        at_ = right_begin;  // the middle term stands in both comparisons: parse it again
        next = ParsePredicate();
        at_ = behind;
      }
      ExprPtr one = Binary(op.text, std::move(left), std::move(right), op.position);
      all = all == nullptr ? std::move(one)
                           : Binary("AND", std::move(all), std::move(one), op.position);
      left = std::move(next);
    }
    return all == nullptr ? std::move(left) : std::move(all);
  }

  // String, list and null predicates.
  ExprPtr ParsePredicate() {
    ExprPtr left = ParseSum();
    for (;;) {
      const Position position = Peek().position;
      if (TakeSymbol("=~")) {
        left = Binary("=~", std::move(left), ParseSum(), position);
      } else if (TakeKeyword("IN")) {
        left = Binary("IN", std::move(left), ParseSum(), position);
      } else if (TakeKeyword("CONTAINS")) {
        left = Binary("CONTAINS", std::move(left), ParseSum(), position);
      } else if (Peek().Is("STARTS") && Peek(1).Is("WITH")) {
        Take(), Take();
        left = Binary("STARTS", std::move(left), ParseSum(), position);
      } else if (Peek().Is("ENDS") && Peek(1).Is("WITH")) {
        Take(), Take();
        left = Binary("ENDS", std::move(left), ParseSum(), position);
      } else if (Peek().Is("IS") && (Peek(1).Is("NULL") || Peek(2).Is("NULL"))) {
        Take();
        const bool negated = TakeKeyword("NOT");
        ExpectKeyword("NULL");
        left = Unary(negated ? "ISNOTNULL" : "ISNULL", std::move(left), position);
      } else {
        return left;
      }
    }
  }

  ExprPtr ParseSum() {
    ExprPtr left = ParseProduct();
    while (Peek().IsSymbol("+") || Peek().IsSymbol("-")) {
      const Token op = Take();
      left = Binary(op.text, std::move(left), ParseProduct(), op.position);
    }
    return left;
  }

  ExprPtr ParseProduct() {
    ExprPtr left = ParsePower();
    while (Peek().IsSymbol("*") || Peek().IsSymbol("/") || Peek().IsSymbol("%")) {
      const Token op = Take();
      left = Binary(op.text, std::move(left), ParsePower(), op.position);
    }
    return left;
  }

  ExprPtr ParsePower() {
    ExprPtr left = ParseSign();
    while (Peek().IsSymbol("^")) {
      const Token op = Take();
      left = Binary("^", std::move(left), ParseSign(), op.position);
    }
    return left;
  }

  ExprPtr ParseSign() {
    const Depth depth(this);
    if (Peek().IsSymbol("-") && Peek(1).kind == TokenKind::kInteger) {
      const Position position = Take().position;
      ExprPtr number = ParseAtom(/*negative=*/true);
      number->position = position;
      return ParsePostfix(std::move(number));
    }
    if (Peek().IsSymbol("-") || Peek().IsSymbol("+")) {
      const Token op = Take();
      return Unary(op.text, ParseSign(), op.position);
    }
    return ParsePostfix(ParseAtom());
  }

  ExprPtr ParsePostfix(ExprPtr expr) {
    for (;;) {
      const Position position = Peek().position;
      if (Peek().IsSymbol(".") &&
          (Peek(1).kind == TokenKind::kName || Peek(1).kind == TokenKind::kQuotedName)) {
        Take();
        ExprPtr property = Make(Expr::Kind::kProperty, position);
        property->name = Take().text;
        property->args.push_back(std::move(expr));
        expr = Close(std::move(property));
      } else if (TakeSymbol("[")) {
        expr = ParseSubscript(std::move(expr), position);
      } else if (Peek().IsSymbol(":") && AtLabelTest(*expr)) {
        Take();
        ExprPtr test = Make(Expr::Kind::kLabelTest, position);
        test->labels = ParseLabels();
        test->args.push_back(std::move(expr));
        expr = Close(std::move(test));
      } else {
        return expr;
      }
    }
  }

  // `n:Person`, but not the `:` of a map or slice.
  bool AtLabelTest(const Expr& before) const {
    return before.kind == Expr::Kind::kVariable &&
           (Peek(1).kind == TokenKind::kName || Peek(1).kind == TokenKind::kQuotedName ||
            Peek(1).IsSymbol("!") || Peek(1).IsSymbol("("));
  }

  ExprPtr ParseSubscript(ExprPtr list, const Position& position) {
    ExprPtr first;
    if (!Peek().IsSymbol("..")) first = ParseExpr();
    const bool slice = TakeSymbol("..");
    ExprPtr expr = Make(slice ? Expr::Kind::kSlice : Expr::Kind::kIndex, position);
    expr->args.push_back(std::move(list));
    expr->args.push_back(std::move(first));
    if (slice) expr->args.push_back(Peek().IsSymbol("]") ? nullptr : ParseExpr());
    ExpectSymbol("]");
    return Close(std::move(expr));
  }

  ExprPtr ParseAtom(bool negative = false) {
    const Depth depth(this);
    const Token& token = Peek();
    switch (token.kind) {
      case TokenKind::kInteger:
        return ParseInteger(negative);
      case TokenKind::kFloat:
      case TokenKind::kString: {
        ExprPtr literal = Make(Expr::Kind::kLiteral, token.position);
        literal->value = Take().value;
        return Close(std::move(literal));
      }
      case TokenKind::kParameter: {
        ExprPtr parameter = Make(Expr::Kind::kParameter, token.position);
        parameter->name = Take().text;
        return Close(std::move(parameter));
      }
      case TokenKind::kSymbol:
        if (token.IsSymbol("(")) return ParseParenthesis();
        if (token.IsSymbol("[")) return ParseBrackets();
        if (token.IsSymbol("{")) return ParseMap();
        break;
      case TokenKind::kName:
      case TokenKind::kQuotedName:
        return ParseWord();
      case TokenKind::kEnd:
        break;
    }
    RefuseUnexpected("an expression");
  }

  ExprPtr ParseInteger(bool negative) {
    const Token token = Take();
    ExprPtr literal = Make(Expr::Kind::kLiteral, token.position);
    const auto magnitude = static_cast<std::uint64_t>(token.value.as_int());
    if (!negative && magnitude > static_cast<std::uint64_t>(INT64_MAX)) {
      RefuseSyntax("IntegerOverflow", token.position, token.text + " does not fit into 64 bits");
    }
    literal->value = static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
    return Close(std::move(literal));
  }

  // A pattern used as a predicate begins like an expression in parentheses: try it first.
  ExprPtr ParseParenthesis() {
    if (ExprPtr pattern = TryPattern()) return pattern;
    Take();
    ExprPtr inner = ParseExpr();
    ExpectSymbol(")");
    inner->end = tokens_[at_ - 1].end;
    return inner;
  }

  // (a)-[..]->(b) with at least one relationship; else nothing is taken.
  ExprPtr TryPattern() {
    const std::size_t begin = at_;
    const Position position = Peek().position;
    if (!LooksLikePattern()) return nullptr;
    PathPattern path;
    path.position = position;
    try {
      ParseChain(&path);
    } catch (const Refusal&) {
      at_ = begin;
      return nullptr;
    }
    if (path.edges.empty()) {
      at_ = begin;
      return nullptr;
    }
    ExprPtr expr = Make(Expr::Kind::kPatternPredicate, position);
    expr->patterns.push_back(std::move(path));
    return Close(std::move(expr));
  }

  // Finds the parenthesis that closes this one and looks whether a relationship follows: linear,
  // and spares the attempt for (a + b) * c.
  bool LooksLikePattern() const {
    int open = 0;
    for (std::size_t i = at_; i < tokens_.size(); ++i) {
      if (tokens_[i].IsSymbol("(")) ++open;
      if (tokens_[i].IsSymbol(")") && --open == 0) {
        const Token& next = tokens_[i + 1];
        const Token& after = tokens_[std::min(i + 2, tokens_.size() - 1)];
        const bool dash = next.IsSymbol("-") || next.IsSymbol("<-") ||
                          (next.IsSymbol("<") && after.IsSymbol("-"));
        return dash && (after.IsSymbol("[") || after.IsSymbol("-") || after.IsSymbol("->") ||
                        (next.IsSymbol("-") && after.IsSymbol("-")));
      }
    }
    return false;
  }

  // [1, 2], [x IN list WHERE p | e] or [(a)-->(b) WHERE p | e].
  ExprPtr ParseBrackets() {
    const Position position = Take().position;
    if (AtVariable() && Peek(1).Is("IN")) return ParseListComprehension(position);
    const bool named_path = AtVariable() && Peek(1).IsSymbol("=") && Peek(2).IsSymbol("(");
    if (named_path || (Peek().IsSymbol("(") && LooksLikePattern())) {
      const std::size_t begin = at_;
      if (ExprPtr expr = TryPatternComprehension(position)) return expr;
      at_ = begin;
    }
    ExprPtr list = Make(Expr::Kind::kList, position);
    if (!Peek().IsSymbol("]")) {
      do {
        list->args.push_back(ParseExpr());
      } while (TakeSymbol(","));
    }
    ExpectSymbol("]");
    return Close(std::move(list));
  }

  ExprPtr ParseListComprehension(const Position& position) {
    ExprPtr expr = Make(Expr::Kind::kListComprehension, position);
    expr->name = Take().text;
    Take();
    expr->args.push_back(ParseExpr());
    expr->args.push_back(TakeKeyword("WHERE") ? ParseExpr() : nullptr);
    expr->args.push_back(TakeSymbol("|") ? ParseExpr() : nullptr);
    ExpectSymbol("]");
    return Close(std::move(expr));
  }

  ExprPtr TryPatternComprehension(const Position& position) {
    ExprPtr expr = Make(Expr::Kind::kPatternComprehension, position);
    PathPattern path;
    path.position = Peek().position;
    if (AtVariable()) {
      path.variable = Take().text;
      Take();
    }
    ParseChain(&path);
    if (path.edges.empty() || !(Peek().Is("WHERE") || Peek().IsSymbol("|"))) return nullptr;
    expr->patterns.push_back(std::move(path));
    expr->args.push_back(TakeKeyword("WHERE") ? ParseExpr() : nullptr);
    ExpectSymbol("|");
    expr->args.push_back(ParseExpr());
    ExpectSymbol("]");
    return Close(std::move(expr));
  }

  ExprPtr ParseMap() {
    const Depth depth(this);
    ExprPtr map = Make(Expr::Kind::kMap, Peek().position);
    ExpectSymbol("{");
    if (!Peek().IsSymbol("}")) {
      do {
        map->keys.push_back(Peek().kind == TokenKind::kString ? Take().text : ExpectName("a key"));
        ExpectSymbol(":");
        map->args.push_back(ParseExpr());
      } while (TakeSymbol(","));
    }
    ExpectSymbol("}");
    return Close(std::move(map));
  }

  ExprPtr ParseWord() {
    const Token& token = Peek();
    if (token.kind == TokenKind::kName) {
      if (token.Is("TRUE")) return TakeConstant(Value(true));
      if (token.Is("FALSE")) return TakeConstant(Value(false));
      if (token.Is("NULL")) return TakeConstant(Value());
      if (token.Is("CASE")) return ParseCase();
      if (token.Is("EXISTS") && Peek(1).IsSymbol("{")) return ParseExists();
      const bool quantifier =
          token.Is("ALL") || token.Is("ANY") || token.Is("NONE") || token.Is("SINGLE");
      if (quantifier && Peek(1).IsSymbol("(") && Peek(3).Is("IN")) return ParseQuantifierCall();
      if (Peek(1).IsSymbol("(") || (Peek(1).IsSymbol(".") && AtDottedCall())) return ParseCall();
      if (IsOneOf(token, kReserved)) RefuseUnexpected("an expression");
    }
    ExprPtr variable = Make(Expr::Kind::kVariable, token.position);
    variable->name = Take().text;
    return Close(std::move(variable));
  }

  // date.truncate(...): a function whose name has dots.
  bool AtDottedCall() const {
    std::size_t i = 1;
    while (Peek(i).IsSymbol(".") && Peek(i + 1).kind == TokenKind::kName) i += 2;
    return Peek(i).IsSymbol("(");
  }

  ExprPtr TakeConstant(Value value) {
    ExprPtr literal = Make(Expr::Kind::kLiteral, Take().position);
    literal->value = std::move(value);
    return Close(std::move(literal));
  }

  ExprPtr ParseCase() {
    ExprPtr expr = Make(Expr::Kind::kCase, Take().position);
    expr->args.push_back(Peek().Is("WHEN") ? nullptr : ParseExpr());
    do {
      ExpectKeyword("WHEN");
      expr->args.push_back(ParseExpr());
      ExpectKeyword("THEN");
      expr->args.push_back(ParseExpr());
    } while (Peek().Is("WHEN"));
    expr->args.push_back(TakeKeyword("ELSE") ? ParseExpr() : nullptr);
    ExpectKeyword("END");
    return Close(std::move(expr));
  }

  ExprPtr ParseExists() {
    ExprPtr expr = Make(Expr::Kind::kExists, Take().position);
    ExpectSymbol("{");
    TakeKeyword("MATCH");
    do {
      expr->patterns.push_back(ParsePathPattern());
    } while (TakeSymbol(","));
    expr->args.push_back(TakeKeyword("WHERE") ? ParseExpr() : nullptr);
    if (TakeKeyword("RETURN")) {  // what it returns does not matter, but must be an expression
      if (!TakeSymbol("*")) ParseExpr();
    }
    ExpectSymbol("}");
    return Close(std::move(expr));
  }

  ExprPtr ParseQuantifierCall() {
    const Token word = Take();
    ExprPtr expr = Make(Expr::Kind::kQuantifier, word.position);
    expr->keys.push_back(Upper(word.text));
    ExpectSymbol("(");
    expr->name = ExpectVariable();
    ExpectKeyword("IN");
    expr->args.push_back(ParseExpr());
    expr->args.push_back(TakeKeyword("WHERE") ? ParseExpr() : nullptr);
    ExpectSymbol(")");
    return Close(std::move(expr));
  }

  ExprPtr ParseCall() {
    ExprPtr call = Make(Expr::Kind::kCall, Peek().position);
    call->name = Take().text;
    while (TakeSymbol(".")) call->name += "." + Take().text;
    ExpectSymbol("(");
    call->distinct = TakeKeyword("DISTINCT");
    if (Peek().IsSymbol("*") && Peek(1).IsSymbol(")")) {
      Take();
      call->star = true;
    } else if (!Peek().IsSymbol(")")) {
      do {
        call->args.push_back(ParseExpr());
      } while (TakeSymbol(","));
    }
    ExpectSymbol(")");
    return Close(std::move(call));
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Query Parse(std::string_view text) { return Parser(text).ParseQuery(); }

}  // namespace hearsay::query
