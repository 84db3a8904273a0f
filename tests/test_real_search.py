"""The real reports answer the questions of docs/how-to/questions.md within the first five hits."""

import json
from pathlib import Path

import pytest

from textmine.api import Library
from textmine.usecases import library as app

HERE = Path(__file__).resolve().parent
NEEDS = json.loads((HERE / "data" / "needs.json").read_text(encoding="utf-8"))
"""Each need's query, and right passages as [sha256, start, end]; no words of the reports."""
VERDICTS = [
    json.loads(line)
    for line in (HERE / "real" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
]
"""Hits read by eye: whether the passage states a concern of the theme that was asked for."""


@pytest.fixture(scope="module")
def library(real, tmp_path_factory):
    folder = tmp_path_factory.mktemp("needs") / "library"
    files = app.find_files([str(real / "corpus")])
    for _ in app.ingest(files.files, app.Setup(library=folder, jobs=2)):
        pass
    return folder


def within(hit, right):
    """Whether a hit is the passage, or most of it: a later version may cut it otherwise."""
    sha256, start, end = right
    shared = min(hit.passage.end, end) - max(hit.passage.start, start)
    return hit.sha256 == sha256 and shared * 2 > end - start


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("need", NEEDS, ids=lambda need: str(need["need"]))
def test_a_right_passage_is_among_the_first_five(library, need):
    found = Library(library).search(need["query"], limit=5).hits
    assert any(within(hit, right) for hit in found.hits for right in need["right"])
    assert not [note for note in found.notes if "nothing in the library" in note]


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("query", sorted({verdict["query"] for verdict in VERDICTS}))
def test_nine_of_ten_hits_of_a_theme_and_a_polarity_are_right(library, query):
    found = Library(library).search(query, limit=30).hits
    read = [verdict for verdict in VERDICTS if verdict["query"] == query]
    known = [
        verdict["right"]
        for hit in found.hits
        for verdict in read
        if within(hit, [verdict["sha256"], verdict["start"], verdict["end"]])
    ]
    assert len(known) >= 25
    assert sum(known) >= 0.9 * len(known)


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("query", ["care leavers", "polarity:concern supervision", "PLO"])
def test_facets_agree_with_the_hits(library, query):
    facets = Library(library).facets(query, ["la", "theme", "overall"])
    prepared, found = facets.prepared, list(facets)
    for each in [*found[:3], *found[-3:]]:
        more = f'{prepared.read_as} {each.field}:"{each.value}"'
        assert Library(library).search(more, limit=1).total == each.count


def test_every_need_of_the_page_is_read_without_a_complaint():
    from index.query.parser import parse  # noqa: PLC0415

    page = (HERE.parent / "docs" / "how-to" / "questions.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line[:3].strip("| ").isdigit()]
    queries = [row[2].strip("` ") for row in rows]
    assert len(queries) == 22
    assert all(parse(query).notes == () for query in queries)
    assert {need["query"] for need in NEEDS} <= set(queries)
