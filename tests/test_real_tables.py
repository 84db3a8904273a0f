"""Tables of real reports, cell by cell, against what a person read on pictures of the pages."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register
from textmine.pipeline.figures.table_figures import cells_of

pytestmark = [pytest.mark.real, pytest.mark.slow]

SEEN = Path(__file__).parent / "real" / "tables.jsonl"
"""Ten tables drawn at random: seven of judgements, three of what has to improve. For each the hash
of its file, its page, and the hashes of its cells' words, row by row. No report is known that holds
a table of indicators; the samples have those."""

RIGHT = 0.98


def digest(words):
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def rows_of(document, page):
    """The cells of each row on a page; what a row asks for is a passage of its own."""
    text = document.text
    for passage in document.passages:
        if passage.page != page:
            continue
        if passage.kind == "table_row":
            yield [digest(text[start:end]) for start, end in cells_of(text, passage)]
        elif passage.kind == "recommendation" and document.doc_type == "area_send":
            yield [digest(text[passage.start : passage.end])]


def test_cells_are_those_that_a_person_read(real):
    register = Register.load()
    with (real / "corpus" / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        paths = {row["sha256"]: row["path"] for row in csv.DictReader(manifest)}
    seen = [json.loads(line) for line in SEEN.read_text(encoding="utf-8").splitlines()]
    right = wanted = 0
    for table in seen:
        path = paths[table["sha256"]]
        data = (real / "corpus" / path).read_bytes()
        source = Source(path=path, sha256=table["sha256"], size=len(data))
        document = assemble(read(data, path), source, register=register, tables=table_reader(data))
        ours = {
            (row, column, cell)
            for row, cells in enumerate(rows_of(document, table["page"]))
            for column, cell in enumerate(cells)
        }
        theirs = {
            (row, column, cell)
            for row, cells in enumerate(table["rows"])
            for column, cell in enumerate(cells)
        }
        wanted += len(theirs)
        right += len(theirs & ours)
    assert len(seen) == 10
    assert wanted > 80
    assert right >= RIGHT * wanted, (right, wanted)
