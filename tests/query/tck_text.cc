#include "tck_text.h"

#include <algorithm>
#include <vector>

namespace hearsay::query::test {
namespace {

class Canonical {
 public:
  Canonical(std::string_view text, bool any_order) : text_(text), any_order_(any_order) {}

  std::string Read() {
    SkipSpace();
    switch (Peek()) {
      case '(':
        return ReadEntity(')');
      case '[':
        return IsRelationship() ? ReadEntity(']') : ReadList();
      case '{':
        return ReadMap();
      case '<':
        return ReadPath();
      case '\'':
        return ReadString();
      default:
        return ReadWord();
    }
  }

 private:
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void SkipSpace() {
    while (Peek() == ' ') ++at_;
  }
  bool IsRelationship() const {
    const std::size_t next = text_.find_first_not_of(' ', at_ + 1);
    return next != std::string_view::npos && text_[next] == ':';
  }

  std::string ReadString() {
    std::string out(1, text_[at_++]);
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      out += c;
      if (c == '\\' && at_ < text_.size()) out += text_[at_++];
      if (c == '\'') break;
    }
    return out;
  }

  std::string ReadWord() {
    std::string out;
    while (at_ < text_.size() &&
           std::string_view(",]})> ").find(Peek()) == std::string_view::npos) {
      out += text_[at_++];
    }
    return out;
  }

  // (:B:A {p: 1}) or [:T {p: 1}]
  std::string ReadEntity(char close) {
    std::string out(1, text_[at_++]);
    std::vector<std::string> labels;
    std::string map;
    for (SkipSpace(); at_ < text_.size() && Peek() != close; SkipSpace()) {
      if (Peek() == '{') {
        map = ReadMap();
      } else if (Peek() == ':') {
        ++at_;
        std::string label;
        while (at_ < text_.size() &&
               std::string_view(":{ )]").find(Peek()) == std::string_view::npos) {
          label += text_[at_++];
        }
        labels.push_back(":" + label);
      } else {
        out += text_[at_++];
      }
    }
    ++at_;
    std::sort(labels.begin(), labels.end());
    for (const std::string& label : labels) out += label;
    return out + (map == "{}" ? "" : map) + close;
  }

  std::string ReadList() {
    ++at_;
    std::vector<std::string> items;
    for (SkipSpace(); at_ < text_.size() && Peek() != ']'; SkipSpace()) {
      if (Peek() == ',') {
        ++at_;
      } else {
        items.push_back(Read());
      }
    }
    ++at_;
    if (any_order_) std::sort(items.begin(), items.end());
    return Join(items, '[', ']');
  }

  std::string ReadMap() {
    ++at_;
    std::vector<std::string> items;
    for (SkipSpace(); at_ < text_.size() && Peek() != '}'; SkipSpace()) {
      if (Peek() == ',') {
        ++at_;
        continue;
      }
      const std::size_t colon = text_.find(':', at_);
      std::string key(text_.substr(at_, colon - at_));
      at_ = colon + 1;
      items.push_back(key + ":" + Read());
    }
    ++at_;
    std::sort(items.begin(), items.end());
    return Join(items, '{', '}');
  }

  // <(:A)-[:T]->(:B)>
  std::string ReadPath() {
    std::string out(1, text_[at_++]);
    for (SkipSpace(); at_ < text_.size() && Peek() != '>'; SkipSpace()) {
      if (Peek() == '(' || Peek() == '[') {
        out += Read();
        continue;
      }
      out += text_[at_++];
      if (out.back() == '-' && Peek() == '>') out += text_[at_++];
    }
    ++at_;
    return out + ">";
  }

  static std::string Join(const std::vector<std::string>& items, char open, char close) {
    std::string out(1, open);
    for (const std::string& item : items) out += (out.size() == 1 ? "" : ",") + item;
    return out + close;
  }

  std::string_view text_;
  bool any_order_;
  std::size_t at_ = 0;
};

}  // namespace

std::string CanonicalText(std::string_view text, bool any_order) {
  return Canonical(text, any_order).Read();
}

}  // namespace hearsay::query::test
