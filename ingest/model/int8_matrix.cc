#include "ingest/model/int8_matrix.h"

#include <array>
#include <oneapi/dnnl/dnnl.hpp>
#include <string>

#include "graph/base/check.h"
#include "ingest/model/bundled_matrix.h"
#include "ingest/model/kernels.h"

// Of OpenMP, whose header is the compiler's own: clang-tidy has none.
extern "C" {
int omp_get_max_threads();
void omp_set_num_threads(int threads);
}

namespace hearsay::model {
namespace {

using Type = dnnl::memory::data_type;
using Layout = dnnl::memory::format_tag;

dnnl::engine& Engine() {
  static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

// A thread's own: nobody promises that threads may share one.
dnnl::stream& Stream() {
  static thread_local dnnl::stream stream(Engine());
  return stream;
}

// Keeps oneDNN's OpenMP in the calling thread: texts are read in parallel, not products.
class InOneThread {
 public:
  InOneThread() { omp_set_num_threads(1); }
  InOneThread(const InOneThread&) = delete;
  InOneThread& operator=(const InOneThread&) = delete;
  ~InOneThread() { omp_set_num_threads(before_); }

 private:
  int before_ = omp_get_max_threads();
};

// A view of numbers for one product.  The C++ class of oneDNN and its way to pass arguments would
// allocate several times.
class Numbers {
 public:
  Numbers(const dnnl::memory::desc& layout, void* at) {
    HEARSAY_CHECK(dnnl_memory_create(&memory_, &layout.data, Engine().get(), at) == dnnl_success);
  }
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;
  ~Numbers() { dnnl_memory_destroy(memory_); }
  dnnl_memory_t get() const { return memory_; }

 private:
  dnnl_memory_t memory_ = nullptr;
};

class DnnlMatrix : public Int8Matrix {
 public:
  // Throws dnnl::error.
  DnnlMatrix(std::span<const std::int8_t> weights, std::size_t outputs, std::size_t inputs) {
    const InOneThread in_one_thread;
    const auto from = static_cast<dnnl::memory::dim>(inputs);
    const auto to = static_cast<dnnl::memory::dim>(outputs);
    dnnl::memory::desc packed({from, to}, Type::s8, Layout::any);
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);  // else no two threads may run one
    // The largest product first: it chooses how weights are packed, and the others must do with it.
    for (std::size_t i = products_.size(); i-- > 0;) {
      const auto rows = static_cast<dnnl::memory::dim>((i + 1) * kRowStep);
      Product& product = products_[i];
      const dnnl::matmul::primitive_desc plan(
          {{{rows, from}, Type::u8, Layout::ab}, packed, {{rows, to}, Type::s32, Layout::ab}},
          attributes, Engine());
      packed = plan.weights_desc();
      product.matmul = dnnl::matmul(plan);
      product.x = plan.src_desc();
      product.sums = plan.dst_desc();
      product.beside = plan.scratchpad_desc();
    }
    weights_ = dnnl::memory(packed, Engine());
    dnnl::memory given({{from, to}, Type::s8, Layout::ba}, Engine(),
                       const_cast<std::int8_t*>(weights.data()));
    dnnl::reorder(given, weights_).execute(Stream(), given, weights_);
    Stream().wait();
  }

  void Multiply(const std::uint8_t* x, std::size_t rows, std::int32_t* sums) const override {
    HEARSAY_CHECK(rows % kRowStep == 0 && rows > 0 && rows <= kRowsMax);
    const Product& product = products_[rows / kRowStep - 1];
    alignas(64) std::array<std::byte, kBesideBytes> space;
    const bool fits = product.beside.get_size() <= space.size();
    const InOneThread in_one_thread;
    const Numbers given(product.x, const_cast<std::uint8_t*>(x)), made(product.sums, sums),
        beside(product.beside, fits ? space.data() : DNNL_MEMORY_ALLOCATE);
    const std::array<dnnl_exec_arg_t, 4> arguments = {{{DNNL_ARG_SRC, given.get()},
                                                       {DNNL_ARG_WEIGHTS, weights_.get()},
                                                       {DNNL_ARG_DST, made.get()},
                                                       {DNNL_ARG_SCRATCHPAD, beside.get()}}};
    HEARSAY_CHECK(dnnl_primitive_execute(product.matmul.get(), Stream().get(),
                                         static_cast<int>(arguments.size()),
                                         arguments.data()) == dnnl_success);
  }

 private:
  static constexpr std::size_t kBesideBytes = 4096;
  struct Product {
    dnnl::matmul matmul;
    dnnl::memory::desc x, sums, beside;
  };

  std::array<Product, kRowsMax / kRowStep> products_;  // of kRowStep, 2 * kRowStep, ... rows
  dnnl::memory weights_;
};

}  // namespace

Result<std::unique_ptr<const Int8Matrix>> Int8Matrix::Pack(std::span<const std::int8_t> weights,
                                                           std::size_t outputs,
                                                           std::size_t inputs) {
  if (HasAvx2() && !HasAvx512() && !HasVnni()) {
    return std::unique_ptr<const Int8Matrix>(
        std::make_unique<BundledMatrix>(weights, outputs, inputs));
  }
  return PackByOneDnn(weights, outputs, inputs);
}

Result<std::unique_ptr<const Int8Matrix>> Int8Matrix::PackByOneDnn(
    std::span<const std::int8_t> weights, std::size_t outputs, std::size_t inputs) {
  HEARSAY_CHECK(weights.size() == outputs * inputs);
  try {
    return std::unique_ptr<const Int8Matrix>(
        std::make_unique<DnnlMatrix>(weights, outputs, inputs));
  } catch (const dnnl::error& error) {
    return Status::InvalidArgument(std::string("oneDNN packs no int8 matrix here: ") +
                                   error.what());
  }
}

}  // namespace hearsay::model
