#include "graph/record_bytes.h"

#include "graph/archive.h"
#include "graph/record_fields.h"

namespace hearsay {

std::string EncodeRecord(const Record& record) {
  std::string out;
  ByteWriter writer(&out);
  writer(record);
  return out;
}

bool DecodeRecord(std::string_view bytes, Record* record) {
  *record = {};
  ByteReader reader(bytes);
  reader(*record);
  return reader.done();
}

}  // namespace hearsay
