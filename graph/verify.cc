#include "graph/verify.h"

#include <utility>

#include "graph/store_state.h"
#include "graph/verify_derived.h"
#include "graph/verify_primary.h"

namespace hearsay {

void Problems::Add(std::string problem) {
  if (report_->problems.size() < kProblemsMax) {
    report_->problems.push_back(std::move(problem));
  } else {
    ++report_->problems_left_out;
  }
}

void Problems::Add(const Status& status) {
  if (!status.ok()) Add(status.message());
}

Result<VerifyReport> Verify(const KvSnapshot& snapshot, const VerifyProgress& progress) {
  VerifyReport report;
  Problems problems(&report);
  const Result<StoreState> state = ReadStoreState(snapshot);
  problems.Add(state.status());
  if (!state.ok()) return report;  // of another format, or no way in
  report.articles = VerifyPrimary(snapshot, *state, progress, &problems);
  VerifyDerived(snapshot, *state, &problems, &report);
  return report;
}

Result<VerifyReport> Verify(const Store& store, const VerifyProgress& progress) {
  return Verify(*store.Snapshot(), progress);
}

}  // namespace hearsay
