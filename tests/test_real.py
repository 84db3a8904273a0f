"""What holds of the real reports, where they are: recognition, grades, numbering, clean text."""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from corpus.doctypes import OTHER
from corpus.register.authorities import Register

pytestmark = [pytest.mark.real, pytest.mark.slow]

AREAS = ("overall", "leaders", "help_and_protection", "in_care", "care_leavers")
MINIMUM = 0.995
NUMBERED = 0.99

OLDER = {"sif_inspection": 42, "joint_area_review": 1}
"""Reports before ILACS, by type, and how many of them there are."""
UNREAD = {"front", "contents", "context", "definitions", "boilerplate", "footnotes"}
NUMBERED_KINDS = {"paragraph", "recommendation"}
RUNNING = 140
"""No running head or foot has more characters."""

EXPLAINED = {
    ("area_send", "previous_inspection"),  # never inspected before
    ("ilacs_inspection", "overall"),  # none since April 2026
    ("sif_inspection", "lscb"),  # re-inspections do not review the board
    *(("joint_area_review", name) for name in ("overall", "lead_inspector")),
    *(("joint_area_review", name) for name in ("start_date", "end_date")),
    *(("jtai", name) for name in ("lead_inspector", "principal_authority")),
}
"""What some real documents of a type do not print."""

COUNTED = Path(__file__).parent / "real" / "recommendations.csv"


@pytest.fixture(scope="module")
def documents(real_documents):
    return real_documents


@pytest.fixture(scope="module")
def reports(documents):
    return {key: doc for key, doc in documents.items() if doc.doc_type == "ilacs_inspection"}


@pytest.fixture(scope="module")
def older(documents):
    return {key: doc for key, doc in documents.items() if doc.doc_type in OLDER}


@pytest.fixture(scope="module")
def numbered(reports, older):
    return [*reports.values(), *older.values()]


def value(document, name):
    field = document.field(name)
    return field.value if field else None


def grades(document):
    return {judged.area: judged.grade for judged in document.judgements if judged.grade}


def test_no_document_is_other_that_is_one_of_the_types(documents):
    """Every one of them is; the single file that is none is no PDF."""
    types = Counter(document.doc_type for document in documents.values())
    assert types[OTHER] == 0
    assert sum(types.values()) >= 160


def test_every_field_of_every_document_is_found_or_explained(documents):
    for document in documents.values():
        facts = {field.name: field.status for field in document.fields}
        facts |= {judged.area: judged.status for judged in document.judgements}
        assert facts
        missing = {(document.doc_type, name) for name in facts if facts[name] != "found"}
        assert missing <= EXPLAINED, document.authority
        assert "unreadable" not in facts.values()


def test_no_text_recurs_from_page_to_page_and_none_is_a_bare_number(documents):
    """What does would be a running head or foot, or a page number, that was taken for text."""
    for document in documents.values():
        pages = {}
        for passage in document.passages:
            text = document.text[passage.start : passage.end]
            if document.sections[passage.section].kind == "contents":
                continue
            assert not text.strip().isdigit()
            if len(text) < RUNNING:
                pages.setdefault(re.sub(r"\d+", "#", text), set()).add(passage.page)
        often = max(4, len(document.pages) / 4)
        assert [text for text, on in pages.items() if len(on) >= often] == []


def test_facts_agree_with_the_truth_table(real, documents, tmp_path):
    truth = (real / "gold" / "judgements.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(truth) >= 50
    names = ("authority", "start_date", "end_date", "published", "lead_inspector")
    rows = (
        {
            "sha256": key,
            "doc_type": document.doc_type,
            **{name: value(document, name) for name in names},
            "judgements": grades(document),
        }
        for key, document in documents.items()
    )
    (tmp_path / "out.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    scorer = real / "tools" / "score_judgements.py"
    files = [str(tmp_path / "out.jsonl"), str(real / "gold" / "judgements.jsonl")]
    scored = subprocess.run(
        [sys.executable, str(scorer), *files, "--min", str(MINIMUM), "--show"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert scored.returncode == 0, scored.stdout


def test_no_grade_differs_from_the_official_statistics(real, reports):
    ours = {
        (document.authority, value(document, "start_date")): grades(document)
        for document in reports.values()
    }
    register = Register.load()
    wrong, seen = [], 0
    with (real / "reference" / "official_ilacs.csv").open(encoding="utf-8") as official:
        for row in csv.DictReader(official):
            authority = register.resolve(row["authority"])
            found = ours[authority.key, row["start_date"]]
            if "care_and_care_leavers" in found:  # the statistics put it under children in care
                found["in_care"] = found["care_and_care_leavers"]
            for area in AREAS:
                seen += 1
                if (found.get(area) or "") != row[area]:
                    wrong.append((row["authority"], row["start_date"], area))
    assert wrong == []
    assert seen > 300


def test_every_ilacs_report_is_recognised_and_complete(reports):
    assert len(reports) >= 80
    for document in reports.values():
        assert all(field.status == "found" for field in document.fields), document.fields
        assert all(judged.status != "unreadable" for judged in document.judgements)
        assert document.authority


def test_every_older_report_is_recognised_and_complete(older):
    assert Counter(doc.doc_type for doc in older.values()) == OLDER
    for document in older.values():
        explained = {"lead_inspector", "start_date", "end_date"}
        if document.doc_type != "joint_area_review":
            explained = set()
        for field in document.fields:
            absent = field.status == "not_printed" and field.name in explained
            assert field.status == "found" or absent, field
            if field.start is not None:
                assert document.text[field.start : field.end] == field.printed
        for judged in document.judgements:
            review = judged.area in {"lscb", "overall"} and judged.status == "not_printed"
            assert judged.status == "found" or review, judged
        assert document.authority


def test_previous_inspections_and_definitions_are_no_findings_and_no_demands(older):
    stock = re.compile(
        r"houses of multiple occupation|previous inspection of|inspection team consisted",
        re.IGNORECASE,
    )
    for document in older.values():
        for passage in document.passages:
            if stock.search(document.text[passage.start : passage.end][:300]):
                kind = document.sections[passage.section].kind
                assert passage.number or kind in UNREAD, document.text[passage.start :][:80]


def test_the_boards_chapter_speaks_of_the_board(older):
    """Of the board, or of the body that is a sentence's own subject; never of the council alone."""
    places = [
        passage.about
        for document in older.values()
        for passage in document.passages
        if document.sections[passage.section].kind.startswith("lscb")
    ]
    assert len(places) > 1000
    assert places.count("board") > 0.9 * len(places)


def test_demands_are_those_counted_by_eye(documents):
    counted = {}
    with COUNTED.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            counted.setdefault(row["sha256"], Counter())[row["kind"]] = int(row["count"])
    assert len(counted) >= 20
    for key, wanted in counted.items():
        found = Counter(asked.kind for asked in documents[key].recommendations)
        assert found == wanted, key


def test_paragraph_numbers_run_without_a_gap(numbered):
    runs = [
        [int(p.number) for p in doc.passages if p.kind in NUMBERED_KINDS and p.number]
        for doc in numbered
    ]
    long = [run for run in runs if len(run) > 20]
    whole = [run for run in long if run == list(range(1, len(run) + 1))]
    assert len(long) >= 120
    assert len(whole) >= NUMBERED * len(long)
    broken = [doc for doc, run in zip(numbered, runs, strict=True) if run != sorted(set(run))]
    assert all(any(p.kind.startswith("number-") for p in doc.problems) for doc in broken)


def test_no_passage_holds_a_running_foot_or_a_page_number(numbered):
    foot = re.compile(
        r"Inspection of .{3,60} children’s services \d|safeguarding services\s+\d{1,2}|^\d{1,3}$"
    )
    for document in numbered:
        for passage in document.passages:
            if document.sections[passage.section].kind != "contents":
                assert not foot.search(document.text[passage.start : passage.end])


def test_paragraphs_begin_and_end_as_sentences_do(numbered):
    """A paragraph that begins in lower case was torn off the one before."""
    torn = [
        document.text[passage.start : passage.start + 40]
        for document in numbered
        for passage in document.passages
        if passage.kind == "paragraph"
        and document.text[passage.start].islower()
        and document.sections[passage.section].kind not in UNREAD
    ]
    assert torn == []


def test_judgements_stand_where_they_say(numbered):
    for document in numbered:
        for judged in document.judgements:
            if judged.grade:
                assert document.text[judged.start : judged.end] == judged.printed
