"""Every document type wins on its own samples and on no other's, and has samples enough.

This is what "a new document type is one new file and its samples" rests on
(docs/how-to/new-document-type.md).
"""

import json
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from corpus import assemble as assembling
from corpus.doctypes import ENOUGH, OTHER, doctypes, recognise
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"


def _expected(folder, **known):
    """What is expected of a folder's samples, without those that need text recognition."""
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [known | json.loads(line) for line in lines]
    return {folder / row["path"]: row["doc_type"] for row in rows if "scan" not in row["path"]}


EXPECTED = {
    **_expected(SAMPLES),
    **_expected(SAMPLES / "self_evaluations", doc_type="self_evaluation"),
}
"""Each sample's file and its type."""

LEAST = 2
"""Samples that each type needs, in different layouts."""


def _noted(seen, path, opening):
    seen[path] = opening
    return recognise(opening)


@pytest.fixture(scope="module")
def openings():
    """How each sample begins, as the types see it, by its path."""
    seen = {}
    register = Register.load(SAMPLES / "authorities.csv")
    for path in EXPECTED:
        data = path.read_bytes()
        source = Source(path=path.as_posix(), sha256="0" * 64, size=len(data))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(assembling, "recognise", partial(_noted, seen, path))
            raw, tables = read(data, path.name), table_reader(data)
            assembling.assemble(raw, source, register=register, tables=tables)
    return seen


@pytest.mark.parametrize("name", sorted(set(doctypes()) - {OTHER}))
def test_a_type_wins_on_its_own_samples_and_on_no_others(name, openings):
    doctype = doctypes()[name]
    for path, kind in EXPECTED.items():
        points = doctype.recognise(openings[path])
        if kind == name:
            assert points >= ENOUGH, path
            assert recognise(openings[path]) is doctype, path
        else:
            assert points < ENOUGH, path


def test_every_type_has_samples_in_different_layouts():
    samples = Counter(EXPECTED.values())
    assert {name for name in doctypes() if name != OTHER and samples[name] < LEAST} == set()


def test_types_that_met_no_real_document_are_named_in_the_docs():
    page = (ROOT / "docs" / "reference" / "document-types.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    for doctype in doctypes().values():
        [row] = [row for row in rows if f"`{doctype.id}`" in row]
        assert ("(unverified)" in row) == (not doctype.verified), doctype.id
