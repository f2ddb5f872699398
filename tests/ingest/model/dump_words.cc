// Prints what ReadWords makes of texts, for words_parity.py and for whoever wants to see it.
//
//   dump_words VOCABULARY < TEXTS         one line a text; see Dump
//   dump_words VOCABULARY --speed FILE... MB/s over each file
//   dump_words --categories               begin, end and general category of runs of characters
//
// TEXTS are 4 bytes little-endian length and so many bytes of UTF-8, again and again.
#include <fmt/format.h>
#include <unicode/uchar.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/model/words.h"

namespace hearsay::model {
namespace {

std::string ReadAll(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// Words apart by spaces: begin-end:shape,layout,quote:piece,piece
void Dump(std::string_view text, const Vocabulary& vocabulary, std::string* out) {
  const Words words = ReadWords(text, vocabulary);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto* const pieces = words.pieces.data();
    fmt::format_to(
        std::back_inserter(*out), "{}{}-{}:{},{},{}:{}", i == 0 ? "" : " ", words.spans[i].begin,
        words.spans[i].end, words.shape[i], words.layout[i], words.quote[i],
        fmt::join(pieces + words.first_piece[i], pieces + words.first_piece[i + 1], ","));
  }
  out->push_back('\n');
}

int DumpAll(std::string_view texts, const Vocabulary& vocabulary) {
  std::string out;
  while (texts.size() >= 4) {
    std::uint32_t size = 0;
    for (int i = 3; i >= 0; --i) size = size << 8 | static_cast<unsigned char>(texts[i]);
    texts.remove_prefix(4);
    if (size > texts.size()) break;
    Dump(texts.substr(0, size), vocabulary, &out);
    texts.remove_prefix(size);
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  return texts.empty() ? 0 : 1;
}

void Speed(const std::string& path, const Vocabulary& vocabulary) {
  std::ifstream file(path, std::ios::binary);
  const std::string text = ReadAll(file);
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  std::size_t words = 0;
  int runs = 0;
  double seconds = 0;
  for (; seconds < 1; ++runs) {
    words = ReadWords(text, vocabulary).size();
    seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  }
  fmt::print("{:8.1f} MB/s {:8} words {:9} bytes  {}\n",
             static_cast<double>(text.size()) * runs / seconds / 1e6, words, text.size(), path);
}

// As words.cc sees it: what came after Unicode 14 is unassigned.
std::int8_t CategoryOf(UChar32 c) {
  UVersionInfo age;
  u_charAge(c, age);
  return age[0] > 14 ? std::int8_t{U_UNASSIGNED} : u_charType(c);
}

void Categories() {
  UChar32 begin = 0;
  for (UChar32 c = 1; c <= UCHAR_MAX_VALUE + 1; ++c) {
    if (c <= UCHAR_MAX_VALUE && CategoryOf(c) == CategoryOf(begin)) continue;
    const char* const name =
        u_getPropertyValueName(UCHAR_GENERAL_CATEGORY, CategoryOf(begin), U_SHORT_PROPERTY_NAME);
    fmt::print("{} {} {}\n", begin, c, name);
    begin = c;
  }
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 1 && arguments[0] == "--categories") {
    Categories();
    return 0;
  }
  if (arguments.empty() || (arguments.size() > 1 && arguments[1] != "--speed")) {
    fmt::print(stderr, "usage: dump_words VOCABULARY [--speed FILE...] | --categories\n");
    return 2;
  }
  std::ifstream file(arguments[0], std::ios::binary);
  const std::string pieces = ReadAll(file);
  if (pieces.empty()) {
    fmt::print(stderr, "{}: cannot be read, or empty\n", arguments[0]);
    return 2;
  }
  const Vocabulary vocabulary(Lines(pieces));
  if (arguments.size() == 1) return DumpAll(ReadAll(std::cin), vocabulary);
  for (std::size_t i = 2; i < arguments.size(); ++i) Speed(arguments[i], vocabulary);
  return 0;
}

}  // namespace
}  // namespace hearsay::model

int main(int argc, char** argv) { return hearsay::model::Run({argv + 1, argv + argc}); }
