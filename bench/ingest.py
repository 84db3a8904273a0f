"""Times the reading of documents beside a floor, on the same files in the same run.

The floor does the least that any such program must do: PDFium's bare text of every page, the
blank tokenizer over it, one FTS5 row a page. Floor and pipeline take turns file by file, so
that both see the same machine; every figure is the median of the runs.

    python bench/ingest.py FOLDER [--runs 3]
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from corpus.authorities import Register
from index import database
from textmine.ingest import Ingest
from textmine.sources import Candidate
from textmine.themes import load_themes
from textmine.versions import Maker
from textmine.workers import Pool

STAGES = ("read", "assemble", "tag", "store")


class Clock:
    """Adds up seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - begun


class Floor:
    """Bare text, bare tokens, bare rows."""

    def __init__(self, folder: Path, *, tokens: bool = True) -> None:
        import pypdfium2
        import spacy

        self.pdfium = pypdfium2
        self.tokenizer = spacy.blank("en").tokenizer if tokens else None
        self.db = sqlite3.connect(folder / "floor.db")
        self.db.execute("CREATE VIRTUAL TABLE page USING fts5(text)")
        self.clock = Clock()
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
    from textmine import reading

    reader = reading.make_reader(None, None)
    if not tagging:
        reading.Reader.tag = lambda *_: ()  # type: ignore[method-assign,assignment]
    return reader


def taking_turns(files: list[Path], *, tagging: bool) -> dict[str, float]:
    """End to end with one worker: before each file goes to it, the floor takes the same one."""
    with scratch() as folder, database.create(folder / "library") as db:
        floor = Floor(folder, tokens=tagging)
        clock = Clock()
        note = folder / "note.txt"
        note.write_text("The worker starts with this.", encoding="utf-8")

        def candidates() -> Iterator[Candidate]:
            yield Candidate(note, note.name)
            for path in files:
                with clock.stage("floor"):
                    floor.take(path)
                yield Candidate(path, path.name)

        pool = Pool(partial(make_reader, tagging=tagging), workers=1)
        results = Ingest(db, pool, Maker.of(load_themes())).run(candidates())
        next(results)  # the worker has started
        begun, before = time.perf_counter(), clock.seconds["floor"]
        assert all(result.result in {"ok", "partial"} for result in results)
        ours = time.perf_counter() - begun - (clock.seconds["floor"] - before)
        return {"floor": floor.close(), "ours": ours, "pages": floor.pages}


def by_stage(files: list[Path]) -> dict[str, float]:
    """The pipeline's stages one after another in this process, file by file with the floor's."""
    from corpus import assemble as assembling
    from corpus.model import Source
    from corpus.readers import read, table_reader
    from index import originals, store
    from index.records import Entry, Original
    from textmine.reading import Reader

    register, themes = Register.load(), load_themes()
    reader, maker = Reader(register, themes), Maker.of(themes)
    clock = Clock()
    with scratch() as folder, database.create(folder / "library") as db:
        floor = Floor(folder)
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
                findings = reader.tag(document)
            with clock.stage("store"):
                sha256 = originals.keep(db.folder, data, raw.media_type)
                original = Original(
                    sha256=sha256, name=path.name, bytes=len(data), media_type=raw.media_type
                )
                made = maker.made(document.doc_type)
                store.put(
                    db, Entry(original=original, document=document, findings=findings, made=made)
                )
        floor.close()
        theirs = {f"floor {name}": seconds for name, seconds in floor.clock.seconds.items()}
    return {**clock.seconds, **theirs}


def _floor_share(files: list[Path]) -> None:
    with scratch() as folder:
        floor = Floor(folder)
        for path in files:
            floor.take(path)
        floor.close()


def scaling(files: list[Path]) -> dict[str, float]:
    """Seconds of both programs with one process and with two, start-up taken off."""
    spawn = multiprocessing.get_context("spawn")
    figures = {}
    for processes in (1, 2):
        shares = [files[number::processes] for number in range(processes)]
        with spawn.Pool(processes) as pool:
            pool.map(_floor_share, [[]] * processes)  # everything is imported
            begun = time.perf_counter()
            pool.map(_floor_share, shares, chunksize=1)
            figures[f"floor {processes}"] = time.perf_counter() - begun
        figures[f"ours {processes}"] = _ours(files, workers=processes)
    return figures


def _ours(files: list[Path], *, workers: int) -> float:
    with scratch() as folder, database.create(folder / "library") as db:
        notes = [folder / f"note{number}.txt" for number in range(workers)]
        for note in notes:
            note.write_text(f"A worker starts with {note.name}.", encoding="utf-8")
        ordered = sorted(files, key=lambda path: path.stat().st_size, reverse=True)
        candidates = [Candidate(path, path.name) for path in (*notes, *ordered)]
        pool = Pool(partial(make_reader, tagging=True), workers=workers)
        results = Ingest(db, pool, Maker.of(load_themes())).run(candidates)
        for _ in notes:
            next(results)
        begun = time.perf_counter()
        assert all(result.result in {"ok", "partial"} for result in results)
        return time.perf_counter() - begun


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
    given = parser.parse_args()
    files = sorted(p for p in given.folder.rglob("*.pdf") if b"%PDF-" in p.read_bytes()[:1024])
    turns = range(given.runs)
    whole = medians([taking_turns(files, tagging=True) for _ in turns])
    bare = medians([taking_turns(files, tagging=False) for _ in turns])
    stages = medians([by_stage(files) for _ in turns])
    scale = medians([scaling(files) for _ in turns])
    print(f"{len(files)} files, {whole['pages']:.0f} pages, medians of {given.runs} runs\n")
    print(f"{'':30}{'floor s':>9}{'ours s':>9}{'ratio':>8}")
    line("end to end, one worker", whole["floor"], whole["ours"], "at most 2.5")
    line("  without tokens and tags", bare["floor"], bare["ours"], "at most 1.6")
    pages = whole["pages"]
    print(f"{'  pages/s':30}{pages / whole['floor']:9.0f}{pages / whole['ours']:9.0f}\n")
    for stage in STAGES:
        line(f"stage: {stage}", stages.get(f"floor {stage}", 0.0), stages[stage])
    theirs, ours = (scale[f"{side} 1"] / scale[f"{side} 2"] for side in ("floor", "ours"))
    print()
    for count in (1, 2):
        line(f"{count} process(es)", scale[f"floor {count}"], scale[f"ours {count}"])
    print(f"{'scaling 1 to 2':30}{theirs:9.2f}{ours:9.2f}{ours / theirs:8.2f}   at least 0.85")
    print(f"{os.cpu_count()} processors")


if __name__ == "__main__":
    main()
