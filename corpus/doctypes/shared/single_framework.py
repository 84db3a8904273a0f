"""Field readers for SIF reports and for reviews of a safeguarding board alone.

Their titles, the kinds of their chapters, and the board's grade.
"""

from __future__ import annotations

import re

from ...frameworks import FRAMEWORKS
from ...model import Judgement
from .base import Draft
from .older import GRADE, graded, items

AREAS = tuple(area for area in FRAMEWORKS["sif"].areas if area not in {"overall", "lscb"})
"""The judgements 1, 2, 2.1, 2.2 and 3."""

BOARD = "Local Safeguarding Children Board"

TITLE = re.compile(
    r"\b(?:re-?\s?)?inspection of services for children in need of help and protection",
    re.IGNORECASE,
)
REVIEW = re.compile(r"review of the effectiveness of the (?:local )?safeguarding", re.IGNORECASE)
LETTER = re.compile(r"\bdear [A-Z]|\b(?:monitoring|focused) visit", re.IGNORECASE)
"""What letters about an inspection begin with."""

_BOARD = r"(?:safeguarding children(?:[’']s)? board|LSCB)"
_BOARDS_GRADE = re.compile(
    rf"(?:{_BOARD}\s*(?:\(\w{{3,8}}\))?|\b[A-Z]{{1,4}}SCB\b|effectiveness of the board\b"
    r"|board\s+partners\s+to\s+safeguard\s+and\s+promote\s+the\s+welfare\s+of\s+children\b)"
    r"[^.\n|]{0,40}?\s*(?:is that it (?:is )?|(?:is|are) judged to be |is |are )?"
    rf"\b(?<!not yet )(?P<grade>{GRADE})\b",
    re.IGNORECASE,
)
"""The last wording is the framework's: "the arrangements in place to evaluate the effectiveness of
what is done by the authority and board partners ..."."""
_AREAS = (
    (
        "adoption",
        re.compile(r"adoption performance|graded judge?ment (?:for|about) adoption", re.IGNORECASE),
    ),
    ("care_leavers", re.compile(r"experiences? and progress of care leavers", re.IGNORECASE)),
    ("help_and_protection", re.compile(r"children who need help and protection", re.IGNORECASE)),
    ("in_care", re.compile(r"looked after(?: children)? and achieving permanence", re.IGNORECASE)),
    ("leaders", re.compile(r"^(?:\d\.?\s+)?leadership, management and governance", re.IGNORECASE)),
)
_KINDS = (
    (
        "lscb",
        re.compile(
            rf"section 2\b|(?:the )?(?:effectiveness of the )?(?:local )?{_BOARD}(?: \(\w+\))?"
            r"(?:\s*$|\s+(?:is|requires?|are)\b)"
            rf"|inspection (?:findings\b.{{0,12}}|judge?ments? about) the (?:local )?{_BOARD}",
            re.IGNORECASE,
        ),
    ),
    (
        "definitions",
        re.compile(
            r"what the (?:inspection )?judge?ments? mean|information about (?:this|the) inspection"
            r"|about this inspection|the inspection team|glossary",
            re.IGNORECASE,
        ),
    ),
    (
        "context",
        re.compile(
            r"information about (?:this|the) (?:local authority|area)|service information"
            r"|children(?: and young people)? (?:living|looked after) in (?:this|the) area"
            r"|children living in|child protection in|children looked after in"
            r"|(?:other|previous) ofsted inspections?|local leadership|other information about"
            r"|the casework model",
            re.IGNORECASE,
        ),
    ),
    ("children_summary", re.compile(r"summary for children", re.IGNORECASE)),
    (
        "priority",
        re.compile(
            r"priority (?:and|or) immediate actions?|areas? for priority action", re.IGNORECASE
        ),
    ),
    (
        "improve",
        re.compile(
            r"what (?:does|do) .{3,60} need to improve|areas? for improvement", re.IGNORECASE
        ),
    ),
    ("recommendations", re.compile(r"recommendations?\b", re.IGNORECASE)),
    ("strengths", re.compile(r".{0,50}\bstrengths\b", re.IGNORECASE)),
    ("progress", re.compile(r"progress since", re.IGNORECASE)),
    ("summary", re.compile(r"executive summary|summary of (?:key )?findings", re.IGNORECASE)),
    (
        "findings",
        re.compile(r"(?:inspection|key) findings|inspection judge?ments? about", re.IGNORECASE),
    ),
)


def kind_of(heading: str) -> str | None:
    """The kind of section that a heading begins; "findings" says only that demands have ended."""
    for kind, pattern in _KINDS:
        if pattern.match(heading):
            return kind
    return area_of(heading)


def area_of(label: str) -> str | None:
    """The judgement key that a row's label or a chapter's heading names."""
    words = " ".join(label.split())
    return next((area for area, pattern in _AREAS if pattern.search(words)), None)


def boards_kind(kind: str | None) -> str | None:
    """The kind of section within the board's part of a report."""
    if kind in {None, "definitions", "context"}:
        return kind
    return f"lscb_{kind}" if f"lscb_{kind}" in BOARD_ITEMS else "lscb"


def boards_grade(draft: Draft) -> Judgement:
    """The safeguarding board's grade: from its chapter's first lines, else from the title block."""
    chapter = next((start for kind, start, _ in draft.headings if kind.startswith("lscb")), None)
    places = [(0, draft.front)]
    if chapter is not None:
        places.insert(0, (chapter, chapter + FIRST_LINES))
    for start, end in places:
        if found := graded("lscb", draft, _BOARDS_GRADE.search(draft.text, start, end)):
            return found
    reviewed = chapter is not None or REVIEW.search(draft.text, 0, draft.front)
    return Judgement(area="lscb", grade=None, status="unreadable" if reviewed else "not_printed")


FIRST_LINES = 1200
"""In so many characters of its chapter a board's grade is printed."""

BOARD_ITEMS = items(
    {
        "lscb_improve": "improvement",
        "lscb_priority": "priority_action",
        "lscb_recommendations": "recommendation",
    },
    BOARD,
)
"""What the board is asked, by kind of section."""
