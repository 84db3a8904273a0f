from dataclasses import replace
from itertools import permutations

import pytest

from index.documents import reissues, rows, store

WORDS = [f"word{i}" for i in range(400)]
REPORT = " ".join(WORDS)
CORRECTED = " ".join(["corrected", *WORDS[1:]])
OTHER = " ".join(reversed(WORDS))


def links(db):
    """Each document's day of publication, with that of the one it replaces."""
    return {
        row["newer"]: row["older"]
        for row in db.all(
            "SELECT n.published AS newer, o.published AS older FROM reissue r"
            " JOIN document n ON n.id = r.document JOIN document o ON o.id = r.replaces"
        )
    }


@pytest.fixture
def issue(entry):
    def make(published, text=REPORT, start="2024-01-08", **more):
        return entry("Inspection of Camden", text, published=published, start_date=start, **more)

    return make


def test_every_order_of_ingest_gives_the_same_links(tmp_path, issue):
    from index.storage.database import create  # noqa: PLC0415

    issues = (
        issue("2024-03-01"),
        issue("2024-03-08", CORRECTED),
        issue("2024-03-15"),
        issue("2024-03-22", OTHER),
        issue(None),
    )
    wanted = {"2024-03-01": None, "2024-03-08": "2024-03-01", "2024-03-15": "2024-03-08"}
    for number, order in enumerate(permutations(issues)):
        if number % 7:
            continue
        with create(tmp_path / str(number)) as db:
            for each in order:
                store.put(db, rows.of(each))
            assert links(db) == wanted, order


def test_of_the_same_day_the_later_one_to_come_in_is_the_newer(library, issue):
    older = store.put(library, rows.of(issue("2024-03-01")))
    newer = store.put(library, rows.of(issue("2024-03-01", CORRECTED)))
    assert reissues.of(library, newer) == reissues.Reissue(older, ())
    assert reissues.of(library, older) == reissues.Reissue(None, (newer,))


@pytest.mark.parametrize(
    "other",
    [
        {"authority": "barnet", "name": "Barnet"},
        {"doc_type": "ilacs_focused_visit"},
        {"start": "2023-01-09"},
        {"start": None},
        {"text": OTHER},
    ],
)
def test_what_is_no_reissue(library, issue, other):
    store.put(library, rows.of(issue("2024-03-01")))
    store.put(library, rows.of(issue("2024-04-01", **other)))
    assert links(library) == {}


def test_without_dates_of_inspection_the_first_line_is_compared(library, entry):
    for title, published in (("Letter", "2024-03-01"), ("Letter", "2024-04-01"), ("Plan", None)):
        store.put(library, rows.of(entry(title, REPORT, published=published)))
    assert links(library) == {"2024-04-01": "2024-03-01"}


def test_documents_of_nobody_are_not_compared(library, entry):
    for published in ("2024-03-01", "2024-04-01"):
        store.put(
            library, rows.of(entry("A", REPORT, authority=None, name=None, published=published))
        )
    assert links(library) == {}


def test_what_goes_leaves_no_gap(library, issue):
    days = ("2024-03-01", "2024-03-08", "2024-03-15")
    numbers = [store.put(library, rows.of(issue(day))) for day in days]
    store.delete(library, numbers[1])
    assert links(library) == {"2024-03-15": "2024-03-01"}
    store.delete(library, numbers[0])
    assert links(library) == {}


def test_what_is_read_otherwise_is_linked_otherwise(library, issue):
    days = ("2024-03-01", "2024-03-08", "2024-03-15")
    entries = [issue(day) for day in days]
    for each in entries:
        store.put(library, rows.of(each))
    elsewhere = issue(days[1], start="2020-01-06")
    store.put(library, rows.of(replace(elsewhere, original=entries[1].original)))
    assert links(library) == {"2024-03-15": "2024-03-01"}


def test_a_library_that_was_never_linked_is_linked_by_the_next_write(library, issue):
    for day in ("2024-03-01", "2024-03-08"):
        store.put(library, rows.of(issue(day)))
    library.execute("DELETE FROM reissue")
    library.record("reissues", None)
    store.put(library, rows.of(issue("2024-03-15", OTHER)))
    assert links(library) == {"2024-03-08": "2024-03-01"}


def test_only_the_nearest_elders_are_compared(library, issue, monkeypatch):
    compared = []
    monkeypatch.setattr(reissues, "similarity", lambda *_: compared.append(1) or 0.0)
    for day in range(1, 10):
        text = " ".join(f"word{day}-{i}" for i in range(100))
        store.put(library, rows.of(issue(f"2024-03-0{day}", text)))
    assert len(compared) == 0 + 1 + 2 + 3 * 6


def test_the_same_text_is_never_taken_apart(library, issue, monkeypatch):
    monkeypatch.setattr(reissues, "similarity", lambda *_: pytest.fail("taken apart"))
    for day in range(1, 6):
        store.put(library, rows.of(issue(f"2024-03-0{day}")))
    assert len(links(library)) == 4


def test_similarity():
    assert reissues.similarity(REPORT, REPORT.upper()) == 1.0
    assert 0.99 < reissues.similarity(REPORT, CORRECTED) < 1.0
    assert reissues.similarity(REPORT, OTHER) == 0.0
    assert reissues.similarity("too short", "too short") == 0.0
