// How the parts of query/ refuse: a QueryError thrown inside the directory and caught in
// engine.cc, so that no exception leaves it.
#pragma once

#include <string>

#include "query/engine.h"
#include "query/syntax/token.h"

namespace hearsay::query {

inline constexpr const char* kCompileTime = "compile time";
inline constexpr const char* kRuntime = "runtime";

struct Refusal {
  QueryError error;
};

[[noreturn]] void Refuse(std::string type, std::string phase, std::string detail,
                         const Position& position, std::string message, std::string hint = {});
[[noreturn]] void RefuseSyntax(std::string detail, const Position& position, std::string message,
                               std::string hint = {});
[[noreturn]] void RefuseType(std::string detail, const Position& position, std::string message);

// "did you mean `x`?" for the candidate nearest to `word` (at most two edits off, case aside), or
// empty.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace hearsay::query
