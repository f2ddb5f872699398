"""The main job on the five articles the project began from, and the figures it must reach.  They
stand beside the project and not in it, so without them this is skipped, and says so."""
import itertools
import json
import pathlib
import random
import re
import subprocess
import sys
import unittest

from hearsay_cli import META, SAMPLES, SHARED, CliTest

SEEDS = SHARED / "seeds"
TOOLS = SHARED / "tools"
POLNEAR = SHARED / "data" / "attribution" / "polnear" / "dev"

# What each extractor must reach: of the five articles in percent as score_gold.py counts, of PolNeAR dev statements linked.
FLOORS = {
    "rules": {"statements": 60, "figures": 60, "entities": 60, "chain2": 40, "linked": 40},
    "model": {"statements": 80, "speaker": 88, "chain": 85, "chain2": 60, "figures": 75, "entities": 75, "linked": 66},
}


@unittest.skipUnless(SEEDS.exists(), f"SKIPPED: {SEEDS} is not there")
class Seeds(CliTest):
    def files(self):
        return sorted(SEEDS.glob("*.txt"))

    def exports(self, store, threads=1):
        return [self.succeed("--threads", threads, "export", "--format", f, store=store)
                for f in ("graphml", "records")]

    def test_same_graph_in_any_order_on_any_threads_twice(self):
        first = None
        for run, (threads, order) in enumerate([(1, 1), (2, 1), (1, -1), (2, -1)]):
            store = self.dir / f"store{run}"
            files = self.files()[::order]
            for _ in range(2):
                self.succeed("--threads", threads, "ingest", *files, "--meta", SEEDS / "meta.csv",
                             store=store)
                got = self.exports(store, threads)
                first = first or got
                self.assertEqual(got, first, f"run {run}")

    def test_one_by_one_is_all_at_once(self):
        files = self.files() + sorted(p for p in SAMPLES.iterdir())
        random.Random(7).shuffle(files)
        for file in files:
            self.succeed("ingest", file, "--meta", META if SAMPLES in file.parents else SEEDS / "meta.csv")
        at_once = self.dir / "at-once"
        self.succeed("ingest", SAMPLES, "--meta", META, store=at_once)
        self.succeed("ingest", SEEDS, "--meta", SEEDS / "meta.csv", store=at_once)
        if (SEEDS / "meta.csv").exists():  # meta.csv itself is no article
            self.assertEqual(self.articles(), self.articles(at_once))
        self.assertEqual(self.exports(self.store), self.exports(at_once))
        self.succeed("verify")

    def test_path_from_a_witness_to_the_outlet(self):
        self.succeed("ingest", *self.files(), "--meta", SEEDS / "meta.csv")
        text = self.succeed("query", 'PATHS FROM "a witness" TO "EFE"')
        flat = re.sub(r"\s+", " ", text)
        for hop in ("a witness", "-SAID->", "<-QUOTES-", "<-SAID-", "TASS", "<-CARRIES-", "-PUBLISHED_BY->", "EFE"):
            self.assertIn(hop, flat)
        self.assertIn("We are fleeing, very loud explosions are heard coming from the square", flat)
        self.assertRegex(flat, r"\d+-\d+")  # the bytes of a hop

    def score(self, tool, *args):
        done = subprocess.run([sys.executable, TOOLS / tool, *args, "--json"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_scores_on_the_seeds(self):
        for extractor, floors in FLOORS.items():
            store, records = self.dir / extractor, self.dir / f"{extractor}.jsonl"
            self.succeed("ingest", *self.files(), "--meta", SEEDS / "meta.csv", "--extractor", extractor, store=store)
            self.succeed("export", "--format", "records", "-o", records, store=store)
            got = self.score("score_gold.py", SHARED / "gold" / "seeds.json", SEEDS, records)
            print(extractor, got)
            for name in floors.keys() - {"linked"}:
                value = got[name]["f1"] if isinstance(got[name], dict) else got[name]
                self.assertGreaterEqual(value, floors[name], f"{extractor}: {name}")

    @unittest.skipUnless(POLNEAR.exists(), f"SKIPPED: {POLNEAR} is not there")
    def test_score_on_polnear_dev(self):
        for extractor, floors in FLOORS.items():
            records = self.dir / f"{extractor}.jsonl"
            self.succeed("extract", POLNEAR / "text", "--extractor", extractor, "-o", records)
            got = self.score("score_attribution.py", POLNEAR, records)
            print(extractor, {role: got[role]["exact"]["f1"] for role in ("source", "cue", "content")}, got["linked"])
            self.assertEqual(got["documents_without_prediction"], 0)
            self.assertGreaterEqual(got["linked"]["f1"], floors["linked"], extractor)


if __name__ == "__main__":
    unittest.main(verbosity=2)
