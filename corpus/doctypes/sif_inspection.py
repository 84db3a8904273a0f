"""SIF reports: the inspections of November 2013 to 2018 under the single inspection framework.

Source of the rules: Ofsted's "Inspection of services for children in need of help and protection,
children looked after and care leavers: framework and evaluation schedule" (2013 to 2017), and the
three layouts of its reports: in two sections (to August 2014), in two parts (to June 2015), and
with an executive summary. All but re-inspections review the safeguarding board as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout.blocks import Block
from ..model import Judgement, Problem
from .shared.base import DocType, Draft, Facts, Opening, PlacedRow, SectionStart
from .shared.common import authority_field, date_fields, date_problems, judgement, value_date
from .shared.older import GRADE, chapters, demands, graded, inspector_at_the_back, items
from .shared.single_framework import (
    AREAS,
    BOARD_ITEMS,
    LETTER,
    REVIEW,
    TITLE,
    area_of,
    boards_grade,
    boards_kind,
    kind_of,
)

_TO_GRADE = rf"(?:[^\n]|\n(?!\d)){{0,120}}?\b(?P<grade>{GRADE})\b"
_OVERALL = tuple(
    re.compile(words + _TO_GRADE, re.IGNORECASE)
    for words in (
        r"overall judge?ment\b",
        r"(?:children[’']?s[’']? services?|(?:^|\n)services for children)\b",
        r"(?<!contribute to )overall effectiveness\b",
    )
)
_BEHIND = re.compile(rf"[^\d]{{0,60}}?\b(?P<grade>{GRADE})\b", re.IGNORECASE)
_AT_END = re.compile(rf"\b(?P<grade>{GRADE})\W*$", re.IGNORECASE)


def recognise(opening: Opening) -> int:
    """The title of the framework, in the title block and not in a letter about it."""
    head = f"{opening.title} {opening.text[:300]}"
    if not TITLE.search(head) or LETTER.search(head):
        return 0
    points = 3 + bool(REVIEW.search(opening.text[:600]))
    return points + len({area_of(row) for row in opening.rows} & set(AREAS))


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """The chapters of the council, then the board's, whose kinds begin with "lscb"."""
    return chapters(blocks, _Chapters())


class _Chapters:
    """What a heading begins; remembers whether the board's part has begun."""

    def __init__(self) -> None:
        self._board = False

    def __call__(self, heading: str, within: str) -> str | None:
        kind = kind_of(heading)
        if within == "front":
            return None if kind == "lscb" or kind in AREAS else kind
        if kind == "lscb":
            if within == "context" or (within == "definitions" and self._board):
                return None  # who chairs the board; what its grades mean
            self._board = True
        return boards_kind(kind) if self._board else None if kind == "findings" else kind


def read(draft: Draft) -> Facts:
    """Authority, dates, inspector, and the grades of the areas, overall and of the board."""
    dates = date_fields(draft)
    began = value_date(dates, "start_date")
    key, authority, problems = authority_field(draft, authority_name(draft), began)
    judgements, more = _judgements(draft)
    return Facts(
        framework="sif",
        authority=key,
        fields=(authority, *dates, inspector_at_the_back(draft)),
        judgements=judgements,
        problems=(*problems, *date_problems(draft, dates), *more),
    )


def authority_name(draft: Draft) -> str | None:
    """The authority's name: the title block before the title."""
    match = TITLE.search(draft.text, 0, draft.front)
    return " ".join(draft.text[: match.start()].split()) or None if match else None


def _judgements(draft: Draft) -> tuple[tuple[Judgement, ...], tuple[Problem, ...]]:
    problems = [Problem("judgement-table", draft.table_problem)] if draft.table_problem else []
    rows = {area: placed for placed in draft.rows if (area := area_of(placed.row.label_text))}
    listed, headed = _grades_of_title(draft), _headed(draft)
    found = {"overall": _overall(draft)}
    for area in AREAS:
        known = _of_row(area, rows[area]) if area in rows else listed.get(area) or headed.get(area)
        if area not in rows:
            problems.append(
                Problem("judgement-row", f"no row for {area} in the list of judgements")
            )
        elif known and area in headed and headed[area].grade != known.grade:
            message = f"{area}: the first page says {known.printed}, its chapter"
            problems.append(Problem("judgement-contradicted", f"{message} {headed[area].printed}"))
        found[area] = known or Judgement(area=area, grade=None, status="unreadable")
    found["lscb"] = boards_grade(draft)
    return tuple(found.values()), tuple(problems)


def _of_row(area: str, placed: PlacedRow) -> Judgement:
    return judgement(area, placed.row.grade_text, placed.start, placed.end)


def _overall(draft: Draft) -> Judgement:
    """From its sentence in the title block."""
    for pattern in _OVERALL:
        if found := graded("overall", draft, pattern.search(draft.text, 0, draft.front)):
            return found
    return Judgement(area="overall", grade=None, status="unreadable")


def _grades_of_title(draft: Draft) -> dict[str, Judgement]:
    """The grades that lines of the title block print after the areas, where it has no table."""
    found: dict[str, Judgement] = {}
    at = 0
    for line in draft.text[: draft.front].splitlines(keepends=True):
        area = area_of(line)
        behind = _BEHIND.match(draft.text, at + len(line) - 1, draft.front)
        within = _AT_END.search(draft.text, at, at + len(line))
        if area and (printed := graded(area, draft, within or behind)):
            found.setdefault(area, printed)
        at += len(line)
    return found


def _headed(draft: Draft) -> dict[str, Judgement]:
    """The grades that chapters' headings repeat."""
    found: dict[str, Judgement] = {}
    for kind, start, end in draft.headings:
        printed = graded(kind, draft, _AT_END.search(draft.text, start, end))
        if kind in AREAS and printed and printed.grade:
            found.setdefault(kind, printed)
    return found


_ITEMS = items(
    {
        "improve": "improvement",
        "priority": "priority_action",
        "recommendations": "recommendation",
    }
)

DOCTYPE = DocType(
    id="sif_inspection",
    recognise=recognise,
    sections=sections,
    read=read,
    item=demands(_ITEMS | BOARD_ITEMS),
    about_section=dict.fromkeys(("lscb", *BOARD_ITEMS), "board"),
)
"""What `doctypes()` finds."""
