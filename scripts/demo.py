"""Reads the invented sample reports into a library of their own and asks it a few things.

The first thing to run after cloning (`make demo`): every command is printed before its output,
so that it can be typed again. Stops at the first command that fails, with its exit code.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = "demo-library"
REGISTER = "samples/authorities.csv"
SAMPLES = "samples/reports samples/self_evaluations"
BRIEF = "textmine brief Eastmere --internal --as-of 2026-09-01"
COMMANDS = (
    f"textmine ingest {SAMPLES} --register {REGISTER} --library {LIBRARY}",
    f"textmine search 'care leavers' --limit 3 --library {LIBRARY}",
    f"textmine search 'supervision' --polarity concern --limit 3 --library {LIBRARY}",
    f"textmine judgements --library {LIBRARY}",
    f"textmine findings --polarity concern --limit 8 --library {LIBRARY}",
    f"textmine changes --text --library {LIBRARY}",
    f"textmine status --library {LIBRARY}",
    f"{BRIEF} --library {LIBRARY} -o {LIBRARY}/eastmere.docx",
    f"{BRIEF} --library {LIBRARY}",
)


def run(command: str) -> int:
    """Print the command and run it with this interpreter, at the root of the checkout."""
    print(f"\n$ {command}", flush=True)
    arguments = shlex.split(command)[1:]
    return subprocess.run([sys.executable, "cli.py", *arguments], cwd=ROOT, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="go on with the library of last time")
    if not parser.parse_args().keep:
        shutil.rmtree(ROOT / LIBRARY, ignore_errors=True)
    for command in COMMANDS:
        if code := run(command):
            print(f"\nThis command failed with exit code {code}: {command}", file=sys.stderr)
            return code
    print(f"\nThe library is in ./{LIBRARY}, the command in {Path(sys.executable).parent}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
