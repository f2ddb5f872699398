"""Every command does what its help says, on the sample articles."""
import json
import subprocess
import unittest

from hearsay_cli import HEARSAY, META, SAMPLES, TEXT, CliTest


class Commands(CliTest):
    @classmethod
    def setUpClass(cls):
        cls.kept = CliTest()
        cls.kept.setUp()
        cls.kept.succeed("ingest", SAMPLES, "--meta", META)

    @classmethod
    def tearDownClass(cls):
        cls.kept.tearDown()

    def ask(self, *args, **options):
        return self.succeed(*args, store=self.kept.store, **options)

    def test_version_and_help(self):
        self.assertRegex(self.succeed("--version"), r"^hearsay \d+\.\d+\.\d+")
        for command in ("init", "ingest", "extract", "reextract", "query", "shell", "show", "export",
                        "stats", "verify", "delete"):
            self.assertIn(command, self.succeed("--help"))
            self.assertIn("--help", self.succeed(command, "--help"))

    def test_an_unknown_subcommand_is_named(self):
        done = self.run_hearsay("qery")
        self.assertEqual(done.returncode, 2)
        self.assertIn("'qery' is no subcommand; did you mean `query`?", done.stderr)

    def test_init_once(self):
        self.succeed("init")
        again = self.run_hearsay("init")
        self.assertEqual(again.returncode, 1)
        self.assertIn("is a store already", again.stderr)

    def test_store_from_the_environment(self):
        done = subprocess.run([HEARSAY, "stats", "--json"], capture_output=True, text=True,
                              env={"HEARSAY_STORE": str(self.kept.store)})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreaterEqual(json.loads(done.stdout)["articles"], 12)

    def test_extract_needs_no_store(self):
        path = self.write("a.txt", TEXT)
        records = [json.loads(line) for line in self.succeed("extract", path).splitlines()]
        self.assertEqual(len(records), 1)
        self.assertFalse(self.store.exists())
        data = path.read_bytes()
        quoted = [data[c["begin"]:c["end"]].decode() for s in records[0]["statements"] for c in s["content"]]
        self.assertTrue(any("We heard it before we saw it" in q for q in quoted), quoted)
        self.assertNotIn("narrated", [s["form"] for s in records[0]["statements"]])
        narrated = json.loads(self.succeed("extract", path, "--narrated"))
        self.assertGreaterEqual(len(narrated["statements"]), len(records[0]["statements"]))
        self.assertEqual(json.loads(self.succeed("extract", path, "--text"))["document"]["text"], TEXT)

    def test_extract_explains_itself(self):
        path = self.write("a.txt", "Two men were hurt, the mayor of Mbale told Radio Simba.\n")
        for extractor, rule in (("model", "rule model"), ("rules", "rule cue")):
            lines = self.succeed("extract", "--explain", "--extractor", extractor, path)
            self.assertIn('"Two men were hurt, the mayor of Mbale told Radio Simba." [0, 55)', lines)
            self.assertRegex(lines, rf"statement 1: .*{rule}")
            self.assertIn('cue "told" [38, 42)', lines)
            self.assertIn("hop addressee: Radio Simba (media)", lines)
            self.assertRegex(lines, "figure wounded: exact, low 2, high 2")
        self.assertIn("head coreference", self.succeed("extract", "--explain", path))

    def test_another_language_is_said_and_not_read(self):
        path = self.write("ru.txt", "Мэр города сообщил в среду, что вода поднялась на два метра и что "
                                    "жителей трёх улиц вывезли в школу.\n")
        done = self.run_hearsay("extract", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 article not in English (ru)", done.stderr)
        record = json.loads(done.stdout)
        self.assertEqual((record["document"]["language"], record["statements"]), ("ru", []))

    def test_without_weights_rules_read(self):
        path = self.write("a.txt", TEXT)
        environment = {"HEARSAY_MODEL": str(self.dir / "none.safetensors")}
        done = subprocess.run([HEARSAY, "extract", path], capture_output=True, text=True, env=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, "none.safetensors: no file.*; now --extractor rules reads")
        self.assertEqual(json.loads(done.stdout)["extractor"]["model"], "rules")
        done = subprocess.run([HEARSAY, "extract", "--extractor", "model", path], capture_output=True, text=True, env=environment)
        self.assertEqual(done.returncode, 1)
        self.assertIn("none.safetensors", done.stderr)

    def test_extract_as_a_filter(self):
        lines = "".join(json.dumps({"id": str(i), "title": "T", "text": TEXT}) + "\n" for i in range(3))
        self.assertEqual(len(self.succeed("extract", "-", stdin=lines).splitlines()), 3)

    def test_extract_is_the_same_on_any_number_of_threads(self):
        self.assertEqual(self.succeed("--threads", 1, "extract", SAMPLES),
                         self.succeed("--threads", 4, "extract", SAMPLES))

    def test_same_article_twice_is_a_duplicate(self):
        path = self.write("a.txt", TEXT)
        self.assertIn("1 article added", self.succeed("ingest", path))
        self.assertIn("1 there before", self.succeed("ingest", path))
        self.assertEqual(self.articles(), 1)

    def test_delete_leaves_no_trace(self):
        first = self.write("a.txt", TEXT)
        second = self.write("b.txt", TEXT.replace("Varga", "Okonjo").replace("Velmora", "Sestrin"))
        self.succeed("ingest", first)
        before = self.succeed("export", "--format", "graphml")
        self.succeed("ingest", second)
        self.assertNotEqual(self.succeed("export", "--format", "graphml"), before)
        self.succeed("delete", second)
        self.assertEqual(self.succeed("export", "--format", "graphml"), before)
        gone = self.run_hearsay("delete", second)
        self.assertEqual(gone.returncode, 1)
        self.assertIn("b.txt", gone.stderr)

    def test_query_formats(self):
        text = "MATCH (a:Article) RETURN a.title AS title ORDER BY title LIMIT 2"
        rows = json.loads(self.ask("query", text, "--format", "json"))
        lines = [json.loads(l) for l in self.ask("query", text, "--format", "jsonl").splitlines()]
        self.assertEqual(rows if isinstance(rows, list) else rows["rows"], lines)
        self.assertEqual(len(lines), 2)
        csv = self.ask("query", text, "--format", "csv").splitlines()
        self.assertEqual(csv[0], "title")
        self.assertIn("title", self.ask("query", text, "--format", "table"))

    def test_query_to_a_file(self):
        out = self.dir / "rows.csv"
        self.ask("query", "MATCH (a:Article) RETURN count(a) AS n", "--format", "csv", "-o", out)
        self.assertEqual(out.read_text().split()[0], "n")
        self.assertEqual(list(self.dir.iterdir()), [out])  # no half-written file beside it

    def test_show_prints_the_bytes(self):
        row = json.loads(self.ask("query", "MATCH (s:Statement {form: 'direct'}) RETURN s.id AS id, s.text AS text "
                                  "ORDER BY id LIMIT 1", "--format", "jsonl"))
        shown = self.ask("show", row["id"][:12])
        self.assertIn("evidence", shown)
        self.assertIn("bytes", shown)
        self.assertIn(row["text"].split(".")[0][:30], shown)
        nothing = self.run_hearsay("show", "Nobody Of That Name", store=self.kept.store)
        self.assertEqual(nothing.returncode, 1)

    def test_stats_counts_what_queries_count(self):
        stats = json.loads(self.ask("stats", "--json"))
        rows = self.ask("query", "MATCH (s:Statement) RETURN count(s) AS n", "--format", "csv").split()
        self.assertEqual(stats["labels"]["Statement"], int(rows[1]))

    def test_verify_is_content(self):
        self.ask("verify")

    def test_reextract_changes_nothing_with_the_same_extractor(self):
        self.succeed("ingest", self.write("a.txt", TEXT))
        before = self.succeed("export", "--format", "records")
        self.succeed("reextract")
        self.assertEqual(self.succeed("export", "--format", "records"), before)

    def test_export_of_a_query(self):
        whole = self.ask("export", "--format", "graphml")
        part = self.ask("export", "--format", "graphml", "--query", "MATCH (a:Article)-[r:PUBLISHED_BY]->(m) RETURN a, r, m")
        self.assertLess(len(part), len(whole))
        self.assertIn("<graphml", part)
        self.assertIn("<graphml", self.ask("export", "--format", "graphml", "--view", "network"))

    def test_shell_reads_a_script(self):
        out = self.ask("shell", stdin="MATCH (a:Article) RETURN count(a) AS n;\n.mode csv\nMATCH (a:Article) RETURN count(a) AS n;\n")
        self.assertIn("n", out)
        bad = self.run_hearsay("shell", store=self.kept.store, stdin="MATCH (a RETURN a;\nMATCH (a:Article) RETURN 'after';\n")
        self.assertEqual(bad.returncode, 1)
        self.assertNotIn("after", bad.stdout)

    def test_every_verb(self):
        for text in ('WHO SAID "said"', 'TRACE "killed"', "FIGURES", "EXPAND FIGURES killed"):
            self.ask("query", text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
