"""Sentences coded one by one by reading, for the scripts that learn from them.

They come from two places. A file of paragraphs has text and labels together. `coded.jsonl` beside
this script has no text: a line for each report, with its hash, and for each of its passages where
that began, the hash of its text, and the sentences' ranges and labels: themes, polarity, timing,
and in some the themes that are carried on, each with the sentence that named it. The text is read
from the report, if there is a folder with it; a passage that is read differently now is left out.

The reports of `aside.json` are put aside for a final reading: nothing is learned from them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from corpus.assemble import assemble
from corpus.model import Document, Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register
from textmine.ingestion.reader import tag_input, tagged_passages
from textmine.pipeline import TagInput

LABELS: Final = Path(__file__).with_suffix(".jsonl")

ASIDE: Final = frozenset(json.loads(Path(__file__).with_name("aside.json").read_bytes()))
"""The hashes of the reports that are put aside."""

HASH: Final = 12
"""How many digits of the hash of a passage's text are kept."""


class Labels(NamedTuple):
    """What a sentence was coded as."""

    themes: frozenset[str]
    polarity: str
    timing: str = "current"


class Coded(NamedTuple):
    """A passage of a document: as the tagger takes it, and its sentences' ranges and labels."""

    document: str
    given: TagInput
    ranges: Sequence[Sequence[int]]
    labels: Sequence[Labels]

    def number(self, start: int, end: int) -> int | None:
        """The coded sentence that shares most with a range; None if none does."""
        shares = [min(end, b) - max(start, a) for a, b in self.ranges]
        best = max(shares, default=0)
        return shares.index(best) if best > 0 else None


class Report(NamedTuple):
    """A document that was read, and the hash of its file."""

    sha256: str
    document: Document


def paragraphs(path: Path) -> Iterator[Coded]:
    """The coded paragraphs of a file that holds their text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("sha256") in ASIDE:
            continue
        yield Coded(
            row.get("sha256") or row["id"],  # what is invented is of no document
            TagInput(row["text"], row["kind"], row["section"]),
            row["sentences"],
            [
                Labels(frozenset(one["themes"]), one["polarity"][0], one["timing"][0])
                for one in row["labels"]
            ],
        )


def passages(reports: Iterable[Report], path: Path = LABELS) -> Iterator[Coded]:
    """The passages of reports that are coded in a file without text."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    wanted = {row["sha256"]: row["passages"] for row in lines}
    lost = 0
    for sha256, document in reports:
        if sha256 not in wanted:
            continue
        given_of = (tag_input(document, passage) for passage in tagged_passages(document))
        found = {text_hash(given.text): given for given in given_of}
        for row in wanted[sha256]:
            given = found.get(row["text"])
            if not given:
                lost += 1
                continue
            yield Coded(
                sha256,
                given,
                [(start, end) for start, end, *_ in row["sentences"]],
                [
                    Labels(frozenset(themes.split()), polarity, timing)
                    for _, _, themes, polarity, timing, *_ in row["sentences"]
                ],
            )
    if lost:
        print(f"{lost} coded passages are read differently now: left out", file=sys.stderr)


def text_hash(text: str) -> str:
    """What tells whether a passage is still the one that was coded."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH]


def reports(folder: Path) -> Iterator[Report]:
    """The reports of a folder with MANIFEST.csv, in the order of their hashes."""
    register = Register.load()
    with (folder / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        rows = sorted(csv.DictReader(manifest), key=lambda row: row["sha256"])
    for row in rows:
        data = (folder / row["path"]).read_bytes()
        if b"%PDF-" not in data[:1024]:
            continue
        source = Source(path=row["path"], sha256=row["sha256"], size=len(data))
        pages, tables = read(data, row["path"]), table_reader(data)
        yield Report(row["sha256"], assemble(pages, source, register=register, tables=tables))


def file_hash(path: Path) -> str:
    """The hash of a file, for the record of what was learned from."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def folds(documents: Iterable[str], seed: str, count: int) -> dict[str, int]:
    """A fold for each document, so that none is both learned from and tested on."""
    order = sorted(set(documents), key=lambda d: hashlib.sha256((seed + d).encode()).digest())
    return {document: place % count for place, document in enumerate(order)}
