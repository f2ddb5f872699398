"""Fails if a source file stands in no CMakeLists.txt: code and tests that exist and do not run."""
import sys

from tree import LAYERS, files, text

sources = [p for p in files() if p.parts[0] in LAYERS + ("tests",) and p.suffix == ".cc"]
lists = {p.parent: text(p) for p in files() if p.name == "CMakeLists.txt"}


def is_named(source):
    """Whether a CMakeLists.txt above `source` names it relative to itself."""
    return any(source.relative_to(folder).as_posix() in lists[folder].replace(")", " ").split()
               for folder in source.parents if folder in lists)


unnamed = [p for p in sources if not is_named(p)]
for path in unnamed:
    print(f"{path}: no CMakeLists.txt above it names it")
sys.exit(bool(unnamed))
