#include "ingest/model/encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/check.h"
#include "ingest/model/dense.h"
#include "ingest/model/int8_matrix.h"

namespace hearsay::model {
namespace {

constexpr float kEpsilon = 1e-12f;  // of every LayerNorm here
constexpr std::size_t kBlock = Int8Matrix::kRowsMax;
constexpr std::size_t kAround = 2;  // [CLS] and [SEP]
constexpr std::size_t kFeatures = 3;
constexpr std::array<std::pair<const char*, std::size_t>, kFeatures> kFeatureTables = {
    {{"shape", 8}, {"layout", 4}, {"quote", 4}}};

struct Norm {
  std::vector<float> gain, shift;
};

Result<Norm> LoadNorm(const WeightsFile& file, const std::string& name, std::size_t width) {
  HEARSAY_ASSIGN_OR_RETURN(auto gain, file.Floats(name + ".weight", width));
  HEARSAY_ASSIGN_OR_RETURN(auto shift, file.Floats(name + ".bias", width));
  return Norm{std::move(gain), std::move(shift)};
}

// Rows as the next product reads them: int8 with scales, or the floats themselves.
struct Rows {
  std::size_t width = 0;
  Array<std::uint8_t> bytes;
  Array<float> scales;
  Array<float> floats;

  Rows(bool int8, std::size_t rows, std::size_t row_width) : width(row_width) {
    if (int8) {
      bytes.resize(rows * width);
      scales.resize(rows);
    } else {
      floats.resize(rows * width);
    }
  }

  void Set(const Kernels& kernels, std::size_t row, const float* x) {
    if (floats.empty()) {
      scales[row] = kernels.quantise(x, width, bytes.data() + row * width);
    } else {
      std::copy_n(x, width, floats.data() + row * width);
    }
  }
};

// One matrix of a layer.
class Projection {
 public:
  static Result<Projection> Load(const WeightsFile& file, const std::string& name,
                                 std::size_t outputs, std::size_t inputs) {
    Projection p;
    p.outputs_ = outputs;
    if (!file.is_int8(name + ".weight")) {
      HEARSAY_ASSIGN_OR_RETURN(p.dense_, Dense::Load(file, name, outputs, inputs));
      return p;
    }
    HEARSAY_ASSIGN_OR_RETURN(const auto int8, file.Int8(name + ".weight", outputs, inputs));
    HEARSAY_ASSIGN_OR_RETURN(p.bias_, file.Floats(name + ".bias", outputs));
    HEARSAY_ASSIGN_OR_RETURN(p.int8_, Int8Matrix::Pack(int8.data, outputs, inputs));
    p.scale_ = int8.scale;
    constexpr std::int32_t kZero = 128;  // what the quantised rows hold for 0
    for (std::size_t o = 0; o < outputs; ++o) {
      std::int32_t sum = 0;
      for (std::size_t i = 0; i < inputs; ++i) sum += int8.data[o * inputs + i];
      p.shift_.push_back(-kZero * sum);
    }
    return p;
  }

  // What Multiply needs beside, for matrices of one size in one thread.
  struct Space {
    Array<float> raw;  // a block of rows as they leave the product
    Array<float> row;  // one of them as floats
  };
  Space NewSpace() const {
    return {Array<float>(kBlock * RoundUp(outputs_, kPanel)), Array<float>(outputs_)};
  }

  // Calls use(i, row) with W x + bias for rows first + i, i < count <= kBlock.  The rows up to the
  // next multiple of Int8Matrix::kRowStep must be there, whatever they hold.
  template <class Use>
  void Multiply(const Kernels& kernels, const Rows& x, std::size_t first, std::size_t count,
                Space* space, Use use) const {
    if (int8_ == nullptr) {
      dense_.Multiply(kernels, x.floats.data() + first * x.width, x.width, count,
                      space->raw.data());
      for (std::size_t i = 0; i < count; ++i) use(i, space->raw.data() + i * dense_.stride());
      return;
    }
    static_assert(sizeof(std::int32_t) == sizeof(float));
    auto* const sums = reinterpret_cast<std::int32_t*>(space->raw.data());
    int8_->Multiply(x.bytes.data() + first * x.width, RoundUp(count, Int8Matrix::kRowStep), sums);
    for (std::size_t i = 0; i < count; ++i) {
      kernels.dequantise(sums + i * outputs_, shift_.data(), x.scales[first + i], scale_.data(),
                         bias_.data(), outputs_, space->row.data());
      use(i, space->row.data());
    }
  }

 private:
  std::size_t outputs_ = 0;
  Dense dense_;  // or, where int8_ is set:
  std::unique_ptr<const Int8Matrix> int8_;
  std::vector<float> scale_, bias_;
  std::vector<std::int32_t> shift_;
};

struct Layer {
  Projection qkv, out, up, down;
  Norm norm1, norm2;
};

Result<Layer> LoadLayer(const WeightsFile& file, const std::string& name,
                        const ModelConfig& config) {
  const std::size_t width = config.width, inner = config.inner;
  Layer layer;
  HEARSAY_ASSIGN_OR_RETURN(layer.qkv, Projection::Load(file, name + ".qkv", 3 * width, width));
  HEARSAY_ASSIGN_OR_RETURN(layer.out, Projection::Load(file, name + ".out", width, width));
  HEARSAY_ASSIGN_OR_RETURN(layer.up, Projection::Load(file, name + ".up", inner, width));
  HEARSAY_ASSIGN_OR_RETURN(layer.down, Projection::Load(file, name + ".down", width, inner));
  HEARSAY_ASSIGN_OR_RETURN(layer.norm1, LoadNorm(file, name + ".norm1", width));
  HEARSAY_ASSIGN_OR_RETURN(layer.norm2, LoadNorm(file, name + ".norm2", width));
  return layer;
}

// What all windows of a run hold between layers, and what one window needs inside a layer.
class Memory : public Encoder::Scratch {
 public:
  Memory(const ModelConfig& config, const Layer& layer, bool int8)
      : depth(config.width / config.heads),
        lanes(RoundUp(depth, kLine)),
        rows(RoundUp(config.window + kAround, kAttentionRows)),
        key_stride(RoundUp(rows, kPanel) + kLine),  // the gap spreads rows over the cache
        context_stride(config.width + kLine),
        all_rows(Encoder::kWindowsMax * rows + Int8Matrix::kRowStep),
        x(all_rows * config.width),
        next(int8, all_rows, config.width),
        mixed(int8, all_rows, config.width),
        inner(int8, kBlock, config.inner),
        qkv(layer.qkv.NewSpace()),
        out(layer.out.NewSpace()),
        up(layer.up.NewSpace()),
        down(layer.down.NewSpace()),
        key_rows(kBlock * config.width),
        queries(config.heads * rows * lanes),
        keys(config.heads * depth * key_stride),
        values(config.heads * rows * lanes),
        scores(kAttentionRows * key_stride),
        context(rows * context_stride) {}

  const std::size_t depth, lanes;  // of a head, and rounded up
  const std::size_t rows;          // of a window, the most there may be
  const std::size_t key_stride, context_stride;
  const std::size_t all_rows;  // of all windows, and what products read behind the last
  Array<float> x;              // [window][row][width]: the residual stream
  Rows next;                   // the same as the next product reads it
  Rows mixed;                  // and what attention made of it
  Rows inner;                  // a block of rows that enter `down`
  Projection::Space qkv, out, up, down;
  Array<float> key_rows;                                // a block of keys, not yet transposed
  Array<float> queries, keys, values, scores, context;  // see AttentionHead
};

class BertEncoder : public Encoder {
 public:
  BertEncoder(const ModelConfig& config, const Kernels& kernels)
      : config_(config), kernels_(kernels) {}

  Status Load(const WeightsFile& file) {
    const std::size_t width = config_.width, vocabulary = file.vocabulary().size();
    int8_ = file.is_int8("encoder.pieces.weight");
    if (int8_) {
      HEARSAY_ASSIGN_OR_RETURN(int8_pieces_, file.Int8("encoder.pieces.weight", vocabulary, width));
    } else {
      HEARSAY_ASSIGN_OR_RETURN(pieces_, file.Floats("encoder.pieces.weight", vocabulary * width));
    }
    const Vocabulary pieces(file.vocabulary());
    cls_ = pieces.cls();
    sep_ = pieces.sep();
    vocabulary_ = vocabulary;
    HEARSAY_ASSIGN_OR_RETURN(positions_,
                             file.Floats("encoder.positions.weight", config_.positions * width));
    for (std::size_t f = 0; f < kFeatures; ++f) {
      const auto [name, values] = kFeatureTables[f];
      HEARSAY_ASSIGN_OR_RETURN(
          features_[f],
          file.Floats(fmt::format("encoder.features.{}.weight", name), values * width));
    }
    HEARSAY_ASSIGN_OR_RETURN(norm_, LoadNorm(file, "encoder.norm", width));
    for (std::size_t l = 0; l < config_.layers; ++l) {
      const std::string name = fmt::format("encoder.layers.{}", l);
      if (file.is_int8(name + ".qkv.weight") != int8_) {
        return Status::Corruption(fmt::format(
            "{}: {} is int8 and the pieces are not, or the other way round", file.name(), name));
      }
      HEARSAY_ASSIGN_OR_RETURN(Layer layer, LoadLayer(file, name, config_));
      layers_.push_back(std::move(layer));
    }
    return Status::Ok();
  }

  std::unique_ptr<Scratch> NewScratch() const override {
    return std::make_unique<Memory>(config_, layers_.front(), int8_);
  }

  void Run(const Words& words, std::span<const WordRange> windows, Scratch* scratch,
           std::span<Array<float>> vectors) const override {
    HEARSAY_CHECK(windows.size() <= kWindowsMax && vectors.size() == windows.size());
    auto* const memory = static_cast<Memory*>(scratch);
    std::array<std::size_t, kWindowsMax + 1> first = {};  // row of each window
    for (std::size_t w = 0; w < windows.size(); ++w) {
      first[w + 1] = first[w] + Embed(words, windows[w], first[w], memory);
    }
    for (const Layer& layer : layers_) {
      // One matrix or three at a time, so that they stay in the second cache.
      for (std::size_t w = 0; w < windows.size(); ++w) {
        Attend(layer, first[w], first[w + 1] - first[w], memory);
      }
      Feed(layer, first[windows.size()], memory);
    }
    for (std::size_t w = 0; w < windows.size(); ++w) {
      const WordRange window = windows[w];
      const std::size_t width = config_.width;
      vectors[w].resize(window.size() * width);
      for (std::uint32_t i = window.begin; i < window.end; ++i) {
        const std::size_t row =
            first[w] + 1 + words.first_piece[i] - words.first_piece[window.begin];
        std::copy_n(memory->x.data() + row * width, width,
                    vectors[w].data() + (i - window.begin) * width);
      }
    }
  }

 private:
  // Sets the rows of a window from row `first` on, and returns how many they are.
  std::size_t Embed(const Words& words, WordRange window, std::size_t first, Memory* memory) const {
    const std::size_t pieces =
        words.first_piece[window.end] - words.first_piece[window.begin] + kAround;
    HEARSAY_CHECK(pieces <= config_.window + kAround);
    constexpr std::array<std::uint8_t, kFeatures> kNone = {};
    std::size_t at = 0;
    EmbedPiece(cls_, at++, kNone, first, memory);
    for (std::uint32_t i = window.begin; i < window.end; ++i) {
      const std::array<std::uint8_t, kFeatures> features = {words.shape[i], words.layout[i],
                                                            words.quote[i]};
      for (std::uint32_t p = words.first_piece[i]; p < words.first_piece[i + 1]; ++p) {
        EmbedPiece(words.pieces[p], at++, features, first, memory);
      }
    }
    EmbedPiece(sep_, at, kNone, first, memory);
    return pieces;
  }

  void EmbedPiece(PieceId piece, std::size_t position,
                  const std::array<std::uint8_t, kFeatures>& features, std::size_t first,
                  Memory* memory) const {
    const auto id = static_cast<std::size_t>(piece);
    HEARSAY_CHECK(id < vocabulary_);
    const std::size_t width = config_.width;
    float* const x = memory->x.data() + (first + position) * width;
    const float* const place = positions_.data() + position * width;
    if (int8_) {
      const std::int8_t* const values = int8_pieces_.data.data() + id * width;
      const float scale = int8_pieces_.scale[id];
      for (std::size_t j = 0; j < width; ++j) x[j] = static_cast<float>(values[j]) * scale;
    } else {
      std::copy_n(pieces_.data() + id * width, width, x);
    }
    for (std::size_t j = 0; j < width; ++j) x[j] += place[j];
    const float* tables[kFeatures];
    for (std::size_t f = 0; f < kFeatures; ++f) {
      HEARSAY_CHECK(features[f] < kFeatureTables[f].second);
      tables[f] = features_[f].data() + features[f] * width;
    }
    for (std::size_t j = 0; j < width; ++j) x[j] = x[j] + tables[0][j] + tables[1][j];
    kernels_.add_and_normalise(x, tables[2], width, kEpsilon, norm_.gain.data(),
                               norm_.shift.data());
    memory->next.Set(kernels_, first + position, x);
  }

  // Calls use(begin, count) for blocks of rows.
  template <class Use>
  static void ForBlocks(std::size_t rows, Use use) {
    for (std::size_t begin = 0; begin < rows; begin += kBlock) {
      use(begin, std::min(kBlock, rows - begin));
    }
  }

  // From a window's rows to what attention makes of them.
  void Attend(const Layer& layer, std::size_t first, std::size_t pieces, Memory* memory) const {
    ForBlocks(pieces, [&](std::size_t begin, std::size_t count) {
      layer.qkv.Multiply(
          kernels_, memory->next, first + begin, count, &memory->qkv,
          [&](std::size_t i, const float* row) { SplitHeads(row, begin, i, memory); });
      kernels_.transpose(memory->key_rows.data(), config_.width, RoundUp(count, 4), config_.width,
                         memory->keys.data() + begin, memory->key_stride);
    });
    const std::size_t rows = memory->rows, lanes = memory->lanes, depth = memory->depth;
    for (std::size_t h = 0; h < config_.heads; ++h) {
      AttentionHead head;
      head.queries = memory->queries.data() + h * rows * lanes;
      head.keys = memory->keys.data() + h * depth * memory->key_stride;
      head.values = memory->values.data() + h * rows * lanes;
      head.rows = pieces;
      head.depth = depth;
      head.lanes = lanes;
      head.key_stride = memory->key_stride;
      head.scores = memory->scores.data();
      // The lanes behind a head are overwritten by the next one.
      head.out = memory->context.data() + h * depth;
      head.out_stride = memory->context_stride;
      kernels_.attend(head);
    }
    for (std::size_t i = 0; i < pieces; ++i) {
      memory->mixed.Set(kernels_, first + i, memory->context.data() + i * memory->context_stride);
    }
  }

  // Row i of the block that begins at row `begin`.
  void SplitHeads(const float* row, std::size_t begin, std::size_t i, Memory* memory) const {
    constexpr float kLog2E = 1.44269504f;  // weights are powers of two
    const std::size_t rows = memory->rows, lanes = memory->lanes, depth = memory->depth;
    const float scale = kLog2E / std::sqrt(static_cast<float>(depth));
    std::copy_n(row + config_.width, config_.width, memory->key_rows.data() + i * config_.width);
    for (std::size_t h = 0; h < config_.heads; ++h, row += depth) {
      float* const query = memory->queries.data() + (h * rows + begin + i) * lanes;
      for (std::size_t d = 0; d < depth; ++d) query[d] = row[d] * scale;
      std::copy_n(row + 2 * config_.width, depth,
                  memory->values.data() + (h * rows + begin + i) * lanes);
    }
  }

  // From what attention made of all rows to their next state.
  void Feed(const Layer& layer, std::size_t rows, Memory* memory) const {
    const std::size_t width = config_.width;
    ForBlocks(rows, [&](std::size_t begin, std::size_t count) {
      const auto add = [&](const Norm& norm) {
        return [&](std::size_t i, const float* row) {
          float* const x = memory->x.data() + (begin + i) * width;
          kernels_.add_and_normalise(x, row, width, kEpsilon, norm.gain.data(), norm.shift.data());
          memory->next.Set(kernels_, begin + i, x);
        };
      };
      layer.out.Multiply(kernels_, memory->mixed, begin, count, &memory->out, add(layer.norm1));
      layer.up.Multiply(kernels_, memory->next, begin, count, &memory->up,
                        [&](std::size_t i, float* row) {
                          kernels_.gelu(row, config_.inner);
                          memory->inner.Set(kernels_, i, row);
                        });
      layer.down.Multiply(kernels_, memory->inner, 0, count, &memory->down, add(layer.norm2));
    });
  }

  const ModelConfig config_;
  const Kernels& kernels_;
  bool int8_ = false;
  std::size_t vocabulary_ = 0;
  PieceId cls_ = 0, sep_ = 0;
  std::vector<float> pieces_;  // or, in an int8 file:
  WeightsFile::Int8Matrix int8_pieces_;
  std::vector<float> positions_;
  std::array<std::vector<float>, kFeatures> features_;
  Norm norm_;
  std::vector<Layer> layers_;
};

}  // namespace

Result<std::unique_ptr<const Encoder>> Encoder::Make(const WeightsFile& file,
                                                     const ModelConfig& config,
                                                     const Kernels& kernels) {
  auto encoder = std::make_unique<BertEncoder>(config, kernels);
  HEARSAY_RETURN_IF_ERROR(encoder->Load(file));
  return std::unique_ptr<const Encoder>(std::move(encoder));
}

}  // namespace hearsay::model
