#include "graph/article_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "graph/base/coding.h"
#include "graph/keys.h"

namespace hearsay {
namespace {

constexpr std::size_t kPrefixDigitsMin = 4;  // as git has it
constexpr std::size_t kNamedMax = 5;

bool IsIdPrefix(std::string_view name) {
  return name.size() >= kPrefixDigitsMin && name.size() <= 2 * keys::kPublicIdBytes &&
         name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Status FindById(const KvSnapshot& snapshot, std::string_view prefix, std::set<std::string>* ids) {
  const std::string bytes = *FromHex(prefix.substr(0, prefix.size() / 2 * 2));
  const std::string begin = keys::Article(bytes);
  return snapshot.Scan(Family::kArticle, begin, PrefixEnd(begin),
                       [&](std::string_view key, std::string_view) {
                         key.remove_prefix(keys::kArticlePrefix.size());
                         std::string id = ToHex(key);
                         if (id.starts_with(prefix)) ids->insert(std::move(id));
                         return true;
                       });
}

Status FindExact(const KvSnapshot& snapshot, std::string_view name, std::set<std::string>* ids) {
  const std::string begin = keys::ArticleNamePrefix(name);
  return snapshot.Scan(Family::kArticle, begin, PrefixEnd(begin),
                       [&](std::string_view key, std::string_view) {
                         std::string_view full;
                         std::string_view id;
                         if (keys::ParseArticleName(key, &full, &id)) ids->insert(ToHex(id));
                         return true;
                       });
}

Status FindItems(const KvSnapshot& snapshot, std::string_view path, std::set<std::string>* ids) {
  const std::string begin = keys::ArticleItemsPrefix(path);
  return snapshot.Scan(Family::kArticle, begin, PrefixEnd(begin),
                       [&](std::string_view key, std::string_view) {
                         std::string_view full;
                         std::string_view id;
                         if (!keys::ParseArticleName(key, &full, &id)) return true;
                         const std::string_view item = full.substr(path.size() + 1);
                         if (item.find_first_not_of("0123456789") == std::string_view::npos) {
                           ids->insert(ToHex(id));
                         }
                         return true;
                       });
}

}  // namespace

Result<std::vector<std::string>> FindArticlesByName(const KvSnapshot& snapshot,
                                                    std::string_view name) {
  std::set<std::string> ids;
  if (IsIdPrefix(name)) HEARSAY_RETURN_IF_ERROR(FindById(snapshot, name, &ids));
  if (ids.size() > 1) {
    std::vector<std::string> some(ids.begin(), ids.end());
    some.resize(std::min(some.size(), kNamedMax));
    return Status::InvalidArgument(
        fmt::format("\"{}\" is the beginning of {} article ids: {}{}; give more digits", name,
                    ids.size(), fmt::join(some, ", "), ids.size() > kNamedMax ? ", ..." : ""));
  }
  for (const std::string& spelling :
       {std::string(name), std::filesystem::path(name).lexically_normal().string()}) {
    HEARSAY_RETURN_IF_ERROR(FindExact(snapshot, spelling, &ids));
    HEARSAY_RETURN_IF_ERROR(FindItems(snapshot, spelling, &ids));
  }
  if (ids.empty()) {
    return Status::NotFound(
        fmt::format("no article \"{}\": give its path or URL as it was ingested, or four or more "
                    "digits of its id",
                    name));
  }
  return std::vector<std::string>(ids.begin(), ids.end());
}

}  // namespace hearsay
