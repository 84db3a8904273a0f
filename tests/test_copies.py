"""Copies of invented reports as text are read as the reports are, and never silently wrong."""

from pathlib import Path

import pytest

from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
REPORTS = sorted((SAMPLES / "reports").rglob("*.pdf"))
ENCODINGS = {"plain": "utf-8", "layout": "utf-16", "browser": "cp1252", "mail": "utf-8"}


@pytest.fixture(scope="module")
def register():
    return Register.load(SAMPLES / "authorities.csv")


def document_of(data, name, register):
    source = Source(path=name, sha256="0" * 64, size=len(data))
    return assemble(read(data, name), source, register=register, tables=table_reader(data))


def facts(document):
    """Type, authority, days and grades."""
    days = {f.name: f.value for f in document.fields if f.name in {"start_date", "end_date"}}
    grades = {judged.area: judged.grade for judged in document.judgements}
    return {"type": document.doc_type, "authority": document.authority, **days, **grades}


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_copy_is_never_silently_wrong(script, register, report):
    data = report.read_bytes()
    truth = facts(document_of(data, report.name, register))
    for kind, text in script("copy_as_text").copies(data).items():
        copy = facts(document_of(text.encode(ENCODINGS[kind], "replace"), "copy.txt", register))
        for name in truth.keys() & copy.keys():
            assert copy[name] in {None, "other", truth[name]}, (kind, name)
