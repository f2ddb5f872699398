#include "query/verbs/verb_parser.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <utility>

#include "graph/base/iso_time.h"
#include "query/error.h"
#include "query/exec/value_text.h"

namespace hearsay::query {

namespace {

// Words that end a bare name.
constexpr std::array<std::string_view, 16> kStops = {
    "SAY", "ABOUT", "TO",  "SINCE", "UNTIL", "IN",   "VIA",      "AVOID",
    "MAX", "ALL",   "ANY", "OF",    "STORY", "FROM", "SHORTEST", "SAID"};

bool IsStop(const Token& token) {
  return std::any_of(kStops.begin(), kStops.end(),
                     [&token](std::string_view stop) { return token.Is(stop); });
}

std::vector<std::string> Split(std::string_view words) {
  std::istringstream stream{std::string(words)};
  std::vector<std::string> parts;
  for (std::string part; stream >> part;) parts.push_back(part);
  return parts;
}

constexpr std::size_t kShortId = 12;  // digits of an id shown in a message

}  // namespace

VerbParser::VerbParser(const View& view, std::vector<Token> tokens)
    : view_(view), tokens_(std::move(tokens)) {}

bool VerbParser::AtEnd() const {
  return Peek().kind == TokenKind::kEnd ||
         (Peek().IsSymbol(";") && Peek(1).kind == TokenKind::kEnd);
}

const Token& VerbParser::Peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool VerbParser::Take(std::string_view words) {
  const std::vector<std::string> parts = Split(words);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!Peek(i).Is(parts[i])) return false;
  }
  at_ += parts.size();
  return true;
}

bool VerbParser::TakeSymbol(std::string_view symbol) {
  if (!Peek().IsSymbol(symbol)) return false;
  ++at_;
  return true;
}

Token VerbParser::TakeAny() { return AtEnd() ? Peek() : tokens_[at_++]; }

std::string VerbParser::ExpectWords(std::string_view what) { return ExpectName(what).text; }

void VerbParser::Expect(std::string_view words) {
  if (!Take(words)) RefuseUnexpected(words);
}

void VerbParser::ReadOptions(const std::vector<Option>& options) {
  std::set<std::string_view> read;
  while (!AtEnd()) {
    const Position position = Peek().position;
    const auto option = std::find_if(options.begin(), options.end(),
                                     [this](const Option& o) { return Take(o.words); });
    if (option == options.end()) {
      std::vector<std::string_view> words;
      words.reserve(options.size());
      for (const Option& o : options) words.push_back(o.words);
      RefuseUnexpected(fmt::format("{} or the end", fmt::join(words, ", ")));
    }
    if (!read.insert(option->words).second) {
      RefuseSyntax("UnexpectedSyntax", position, fmt::format("{} stands twice", option->words));
    }
    option->read();
  }
}

void VerbParser::RefuseUnexpected(std::string_view expected) const {
  const Token& token = Peek();
  const bool end = token.kind == TokenKind::kEnd;
  RefuseSyntax("UnexpectedSyntax", token.position,
               fmt::format("expected {}, found {}", expected,
                           end ? "the end of the query" : fmt::format("'{}'", token.text)));
}

std::string VerbParser::ExpectText(std::string_view what) {
  if (Peek().kind != TokenKind::kString) RefuseUnexpected(what);
  return tokens_[at_++].text;
}

std::int64_t VerbParser::ExpectNumber(std::string_view what) {
  if (Peek().kind != TokenKind::kInteger) RefuseUnexpected(what);
  return tokens_[at_++].value.as_int();
}

std::string VerbParser::ExpectDate() {
  const Position position = Peek().position;
  std::string text;
  if (Peek().kind == TokenKind::kString) {
    text = tokens_[at_++].text;
  } else {  // 2022-01-06 comes as numbers and dashes
    std::uint32_t end = Peek().position.offset;
    while (Peek().position.offset == end && !AtEnd() &&
           (Peek().kind == TokenKind::kInteger || Peek().IsSymbol("-"))) {
      end = Peek().end;
      text += tokens_[at_++].text;
    }
  }
  if (!ParseIsoTime(text)) {
    RefuseSyntax("InvalidDate", position,
                 text.empty() ? "expected a date" : fmt::format("'{}' is no date", text),
                 "dates are written 2022-01-06 or '2022-01-06T10:40+06:00'");
  }
  return text;
}

std::string VerbParser::Since(std::string_view article, const std::string& date) const {
  return fmt::format("begins({}.published) >= begins({})", article, QuotedText(date));
}

std::string VerbParser::Until(std::string_view article, const std::string& date) const {
  return fmt::format("ends({}.published) <= ends({})", article, QuotedText(date));
}

std::string VerbParser::AsKnown(std::string_view article) const {
  if (as_known_.empty()) return "";
  return fmt::format(" AND ends({}.published) <= begins({})", article, QuotedText(as_known_));
}

VerbParser::Name VerbParser::ExpectName(std::string_view what) {
  Name name;
  name.position = Peek().position;
  if (Peek().kind == TokenKind::kString || Peek().kind == TokenKind::kQuotedName) {
    name.text = tokens_[at_++].text;
    return name;
  }
  if (Peek().kind != TokenKind::kName || IsStop(Peek())) RefuseUnexpected(what);
  if (Peek(1).IsSymbol(":")) {  // entity:3fa2b1c0
    at_ += 2;
    name.is_id = true;
    name.text = tokens_[at_++].text;
    return name;
  }
  while (Peek().kind == TokenKind::kName && !IsStop(Peek())) {
    name.text += (name.text.empty() ? "" : " ") + tokens_[at_++].text;
    if (Peek().IsSymbol("-") && Peek(1).kind != TokenKind::kEnd) {  // Khabar-24
      ++at_;
      name.text += "-" + tokens_[at_++].text;
    }
  }
  return name;
}

std::vector<NodeId> VerbParser::EntitiesCalled(const std::string& name) const {
  std::vector<NodeId> nodes = view_.FindByName(name);
  const auto entity = view_.Find("Entity");
  std::erase_if(nodes, [&](NodeId node) { return !entity || !view_.HasLabel(node, *entity); });
  return nodes;
}

void VerbParser::RequireOneEntity(const Name& name, std::string_view label) const {
  std::vector<NodeId> nodes = EntitiesCalled(name.text);
  if (nodes.empty()) {
    std::vector<std::string> near = view_.CompleteName(name.text.substr(0, 3), 200);
    std::string hint = DidYouMean(name.text, near);
    if (hint.empty() && !near.empty()) {
      near.resize(std::min<std::size_t>(near.size(), 5));
      hint = fmt::format("names near it: {}", fmt::join(near, ", "));
    }
    Refuse("EntityNotFound", kCompileTime, "EntityNotFound", name.position,
           fmt::format("nobody and nothing in the store is called '{}'", name.text),
           std::move(hint));
  }
  // Sources without a name of their own ("a witness") are a node each and are asked for together.
  const auto unnamed = view_.Find("Unnamed");
  std::erase_if(nodes, [&](NodeId node) { return unnamed && view_.HasLabel(node, *unnamed); });
  if (const auto wanted = view_.Find(label)) {
    std::erase_if(nodes, [&](NodeId node) { return !view_.HasLabel(node, *wanted); });
  }
  if (nodes.size() <= 1) return;
  std::string hint = "give one of them by its id:";
  for (const NodeId node : nodes) {
    hint += fmt::format("\n    entity:{}  {} {}", view_.PublicId(node).substr(0, kShortId),
                        view_.Name(view_.NodeLabels(node).back()),
                        ValueText(view_, view_.Property(node, "name")));
  }
  Refuse("EntityNotFound", kCompileTime, "AmbiguousName", name.position,
         fmt::format("'{}' may be any of {} entities", name.text, nodes.size()), std::move(hint));
}

std::string VerbParser::ExpectEntity(std::string_view variable, std::string_view label) {
  const std::string condition = ExpectEntityCondition(label)(variable);
  return label.empty() ? condition : fmt::format("{}:{} AND {}", variable, label, condition);
}

std::function<std::string(std::string_view)> VerbParser::ExpectEntityCondition(
    std::string_view label) {
  const Name name = ExpectName("a name");
  if (name.is_id) {
    if (view_.FindByPrefix(name.text, 1).empty()) {
      Refuse("EntityNotFound", kCompileTime, "EntityNotFound", name.position,
             fmt::format("no id in the store begins with {}", name.text));
    }
  } else {
    RequireOneEntity(name, label);
  }
  const std::string function = name.is_id ? "identified" : "named";
  return [function, text = QuotedText(name.text)](std::string_view variable) {
    return fmt::format("{}({}, {})", function, variable, text);
  };
}

std::string VerbParser::ExpectStatement(std::string_view variable) {
  if (Peek().kind == TokenKind::kString) {
    return fmt::format("matches({}, {})", variable, QuotedText(ExpectText("words in quotes")));
  }
  const Name name = ExpectName("words in quotes or statement:ID");
  if (!name.is_id) {
    RefuseSyntax("UnexpectedSyntax", name.position,
                 fmt::format("expected words in quotes or statement:ID, found '{}'", name.text));
  }
  if (view_.FindByPrefix(name.text, 1).empty()) {
    Refuse("EntityNotFound", kCompileTime, "EntityNotFound", name.position,
           fmt::format("no id in the store begins with {}", name.text));
  }
  return fmt::format("identified({}, {})", variable, QuotedText(name.text));
}

std::string VerbParser::ExpectTopic(std::string_view statement) {
  const std::size_t begin = at_;
  const Name name = ExpectName("a name or words");
  if (!name.is_id && EntitiesCalled(name.text).empty()) {
    Notice(
        fmt::format("no entity is called '{}': statements with these words are shown", name.text));
    return fmt::format("matches({}, {})", statement, QuotedText(name.text));
  }
  at_ = begin;
  return fmt::format("EXISTS {{ ({})-[:ABOUT]->(topic) WHERE {} }}", statement,
                     ExpectEntity("topic"));
}

}  // namespace hearsay::query
