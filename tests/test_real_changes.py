"""The changes of grades that the real reports show, where they are."""

import json
from dataclasses import fields
from itertools import pairwise

import pytest

from corpus.frameworks import family_of
from index.documents.records import Provenance
from index.reports.counts import DocumentRow
from textmine.analysis.changes import changes
from textmine.analysis.grades import ROW_CHANGED

pytestmark = [pytest.mark.real, pytest.mark.slow]

NO_DIRECTION = {ROW_CHANGED, "not judged", "not printed"}


def row(number, document, sha256):
    """A document as the library would list it."""
    values = {field.name: None for field in fields(DocumentRow)} | {
        name: (document.field(name).value if document.field(name) else None)
        for name in ("start_date", "end_date", "published", "lead_inspector")
    }
    values |= {"id": number, "sha256": sha256, "doc_type": document.doc_type}
    values |= {"framework": document.framework, "authority": document.authority}
    values |= {"authority_name": document.field("authority").value}
    values |= {"date": values["start_date"] or values["published"]}
    values |= {"fields": document.fields, "judgements": document.judgements}
    values |= {"made": Provenance(reader="", pipeline="", themes="")}
    return DocumentRow(**values)


def test_every_pair_of_the_truth_table_is_derived(real, real_documents):
    truth = (real / "gold" / "judgements.jsonl").read_text(encoding="utf-8").splitlines()
    told = {each["sha256"]: each for each in map(json.loads, truth)}
    documents = [
        (sha256, document)
        for sha256, document in real_documents.items()
        if family_of(document.doc_type) == "inspection"
    ]
    numbers = {sha256: number for number, (sha256, _) in enumerate(documents)}
    found = {
        (c.pair.before.document, c.pair.after.document, c.pair.before.area, c.pair.after.area): c
        for c in changes(row(numbers[sha256], each, sha256) for sha256, each in documents)
    }
    by_authority = {}
    for sha256, document in sorted(documents, key=lambda each: each[1].field("start_date").value):
        by_authority.setdefault(document.authority, []).append((sha256, document))
    seen = 0
    for inspections in by_authority.values():
        for (before, one), (after, other) in pairwise(inspections):
            if before not in told and after not in told:
                continue
            for area in ("overall", "leaders", "help_and_protection"):
                old = told.get(before, {}).get("judgements", {}).get(area) or grade(one, area)
                new = told.get(after, {}).get("judgements", {}).get(area) or grade(other, area)
                if old and new:
                    pair = found[numbers[before], numbers[after], area, area].pair
                    assert (pair.before.grade, pair.after.grade) == (old, new)
                    assert pair.direction
                    seen += 1
    assert seen > 60
    assert all(
        change.pair.direction or change.pair.note in NO_DIRECTION or "2026" in change.pair.note
        for change in found.values()
    )


def grade(document, area):
    return next((each.grade for each in document.judgements if each.area == area), None)
