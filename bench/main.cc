// hearsay_bench: ingest and query times on a corpus of any size made from the samples.
// docs/performance.md says how to read what it prints.
//
// usage: hearsay_bench HEARSAY SAMPLES [--articles N] [--seed N] [--threads N] [--rounds N]

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/corpus.h"
#include "graph/store.h"
#include "query/engine.h"

namespace hearsay::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Cost {
  double seconds = 0;
  double cpu_seconds = 0;
  double peak_mb = 0;
  int exit_code = -1;
};

// Runs a command in a process of its own, since only that has a peak of its own.
Cost RunProcess(std::vector<std::string> words) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const auto start = Clock::now();
  pid_t pid = 0;
  Cost cost;
  const int failed = posix_spawn(&pid, arguments[0], &quiet, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&quiet);
  if (failed != 0) return cost;
  int status = 0;
  rusage usage{};
  wait4(pid, &status, 0, &usage);
  cost.seconds = SecondsSince(start);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  cost.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  cost.peak_mb = static_cast<double>(usage.ru_maxrss) / 1024;
  cost.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return cost;
}

// Questions of every kind, about whoever says most in the corpus. By id: a large corpus has many
// of one name.
std::vector<std::string> Questions(const View& view) {
  const auto busiest = [&view](const std::string& label) {
    const query::Outcome outcome =
        query::Run(view,
                   fmt::format("MATCH (x:{})-[:SAID]->(s) RETURN id(x) AS id, count(s) AS n ORDER "
                               "BY n DESC, id LIMIT 1",
                               label),
                   {});
    return outcome.result && !outcome.result->rows.empty()
               ? "entity:" + outcome.result->rows[0][0].as_string()
               : std::string("nobody");
  };
  const std::string person = busiest("Person");
  const std::string outlet = busiest("Media");
  return {
      "MATCH (s:Statement) RETURN count(*)",
      R"(MATCH (p:Person)-[:SAID]->(s:Statement)-[:IN]->(:Article)-[:PUBLISHED_BY]->(m:Media)
         RETURN m.name, count(DISTINCT s) AS n ORDER BY n DESC LIMIT 10)",
      fmt::format("WHAT DID {} SAY", person),
      "WHO SAID \"people killed\"",
      "TRACE \"people killed\"",
      fmt::format("PATHS FROM {} TO {}", person, outlet),
      "FIGURES killed",
  };
}

std::string Shortened(const std::string& text) {
  return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

int RunQueries(const fs::path& dir, int rounds) {
  StoreOptions options;
  options.read_only = true;
  const auto start = Clock::now();
  const auto store = Store::Open(dir, options);
  if (!store.ok()) {
    fmt::print(stderr, "hearsay_bench: {}\n", store.status().message());
    return 1;
  }
  const auto view = (*store)->NewView();
  fmt::print("open      {:>9.1f} ms   {} nodes, {} relationships\n", SecondsSince(start) * 1000,
             view->NodeCount(), view->EdgeCount());
  fmt::print("\n{:>10} {:>10} {:>10} {:>7}  query\n", "first ms", "median ms", "p95 ms", "rows");
  for (const std::string& text : Questions(*view)) {
    std::vector<double> times;
    std::size_t rows = 0;
    for (int round = 0; round < rounds; ++round) {
      const auto asked = Clock::now();
      const query::Outcome outcome = query::Run(*view, text, {});
      times.push_back(SecondsSince(asked) * 1000);
      if (outcome.error) {
        fmt::print(stderr, "hearsay_bench: {}\n", outcome.error->Render(text));
        return 1;
      }
      rows = outcome.result->rows.size();
    }
    const double first = times.front();
    std::sort(times.begin(), times.end());
    fmt::print("{:>10.2f} {:>10.2f} {:>10.2f} {:>7}  {}\n", first, times[times.size() / 2],
               times[times.size() * 95 / 100], rows, Shortened(text));
  }
  return 0;
}

struct Arguments {
  std::string hearsay;
  CorpusOptions corpus;
  std::string samples;
  int threads = 0;  // 0: with 1, then with 2
  int rounds = 20;
};

int RunBench(Arguments arguments) {
  std::string pattern = (fs::temp_directory_path() / "hearsay-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    fmt::print(stderr, "hearsay_bench: no directory for the corpus in {}\n",
               fs::temp_directory_path().string());
    return 1;
  }
  const fs::path dir = pattern;
  struct Remover {
    fs::path path;
    ~Remover() {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
  } const remover{dir};

  arguments.corpus.samples = arguments.samples;
  const auto corpus = WriteCorpus(arguments.corpus, dir / "corpus");
  if (!corpus.ok()) {
    fmt::print(stderr, "hearsay_bench: {}\n", corpus.status().message());
    return 1;
  }
  const double megabytes = static_cast<double>(corpus->bytes) / 1e6;
  fmt::print("corpus    {} articles, {:.1f} MB, seed {}\n\n", corpus->count, megabytes,
             arguments.corpus.seed);
  fmt::print("{:>10} {:>9} {:>9} {:>11} {:>8} {:>9}  step\n", "threads", "seconds", "cpu s",
             "articles/s", "MB/s", "peak MB");
  const std::vector<int> thread_counts =
      arguments.threads > 0 ? std::vector{arguments.threads} : std::vector{1, 2};
  fs::path store;
  for (const int threads : thread_counts) {
    store = dir / fmt::format("store{}", threads);
    for (const bool again : {false, true}) {
      const Cost cost = RunProcess({arguments.hearsay, "--store", store.string(), "--threads",
                                    std::to_string(threads), "ingest", corpus->articles.string(),
                                    "--meta", corpus->meta.string()});
      if (cost.exit_code != 0) {
        fmt::print(stderr, "hearsay_bench: hearsay ingest ended with exit code {}\n",
                   cost.exit_code);
        return 1;
      }
      fmt::print("{:>10} {:>9.2f} {:>9.2f} {:>11.0f} {:>8.2f} {:>9.0f}  {}\n", threads,
                 cost.seconds, cost.cpu_seconds, static_cast<double>(corpus->count) / cost.seconds,
                 megabytes / cost.seconds, cost.peak_mb,
                 again ? "ingest again: all are there" : "ingest");
    }
  }
  fmt::print("\n");
  return RunQueries(store, arguments.rounds);
}

}  // namespace
}  // namespace hearsay::bench

int main(int argc, char** argv) {
  hearsay::bench::Arguments arguments;
  CLI::App app{"Ingest and query times on a corpus made from the samples."};
  app.add_option("hearsay", arguments.hearsay, "the binary to measure")->required();
  app.add_option("samples", arguments.samples, "the directory samples/")->required();
  app.add_option("--articles", arguments.corpus.articles, "articles of the corpus")
      ->capture_default_str();
  app.add_option("--seed", arguments.corpus.seed, "what the corpus is made from")
      ->capture_default_str();
  app.add_option("--threads", arguments.threads, "0: with 1, then with 2")->capture_default_str();
  app.add_option("--rounds", arguments.rounds, "times each query is asked")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  return hearsay::bench::RunBench(std::move(arguments));
}
