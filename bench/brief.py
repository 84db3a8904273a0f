"""Times the brief of an authority beside the start of Python, each as a process of its own.

    python bench/brief.py LIBRARY AUTHORITY [--runs 5]

Prints the medians in processor time, which other work on the machine does not change much, and by
the clock. A brief that costs more than `--most` seconds of processor time beyond start-up is an
error.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run both, in turns."""
    parser = argparse.ArgumentParser()
    parser.add_argument("library", type=Path)
    parser.add_argument("authority")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--most", type=float, default=2.0)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        brief = (
            str(ROOT / "cli.py"), "brief", given.authority, "--library", str(given.library),
            "-o", str(Path(folder) / "brief.docx"),
        )  # fmt: skip
        runs = [(*seconds("-c", "pass"), *seconds(*brief)) for _ in range(given.runs)]
    bare, bare_clock, made, clock = (statistics.median(each) for each in zip(*runs, strict=True))
    print(f"python -c pass    {bare:6.3f} s processor {bare_clock:7.3f} s clock")
    print(f"brief as a .docx  {made:6.3f} s processor {clock:7.3f} s clock")
    print(f"beyond start-up   {made - bare:6.3f} s processor (at most {given.most} s)")
    sys.exit(made - bare > given.most)


def seconds(*arguments: str) -> tuple[float, float]:
    """How long a run of Python takes: processor time, and by the clock."""
    begun, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    after = os.times()
    used = after.children_user - before.children_user
    used += after.children_system - before.children_system
    return used, time.perf_counter() - begun


if __name__ == "__main__":
    main()
