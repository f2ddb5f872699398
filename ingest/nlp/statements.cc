#include "ingest/nlp/statements.h"

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>

#include "ingest/components.h"
#include "ingest/lexicon/lexicons.h"
#include "ingest/nlp/names.h"

namespace hearsay::ingest {
namespace {

constexpr int kNarratedWordsMin = 4;  // fewer words left of a sentence say nothing of their own

std::string Squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == '\t') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  return out;
}

std::string Folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return out;
}

class StatementMaker {
 public:
  StatementMaker(Analysis& analysis, const std::unordered_set<std::string_view>& documents)
      : analysis_(analysis), index_(analysis, documents) {}

  void Run() {
    for (const Attribution& a : analysis_.attributions) {
      // An attribution whose parent stands later in the list is fixed up below: indices agree.
      Add(a);
    }
    for (std::size_t i = 0; i < analysis_.attributions.size(); ++i) {
      StatementRecord& s = record().statements[i];
      if (s.source && s.speakers.empty()) s.speakers.push_back(SpeakerAround(i));
    }
    for (std::size_t i = 0; i < analysis_.attributions.size(); ++i) Chain(i, 0);
    GoOn();
    Narrate();
  }

 private:
  static constexpr int kDeepest = 32;  // statements inside one another that are followed

  Record& record() { return analysis_.record; }

  EntityIndex Unnamed(Span span) {
    const auto known = unnamed_.find(span.begin);
    if (known != unnamed_.end()) return known->second;
    LocalEntity entity;
    entity.type = EntityType::kUnnamed;
    entity.name = Squeezed(analysis_.Text(span));
    entity.mentions.push_back({span, MentionForm::kNominal});
    record().entities.push_back(std::move(entity));
    const auto index = static_cast<EntityIndex>(record().entities.size() - 1);
    unnamed_.emplace(span.begin, index);
    return index;
  }

  void Add(const Attribution& a) {
    StatementRecord s;
    s.form = a.form;
    s.where = a.where;
    s.source = a.source;
    s.cue = a.cue;
    s.content = a.content;
    std::sort(s.content.begin(), s.content.end());
    s.parent = a.parent;
    s.certainty = a.certainty;
    s.polarity = a.polarity;
    s.confidence = a.confidence;
    s.rule = a.rule;
    if (a.source) {
      s.speakers = index_.FindAll(*a.source);
    }
    if (a.addressee) {
      s.addressee_span = a.addressee;
      s.addressee = index_.Find(*a.addressee);
      if (!s.addressee) s.addressee = Unnamed(*a.addressee);
    }
    record().statements.push_back(std::move(s));
  }

  // Of statement `i`, whose source is no known mention: "I" in a quotation is who is quoted there.
  EntityIndex SpeakerAround(std::size_t i) {
    const Span source = *record().statements[i].source;
    if (analysis_.Text(source) != "I") return Unnamed(source);
    std::optional<std::uint32_t> at = record().statements[i].parent;
    for (int depth = 0; at && depth < kDeepest; ++depth) {
      const StatementRecord& around = record().statements[*at];
      const bool quotes =
          around.form != StatementForm::kIndirect || analysis_.Text(*around.cue) == ":";
      if (!quotes || !around.source) break;
      if (!around.speakers.empty()) return around.speakers.front();
      at = around.parent;
    }
    return Unnamed(source);
  }

  bool IsOutlet(EntityIndex entity) const {
    const std::string outlet = Folded(analysis_.article.metadata.outlet);
    if (outlet.empty()) return false;
    const LocalEntity& e = analysis_.record.entities[entity];
    if (Folded(e.name) == outlet) return true;
    return std::any_of(e.aliases.begin(), e.aliases.end(),
                       [&](const std::string& alias) { return Folded(alias) == outlet; });
  }

  static void Push(std::vector<Hop>* chain, Hop hop) {
    if (std::none_of(chain->begin(), chain->end(),
                     [&](const Hop& h) { return h.entity == hop.entity; })) {
      chain->push_back(hop);
    }
  }

  // Fills the chain of statement `i`, its parent's first.
  void Chain(std::size_t i, int depth) {
    StatementRecord& s = record().statements[i];
    if (!s.chain.empty()) return;
    const Attribution& a = analysis_.attributions[i];
    std::vector<Hop> chain;
    if (!s.speakers.empty()) Push(&chain, {s.speakers.front(), *a.source, Via::kSource});
    if (s.addressee && record().entities[*s.addressee].type == EntityType::kMedia &&
        !IsOutlet(*s.addressee)) {
      Push(&chain, {*s.addressee, *s.addressee_span, Via::kAddressee});
    }
    // A hop that stands outside what the parent says passed the parent on as well.
    const auto in_parent = [&](Span hop) {
      if (!a.parent) return true;
      const std::vector<Span>& content = analysis_.attributions[*a.parent].content;
      return std::any_of(content.begin(), content.end(),
                         [&](Span part) { return part.Covers(hop); });
    };
    const auto add_hops = [&](bool inner) {
      for (const auto& [span, via] : a.outer) {
        if (in_parent(span) != inner) continue;
        const std::optional<EntityIndex> found = index_.Find(span);
        const EntityIndex entity = found ? *found : Unnamed(span);
        if (!IsOutlet(entity)) Push(&chain, {entity, span, via});
      }
    };
    add_hops(true);
    if (s.parent && depth < kDeepest) {
      Chain(*s.parent, depth + 1);
      for (Hop hop : record().statements[*s.parent].chain) {
        if (hop.via == Via::kSource) hop.via = Via::kParent;
        Push(&chain, hop);
      }
    }
    add_hops(false);
    // The outlet itself is the article's, not a hop.
    std::erase_if(chain, [&](const Hop& h) { return chain.size() > 1 && IsOutlet(h.entity); });
    record().statements[i].chain = std::move(chain);
  }

  bool PointsBack(Span source) const {
    const std::string& first = analysis_.tokens[analysis_.TokensOf(source).begin].lower;
    return first == "the" || first == "he" || first == "she";
  }

  // Somebody without a name whom one medium heard is heard by way of it again: "A witness told the
  // agency that ... The witness added that ...".
  void GoOn() {
    std::unordered_map<EntityIndex, std::size_t> heard;  // by speaker: the last through others
    for (std::size_t i = 0; i < analysis_.attributions.size(); ++i) {
      StatementRecord& s = record().statements[i];
      if (s.speakers.empty()) continue;
      const EntityIndex speaker = s.speakers.front();
      if (record().entities[speaker].type != EntityType::kUnnamed) continue;
      const auto before = heard.find(speaker);
      if (s.chain.size() > 1) {
        heard[speaker] = i;
      } else if (before != heard.end() && !s.parent && !s.addressee && PointsBack(*s.source)) {
        for (const Hop& hop : record().statements[before->second].chain) Push(&s.chain, hop);
      }
    }
  }

  // What stands under no statement is said by the article.
  void Narrate() {
    std::vector<Span> taken;
    for (const Attribution& a : analysis_.attributions) {
      taken.insert(taken.end(), a.content.begin(), a.content.end());
      if (a.source) taken.push_back(*a.source);
      if (a.cue) taken.push_back(*a.cue);
      if (a.addressee) taken.push_back(*a.addressee);
      for (const auto& [span, via] : a.outer) taken.push_back(span);
    }
    std::sort(taken.begin(), taken.end());
    std::size_t next = 0;
    std::uint32_t reach = 0;  // all before it that is in `taken` ends here at the latest
    const bool has_lede = FindLede();
    for (const Sentence& sentence : analysis_.sentences) {
      const Block& block = analysis_.blocks[sentence.block];
      const bool text = block.kind == BlockKind::kBody || block.kind == BlockKind::kTitle ||
                        block.kind == BlockKind::kCaption || block.kind == BlockKind::kHeading ||
                        block.kind == BlockKind::kList;
      StatementRecord s;
      TokenIndex begin = sentence.tokens.begin;
      bool open = false;
      int words_all = 0;
      const auto close = [&](TokenIndex end) {
        if (!open) return;
        open = false;
        while (end > begin && analysis_.tokens[end - 1].kind == TokenKind::kPunctuation) --end;
        while (begin < end && analysis_.tokens[begin].kind == TokenKind::kPunctuation) ++begin;
        int words = 0;
        for (TokenIndex t = begin; t < end; ++t) {
          words += analysis_.tokens[t].kind == TokenKind::kWord ||
                           analysis_.tokens[t].kind == TokenKind::kNumber
                       ? 1
                       : 0;
        }
        if (words < kNarratedWordsMin) return;
        words_all += words;
        s.content.push_back(analysis_.SpanOf({begin, end}));
      };
      for (TokenIndex t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
        const Span span = analysis_.tokens[t].span;
        while (next < taken.size() && taken[next].begin <= span.begin) {
          reach = std::max(reach, taken[next].end);
          ++next;
        }
        const bool covered = span.begin < reach;
        if (covered) {
          close(t);
        } else if (!open) {
          open = true;
          begin = t;
        }
      }
      close(sentence.tokens.end);
      if (!text || s.content.empty()) continue;
      s.form = StatementForm::kNarrated;
      s.where = block.kind == BlockKind::kTitle       ? Where::kHeadline
                : block.kind == BlockKind::kCaption   ? Where::kCaption
                : has_lede && sentence.block == lede_ ? Where::kLede
                                                      : Where::kBody;
      s.rule = "narrated";
      record().statements.push_back(std::move(s));
    }
    for (std::size_t i = 0; i < analysis_.attributions.size(); ++i) {
      StatementRecord& s = record().statements[i];
      if (has_lede && s.where == Where::kBody &&
          analysis_.blocks[lede_].span.Covers(s.content.front())) {
        s.where = Where::kLede;
      }
    }
  }

  // The first paragraph of running text.
  bool FindLede() {
    for (std::size_t b = 0; b < analysis_.blocks.size(); ++b) {
      const Block& block = analysis_.blocks[b];
      if (block.kind == BlockKind::kBody && block.tokens.end - block.tokens.begin >= 12) {
        lede_ = static_cast<std::uint32_t>(b);
        return true;
      }
    }
    return false;
  }

  Analysis& analysis_;
  MentionIndex index_;
  std::unordered_map<std::uint32_t, EntityIndex> unnamed_;  // by where their source begins
  std::uint32_t lede_ = 0;
};

class StatementComponent : public Component {
 public:
  explicit StatementComponent(const Lexicons& lexicons)
      : documents_(lexicons.Set("documents.tsv")) {}
  void Run(Analysis& analysis) const override { StatementMaker(analysis, documents_).Run(); }

 private:
  std::unordered_set<std::string_view> documents_;
};

}  // namespace

std::unique_ptr<Component> MakeStatements(const Lexicons& lexicons) {
  return std::make_unique<StatementComponent>(lexicons);
}

MentionIndex::MentionIndex(const Analysis& analysis,
                           const std::unordered_set<std::string_view>& documents)
    : analysis_(analysis), documents_(documents) {
  const auto& entities = analysis.record.entities;
  for (std::size_t e = 0; e < entities.size(); ++e) {
    for (const Mention& m : entities[e].mentions) {
      entries_.push_back({m.span, m.form, static_cast<EntityIndex>(e)});
    }
  }
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(a.span.begin, b.span.end, a.entity) <
           std::tuple(b.span.begin, a.span.end, b.entity);
  });
}

std::vector<MentionIndex::Entry> MentionIndex::Inside(Span span) const {
  std::vector<Entry> inside;
  auto at = std::lower_bound(entries_.begin(), entries_.end(), span.begin,
                             [](const Entry& e, std::uint32_t b) { return e.span.begin < b; });
  for (; at != entries_.end() && at->span.begin < span.end; ++at) {
    if (at->span.end <= span.end + 2) inside.push_back(*at);  // a mention may keep its "'s"
  }
  return inside;
}

bool MentionIndex::OnlyModifiers(Span gap) const {
  const auto& tokens = analysis_.tokens;
  auto t = std::partition_point(tokens.begin(), tokens.end(),
                                [&](const Token& token) { return token.span.end <= gap.begin; });
  for (; t != tokens.end() && t->span.begin < gap.end; ++t) {
    switch (analysis_.tags[static_cast<std::size_t>(t - tokens.begin())]) {
      case Tag::kPreposition:
      case Tag::kTo:
      case Tag::kWhWord:
      case Tag::kSubordinator:
      case Tag::kVerbPast:
      case Tag::kVerbPresent:
        return false;
      default:
        if (t->lower == ",") return false;
    }
  }
  return true;
}

// Whether the words behind a name say that what speaks is a document of its: "'s latest figures".
bool MentionIndex::NamesDocument(std::string_view rest) const {
  constexpr int kWordsBetweenMax = 1;  // "'s latest"
  for (int words = 0; words <= kWordsBetweenMax; ++words) {
    const std::size_t blank = rest.find(' ');
    if (blank == std::string_view::npos) return false;
    rest.remove_prefix(blank + 1);
    const std::string_view word = rest.substr(0, rest.find_first_of(" ,"));
    if (documents_.contains(word)) return true;
    if (word == "of" || word == "in" || word == "and" || word == "who") return false;
  }
  return false;
}

bool MentionIndex::IsPossessive(Span pronoun) const {
  const std::string word = Folded(analysis_.Text(pronoun));
  return word == "his" || word == "her" || word == "its" || word == "their" || word == "my" ||
         word == "our" || word == "your";
}

std::optional<EntityIndex> MentionIndex::Find(Span span) const {
  const std::vector<EntityIndex> all = FindAll(span);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

// Whether a word that stands behind a mention begins what says more of it ("of", "who"), rather
// than goes on to a noun of which the mention is an attribute ("UN spokesman").
bool MentionIndex::Postmodifies(std::uint32_t begin) const {
  const auto& tokens = analysis_.tokens;
  const auto t = std::partition_point(tokens.begin(), tokens.end(),
                                      [&](const Token& token) { return token.span.end <= begin; });
  if (t == tokens.end()) return true;
  switch (analysis_.tags[static_cast<std::size_t>(t - tokens.begin())]) {
    case Tag::kPreposition:
    case Tag::kTo:
    case Tag::kConjunction:
    case Tag::kSubordinator:
    case Tag::kWhWord:
      return true;
    default:
      return t->lower == "that";
  }
}

std::vector<EntityIndex> MentionIndex::FindAll(Span span) const {
  const std::string_view text = analysis_.article.text;
  std::vector<EntityIndex> found;
  std::vector<EntityIndex> listed;  // behind commas: part of the list once "and" closes it
  const auto add = [](EntityIndex entity, std::vector<EntityIndex>* to) {
    if (std::find(to->begin(), to->end(), entity) == to->end()) to->push_back(entity);
  };
  std::uint32_t done = span.begin;  // the source is read up to here
  std::optional<MentionForm> before;
  std::vector<Entry> inside = Inside(span);
  for (const Entry& e : inside) {
    if (e.span.begin < done) continue;
    const std::string gap = Folded(text.substr(done, e.span.begin - done));
    const bool comma = gap == "," || gap == ",the";
    // At the start nothing but an article, a title or an adjective may stand before it; later
    // only a comma or "and".
    if (!before) {
      if (!OnlyModifiers({done, e.span.begin})) break;
    } else if (!comma && gap != "and" && gap != ",and" && gap != "andthe" && gap != "aswellas" &&
               gap != "&") {
      break;
    }
    // A possessor is not the speaker ("Lind's spokesman"), but who made a document is ("the
    // ministry's figures", "ministry figures").
    const std::string_view rest =
        text.substr(e.span.end, span.end > e.span.end ? span.end - e.span.end : 0);
    const bool owns = rest.starts_with("'s ") || rest.starts_with("\u2019s ") ||
                      rest.starts_with("' ") || rest.starts_with("\u2019 ");
    if ((owns || rest.starts_with(' ')) && NamesDocument(rest)) {
      add(e.entity, &found);
      break;
    }
    if (owns || (e.form == MentionForm::kPronoun && IsPossessive(e.span) && !rest.empty()))
      continue;
    const bool goes_on = rest.size() > 1 && rest[0] == ' ' &&
                         ((rest[1] >= 'a' && rest[1] <= 'z') || (rest[1] >= 'A' && rest[1] <= 'Z'));
    if (goes_on && !Postmodifies(e.span.end + 1)) continue;
    // "Ana Lind, a baker": a description behind a name says who that is.
    if (comma && before == MentionForm::kName && e.form == MentionForm::kNominal) {
      done = e.span.end;
      continue;
    }
    if (before && !comma) {
      for (const EntityIndex entity : listed) add(entity, &found);
      listed.clear();
    }
    add(e.entity, comma ? &listed : &found);
    done = e.span.end;
    before = e.form;
  }
  if (found.size() <= 1) {
    const auto described = found.empty() ? std::nullopt : std::optional(found.front());
    if (const auto named = NamedBehind(span, inside, described)) found = {*named};
  }
  return found;
}

// "The director for quiet, Regula Imhof,", "a union of ferrymen, Sindbad": the name behind a comma
// that ends a description of somebody without one, which may be no mention itself.
std::optional<EntityIndex> MentionIndex::NamedBehind(Span span, const std::vector<Entry>& inside,
                                                     std::optional<EntityIndex> described) const {
  const auto& entities = analysis_.record.entities;
  const auto named = [](const auto& m) { return m.form == MentionForm::kName; };
  if (described && std::any_of(entities[*described].mentions.begin(),
                               entities[*described].mentions.end(), named)) {
    return std::nullopt;
  }
  const bool somebody = !described || entities[*described].type == EntityType::kUnnamed;
  const std::string_view text = analysis_.article.text;
  for (const Entry& e : inside) {
    const EntityType type = entities[e.entity].type;
    const bool fits = somebody ? type == EntityType::kPerson : IsBody(type);
    if (!fits || !text.substr(0, e.span.begin).ends_with(", ") ||
        std::none_of(entities[e.entity].mentions.begin(), entities[e.entity].mentions.end(),
                     named)) {
      continue;
    }
    const std::string_view rest =
        text.substr(e.span.end, span.end - std::min(span.end, e.span.end));
    const bool more = rest.starts_with(' ') && !rest.starts_with(" and ") &&
                      Postmodifies(e.span.end + 1);  // "Regula Imhof of Imhof and Sons"
    if (rest.empty() || rest.starts_with(',') || more) return e.entity;
  }
  return std::nullopt;
}

}  // namespace hearsay::ingest
