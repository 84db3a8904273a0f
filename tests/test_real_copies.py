"""Copies of the real reports as text are read as the reports are."""

import csv

import pytest

from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

pytestmark = [pytest.mark.real, pytest.mark.slow]

ENCODINGS = {"plain": "utf-8", "layout": "utf-16", "browser": "cp1252", "mail": "utf-8"}
ENOUGH = 0.98


@pytest.fixture(scope="module")
def copies(script, real):
    """The copies of each report by their kinds, and the report's SHA-256."""
    made = script("copy_as_text").copies
    found = []
    with (real / "corpus" / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        for row in csv.DictReader(manifest):
            data = (real / "corpus" / row["path"]).read_bytes()
            if b"%PDF-" in data[:1024]:
                found.append((row["sha256"], made(data)))
    return found


def facts(document):
    """Type, authority, days and grades."""
    days = {f.name: f.value for f in document.fields if f.name in {"start_date", "end_date"}}
    grades = {judged.area: judged.grade for judged in document.judgements}
    return {"type": document.doc_type, "authority": document.authority, **days, **grades}


@pytest.mark.parametrize("kind", ENCODINGS)
def test_a_copy_as_text_is_read_as_its_pdf(copies, real_documents, kind):
    register = Register.load()
    same, wrong = 0, []
    for sha256, made in copies:
        data = made[kind].encode(ENCODINGS[kind], "replace")
        source = Source(path="copy.txt", sha256="0" * 64, size=len(data))
        document = assemble(
            read(data, "copy.txt"), source, register=register, tables=table_reader(data)
        )
        truth, found = facts(real_documents[sha256]), facts(document)
        same += found == truth
        wrong += [
            (sha256[:8], name, said, truth.get(name))
            for name, said in found.items()
            if said not in {None, "other", truth.get(name)}
        ]
    assert not wrong
    assert same >= ENOUGH * len(copies)
