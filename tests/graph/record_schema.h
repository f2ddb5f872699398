// Records against schemas/record.schema.json, by Valijson.
#pragma once

#include <string>

namespace hearsay::test {

// Empty if the JSON text `record` keeps to the schema; else what is wrong, a line each.  Tests run
// in the project's root, where the schema is found.
std::string SchemaErrors(const std::string& record);

}  // namespace hearsay::test
