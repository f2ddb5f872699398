#include "graph/derive/resolve_table.h"

#include "graph/base/check.h"
#include "graph/base/coding.h"
#include "graph/graph_tables.h"
#include "graph/keys.h"

namespace hearsay {
namespace {

constexpr std::size_t kIdBytes = keys::kPublicIdBytes;

std::string IdBytes(std::string_view public_id) {
  const auto bytes = keys::PublicIdToBytes(public_id);
  HEARSAY_CHECK(bytes.has_value());
  return *bytes;
}

std::string KeyOf(char table, std::string_view public_id) {
  return std::string(1, table) + IdBytes(public_id);
}

std::string BearerPrefix(const std::string& key) {
  std::string bytes = "K" + key;
  bytes += '\0';
  return bytes;
}

Status Damaged(char table, std::string_view public_id) {
  return DamagedKey(Family::kResolve, KeyOf(table, public_id), "a row of resolution");
}

// A list of public ids, one after the other.
bool GetIds(std::string_view* bytes, std::uint64_t count, std::vector<std::string>* ids) {
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string_view id;
    if (!GetFixed(bytes, kIdBytes, &id)) return false;
    ids->push_back(ToHex(id));
  }
  return true;
}

bool DecodeOwned(std::string_view bytes, ResolveTable::Owned* owned) {
  std::uint64_t nodes = 0;
  std::uint64_t edges = 0;
  if (!GetVarint(&bytes, &nodes) || !GetIds(&bytes, nodes, &owned->nodes) ||
      !GetVarint(&bytes, &edges)) {
    return false;
  }
  for (std::uint64_t i = 0; i < edges; ++i) {
    EdgeData edge;
    std::string_view src;
    std::string_view dst;
    if (!GetFixed(&bytes, kIdBytes, &src) || !GetFixed(&bytes, kIdBytes, &dst) ||
        !GetBytes(&bytes, &edge.type) || !GetBytes(&bytes, &edge.discriminator)) {
      return false;
    }
    edge.src = ToHex(src);
    edge.dst = ToHex(dst);
    owned->edges.push_back(std::move(edge));
  }
  return bytes.empty();
}

}  // namespace

Result<std::optional<std::string>> GlobalIdOf(const KvSnapshot& snapshot,
                                              std::string_view local_id) {
  const auto local = keys::PublicIdToBytes(local_id);
  if (!local) return std::optional<std::string>();
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                           snapshot.Get(Family::kResolve, "M" + *local));
  if (!value) return std::optional<std::string>();
  std::string_view bytes = *value;
  std::string_view global;
  if (!GetFixed(&bytes, kIdBytes, &global)) return Damaged('M', local_id);
  return std::optional(ToHex(global));
}

Result<std::vector<std::string>> ResolveTable::BearersOf(const std::string& key) const {
  const std::string prefix = BearerPrefix(key);
  HEARSAY_ASSIGN_OR_RETURN(const std::vector<std::string> keys, writer_.ResolveKeys(prefix));
  std::vector<std::string> ids;
  ids.reserve(keys.size());
  for (const std::string& k : keys) ids.push_back(ToHex(std::string_view(k).substr(prefix.size())));
  return ids;
}

void ResolveTable::PutBearer(const std::string& key, const std::string& local_id) {
  writer_.PutResolve(BearerPrefix(key) + IdBytes(local_id), "");
}

void ResolveTable::DeleteBearer(const std::string& key, const std::string& local_id) {
  writer_.DeleteResolve(BearerPrefix(key) + IdBytes(local_id));
}

Result<std::optional<ResolveTable::Row>> ResolveTable::FindMember(
    const std::string& local_id) const {
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                           writer_.GetResolve(KeyOf('M', local_id)));
  if (!value) return std::optional<Row>();
  std::string_view bytes = *value;
  std::string_view global;
  Row row;
  if (!GetFixed(&bytes, kIdBytes, &global) || !DecodeMember(bytes, &row.member)) {
    return Damaged('M', local_id);
  }
  if (global != std::string(kIdBytes, '\0')) row.global = ToHex(global);
  return std::optional(std::move(row));
}

void ResolveTable::PutMember(const Row& row) {
  std::string value = row.global.empty() ? std::string(kIdBytes, '\0') : IdBytes(row.global);
  EncodeMember(row.member, &value);
  writer_.PutResolve(KeyOf('M', row.member.id), std::move(value));
}

void ResolveTable::DeleteMember(const std::string& local_id) {
  writer_.DeleteResolve(KeyOf('M', local_id));
}

Result<std::vector<std::string>> ResolveTable::MembersOfArticle(
    const std::string& article_id) const {
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                           writer_.GetResolve(KeyOf('A', article_id)));
  std::vector<std::string> ids;
  if (!value) return ids;
  std::string_view bytes = *value;
  if (!GetIds(&bytes, bytes.size() / kIdBytes, &ids) || !bytes.empty()) {
    return Damaged('A', article_id);
  }
  return ids;
}

void ResolveTable::PutMembersOfArticle(const std::string& article_id,
                                       const std::vector<std::string>& ids) {
  if (ids.empty()) return writer_.DeleteResolve(KeyOf('A', article_id));
  std::string value;
  for (const std::string& id : ids) value += IdBytes(id);
  writer_.PutResolve(KeyOf('A', article_id), std::move(value));
}

Result<ResolveTable::Owned> ResolveTable::FindOwned(const std::string& article_id) const {
  HEARSAY_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                           writer_.GetResolve(KeyOf('O', article_id)));
  Owned owned;
  if (value && !DecodeOwned(*value, &owned)) return Damaged('O', article_id);
  return owned;
}

void ResolveTable::PutOwned(const std::string& article_id, const Owned& owned) {
  if (owned.nodes.empty()) return writer_.DeleteResolve(KeyOf('O', article_id));
  std::string value;
  PutVarint(owned.nodes.size(), &value);
  for (const std::string& node : owned.nodes) value += IdBytes(node);
  PutVarint(owned.edges.size(), &value);
  for (const EdgeData& edge : owned.edges) {
    value += IdBytes(edge.src) + IdBytes(edge.dst);
    PutBytes(edge.type, &value);
    PutBytes(edge.discriminator, &value);
  }
  writer_.PutResolve(KeyOf('O', article_id), std::move(value));
}

}  // namespace hearsay
