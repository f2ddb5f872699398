"""Fails if a source file stands in no CMakeLists.txt, nor is built by a script beside it: code and
tests that exist and do not run."""
import sys

from tree import LAYERS, files, text

sources = [p for p in files() if p.parts[0] in LAYERS + ("tests",) and p.suffix == ".cc"]
lists = {p.parent: text(p) for p in files() if p.name == "CMakeLists.txt"}
scripts = [(p.parent, text(p)) for p in files() if p.suffix == ".sh"]


def is_named(source):
    """Whether a CMakeLists.txt above `source` names it relative to itself."""
    return any(source.relative_to(folder).as_posix() in lists[folder].replace(")", " ").split()
               for folder in source.parents if folder in lists)


def is_built(source):
    """Whether a script beside `source` names it."""
    return any(source.parent == folder and source.name in script for folder, script in scripts)


unnamed = [p for p in sources if not is_named(p) and not is_built(p)]
for path in unnamed:
    print(f"{path}: no CMakeLists.txt above it and no script beside it names it")
sys.exit(bool(unnamed))
