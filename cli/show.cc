// hearsay show: one node with its properties, relationships and the stored bytes it came from.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"
#include "graph/store.h"
#include "query/format/value_display.h"

namespace hearsay::cli {

namespace {

constexpr std::size_t kCandidatesMax = 20;
constexpr std::size_t kShortId = 12;  // digits shown of an id; enough to type it again
constexpr std::size_t kContext = 60;  // bytes of the article shown on each side of a span

bool IsHex(std::string_view text) {
  return text.size() >= 4 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string Describe(const View& view, NodeId node) {
  return fmt::format("{}  {}", view.PublicId(node).substr(0, kShortId),
                     query::DisplayText(view, Value(node)));
}

// The nodes a person means by `name`: an id, shortened or not, with or without "statement:" before
// it; else a name or alias.
std::vector<NodeId> Meant(const View& view, std::string_view name) {
  const std::size_t colon = name.find(':');
  const std::string_view id = colon != std::string_view::npos && IsHex(name.substr(colon + 1))
                                  ? name.substr(colon + 1)
                                  : name;
  std::vector<NodeId> nodes;
  if (IsHex(id)) nodes = view.FindByPrefix(id, kCandidatesMax + 1);
  if (nodes.empty()) nodes = view.FindByName(name);
  return nodes;
}

// Moves `at` off the middle of a UTF-8 character, backwards.
std::size_t CharacterStart(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

class Printer {
 public:
  Printer(const View& view, std::size_t evidence_max, bool colour)
      : view_(view), evidence_max_(evidence_max), colour_(colour) {}

  Status Print(NodeId node) {
    fmt::print("{}\n", query::DisplayText(view_, Value(node)));
    for (const auto& [key, value] : view_.Properties(node)) {
      if (!value.is_null()) fmt::print("  {:<12} {}\n", key, query::DisplayText(view_, value));
    }
    fmt::print("evidence\n");
    HEARSAY_ASSIGN_OR_RETURN(const std::vector<Evidence> evidence, view_.EvidenceOf(node));
    HEARSAY_RETURN_IF_ERROR(PrintEvidence(evidence));
    HEARSAY_RETURN_IF_ERROR(PrintEdges(node, Direction::kOut));
    return PrintEdges(node, Direction::kIn);
  }

 private:
  Status PrintEvidence(const std::vector<Evidence>& evidence) {
    std::size_t shown = 0;
    for (const Evidence& item : evidence) {
      if (shown++ == evidence_max_) {
        fmt::print("  ... {} more; --all shows them\n", WithThousands(evidence.size() - shown + 1));
        break;
      }
      HEARSAY_RETURN_IF_ERROR(PrintOne(item));
    }
    return Status::Ok();
  }

  Status PrintOne(const Evidence& item) {
    const std::string rule = item.rule.empty() ? "" : fmt::format("  by {}", item.rule);
    if (!item.gazetteer.empty()) {
      fmt::print("  gazetteer {}{}\n", item.gazetteer, rule);
    } else if (!item.span.has_value()) {
      fmt::print("  {}  metadata {}: {}{}\n", ArticleName(item.article), item.field, item.text,
                 rule);
    } else {
      fmt::print("  {}  bytes {}-{}{}\n", ArticleName(item.article), item.span->begin,
                 item.span->end, rule);
      HEARSAY_ASSIGN_OR_RETURN(const std::string* text, ArticleText(item.article));
      fmt::print("    {}\n", InContext(*text, *item.span));
    }
    return Status::Ok();
  }

  // The quoted bytes between »« with what stands around them on their line.
  std::string InContext(std::string_view text, Span span) const {
    std::size_t begin = CharacterStart(text, span.begin > kContext ? span.begin - kContext : 0);
    const std::size_t line = text.substr(0, span.begin).rfind('\n');
    if (line != std::string_view::npos) begin = std::max(begin, line + 1);
    std::size_t end = CharacterStart(text, std::min<std::size_t>(text.size(), span.end + kContext));
    end = std::min(end, text.find('\n', span.end));
    const auto [open, close] = colour_ ? std::pair{"\x1b[1;33m", "\x1b[0m"} : std::pair{"»", "«"};
    return fmt::format("{}{}{}{}{}", text.substr(begin, span.begin - begin), open, span.In(text),
                       close, text.substr(span.end, end - span.end));
  }

  Status PrintEdges(NodeId node, Direction direction) {
    std::map<std::string, std::vector<Edge>> by_type;
    HEARSAY_RETURN_IF_ERROR(view_.Edges(node, direction, {}, [&](const Edge& edge) {
      by_type[std::string(view_.Name(edge.type))].push_back(edge);
      return true;
    }));
    for (auto& [type, edges] : by_type) {
      std::vector<std::string> lines;
      for (const Edge& edge : edges) {
        lines.push_back(Describe(view_, direction == Direction::kOut ? edge.dst : edge.src));
      }
      std::sort(lines.begin(), lines.end());
      fmt::print("{} {}\n", direction == Direction::kOut ? "->" : "<-", type);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i == evidence_max_) {
          fmt::print("  ... {} more; --all shows them\n", WithThousands(lines.size() - i));
          break;
        }
        fmt::print("  {}\n", lines[i]);
      }
    }
    return Status::Ok();
  }

  std::string ArticleName(const std::string& id) const {
    const auto node = view_.FindByPublicId(id);
    const Value title = node ? view_.Property(*node, "title") : Value();
    const std::string shortened = id.substr(0, kShortId);
    return title.is_null() ? shortened : fmt::format("{} \"{}\"", shortened, title.as_string());
  }

  Result<const std::string*> ArticleText(const std::string& id) {
    auto found = texts_.find(id);
    if (found == texts_.end()) {
      HEARSAY_ASSIGN_OR_RETURN(std::string text, view_.ArticleText(id));
      found = texts_.emplace(id, std::move(text)).first;
    }
    return &found->second;
  }

  const View& view_;
  std::size_t evidence_max_;
  bool colour_;
  std::map<std::string, std::string> texts_;
};

Status RefuseMany(const View& view, const std::string& name, const std::vector<NodeId>& nodes) {
  std::string message = fmt::format("'{}' may be any of these; give one by its id:", name);
  for (std::size_t i = 0; i < std::min(nodes.size(), kCandidatesMax); ++i) {
    message += "\n  " + Describe(view, nodes[i]);
  }
  if (nodes.size() > kCandidatesMax) message += "\n  ...";
  return Status::InvalidArgument(std::move(message));
}

Status RefuseNone(const View& view, const std::string& name) {
  std::string message = fmt::format("nothing in the store is called '{}'", name);
  const auto near = view.CompleteName(name.substr(0, 3), 5);
  if (!near.empty()) message += fmt::format("; near it: {}", fmt::join(near, ", "));
  return Status::NotFound(std::move(message));
}

int Show(const std::string& name, bool all, const Globals& globals) {
  StoreOptions options;
  options.read_only = true;
  const auto store = Store::Open(globals.store, options);
  if (!store.ok()) return Fail(store.status());
  const std::unique_ptr<View> view = (*store)->NewView();
  const std::vector<NodeId> nodes = Meant(*view, name);
  if (nodes.empty()) return Fail(RefuseNone(*view, name));
  if (nodes.size() > 1) return Fail(RefuseMany(*view, name, nodes));
  constexpr std::size_t kShownMax = 10;
  Printer printer(*view, all ? SIZE_MAX : kShownMax,
                  IsTerminal(stdout) && std::getenv("NO_COLOR") == nullptr);
  const Status printed = printer.Print(nodes.front());
  return printed.ok() ? int{kDone} : Fail(printed);
}

}  // namespace

std::function<int()> SetUpShow(CLI::App& app, const Globals& globals) {
  auto name = std::make_shared<std::string>();
  auto all = std::make_shared<bool>(false);
  app.add_option("ID-or-NAME", *name, "id of a node, which may be shortened, or a name")
      ->required();
  app.add_flag("--all", *all, "all evidence and relationships, not the first ten");
  return [name, all, &globals] { return Show(*name, *all, globals); };
}

}  // namespace hearsay::cli
