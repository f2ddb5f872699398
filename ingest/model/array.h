// Arrays of numbers whose first element stands at a cache line, so that no vector load of theirs
// touches two lines.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <vector>

namespace hearsay::model {

template <class T>
struct LineAllocator {
  using value_type = T;
  static constexpr std::align_val_t kLine{64};
  // Larger ones are pages of their own, which go back to the system when they are freed: on the
  // heap the few that stay would pin the holes that the many others leave.
  static constexpr std::size_t kOwnPages = std::size_t{1} << 17;  // bytes

  T* allocate(std::size_t n) {
    const std::size_t bytes = n * sizeof(T);
    if (bytes < kOwnPages) return static_cast<T*>(::operator new(bytes, kLine));
    void* const p =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) throw std::bad_alloc();
    return static_cast<T*>(p);
  }
  void deallocate(T* p, std::size_t n) {
    if (n * sizeof(T) < kOwnPages) return ::operator delete(p, kLine);
    munmap(p, n * sizeof(T));
  }
  bool operator==(const LineAllocator&) const { return true; }
};

template <class T>
using Array = std::vector<T, LineAllocator<T>>;

// The next multiple of `step` from n on.
constexpr std::size_t RoundUp(std::size_t n, std::size_t step) {
  return (n + step - 1) / step * step;
}

}  // namespace hearsay::model
