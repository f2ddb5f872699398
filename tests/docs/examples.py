"""Runs the examples of the documents and compares what they print.

usage: examples.py HEARSAY [--write] [DOCUMENT...]      all of README.md and docs/*.md if none is named

An example is a fenced block whose info string is `console`.  A line that starts with "$ " is a
command, lines after it are what it prints (standard output, then standard error).  A line `...`
stands for any lines; a last line `exit code N` is the exit code, otherwise it must be 0.  Every
document begins with its own copy of a store of the sample articles in an empty directory, with
`samples/` beside it; its commands run in order.  --write puts what was printed into the document.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def run(command, directory, hearsay):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HEARSAY_")}
    environment.update(PATH=f"{hearsay.parent}:{os.environ['PATH']}", NO_COLOR="1", COLUMNS="120",
                       TERM="dumb", LC_ALL="C.UTF-8")
    done = subprocess.run(["bash", "-c", command], cwd=directory, env=environment, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    lines = [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
    return lines + ([f"exit code {done.returncode}"] if done.returncode else [])


def matches(expected, printed):
    """Whether the printed lines are the expected ones, where `...` stands for any lines."""
    if not expected:
        return not printed
    if expected[0] == "...":
        return any(matches(expected[1:], printed[n:]) for n in range(len(printed) + 1))
    return bool(printed) and expected[0] == printed[0] and matches(expected[1:], printed[1:])


def commands(block):
    """(command lines, expected lines) of each command of a block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(([line[2:]], []))
        elif found and not found[-1][1] and found[-1][0][-1].endswith("\\"):
            found[-1][0].append(line)
        elif found:
            found[-1][1].append(line.rstrip())
    return found


def shortened(expected, printed):
    """What --write puts there: all that was printed, or, where `...` stood, as many lines as
    stood before and after it."""
    if "..." not in expected:
        return printed
    first = expected.index("...")
    last = len(expected) - 1 - first if expected.count("...") == 1 else 0
    return printed[:first] + ["..."] + (printed[-last:] if last else [])


def check(document, store, hearsay, write):
    failures = 0
    count = 0
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        shutil.copytree(store, directory / "hearsay.db")
        (directory / "samples").symlink_to(ROOT / "samples")
        content = document.read_text("utf-8")

        def run_block(match):
            nonlocal failures, count
            out = []
            for lines, expected in commands(match.group(1)):
                count += 1
                printed = run("\n".join(lines), directory, hearsay)
                if not matches(expected, printed):
                    failures += 1
                    if not write:
                        line = content.count("\n", 0, match.start()) + 1
                        print(f"{document.relative_to(ROOT)}:{line}: $ {lines[0]}")
                        print("  expected:", *expected, sep="\n    ")
                        print("  printed:", *printed, sep="\n    ")
                    expected = shortened(expected, printed)
                out += ["$ " + lines[0], *lines[1:], *expected]
            return "```console\n" + "\n".join(out) + "\n```"

        rewritten = BLOCK.sub(run_block, content)
        if write and failures:
            document.write_text(rewritten, "utf-8")
            print(f"{document.relative_to(ROOT)}: wrote {failures} of {count} examples")
            failures = 0
    return failures, count


def main(arguments):
    write = "--write" in arguments
    arguments = [a for a in arguments if a != "--write"]
    hearsay = pathlib.Path(arguments[0]).resolve()
    documents = [pathlib.Path(a).resolve() for a in arguments[1:]] or [
        ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        (directory / "samples").symlink_to(ROOT / "samples")
        made = run("hearsay ingest samples/articles --meta samples/meta.csv", directory, hearsay)
        if not (directory / "hearsay.db").exists():
            print("the samples could not be ingested:", *made, sep="\n  ")
            return 1
        results = [check(d, directory / "hearsay.db", hearsay, write) for d in documents]
    failures, count = (sum(column) for column in zip(*results))
    print(f"{count} examples of {len(documents)} documents, {failures} differ")
    return int(failures > 0 or count == 0)


assert matches(["a", "...", "c"], ["a", "b", "b", "c"]) and matches(["..."], [])
assert not matches(["a"], ["a", "b"]) and not matches(["a", "...", "c"], ["a", "b"])
sys.exit(main(sys.argv[1:]))
