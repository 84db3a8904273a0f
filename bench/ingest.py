"""Times the reading of documents beside a floor, on the same files in the same run.

The floor does the least that any such program must do: PDFium's bare text of every page, the
blank tokenizer over it, one FTS5 row a page. With one worker both programs run side by side in
processes of their own and take turns, the one that begins alternating. A turn is a few files
(`--turn`), because the pipeline reads the next file while it stores the last one: with a turn of
one file it may not, and the figure is that of a file's way through, not of an ingest's. Two workers
share whole runs, which take turns with the floor's and with those of one worker. The stages take
turns with the floor's file by file, one after another in this process. Every figure is the median
of the runs; start-up is not counted. Each kind of figure has a floor of its own beside it, so that
one can be had without the others (`--only`) where a machine is quiet for a short time.

    python bench/ingest.py FOLDER [--runs 3] [--turn 8] [--only turns bare scaling stages]
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from corpus.register.authorities import Register
from index.storage import database
from textmine.ingestion.candidate import Candidate
from textmine.ingestion.ingest import Ingest
from textmine.ingestion.process_pool import Pool
from textmine.ingestion.versions import Maker
from textmine.themes import load_themes

STAGES = ("read", "assemble", "tag", "store")
KINDS = ("turns", "bare", "scaling", "stages")


class Clock:
    """Adds up seconds by name: of the wall clock, or of whatever `now` tells."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = self._now()
        try:
            yield
        finally:
            self.seconds[name] += self._now() - begun


class Floor:
    """Bare text, bare tokens, bare rows."""

    def __init__(
        self,
        folder: Path,
        *,
        tokens: bool = True,
        now: Callable[[], float] = time.perf_counter,
    ) -> None:
        import pypdfium2
        import spacy

        self.pdfium = pypdfium2
        self.tokenizer = spacy.blank("en").tokenizer if tokens else None
        self.db = sqlite3.connect(folder / "floor.db")
        self.db.execute("CREATE VIRTUAL TABLE page USING fts5(text)")
        self.clock = Clock(now)
        self.pages = 0

    def take(self, path: Path) -> None:
        with self.clock.stage("read"):
            document = self.pdfium.PdfDocument(path.read_bytes())
            texts = []
            for page in document:
                textpage = page.get_textpage()
                texts.append(textpage.get_text_range())
                textpage.close()
                page.close()
            document.close()
        if self.tokenizer:
            with self.clock.stage("tag"):
                for text in texts:
                    self.tokenizer(text)
        with self.clock.stage("store"):
            self.db.executemany("INSERT INTO page VALUES (?)", ((text,) for text in texts))
        self.pages += len(texts)

    def close(self) -> float:
        with self.clock.stage("store"):
            self.db.commit()
        self.db.close()
        return sum(self.clock.seconds.values())


@contextmanager
def scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def make_reader(*, tagging: bool) -> Callable[[Any], Any]:
    """What a worker of the pipeline makes; without tagging where only the rest is timed."""
    from textmine.ingestion import reader

    work = reader.make_reader(None, None)
    if not tagging:
        reader.Reader.tag = lambda *_: ((), ())  # type: ignore[method-assign]
    return work


def by_stage(files: list[Path], now: Callable[[], float] = time.perf_counter) -> dict[str, float]:
    """The pipeline's stages one after another in this process, file by file with the floor's."""
    from corpus import assemble as assembling
    from corpus.model import Source
    from corpus.readers import read, table_reader
    from index.documents import rows, store
    from index.documents.records import Entry, Original
    from index.storage import originals
    from textmine.ingestion.reader import Reader

    register, themes = Register.load(), load_themes()
    reader, maker = Reader(register, themes), Maker.of(themes)
    clock = Clock(now)
    with scratch() as folder, database.create(folder / "library") as db:
        floor = Floor(folder, now=now)
        for path in files:
            floor.take(path)
            data = path.read_bytes()
            with clock.stage("read"):
                raw = read(data, path.name)
            source = Source(path=path.name, sha256="", size=len(data))
            with clock.stage("assemble"):
                document = assembling.assemble(
                    raw, source, register=register, tables=table_reader(data)
                )
            with clock.stage("tag"):
                findings, figures = reader.tag(document)
            with clock.stage("store"):
                sha256 = originals.keep(db.folder, data, raw.media_type)
                original = Original(
                    sha256=sha256, name=path.name, bytes=len(data), media_type=raw.media_type
                )
                made = maker.provenance(document.doc_type)
                entry = Entry(
                    original=original,
                    document=document,
                    findings=findings,
                    made=made,
                    figures=figures,
                )
                store.put(db, rows.of(entry))
        floor.close()
        theirs = {f"floor {name}": seconds for name, seconds in floor.clock.seconds.items()}
        pages = floor.pages
    return {**clock.seconds, **theirs, "pages": pages}


def _floor_share(files: list[Path]) -> None:
    with scratch() as folder:
        floor = Floor(folder)
        for path in files:
            floor.take(path)
        floor.close()


def whole(files: list[Path], *, processes: int) -> tuple[float, float]:
    """Seconds of the floor and of ours, one after the other, with so many processes."""
    shares = [files[number::processes] for number in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_floor_share, [[]] * processes, chunksize=1)  # everything is imported
        begun = time.perf_counter()
        pool.map(_floor_share, shares, chunksize=1)
        floor = time.perf_counter() - begun
    return floor, _ours(files, workers=processes)


def scaling(files: list[Path]) -> dict[str, float]:
    """Seconds of whole runs of both programs, with one process and with two."""
    (floor, ours), (floor_of_two, ours_of_two) = (whole(files, processes=n) for n in (1, 2))
    return {"floor 1": floor, "floor 2": floor_of_two, "ours 1": ours, "ours 2": ours_of_two}


def _ours(files: list[Path], *, workers: int) -> float:
    with scratch() as folder, database.create(folder / "library") as db:
        notes = [folder / f"note{number}.txt" for number in range(workers)]
        for note in notes:
            note.write_text(f"A worker starts with {note.name}.", encoding="utf-8")
        ordered = sorted(files, key=lambda path: path.stat().st_size, reverse=True)
        candidates = [Candidate(path, path.name) for path in (*notes, *ordered)]
        pool = Pool(partial(make_reader, tagging=True), workers=workers)
        results = Ingest(db, pool).run(candidates)
        for _ in notes:
            next(results)
        begun = time.perf_counter()
        assert all(result.result in {"ok", "partial"} for result in results)
        return time.perf_counter() - begun


_floors: list[Floor] = []
"""In the floor's own process: the one that takes its turns."""


def _begin_floor(folder: Path, *, tokens: bool) -> None:
    _floors.append(Floor(folder, tokens=tokens))


def _take_floor(files: list[Path]) -> None:
    for path in files:
        _floors[-1].take(path)


def _end_floor() -> int:
    _floors[-1].close()
    return _floors[-1].pages


class _Lasting(Pool[Any, Any]):
    """Workers that outlive a run."""

    def close(self) -> None:
        """Not yet."""

    def end(self) -> None:
        super().close()


def in_turns(files: list[Path], *, turn: int, tagging: bool = True) -> dict[str, float]:
    """Seconds of both programs with one worker each, which take turns of so many files."""
    clock = Clock()
    workers = _Lasting(partial(make_reader, tagging=tagging))
    with (
        scratch() as folder,
        database.create(folder / "library") as db,
        multiprocessing.get_context("spawn").Pool(1) as other,
    ):
        note = folder / "note.txt"
        note.write_text("A worker starts with this.", encoding="utf-8")

        def ours(paths: list[Path]) -> None:
            results = Ingest(db, workers).run(Candidate(path, path.name) for path in paths)
            assert all(result.result in {"ok", "partial"} for result in results)

        def theirs(paths: list[Path]) -> None:
            other.apply(_take_floor, (paths,))

        ours([note])
        other.apply(_begin_floor, (folder,), {"tokens": tagging})
        order = [("floor", theirs), ("ours", ours)]
        for start in range(0, len(files), turn):
            for name, take in order:
                with clock.stage(name):
                    take(files[start : start + turn])
            order.reverse()
        with clock.stage("floor"):
            pages = other.apply(_end_floor)
        workers.end()
    return {**clock.seconds, "pages": pages}


def peak_memory() -> float:
    """The process's peak memory in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: statistics.median(run.get(name, 0.0) for run in runs) for name in names}


def line(name: str, floor: float, ours: float, note: str = "") -> None:
    ratio = f"{ours / floor:8.2f}" if floor else f"{'-':>8}"
    print(f"{name:30}{floor:9.2f}{ours:9.2f}{ratio}   {note}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("samples/reports"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--turn", type=int, default=8, help="files in a turn of one worker")
    parser.add_argument("--only", choices=KINDS, nargs="+", default=KINDS, help="kinds of figures")
    given = parser.parse_args()
    files = sorted(p for p in given.folder.rglob("*.pdf") if b"%PDF-" in p.read_bytes()[:1024])
    kinds: dict[str, Callable[[], dict[str, float]]] = {
        "turns": partial(in_turns, files, turn=given.turn),
        "bare": partial(in_turns, files, turn=given.turn, tagging=False),
        "scaling": partial(scaling, files),
        "stages": partial(by_stage, files),
    }
    runs: dict[str, list[dict[str, float]]] = defaultdict(list)
    for _ in range(given.runs):
        for kind in given.only:
            runs[kind].append(kinds[kind]())
    print(f"{len(files)} files, {os.cpu_count()} processors\n")
    print(f"{'':30}{'floor s':>9}{'ours s':>9}{'ratio':>8}")
    for kind in given.only:
        REPORTS[kind](medians(runs[kind]))
    line("peak MB of this process", 0.0, peak_memory())


def report_turns(turns: dict[str, float]) -> None:
    line("end to end, one worker", turns["floor"], turns["ours"], "at most 2.5")
    floor, ours = (turns["pages"] / turns[side] for side in ("floor", "ours"))
    print(f"{'pages/s, one worker':30}{floor:9.0f}{ours:9.0f}")


def report_bare(bare: dict[str, float]) -> None:
    line("  without tokens and tags", bare["floor"], bare["ours"], "at most 1.6")


def report_scaling(times: dict[str, float]) -> None:
    line("whole runs, one worker", times["floor 1"], times["ours 1"])
    line("whole runs, two workers", times["floor 2"], times["ours 2"])
    theirs, ours = (times[f"{side} 1"] / times[f"{side} 2"] for side in ("floor", "ours"))
    print(f"{'scaling 1 to 2':30}{theirs:9.2f}{ours:9.2f}{ours / theirs:8.2f}   at least 0.85")


def report_stages(stages: dict[str, float]) -> None:
    for stage in STAGES:
        line(f"stage: {stage}", stages.get(f"floor {stage}", 0.0), stages[stage])
    theirs = sum(stages.get(f"floor {stage}", 0.0) for stage in STAGES)
    line("stages one after another", theirs, sum(stages[stage] for stage in STAGES))


REPORTS: dict[str, Callable[[dict[str, float]], None]] = {
    "turns": report_turns,
    "bare": report_bare,
    "scaling": report_scaling,
    "stages": report_stages,
}


if __name__ == "__main__":
    main()
