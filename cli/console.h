// What all subcommands share of talking to a person or a script: messages on standard error,
// output files that appear whole or not at all, a progress bar on a terminal, Ctrl-C.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <string_view>

#include "graph/base/status.h"

namespace hearsay::cli {

// "hearsay: <message>" on standard error; returns the exit code that fits (kError, kInterrupted).
int Fail(const Status& status);
void Warn(std::string_view message);

bool IsTerminal(std::FILE* stream);

// "12,345"; "1 article", "2 articles"; "3.4 MB".
std::string WithThousands(std::uint64_t n);
std::string Counted(std::uint64_t n, std::string_view singular, std::string_view plural = {});

// The flag that Ctrl-C sets.  The first one asks the work to stop at the next safe point; a second
// one ends the process at once.
void CatchInterrupts();
const std::atomic<bool>& Interrupted();
void ClearInterrupt();  // the shell goes on after it

// -o FILE: writes beside FILE and renames when Commit is called, so that a reader never sees half
// a file; "-" or empty is standard output.
class OutputFile {
 public:
  Status Open(const std::string& path);
  // kIo as soon as a write fails; kCancelled after Ctrl-C.
  Status Write(std::string_view bytes);
  // kIo with the path if any write failed (disk full) or the rename did.
  Status Commit();
  ~OutputFile();  // without Commit: the file before stays as it was

 private:
  Status Failure() const;

  std::string path_;
  std::filesystem::path temporary_;
  std::ofstream file_;
  std::ostream* stream_ = nullptr;
};

// A bar on standard error, only if that is a terminal, redrawn at most ten times a second, wiped
// when it goes out of scope.
class ProgressBar {
 public:
  explicit ProgressBar(std::string title);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  void Update(std::uint64_t done, std::uint64_t total, std::string_view note = {});
  void Clear();

 private:
  std::string title_;
  bool shown_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace hearsay::cli
