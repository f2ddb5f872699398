// ORDER BY.

#include <algorithm>
#include <numeric>

#include "query/exec/compare.h"
#include "query/exec/evaluate.h"
#include "query/exec/operator.h"

namespace hearsay::query {

namespace {

class SortOperator : public Operator {
 public:
  SortOperator(const Context& context, const Projection& projection, std::uint64_t keep)
      : Operator(context), projection_(projection), keep_(keep) {}

  std::string Describe() override {
    std::string line = "sort";
    for (const SortKey& key : projection_.order) {
      line += " " + key.text + (key.descending ? " descending" : "");
    }
    return keep_ == 0 ? line : line + ", first " + std::to_string(keep_);
  }

 private:
  struct Entry {
    Row keys;
    Row row;
    std::uint64_t order;  // of arrival: rows with equal keys keep theirs
  };

  bool DoTake(Row& row) override {
    Entry entry;
    for (const SortKey& key : projection_.order) {
      entry.keys.push_back(Evaluate(context(), *key.expr, row));
    }
    entry.row = row;
    entry.order = arrived_++;
    entries_.push_back(std::move(entry));
    if (keep_ > 0 && entries_.size() >= 2 * keep_ + 1024) Cut();
    return true;
  }

  bool Less(const Entry& a, const Entry& b) const {
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
      const std::weak_ordering order = OrderOf(a.keys[i], b.keys[i]);
      if (order != 0) return projection_.order[i].descending ? order > 0 : order < 0;
    }
    return a.order < b.order;
  }

  // Drops what can no longer be among the first rows.
  void Cut() {
    const auto less = [this](const Entry& a, const Entry& b) { return Less(a, b); };
    std::nth_element(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(keep_),
                     entries_.end(), less);
    entries_.resize(keep_);
  }

  void DoFinish() override {
    std::sort(entries_.begin(), entries_.end(),
              [this](const Entry& a, const Entry& b) { return Less(a, b); });
    for (Entry& entry : entries_) {
      context().CheckCancelled();
      if (!Pass(entry.row)) return;
    }
  }

  const Projection& projection_;
  std::uint64_t keep_;
  std::uint64_t arrived_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace

std::unique_ptr<Operator> MakeSort(const Context& context, const Projection& projection,
                                   std::uint64_t keep) {
  return std::make_unique<SortOperator>(context, projection, keep);
}

}  // namespace hearsay::query
