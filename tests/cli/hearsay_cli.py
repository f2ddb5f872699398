"""What the command-line tests share: a scratch folder a test and one way to run the binary."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "articles"
META = ROOT / "samples" / "meta.csv"
SHARED = ROOT.parent / "shared"
HEARSAY = os.environ.get("HEARSAY_BINARY", str(ROOT / "build" / "dev" / "hearsay"))

TEXT = """Harbour wall gives way in Velmora

VELMORA, May 3 (Osprey) - The harbour wall gave way on Tuesday, the port authority said.

"We heard it before we saw it," a docker told Osprey.

At least 12 people were injured, Health Minister Ilona Varga said.
"""


class CliTest(unittest.TestCase):
    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="hearsay-test-"))
        self.dir.chmod(0o755)
        self.store = self.dir / "store"

    def tearDown(self):
        shutil.rmtree(self.dir, ignore_errors=True)

    def run_hearsay(self, *args, store=None, stdin=None, **options):
        """Runs the binary to its end; returns the finished process with text output."""
        command = [HEARSAY, "--store", str(store or self.store), *map(str, args)]
        return subprocess.run(command, input=stdin, capture_output=True, timeout=300, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8"}, **options)

    def succeed(self, *args, **options):
        done = self.run_hearsay(*args, **options)
        self.assertEqual(done.returncode, 0, f"{args}: {done.stderr}")
        return done.stdout

    def write(self, name, content):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def articles(self, store=None):
        return int(self.succeed("query", "MATCH (a:Article) RETURN count(a)", "--format", "csv",
                                store=store).split()[-1])
