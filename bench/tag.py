"""Times the tagger beside bare spaCy on the same passages in the same run; watches its memory.

The floor is `spacy.blank("en")` with the sentencizer over the same texts. Both take turns, a batch
of passages at a time, in one process; who begins alternates. Words are what stands between spaces.
Every figure is the median of the runs; reading the files and start-up are not counted.

    python bench/tag.py FOLDER [--runs 3] [--passages 100000]
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import spacy

from corpus.assemble import assemble
from corpus.errors import TextmineError
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register
from textmine.ingestion.reader import tag_input, tagged_passages
from textmine.pipeline import Tagger, TagInput
from textmine.themes import load_themes

BATCH = 500
PAGE = 4096


def passages(folder: Path) -> Iterator[TagInput]:
    """The passages that an ingest of the folder would tag."""
    register = Register.load()
    for path in sorted(folder.rglob("*.pdf")):
        data = path.read_bytes()
        source = Source(path=path.name, sha256="", size=len(data))
        try:
            raw = read(data, path.name)
            document = assemble(raw, source, register=register, tables=table_reader(data))
        except TextmineError:
            continue
        for passage in tagged_passages(document):
            yield tag_input(document, passage)


def turns(inputs: Sequence[TagInput], ours: Tagger) -> tuple[float, float]:
    """Seconds of the floor and of the tagger for all the inputs."""
    bare = spacy.blank("en")
    bare.add_pipe("sentencizer")
    takers: list[Callable[[Sequence[TagInput]], None]] = [
        lambda batch: _drain(bare.pipe(given.text for given in batch)),
        lambda batch: _drain(ours.tag(batch)),
    ]
    seconds = [0.0, 0.0]
    for number, begin in enumerate(range(0, len(inputs), BATCH)):
        batch = inputs[begin : begin + BATCH]
        for taker in (0, 1) if number % 2 else (1, 0):
            begun = time.perf_counter()
            takers[taker](batch)
            seconds[taker] += time.perf_counter() - begun
    return seconds[0], seconds[1]


def _drain(results: Iterator[object]) -> None:
    for _ in results:
        pass


def memory() -> float:
    """What this process occupies now, in MB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--passages", type=int, default=100_000)
    given = parser.parse_args()
    inputs = list(passages(given.folder))
    if not inputs:
        sys.exit(f"{given.folder}: no report could be read")
    words = sum(len(one.text.split()) for one in inputs)
    tagger = Tagger(load_themes())
    turns(inputs[: 2 * BATCH], tagger)
    measured = [turns(inputs, tagger) for _ in range(given.runs)]
    floor, ours = (words / statistics.median(seconds) for seconds in zip(*measured, strict=True))
    print(f"{len(inputs):,} passages, {words:,} words, {given.runs} runs")
    print(f"bare spaCy  {floor:10,.0f} words/s")
    print(f"tagger      {ours:10,.0f} words/s   {ours / floor:.2f} of it")
    before = memory()
    for share in range(1, 5):
        _drain(tagger.tag(islice(cycle(inputs), given.passages // 4)))
        print(f"memory after {share * given.passages // 4:,} passages: {memory():.0f} MB")
    print(f"before: {before:.0f} MB")


if __name__ == "__main__":
    main()
