#include "query/shell/shell.h"

#include <fmt/format.h>
#include <histedit.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <vector>

#include "query/engine.h"
#include "query/format/format.h"
#include "query/functions/functions.h"
#include "query/shell/complete.h"
#include "query/verbs/verbs.h"

#if defined(__SANITIZE_ADDRESS__)
// libedit never frees the names it is given with EL_ADDFN; nothing here calls wcsdup itself.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:wcsdup\n";
}
#endif

namespace hearsay::query {

namespace {

constexpr std::size_t kRowsShown = 200;  // on a terminal, until .maxrows

std::string Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

// Whether a `;` outside quotes ends the text.
bool IsComplete(std::string_view text) {
  char quote = 0;
  bool complete = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') ++i;
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    }
    if (c == ';' && quote == 0) {
      complete = true;
    } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      complete = false;
    }
  }
  return complete;
}

class Shell {
 public:
  Shell(const View& view, const ShellOptions& options)
      : view_(view), options_(options), bail_(!options.interactive) {
    if (options.interactive) rows_max_ = kRowsShown;
  }

  // Takes one more line; false: leave the shell.
  bool TakeLine(const std::string& line) {
    const std::string trimmed = Trimmed(line);
    if (pending_.empty() && trimmed.empty()) return true;
    if (pending_.empty() && trimmed.front() == '.') return Command(trimmed);
    pending_ += (pending_.empty() ? "" : "\n") + line;
    if (!IsComplete(pending_)) return true;
    const std::string text = pending_;
    pending_.clear();
    return Query(text);
  }

  // The end of the input: what is pending runs without its `;`.
  void End() {
    if (!Trimmed(pending_).empty()) Query(pending_);
    pending_.clear();
  }

  bool is_pending() const { return !pending_.empty(); }
  void ForgetPending() { pending_.clear(); }
  bool failed() const { return failed_; }
  const View& view() const { return view_; }

 private:
  struct CommandRow {
    std::string_view name;
    std::string_view arguments;
    std::string_view help;
    bool (Shell::*run)(const std::string& argument);
  };

  static const std::vector<CommandRow>& Commands() {
    static const std::vector<CommandRow> kRows = {
        {".bail", "on|off", "stop at the first error", &Shell::Bail},
        {".explain", "QUERY", "the plan of a query", &Shell::ExplainQuery},
        {".help", "", "these commands, the verbs and the functions", &Shell::Help},
        {".maxrows", "N", "rows shown; 0 shows all", &Shell::MaxRows},
        {".mode", "NAME", "format of results", &Shell::Mode},
        {".output", "[FILE]", "where results go; the screen without a file", &Shell::Output},
        {".quit", "", "leave", &Shell::Quit},
        {".read", "FILE", "run the queries of a file", &Shell::Read},
        {".schema", "", "labels, relationship types and properties", &Shell::Schema},
        {".stats", "", "how many nodes and relationships of each kind", &Shell::Stats},
        {".timer", "on|off", "time of each query", &Shell::Timer},
    };
    return kRows;
  }

  bool Command(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string name = line.substr(0, space);
    const std::string argument = space == std::string::npos ? "" : Trimmed(line.substr(space));
    for (const CommandRow& row : Commands()) {
      if (row.name == name) return (this->*row.run)(argument);
    }
    return Error(fmt::format("no command {}; .help lists them", name));
  }

  bool Error(const std::string& message) {
    Flush();
    fmt::print(stderr, "{}\n", message);
    failed_ = true;
    return !bail_;
  }

  // --- queries ---

  bool Query(const std::string& text) { return RunText(text, &hearsay::query::Run); }

  bool RunText(const std::string& text,
               Outcome (*run)(const View&, std::string_view, const RunOptions&)) {
    if (options_.clear_cancelled != nullptr) options_.clear_cancelled();
    RunOptions run_options;
    run_options.cancelled = options_.cancelled;
    const auto started = std::chrono::steady_clock::now();
    const Outcome outcome = run(view_, text, run_options);
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - started;
    if (outcome.error) return Error(outcome.error->Render(text));
    Print(*outcome.result);
    if (timer_) Write(fmt::format("({:.1f} ms)\n", took.count()));
    return true;
  }

  void Print(const ResultSet& result) {
    FormatOptions format;
    format.rows_max = rows_max_;
    format.colour = options_.colour && !file_.is_open();
    winsize size{};
    const bool on_screen = options_.interactive && !file_.is_open();
    if (on_screen && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) format.width = size.ws_col;
    const bool as_table = mode_ == "table" || mode_ == "box";
    const std::string text = as_table && HasHops(result)
                                 ? WriteHops(view_, result, format)
                                 : FindFormat(mode_)->write(view_, result, format);
    const bool page =
        on_screen && size.ws_row > 0 && std::count(text.begin(), text.end(), '\n') > size.ws_row;
    if (page) {
      Page(text);
    } else {
      Write(text);
    }
    Flush();
    for (const std::string& notice : result.notices) fmt::print(stderr, "note: {}\n", notice);
  }

  // Through $PAGER, or less where there is none.
  static void Page(const std::string& text) {
    const char* pager = std::getenv("PAGER");
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
        popen(pager != nullptr && *pager != '\0' ? pager : "less -FRSX 2>/dev/null || cat", "w"),
        pclose);
    FILE* out = pipe ? pipe.get() : stdout;
    std::fwrite(text.data(), 1, text.size(), out);
  }

  void Write(const std::string& text) {
    if (file_.is_open()) {
      file_ << text;
    } else {
      std::fwrite(text.data(), 1, text.size(), stdout);
    }
  }
  void Flush() {
    if (file_.is_open()) file_.flush();
    std::fflush(stdout);
  }

  // --- commands ---

  bool Switch(const std::string& argument, bool* value) {
    if (argument != "on" && argument != "off") return Error("say on or off");
    *value = argument == "on";
    return true;
  }
  bool Bail(const std::string& argument) { return Switch(argument, &bail_); }
  bool Timer(const std::string& argument) { return Switch(argument, &timer_); }
  bool Quit(const std::string&) { return false; }
  bool ExplainQuery(const std::string& argument) { return RunText(argument, &Explain); }

  bool Mode(const std::string& argument) {
    if (FindFormat(argument) == nullptr) {
      std::string names;
      for (const ResultFormat& format : ResultFormats()) {
        names += (names.empty() ? "" : ", ") + std::string(format.name);
      }
      return Error(fmt::format("no format '{}'; there are {}", argument, names));
    }
    mode_ = argument;
    return true;
  }

  bool MaxRows(const std::string& argument) {
    char* end = nullptr;
    const unsigned long rows = std::strtoul(argument.c_str(), &end, 10);
    if (argument.empty() || *end != '\0') return Error("give a number of rows: .maxrows 100");
    rows_max_ = rows;
    return true;
  }

  bool Output(const std::string& argument) {
    if (file_.is_open()) file_.close();
    if (argument.empty()) return true;
    file_.open(argument, std::ios::binary | std::ios::trunc);
    return file_.is_open() ? true : Error(fmt::format("cannot write '{}'", argument));
  }

  bool Read(const std::string& argument) {
    std::ifstream file(argument);
    if (!file) return Error(fmt::format("cannot read '{}'", argument));
    for (std::string line; std::getline(file, line);) {
      if (!TakeLine(line)) return !failed_;
    }
    End();
    return !(failed_ && bail_);
  }

  bool Help(const std::string&) {
    std::string out;
    for (const CommandRow& row : Commands()) {
      out += fmt::format("{:<9} {:<8} {}\n", row.name, row.arguments, row.help);
    }
    out += "\n";
    for (const Verb& verb : Verbs()) out += fmt::format("{}\n    {}\n", verb.grammar, verb.help);
    out += "\nEXPAND before a verb shows it in the core language; queries end with ;\n\n";
    for (const Function* function : AllFunctions()) out += fmt::format("{}\n", function->help);
    Write(out);
    return true;
  }

  bool Schema(const std::string&) {
    const auto print = [this](const char* what, const std::vector<std::string>& names) {
      Write(fmt::format("{}\n", what));
      for (const std::string& name : names) Write(fmt::format("  {}\n", name));
    };
    print("labels", view_.Labels());
    print("relationship types", view_.Types());
    print("properties", view_.PropertyKeys());
    return true;
  }

  bool Stats(const std::string&) {
    for (const std::string& label : view_.Labels()) {
      Write(fmt::format("{:<20} {:>10}\n", label, view_.NodeCount(*view_.Find(label))));
    }
    for (const std::string& type : view_.Types()) {
      Write(fmt::format("{:<20} {:>10}\n", type, view_.EdgeCount(*view_.Find(type))));
    }
    return true;
  }

  const View& view_;
  const ShellOptions& options_;
  std::string pending_;
  std::string mode_ = "table";
  std::size_t rows_max_ = 0;
  bool bail_;
  bool timer_ = false;
  bool failed_ = false;
  std::ofstream file_;
};

// --- the terminal, by libedit ---

char* Prompt(EditLine* line) {
  static std::array<char, 16> first = {"hearsay> "};
  static std::array<char, 16> more = {"    ...> "};
  void* data = nullptr;
  el_get(line, EL_CLIENTDATA, &data);
  return static_cast<Shell*>(data)->is_pending() ? more.data() : first.data();
}

unsigned char OnTab(EditLine* line, int) {
  void* data = nullptr;
  el_get(line, EL_CLIENTDATA, &data);
  const LineInfo* info = el_line(line);
  const std::string_view before(info->buffer,
                                static_cast<std::size_t>(info->cursor - info->buffer));
  const Completion completion = Complete(static_cast<Shell*>(data)->view(), before);
  if (completion.words.empty()) return CC_ERROR;
  const std::string common = CommonPrefix(completion.words);
  if (completion.words.size() > 1 && common.size() <= completion.typed) {
    std::string list = "\n";
    for (const std::string& word : completion.words) list += word + "  ";
    fmt::print("{}\n", list);
    std::fflush(stdout);
    return CC_REDISPLAY;
  }
  el_deletestr(line, static_cast<int>(completion.typed));
  el_insertstr(line, common.c_str());
  return CC_REFRESH;
}

void RunTerminal(Shell* shell, const ShellOptions& options) {
  const std::unique_ptr<EditLine, void (*)(EditLine*)> line(
      el_init("hearsay", stdin, stdout, stderr), el_end);
  const std::unique_ptr<History, void (*)(History*)> past(history_init(), history_end);
  HistEvent event;
  constexpr int kHistoryMax = 2000;
  history(past.get(), &event, H_SETSIZE, kHistoryMax);
  if (!options.history_file.empty()) {
    history(past.get(), &event, H_LOAD, options.history_file.c_str());
  }
  el_set(line.get(), EL_CLIENTDATA, shell);
  el_set(line.get(), EL_PROMPT, &Prompt);
  el_set(line.get(), EL_EDITOR, "emacs");
  el_set(line.get(), EL_SIGNAL, 0);
  el_set(line.get(), EL_HIST, history, past.get());
  el_set(line.get(), EL_ADDFN, "complete", "complete the word", &OnTab);
  el_set(line.get(), EL_BIND, "^I", "complete", nullptr);
  el_set(line.get(), EL_BIND, "^R", "em-inc-search-prev", nullptr);
  fmt::print("Queries end with ;  .help lists commands and verbs\n");
  for (;;) {
    int count = 0;
    const char* text = el_gets(line.get(), &count);
    if (text == nullptr || count <= 0) {
      if (options.cancelled != nullptr && options.cancelled->load()) {  // Ctrl-C at the prompt
        options.clear_cancelled();
        shell->ForgetPending();
        fmt::print("\n");
        continue;
      }
      break;
    }
    std::string typed(text, static_cast<std::size_t>(count));
    while (!typed.empty() && typed.back() == '\n') typed.pop_back();
    if (!Trimmed(typed).empty()) history(past.get(), &event, H_ENTER, typed.c_str());
    if (!shell->TakeLine(typed)) break;
  }
  if (!options.history_file.empty()) {
    history(past.get(), &event, H_SAVE, options.history_file.c_str());
  }
}

}  // namespace

int RunShell(const View& view, const ShellOptions& options) {
  Shell shell(view, options);
  if (options.interactive) {
    RunTerminal(&shell, options);
    return 0;
  }
  for (std::string line; std::getline(std::cin, line);) {
    if (!shell.TakeLine(line)) return shell.failed() ? 1 : 0;
  }
  shell.End();
  return shell.failed() ? 1 : 0;
}

}  // namespace hearsay::query
