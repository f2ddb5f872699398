#include "ingest/model/model.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "graph/base/check.h"
#include "ingest/model/config.h"
#include "ingest/model/encoder.h"
#include "ingest/model/heads.h"
#include "ingest/model/reader.h"
#include "ingest/model/weights_file.h"
#include "ingest/model/windows.h"

namespace hearsay::model {
namespace {

// Memory for runs of the encoder that stand by.
class ScratchPool {
 public:
  // One that nobody uses, given back at the end of the holder's life.
  class Holder {
   public:
    Holder(ScratchPool* pool, const Encoder& encoder) : pool_(pool) {
      {
        const std::lock_guard lock(pool_->mutex_);
        if (!pool_->free_.empty()) {
          scratch_ = std::move(pool_->free_.back());
          pool_->free_.pop_back();
        }
      }
      if (scratch_ == nullptr) scratch_ = encoder.NewScratch();
    }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;
    ~Holder() {
      const std::lock_guard lock(pool_->mutex_);
      pool_->free_.push_back(std::move(scratch_));
    }
    Encoder::Scratch* get() const { return scratch_.get(); }

   private:
    ScratchPool* pool_;
    std::unique_ptr<Encoder::Scratch> scratch_;
  };

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Encoder::Scratch>> free_;
};

class FileModel : public Model {
 public:
  FileModel(std::unique_ptr<const WeightsFile> file, const ModelConfig& config,
            std::unique_ptr<const Encoder> encoder, std::unique_ptr<const Heads> heads)
      : file_(std::move(file)),
        config_(config),
        encoder_(std::move(encoder)),
        heads_(std::move(heads)),
        vocabulary_(file_->vocabulary()),
        sentence_ends_(vocabulary_) {}

  const std::string& name() const override { return file_->name(); }
  const std::string& sha256() const override { return file_->sha256(); }
  const Vocabulary& vocabulary() const override { return vocabulary_; }
  std::size_t tag_stride() const override { return heads_->tag_stride(); }

  Reading Read(const Words& words) const override { return Read(words, nullptr); }

  std::vector<std::uint32_t> Clusters(const Reading& reading, const Words& words,
                                      std::span<const WordRange> mentions,
                                      std::span<const float> biases) const override {
    return heads_->Clusters(reading.vectors, words, mentions, biases);
  }

  std::vector<float> TagScores(const Words& words) const override {
    std::vector<float> scores;
    Read(words, &scores);
    return scores;
  }

 private:
  Reading Read(const Words& words, std::vector<float>* scores) const {
    if (words.size() == 0) return Reading();
    const std::vector<WordRange> windows =
        Windows(words, config_.window, config_.overlap, sentence_ends_);
    Reader reader(config_, *heads_, windows, words.size());
    reader.KeepScores(scores);
    const ScratchPool::Holder scratch(&scratches_, *encoder_);
    std::array<Array<float>, Encoder::kWindowsMax> vectors;
    for (std::size_t begin = 0; begin < windows.size(); begin += vectors.size()) {
      const std::size_t count = std::min(vectors.size(), windows.size() - begin);
      encoder_->Run(words, std::span(windows).subspan(begin, count), scratch.get(),
                    std::span(vectors).first(count));
      for (std::size_t w = 0; w < count; ++w) reader.Add(std::move(vectors[w]));
    }
    return reader.Finish();
  }

  std::unique_ptr<const WeightsFile> file_;
  const ModelConfig config_;
  std::unique_ptr<const Encoder> encoder_;
  std::unique_ptr<const Heads> heads_;
  const Vocabulary vocabulary_;
  const SentenceEnds sentence_ends_;
  mutable ScratchPool scratches_;
};

}  // namespace

Result<std::unique_ptr<const Model>> Model::Open(const std::filesystem::path& path,
                                                 const Kernels& kernels) {
  HEARSAY_ASSIGN_OR_RETURN(auto file, WeightsFile::Open(path));
  HEARSAY_ASSIGN_OR_RETURN(const ModelConfig config, ReadConfig(*file));
  HEARSAY_ASSIGN_OR_RETURN(auto encoder, Encoder::Make(*file, config, kernels));
  HEARSAY_ASSIGN_OR_RETURN(auto heads, Heads::Make(*file, config, kernels));
  return std::unique_ptr<const Model>(
      std::make_unique<FileModel>(std::move(file), config, std::move(encoder), std::move(heads)));
}

}  // namespace hearsay::model
