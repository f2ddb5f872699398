#include "graph/derive/resolve.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "generate.h"

namespace hearsay {
namespace {

using Type = EntityType;

// A member of an article of its own, named after its place in the list.
Member Make(Type type, const std::string& name, std::vector<std::string> aliases = {},
            const std::string& gazetteer = "") {
  Member member;
  member.type = type;
  member.name = name;
  member.aliases = std::move(aliases);
  member.gazetteer = gazetteer;
  return member;
}

// The clusters as "0 1|2": indices of members; clusters in order of their first.
std::string Clusters(std::vector<Member> members) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i].id = std::string(31, '0') + static_cast<char>('a' + i);
    members[i].published_ms = static_cast<std::int64_t>(i);
  }
  const auto text_of = [](const std::vector<Member>& list) {
    std::vector<std::string> parts;
    for (const Cluster& cluster : ResolveMembers(list)) {
      std::string part;
      for (std::uint32_t m : cluster.members) {
        part += (part.empty() ? "" : " ") + std::to_string(*list[m].published_ms);
      }
      parts.push_back(part);
    }
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "|") + part;
    return text;
  };
  std::string text = text_of(members);
  std::vector<Member> reversed(members.rbegin(), members.rend());
  CHECK(text_of(reversed) == text);
  return text;
}

struct Case {
  const char* what;
  std::vector<Member> members;
  const char* clusters;
};

TEST_CASE("entities of different articles are joined by their keys") {
  const Case cases[] = {
      {"full name, any case and hyphen",
       {Make(Type::kPerson, "Ada-Mae Marat"), Make(Type::kPerson, "ADA MAE MARAT")},
       "0 1"},
      {"titles do not count",
       {Make(Type::kPerson, "Dr Ada Marat"), Make(Type::kPerson, "Ada Marat")},
       "0 1"},
      {"one word of a person's name joins nobody",
       {Make(Type::kPerson, "Marat"), Make(Type::kPerson, "Marat"),
        Make(Type::kPerson, "Ada Marat", {"Marat"})},
       "0|1|2"},
      {"another full name as alias",
       {Make(Type::kPerson, "Ada Marat", {"Ada B. Marat"}), Make(Type::kPerson, "Ada B. Marat")},
       "0 1"},
      {"an acronym joins its one full name",
       {Make(Type::kOrganization, "National Crisis Agency", {"NCA"}),
        Make(Type::kOrganization, "NCA")},
       "0 1"},
      {"an acronym of two full names joins neither",
       {Make(Type::kOrganization, "National Crisis Agency", {"NCA"}),
        Make(Type::kOrganization, "Northern Cotton Alliance", {"NCA"}),
        Make(Type::kOrganization, "NCA")},
       "0|1|2"},
      {"two full names with one acronym and nobody of that name",
       {Make(Type::kOrganization, "National Crisis Agency", {"NCA"}),
        Make(Type::kOrganization, "Northern Cotton Alliance", {"NCA"})},
       "0|1"},
      {"spelling variants",
       {Make(Type::kOrganization, "Relief Organisation"),
        Make(Type::kOrganization, "the Relief Organization"),
        Make(Type::kOrganization, "Defence Centre"), Make(Type::kOrganization, "Defense Center")},
       "0 1|2 3"},
      {"the class counts",
       {Make(Type::kOrganization, "Delta"), Make(Type::kMedia, "Delta")},
       "0|1"},
      {"a body that one article knows for a medium or a force",
       {Make(Type::kOrganization, "DPA"), Make(Type::kMedia, "DPA"),
        Make(Type::kOrganization, "Ember Guard"), Make(Type::kForce, "Ember Guard")},
       "0 1|2 3"},
      {"media by name, hyphen or space",
       {Make(Type::kMedia, "Delta-24"), Make(Type::kMedia, "Delta 24")},
       "0 1"},
      {"the same force by equal names only",
       {Make(Type::kForce, "Ember police"), Make(Type::kForce, "police in Ember"),
        Make(Type::kForce, "Ember Police")},
       "0 2|1"},
      {"descriptions join nobody",
       {Make(Type::kForce, "police"), Make(Type::kForce, "police"),
        Make(Type::kMedia, "local media"), Make(Type::kMedia, "local media")},
       "0|1|2|3"},
      {"unnamed sources join nobody",
       {Make(Type::kUnnamed, "A witness"), Make(Type::kUnnamed, "A witness")},
       "0|1"},
      {"places by row; without a row by name and type, unless two rows have the name",
       {Make(Type::kCity, "Ember", {}, "geonames:1"),
        Make(Type::kCity, "Port Ember", {"Ember"}, "geonames:1"), Make(Type::kCity, "Ember"),
        Make(Type::kRegion, "Ember")},
       "0 1 2|3"},
      {"two rows of one name",
       {Make(Type::kCity, "Ember", {}, "geonames:1"), Make(Type::kCity, "Ember", {}, "geonames:2"),
        Make(Type::kCity, "Ember")},
       "0|1|2"},
      {"a script without capitals is a name",
       {Make(Type::kOrganization, "\xE8\xB5\xA4\xE5\x8D\x81\xE5\xAD\x97"),
        Make(Type::kOrganization, "\xE8\xB5\xA4\xE5\x8D\x81\xE5\xAD\x97")},
       "0 1"},
  };
  for (const Case& c : cases) {
    INFO(c.what);
    CHECK(Clusters(c.members) == c.clusters);
  }
}

TEST_CASE("an outlet's domain is a name of it") {
  Member outlet = Make(Type::kMedia, "Ember Post");
  outlet.domain = "emberpost.example";
  CHECK(Clusters({outlet, Make(Type::kMedia, "Emberpost.example")}) == "0 1");
}

TEST_CASE("the earliest member names the entity, undated ones come last") {
  std::vector<Member> members = {Make(Type::kCity, "Ember"), Make(Type::kCity, "Ember"),
                                 Make(Type::kCity, "Ember")};
  members[0].id = std::string(32, '1');
  members[1].id = std::string(32, '2');
  members[1].published_ms = 20;
  members[2].id = std::string(32, '3');
  members[2].published_ms = 10;
  const std::vector<Cluster> clusters = ResolveMembers(members);
  REQUIRE(clusters.size() == 1);
  CHECK(clusters[0].id == std::string(32, '3'));
  CHECK(clusters[0].members == std::vector<std::uint32_t>{2, 1, 0});
  CHECK(clusters[0].rules == std::vector<std::string>{"name"});
}

TEST_CASE("bylines name people, not desks") {
  using Names = std::vector<std::string>;
  CHECK(PeopleOfByline("By Ann Lee and Bo Chen", "") == Names{"Ann Lee", "Bo Chen"});
  CHECK(PeopleOfByline("Ann Lee, Bo Chen; Cy Diaz", "") == Names{"Ann Lee", "Bo Chen", "Cy Diaz"});
  CHECK(PeopleOfByline("Delta News Agency", "").empty());
  CHECK(PeopleOfByline("Ember Post", "ember post").empty());
  CHECK(PeopleOfByline("Staff", "").empty());
  CHECK(PeopleOfByline("", "").empty());
}

TEST_CASE("domains of urls") {
  CHECK(DomainOf("https://www.Efe.com/a?b") == "efe.com");
  CHECK(DomainOf("http://user@news.example.org:80/") == "news.example.org");
  CHECK(DomainOf("a/b.txt").empty());
  CHECK(DomainOf("http://localhost/").empty());
}

TEST_CASE("a member reads back from its bytes, and damage is seen") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const test::GeneratedArticle made = test::GenerateArticle(seed);
    const std::vector<std::string> ids(made.record.entities.size(), std::string(32, 'c'));
    for (const Member& member :
         MembersOf(std::string(32, 'a'), made.article, made.record, ids).members) {
      std::string bytes;
      EncodeMember(member, &bytes);
      Member read;
      REQUIRE(DecodeMember(bytes, &read));
      REQUIRE(read == member);
      for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        Member part;
        REQUIRE_FALSE(DecodeMember(bytes.substr(0, cut), &part));
      }
    }
  }
}

}  // namespace
}  // namespace hearsay
