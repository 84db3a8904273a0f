"""Decisions of people: they win, and they outlive a document that is read or tagged again."""

import pytest

from corpus.errors import UsageError
from corpus.model import Finding
from index.documents import decisions, rows, store
from index.documents.decisions import Decision
from index.documents.records import Provenance
from index.documents.rows import TagRows
from index.query.filters import Filters
from index.reports import counts
from index.search.hits import search

SEEN = "Children are seen alone."
SAID = (1, "children-seen", "strength", "current")
LATE = "Visits are too late."
TEXT = f"{SEEN} {LATE}"


def put(library, entry, *texts, findings=()):
    return store.put(library, rows.of(entry(*texts, findings=findings)))


@pytest.fixture
def number(library, entry):
    return put(library, entry, TEXT, findings=[SAID])


def decide(library, number, verdict, **more):
    values = {"quote": TEXT, "theme": "children-seen", "who": "Ada", "why": "read it", **more}
    decisions.add(library, number, Decision(verdict=verdict, **values))


def found(library, **narrowed):
    return [
        (row.finding.theme, row.finding.polarity, row.finding.timing)
        for row in counts.findings(library, Filters(**narrowed))
    ]


def hits(library, query):
    return [
        (tag.theme, tag.polarity) for hit in search(library, query).hits for tag in hit.findings
    ]


def test_without_a_decision_the_machine_holds(library, number):
    assert decisions.of(library, number) == ()
    assert found(library) == [("children-seen", "strength", "current")]


def test_what_is_rejected_is_found_no_more(library, number):
    decide(library, number, "rejected")
    assert found(library) == []
    assert search(library, "theme:children-seen").total == 0
    assert store.get(library, number).findings == ()
    assert len(store.get(library, number).entry.findings) == 1


def test_what_is_changed_holds_everywhere(library, number):
    decide(library, number, "changed", polarity="concern", timing="past", new_theme="workforce")
    assert found(library) == [("workforce", "concern", "past")]
    assert hits(library, "theme:workforce polarity:concern") == [("workforce", "concern")]
    assert search(library, "theme:children-seen").total == 0
    assert [each.theme for each in counts.themes(library)] == ["workforce"]
    assert found(library, theme=("workforce",)) == [("workforce", "concern", "past")]


def test_what_is_added_is_found(library, number):
    decide(library, number, "added", quote=LATE, theme="timeliness", polarity="concern",
           timing="current")  # fmt: skip
    assert found(library) == [
        ("children-seen", "strength", "current"),
        ("timeliness", "concern", "current"),
    ]
    added = store.get(library, number).findings[-1]
    assert TEXT[added.start : added.end] == LATE


def test_the_latest_decision_holds_and_can_be_withdrawn(library, number):
    decide(library, number, "rejected")
    decide(library, number, "accepted", polarity="strength", timing="current")
    assert found(library) == [("children-seen", "strength", "current")]
    decide(library, number, "rejected")
    decide(library, number, "withdrawn")
    assert found(library) == [("children-seen", "strength", "current")]
    assert [each.verdict for each in decisions.of(library, number)] == [
        *("rejected", "accepted", "rejected", "withdrawn")
    ]


def test_it_outlives_a_new_tagging(library, number):
    decide(library, number, "changed", polarity="concern", timing="current")
    again = Finding(1, "children-seen", "neutral", "current", 0, len(SEEN), score=0.4)
    made = Provenance(reader="r1", pipeline="p2", themes="t1")
    store.retag(library, number, TagRows(findings=rows.of_findings([again]), figures=(), made=made))
    assert found(library) == [("children-seen", "concern", "current")]
    assert store.get(library, number).findings[0].score == 0.4
    assert hits(library, "children") == [("children-seen", "concern")]


def test_it_outlives_a_new_reading_that_moves_the_words(library, entry, number):
    decide(library, number, "rejected")
    first = entry(TEXT, findings=[SAID])
    moved = entry("Something before.", TEXT, findings=[SAID])
    finding = moved.findings[0]._replace(passage=2, start=18, end=18 + len(TEXT))
    read = rows.of(
        type(moved)(
            original=first.original,
            document=moved.document,
            findings=(finding,),
            made=moved.made,
        )
    )
    assert store.put(library, read) == number
    assert found(library) == []
    assert decisions.orphans(library) == ()


def test_words_that_are_gone_leave_an_orphan_that_is_kept(library, entry, number):
    decide(library, number, "rejected")
    first, other = entry(TEXT), entry("Quite another text.")
    store.put(
        library,
        rows.of(
            type(first)(
                original=first.original, document=other.document, findings=(), made=first.made
            )
        ),
    )
    [(of, orphan)] = decisions.orphans(library)
    assert (of, orphan.quote, orphan.start) == (number, TEXT, None)
    assert counts.status(library).orphans == 1
    put(library, entry, TEXT, findings=[SAID])
    assert decisions.orphans(library) == ()
    assert found(library) == []


def test_the_same_words_twice_are_two_places(library, entry):
    number = put(library, entry, TEXT, TEXT, findings=[SAID])  # of the first paragraph or both
    before = len(found(library))
    decide(library, number, "added", occurrence=2, theme="timeliness", polarity="concern",
           timing="current")  # fmt: skip
    assert len(found(library)) == before + 1
    assert decisions.of(library, number)[0].start == len(TEXT) + 1


def test_words_that_are_not_there_are_refused(library, number):
    with pytest.raises(UsageError, match="does not have these words"):
        decide(library, number, "rejected", quote="Nothing of the kind.")
