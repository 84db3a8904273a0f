"""ILACS reports: inspections of local authority children's services, from January 2018.

Source of the rules: Ofsted's framework "Inspecting local authority children's services"
(2018, with the changes of January 2023, when care leavers got a judgement of their own, and of
April 2026, when the overall grade ended), and the layouts of 321 published reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ..frameworks import FRAMEWORKS, ILACS, in_force
from ..layout.blocks import Block
from ..model import Judgement, Problem
from .shared.base import DocType, Draft, Facts, Item, Opening, PlacedRow, SectionStart
from .shared.common import (
    authority_field,
    date_fields,
    date_problems,
    items_in,
    judgement,
    lead_inspector_field,
    sections_by_heading,
    value_date,
)

_JUDGED = frozenset(area for name in ILACS for area in FRAMEWORKS[name].areas)

_SERVICES = r"(?:local authority\s+)?children[’']s\s+(?:social\s+care\s+)?services"
_TITLE = re.compile(rf"inspection of (?:.{{0,60}}\s)?{_SERVICES}", re.IGNORECASE)
_NAMED = re.compile(
    rf"Inspection of (?:the\s+)?(?P<name>.+?)\s+{_SERVICES}", re.IGNORECASE | re.DOTALL
)
_BARE = re.compile(rf"Inspection of {_SERVICES}", re.IGNORECASE)
_OTHER_BODY = re.compile(r"Inspection of (?:the\s+)?(?P<name>.+)", re.IGNORECASE | re.DOTALL)
_NOT = re.compile(r"re-?inspection of services|focused visit|monitoring visit", re.IGNORECASE)
_DATED = re.compile(r"\binspection dates?\s*:?\s", re.IGNORECASE)
_GRADE_AT_END = re.compile(
    r"(?:\bis|\bare|:)\s*:?\s*(?P<grade>outstanding|good|inadequate"
    r"|requires? improvement(?: to be good)?)\W*$",
    re.IGNORECASE,
)

_KINDS = (
    ("improve", re.compile(r"what needs to improve", re.IGNORECASE)),
    (
        "leaders",
        re.compile(r"impact of leaders|leaders on (?:social work )?practice", re.IGNORECASE),
    ),
    ("help_and_protection", re.compile(r"help and protection", re.IGNORECASE)),
    (
        "care_and_care_leavers",
        re.compile(
            r"(?:in care|looked after) and (?:of )?care[- ](?:leavers|experienced)", re.IGNORECASE
        ),
    ),
    # Fourteen reports of 2025-26 print "children care leavers".
    ("care_leavers", re.compile(r"care leavers|care[- ]experienced", re.IGNORECASE)),
    ("in_care", re.compile(r"children in care|children looked after", re.IGNORECASE)),
    ("overall", re.compile(r"overall effectiveness", re.IGNORECASE)),
)


_asked = items_in({"improve": "improvement"})


def area_of(label: str) -> str | None:
    """The judgement key that a row's label or a section's heading names."""
    words = " ".join(label.split())
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def recognise(opening: Opening) -> int:
    """The title with what is printed below it; the rows of the judgement table are enough."""
    if _NOT.search(opening.title):
        return 0
    points = 2 if _TITLE.search(opening.title) else 0
    areas = set(FRAMEWORKS["ilacs-2018"].areas)
    points += min(3, len({area_of(row) for row in opening.rows} & areas))
    points += bool(_DATED.search(opening.text))
    points += "lead inspector" in opening.text.lower()
    return points


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Front, summary, improvements, and a section for each judgement."""
    return sections_by_heading(blocks, area_of)


def item(section: str, block: Block) -> Item | None:
    """An item: a bullet under what needs to improve, but no paragraph of several sentences."""
    asked = _asked(section, block)
    return None if asked and block.kind == "paragraph" and ". " in block.text else asked


def read(draft: Draft) -> Facts:
    """Dates, inspector, authority and judgements of a report."""
    dates = date_fields(draft)
    began = value_date(dates, "start_date")
    key, authority, problems = authority_field(draft, authority_name(draft.title), began)
    framework = framework_of(began, draft.rows)
    judgements, more = _judgements(draft, framework)
    return Facts(
        framework=framework,
        authority=key,
        fields=(authority, *dates, lead_inspector_field(draft)),
        judgements=judgements,
        problems=(*problems, *date_problems(draft, dates), *more),
    )


def authority_name(title: str) -> str | None:
    """The authority as the title prints it: before the words of the title, or inside them."""
    if match := _BARE.search(title):
        return title[: match.start()].strip() or None
    match = _NAMED.search(title) or _OTHER_BODY.search(title)
    return match["name"].strip() if match else None


def framework_of(began: date | None, rows: Sequence[PlacedRow]) -> str:
    """By the day the inspection began; by the rows of its table where no date was read."""
    if began:
        return in_force(began, ILACS)
    areas = {area_of(placed.row.label_text) for placed in rows}
    if "care_and_care_leavers" in areas:
        return "ilacs-2018"
    return "ilacs-2023" if "overall" in areas or not areas else "ilacs-2026"


def _judgements(draft: Draft, framework: str) -> tuple[tuple[Judgement, ...], tuple[Problem, ...]]:
    found = {judgement.area: judgement for judgement in map(_of_row, draft.rows) if judgement}
    problems = [Problem("judgement-table", draft.table_problem)] if draft.table_problem else []
    headed = {judgement.area: judgement for judgement in _of_headings(draft)}
    for area in FRAMEWORKS[framework].areas:
        if area not in found:
            # The section's heading repeats the grade; better than nothing, and it has a place.
            found[area] = headed.get(area, Judgement(area=area, grade=None, status="unreadable"))
            problems.append(Problem("judgement-row", f"no row for {area} in the judgement table"))
        elif area in headed and headed[area].grade != found[area].grade:
            message = (
                f"{area}: the table says {found[area].printed}, its heading {headed[area].printed}"
            )
            problems.append(Problem("judgement-contradicted", message))
    for row in FRAMEWORKS[framework].rows:
        if row.ended:
            ended = Judgement(area=row.area, grade=None, status="not_printed")
            found.setdefault(row.area, ended)
    return tuple(found.values()), tuple(problems)


def _of_row(placed: PlacedRow) -> Judgement | None:
    area = area_of(placed.row.label_text)
    return judgement(area, placed.row.grade_text, placed.start, placed.end) if area else None


def _of_headings(draft: Draft) -> list[Judgement]:
    judgements = []
    for kind, start, end in draft.headings:
        match = _GRADE_AT_END.search(draft.text, start, end)
        if match and kind in _JUDGED:
            place = (match.start("grade"), match.end("grade"))
            judgements.append(judgement(kind, match["grade"], *place))
    return judgements


DOCTYPE = DocType(
    id="ilacs_inspection",
    recognise=recognise,
    sections=sections,
    read=read,
    item=item,
    version="3",
)
"""What `doctypes()` finds."""
