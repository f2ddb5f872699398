#include "graph/derive/member.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "graph/archive.h"
#include "graph/base/fold.h"
#include "graph/base/iso_time.h"
#include "graph/derive/public_ids.h"
#include "graph/record_fields.h"

namespace hearsay {

// The byte form.  The article of the evidence is the member's.
template <typename A>
void Fields(A& a, Evidence& v) {
  a(v.span, v.field, v.text);
}
template <typename A>
void Fields(A& a, Member& v) {
  a(v.id, v.article, v.published_ms, v.type, v.name, v.aliases, v.kind, v.gazetteer, v.latitude,
    v.longitude, v.domain, v.evidence);
}

namespace {

// Words of a byline that belong to a desk or an agency, folded.
constexpr std::array<std::string_view, 19> kNoPeople = {
    "agencies", "agency", "correspondent", "desk",     "editor",    "editorial", "editors", "media",
    "network",  "news",   "press",         "reporter", "reporters", "service",   "staff",   "team",
    "tv",       "web",    "wire"};

Member FromMetadata(std::string_view article_id, std::optional<std::int64_t> published_ms,
                    EntityType type, const char* field, std::string_view name,
                    const std::string& text) {
  Member member;
  member.id = MakePublicId(std::array<std::string_view, 4>{article_id, "entity", field, name});
  member.article = article_id;
  member.published_ms = published_ms;
  member.type = type;
  member.name = name;
  member.evidence.article = article_id;
  member.evidence.field = field;
  member.evidence.text = text;
  return member;
}

Member FromEntity(std::string_view article_id, std::optional<std::int64_t> published_ms,
                  const LocalEntity& entity, const std::string& id, std::string_view text) {
  Member member;
  member.id = id;
  member.article = article_id;
  member.published_ms = published_ms;
  member.type = entity.type;
  member.name = entity.name;
  member.aliases = entity.aliases;
  std::sort(member.aliases.begin(), member.aliases.end());
  member.kind = entity.kind;
  member.gazetteer = entity.gazetteer;
  member.latitude = entity.latitude;
  member.longitude = entity.longitude;
  member.evidence.article = article_id;
  if (!entity.mentions.empty()) {
    member.evidence.span = entity.mentions[0].span;
    member.evidence.text = entity.mentions[0].span.In(text);
  }
  return member;
}

bool NamesPerson(std::string_view name, std::string_view outlet) {
  const std::vector<std::string> words = FoldWords(name);
  if (words.size() < 2 || words.size() > 5 || FoldName(name) == FoldName(outlet)) return false;
  return std::none_of(words.begin(), words.end(), [](const std::string& word) {
    return std::find(kNoPeople.begin(), kNoPeople.end(), word) != kNoPeople.end() ||
           std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  });
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n.|";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool StartsWithBy(std::string_view text) {
  return text.size() > 3 && (text[0] == 'B' || text[0] == 'b') &&
         (text[1] == 'y' || text[1] == 'Y') && text[2] == ' ';
}

}  // namespace

bool ComesBefore(const Member& a, const Member& b) {
  const auto key = [](const Member& m) {
    return std::tuple(!m.published_ms.has_value(), m.published_ms.value_or(0),
                      std::string_view(m.id));
  };
  return key(a) < key(b);
}

std::string DomainOf(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
    host = host.substr(at + 1);
  }
  host = host.substr(0, host.find(':'));
  std::string domain(host);
  for (char& c : domain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  for (std::string_view prefix : {"www.", "m.", "amp."}) {
    if (domain.starts_with(prefix)) domain.erase(0, prefix.size());
  }
  return domain.find('.') == std::string::npos ? std::string() : domain;
}

std::vector<std::string> PeopleOfByline(std::string_view byline, std::string_view outlet) {
  std::vector<std::string> people;
  std::string_view rest = Trimmed(byline);
  if (StartsWithBy(rest)) rest = rest.substr(3);
  while (!rest.empty()) {
    std::size_t end = rest.size();
    std::size_t skip = 0;
    for (std::string_view separator : {",", ";", " and ", " & ", " / "}) {
      const std::size_t at = rest.find(separator);
      if (at < end) {
        end = at;
        skip = separator.size();
      }
    }
    const std::string_view name = Trimmed(rest.substr(0, end));
    const bool known = std::find(people.begin(), people.end(), name) != people.end();
    if (!known && NamesPerson(name, outlet)) people.emplace_back(name);
    rest = rest.substr(std::min(rest.size(), end + skip));
  }
  return people;
}

ArticleMembers MembersOf(std::string_view article_id, const Article& article, const Record& record,
                         const std::vector<std::string>& entity_ids) {
  const Metadata& metadata = article.metadata;
  std::optional<std::int64_t> published_ms;
  if (const auto time = ParseIsoTime(metadata.published)) published_ms = time->begin_ms();
  ArticleMembers result;
  std::vector<Member>& members = result.members;
  for (std::size_t i = 0; i < record.entities.size(); ++i) {
    members.push_back(
        FromEntity(article_id, published_ms, record.entities[i], entity_ids[i], article.text));
  }
  const auto add = [&](EntityType type, const char* field, std::string_view name,
                       const std::string& text) {
    members.push_back(FromMetadata(article_id, published_ms, type, field, name, text));
    return static_cast<std::uint32_t>(members.size() - 1);
  };
  if (!metadata.outlet.empty()) {
    result.metadata.outlet = add(EntityType::kMedia, "outlet", metadata.outlet, metadata.outlet);
    members.back().domain = DomainOf(metadata.url);
  }
  if (!metadata.credit.empty()) {
    result.metadata.credit = add(EntityType::kMedia, "credit", metadata.credit, metadata.credit);
  }
  for (const std::string& name : PeopleOfByline(metadata.byline, metadata.outlet)) {
    result.metadata.byline.push_back(add(EntityType::kPerson, "byline", name, metadata.byline));
  }
  return result;
}

void EncodeMember(const Member& member, std::string* out) { ByteWriter{out}(member); }

bool DecodeMember(std::string_view bytes, Member* member) {
  ByteReader reader(bytes);
  reader(*member);
  member->evidence.article = member->article;
  return reader.done();
}

}  // namespace hearsay
