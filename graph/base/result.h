// Result<T> is a T or the Status that says why there is none.  Same shape as std::expected, which
// Clang 14 (our clang-tidy) cannot parse in GCC 12's library.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "graph/base/check.h"
#include "graph/base/status.h"

namespace hearsay {

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}        // NOLINT: implicit
  Result(Status status) : state_(std::in_place_index<1>, std::move(status)) {  // NOLINT: implicit
    HEARSAY_CHECK(!std::get<1>(state_).ok());
  }

  bool ok() const { return state_.index() == 0; }
  Status status() const { return ok() ? Status::Ok() : std::get<1>(state_); }

  // REQUIRES: ok()
  T& value() & {
    HEARSAY_CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    HEARSAY_CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    HEARSAY_CHECK(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Status> state_;
};

}  // namespace hearsay

// HEARSAY_ASSIGN_OR_RETURN(auto x, F()): x = value of F(), or return its status.
#define HEARSAY_CONCAT_INNER(a, b) a##b
#define HEARSAY_CONCAT(a, b) HEARSAY_CONCAT_INNER(a, b)
#define HEARSAY_ASSIGN_OR_RETURN(declaration, expression) \
  HEARSAY_ASSIGN_OR_RETURN_INNER(HEARSAY_CONCAT(hearsay_result_, __LINE__), declaration, expression)
#define HEARSAY_ASSIGN_OR_RETURN_INNER(result, declaration, expression) \
  auto result = (expression);                                           \
  if (!result.ok()) return result.status();                             \
  declaration = std::move(result).value()
