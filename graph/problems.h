// Where the parts of Verify put what they find.
#pragma once

#include <string>

#include "graph/base/status.h"

namespace hearsay {

struct VerifyReport;

class Problems {
 public:
  explicit Problems(VerifyReport* report) : report_(report) {}
  void Add(std::string problem);
  void Add(const Status& status);  // nothing if ok

 private:
  VerifyReport* report_;
};

}  // namespace hearsay
