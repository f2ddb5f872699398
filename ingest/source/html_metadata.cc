#include "ingest/source/html_metadata.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "ingest/text/dates.h"
#include "ingest/text/utf8.h"

namespace hearsay::ingest {
namespace {

using nlohmann::json;

constexpr int kJsonDepthMax = 16;
constexpr std::size_t kFieldBytesMax = 1000;

void SetIfEmpty(std::string& field, std::string_view value) {
  if (!field.empty()) return;
  value = TrimSpace(value);
  if (value.empty() || value.size() > kFieldBytesMax) return;
  field = TrimSpace(DecodeEntities(value));
}

void SetDate(std::string& field, std::string_view value) {
  if (!field.empty()) return;
  if (const auto iso = ParseDate(value)) field = *iso;
}

bool IsHttpUrl(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

void SetUrl(std::string& field, std::string_view value) {
  value = TrimSpace(value);
  if (IsHttpUrl(value)) SetIfEmpty(field, value);
}

void SetAuthor(std::string& field, std::string_view value) {
  if (!IsHttpUrl(TrimSpace(value)) && value.find('@') == std::string_view::npos) {
    SetIfEmpty(field, value);
  }
}

// "en_US" and "EN" -> "en-US" and "en".
std::string LanguageTag(std::string_view value) {
  std::string tag(TrimSpace(value));
  if (tag.size() < 2 || tag.size() > 12) return {};
  for (std::size_t i = 0; i < tag.size(); ++i) {
    char& c = tag[i];
    if (c == '_') c = '-';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && c != '-' && !(c >= '0' && c <= '9')) return {};
    if (i < 2 && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return tag;
}

// ----- JSON-LD -----

std::string StringOf(const json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

// "name" of an object or a list of objects; strings stand for themselves.
std::string NamesOf(const json& value, int depth) {
  if (depth > kJsonDepthMax) return {};
  if (value.is_string()) return IsHttpUrl(value.get<std::string>()) ? "" : StringOf(value);
  if (value.is_object()) return value.contains("name") ? NamesOf(value["name"], depth + 1) : "";
  std::string names;
  if (!value.is_array()) return names;
  for (const json& item : value) {
    const std::string name = NamesOf(item, depth + 1);
    if (name.empty()) continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names;
}

bool IsArticleType(const json& object) {
  const auto type = object.find("@type");
  if (type == object.end()) return false;
  const auto is_article = [](const json& name) {
    const std::string text = StringOf(name);
    return text.ends_with("Article") || text.ends_with("BlogPosting") || text == "Report";
  };
  if (type->is_array()) return std::any_of(type->begin(), type->end(), is_article);
  return is_article(*type);
}

// The first article object anywhere inside.
const json* FindArticle(const json& value, int depth) {
  if (depth > kJsonDepthMax) return nullptr;
  if (value.is_object() && IsArticleType(value) && value.contains("headline")) return &value;
  if (!value.is_object() && !value.is_array()) return nullptr;
  for (const json& inner : value) {
    if (const json* found = FindArticle(inner, depth + 1)) return found;
  }
  return nullptr;
}

std::string UrlOf(const json& article) {
  for (const char* key : {"mainEntityOfPage", "url", "@id"}) {
    const auto found = article.find(key);
    if (found == article.end()) continue;
    std::string url = StringOf(*found);
    if (found->is_object()) {
      const auto id = found->find("@id");
      if (id != found->end()) url = StringOf(*id);
    }
    if (IsHttpUrl(url)) return url;
  }
  return {};
}

std::string Member(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? std::string() : StringOf(*found);
}

void TakeJsonLd(const json& value, Metadata* metadata) {
  const json* article = FindArticle(value, 0);
  if (article == nullptr) return;
  SetIfEmpty(metadata->title, Member(*article, "headline"));
  SetDate(metadata->published, Member(*article, "datePublished"));
  SetDate(metadata->updated, Member(*article, "dateModified"));
  SetIfEmpty(metadata->dateline, Member(*article, "dateline"));
  if (article->contains("author")) SetAuthor(metadata->byline, NamesOf((*article)["author"], 0));
  if (article->contains("publisher")) {
    SetIfEmpty(metadata->outlet, NamesOf((*article)["publisher"], 0));
  }
  SetUrl(metadata->url, UrlOf(*article));
  const std::string language = LanguageTag(Member(*article, "inLanguage"));
  if (metadata->language.empty()) metadata->language = language;
}

// Pages put raw line ends and comments into their JSON-LD; what still fails is left alone.
std::optional<json> ParseLenient(std::string_view text) {
  json value = json::parse(text.begin(), text.end(), nullptr, false, true);
  if (!value.is_discarded()) return value;
  std::string cleaned(text);
  std::replace_if(
      cleaned.begin(), cleaned.end(), [](char c) { return c >= 0 && c < 0x20; }, ' ');
  value = json::parse(cleaned, nullptr, false, true);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

// ----- elements -----

// What <meta> elements give, by lower-case name or property; the first of a name counts.
class Metas {
 public:
  void Add(const HtmlNode* node) {
    const std::string_view content = Attribute(node, "content");
    if (content.empty()) return;
    for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
      const std::string name = FoldWord(Attribute(node, key));
      if (!name.empty()) values_.emplace(name, content);
    }
  }
  std::string_view First(std::initializer_list<std::string_view> names) const {
    for (std::string_view name : names) {
      const auto found = values_.find(name);
      if (found != values_.end() && !TrimSpace(found->second).empty()) return found->second;
    }
    return {};
  }

 private:
  std::map<std::string, std::string_view, std::less<>> values_;
};

struct Elements {
  Metas metas;
  std::string canonical;
  std::string title;  // <title>
  std::string h1;
  std::string author;  // rel=author, itemprop=author
  std::string time;    // <time datetime> of publication
  std::string time_any;
  std::string modified;
  std::vector<std::string_view> json_ld;
};

bool HasWord(std::string_view list, std::string_view word) {
  const std::string folded = FoldPhrase(list);
  return (" " + folded + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

void Collect(const HtmlNode* node, Elements* out) {
  if (!IsElement(node)) return;
  const std::string_view tag = TagName(node);
  if (tag == "meta") out->metas.Add(node);
  if (tag == "link" && HasWord(Attribute(node, "rel"), "canonical")) {
    SetUrl(out->canonical, Attribute(node, "href"));
  }
  if (tag == "title" && out->title.empty()) out->title = TextBelow(node);
  if (tag == "h1" && out->h1.empty()) out->h1 = TextBelow(node);
  if (tag == "script" && FoldWord(Attribute(node, "type")).find("ld+json") != std::string::npos) {
    for (const HtmlNode* child : Children(node)) {
      if (IsText(child)) out->json_ld.push_back(Characters(child));
    }
  }
  if (tag != "meta" && tag != "link" &&
      (HasWord(Attribute(node, "rel"), "author") ||
       HasWord(Attribute(node, "itemprop"), "author"))) {
    SetAuthor(out->author, TextBelow(node).substr(0, kFieldBytesMax));
  }
  if (tag == "time") {
    std::string_view when = Attribute(node, "datetime");
    const std::string shown = when.empty() ? TextBelow(node) : std::string();
    if (when.empty()) when = shown;
    const bool published =
        HasWord(Attribute(node, "itemprop"), "datepublished") || HasAttribute(node, "pubdate");
    if (HasWord(Attribute(node, "itemprop"), "datemodified")) {
      SetDate(out->modified, when);
    } else {
      SetDate(published ? out->time : out->time_any, when);
    }
  }
  for (const HtmlNode* child : Children(node)) Collect(child, out);
}

// "Headline | Outlet" -> "Headline", if the page says what the outlet is or the h1 agrees.
std::string WithoutSite(const std::string& title, std::string_view outlet, std::string_view h1) {
  if (!h1.empty() && h1.size() < title.size() && title.starts_with(h1)) return std::string(h1);
  for (std::string_view separator : {" | ", " - ", " – ", " — ", " :: ", " » "}) {
    const std::size_t at = title.rfind(separator);
    if (at == std::string::npos || at == 0) continue;
    const std::string_view rest = std::string_view(title).substr(at + separator.size());
    if (!outlet.empty() && FoldPhrase(rest) == FoldPhrase(outlet)) return title.substr(0, at);
  }
  return title;
}

}  // namespace

Metadata ReadPageMetadata(const Dom& dom) {
  Elements elements;
  Collect(dom.root(), &elements);
  Metadata metadata;
  for (std::string_view text : elements.json_ld) {
    if (const auto value = ParseLenient(text)) TakeJsonLd(*value, &metadata);
  }
  const Metas& metas = elements.metas;
  SetIfEmpty(metadata.outlet, metas.First({"og:site_name", "application-name", "publisher",
                                           "dc.publisher", "twitter:app:name:iphone"}));
  if (metadata.title.empty()) {
    SetIfEmpty(metadata.title, metas.First({"og:title", "twitter:title", "dc.title", "title"}));
    if (metadata.title.empty()) {
      SetIfEmpty(metadata.title, elements.title.empty() ? elements.h1 : elements.title);
    }
    metadata.title = WithoutSite(metadata.title, metadata.outlet, elements.h1);
  }
  SetAuthor(metadata.byline, metas.First({"author", "article:author", "dc.creator", "byl",
                                          "parsely-author", "sailthru.author"}));
  SetAuthor(metadata.byline, elements.author);
  for (std::string_view name :
       {"article:published_time", "og:published_time", "datepublished", "date", "pubdate",
        "publishdate", "publish-date", "publication_date", "dc.date", "dc.date.issued",
        "dc.date.created", "dcterms.created", "dcterms.date", "sailthru.date", "parsely-pub-date",
        "article.published", "published_time", "article_date_original",
        "cxenseparse:recs:publishtime"}) {
    SetDate(metadata.published, metas.First({name}));
  }
  SetDate(metadata.published, elements.time);
  SetDate(metadata.published, elements.time_any);
  for (std::string_view name : {"article:modified_time", "og:updated_time", "datemodified",
                                "lastmod", "last-modified", "dcterms.modified"}) {
    SetDate(metadata.updated, metas.First({name}));
  }
  SetDate(metadata.updated, elements.modified);
  if (!elements.canonical.empty()) metadata.url = elements.canonical;
  SetUrl(metadata.url, metas.First({"og:url"}));
  const HtmlNode* root = dom.root();
  for (const std::string_view value :
       {Attribute(root, "lang"), Attribute(root, "xml:lang"), metas.First({"og:locale"}),
        metas.First({"content-language", "language"})}) {
    if (metadata.language.empty()) metadata.language = LanguageTag(value);
  }
  return metadata;
}

}  // namespace hearsay::ingest
