// A member is one article's local entity as resolution across articles sees it.  Entities of the
// record are members, and so are those that only metadata names: the outlet, the agency it
// credits, the people of the byline.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/record.h"
#include "graph/view.h"

namespace hearsay {

struct Member {
  std::string id;                            // public id, permanent
  std::string article;                       // public id of its article
  std::optional<std::int64_t> published_ms;  // earliest instant of the article's publication
  EntityType type = EntityType::kPerson;
  std::string name;
  std::vector<std::string> aliases;  // sorted
  std::string kind;
  std::string gazetteer;
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::string domain;  // of an outlet, from its article's URL: "efe.com"
  Evidence evidence;   // the first mention, or the metadata field
  bool operator==(const Member&) const = default;
};

// Earlier publication first, undated last, then by id: the first member names the entity.
bool ComesBefore(const Member& a, const Member& b);

// Which member a metadata field became.
struct MetadataMembers {
  std::optional<std::uint32_t> outlet;  // indices into MembersOf's result
  std::optional<std::uint32_t> credit;
  std::vector<std::uint32_t> byline;
};

struct ArticleMembers {
  std::vector<Member> members;  // first those of Record::entities, in their order
  MetadataMembers metadata;
};

// O(entities).  `entity_ids` as RecordIds::entities.
ArticleMembers MembersOf(std::string_view article_id, const Article& article, const Record& record,
                         const std::vector<std::string>& entity_ids);

// The people a byline names: "By Ann Lee and Bo Chen" -> {"Ann Lee", "Bo Chen"}.  Words that name
// a desk or an agency, single words and the outlet itself are no people.
std::vector<std::string> PeopleOfByline(std::string_view byline, std::string_view outlet);

// "https://www.efe.com/x" -> "efe.com"; empty if there is no host.
std::string DomainOf(std::string_view url);

// Byte form for the store (docs/storage-format.md, "Resolution").  Decode returns false on bytes
// that Encode did not write.
void EncodeMember(const Member& member, std::string* out);
bool DecodeMember(std::string_view bytes, Member* member);

}  // namespace hearsay
