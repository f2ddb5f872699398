"""Fails if a committed file holds the path of somebody's machine, a secret or a conflict marker."""
import re
import sys

from tree import files, text

# Written in pieces, so that this file does not find itself.
FORBIDDEN = [
    (re.compile(r"(?<![\w.$}])/" + r"(home|Users)/\w+"), "a home directory"),
    (re.compile(r"(?<![\w.$}/])/" + r"(work|root)/\w+"), "a path of one machine"),
    (re.compile(r"(?<![\w.$}/])/" + r"tmp/\w+/\w+"), "a temporary path of one machine"),
    (re.compile("BEGIN [A-Z ]*PRIVATE" + " KEY"), "a private key"),
    (re.compile(r"^(<{7}|>{7}) ", re.M), "a conflict marker"),
    (re.compile("\r\n"), "a line that ends with CR LF"),
]
EXEMPT = re.compile(r"^(tests/.*/data/|tests/cases/|LICENSE)")  # data that is odd on purpose


def problems(path, content):
    for pattern, what in FORBIDDEN:
        for match in pattern.finditer(content):
            line = content.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: {what}: {match.group(0)!r}"


assert len(list(problems("x", "see /" + "home/ada/notes and \"/" + "work/main\""))) == 2
assert not list(problems("x", "https://a.example/" + "home/news ../work/x $d/" + "root/y"))

found = [problem for path in files() if not EXEMPT.match(path.as_posix())
         for problem in problems(path, text(path) or "")]
print("\n".join(found))
sys.exit(bool(found))
