#include "query/exec/evaluate.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <cmath>
#include <utility>

#include "query/exec/compare.h"
#include "query/exec/matcher.h"
#include "query/exec/value_text.h"
#include "query/functions/functions.h"

namespace hearsay::query {

namespace {

Value FromTruth(std::optional<bool> truth) { return truth ? Value(*truth) : Value(); }

class Evaluator {
 public:
  Evaluator(const Context& context, Row& row) : context_(context), row_(row) {}

  Value Run(const Expr& e) {
    switch (e.kind) {
      case Expr::Kind::kLiteral:
        return e.value;
      case Expr::Kind::kParameter:
        return Parameter(e);
      case Expr::Kind::kVariable:
        return row_[static_cast<std::size_t>(e.slot)];
      case Expr::Kind::kProperty:
        return Property(e);
      case Expr::Kind::kLabelTest:
        return LabelTest(e);
      case Expr::Kind::kIndex:
        return Index(e);
      case Expr::Kind::kSlice:
        return Slice(e);
      case Expr::Kind::kList:
        return ListOf(e);
      case Expr::Kind::kMap:
        return MapOf(e);
      case Expr::Kind::kUnary:
        return Unary(e);
      case Expr::Kind::kBinary:
        return Binary(e);
      case Expr::Kind::kCall:
        return Call(e);
      case Expr::Kind::kCase:
        return Case(e);
      case Expr::Kind::kListComprehension:
        return ListComprehension(e);
      case Expr::Kind::kQuantifier:
        return Quantifier(e);
      case Expr::Kind::kPatternPredicate:
      case Expr::Kind::kExists:
        return Exists(e);
      case Expr::Kind::kPatternComprehension:
        return PatternComprehension(e);
    }
    return {};
  }

 private:
  Value Parameter(const Expr& e) {
    const auto found = context_.options.parameters.find(e.name);
    if (found == context_.options.parameters.end()) {
      Refuse("ParameterMissing", kRuntime, "MissingParameter", e.position,
             fmt::format("no value is given for ${}", e.name));
    }
    return found->second;
  }

  Value Property(const Expr& e) {
    const Value object = Run(*e.args[0]);
    switch (object.kind()) {
      case Value::Kind::kNull:
        return {};
      case Value::Kind::kNode:
        return context_.view.Property(object.as_node(), e.name);
      case Value::Kind::kEdge:
        return context_.view.Property(object.as_edge(), e.name);
      case Value::Kind::kMap: {
        const auto found = object.as_map().find(e.name);
        return found == object.as_map().end() ? Value() : found->second;
      }
      default:
        RefuseType("InvalidArgumentType", e.position,
                   fmt::format("{} has no property '{}'", KindName(object), e.name));
    }
  }

  Value LabelTest(const Expr& e) {
    const Value object = Run(*e.args[0]);
    if (object.is_null()) return {};
    if (object.kind() == Value::Kind::kEdge) {
      return Satisfies(context_, *e.labels, object.as_edge().type);
    }
    RequireKind(object, Value::Kind::kNode, e.position);
    return Satisfies(context_, *e.labels, object.as_node());
  }

  Value Index(const Expr& e) {
    const Value object = Run(*e.args[0]);
    const Value index = Run(*e.args[1]);
    if (object.is_null() || index.is_null()) return {};
    if (object.kind() == Value::Kind::kList) {
      if (index.kind() != Value::Kind::kInt) {
        RefuseType("ListElementAccessByNonInteger", e.position,
                   fmt::format("a list is indexed by a whole number, not {}", KindName(index)));
      }
      const List& list = object.as_list();
      const auto size = static_cast<std::int64_t>(list.size());
      const std::int64_t at = index.as_int() < 0 ? index.as_int() + size : index.as_int();
      return at < 0 || at >= size ? Value() : list[static_cast<std::size_t>(at)];
    }
    const bool has_keys = object.kind() == Value::Kind::kMap ||
                          object.kind() == Value::Kind::kNode ||
                          object.kind() == Value::Kind::kEdge;
    if (!has_keys) {
      RefuseType("InvalidArgumentType", e.position,
                 fmt::format("{} cannot be indexed", KindName(object)));
    }
    if (index.kind() != Value::Kind::kString) {
      RefuseType("MapElementAccessByNonString", e.position,
                 fmt::format("a property is named by a string, not {}", KindName(index)));
    }
    if (object.kind() == Value::Kind::kNode) {
      return context_.view.Property(object.as_node(), index.as_string());
    }
    if (object.kind() == Value::Kind::kEdge) {
      return context_.view.Property(object.as_edge(), index.as_string());
    }
    const auto found = object.as_map().find(index.as_string());
    return found == object.as_map().end() ? Value() : found->second;
  }

  Value Slice(const Expr& e) {
    const Value object = Run(*e.args[0]);
    const Value from = e.args[1] ? Run(*e.args[1]) : Value(0);
    if (object.is_null() || from.is_null()) return {};
    RequireKind(object, Value::Kind::kList, e.position);
    const List& list = object.as_list();
    const auto size = static_cast<std::int64_t>(list.size());
    const Value to = e.args[2] ? Run(*e.args[2]) : Value(size);
    if (to.is_null()) return {};
    RequireKind(from, Value::Kind::kInt, e.position);
    RequireKind(to, Value::Kind::kInt, e.position);
    const auto place = [size](std::int64_t at) {
      return std::clamp<std::int64_t>(at < 0 ? at + size : at, 0, size);
    };
    const std::int64_t begin = place(from.as_int());
    const std::int64_t end = place(to.as_int());
    return begin >= end ? List() : List(list.begin() + begin, list.begin() + end);
  }

  Value ListOf(const Expr& e) {
    List list;
    list.reserve(e.args.size());
    for (const ExprPtr& item : e.args) list.push_back(Run(*item));
    return list;
  }

  Value MapOf(const Expr& e) {
    Map map;
    for (std::size_t i = 0; i < e.keys.size(); ++i) map[e.keys[i]] = Run(*e.args[i]);
    return map;
  }

  std::optional<bool> Truth(const Expr& e) {
    const Value value = Run(e);
    if (value.is_null()) return std::nullopt;
    if (value.kind() != Value::Kind::kBool) {
      RefuseType("InvalidArgumentType", e.position,
                 fmt::format("expected true or false, found {}", KindName(value)));
    }
    return value.as_bool();
  }

  Value Unary(const Expr& e) {
    const Expr& operand = *e.args[0];
    if (e.name == "NOT") {
      const std::optional<bool> truth = Truth(operand);
      return truth ? Value(!*truth) : Value();
    }
    Value value = Run(operand);
    if (e.name == "ISNULL") return value.is_null();
    if (e.name == "ISNOTNULL") return !value.is_null();
    if (value.is_null() || (e.name == "+" && IsNumber(value))) return value;
    if (value.kind() == Value::Kind::kDouble) return -value.as_double();
    RequireKind(value, Value::Kind::kInt, e.position);
    if (value.as_int() == INT64_MIN) RefuseOverflow(e.position);
    return -value.as_int();
  }

  Value Binary(const Expr& e) {
    if (e.name == "AND" || e.name == "OR") return AndOr(e, e.name == "OR");
    if (e.name == "XOR") {
      const std::optional<bool> a = Truth(*e.args[0]);
      const std::optional<bool> b = Truth(*e.args[1]);
      return a && b ? Value(*a != *b) : Value();
    }
    const Value a = Run(*e.args[0]);
    const Value b = Run(*e.args[1]);
    if (e.name == "=") return FromTruth(Equals(a, b));
    if (e.name == "<>") {
      const std::optional<bool> same = Equals(a, b);
      return same ? Value(!*same) : Value();
    }
    if (e.name == "<" || e.name == "<=" || e.name == ">" || e.name == ">=") {
      return Comparison(e.name, a, b);
    }
    if (e.name == "IN") return In(a, b, e.position);
    if (e.name == "STARTS" || e.name == "ENDS" || e.name == "CONTAINS" || e.name == "=~") {
      return StringPredicate(e, a, b);
    }
    return Arithmetic(e, a, b);
  }

  // `decisive` is true for OR and false for AND: the value that settles it.
  Value AndOr(const Expr& e, bool decisive) {
    const std::optional<bool> a = Truth(*e.args[0]);
    if (a == decisive) return decisive;
    const std::optional<bool> b = Truth(*e.args[1]);
    if (b == decisive) return decisive;
    return a && b ? Value(!decisive) : Value();
  }

  static Value Comparison(const std::string& op, const Value& a, const Value& b) {
    const auto order = Compare(a, b);
    if (!order) return {};
    if (op == "<") return *order < 0;
    if (op == "<=") return *order <= 0;
    if (op == ">") return *order > 0;
    return *order >= 0;
  }

  static Value In(const Value& item, const Value& list, const Position& position) {
    if (list.is_null()) return {};
    RequireKind(list, Value::Kind::kList, position);
    bool unknown = false;
    for (const Value& other : list.as_list()) {
      const std::optional<bool> same = Equals(item, other);
      if (same == true) return true;
      unknown = unknown || !same;
    }
    return unknown ? Value() : Value(false);
  }

  static Value StringPredicate(const Expr& e, const Value& a, const Value& b) {
    const bool strings = a.kind() == Value::Kind::kString && b.kind() == Value::Kind::kString;
    if (!strings) return {};
    const std::string& text = a.as_string();
    const std::string& part = b.as_string();
    if (e.name == "STARTS") return text.starts_with(part);
    if (e.name == "ENDS") return text.ends_with(part);
    if (e.name == "CONTAINS") return text.find(part) != std::string::npos;
    const RE2 pattern(part, RE2::Quiet);
    if (!pattern.ok()) {
      Refuse("ArgumentError", kRuntime, "InvalidRegularExpression", e.args[1]->position,
             fmt::format("'{}' is no regular expression: {}", part, pattern.error()));
    }
    return RE2::FullMatch(text, pattern);
  }

  [[noreturn]] static void RefuseOverflow(const Position& position) {
    Refuse("ArithmeticError", kRuntime, "IntegerOverflow", position,
           "the result does not fit into 64 bits");
  }

  static Value Arithmetic(const Expr& e, const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return {};
    if (e.name == "+") {
      if (a.kind() == Value::Kind::kList || b.kind() == Value::Kind::kList) return Joined(a, b);
      if (a.kind() == Value::Kind::kString || b.kind() == Value::Kind::kString) {
        return JoinedText(e, a, b);
      }
    }
    if (!IsNumber(a) || !IsNumber(b)) {
      RefuseType("InvalidArgumentType", e.position,
                 fmt::format("{} and {} have no '{}'", KindName(a), KindName(b), e.name));
    }
    if (a.kind() == Value::Kind::kInt && b.kind() == Value::Kind::kInt && e.name != "^") {
      return WholeArithmetic(e, a.as_int(), b.as_int());
    }
    const double x = AsDouble(a);
    const double y = AsDouble(b);
    switch (e.name[0]) {
      case '+':
        return x + y;
      case '-':
        return x - y;
      case '*':
        return x * y;
      case '/':
        return x / y;
      case '%':
        return std::fmod(x, y);
      default:
        return std::pow(x, y);
    }
  }

  static Value WholeArithmetic(const Expr& e, std::int64_t a, std::int64_t b) {
    std::int64_t out = 0;
    bool overflow = false;
    switch (e.name[0]) {
      case '+':
        overflow = __builtin_add_overflow(a, b, &out);
        break;
      case '-':
        overflow = __builtin_sub_overflow(a, b, &out);
        break;
      case '*':
        overflow = __builtin_mul_overflow(a, b, &out);
        break;
      default:
        if (b == 0) {
          Refuse("ArithmeticError", kRuntime, "DivisionByZero", e.position, "division by zero");
        }
        overflow = a == INT64_MIN && b == -1;
        if (!overflow) out = e.name == "/" ? a / b : a % b;
    }
    if (overflow) RefuseOverflow(e.position);
    return out;
  }

  static Value Joined(const Value& a, const Value& b) {
    List list;
    const auto append = [&list](const Value& value) {
      if (value.kind() == Value::Kind::kList) {
        list.insert(list.end(), value.as_list().begin(), value.as_list().end());
      } else {
        list.push_back(value);
      }
    };
    append(a);
    append(b);
    return list;
  }

  static Value JoinedText(const Expr& e, const Value& a, const Value& b) {
    const auto text = [&e](const Value& value) -> std::string {
      if (value.kind() == Value::Kind::kString) return value.as_string();
      if (value.kind() == Value::Kind::kInt) return std::to_string(value.as_int());
      if (value.kind() == Value::Kind::kDouble) return DoubleText(value.as_double());
      RefuseType("InvalidArgumentType", e.position,
                 fmt::format("{} cannot be joined to a string", KindName(value)));
    };
    return text(a) + text(b);
  }

  Value Call(const Expr& e) {
    const Function* function = FindFunction(e.name);  // the check knows it is there
    std::vector<Value> arguments;
    arguments.reserve(e.args.size());
    for (const ExprPtr& argument : e.args) arguments.push_back(Run(*argument));
    if (function->null_in_null_out) {
      for (const Value& argument : arguments) {
        if (argument.is_null()) return {};
      }
    }
    return function->call(context_, arguments, e.position);
  }

  Value Case(const Expr& e) {
    std::optional<Value> operand;
    if (e.args[0]) operand = Run(*e.args[0]);
    const std::size_t last = e.args.size() - 1;
    for (std::size_t i = 1; i + 1 < last; i += 2) {
      const std::optional<bool> chosen =
          operand ? Equals(*operand, Run(*e.args[i])) : Truth(*e.args[i]);
      if (chosen == true) return Run(*e.args[i + 1]);
    }
    return e.args[last] ? Run(*e.args[last]) : Value();
  }

  // Calls `visit` with each item of args[0] bound to the expression's own variable, until it
  // returns false.  False if the list is null.
  template <typename Visit>
  bool ForEach(const Expr& e, const Visit& visit) {
    const Value list = Run(*e.args[0]);
    if (list.is_null()) return false;
    RequireKind(list, Value::Kind::kList, e.args[0]->position);
    const auto slot = static_cast<std::size_t>(e.slot);
    const Value before = row_[slot];
    for (const Value& item : list.as_list()) {
      row_[slot] = item;
      if (!visit(item)) break;
    }
    row_[slot] = before;
    return true;
  }

  Value ListComprehension(const Expr& e) {
    List out;
    const bool is_list = ForEach(e, [&](const Value& item) {
      if (!e.args[1] || Truth(*e.args[1]) == true) {
        out.push_back(e.args[2] ? Run(*e.args[2]) : item);
      }
      return true;
    });
    return is_list ? Value(std::move(out)) : Value();
  }

  Value Quantifier(const Expr& e) {
    std::size_t yes = 0;
    std::size_t no = 0;
    std::size_t unknown = 0;
    const bool is_list = ForEach(e, [&](const Value&) {
      const std::optional<bool> truth = e.args[1] ? Truth(*e.args[1]) : true;
      ++(!truth ? unknown : *truth ? yes : no);
      return true;
    });
    if (!is_list) return {};
    const std::string& which = e.keys[0];
    if (which == "ALL") return no > 0 ? Value(false) : unknown > 0 ? Value() : Value(true);
    if (which == "ANY") return yes > 0 ? Value(true) : unknown > 0 ? Value() : Value(false);
    if (which == "NONE") return yes > 0 ? Value(false) : unknown > 0 ? Value() : Value(true);
    if (yes > 1) return false;  // SINGLE
    return unknown > 0 ? Value() : Value(yes == 1);
  }

  Value Exists(const Expr& e) {
    const Expr* where = e.args.empty() ? nullptr : e.args[0].get();
    bool found = false;
    Match(context_, e.patterns, where, row_, [&found](Row&) {
      found = true;
      return false;
    });
    return found;
  }

  Value PatternComprehension(const Expr& e) {
    List out;
    Match(context_, e.patterns, e.args[0].get(), row_, [&](Row&) {
      out.push_back(Run(*e.args[1]));
      return true;
    });
    return out;
  }

  const Context& context_;
  Row& row_;
};

// `test` says whether one label name holds.
template <typename Test>
bool Combine(const LabelExpr& labels, const Test& test) {
  switch (labels.kind) {
    case LabelExpr::Kind::kName:
      return test(labels.name);
    case LabelExpr::Kind::kNot:
      return !Combine(labels.parts[0], test);
    case LabelExpr::Kind::kAnd:
      return Combine(labels.parts[0], test) && Combine(labels.parts[1], test);
    case LabelExpr::Kind::kOr:
      return Combine(labels.parts[0], test) || Combine(labels.parts[1], test);
  }
  return false;
}

}  // namespace

Value Evaluate(const Context& context, const Expr& expr, Row& row) {
  return Evaluator(context, row).Run(expr);
}

bool Holds(const Context& context, const Expr& expr, Row& row) {
  const Value value = Evaluate(context, expr, row);
  if (value.is_null()) return false;
  if (value.kind() != Value::Kind::kBool) {
    RefuseType("InvalidArgumentType", expr.position,
               fmt::format("WHERE needs true or false, found {}", KindName(value)));
  }
  return value.as_bool();
}

bool Satisfies(const Context& context, const LabelExpr& labels, NodeId node) {
  return Combine(labels, [&](const std::string& name) {
    const auto symbol = context.view.Find(name);
    return symbol && context.view.HasLabel(node, *symbol);
  });
}

bool Satisfies(const Context& context, const LabelExpr& types, Symbol type) {
  return Combine(types, [&](const std::string& name) {
    const auto symbol = context.view.Find(name);
    return symbol && *symbol == type;
  });
}

}  // namespace hearsay::query
