"""Fails if clang-format 14 would change a source file; exits 77 (skipped) where it is not installed."""
import shutil
import subprocess
import sys

from tree import LAYERS, ROOT, files

TOOL = shutil.which("clang-format-14")
if not TOOL:
    print("skipped: clang-format-14 is not installed (scripts/setup.sh lint)")
    sys.exit(77)
sources = [str(p) for p in files()
           if p.parts[0] in LAYERS + ("tests",) and p.suffix in (".h", ".cc")]
sys.exit(subprocess.run([TOOL, "--dry-run", "-Werror", *sources], cwd=ROOT).returncode)
