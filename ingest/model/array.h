// Arrays of numbers whose first element stands at a cache line, so that no vector load of theirs
// touches two lines.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace hearsay::model {

template <class T>
struct LineAllocator {
  using value_type = T;
  static constexpr std::align_val_t kLine{64};
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), kLine)); }
  void deallocate(T* p, std::size_t) { ::operator delete(p, kLine); }
  bool operator==(const LineAllocator&) const { return true; }
};

template <class T>
using Array = std::vector<T, LineAllocator<T>>;

// The next multiple of `step` from n on.
constexpr std::size_t RoundUp(std::size_t n, std::size_t step) {
  return (n + step - 1) / step * step;
}

}  // namespace hearsay::model
