"""Times the reading of documents, end to end and stage by stage, beside a floor.

The floor does the least that any such program must do with the same files in the same run:
PDFium's bare text of every page, the blank tokenizer over it, one FTS5 row a page. Each side
runs in a process of its own, in turn, so that both see the same machine; medians are printed.

    python bench/ingest.py FOLDER [--runs 3]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STAGES = ("start", "read", "assemble", "tag", "store")


class Clock:
    """Adds up seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - begun


def floor(files: list[Path], folder: Path) -> dict[str, float]:
    """Bare text, bare tokens, bare rows."""
    clock = Clock()
    with clock.stage("start"):
        import pypdfium2
        import spacy

        nlp = spacy.blank("en")
    db = sqlite3.connect(folder / "floor.db")
    db.execute("CREATE VIRTUAL TABLE page USING fts5(text)")
    pages = words = 0
    for path in files:
        with clock.stage("read"):
            document = pypdfium2.PdfDocument(path.read_bytes())
            texts = []
            for page in document:
                textpage = page.get_textpage()
                texts.append(textpage.get_text_range())
                textpage.close()
                page.close()
            document.close()
        with clock.stage("tag"):
            words += sum(len(nlp.tokenizer(text)) for text in texts)
        with clock.stage("store"):
            db.executemany("INSERT INTO page VALUES (?)", ((text,) for text in texts))
        pages += len(texts)
    with clock.stage("store"):
        db.commit()
    db.close()
    return {**clock.seconds, "pages": pages}


def ours(files: list[Path], folder: Path) -> dict[str, float]:
    """The whole pipeline, each stage as `textmine ingest` runs it."""
    clock = Clock()
    with clock.stage("start"):
        from corpus import assemble as assembling
        from corpus.authorities import Register
        from index import database
        from textmine import ingest
        from textmine.sources import gather
        from textmine.themes import load_themes

        ingester = ingest.Ingester(Register.load(), load_themes())
        db = database.create(folder / "library")
        candidates = gather([str(path) for path in files]).files
    _time(clock, ingest, "read", "read")
    _time(clock, ingest, "assemble", "assemble")
    _time(clock, ingest.Ingester, "tag", "tag")
    begun = time.perf_counter()
    pages = 0
    for result in ingester.run(candidates, db):
        assert result.result in {"ok", "partial"}, result
        pages += len(result.document.pages) if result.document else 0
    total = time.perf_counter() - begun
    db.close()
    clock.seconds["store"] = total - sum(clock.seconds[name] for name in STAGES[1:4])
    assert assembling.VERSION
    return {**clock.seconds, "pages": pages}


def _time(clock: Clock, owner: object, name: str, stage: str) -> None:
    """Replaces a function by itself and a clock."""
    function = getattr(owner, name)

    def timed(*args: object, **kwargs: object) -> object:
        with clock.stage(stage):
            return function(*args, **kwargs)

    setattr(owner, name, timed)


def child(side: str, folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*.pdf") if b"%PDF-" in path.read_bytes()[:1024])
    scratch = Path(tempfile.mkdtemp())
    try:
        figures = {"floor": floor, "ours": ours}[side](files, scratch)
    finally:
        shutil.rmtree(scratch)
    print(json.dumps({**figures, "memory": peak_memory()}))


def peak_memory() -> float:
    """The process's peak memory in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("samples/reports"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--side", choices=["floor", "ours"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.side:
        child(given.side, given.folder)
        return
    runs: dict[str, list[dict[str, float]]] = {"floor": [], "ours": []}
    for _ in range(given.runs):
        for side, figures in runs.items():
            command = [sys.executable, __file__, str(given.folder), "--side", side]
            figures.append(json.loads(subprocess.check_output(command)))
    report(runs)


def report(runs: dict[str, list[dict[str, float]]]) -> None:
    pages = runs["ours"][0]["pages"]
    print(f"{pages:.0f} pages, medians of {len(runs['ours'])} runs\n")
    print(f"{'stage':12}{'floor s':>9}{'ours s':>9}{'ratio':>8}")
    for stage in STAGES:
        low, own = (median(runs[side], stage) for side in ("floor", "ours"))
        print(f"{stage:12}{low:9.2f}{own:9.2f}{ratio(own, low)}")
    low, own = (
        statistics.median(sum(run.get(s, 0.0) for s in STAGES[1:]) for run in runs[side])
        for side in ("floor", "ours")
    )
    print(f"{'end to end':12}{low:9.2f}{own:9.2f}{ratio(own, low)}   (start-up not counted)")
    print(f"{'pages/s':12}{pages / low:9.0f}{pages / own:9.0f}")
    low, own = (median(runs[side], "memory") for side in ("floor", "ours"))
    print(f"{'peak MB':12}{low:9.0f}{own:9.0f}")


def median(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run.get(name, 0.0) for run in runs)


def ratio(own: float, low: float) -> str:
    return f"{own / low:8.2f}" if low else f"{'-':>8}"


if __name__ == "__main__":
    main()
