"""Fails if a source file stands in no CMakeLists.txt, nor in a script beside it that builds it: code that exists and does not run."""
import sys

from tree import LAYERS, files, text

sources = [p for p in files() if p.parts[0] in LAYERS + ("tests",) and p.suffix == ".cc"]
lists = {p.parent: text(p) for p in files() if p.name == "CMakeLists.txt"}
scripts = [(p.parent, text(p)) for p in files() if p.suffix == ".sh"]


def is_named(source):
    """Whether a CMakeLists.txt above `source` names it relative to itself, or a script in its folder compiles it."""
    if any(folder == source.parent and f"/{source.name}" in script for folder, script in scripts):
        return True
    return any(source.relative_to(folder).as_posix() in lists[folder].replace(")", " ").split()
               for folder in source.parents if folder in lists)


unnamed = [p for p in sources if not is_named(p)]
for path in unnamed:
    print(f"{path}: no CMakeLists.txt above it and no script beside it names it")
sys.exit(bool(unnamed))
