"""Many distinct reports into one library: memory, time and size at some numbers of documents.

    python bench/capacity.py FOLDER RESULT.json [--files 16000] [--minutes 50] [--jobs 2]

The reports of FOLDER are made distinct (distinct.py) and read in one ingest, the largest first.
While it runs, this looks ten times a second at the memory of its processes, and notes them, the
time, and the size of the library whenever it holds another of some numbers of documents. After
`--minutes` the ingest is ended, and what was reached is written.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import distinct
from scale import EVERY, Memory, ingest, pdfs

AT = (160, 500, 1_000, 2_000, 4_000, 8_000, 16_000)
_SIZES = """SELECT count(*),
    (SELECT count(*) FROM page), (SELECT count(*) FROM passage), (SELECT count(*) FROM finding),
    (SELECT sum(length(CAST(text AS BLOB))) FROM passage_text) FROM document"""


def fill(sources: list[Path], folder: Path, count: int) -> list[Path]:
    """So many distinct files of these."""
    folder.mkdir()
    made = list(distinct.templates(sources))
    files = []
    for number in range(count):
        files.append(folder / f"{number:05}.pdf")
        files[-1].write_bytes(distinct.copy(made[number % len(made)], number))
    return files


def measure(files: list[Path], library: Path, *, jobs: int, minutes: float) -> list[dict[str, Any]]:
    """What was noted at each of the numbers, and at the end."""
    begun = time.monotonic()
    process = ingest(files, library, jobs)
    peaks = Memory(process.pid)
    noted: list[dict[str, Any]] = []
    wanted = [number for number in AT if number <= len(files)]
    look = begun
    while process.poll() is None:
        peaks.look()
        time.sleep(EVERY)
        if time.monotonic() - look > 2:
            look = time.monotonic()
            if wanted and documents(library) >= wanted[0]:
                wanted.pop(0)
                noted.append(state(library, peaks, begun))
                print(json.dumps(noted[-1]), flush=True)
            if look - begun > minutes * 60:
                process.terminate()
                process.wait()
    noted.append(state(library, peaks, begun))
    print(json.dumps(noted[-1]), flush=True)
    return noted


def documents(library: Path) -> int:
    """How many documents are in the library now."""
    path = library / "textmine.db"
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.Error:  # it is being made
        return 0


def state(library: Path, peaks: Memory, begun: float) -> dict[str, Any]:
    """Time, sizes and peak memory so far."""
    path = library / "textmine.db"
    seconds = time.monotonic() - begun
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        names = ("documents", "pages", "passages", "findings", "text_bytes")
        sizes = dict(
            zip(
                names,
                db.execute(_SIZES).fetchone(),
                strict=True,
            )
        )
        held = db.execute("PRAGMA page_count").fetchone()[0] * 4096
    return {
        **sizes,
        "library_bytes": held,
        "seconds": round(seconds, 1),
        "parent_mb": round(peaks.parent),
        "worker_mb": round(peaks.worker),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--files", type=int, default=16_000)
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shortest", type=int, help="use so many of the smallest files only")
    parser.add_argument("--scratch", type=Path)
    given = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(dir=given.scratch))
    try:
        sources = sorted(pdfs(given.folder), key=lambda path: path.stat().st_size)
        files = fill(sources[: given.shortest], scratch / "files", given.files)
        noted = measure(files, scratch / "library", jobs=given.jobs, minutes=given.minutes)
    finally:
        shutil.rmtree(scratch)
    given.result.write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
