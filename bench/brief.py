"""Times the brief of an authority beside the start of Python, each as a process of its own.

    python bench/brief.py LIBRARY AUTHORITY [--runs 5]

Prints the medians, and what the brief costs beyond start-up; more than `--most` seconds is an
error.
"""

from __future__ import annotations

import argparse
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
        runs = [(seconds("-c", "pass"), seconds(*brief)) for _ in range(given.runs)]
    bare, made = (statistics.median(each) for each in zip(*runs, strict=True))
    print(f"python -c pass       {bare:6.3f} s")
    print(f"brief as a .docx     {made:6.3f} s")
    print(f"beyond start-up      {made - bare:6.3f} s (at most {given.most} s)")
    sys.exit(made - bare > given.most)


def seconds(*arguments: str) -> float:
    """How long a run of Python takes."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
