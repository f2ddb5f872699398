"""Fails if a document links to, or names in backticks, a file that is not there."""
import re
import sys
from xml.etree import ElementTree

from tree import ROOT, files, text

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
TOP = sorted({p.parts[0] for p in files() if len(p.parts) > 1})
MADE = re.compile(r"^(build|hearsay\.db)(/|$)")  # comes into being on the user's machine
PATH = re.compile(r"^(" + "|".join(map(re.escape, TOP)) + r")/[\w./+-]*$")


def anchors(content):
    """Anchors of the headings of a document, as the usual viewers make them."""
    for heading in re.findall(r"^#+ +(.+)$", content, re.M):
        yield re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def problems(path):
    content = text(path)
    prose = FENCE.sub(lambda m: "\n" * m.group(0).count("\n"), content)
    for match in LINK.finditer(prose):
        line = prose.count("\n", 0, match.start()) + 1
        target, _, anchor = match.group(1).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (ROOT / path).parent / target if target else ROOT / path
        if not file.exists():
            yield f"{path}:{line}: links to {target}, which is not there"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text("utf-8")):
            yield f"{path}:{line}: links to #{anchor}, which is no heading of {file.name}"
    for match in CODE.finditer(prose):
        line = prose.count("\n", 0, match.start()) + 1
        name = match.group(1).strip()
        if PATH.match(name) and not MADE.match(name) and not (ROOT / name).exists():
            yield f"{path}:{line}: names `{name}`, which is not there"


def sample_problems():
    """Every sample article stands in the samples' README, and every bare file in meta.csv."""
    readme = (ROOT / "samples/README.md").read_text("utf-8")
    meta = (ROOT / "samples/meta.csv").read_text("utf-8")
    for article in sorted((ROOT / "samples/articles").iterdir()):
        if f"`{article.name}`" not in readme:
            yield f"samples/README.md: does not name `{article.name}`"
        if article.suffix == ".txt" and f"\n{article.name}," not in meta:
            yield f"samples/meta.csv: has no row for {article.name}"


def picture_problems(path):
    """What a picture quotes from a sample is what stands there, at the bytes it names."""
    quoted = []
    for element in ElementTree.parse(ROOT / path).iter("{http://www.w3.org/2000/svg}text"):
        if element.get("class") == "quote":
            quoted.append(element.text)
        named = re.match(r"(samples/\S+), bytes (\d+) to (\d+)$", element.text or "")
        if named:
            begin, end = int(named[2]), int(named[3])
            stored = (ROOT / named[1]).read_bytes()[begin:end].decode("utf-8")
            if stored != " ".join(quoted):
                yield f"{path}: quotes {' '.join(quoted)!r}, but {element.text} are {stored!r}"
            quoted = []


documents = [p for p in files() if p.suffix == ".md"]
found = [problem for path in documents for problem in problems(path)]
found += sample_problems()
found += [problem for path in files() if path.suffix == ".svg" for problem in picture_problems(path)]
print("\n".join(found))
sys.exit(bool(found) or not documents)
