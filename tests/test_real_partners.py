"""What holds of the real letters and reports on partners of an area: JTAI and Area SEND."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.doctypes.jtai import THEMES

pytestmark = [pytest.mark.real, pytest.mark.slow]

COUNTED = Path(__file__).parent / "real" / "recommendations.csv"
"""Demands counted by eye on the pages of reports that are not here: hash, kind, count."""

TYPES = {"jtai", "area_send"}
UNREAD = {"front", "details", "boilerplate", "footnotes", "case_study", "context"}


@pytest.fixture(scope="module")
def documents(real_documents):
    """The documents on partners by their files' SHA-256."""
    return {key: each for key, each in real_documents.items() if each.doc_type in TYPES}


def words(document, passage):
    return document.text[passage.start : passage.end]


def test_every_field_is_found_or_explained(documents):
    assert len(documents) >= 30
    explained = {
        "jtai": {"lead_inspector", "principal_authority"},
        "area_send": {"previous_inspection"},
    }
    for document in documents.values():
        assert document.authority
        for field in document.fields:
            absent = field.status == "not_printed" and field.name in explained[document.doc_type]
            assert field.status == "found" or absent, field
            if field.start is not None:
                assert document.text[field.start : field.end] == field.printed
        theme = document.field("theme")
        assert theme is None or theme.value in dict(THEMES)
        assert all(judged.status == "found" for judged in document.judgements)


def test_facts_agree_with_the_truth_table(real, documents):
    compared = 0
    for line in (real / "gold" / "judgements.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        document = documents.get(truth["sha256"])
        if document is None:
            continue
        assert {j.area: j.grade for j in document.judgements} == truth["judgements"]
        for name in ("authority", "start_date", "end_date", "published"):
            if truth[name] is not None:
                assert document.field(name).value == truth[name]
                compared += 1
    assert compared >= 34


def test_demands_are_those_counted_by_eye(documents):
    with COUNTED.open(encoding="utf-8") as counted:
        rows = [row for row in csv.DictReader(counted) if row["sha256"] in documents]
    assert len({row["sha256"] for row in rows}) >= 8
    for row in rows:
        kinds = Counter(asked.kind for asked in documents[row["sha256"]].recommendations)
        assert kinds[row["kind"]] == int(row["count"]), row


def test_a_priority_of_an_area_send_report_names_the_body_that_has_to_act(documents):
    bodies = [
        asked.responsible
        for document in documents.values()
        for asked in document.recommendations
        if document.doc_type == "area_send" and asked.kind == "priority_action"
    ]
    assert len(bodies) >= 15
    assert all(re.search(r"Council|Board|ICB", body) for body in bodies)


def test_no_passage_is_torn_or_holds_a_running_foot(documents):
    foot = re.compile(r"inspection report: .{3,60}Partnership|^\d{1,2} .{5,40} \d{4}(?: \d+)?$")
    for document in documents.values():
        for passage in document.passages:
            if document.sections[passage.section].kind in UNREAD:
                continue
            text = words(document, passage)
            assert not foot.search(text)
            assert passage.kind != "paragraph" or not text[0].islower()
