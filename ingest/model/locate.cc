#include "ingest/model/locate.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <string>
#include <system_error>

namespace hearsay::model {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "hearsay-en.safetensors";

}  // namespace

Result<fs::path> LocateWeights() {
  std::error_code error;
  if (const char* const named = std::getenv("HEARSAY_MODEL"); named != nullptr && *named != 0) {
    if (fs::is_regular_file(named, error)) return fs::path(named);
    return Status::NotFound(fmt::format(
        "{}: no file, but HEARSAY_MODEL names it as the weights of the model; set it to "
        "a weights file, or unset it",
        named));
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  const std::array<fs::path, 3> places = {
      program / kFile, program.parent_path() / "share" / "hearsay" / kFile, HEARSAY_WEIGHTS};
  std::string looked;
  for (const fs::path& place : places) {
    if (fs::is_regular_file(place, error)) return place;
    looked += (looked.empty() ? "" : ", ") + place.string();
  }
  return Status::NotFound(
      fmt::format("the weights of the model are not there (looked at {}); set HEARSAY_MODEL to the "
                  "file, or take --extractor rules",
                  looked));
}

}  // namespace hearsay::model
