// The shell: one query after another, from a terminal or a script.
#pragma once

#include <atomic>
#include <string>

#include "graph/view.h"

namespace hearsay::query {

struct ShellOptions {
  bool interactive = false;  // prompts, history, completion; else the first error ends it
  bool colour = false;
  std::string history_file;                      // empty: none is kept
  const std::atomic<bool>* cancelled = nullptr;  // set by Ctrl-C: ends the query, not the shell
  void (*clear_cancelled)() = nullptr;           // called before each query
};

// Reads standard input to its end or `.quit`; 0, or 1 if a script stopped at an error.
int RunShell(const View& view, const ShellOptions& options);

}  // namespace hearsay::query
