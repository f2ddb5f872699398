#include "graph/element.h"

#include <cstdint>

#include "graph/base/coding.h"
#include "graph/keys.h"

namespace hearsay {
namespace {

// What an evidence is made of, in the order in which it stands there.
enum EvidencePart : std::uint8_t {
  kArticleId = 1,    // 16 bytes
  kArticleText = 2,  // an article name that is no public id (hand-made graphs), as bytes
  kSpan = 4,
  kField = 8,
  kGazetteer = 16,
  kText = 32,
  kRule = 64,
};

void PutEvidence(const Evidence& evidence, std::string* out) {
  const std::optional<std::string> article = keys::PublicIdToBytes(evidence.article);
  std::uint8_t parts = 0;
  if (article) parts |= kArticleId;
  if (!article && !evidence.article.empty()) parts |= kArticleText;
  if (evidence.span) parts |= kSpan;
  if (!evidence.field.empty()) parts |= kField;
  if (!evidence.gazetteer.empty()) parts |= kGazetteer;
  // The bytes of a span stand in the article's text and nowhere else.
  const bool text = !evidence.text.empty() && !(article && evidence.span);
  if (text) parts |= kText;
  if (!evidence.rule.empty()) parts |= kRule;
  PutU8(parts, out);
  if (article) out->append(*article);
  if ((parts & kArticleText) != 0) PutBytes(evidence.article, out);
  if (evidence.span) {
    PutVarint(evidence.span->begin, out);
    PutVarint(evidence.span->end, out);
  }
  if (!evidence.field.empty()) PutBytes(evidence.field, out);
  if (!evidence.gazetteer.empty()) PutBytes(evidence.gazetteer, out);
  if (text) PutBytes(evidence.text, out);
  if (!evidence.rule.empty()) PutBytes(evidence.rule, out);
}

bool GetEvidence(std::string_view* in, Evidence* evidence) {
  std::uint8_t parts = 0;
  std::string_view article;
  if (!GetU8(in, &parts)) return false;
  if ((parts & kArticleId) != 0) {
    if (!GetFixed(in, keys::kPublicIdBytes, &article)) return false;
    evidence->article = ToHex(article);
  }
  if ((parts & kArticleText) != 0 && !GetBytes(in, &evidence->article)) return false;
  if ((parts & kSpan) != 0) {
    Span span;
    if (!GetVarint32(in, &span.begin) || !GetVarint32(in, &span.end)) return false;
    evidence->span = span;
  }
  if ((parts & kField) != 0 && !GetBytes(in, &evidence->field)) return false;
  if ((parts & kGazetteer) != 0 && !GetBytes(in, &evidence->gazetteer)) return false;
  if ((parts & kText) != 0 && !GetBytes(in, &evidence->text)) return false;
  return (parts & kRule) == 0 || GetBytes(in, &evidence->rule);
}

void PutEvidenceList(const std::vector<Evidence>& list, std::string* out) {
  PutVarint(list.size(), out);
  for (const Evidence& evidence : list) PutEvidence(evidence, out);
}

bool GetEvidenceList(std::string_view* in, std::vector<Evidence>* list) {
  std::uint64_t size = 0;
  if (!GetVarint(in, &size) || size > in->size()) return false;
  list->resize(size);
  for (Evidence& evidence : *list) {
    if (!GetEvidence(in, &evidence)) return false;
  }
  return true;
}

void PutSymbol(Symbol symbol, std::string* out) {
  PutVarint(static_cast<std::uint32_t>(symbol), out);
}

bool GetSymbol(std::string_view* in, Symbol* symbol) {
  std::uint32_t number = 0;
  if (!GetVarint32(in, &number)) return false;
  *symbol = Symbol{number};
  return true;
}

void PutProperties(const RawProperties& properties, std::string* out) {
  PutVarint(properties.size(), out);
  for (const auto& [key, value] : properties) {
    PutSymbol(key, out);
    PutBytes(value, out);
  }
}

// Reads past all properties unless `visit` ends the walk; then `*in` is of no further use.
bool VisitProperties(std::string_view* in, const PropertyVisitor& visit) {
  std::uint64_t size = 0;
  if (!GetVarint(in, &size)) return false;
  for (std::uint64_t i = 0; i < size; ++i) {
    Symbol key{};
    std::string_view value;
    if (!GetSymbol(in, &key) || !GetBytes(in, &value)) return false;
    if (!visit(key, value)) return true;
  }
  return true;
}

bool GetProperties(std::string_view* in, RawProperties* properties) {
  return VisitProperties(in, [&](Symbol key, std::string_view value) {
    properties->emplace_back(key, value);
    return true;
  });
}

bool GetPublicId(std::string_view* in, std::string* id) {
  std::string_view bytes;
  if (!GetFixed(in, keys::kPublicIdBytes, &bytes)) return false;
  id->assign(bytes);
  return true;
}

bool GetLabels(std::string_view* in, std::vector<Symbol>* labels) {
  std::uint64_t size = 0;
  if (!GetVarint(in, &size) || size > in->size()) return false;
  labels->resize(size);
  for (Symbol& label : *labels) {
    if (!GetSymbol(in, &label)) return false;
  }
  return true;
}

}  // namespace

std::string EncodeNodeRow(const NodeRow& row) {
  std::string out = row.public_id;
  PutVarint(row.labels.size(), &out);
  for (const Symbol label : row.labels) PutSymbol(label, &out);
  PutProperties(row.properties, &out);
  PutEvidenceList(row.evidence, &out);
  PutVarint(row.evidence_via ? static_cast<std::uint64_t>(*row.evidence_via) + 1 : 0, &out);
  PutVarint(row.names.size(), &out);
  for (const std::string& name : row.names) PutBytes(name, &out);
  PutBytes(row.words, &out);
  return out;
}

bool DecodeNodeRow(std::string_view bytes, NodeRow* row) {
  *row = {};
  std::uint64_t via = 0;
  std::uint64_t names = 0;
  if (!GetPublicId(&bytes, &row->public_id) || !GetLabels(&bytes, &row->labels) ||
      !GetProperties(&bytes, &row->properties) || !GetEvidenceList(&bytes, &row->evidence) ||
      !GetVarint(&bytes, &via) || via > std::uint64_t{1} << 32 || !GetVarint(&bytes, &names) ||
      names > bytes.size()) {
    return false;
  }
  if (via != 0) row->evidence_via = Symbol{static_cast<std::uint32_t>(via - 1)};
  row->names.resize(names);
  for (std::string& name : row->names) {
    if (!GetBytes(&bytes, &name)) return false;
  }
  return GetBytes(&bytes, &row->words) && bytes.empty();
}

std::string EncodeEdgeRow(const EdgeRow& row) {
  std::string out = row.public_id;
  PutProperties(row.properties, &out);
  PutEvidenceList(row.evidence, &out);
  return out;
}

bool DecodeEdgeRow(std::string_view bytes, EdgeRow* row) {
  *row = {};
  return GetPublicId(&bytes, &row->public_id) && GetProperties(&bytes, &row->properties) &&
         GetEvidenceList(&bytes, &row->evidence) && bytes.empty();
}

bool NodeRowLabels(std::string_view row, std::vector<Symbol>* labels) {
  std::string_view id;
  return GetFixed(&row, keys::kPublicIdBytes, &id) && GetLabels(&row, labels);
}

bool NodeRowProperties(std::string_view row, const PropertyVisitor& visit) {
  std::vector<Symbol> labels;
  std::string_view id;
  return GetFixed(&row, keys::kPublicIdBytes, &id) && GetLabels(&row, &labels) &&
         VisitProperties(&row, visit);
}

bool EdgeRowProperties(std::string_view row, const PropertyVisitor& visit) {
  std::string_view id;
  return GetFixed(&row, keys::kPublicIdBytes, &id) && VisitProperties(&row, visit);
}

}  // namespace hearsay
