"""Bad input of every kind: one clear message that names file and place, the rest goes on, and
nothing that was acknowledged is lost."""
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import tempfile
import time
import unittest

from hearsay_cli import HEARSAY, TEXT, CliTest

SOME_REFUSED, ERROR, USAGE = 3, 1, 2
QUICK = ("--extractor", "rules")  # where it is the amount that counts, not what is read


class BadArticles(CliTest):
    def refused(self, path, *words):
        """Ingests `path` beside a good article: the good one goes in, the bad one is named."""
        good = self.write("good.txt", TEXT)
        done = self.run_hearsay("ingest", path, good)
        self.assertEqual(done.returncode, SOME_REFUSED, done.stderr)
        lines = [l for l in done.stderr.splitlines() if "refused" in l]
        self.assertEqual(len(lines), 1, done.stderr)
        for word in (pathlib.Path(path).name, *words):
            self.assertIn(word, lines[0])
        self.assertEqual(self.articles(), 1)

    def test_empty_file(self):
        self.refused(self.write("empty.txt", ""), "empty")

    def test_binary_file(self):
        self.refused(self.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 40), "picture (PNG)")

    def test_binary_file_of_no_known_kind(self):
        self.refused(self.write("numbers.txt", bytes(range(256)) * 40), "NUL byte at offset 0")

    def test_invalid_utf8_says_where(self):
        self.refused(self.write("latin1.txt", b"The mayor of D\xfcren said no.\n" * 3), "UTF-8", "14")

    def test_missing_file(self):
        self.refused(self.dir / "gone.txt", "no such file")

    def test_html_without_article(self):
        self.refused(self.write("menu.html", "<html><body><nav><a href=/>Home</a></nav></body></html>"),
                     "no article")

    def test_broken_json_line_in_the_middle(self):
        line = json.dumps({"title": "Harbour wall gives way", "text": TEXT, "outlet": "Osprey"})
        other = json.dumps({"title": "Again", "text": TEXT + "\nMore.\n", "outlet": "Osprey"})
        path = self.write("news.jsonl", f"{line}\n{{\"title\": \"cut of\n{other}\n")
        done = self.run_hearsay("ingest", path)
        self.assertEqual(done.returncode, SOME_REFUSED)
        self.assertIn("news.jsonl:2", done.stderr)
        self.assertEqual(self.articles(), 2)

    @unittest.skipIf(os.geteuid() != 0, "needs root, to become a user without rights")
    def test_directory_without_read_right(self):
        closed = self.dir / "closed"
        closed.mkdir()
        (closed / "a.txt").write_text(TEXT)
        closed.chmod(0o000)
        good = self.write("good.txt", TEXT)
        good.chmod(0o644)
        binary = self.dir / "hearsay"  # the build folder may be closed to that user
        shutil.copy(HEARSAY, binary)
        binary.chmod(0o755)
        self.dir.chmod(0o777)
        done = subprocess.run([binary, "--store", self.store, "ingest", closed, good], user=65534,
                              capture_output=True, text=True, cwd=self.dir)
        closed.chmod(0o755)
        self.assertEqual(done.returncode, SOME_REFUSED, done.stderr)
        self.assertRegex(done.stderr, r"closed.*[Pp]ermission")

    def test_file_that_vanishes(self):
        folder = self.dir / "wire"
        folder.mkdir()
        line = json.dumps({"title": "T", "text": TEXT}) + "\n"
        (folder / "a.jsonl").write_text("".join(
            json.dumps({"title": f"T{i}", "text": f"{TEXT}\nEdition {i}.\n"}) + "\n"
            for i in range(3000)))
        last = folder / "z.jsonl"
        last.write_text(line)
        process = subprocess.Popen([HEARSAY, "--store", self.store, "ingest", *QUICK,
                                    folder / "a.jsonl", last],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while not self.store.exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(0.2)  # looked up by now or not: either way the file is missed
        last.unlink()
        _, err = process.communicate(timeout=300)
        self.assertEqual(process.returncode, SOME_REFUSED, err)
        self.assertRegex(err, r"z\.jsonl.*(vanished|no such file)")
        self.assertEqual(self.articles(), 3000)

    def test_fifty_megabytes(self):
        text = (TEXT + "\n") * (50 * 1024 * 1024 // len(TEXT))
        self.refused(self.write("big.txt", text), "in one article", "16 MB is the most", "JSON lines")

    def test_fifty_megabytes_of_articles(self):
        line = json.dumps({"url": "https://example.org/{}", "text": TEXT + "x" * 100_000}) + "\n"
        path = self.write("big.jsonl", "".join(line.replace("{}", str(n)) for n in range(500)))
        self.succeed("ingest", *QUICK, path)
        self.assertEqual(self.articles(), 500)

    def test_one_line_of_ten_megabytes(self):
        path = self.write("line.txt", "The minister said the wall had held. " * (10 * 1024 * 1024 // 37))
        done = self.run_hearsay("ingest", *QUICK, path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.articles(), 1)


class BadStores(CliTest):
    def test_query_of_a_store_that_is_not_there(self):
        done = self.run_hearsay("query", "MATCH (n) RETURN n")
        self.assertEqual(done.returncode, ERROR)
        self.assertIn(str(self.store), done.stderr)
        self.assertFalse(self.store.exists())

    def test_second_writer(self):
        self.write("a.jsonl", "".join(
            json.dumps({"title": f"T{i}", "text": f"{TEXT}\nEdition {i}.\n"}) + "\n"
            for i in range(3000)))
        first = subprocess.Popen([HEARSAY, "--store", self.store, "ingest", *QUICK, self.dir / "a.jsonl"],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (self.store / "CURRENT").exists() and first.poll() is None:
            time.sleep(0.01)
        time.sleep(0.2)
        second = self.run_hearsay("ingest", self.write("b.txt", TEXT))
        self.assertIsNone(first.poll(), "the first writer ended before the second tried")
        self.assertEqual(second.returncode, ERROR)
        self.assertRegex(second.stderr, r"another process|in use")
        self.assertIn(str(self.store), second.stderr)
        self.assertEqual(first.wait(300), 0)
        self.assertEqual(self.articles(), 3000)

    def test_killed_in_the_middle(self):
        """kill -9 while it ingests: what was committed is there, and the store derives itself again."""
        self.write("a.jsonl", "".join(
            json.dumps({"title": f"T{i}", "text": f"{TEXT}\nEdition {i}.\n"}) + "\n"
            for i in range(20000)))
        process = subprocess.Popen([HEARSAY, "--store", self.store, "ingest", *QUICK, self.dir / "a.jsonl"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (self.store / "CURRENT").exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(1.0)
        process.kill()
        process.wait()
        self.succeed("ingest", self.write("b.txt", TEXT))
        self.succeed("verify")
        self.assertGreater(self.articles(), 1)

    def test_full_disk_on_export(self):
        self.succeed("ingest", self.write("a.txt", TEXT))
        done = self.run_hearsay("export", "--format", "records", "-o", "/dev/full")
        if pathlib.Path("/dev/full.part").exists():  # /dev itself took the file
            pathlib.Path("/dev/full.part").unlink()
        with open("/dev/full", "w") as full:
            process = subprocess.run([HEARSAY, "--store", self.store, "export", "--format", "records"],
                                     stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(process.returncode, ERROR)
        self.assertIn("No space left", process.stderr)

    @unittest.skipIf(os.geteuid() != 0, "needs root, to mount a small disk")
    def test_full_disk_on_ingest(self):
        disk = self.dir / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk],
                          capture_output=True).returncode:
            self.skipTest("mounting is not allowed here")
        try:
            store = disk / "store"
            self.succeed("ingest", *QUICK, self.write("first.txt", TEXT), store=store)
            path = self.write("many.jsonl", "".join(
                json.dumps({"title": f"T{i}", "text": f"Edition {i}.\n\n{TEXT * 20}"}) + "\n"
                for i in range(4000)))
            done = self.run_hearsay("ingest", path, store=store)
            self.assertEqual(done.returncode, ERROR, done.stderr)
            self.assertRegex(done.stderr, r"(?i)no space|disk.* full")
            acknowledged = int(re.search(r"([\d,]+) articles? added", done.stdout)[1].replace(",", ""))
            subprocess.run(["mount", "-o", "remount,size=400m", disk], check=True)
            self.succeed("ingest", self.write("after.txt", TEXT + "\nAfter.\n"), store=store)
            self.assertEqual(self.articles(store), acknowledged + 2)
        finally:
            subprocess.run(["umount", "-l", disk], check=True)


class BadQuestions(CliTest):
    def setUp(self):
        super().setUp()
        self.succeed("ingest", self.write("a.txt", TEXT), "--outlet", "Osprey", "--published", "2024-05-03")

    def asked(self, text, code=ERROR):
        done = self.run_hearsay("query", text)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stderr

    def test_unknown_verb(self):
        message = self.asked('TRCAE "wall"')
        self.assertIn("1:1", message)
        self.assertIn("TRACE", message)

    def test_unknown_entity(self):
        message = self.asked('WHAT DID "Nobody Atall" SAY')
        self.assertIn("Nobody Atall", message)

    def test_write_clause(self):
        self.assertIn("hearsay ingest", self.asked("CREATE (n:Person) RETURN n"))

    def test_caret_stands_under_the_place(self):
        lines = self.asked("MATCH (a:Article) RETURN b").splitlines()
        caret = next(i for i, line in enumerate(lines) if line.strip() == "^")
        self.assertEqual(lines[caret - 1][lines[caret].index("^")], "b")

    def test_usage(self):
        self.assertEqual(self.run_hearsay("ingest").returncode, USAGE)
        self.assertEqual(self.run_hearsay("frobnicate").returncode, USAGE)
        self.assertEqual(self.run_hearsay("query", "MATCH (n) RETURN n", "--format", "xml").returncode, USAGE)


if __name__ == "__main__":
    unittest.main(verbosity=2)
