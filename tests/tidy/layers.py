"""Fails if a file includes something its layer may not know about."""
import re
import sys

from tree import LAYERS, files, text

MAY_INCLUDE = {  # directory -> directories it may include, with what stands below them
    "graph/base": [],
    "graph/export": ["graph"],
    "graph": ["graph/base"],
    "ingest": ["graph"],
    "query": ["graph"],
    "cli": ["graph", "ingest", "query"],
    "bench": ["graph", "ingest", "query"],
}
INCLUDE = re.compile(r'\s*#\s*include\s+([<"])([^>"]+)[>"]')


def layer(path):
    """The longest listed directory that holds `path`, or None."""
    return max((d for d in MAY_INCLUDE if path.startswith(d + "/")), key=len, default=None)


def may_include(mine, theirs):
    return theirs is None or mine == theirs or any(
        theirs == d or theirs.startswith(d + "/") for d in MAY_INCLUDE[mine])


def problems(path, source):
    mine = layer(path)
    for number, line in enumerate(source.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        bracket, name = match.groups()
        if name.startswith("rocksdb/") and not path.startswith("graph/rocks/"):
            yield f"{path}:{number}: only graph/rocks may include RocksDB's {name}"
        if bracket == '"':
            theirs = layer(name)
            if name.startswith("tests/"):
                yield f"{path}:{number}: nothing includes tests"
            elif not may_include(mine, theirs):
                yield f"{path}:{number}: {mine} must not include {theirs}"


def self_test():
    """A planted include of every forbidden kind is found, and the allowed kinds pass."""
    planted = [
        ("graph/base/a.h", '#include "graph/store.h"', 1),
        ("graph/a.cc", '#include "query/engine.h"', 1),
        ("graph/a.cc", '#include "graph/export/exporter.h"', 1),
        ("ingest/a.cc", '#include "query/engine.h"', 1),
        ("query/exec/a.cc", '  #  include "ingest/analysis.h"', 1),
        ("graph/store.cc", "#include <rocksdb/db.h>", 1),
        ("graph/rocks/a.cc", "#include <rocksdb/db.h>", 0),
        ("cli/a.cc", '#include "ingest/analysis.h"\n#include "graph/base/status.h"', 0),
        ("graph/export/a.cc", '#include "graph/view.h"\n#include "graph/base/xml.h"', 0),
    ]
    for path, source, expected in planted:
        found = list(problems(path, source))
        assert len(found) == expected, (path, source, found)


self_test()
found = [problem
         for path in files() if path.parts[0] in LAYERS and path.suffix in (".h", ".cc")
         for problem in problems(path.as_posix(), text(path))]
print("\n".join(found))
sys.exit(bool(found))
