#include "ingest/model/config.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/model/kernels.h"
#include "ingest/model/labels.h"

namespace hearsay::model {
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;

constexpr std::size_t kSizeMax = std::size_t{1} << 16;  // so that no product of two overflows

// Collects what is wrong with a config, the first thing only.
class Checker {
 public:
  Checker(const WeightsFile& file, const Json& config) : file_(file), config_(config) {}

  void Size(const char* key, std::size_t step, std::size_t* out) {
    const Json value = config_.value(key, Json());
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() == 0 ||
        value.get<std::uint64_t>() > kSizeMax || value.get<std::uint64_t>() % step != 0) {
      return Wrong(fmt::format("'{}' is {}, expected a multiple of {} up to {}", key, value.dump(),
                               step, kSizeMax));
    }
    *out = value.get<std::size_t>();
  }

  void Setting(const char* key, float* out) {
    const Json value = config_.value(key, Json(0));
    if (!value.is_number() || !std::isfinite(value.get<float>())) {
      return Wrong(fmt::format("'{}' is {}, expected a number", key, value.dump()));
    }
    *out = value.get<float>();
  }

  // That config[group][key], or config[key], is this list of words.
  void List(const char* group, std::string_view key, const Strings& expected) {
    const Json& from = group == nullptr ? config_ : config_.value(group, Json::object());
    if (from.is_object() && from.value(std::string(key), Json()) == Json(expected)) return;
    Wrong(
        fmt::format("'{}' is not what this program knows: '{}'", key, fmt::join(expected, "', '")));
  }

  void Wrong(const std::string& what) {
    if (status_.ok()) status_ = Status::Corruption(file_.name() + ": config: " + what);
  }

  const Status& status() const { return status_; }

 private:
  const WeightsFile& file_;
  const Json& config_;
  Status status_;
};

Strings Copies(const Names& names) { return {names.begin(), names.end()}; }

}  // namespace

Result<ModelConfig> ReadConfig(const WeightsFile& file) {
  const Json json = Json::parse(file.config(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return Status::Corruption(file.name() + ": config: not a JSON object");
  }
  ModelConfig config;
  Checker check(file, json);
  check.Size("layers", 1, &config.layers);
  check.Size("width", kLine, &config.width);
  check.Size("inner", kLine, &config.inner);
  check.Size("heads", 1, &config.heads);
  check.Size("positions", 1, &config.positions);
  check.Size("pair", kLine, &config.pair);
  check.Size("span", kLine, &config.span);
  check.Size("link", kLine, &config.link);
  check.Size("window", 1, &config.window);
  check.Size("overlap", 1, &config.overlap);
  check.Setting("cue_bias", &config.cue_bias);
  check.Setting("link_bias", &config.link_bias);
  if (json.contains("confidence_slope")) {
    check.Setting("confidence_slope", &config.confidence_slope);
    check.Setting("confidence_bias", &config.confidence_bias);
  }
  if (!check.status().ok()) return check.status();

  if (config.width % config.heads != 0) {
    check.Wrong(fmt::format("'width' {} is no multiple of 'heads' {}", config.width, config.heads));
  }
  constexpr std::size_t kAround = 2;  // [CLS] and [SEP]
  constexpr std::size_t kWordMax = 12;
  if (config.window < kWordMax || config.window + kAround > config.positions ||
      config.overlap >= config.window) {
    check.Wrong(fmt::format("'window' {}, 'overlap' {} and 'positions' {} do not go together",
                            config.window, config.overlap, config.positions));
  }
  for (std::size_t i = 0; i < kLayers; ++i) {
    const auto layer = static_cast<Layer>(i);
    check.List("layers_of_tags", NameOf(layer), TagsOf(layer));
  }
  check.List(nullptr, "role_tags", RoleTags());
  check.List(nullptr, "measures", Copies(Measures()));
  check.List("features", "shape",
             {"lower", "title", "upper", "letter", "mixed", "digit", "mark", "other"});
  check.List("features", "layout", {"space", "glued", "line", "paragraph"});
  check.List("features", "quote", {"outside", "inside", "open", "close"});
  if (!check.status().ok()) return check.status();
  return config;
}

}  // namespace hearsay::model
