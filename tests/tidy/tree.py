"""The files of the project: what the checks beside this file look at."""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAYERS = ("graph", "ingest", "query", "cli", "bench")
NOT_OURS = {".git", "build", "hearsay.db", "__pycache__"}


def files():
    """Every file of the project but build trees, sorted, as paths relative to ROOT."""
    found = []
    todo = [ROOT]
    while todo:
        for entry in todo.pop().iterdir():
            if entry.name in NOT_OURS or entry.is_symlink():
                continue
            (todo if entry.is_dir() else found).append(entry)
    return sorted(entry.relative_to(ROOT) for entry in found)


def text(path):
    """The text of a file, or None if it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
