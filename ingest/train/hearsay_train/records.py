"""Readings as extraction records (schemas/record.schema.json, without what needs the C++ side: ids, gazetteers, relations)."""
import numpy as np

TYPES = {"per": "person", "org": "organization", "med": "media", "for": "force", "cit": "city", "reg": "region", "cou": "country",
         "fac": "facility", "unn": "unnamed"}


def byte_offsets(text):
    """offset[i] = UTF-8 bytes before code point i."""
    return np.concatenate([[0], np.cumsum([len(c.encode("utf-8")) for c in text])]).tolist() if text else [0]


def record(document, reading, source):
    """One record: spans in UTF-8 bytes; entities are single mentions (the scorers of spans need no more)."""
    words, to_byte = document.words, byte_offsets(document.words.text)
    span = lambda s: {"begin": to_byte[words.at[s[0]][0]], "end": to_byte[words.at[s[1] - 1][1]]}
    text = lambda s: words.text[words.at[s[0]][0]:words.at[s[1] - 1][1]]
    entities = []

    def entity(s, kind, form):
        entities.append({"id": f"e{len(entities)}", "type": TYPES[kind], "name": text(s), "mentions": [{**span(s), "form": form}]})
        return entities[-1]["id"]
    for b, e, kind in reading.names:
        if kind in TYPES:
            entity((b, e), kind, "name")
    for b, e, kind in reading.described:
        entity((b, e), kind, "nominal")
    statements = []
    for k, s in enumerate(reading.statements):
        who = entity(s.src[0], "unn", "nominal") if s.src else None
        statements.append({"id": f"s{k}", "form": "indirect", "where": "body", "source": span(s.src[0]) if s.src else None,
                           "speaker": who, "speakers": [who] if who else [], "cue": span(s.cue[0]),
                           "content": [span(c) for c in s.con], "parent": None if s.parent is None else f"s{s.parent}",
                           "chain": [], "confidence": round(s.confidence, 4)})
    return {"document": {"source": source}, "entities": entities, "statements": statements, "figures": []}
