// The rows of TRACE and PATHS as a person reads them: the chain on one line, then a line for each
// hop with the bytes it comes from.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "query/format/format.h"
#include "query/format/value_display.h"

namespace hearsay::query {

namespace {

std::optional<std::size_t> ColumnOf(const ResultSet& result, std::string_view name) {
  const auto found = std::find(result.columns.begin(), result.columns.end(), name);
  if (found == result.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - result.columns.begin());
}

std::string TextOf(const Map& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() || found->second.kind() != Value::Kind::kString
             ? ""
             : found->second.as_string();
}

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options) : view_(view), options_(options) {}

  std::string Trace(const ResultSet& result, std::size_t r) {
    const auto cell = [&](std::string_view column) -> const Value& {
      return result.rows[r][*ColumnOf(result, column)];
    };
    std::string chain;
    for (const Value& name : cell("chain").as_list()) {
      chain += (chain.empty() ? "" : " → ") + DisplayText(view_, name);
    }
    std::string out =
        fmt::format("{}. {}  {}\n", r + 1, Strong(chain.empty() ? "(no one named)" : chain),
                    DisplayText(view_, cell("published")));
    out += fmt::format("   “{}”\n", DisplayText(view_, cell("words")));
    for (const Value& hop : cell("hops").as_list()) {
      const Map& map = hop.as_map();
      const std::string speaker = TextOf(map, "speaker");
      out += Evidence(fmt::format("{} ({})", speaker.empty() ? "the article itself" : speaker,
                                  TextOf(map, "form")),
                      map);
    }
    return out +
           fmt::format("   statement:{}\n", DisplayText(view_, cell("statement")).substr(0, 12));
  }

  std::string Steps(const ResultSet& result, std::size_t r) {
    const auto cell = [&](std::string_view column) -> const Value& {
      return result.rows[r][*ColumnOf(result, column)];
    };
    std::string out = fmt::format("{}. {}\n", r + 1, Strong(DisplayText(view_, cell("path"))));
    for (const Value& step : cell("steps").as_list()) {
      const Map& map = step.as_map();
      const bool aside = map.contains("aside");
      out += Evidence(fmt::format("{}({}) {} ({})", aside ? "  beside: " : "", TextOf(map, "from"),
                                  TextOf(map, "arrow"), TextOf(map, "to")),
                      map);
    }
    return out;
  }

 private:
  std::string Strong(const std::string& text) const {
    return options_.colour ? "\x1b[1m" + text + "\x1b[0m" : text;
  }

  // The hop, then each place it comes from.
  std::string Evidence(const std::string& what, const Map& hop) {
    std::string out = "   " + what + "\n";
    const auto found = hop.find("evidence");
    if (found == hop.end()) return out;
    for (const Value& item : found->second.as_list()) {
      const Map& evidence = item.as_map();
      const std::string field = TextOf(evidence, "field");
      const std::string article = ArticleName(TextOf(evidence, "article"));
      if (const auto begin = evidence.find("begin"); begin != evidence.end()) {
        out += fmt::format("      {} {}-{}  »{}«\n", article, begin->second.as_int(),
                           evidence.at("end").as_int(), OneLine(TextOf(evidence, "text")));
      } else if (!field.empty()) {
        out += fmt::format("      {} {}: {}\n", article, field, TextOf(evidence, "text"));
      } else {
        out += fmt::format("      gazetteer {}\n", TextOf(evidence, "gazetteer"));
      }
    }
    return out;
  }

  static std::string OneLine(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }

  // The file it was read from, where there is one, else the id.
  std::string ArticleName(const std::string& id) {
    auto found = names_.find(id);
    if (found != names_.end()) return found->second;
    const auto node = view_.FindByPublicId(id);
    std::string name = id.substr(0, 12);
    if (node) {
      const Value source = view_.Property(*node, "source");
      if (source.kind() == Value::Kind::kString) {
        name = source.as_string().substr(source.as_string().rfind('/') + 1);
      }
    }
    return names_.emplace(id, name).first->second;
  }

  const View& view_;
  const FormatOptions& options_;
  std::map<std::string, std::string> names_;
};

bool IsTrace(const ResultSet& result) {
  return ColumnOf(result, "hops") && ColumnOf(result, "chain") && ColumnOf(result, "words") &&
         ColumnOf(result, "published") && ColumnOf(result, "statement");
}

bool IsPaths(const ResultSet& result) {
  return ColumnOf(result, "path") && ColumnOf(result, "steps");
}

}  // namespace

bool HasHops(const ResultSet& result) { return IsTrace(result) || IsPaths(result); }

std::string WriteHops(const View& view, const ResultSet& result, const FormatOptions& options) {
  Writer writer(view, options);
  const std::size_t total = result.rows.size();
  const std::size_t shown = options.rows_max == 0 ? total : std::min(total, options.rows_max);
  std::string out;
  for (std::size_t r = 0; r < shown; ++r) {
    out += IsTrace(result) ? writer.Trace(result, r) : writer.Steps(result, r);
    out += "\n";
  }
  return out + "(" + RowCount(shown, total) + ")\n";
}

}  // namespace hearsay::query
