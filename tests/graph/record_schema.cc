#include "record_schema.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace hearsay::test {
namespace {

using nlohmann::json;

const valijson::Schema& RecordSchema() {
  static const valijson::Schema* const kSchema = [] {
    std::ifstream file("schemas/record.schema.json");  // tests run in the project's root
    const json document = json::parse(file);
    auto* schema = new valijson::Schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(document), *schema);
    return schema;
  }();
  return *kSchema;
}

}  // namespace

std::string SchemaErrors(const std::string& text) {
  const json record = json::parse(text);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(RecordSchema(), valijson::adapters::NlohmannJsonAdapter(record),
                         &results)) {
    return "";
  }
  std::string errors;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const std::string& step : error.context) errors += step;
    errors += ": " + error.description + "\n";
  }
  return errors.empty() ? "invalid" : errors;
}

}  // namespace hearsay::test
