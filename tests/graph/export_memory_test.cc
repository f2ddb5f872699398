// Exports stream: memory stays flat however large the graph is.
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "generate.h"
#include "graph/base/sha256.h"
#include "graph/export/exporter.h"
#include "graph/graph_writer.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// From sanitizer/allocator_interface.h, a header GCC 12 does not install.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace hearsay {
namespace {

// Memory in use now: unlike the peak it sees growth after something large was freed.
long UsedKilobytes() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  // Sanitizers keep what was freed resident; what is allocated tells the same.
  return static_cast<long>(__sanitizer_get_current_allocated_bytes() / 1024);
#else
  std::ifstream statm("/proc/self/statm");
  long pages_all = 0;
  long pages_resident = 0;
  statm >> pages_all >> pages_resident;
  REQUIRE(pages_resident > 0);
  return pages_resident * (sysconf(_SC_PAGESIZE) / 1024);
#endif
}

TEST_CASE("exporting 200,000 edges needs no more memory than the graph itself") {
  constexpr std::uint32_t kNodes = 50'000;
  constexpr std::uint32_t kEdges = 200'000;
  constexpr long kGrowthKilobytesMax = 16L * 1024;
  test::Random random(1);
  std::vector<std::string> ids;
  std::unique_ptr<View> view;
  {
    std::vector<NodeData> nodes(kNodes);
    for (std::uint32_t i = 0; i < kNodes; ++i) {
      nodes[i].public_id = Sha256Hex(std::to_string(i)).substr(0, 32);
      nodes[i].labels = {"Statement"};
      nodes[i].properties = {{"text", "statement " + std::to_string(i)}};
      ids.push_back(nodes[i].public_id);
    }
    std::vector<EdgeData> edges(kEdges);
    for (std::uint32_t i = 0; i < kEdges; ++i) {
      edges[i].src = ids[random.Below(kNodes)];
      edges[i].dst = ids[random.Below(kNodes)];
      edges[i].type = "QUOTES";
      edges[i].discriminator = std::to_string(i);
    }
    view = MakeView(nodes, edges);
  }
  malloc_trim(0);  // what building freed must not hide what exporting takes
  const long before = UsedKilobytes();
  long most = before;
  std::uint64_t bytes = 0;
  const auto report = Export(*view, nullptr, "graphml", {}, [&](std::string_view text) {
    bytes += text.size();
    most = std::max(most, UsedKilobytes());
    return Status::Ok();
  });
  REQUIRE(report.ok());
  CHECK(report->nodes == kNodes);
  CHECK(report->edges + report->edges_combined == kEdges);
  CHECK(bytes > 50'000'000);
  CHECK(most - before < kGrowthKilobytesMax);
}

}  // namespace
}  // namespace hearsay
