"""Reads the invented sample reports into a library of their own, and shows what can be asked.

The first thing to run after cloning (`make demo`). It ends on one screen: what was read, one
search, one finding, where the brief is, and what to try next; each command is printed, so that
it can be typed again. Stops at the first command that fails, with its exit code.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = "demo-library"
BRIEF = f"{LIBRARY}/eastmere.docx"
INGEST = (
    "textmine ingest samples/reports samples/self_evaluations --register samples/authorities.csv"
)
SEARCH = "textmine search 'pathway plans' --limit 1"
FINDINGS = "textmine findings --theme children-seen --polarity concern --limit 1"
WRITE_BRIEF = f"textmine brief Eastmere --internal --as-of 2026-09-01 -o {BRIEF}"
NEXT = (
    ("textmine judgements", "each report with its grades"),
    ("textmine changes --text", "what changed between inspections"),
    ("textmine search --syntax", "how to write a query"),
    ("textmine ingest FOLDER --library mine", "read your own reports"),
)


class CommandFailed(Exception):
    """A command of the demonstration ended with an error."""

    def __init__(self, command: str, code: int) -> None:
        super().__init__(f"This command failed with exit code {code}: {command}")
        self.code = code


def run(command: str) -> tuple[str, str]:
    """What a command prints; it runs with this interpreter, at the root of the checkout."""
    arguments = [sys.executable, "cli.py", *shlex.split(command)[1:]]
    environment = {
        **os.environ,
        "TEXTMINE_LIBRARY": LIBRARY,
        "COLUMNS": str(shutil.get_terminal_size().columns),
    }
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="", file=sys.stderr)
        raise CommandFailed(command, done.returncode)
    return done.stdout.strip(), done.stderr.strip()


def show(command: str) -> None:
    """A command, its answer, and how much of the answer that is."""
    answer, notes = run(command)
    count = next((line for line in notes.splitlines() if " shown" in line), "")
    print(f"$ {command}\n{answer}\n   ({count.partition(';')[0]})\n")


def _folder() -> str:
    """The folder of the command, from the checkout if it is in it."""
    folder = Path(sys.executable).parent
    return f"$PWD/{folder.relative_to(ROOT)}" if folder.is_relative_to(ROOT) else str(folder)


def demonstrate() -> None:
    """One screen of 80 columns."""
    print("Reading the sample reports ...\n", flush=True)
    _, read = run(INGEST)
    run(WRITE_BRIEF)
    print("$ " + INGEST.replace(" --register", " \\\n    --register"))
    print(f"{read.splitlines()[-1]}: invented reports, now in the library ./{LIBRARY}\n")
    show(SEARCH)
    show(FINDINGS)
    print("$ " + WRITE_BRIEF.replace(" -o", " \\\n    -o"))
    print(f"A briefing for a meeting is in ./{BRIEF}: open it in Word\nor LibreOffice.\n")
    print("Try next, after this (so that the command and the library are known):")
    print(f'  export PATH="{_folder()}:$PATH" TEXTMINE_LIBRARY={LIBRARY}')
    for command, what in NEXT:
        print(f"  {command:40} {what}")
    print("And in a browser (it opens a tab; Ctrl-C ends it):")
    print("  textmine serve                           search, read, decide and brief on a page")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="use the library of the last time")
    if not parser.parse_args().keep:
        shutil.rmtree(ROOT / LIBRARY, ignore_errors=True)
    try:
        demonstrate()
    except CommandFailed as error:
        print(error, file=sys.stderr)
        return error.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
