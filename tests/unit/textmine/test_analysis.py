"""Changes between inspections, concerns that come and go, and the cycle."""

from datetime import date
from itertools import count

import pytest

from corpus.model import Finding, Judgement, Passage
from index.documents.records import Provenance
from index.reports.counts import DocumentRow, FindingRow
from textmine.analysis.changes import changes, concern_changes, of_council, paragraphs
from textmine.analysis.cycle import cycle, months_between

NUMBERS = count(1)

SIF = {"overall": "good", "leaders": "good", "help_and_protection": "good", "in_care": "good",
       "care_leavers": "outstanding", "adoption": "good", "lscb": "good"}  # fmt: skip
OF_2018 = {"overall": "inadequate", "leaders": "inadequate",
           "help_and_protection": "requires_improvement",
           "care_and_care_leavers": "good"}  # fmt: skip
OF_2023 = {"overall": "good", "leaders": "good", "help_and_protection": "requires_improvement",
           "in_care": "good", "care_leavers": "inadequate"}  # fmt: skip
OF_2026 = {"leaders": "outstanding", "help_and_protection": "good", "in_care": "outstanding",
           "care_leavers": "good", "overall": None}  # fmt: skip


def document(authority, framework, start, grades=None, *, kind="ilacs_inspection", replaces=None):
    number = next(NUMBERS)
    judged = tuple(
        Judgement(area=area, grade=grade, status="found" if grade else "not_printed")
        for area, grade in (grades or {}).items()
    )
    return DocumentRow(
        **dict.fromkeys(("url", "end_date", "published", "published_source", "lead_inspector")),
        **dict.fromkeys(("pages", "passages", "findings", "bytes"), 1),
        id=number, sha256=str(number), name=f"{number}.pdf", media_type="application/pdf",
        doc_type=kind, framework=framework, authority=authority.lower(),
        authority_name=authority, region="London", start_date=start, date=start,
        voice="inspectorate", visibility="public", outcome="ok",
        made=Provenance(reader="1", pipeline="1", themes="1"),
        ingested_at="", replaces=replaces, fields=(), judgements=judged,
    )  # fmt: skip


def finding(
    theme, polarity, *, timing="current", about="council", voice="inspectorate", text="", score=None
):
    return FindingRow(
        **dict.fromkeys(("url", "urn", "provider", "provider_urn", "title")),
        start_date=None, end_date=None,
        document=1, sha256="1", name="a", authority="A", doc_type="ilacs_inspection", date=None,
        published=None, section="", evidence=text, text="", visibility="public",
        document_voice=voice,
        finding=Finding(1, theme, polarity, timing, 0, 1, (), about, score=score),
        passage=Passage("paragraph", 1, "1", 0, 1, 0, 1, voice, about),
    )  # fmt: skip


def moved(*documents, **limits):
    return {
        (change.pair.before.area, change.pair.after.area): change.pair.direction or change.pair.note
        for change in changes(documents, **limits)
    }


def test_rows_that_mean_the_same_have_a_direction():
    found = moved(
        document("A", "ilacs-2018", "2018-05-01", OF_2018),
        document("A", "ilacs-2018", "2021-05-01", OF_2018 | {"overall": "good"}),
    )
    assert found == {
        ("overall", "overall"): "better",
        ("leaders", "leaders"): "same",
        ("help_and_protection", "help_and_protection"): "same",
        ("care_and_care_leavers", "care_and_care_leavers"): "same",
    }


def test_rows_of_care_that_changed_are_flagged_and_have_none():
    row = "the framework changed"
    found = moved(
        document("A", "sif", "2015-05-01", SIF, kind="sif_inspection"),
        document("A", "ilacs-2018", "2018-05-01", OF_2018),
    )
    assert found[("in_care", "care_and_care_leavers")] == row
    assert found[("care_leavers", "care_and_care_leavers")] == row
    assert found[("overall", "overall")] == "worse"
    assert not any("lscb" in areas or "adoption" in areas for areas in found)
    found = moved(
        document("A", "ilacs-2018", "2018-05-01", OF_2018),
        document("A", "ilacs-2023", "2023-05-01", OF_2023),
    )
    assert found[("care_and_care_leavers", "in_care")] == row
    assert found[("care_and_care_leavers", "care_leavers")] == row
    assert found[("help_and_protection", "help_and_protection")] == "same"
    found = moved(
        document("A", "sif", "2015-05-01", SIF, kind="sif_inspection"),
        document("A", "ilacs-2023", "2023-05-01", OF_2023),
    )
    assert found[("care_leavers", "care_leavers")] == row


def test_nothing_is_computed_where_no_overall_grade_is_printed():
    found = moved(
        document("A", "ilacs-2023", "2023-05-01", OF_2023),
        document("A", "ilacs-2026", "2026-05-01", OF_2026),
    )
    assert found[("overall", "overall")] == "no overall grade since April 2026"
    assert found[("care_leavers", "care_leavers")] == "better"
    found = moved(
        document("A", "ilacs-2023", "2023-05-01", OF_2023),
        document("A", "ilacs-2023", "2024-05-01", OF_2023 | {"leaders": None}),
    )
    assert found[("leaders", "leaders")] == "not printed"


def test_a_re_inspection_comes_between_and_visits_and_reissues_do_not():
    first = document("A", "sif", "2014-05-01", SIF, kind="sif_inspection")
    again = document("A", "sif", "2016-05-01", SIF | {"overall": "outstanding"},
                     kind="sif_inspection")  # fmt: skip
    visit = document("A", None, "2015-01-01", kind="focused_visit")
    copy = document("A", "sif", "2016-05-01", SIF, kind="sif_inspection", replaces=again.id)
    found = changes([copy, visit, again, first])
    assert {change.pair.before.document for change in found} == {first.id}
    assert {change.pair.after.document for change in found} == {copy.id}
    assert {change.pair.after.area for change in found} == set(SIF)


def test_the_later_inspection_decides_the_days():
    rows = (
        document("A", "ilacs-2018", "2018-05-01", OF_2018),
        document("A", "ilacs-2023", "2023-05-01", OF_2023),
    )
    assert moved(*rows, since="2023-05", until="2023")
    assert not moved(*rows, since="2024")
    assert not moved(*rows, until="2022-12")


def test_the_paragraphs_are_short_and_plain():
    rows = changes(
        [
            document("A", "ilacs-2018", "2018-05-01", OF_2018),
            document("A", "ilacs-2018", "2021-06-01", OF_2018 | {"overall": "good"}),
            document("B", "ilacs-2023", "2023-05-01", OF_2023),
            document("B", "ilacs-2026", "2026-07-01", OF_2026),
        ]
    )
    one, two = paragraphs(rows)
    assert one.startswith(
        "A, May 2018 to June 2021: overall effectiveness from inadequate to good; leaders"
    )
    assert "overall effectiveness was good, no overall grade since April 2026" in two


LATE = "Visits to privately fostered children are often late."
TIMELY = "Visits to privately fostered children are now timely."
ELSE = "Carers speak warmly of their training."


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        ([], [("concern", "current", LATE)], "new"),
        ([("concern", "current", LATE)], [("mixed", "current", ELSE)], "recurring"),
        ([("concern", "current", LATE)], [("strength", "current", TIMELY)], "resolved"),
        ([("concern", "current", LATE)], [("neutral", "improved", TIMELY)], "resolved"),
        ([("concern", "current", LATE)], [("strength", "current", ELSE)], "silent"),
        ([("concern", "current", LATE)], [], "silent"),
        ([("concern", "current", LATE)], [("neutral", "planned", TIMELY)], "silent"),
        ([("strength", "current", LATE)], [("strength", "current", TIMELY)], None),
    ],
)
def test_what_becomes_of_a_concern(before, after, fate):
    found = concern_changes(_findings(before), _findings(after))
    assert [each.fate for each in found] == ([fate] if fate else [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([("concern", "current", LATE, 0.6)], [("concern", "current", LATE)]),
        ([], [("concern", "current", LATE, 0.6)]),
        ([("concern", "current", LATE)], [("concern", "current", ELSE, 0.6),
                                          ("strength", "current", TIMELY)]),
    ],
)  # fmt: skip
def test_a_doubtful_concern_makes_no_change_and_forbids_one(before, after):
    assert not concern_changes(_findings(before), _findings(after))


def _findings(given):
    """Findings among those of a whole report, whose words say how rare a word is."""
    rest = [finding("placements", "neutral", text=f"Homes number {n} and more.") for n in range(40)]
    return rest + [
        finding("neglect", polarity, timing=timing, text=text, score=score[0] if score else None)
        for polarity, timing, text, *score in given
    ]


def test_partners_and_claims_are_not_the_council():
    assert of_council(finding("neglect", "concern"))
    assert of_council(finding("neglect", "concern", about="trust"))
    assert not of_council(finding("neglect", "concern", about="police"))
    assert not of_council(finding("neglect", "concern", voice="authority"))


def test_the_cycle_gives_ranges_that_were_observed_and_no_date():
    rows = [
        document("A", "ilacs-2018", "2018-05-10", OF_2018),
        document("A", "ilacs-2018", "2020-05-09", OF_2018),
        document("B", "ilacs-2018", "2019-01-01", OF_2018),
        document("B", None, "2019-09-01", kind="monitoring_visit"),
        document("B", None, "2018-09-01", kind="focused_visit"),
        document("C", "ilacs-2026", "2026-05-01", OF_2026),
        document("D", "ilacs-2018", "2030-01-01", OF_2018),
        document("E", None, "2019-09-01", kind="jtai"),
    ]
    a, b, c = cycle(rows, date(2026, 11, 1))
    assert (a.authority, a.overall, a.months) == ("A", "inadequate", 77)
    assert (b.observed.n, b.observed.shortest, b.observed.longest) == (1, 23, 23)
    assert [visit.doc_type for visit in b.visits] == ["monitoring_visit"]
    assert (c.overall, c.observed) == (None, None)


def test_months_are_whole():
    assert months_between(date(2024, 1, 31), date(2024, 2, 29)) == 0
    assert months_between(date(2024, 1, 15), date(2025, 1, 15)) == 12
