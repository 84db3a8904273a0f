"""Findings know nothing of grades, and what a sentence itself says comes first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textmine.pipeline import Tagger, TagInput
from textmine.themes import load_themes

GOLD = Path(__file__).parent / "gold"
TAGGER = Tagger(load_themes())
GRADES = ("outstanding", "good", "requires improvement to be good", "inadequate")
HEADINGS = (
    "The experiences and progress of children in care: {}",
    "The graded judgement for adoption performance is that it is {}",
    "The experiences and progress of care leavers are {}.",
    "Leadership, management and governance – {}",
)
ROWS = [json.loads(line) for line in (GOLD / "invented.jsonl").read_text("utf-8").splitlines()]
PAIRS = [json.loads(line) for line in (GOLD / "pairs.jsonl").read_text("utf-8").splitlines()]
KNOWN_WRONG = 14
"""Of the minimal pairs, at most so many may be read wrongly."""


@pytest.mark.parametrize("heading", HEADINGS)
def test_no_finding_changes_with_the_grade_of_its_section(heading) -> None:
    headings = {grade: heading.format(grade) for grade in GRADES}
    headings["capitals"] = heading.format(GRADES[0].capitalize())
    found = [
        list(TAGGER.tag(TagInput(row["text"], row["kind"], printed) for row in ROWS))
        for printed in headings.values()
    ]
    assert all(other == found[0] for other in found[1:])
    assert any(found[0])


def wrong(case) -> bool:
    """As `score_cases.py` counts: every finding of each sentence has one of the right values."""
    given = TagInput(case["text"], "ilacs_inspection", "The experiences and progress of children")
    [found] = TAGGER.tag([given])
    spans = sorted({(one.start, one.end) for one in found})
    for want in case["want"]:
        place = want["sentence"]
        if case["sentences"] and len(spans) == case["sentences"]:
            span = spans[place]
        else:
            span = None if not spans else spans[-1] if place else spans[0]
        here = [one for one in found if (one.start, one.end) == span]
        if not here and "neutral" not in want["polarity"]:
            return True
        if any(one.polarity not in want["polarity"] for one in here):
            return True
        if want["timing"] and any(one.timing not in want["timing"] for one in here):
            return True
    return False


def test_minimal_pairs_are_told_apart() -> None:
    """Lists, negation, quantities, conditions, idioms, times: small changes that turn the sense."""
    missed = [case["id"] for case in PAIRS if wrong(case)]
    assert len(missed) <= KNOWN_WRONG, missed


@pytest.mark.parametrize(
    "text",
    [
        "Audits are weak. Pathway plans are clear. Children are not seen regularly.",
        "Case records are poor. Pathway plans are clear and useful. Supervision is irregular.",
    ],
)
def test_praise_among_concerns_is_praise(text) -> None:
    [found] = TAGGER.tag([TagInput(text, "ilacs", "")])
    assert [one.polarity for one in found if one.theme == "pathway-plans"] == ["strength"]


def test_each_clause_has_its_own_polarity() -> None:
    [found] = TAGGER.tag([TagInput("Caseloads are too high, but supervision is good.", "", "")])
    said = {one.theme: one.polarity for one in found}
    assert said == {"caseloads": "concern", "supervision-and-oversight": "strength"}


def test_a_finding_shows_the_words_that_decided_or_none_where_the_context_did() -> None:
    text = "Supervision is regular. It takes place each month."
    [found] = TAGGER.tag([TagInput(text, "ilacs", "")])
    words = [[text[c.start : c.end] for c in one.cues if c.kind == "polarity"] for one in found]
    assert words[0] == ["regular"]


def test_every_finding_has_a_score() -> None:
    [found] = TAGGER.tag([TagInput("Foster carers are well trained.", "ilacs", "")])
    assert all(one.score is not None and 0 < one.score < 1 for one in found)
