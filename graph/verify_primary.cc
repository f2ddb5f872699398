#include "graph/verify_primary.h"

#include <fmt/format.h>

#include <set>

#include "graph/base/coding.h"
#include "graph/base/sha256.h"
#include "graph/keys.h"
#include "graph/primary.h"
#include "graph/record_bytes.h"
#include "graph/record_check.h"
#include "graph/store.h"

namespace hearsay {
namespace {

constexpr const char* kIngestAgain = "delete it and ingest it again";

class PrimaryVerifier {
 public:
  PrimaryVerifier(const KvSnapshot& snapshot, Problems* problems)
      : snapshot_(snapshot), problems_(*problems) {}

  void CheckArticle(const std::string& id);
  void CheckNames();
  // Rows of `family`, keyed by article, whose article is not there.  `excused`: deleted since the
  // derived generation, which still quotes them.
  void CheckOrphans(Family family, const char* what, const std::set<std::string>& excused);

 private:
  void Problem(const std::string& id, std::string_view what) {
    problems_.Add(fmt::format("article {}: {}; {}", id, what, kIngestAgain));
  }
  void CheckText(const std::string& id, const ArticleRow& row, const std::string& text);
  void CheckRecordOf(const std::string& id, const ArticleRow& row, const std::string& text);
  bool Exists(std::string_view id_bytes);

  const KvSnapshot& snapshot_;
  Problems& problems_;
  std::set<std::string> names_;  // keys there must be
};

void PrimaryVerifier::CheckText(const std::string& id, const ArticleRow& row,
                                const std::string& text) {
  if (text.size() != row.text_bytes || Sha256(text) != row.text_sha256) {
    Problem(id, "its text is not the one that was committed (hash differs)");
  } else if (row.source_map.empty() && ToHex(row.text_sha256) != row.blob_sha256) {
    Problem(id, "its text is not the file it was read from (hash differs)");
  }
  Article article{row.metadata, text, row.blob_sha256, row.source_map};
  if (ArticleId(article) != id) Problem(id, "its id is not the hash of its file and identity");
}

void PrimaryVerifier::CheckRecordOf(const std::string& id, const ArticleRow& row,
                                    const std::string& text) {
  const auto bytes = snapshot_.Get(Family::kRecord, *keys::PublicIdToBytes(id));
  problems_.Add(bytes.status());
  if (!bytes.ok()) return;
  if (!*bytes) return Problem(id, "its record is missing");
  if (Sha256(**bytes) != row.record_sha256) {
    Problem(id, "its record is not the one that was committed (hash differs)");
  }
  Record record;
  if (!DecodeRecord(**bytes, &record)) return Problem(id, "its record cannot be read");
  const Status fits = CheckRecord(Article{row.metadata, text, row.blob_sha256, {}}, record);
  if (!fits.ok()) Problem(id, fits.message());
}

void PrimaryVerifier::CheckArticle(const std::string& id) {
  const auto row = ReadArticleRow(snapshot_, id);
  problems_.Add(row.status());
  if (!row.ok() || !*row) return;
  const std::string id_bytes = *keys::PublicIdToBytes(id);
  for (const std::string& source : (*row)->sources) {
    names_.insert(keys::ArticleName(source, id_bytes));
  }
  if (!(*row)->metadata.url.empty()) {
    names_.insert(keys::ArticleName((*row)->metadata.url, id_bytes));
  }
  const auto text = snapshot_.Get(Family::kText, id_bytes);
  problems_.Add(text.status());
  if (!text.ok()) return;
  if (!*text) return Problem(id, "its text is missing");
  CheckText(id, **row, **text);
  CheckRecordOf(id, **row, **text);
}

void PrimaryVerifier::CheckNames() {
  problems_.Add(
      snapshot_.Scan(Family::kArticle, "n", "o", [&](std::string_view key, std::string_view) {
        if (names_.erase(std::string(key)) == 0) {
          problems_.Add(
              fmt::format("article names: \"{}\" leads to no article of that name; "
                          "delete and ingest again what came from there",
                          key.substr(1, key.find('\0') - 1)));
        }
        return true;
      }));
  for (const std::string& key : names_) {
    problems_.Add(
        fmt::format("article names: \"{}\" is missing; delete the article by its id and "
                    "ingest it again",
                    key.substr(1, key.find('\0') - 1)));
  }
}

bool PrimaryVerifier::Exists(std::string_view id_bytes) {
  const auto row = snapshot_.Get(Family::kArticle, keys::Article(id_bytes));
  problems_.Add(row.status());
  return row.ok() && row->has_value();
}

void PrimaryVerifier::CheckOrphans(Family family, const char* what,
                                   const std::set<std::string>& excused) {
  problems_.Add(snapshot_.Scan(family, "", "", [&](std::string_view key, std::string_view) {
    const std::string id = ToHex(key);
    if (!Exists(key) && !excused.contains(id)) {
      problems_.Add(fmt::format("article {}: a {} of an article that is not there", id, what));
    }
    return true;
  }));
}

}  // namespace

std::size_t VerifyPrimary(const KvSnapshot& snapshot, const StoreState& state,
                          const std::function<void(std::size_t, std::size_t)>& progress,
                          Problems* problems) {
  PrimaryVerifier verifier(snapshot, problems);
  std::size_t articles = 0;
  problems->Add(ForEachArticle(snapshot, [&](const std::string& id) {
    verifier.CheckArticle(id);
    ++articles;
    if (progress) progress(articles, state.articles);
    return true;
  }));
  verifier.CheckNames();
  const Result<std::vector<std::string>> changed = ReadChanged(snapshot);
  problems->Add(changed.status());
  std::set<std::string> excused;
  if (changed.ok()) excused.insert(changed->begin(), changed->end());
  verifier.CheckOrphans(Family::kText, "text", excused);
  verifier.CheckOrphans(Family::kRecord, "record", {});
  if (articles != state.articles) {
    problems->Add(
        fmt::format("meta: {} articles are counted and {} are there", state.articles, articles));
  }
  return articles;
}

}  // namespace hearsay
