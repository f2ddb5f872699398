"""The shell: scripts on standard input, and a person at a terminal."""
import os
import pty
import re
import select
import signal
import subprocess
import time
import unittest

from hearsay_cli import HEARSAY, META, SAMPLES, CliTest


class Scripts(CliTest):
    def shell(self, script):
        return subprocess.run([HEARSAY, "--store", self.store, "shell"], input=script, text=True,
                              capture_output=True)

    def setUp(self):
        super().setUp()
        self.succeed("ingest", SAMPLES, "--meta", META)

    def test_queries_over_several_lines_and_a_format(self):
        done = self.shell(".mode csv\nMATCH (a:Article)\n  RETURN count(a) AS n;\nRETURN ';' AS mark;\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "n\n19\nmark\n;\n")

    def test_the_first_error_ends_a_script(self):
        done = self.shell("RETURN 1 AS one;\nRETURN nobody;\nRETURN 2 AS two;\n")
        self.assertEqual(done.returncode, 1)
        self.assertIn("one", done.stdout)
        self.assertNotIn("two", done.stdout)
        self.assertIn("'nobody' is no variable here", done.stderr)

    def test_bail_off_goes_on(self):
        done = self.shell(".bail off\nRETURN nobody;\nRETURN 2 AS two;\n")
        self.assertIn("two", done.stdout)
        self.assertIn("nobody", done.stderr)

    def test_output_and_read(self):
        script, out = self.dir / "script.hql", self.dir / "out.csv"
        script.write_text("RETURN 7 AS seven;\n")
        done = self.shell(f".mode csv\n.output {out}\n.read {script}\n.output\nRETURN 8 AS eight;\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(out.read_text(), "seven\n7\n")
        self.assertEqual(done.stdout, "eight\n8\n")

    def test_every_dot_command_is_in_help(self):
        shown = self.shell(".help\n").stdout
        for command in (".bail", ".explain", ".maxrows", ".mode", ".output", ".quit", ".read",
                        ".schema", ".stats", ".timer", "WHO SAID", "TRACE"):
            self.assertIn(command, shown)
        self.assertIn("Statement", self.shell(".schema\n").stdout)
        self.assertRegex(self.shell(".stats\n").stdout, r"Article\s+19")


class Terminal(CliTest):
    def setUp(self):
        super().setUp()
        self.succeed("ingest", SAMPLES, "--meta", META)
        environment = dict(os.environ, TERM="xterm", HOME=str(self.dir), NO_COLOR="1")
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(HEARSAY, [HEARSAY, "--store", str(self.store), "shell"], environment)
        self.seen = ""

    def tearDown(self):
        os.close(self.terminal)
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        super().tearDown()

    def type(self, text):
        os.write(self.terminal, text.encode())

    def wait_for(self, pattern, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if re.search(pattern, self.seen):
                return
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.terminal, 65536).decode(errors="replace")
                except OSError:
                    break
        self.assertRegex(self.seen, pattern)

    def test_a_session(self):
        self.wait_for("hearsay> ")
        self.type("MATCH (a:Article)\n")
        self.wait_for(r"\.\.\.> ")
        self.type("RETURN count(a) AS articles;\n")
        self.wait_for(r"19[\s\S]*1 row")
        self.seen = ""
        self.type("RETURN nobody;\n")
        self.wait_for("no variable here[\\s\\S]*hearsay> ")  # an error does not end it
        self.seen = ""
        self.type("MATC\t")
        self.wait_for("MATCH")
        self.type("\x15.quit\n")
        self.assertEqual(os.waitpid(self.pid, 0)[1], 0)

    def test_ctrl_c_ends_the_query_and_not_the_shell(self):
        self.wait_for("hearsay> ")
        self.type("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b);\n")
        time.sleep(1)
        self.type("\x03")
        self.wait_for("cancelled[\\s\\S]*hearsay> ")
        self.seen = ""
        self.type("RETURN 41 + 1 AS answer;\n")
        self.wait_for(r"42[\s\S]*1 row")


if __name__ == "__main__":
    unittest.main(verbosity=2)
