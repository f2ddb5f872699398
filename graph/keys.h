// Every byte of every key of the store (docs/storage-format.md, "Keys").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/value.h"

namespace hearsay {

// The format of keys and values that this build writes, and the only one it reads.
inline constexpr int kFormatVersion = 1;

namespace keys {

// Public ids are 32 lower-case hex digits outside and 16 bytes in keys.
inline constexpr std::size_t kPublicIdBytes = 16;
// Nothing if `id` is not of that form.
std::optional<std::string> PublicIdToBytes(std::string_view id);

// --- kMeta ---
inline constexpr std::string_view kFormat = "format";
inline constexpr std::string_view kRecordGeneration = "generation/records";
inline constexpr std::string_view kDerivedGeneration = "generation/derived";
inline constexpr std::string_view kDeriving = "deriving";  // there: the derived layer is half made
inline constexpr std::string_view kDeriver = "deriver";    // version of the derivation
inline constexpr std::string_view kExtractor = "extractor";
inline constexpr std::string_view kArticleCount = "articles";
inline constexpr std::string_view kChangedPrefix = "changed/";  // + article16
inline constexpr std::string_view kSymbolPrefix = "symbol/";    // + name
inline constexpr std::string_view kCountPrefix = "count/";
std::string Changed(std::string_view article_bytes);
std::string SymbolOf(std::string_view name);
std::string NodeCount();
std::string EdgeCount();
std::string LabelCount(Symbol label);
std::string TypeCount(Symbol type);
std::string PropertyCount(Symbol key);  // nodes and edges that have it

// --- kArticle: a row an article, and its names ---
std::string Article(std::string_view article_bytes);
std::string ArticleName(std::string_view name, std::string_view article_bytes);  // path or URL
std::string ArticleNamePrefix(std::string_view name);   // exactly this name
std::string ArticleItemsPrefix(std::string_view path);  // "path:14", items of a file
// Splits a key made by ArticleName.
bool ParseArticleName(std::string_view key, std::string_view* name,
                      std::string_view* article_bytes);
inline constexpr std::string_view kArticlePrefix = "a";

// --- kNode ---
std::string Node(NodeId node);
bool ParseNode(std::string_view key, NodeId* node);

// --- kOut, kIn: near8 type4 far8 edge8 ---
std::string OutEdge(const Edge& edge);
std::string InEdge(const Edge& edge);
std::string Adjacent(NodeId near);               // prefix: all edges of a node
std::string Adjacent(NodeId near, Symbol type);  // prefix: those of one type
bool ParseOutEdge(std::string_view key, Edge* edge);
bool ParseInEdge(std::string_view key, Edge* edge);

// --- kIndex ---
std::string LabelEntry(Symbol label, NodeId node);
std::string LabelPrefix(Symbol label);
std::string NameEntry(std::string_view folded, NodeId node);
std::string NamePrefix(std::string_view folded);       // exactly this name
std::string NameStartPrefix(std::string_view folded);  // names that start so
std::string WordEntry(std::string_view word, NodeId node);
std::string WordPrefix(std::string_view word);
// The node at the end of an index key.
bool ParseIndexNode(std::string_view key, NodeId* node);

}  // namespace keys
}  // namespace hearsay
