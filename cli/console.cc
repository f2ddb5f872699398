#include "cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>

#include "cli/command.h"

namespace hearsay::cli {

namespace fs = std::filesystem;

namespace {

std::atomic<bool> interrupted{false};

void OnInterrupt(int) {
  if (interrupted.exchange(true)) _exit(kInterrupted);
}

}  // namespace

int Fail(const Status& status) {
  if (status.code() == StatusCode::kCancelled) {
    fmt::print(stderr, "hearsay: interrupted{}{}\n", status.message().empty() ? "" : ": ",
               status.message());
    return kInterrupted;
  }
  fmt::print(stderr, "hearsay: {}\n", status.message());
  return kError;
}

void Warn(std::string_view message) { fmt::print(stderr, "hearsay: {}\n", message); }

bool IsTerminal(std::FILE* stream) { return isatty(fileno(stream)) != 0; }

std::string WithThousands(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string Counted(std::uint64_t n, std::string_view singular, std::string_view plural) {
  if (n == 1) return fmt::format("1 {}", singular);
  return plural.empty() ? fmt::format("{} {}s", WithThousands(n), singular)
                        : fmt::format("{} {}", WithThousands(n), plural);
}

void CatchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = OnInterrupt;
  sigaction(SIGINT, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);  // a closed pipe is a failed write, reported by OutputFile
}

const std::atomic<bool>& Interrupted() { return interrupted; }

void ClearInterrupt() { interrupted = false; }

Status OutputFile::Open(const std::string& path) {
  path_ = path;
  if (path.empty() || path == "-") {
    stream_ = &std::cout;
    return Status::Ok();
  }
  // A device or a pipe is written to, never replaced.
  std::error_code ignored;
  const fs::file_status there = fs::status(path, ignored);
  if (!fs::exists(there) || fs::is_regular_file(there)) temporary_ = path + ".part";
  file_.open(temporary_.empty() ? fs::path(path) : temporary_, std::ios::binary | std::ios::trunc);
  if (!file_) {
    return Status::Io(fmt::format("cannot write '{}': {}; give another place with -o", path,
                                  std::strerror(errno)));
  }
  stream_ = &file_;
  return Status::Ok();
}

Status OutputFile::Write(std::string_view bytes) {
  if (Interrupted()) return Status::Cancelled("nothing was written");
  errno = 0;
  stream_->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return stream_->good() ? Status::Ok() : Failure();
}

Status OutputFile::Failure() const {
  return Status::Io(fmt::format("writing {} failed: {}; make room or give another place with -o",
                                stream_ == &std::cout ? "standard output" : "'" + path_ + "'",
                                std::strerror(errno)));
}

Status OutputFile::Commit() {
  errno = 0;
  stream_->flush();
  if (!stream_->good()) return Failure();
  if (temporary_.empty()) return Status::Ok();
  file_.close();
  std::error_code error;
  fs::rename(temporary_, path_, error);
  if (error) return Status::Io(fmt::format("cannot write '{}': {}", path_, error.message()));
  temporary_.clear();
  return Status::Ok();
}

OutputFile::~OutputFile() {
  if (temporary_.empty()) return;
  file_.close();
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

ProgressBar::ProgressBar(std::string title)
    : title_(std::move(title)),
      shown_(IsTerminal(stderr)),
      started_(std::chrono::steady_clock::now()),
      last_(started_) {}

ProgressBar::~ProgressBar() { Clear(); }

void ProgressBar::Update(std::uint64_t done, std::uint64_t total, std::string_view note) {
  using namespace std::chrono_literals;
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (drawn_ && now - last_ < 100ms) return;
  last_ = now;
  drawn_ = true;
  constexpr std::size_t kWidth = 30;
  const double share =
      total == 0 ? 1.0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const auto filled = static_cast<std::size_t>(share * static_cast<double>(kWidth));
  const double seconds = std::chrono::duration<double>(now - started_).count();
  std::string left;
  if (share > 0.02 && seconds > 2) {
    left = fmt::format("  {:.0f} s left", seconds * (1 - share) / share);
  }
  fmt::print(stderr, "\r\x1b[K{} [{}{}] {:3.0f} %{}{}{}", title_, std::string(filled, '#'),
             std::string(kWidth - filled, '.'), share * 100, note.empty() ? "" : "  ", note, left);
  std::fflush(stderr);
}

void ProgressBar::Clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace hearsay::cli
