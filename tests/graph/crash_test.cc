// Nothing acknowledged is lost: a child process (this program again, running the hidden test
// below) commits and is killed, or runs out of room, and its store is opened and verified.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <thread>

#include "articles.h"
#include "derived_graph.h"
#include "generate.h"
#include "graph/kv_store.h"
#include "graph/rocks/rocks_kv.h"
#include "graph/store.h"
#include "graph/verify.h"
#include "temp_dir.h"

namespace hearsay {
namespace {

namespace fs = std::filesystem;
using test::MakeSmallArticle;
using test::SmallArticle;

constexpr int kLines = 60;  // a text of some kilobytes

// --- the child ---

// One line an acknowledged commit, "+7" or "-7".  Written with one call each, so that a killed
// process leaves whole lines; the page cache outlives it.
class AckFile {
 public:
  explicit AckFile(const fs::path& path)
      : fd_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
  ~AckFile() { close(fd_); }
  AckFile(const AckFile&) = delete;
  AckFile& operator=(const AckFile&) = delete;
  void Write(const std::string& line) const {
    HEARSAY_CHECK(write(fd_, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  }

 private:
  int fd_;
};

Result<std::unique_ptr<KvStore>> OpenWithSmallBatches(const fs::path& dir) {
  RocksOptions options;
  options.create_if_missing = true;
  HEARSAY_ASSIGN_OR_RETURN(std::unique_ptr<Kv> kv, OpenRocksKv(dir, options));
  KvStore::Options store_options;
  store_options.derive_batch_bytes = 2000;  // so that deaths fall between the batches of a derive
  return KvStore::Open(std::move(kv), store_options);
}

Status CommitUntilKilled(const fs::path& dir, int first, const AckFile& acks) {
  HEARSAY_ASSIGN_OR_RETURN(const auto store, OpenWithSmallBatches(dir / "store"));
  for (int n = first; n < first + 3000; ++n) {
    const SmallArticle article = MakeSmallArticle(n, kLines);
    Status status = store->AddArticle(article.article, article.record).status();
    if (!status.ok()) {
      // A caller that goes on regardless gets the same answer, and harms nothing.
      const SmallArticle next = MakeSmallArticle(n + 1, kLines);
      HEARSAY_CHECK(store->AddArticle(next.article, next.record).status().code() == status.code());
      HEARSAY_CHECK(!store->Stale() || store->Derive({}).code() == status.code());
      HEARSAY_CHECK(store->NewView() != nullptr);
      return status;
    }
    acks.Write("+" + std::to_string(n) + "\n");
    if (n % 4 == 3) {
      HEARSAY_RETURN_IF_ERROR(
          store->DeleteArticle(ArticleId(MakeSmallArticle(n - 1, kLines).article)));
      acks.Write("-" + std::to_string(n - 1) + "\n");
    }
    if (n % 3 == 0) HEARSAY_RETURN_IF_ERROR(store->Derive({}));
  }
  return Status::Ok();
}

TEST_CASE("the child of the tests below", "[.crash-child]") {
  const char* dir = std::getenv("HEARSAY_CHILD_DIR");
  REQUIRE(dir != nullptr);
  const int first = std::atoi(std::getenv("HEARSAY_CHILD_FIRST"));
  const int file_bytes_max = std::atoi(std::getenv("HEARSAY_CHILD_FILE_BYTES_MAX"));
  if (file_bytes_max > 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{static_cast<rlim_t>(file_bytes_max), static_cast<rlim_t>(file_bytes_max)};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  const Status status = CommitUntilKilled(dir, first, AckFile(fs::path(dir) / "acks"));
  std::ofstream(fs::path(dir) / "error") << ToString(status.code()) << "\n" << status.message();
}

// --- the parent ---

pid_t StartChild(const fs::path& dir, int first, int file_bytes_max) {
  const pid_t child = fork();
  if (child != 0) return child;
  setenv("HEARSAY_CHILD_DIR", dir.c_str(), 1);
  setenv("HEARSAY_CHILD_FIRST", std::to_string(first).c_str(), 1);
  setenv("HEARSAY_CHILD_FILE_BYTES_MAX", std::to_string(file_bytes_max).c_str(), 1);
  const int null = open("/dev/null", O_WRONLY);
  dup2(null, STDOUT_FILENO);
  execl("/proc/self/exe", "graph_test", "[.crash-child]", static_cast<char*>(nullptr));
  _exit(127);
}

struct Acks {
  std::set<int> living;
  int next = 0;  // first number that was not acknowledged
};

Acks ReadAcks(const fs::path& dir) {
  Acks acks;
  std::ifstream file(dir / "acks");
  std::string line;
  while (std::getline(file, line)) {
    const int n = std::stoi(line.substr(1));
    if (line[0] == '+') {
      acks.living.insert(n);
      acks.next = std::max(acks.next, n + 1);
    } else {
      acks.living.erase(n);
    }
  }
  return acks;
}

std::string IdOf(int n) { return ArticleId(MakeSmallArticle(n, kLines).article); }

// The one commit in flight may be there or not; all others are as acknowledged.
void RequireAsAcknowledged(const Store& store, const Acks& acks) {
  std::size_t surprises = 0;
  for (int n = 0; n <= acks.next; ++n) {
    if (store.HasArticle(IdOf(n)) != acks.living.contains(n)) ++surprises;
    const bool in_flight = n == acks.next || (acks.next % 4 == 0 && n == acks.next - 2);
    INFO("article " << n << " of " << acks.next);
    REQUIRE((in_flight || store.HasArticle(IdOf(n)) == acks.living.contains(n)));
  }
  REQUIRE(surprises <= 1);
}

void RequireSound(const Store& store) {
  const auto report = Verify(store, {});
  REQUIRE(report.ok());
  for (const std::string& problem : report->problems) UNSCOPED_INFO(problem);
  REQUIRE(report->problems.empty());
}

// Makes what was in flight acknowledged, so that the next child starts from a known state.
void Settle(const Store& store, const fs::path& dir, const Acks& acks) {
  const AckFile file(dir / "acks");
  if (store.HasArticle(IdOf(acks.next))) file.Write("+" + std::to_string(acks.next) + "\n");
  for (const int n : acks.living) {
    if (!store.HasArticle(IdOf(n))) file.Write("-" + std::to_string(n) + "\n");
  }
}

TEST_CASE("a killed process loses nothing acknowledged and leaves no half") {
  const test::TempDir dir;
  test::Random random(
      static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count()));
  for (int round = 0; round < 12; ++round) {
    const Acks before = ReadAcks(dir.path());
    const pid_t child = StartChild(dir.path(), before.next, 0);
    REQUIRE(child > 0);
    // Let it commit something first, then strike anywhere.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (ReadAcks(dir.path()).next == before.next &&
           std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    const std::uint32_t wait_us = random.Below(120000);
    std::this_thread::sleep_for(std::chrono::microseconds(wait_us));
    REQUIRE(kill(child, SIGKILL) == 0);
    int how = 0;
    REQUIRE(waitpid(child, &how, 0) == child);
    INFO("round " << round << ", killed after " << wait_us << " us");
    REQUIRE(WIFSIGNALED(how));  // it had not ended by itself

    const Acks acks = ReadAcks(dir.path());
    REQUIRE(acks.next > before.next);
    const auto store = Store::Open(dir.path() / "store", {});
    INFO(store.status().message());
    REQUIRE(store.ok());
    RequireAsAcknowledged(**store, acks);
    RequireSound(**store);
    Settle(**store, dir.path(), acks);
  }
  // What was built in twelve interrupted lives is what one life builds.
  const Acks acks = ReadAcks(dir.path());
  const auto fresh = Store::OpenInMemory();
  for (const int n : acks.living) {
    const SmallArticle article = MakeSmallArticle(n, kLines);
    REQUIRE(fresh->AddArticle(article.article, article.record).ok());
  }
  REQUIRE(fresh->Derive({}).ok());
  const auto store = Store::Open(dir.path() / "store", {});
  REQUIRE(store.ok());
  REQUIRE((test::ExportText(*(*store)->NewView()) == test::ExportText(*fresh->NewView())));
}

// A limit on file sizes stands for a full disk: both make write() fail in the middle of a record.
TEST_CASE("a full disk gives one clear error, and the store opens with all acknowledged") {
  const int file_bytes_max = GENERATE(20000, 50000, 200000);
  const test::TempDir dir;
  const pid_t child = StartChild(dir.path(), 0, file_bytes_max);
  REQUIRE(child > 0);
  int how = 0;
  REQUIRE(waitpid(child, &how, 0) == child);
  REQUIRE(WIFEXITED(how));
  REQUIRE(WEXITSTATUS(how) == 0);
  std::ifstream file(dir.path() / "error");
  std::string code;
  std::string message;
  REQUIRE(std::getline(file, code));
  REQUIRE(std::getline(file, message));
  INFO(message);
  REQUIRE(code == ToString(StatusCode::kIo));
  REQUIRE(message.find((dir.path() / "store").string()) != std::string::npos);
  REQUIRE(message.find("no room left") != std::string::npos);

  const Acks acks = ReadAcks(dir.path());
  REQUIRE(acks.next > 0);
  const auto store = Store::Open(dir.path() / "store", {});
  INFO(store.status().message());
  REQUIRE(store.ok());
  RequireAsAcknowledged(**store, acks);
  RequireSound(**store);
  const SmallArticle more = MakeSmallArticle(1000000);
  REQUIRE((*store)->AddArticle(more.article, more.record).ok());
  REQUIRE((*store)->Derive({}).ok());
}

}  // namespace
}  // namespace hearsay
