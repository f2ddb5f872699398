// The byte form of a record in the store (docs/storage-format.md, "Records").
#pragma once

#include <string>
#include <string_view>

#include "graph/record.h"

namespace hearsay {

std::string EncodeRecord(const Record& record);
// False on bytes that are no record.
bool DecodeRecord(std::string_view bytes, Record* record);

}  // namespace hearsay
