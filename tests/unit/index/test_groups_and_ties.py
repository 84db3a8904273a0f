"""`group:la`, and the order of hits that rank alike."""

from itertools import pairwise

import pytest

from index.documents import rows
from index.documents.store import put
from index.search.hits import search

ENGINES = ["fts5", "fts4"]


def add(library, entry, *paragraphs, **options):
    return put(library, rows.of(entry(*paragraphs, **options)))


@pytest.fixture
def councils(library, entry):
    """Leeds says most of foxes, Barnet least; one document belongs to no authority."""
    add(library, entry, "Foxes den.", "A fox, foxes and a fox.", "Foxes run in the town.",
        name="Leeds", authority="leeds", start_date="2020-01-01")  # fmt: skip
    add(library, entry, "Foxes sleep all day.", name="Leeds", authority="leeds",
        start_date="2024-01-01")  # fmt: skip
    add(library, entry, "Foxes bark at night.", "Hens lay.", name="Camden", start_date="2022-01-01")
    add(library, entry, "Foxes eat.", name="Barnet", authority="barnet", start_date="2021-01-01")
    add(library, entry, "Foxes roam.", name="Nowhere", authority=None)
    for n in range(12):  # so that foxes are rare
        add(library, entry, f"Owls hoot {n} times.", name="Other", authority="other")
    return library


@pytest.mark.parametrize("engine", ENGINES)
def test_a_group_is_the_best_passage_of_each_authority_with_the_number_of_all(councils, engine):
    page = search(councils, "fox group:la", engine=engine)
    assert {hit.authority: hit.group for hit in page.hits} == {
        "Leeds": 4,
        "Camden": 1,
        "Barnet": 1,
        "Nowhere": 1,
    }
    assert page.total == 7
    best = {}
    for hit in search(councils, "fox", engine=engine, collapse=False).hits:
        best.setdefault(hit.authority, hit.id)
    assert {hit.authority: hit.id for hit in page.hits} == best


@pytest.mark.parametrize("engine", ENGINES)
def test_groups_come_in_pages_in_the_order_of_their_best_passages(councils, engine):
    whole = search(councils, "fox group:la", engine=engine)
    parts = [
        search(councils, "fox group:la", engine=engine, limit=1, offset=offset)
        for offset in range(5)
    ]
    assert [part.hits for part in parts] == [*((hit,) for hit in whole.hits), ()]
    assert {part.total for part in parts} == {7}
    assert all(one.score <= other.score for one, other in pairwise(whole.hits))


def test_groups_can_be_sorted_and_filtered(councils):
    by_date = search(councils, "fox group:la sort:date")
    assert [hit.authority for hit in by_date.hits] == ["Leeds", "Camden", "Barnet", "Nowhere"]
    assert by_date.hits[0].date == "2024-01-01"
    by_name = search(councils, "fox group:la sort:la")
    assert [hit.authority for hit in by_name.hits] == ["Barnet", "Camden", "Leeds", "Nowhere"]
    narrow = search(councils, "fox -la:leeds group:la")
    assert [hit.authority for hit in narrow.hits if hit.authority == "Leeds"] == []
    assert search(councils, "heron group:la").hits == ()


def test_a_group_without_words_is_the_newest_passage_of_each_authority(councils):
    page = search(councils, "la:leeds OR la:camden group:la")
    assert [(hit.authority, hit.date, hit.group) for hit in page.hits] == [
        ("Leeds", "2024-01-01", 4),
        ("Camden", "2022-01-01", 2),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_equal_scores_are_ordered_by_date_authority_document_and_place(library, entry, engine):
    """Thirty passages of one score: far more than a page spares, in whatever order they came."""
    days = ["2021-05-01", None, "2024-02-01", "2021-05-01", "2019-01-01", "2024-02-01"]
    names = ["Leeds", "Barnet", "Camden", "Barnet", "Leeds", "Barnet"]
    for day, name in zip(days, names, strict=True):
        paragraphs = [f"Foxes {word}." for word in ("den", "run", "eat", "nap", "dig")]
        add(library, entry, *paragraphs, name=name, authority=name.lower(), start_date=day)
    add(library, entry, *[f"Owls hoot {n} times." for n in range(40)], name="Other")
    whole = search(library, "fox", engine=engine, limit=100).hits
    assert len({hit.score for hit in whole}) == 1
    keys = [(hit.date or "", hit.authority, hit.sha256, hit.passage.ordinal) for hit in whole]
    newest_first = sorted(keys, key=lambda key: key[1:])
    newest_first.sort(key=lambda key: key[0], reverse=True)
    assert keys == newest_first
    for size in (1, 4, 7):
        pages = [
            search(library, "fox", engine=engine, limit=size, offset=offset).hits
            for offset in range(0, len(whole), size)
        ]
        assert [hit.id for page in pages for hit in page] == [hit.id for hit in whole]
