// Status says whether an operation worked and, if not, which of seven kinds of failure it was and
// what, where and which value: "samples/wire.jsonl:14: broken JSON: expected ',' (mend the line)".
// No exception leaves a directory; libraries that throw are caught where they are called.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace hearsay {

enum class StatusCode {
  kOk,
  kInvalidArgument,  // the caller's input is wrong: text, option, query, file content
  kNotFound,         // nothing of that name
  kAlreadyExists,    // it is there and was to be made
  kBusy,             // another process or writer holds it; try again later
  kCorruption,       // stored bytes are not what was written, or of an unknown format version
  kIo,               // the operating system refused: permission, disk full, file vanished
  kCancelled,        // the user interrupted
};

// "invalid argument", "not found", ...
std::string_view ToString(StatusCode code);

class [[nodiscard]] Status {
 public:
  Status() = default;  // ok
  Status(StatusCode code, std::string message) : code_(code), message_(std::move(message)) {}

  static Status Ok() { return {}; }
  static Status InvalidArgument(std::string m) {
    return {StatusCode::kInvalidArgument, std::move(m)};
  }
  static Status NotFound(std::string m) { return {StatusCode::kNotFound, std::move(m)}; }
  static Status AlreadyExists(std::string m) { return {StatusCode::kAlreadyExists, std::move(m)}; }
  static Status Busy(std::string m) { return {StatusCode::kBusy, std::move(m)}; }
  static Status Corruption(std::string m) { return {StatusCode::kCorruption, std::move(m)}; }
  static Status Io(std::string m) { return {StatusCode::kIo, std::move(m)}; }
  static Status Cancelled(std::string m) { return {StatusCode::kCancelled, std::move(m)}; }

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  const std::string& message() const { return message_; }

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
};

}  // namespace hearsay

// Returns from the enclosing function if `expression` is a Status that is not ok.
#define HEARSAY_RETURN_IF_ERROR(expression)          \
  do {                                               \
    ::hearsay::Status hearsay_status = (expression); \
    if (!hearsay_status.ok()) return hearsay_status; \
  } while (false)
