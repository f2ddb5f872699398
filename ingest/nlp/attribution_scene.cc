#include <algorithm>

#include "ingest/nlp/attribution_model.h"

namespace hearsay::ingest {

std::string Scene::Sign(int i) const {
  if (i < 0) return "^";
  if (i >= size()) return "$";
  const Chunk& chunk = at(i);
  std::string sign(Letter(chunk.kind));
  switch (chunk.kind) {
    case ChunkKind::kPreposition:
    case ChunkKind::kSubordinator:
    case ChunkKind::kWh:
    case ChunkKind::kConjunction:
      sign += HeadWord(i);
      break;
    case ChunkKind::kVerb:
      sign += chunk.infinitive ? "i" : chunk.finite ? "" : chunk.passive ? "p" : "g";
      break;
    case ChunkKind::kNoun:
      sign += chunk.pronoun ? "p" : chunk.time ? "t" : chunk.proper ? "n" : "";
      break;
    default:
      break;
  }
  return sign;
}

std::string Scene::NounSign(int i) const {
  if (!has(i)) return "none";
  const Chunk& chunk = at(i);
  if (chunk.kind == ChunkKind::kWh || chunk.pronoun) return std::string(HeadWord(i));
  if (chunk.kind == ChunkKind::kConjunction) return "and";
  if (chunk.kind != ChunkKind::kNoun) return std::string(Letter(chunk.kind));
  if (chunk.time) return "time";
  if (chunk.proper) {
    return analysis_.tokens[chunk.head].shape == Shape::kUpper && !unit_.titled ? "NAMES" : "name";
  }
  return TagAt(chunk.head) == Tag::kNumeral ? "number" : "noun";
}

int Scene::Subject(int i) const {
  for (int j = i - 1, steps = 0; j >= 0 && steps < 14; ++steps) {
    const ChunkKind kind = at(j).kind;
    if (kind == ChunkKind::kNoun && at(j).time) {
      --j;
      continue;
    }
    if (kind == ChunkKind::kNoun) {
      if (j >= 2 && at(j - 1).kind == ChunkKind::kPreposition &&
          at(j - 2).kind == ChunkKind::kNoun) {
        j -= 2;
        continue;
      }
      if (j >= 1 && at(j - 1).kind == ChunkKind::kPreposition) {
        j -= 2;
        continue;
      }
      return j;
    }
    if (kind == ChunkKind::kWh || kind == ChunkKind::kConjunction) return j;
    if (kind == ChunkKind::kQuote || kind == ChunkKind::kEnd || kind == ChunkKind::kColon ||
        kind == ChunkKind::kThat || kind == ChunkKind::kSubordinator) {
      return j;
    }
    --j;
  }
  return -1;
}

int Scene::ChunkOf(TokenIndex t) const {
  const auto& chunks = unit_.chunks;
  const auto after = std::upper_bound(
      chunks.begin(), chunks.end(), t,
      [](TokenIndex token, const Chunk& chunk) { return token < chunk.tokens.begin; });
  return static_cast<int>(after - chunks.begin()) - 1;
}

}  // namespace hearsay::ingest
