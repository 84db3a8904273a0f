"""All benchmarks as one table and one JSON, beside floors and peers in the same run.

    python bench/table.py REPORTS LIBRARY RESULT.json [--files 24] [--plumbed 40]

Reading is timed in processor time on some of the reports: ours from the bytes to the stored
findings, in turns with bare PDFium and with the floor of bench/ingest.py (PDFium, blank spaCy, one
FTS5 row a page); then pdftotext where it is there, and pdfplumber on some of the same pages. The
other benchmarks run as programs of their own; what they print is kept whole in the JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import ingest  # noqa: E402
from scale import pdfs  # noqa: E402

PLUMBER_LIMIT = 20.0
"""How many times faster than pdfplumber an ingest must be, from the bytes to the findings."""


class Figure(NamedTuple):
    """A line of the table: a figure of ours, and another beside it from the same run."""

    what: str
    unit: str
    ours: float
    beside: str = ""
    theirs: float | None = None


def reading(files: list[Path], plumbed: int) -> Iterator[Figure]:
    """Pages of a second of processor time, end to end, against each other reader."""
    ingest.by_stage(files[:1], time.process_time)  # models are loaded, words learned
    stages = ingest.by_stage(files, time.process_time)
    pages = stages["pages"]
    ours = pages / sum(stages[name] for name in ingest.STAGES)
    floor = pages / sum(stages[f"floor {name}"] for name in ingest.STAGES if name != "assemble")
    yield Figure("read, tag, store", "pages/s", ours, "floor: PDFium, blank spaCy, FTS5", floor)
    yield Figure(
        "read alone", "pages/s", pages / stages["read"], "PDFium", pages / stages["floor read"]
    )
    if shutil.which("pdftotext"):
        yield Figure("read, tag, store", "pages/s", ours, "pdftotext", pages / pdftotext(files))
    for what, take in PLUMBING.items():
        plumber = by_pdfplumber(files, plumbed, take, time.process_time)
        yield Figure("read, tag, store", "pages/s", ours, what, plumber)
    workers = os.cpu_count() or 1
    _, seconds = ingest.whole(files, processes=workers)
    plumber = by_pdfplumber(files, plumbed, PLUMBING[TEXT], time.perf_counter)
    what = f"ingest, {workers} workers, by the clock"
    yield Figure(what, "pages/s", pages / seconds, TEXT, plumber)


def pdftotext(files: Iterable[Path]) -> float:
    """Seconds of processor time of pdftotext."""
    before = os.times()
    for path in files:
        subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.DEVNULL, check=True)
    now = os.times()
    return now.children_user + now.children_system - before.children_user - before.children_system


TEXT = "pdfplumber, text"
PLUMBING: dict[str, Callable[[Any], object]] = {
    TEXT: lambda page: page.extract_text(),
    "pdfplumber, text and tables": lambda page: (page.extract_text(), page.extract_tables()),
}


def by_pdfplumber(
    files: list[Path], most: int, take: Callable[[Any], object], now: Callable[[], float]
) -> float:
    """Pages that pdfplumber takes in a second: the same number of each file, from all over it."""
    import pdfplumber

    share = -(-most // len(files))
    count, begun = 0, now()
    for path in files:
        with pdfplumber.open(path) as pdf:
            step = max(len(pdf.pages) // share, 1)
            for page in pdf.pages[::step][:share]:
                take(page)
                page.close()
                count += 1
    return count / (now() - begun)


def program(name: str, *arguments: object) -> str:
    """What one of the other benchmarks prints, even where it misses a limit."""
    command = [sys.executable, str(HERE / f"{name}.py"), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return done.stdout or done.stderr.splitlines()[-1]


def of_tagging(printed: str) -> Iterator[Figure]:
    bare, ours = (
        _number(rf"^{who} +([\d,]+) words/s", printed) for who in ("bare spaCy", "tagger")
    )
    yield Figure("tag", "words/s", ours, "blank spaCy, sentencizer", bare)


def of_searching(printed: str) -> Iterator[Figure]:
    rows = re.findall(
        r"^ *([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+|-) +[\d,]+  ", printed, re.MULTILINE
    )
    plain = 16  # the plain questions come first (bench/search.py)
    for name, some in (("plain question", rows[:plain]), ("strict query", rows[plain:])):
        bare, _, page, facets, theirs = zip(*some, strict=True)
        yield Figure(f"{name}, page", "ms", _median(page), "bare FTS5", _median(bare))
        if "-" not in theirs:
            yield Figure(f"{name}, page", "ms", _median(page), "tantivy", _median(theirs))
    yield Figure("facets", "ms", _median(facets), "bare FTS5", _median(bare))


def of_pages(printed: str) -> Iterator[Figure]:
    yield Figure("search page of serve", "times its use case", _number(r"page: ([\d.]+)", printed))
    yield Figure("picture of a page", "ms", _number(r"page: ([\d.]+) ms", printed))


def of_briefs(printed: str) -> Iterator[Figure]:
    yield Figure("brief beyond start-up", "s", _number(r"beyond start-up +([\d.]+)", printed))


def of_statistics(printed: str) -> Iterator[Figure]:
    for name, seconds in re.findall(r"^(.+?) +([\d.]+) s$", printed, re.MULTILINE):
        yield Figure(f"statistics: {name}", "s", float(seconds))


def of_relevance(printed: str) -> Iterator[Figure]:
    del printed
    return iter(())  # its tables are kept as they are


def _median(values: Iterable[str]) -> float:
    return statistics.median(map(float, values))


def _number(pattern: str, printed: str) -> float:
    found = re.search(pattern, printed, re.MULTILINE)
    return float(found[1].replace(",", "")) if found else float("nan")


def busiest(library: Path) -> str:
    """The authority with the most documents."""
    with closing(sqlite3.connect(library / "textmine.db")) as db:
        row = db.execute(
            "SELECT authority_name FROM document WHERE authority IS NOT NULL"
            " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        ).fetchone()
    return str(row[0])


def machine() -> dict[str, Any]:
    """What the figures were measured on, and of which version."""
    info = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*: (.+)", info.read_text()) if info.exists() else None
    git = ["git", "-C", str(HERE.parent), "rev-parse", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    return {
        "commit": commit or None,
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "processor": model[1] if model else platform.processor(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def show(figures: Iterable[Figure]) -> None:
    print(f"{'':34}{'ours':>12}  {'unit':20}{'beside':>12}{'ratio':>8}")
    for what, unit, ours, beside, theirs in figures:
        line = f"{what:34}{ours:12,.2f}  {unit:20}"
        print(line + (f"{theirs:12,.2f}{ours / theirs:8.2f}  {beside}" if theirs else ""))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("library", type=Path, help="a library of these reports")
    parser.add_argument("result", type=Path)
    parser.add_argument("--files", type=int, default=24, help="reports that are read")
    parser.add_argument("--plumbed", type=int, default=40, help="pages for pdfplumber")
    parser.add_argument("--skip", nargs="*", default=[])
    given = parser.parse_args()
    every = pdfs(given.reports)
    files = every[:: max(len(every) // given.files, 1)][: given.files]
    about = machine()
    figures = list(reading(files, given.plumbed))
    some = Path(tempfile.mkdtemp())  # the same reports, as a folder
    for number, path in enumerate(files):
        (some / f"{number}.pdf").symlink_to(path.resolve())
    others: dict[str, tuple[tuple[object, ...], Callable[[str], Iterator[Figure]]]] = {
        "tag": ((some, "--runs", 1, "--passages", 5_000), of_tagging),
        "search": (("--library", given.library, "--rounds", 5), of_searching),
        "page": (("--library", given.library), of_pages),
        "brief": ((given.library, busiest(given.library)), of_briefs),
        "analysis": ((given.library,), of_statistics),
        "relevance": ((given.reports, "--library", given.library), of_relevance),
    }
    printed = {}
    for name, (arguments, figures_of) in others.items():
        if name not in given.skip:
            printed[name] = program(name, *arguments)
            figures += figures_of(printed[name])
    shutil.rmtree(some)
    show(figures)
    content = {
        "machine": about,
        "figures": [each._asdict() for each in figures],
        "printed": printed,
    }
    given.result.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    ingests = [each for each in figures if each.what.startswith("ingest") and each.theirs]
    return int(any(each.ours < PLUMBER_LIMIT * (each.theirs or 0) for each in ingests))


if __name__ == "__main__":
    sys.exit(main())
