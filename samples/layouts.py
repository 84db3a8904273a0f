"""The layouts of the reports through the years, as numbers: where things stand and how big.

Distances are points from the top left corner of an A4 page, measured on the inspectorate's
published reports. `draw.py` draws any of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import fonts

PAGE_WIDTH, PAGE_HEIGHT = 594.96, 841.92

HELP = "The experiences and progress of children who need help and protection"
LEADERS = "The impact of leaders on social work practice with children and families"
LABELS = {
    "leaders": LEADERS,
    "help_and_protection": HELP,
    "care_and_care_leavers": "The experiences and progress of children in care and care leavers",
    "in_care": "The experiences and progress of children in care",
    "care_leavers": "The experiences and progress of care leavers",
    "overall": "Overall effectiveness",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The size and weight of a kind of heading, and the first one's distance from the top."""

    size: float
    bold: bool
    top: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The judgement table: edges of its columns, where the text begins, space in a row."""

    left: float
    middle: float
    right: float
    indent: float
    size: float
    pad: float
    pitch: float = 14.4
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One generation of the report's design."""

    authority: Heading | None
    title: Heading
    section: Heading
    table: Table
    bullet_font: str
    footer: Literal["number", "lines"]
    dates_top: float
    lead_top: float
    bold_values: bool = False
    name_x: float | None = None
    body_font: str = fonts.REGULAR
    number_x: float = 89.0
    text_x: float = 107.0
    left: float = 71.0
    right: float = 524.0
    body_top: float = 96.0
    pitch: float = 14.45
    gap: float = 14.0


_2018_FIRST = Layout(
    authority=Heading(size=16, bold=True, top=97),
    title=Heading(size=12, bold=True, top=121),
    section=Heading(size=12, bold=True),
    table=Table(left=65.5, middle=370, right=518, indent=5.5, size=12, pad=14, pitch=14.4),
    bullet_font=fonts.BULLET_PRIVATE,
    footer="number",
    dates_top=148,
    lead_top=174,
    bold_values=True,
    body_font=fonts.LIGATURES,
)
_2018 = replace(
    _2018_FIRST,
    authority=Heading(size=26, bold=False, top=130),
    title=Heading(size=16, bold=True, top=178),
    section=Heading(size=14, bold=True),
    table=Table(left=72, middle=387, right=523, indent=7, size=11, pad=8, pitch=13.2, centred=True),
    dates_top=213,
    lead_top=240,
    name_x=176.0,
    body_font=fonts.REGULAR,
)
_2022 = Layout(
    authority=None,
    title=Heading(size=26, bold=False, top=135),
    section=Heading(size=14, bold=True),
    table=Table(left=71, middle=297.5, right=524, indent=6, size=12, pad=8),
    bullet_font=fonts.BULLET_SQUARE,
    footer="lines",
    dates_top=207,
    lead_top=233,
)

LAYOUTS = {
    "2018-first": _2018_FIRST,
    "2018": _2018,
    "2019": replace(_2018, bullet_font=fonts.BULLET_SQUARE, number_x=71.0, text_x=99.0),
    "2022": _2022,
    "2023": replace(_2022, number_x=71.0, text_x=99.0),
    "2025": replace(
        _2022,
        title=Heading(size=22, bold=False, top=134),
        dates_top=197,
        lead_top=223,
        number_x=71.0,
        text_x=99.0,
        gap=12.0,
    ),
    "2026": replace(_2022, number_x=71.0, text_x=99.0, gap=12.0),
}
