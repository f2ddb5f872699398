#include "ingest/model/weights_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "graph/base/sha256.h"
#include "graph/base/utf8.h"
#include "ingest/model/int8_matrix.h"

namespace hearsay::model {
namespace {

using Json = nlohmann::json;

static_assert(std::endian::native == std::endian::little, "tensors are read as they stand");

constexpr std::string_view kFormat = "hearsay-weights-2";
constexpr std::size_t kLengthBytes = 8;                          // of the head's length
constexpr std::uint64_t kHeadBytesMax = std::uint64_t{1} << 20;  // ours have some 30 kB

// A file's bytes, mapped read-only.
class Mapping {
 public:
  static Result<Mapping> Open(const std::filesystem::path& path);
  Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Mapping& operator=(Mapping&&) = delete;
  ~Mapping() {
    if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  }

  std::string_view bytes() const { return bytes_; }

 private:
  explicit Mapping(std::string_view bytes) : bytes_(bytes) {}

  std::string_view bytes_;
};

// Closes a file descriptor at the end of a scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

Result<Mapping> Mapping::Open(const std::filesystem::path& path) {
  const auto refused = [&path](int error) {
    return Status::Io(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(error)));
  };
  // O_NONBLOCK, so that a pipe is refused rather than waited for.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) {
    if (errno != ENOENT && errno != ENOTDIR) return refused(errno);
    return Status::NotFound(fmt::format("{}: no such file", path.string()));
  }
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return refused(errno);
  if (!S_ISREG(info.st_mode)) {
    return Status::Corruption(
        fmt::format("{}: no weights file but a directory, pipe or device", path.string()));
  }
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size == 0) return Mapping(std::string_view());  // which mmap refuses
  void* const at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (at == MAP_FAILED) return refused(errno);
  return Mapping(std::string_view(static_cast<const char*>(at), size));
}

struct Tensor {
  std::string type;
  std::vector<std::uint64_t> shape;
  std::uint64_t size = 0;  // elements
  std::string_view bytes;
};

// "[30522, 384]"
std::string ToText(const std::vector<std::uint64_t>& shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

// Elements of a shape, or nothing if there are too many to count.
std::optional<std::uint64_t> Product(const std::vector<std::uint64_t>& shape) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  std::uint64_t product = 1;
  for (const std::uint64_t dimension : shape) {
    if (product > std::numeric_limits<std::uint64_t>::max() / dimension) return std::nullopt;
    product *= dimension;
  }
  return product;
}

// Bytes of an element; 0 if the type is not one of ours.
std::uint64_t BytesOf(std::string_view type) {
  if (type == "F32") return 4;
  return type == "I8" || type == "U8" ? 1 : 0;
}

// A list of whole numbers, or nothing if `json` is anything else.
std::optional<std::vector<std::uint64_t>> WholeNumbers(const Json& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<std::uint64_t> numbers;
  for (const Json& number : json) {
    if (!number.is_number_unsigned()) return std::nullopt;
    numbers.push_back(number.get<std::uint64_t>());
  }
  return numbers;
}

// Member `key` of an object; null if there is none.
const Json& Member(const Json& object, const char* key) {
  static const Json kNull;
  const auto found = object.find(key);
  return found == object.end() ? kNull : *found;
}

class MappedWeights final : public WeightsFile {
 public:
  MappedWeights(std::string path, Mapping mapping)
      : path_(std::move(path)), mapping_(std::move(mapping)) {}

  // Called once, before anything else.
  Status Read() {
    Json head;
    HEARSAY_RETURN_IF_ERROR(ReadHead(&head));
    HEARSAY_RETURN_IF_ERROR(ReadMetadata(Member(head, "__metadata__")));
    for (const auto& [name, json] : head.items()) {
      if (name != "__metadata__") HEARSAY_RETURN_IF_ERROR(AddTensor(name, json));
    }
    HEARSAY_RETURN_IF_ERROR(CheckExtent());
    const std::string sum = Sha256Hex(data_);
    if (sum != sha256_) {
      return Damaged(fmt::format("the checksum is {}, the head says \"{}\"", sum, sha256_));
    }
    return ReadVocabulary();
  }

  const std::string& name() const override { return name_; }
  const std::string& sha256() const override { return sha256_; }
  const std::string& config() const override { return config_; }
  const std::vector<std::string_view>& vocabulary() const override { return vocabulary_; }

  bool is_int8(std::string_view tensor) const override {
    const auto found = tensors_.find(tensor);
    return found != tensors_.end() && found->second.type == "I8";
  }

  Result<std::vector<float>> Floats(std::string_view name, std::size_t size) const override {
    HEARSAY_ASSIGN_OR_RETURN(const Tensor* tensor, Find(name, "F32"));
    if (tensor->size != size) {
      return Wrong(name, fmt::format("{} numbers, shape {}; expected {}", tensor->size,
                                     ToText(tensor->shape), size));
    }
    std::vector<float> values(size);
    // The address may be odd, and an empty vector has none.
    if (size > 0) std::memcpy(values.data(), tensor->bytes.data(), tensor->bytes.size());
    for (std::size_t i = 0; i < size; ++i) {
      if (!std::isfinite(values[i])) {
        return Wrong(name, fmt::format("number {} is {}", i, values[i]));
      }
    }
    return values;
  }

  Result<Int8Matrix> Int8(std::string_view name, std::size_t rows,
                          std::size_t columns) const override {
    HEARSAY_ASSIGN_OR_RETURN(const Tensor* tensor, Find(name, "I8"));
    if (tensor->shape != std::vector<std::uint64_t>{rows, columns}) {
      return Wrong(
          name, fmt::format("shape {}; expected [{}, {}]", ToText(tensor->shape), rows, columns));
    }
    Int8Matrix matrix;
    matrix.rows = rows;
    matrix.columns = columns;
    matrix.data = {reinterpret_cast<const std::int8_t*>(tensor->bytes.data()),
                   tensor->bytes.size()};
    int smallest = 0;
    int largest = 0;
    for (const std::int8_t value : matrix.data) {
      smallest = std::min(smallest, int{value});
      largest = std::max(largest, int{value});
    }
    if (smallest < -model::Int8Matrix::kWeightMax || largest > model::Int8Matrix::kWeightMax) {
      return Wrong(name, fmt::format("values from {} to {}; expected none beyond +-{}", smallest,
                                     largest, model::Int8Matrix::kWeightMax));
    }
    HEARSAY_ASSIGN_OR_RETURN(matrix.scale, Floats(std::string(name) + ".scale", rows));
    return matrix;
  }

 private:
  Status Damaged(std::string_view what) const {
    return Status::Corruption(fmt::format("{}: {} (fetch the file again)", path_, what));
  }
  Status Wrong(std::string_view tensor, std::string_view what) const {
    return Status::Corruption(fmt::format("{}: tensor \"{}\": {}", path_, tensor, what));
  }

  Status ReadHead(Json* head) {
    const std::string_view file = mapping_.bytes();
    if (file.size() < kLengthBytes) {
      return Damaged(fmt::format("no weights file: {} bytes, too few for a head", file.size()));
    }
    std::uint64_t length = 0;
    std::memcpy(&length, file.data(), kLengthBytes);
    if (length > kHeadBytesMax) {
      return Damaged(fmt::format("no weights file: it would have a head of {} bytes", length));
    }
    if (length > file.size() - kLengthBytes) {
      return Damaged(fmt::format("cut short or no weights file: a head of {} bytes, {} are there",
                                 length, file.size() - kLengthBytes));
    }
    const std::string_view text = file.substr(kLengthBytes, length);
    *head = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
    if (!head->is_object()) return Damaged("no weights file: its head is no JSON object");
    data_ = file.substr(kLengthBytes + length);
    return {};
  }

  Status ReadMetadata(const Json& metadata) {
    if (!metadata.is_object()) {
      return Damaged("no weights file: its head has no \"__metadata__\"");
    }
    std::string format;
    const std::pair<const char*, std::string*> fields[] = {
        {"format", &format}, {"name", &name_}, {"config", &config_}, {"sha256", &sha256_}};
    for (const auto& [key, value] : fields) {
      const Json& json = Member(metadata, key);
      if (!json.is_string()) return Damaged(fmt::format("the metadata has no text \"{}\"", key));
      *value = json.get<std::string>();
      if (value == &format && format != kFormat) {
        return Status::Corruption(
            fmt::format("{}: format \"{}\", this program reads {}", path_, format, kFormat));
      }
    }
    if (!Json::parse(config_, nullptr, /*allow_exceptions=*/false).is_object()) {
      return Damaged("the metadata's \"config\" is no JSON object");
    }
    return {};
  }

  Status AddTensor(const std::string& name, const Json& json) {
    if (!json.is_object()) return Wrong(name, "described by no JSON object");
    const Json& type = Member(json, "dtype");
    const auto shape = WholeNumbers(Member(json, "shape"));
    const auto offsets = WholeNumbers(Member(json, "data_offsets"));
    if (!type.is_string()) return Wrong(name, "\"dtype\" is no text");
    if (!shape) return Wrong(name, "\"shape\" is no list of whole numbers");
    if (!offsets || offsets->size() != 2) {
      return Wrong(name, "\"data_offsets\" are not two whole numbers");
    }
    Tensor tensor{.type = type.get<std::string>(), .shape = *shape, .size = 0, .bytes = {}};
    const std::uint64_t element_bytes = BytesOf(tensor.type);
    if (element_bytes == 0) {
      return Wrong(name, fmt::format("type \"{}\"; expected F32, I8 or U8", tensor.type));
    }
    const std::uint64_t begin = (*offsets)[0];
    const std::uint64_t end = (*offsets)[1];
    if (begin > end)
      return Wrong(name, fmt::format("ends at {}, before it begins at {}", end, begin));
    if (end > data_.size()) {
      return Wrong(name,
                   fmt::format("ends at byte {} of {}: the file is cut short", end, data_.size()));
    }
    const std::optional<std::uint64_t> size = Product(*shape);
    if (!size || *size != (end - begin) / element_bytes || (end - begin) % element_bytes != 0) {
      return Wrong(name, fmt::format("shape {} of {} does not fit {} bytes", ToText(*shape),
                                     tensor.type, end - begin));
    }
    tensor.size = *size;
    tensor.bytes = data_.substr(begin, end - begin);
    tensors_.emplace(name, std::move(tensor));
    return {};
  }

  // The tensors fill the rest of the file, each byte once.
  Status CheckExtent() const {
    std::vector<std::string_view> parts;
    for (const auto& [name, tensor] : tensors_) parts.push_back(tensor.bytes);
    std::sort(parts.begin(), parts.end(), [](std::string_view a, std::string_view b) {
      return a.data() != b.data() ? a.data() < b.data() : a.size() < b.size();
    });
    std::size_t end = 0;
    for (const std::string_view part : parts) {
      const auto begin = static_cast<std::size_t>(part.data() - data_.data());
      if (begin != end) {
        return Damaged(
            fmt::format("a tensor begins at byte {}, the one before ends at {}", begin, end));
      }
      end += part.size();
    }
    if (end != data_.size()) {
      return Damaged(fmt::format("the tensors end at byte {} of {}", end, data_.size()));
    }
    return {};
  }

  Status ReadVocabulary() {
    constexpr std::string_view kName = "vocabulary";
    if (tensors_.find(kName) == tensors_.end()) return Damaged("it has no vocabulary");
    HEARSAY_ASSIGN_OR_RETURN(const Tensor* tensor, Find(kName, "U8"));
    std::string_view left = tensor->bytes;
    if (left.empty() || left.back() != '\n') return Wrong(kName, "does not end with a line end");
    if (const auto bad = FirstInvalidUtf8(left)) {
      return Wrong(kName, fmt::format("no UTF-8 at byte {}", *bad));
    }
    const auto lines = static_cast<std::size_t>(std::count(left.begin(), left.end(), '\n'));
    if (lines > std::numeric_limits<std::int32_t>::max()) {
      return Wrong(kName, fmt::format("{} pieces, more than can be numbered", lines));
    }
    vocabulary_.reserve(lines);
    while (!left.empty()) {
      const std::size_t end = left.find('\n');
      vocabulary_.push_back(left.substr(0, end));
      left.remove_prefix(end + 1);
    }
    for (const std::string_view needed : {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}) {
      if (std::find(vocabulary_.begin(), vocabulary_.end(), needed) == vocabulary_.end()) {
        return Wrong(kName, fmt::format("has no piece {}", needed));
      }
    }
    return {};
  }

  Result<const Tensor*> Find(std::string_view name, std::string_view type) const {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) {
      return Status::NotFound(fmt::format("{}: no tensor \"{}\"", path_, name));
    }
    if (found->second.type != type) {
      return Wrong(name, fmt::format("type {}; expected {}", found->second.type, type));
    }
    return &found->second;
  }

  const std::string path_;
  const Mapping mapping_;
  std::string_view data_;  // behind the head
  std::map<std::string, Tensor, std::less<>> tensors_;
  std::string name_;
  std::string config_;
  std::string sha256_;
  std::vector<std::string_view> vocabulary_;
};

}  // namespace

Result<std::unique_ptr<const WeightsFile>> WeightsFile::Open(const std::filesystem::path& path) {
  HEARSAY_ASSIGN_OR_RETURN(Mapping mapping, Mapping::Open(path));
  auto file = std::make_unique<MappedWeights>(path.string(), std::move(mapping));
  HEARSAY_RETURN_IF_ERROR(file->Read());
  return std::unique_ptr<const WeightsFile>(std::move(file));
}

}  // namespace hearsay::model
