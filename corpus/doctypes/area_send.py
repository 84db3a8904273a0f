"""Area SEND reports: how a local area partnership serves children with special needs, from 2023.

Source of the rules: Ofsted's and the CQC's "Area SEND inspections: framework and handbook"
(2023), whose three outcomes are paragraphs and no grades, and 55 published reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..language.dates import find_ranges
from ..layout.blocks import Block
from ..model import Field, Grade, Judgement, Problem
from ..readers import TableReader
from ..tables.action_tables import in_rows
from .shared.base import DocType, Draft, Facts, Item, Opening, SectionStart
from .shared.common import (
    absent,
    authority_field,
    date_fields,
    date_problems,
    field_from_match,
    items_in,
    sections_by_heading,
    value_date,
)
from .shared.letters import PERSON, person

TITLE = 500
"""How many characters at the beginning hold the title."""

_TITLE = re.compile(
    r"Area SEND (?:full |monitoring |re-?)?inspection of (?:the )?(?P<name>.{3,80}?)"
    r"\s+(?:Local\s+Area\s+Partnership|Inspection\s+dates?)",
    re.IGNORECASE | re.DOTALL,
)
_MONITORING = re.compile(r"Area SEND monitoring inspection", re.IGNORECASE)
_KINDS = (
    ("outcome", re.compile(r"inspection outcome", re.IGNORECASE)),
    (
        "details",
        re.compile(r"partnership details|about this inspection|inspection team", re.IGNORECASE),
    ),
    ("context", re.compile(r"information about the (?:local )?area", re.IGNORECASE)),
    ("experience", re.compile(r"what is it like", re.IGNORECASE)),
    ("effective", re.compile(r"doing that is effective", re.IGNORECASE)),
    ("do_better", re.compile(r"need to do better", re.IGNORECASE)),
    ("priority_action", re.compile(r"areas? for priority action", re.IGNORECASE)),
    ("improve", re.compile(r"areas? for improvement", re.IGNORECASE)),
)
_DEMANDS = frozenset({"priority_action", "improve"})

_LIVED = r"(?:experiences|outcomes)(?:\s+and\s+(?:experiences|outcomes))?"
_OUTCOMES: tuple[tuple[Grade, re.Pattern[str]], ...] = (
    (
        "3",
        re.compile(
            r"(?<!\bno )(?:widespread\s+(?:and/or|and|or)\s+)?\bsystemic\s+failings",
            re.IGNORECASE,
        ),
    ),
    ("2", re.compile(rf"inconsisten(?:t|cy\s+in)\s+{_LIVED}", re.IGNORECASE)),
    (
        "1",
        re.compile(
            rf"(?:typically\s+)?(?:leads?|led|leading)\s+to\s+positive\s+{_LIVED}",
            re.IGNORECASE,
        ),
    ),
)
_DUE = r"(?:within|in)\s+(?:approximately|about)\s+"
_NEXT: tuple[tuple[Grade, re.Pattern[str]], ...] = (
    ("3", re.compile(_DUE + r"(?:18|eighteen)\s+months", re.IGNORECASE)),
    ("2", re.compile(_DUE + r"(?:3|three)\s+years", re.IGNORECASE)),
    ("1", re.compile(_DUE + r"(?:5|five)\s+years", re.IGNORECASE)),
)
"""When inspectors come back, which follows from the outcome."""

_PREVIOUS = re.compile(
    r"Dates? of (?:the )?(?:previous|last)(?: \w+){0,3}? (?:inspection|visit)s?\s*:?\s*"
    r"(?P<when>[^\n]*(?:\n(?!Inspection|Information)[^\n]*\d{4}[^\n]*)*)",
    re.IGNORECASE,
)
_INSPECTORATE = r"(?:\(?(?:HMI|SHMI|Ofsted|H[ei][rs] Majesty’s Inspector)\)?,?\s)"
_OFSTED_LEAD = re.compile(rf"{PERSON},?\s{_INSPECTORATE}{{1,3}}(?i:lead inspector)")
_CQC_LEAD = re.compile(rf"{PERSON},?\s\(?CQC\)?,?\s(?i:lead inspector)")


def kind_of(heading: str) -> str | None:
    """The kind of section that a heading begins."""
    return next((kind for kind, pattern in _KINDS if pattern.search(heading)), None)


def recognise(opening: Opening) -> int:
    """The title, and what is printed above and below it."""
    head = opening.text[:TITLE]
    points = 3 if _TITLE.search(head) else 0
    points += "local area partnership report" in head.lower()
    points += "inspection outcome" in opening.text.lower()
    return points


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """A section a heading, the details of the partnership and the team among them."""
    return sections_by_heading(blocks, kind_of)


def arrange(blocks: Sequence[Block], tables: TableReader) -> list[Block]:
    """Rearrange tables of areas for priority action and improvement: one block per row."""
    arranged: list[Block] = []
    table: list[Block] = []
    demand: str | None = None
    for block in blocks:
        kind = kind_of(block.text) if block.kind == "heading" else None
        if kind is None and block.kind != "footnote" and demand:
            table.append(block)
        elif kind == demand and demand:
            # The table's own head repeats the heading.
            block.kind = "table_row"
            arranged.append(block)
        else:
            arranged += in_rows(table, tables)
            table = []
            demand = kind if kind in _DEMANDS else None
            arranged.append(block)
    return [*arranged, *in_rows(table, tables)]


_asked = items_in({"improve": "improvement", "priority_action": "priority_action"})


def item(section: str, block: Block) -> Item | None:
    """A row of either table, with the body that its row names."""
    asked = _asked(section, block)
    return asked and Item(asked.kind, block.responsible)


def read(draft: Draft) -> Facts:
    """The facts above the outcome, the outcome, and who led the inspection."""
    dates = date_fields(draft)
    began = value_date(dates, "start_date")
    title = _TITLE.search(draft.text[: max(draft.front, TITLE)])
    key, authority, problems = authority_field(
        draft, title["name"].strip() if title else None, began
    )
    outcome, doubts = _outcome(draft)
    return Facts(
        framework="area-send-2023",
        authority=key,
        fields=(
            authority,
            *dates,
            _lead(draft, "lead_inspector", _OFSTED_LEAD),
            _lead(draft, "cqc_lead_inspector", _CQC_LEAD),
            _previous(draft),
        ),
        judgements=(outcome,),
        problems=(*problems, *date_problems(draft, dates), *doubts),
    )


class _Stretch(NamedTuple):
    """The range under a heading, its heading left out."""

    start: int
    end: int


def _under(draft: Draft, kind: str) -> _Stretch | None:
    ends = [start for _, start, _ in draft.headings] + [len(draft.text)]
    for index, (name, _, end) in enumerate(draft.headings):
        if name == kind:
            return _Stretch(end, next(other for other in ends[index + 1 :] if other >= end))
    return None


def _outcome(draft: Draft) -> tuple[Judgement, tuple[Problem, ...]]:
    """The outcome by its words, else by when inspectors come back; a problem where they differ."""
    place = _under(draft, "outcome") or _Stretch(draft.front, draft.front + 2000)
    said, due = (
        next(
            (
                (grade, match)
                for grade, pattern in wordings
                if (match := pattern.search(draft.text, place.start, place.end))
            ),
            None,
        )
        for wordings in (_OUTCOMES, _NEXT)
    )
    known = said or due
    if _MONITORING.search(draft.text[: max(draft.front, TITLE)]):
        return Judgement(area="outcome", grade=None, status="not_judged"), ()
    if known is None:
        return Judgement(area="outcome", grade=None, status="unreadable"), ()
    grade, match = known
    problems: tuple[Problem, ...] = ()
    if said and due and said[0] != due[0]:
        message = (
            f"the outcome says {said[1].group()!r}, but the next inspection is {due[1].group()!r}"
        )
        problems = (Problem("judgement-contradicted", message),)
    outcome = Judgement(
        area="outcome",
        grade=grade,
        status="found",
        printed=match.group(),
        start=match.start(),
        end=match.end(),
    )
    return outcome, problems


def _lead(draft: Draft, name: str, pattern: re.Pattern[str]) -> Field:
    """A lead inspector from the block of the team."""
    details = next((start for kind, start, _ in draft.headings if kind == "details"), None)
    match = pattern.search(draft.text, details or draft.front)
    return person(name, match, expected=details is not None)


def _previous(draft: Draft) -> Field:
    """The days of earlier inspections, as ISO intervals; printed as none for a new area."""
    name = "previous_inspection"
    place = _under(draft, "outcome")
    match = _PREVIOUS.search(draft.text, 0, place.start if place else draft.front)
    if match is None:
        return absent(name)
    days = find_ranges(match["when"])
    if not days:
        printed = match["when"].strip()
        return Field(
            name=name,
            value=None,
            status="not_printed",
            printed=printed,
            start=match.start("when"),
            end=match.start("when") + len(printed),
        )
    value = "; ".join(
        str(day.first) if day.first == day.last else f"{day.first}/{day.last}" for day in days
    )
    return field_from_match(name, value, match, "when")


DOCTYPE = DocType(
    id="area_send",
    recognise=recognise,
    sections=sections,
    read=read,
    arrange=arrange,
    item=item,
    about="partnership",
)
"""What `doctypes()` finds."""
