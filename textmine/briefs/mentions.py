"""Visits and inspections that reports mention, which the library may not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_WHEN: Final = rf"(?:{_MONTH} )?20\d\d"

_SEND: Final = "SEND inspection"

KINDS: Final = {
    "focused visit": (r"focus(?:ed)? (?:assurance )?visit", ("focused_visit",)),
    "monitoring visit": (r"monitoring visit", ("monitoring_visit",)),
    "visit": (r"(?:last|previous) visit", ("focused_visit", "monitoring_visit", "jtai")),
    "joint targeted area inspection": (r"JTAI|joint targeted area inspection", ("jtai",)),
    _SEND: (r"(?:(?:local )?area )?SEND (?:inspection|revisit)", ("area_send", "send_letter")),
}
"""What is mentioned: how reports name it, and its types of document."""

_DATES: Final = re.compile(
    rf"Dates? of previous inspections?: (?P<when>[^:]{{0,60}}?\b{_MONTH} 20\d\d)"
)
"""The line of an area SEND report with its predecessors."""

_LAST: Final = re.compile(
    rf"\b(?:last|previous) (?:full )?inspection\b[^.;:,]{{0,60}}? in (?:{_MONTH} )?"
    r"(?P<year>20\d\d)\b"
)
"""How a report names the inspection before it: the year, since months are of visits or letters."""


class Mention(NamedTuple):
    """Something mentioned: its name, the types of document it may be, and the year or month."""

    name: str
    types: tuple[str, ...]
    when: str


def of_visits(text: str) -> Iterator[Mention]:
    """The visits, joint and SEND inspections that a report names with a date, in their order."""
    flat = " ".join(text.split())
    found = [
        (match.start(), Mention(name, types, match["when"]))
        for name, (pattern, types) in KINDS.items()
        for form in (
            rf"\b(?:{pattern})\b[^.;:,]{{0,50}}?,? (?:in|of) (?P<when>{_WHEN})\b",
            rf"\b(?P<when>{_WHEN}) (?:Ofsted )?(?:{pattern})\b",
        )
        for match in re.finditer(form, flat, re.IGNORECASE)
    ]
    found += [
        (line.start(), Mention(_SEND, KINDS[_SEND][1], date[0]))
        for line in _DATES.finditer(flat)
        for date in re.finditer(rf"\b{_MONTH} 20\d\d", line["when"])
    ]
    return (mention for _, mention in sorted(found))


def of_last_inspection(text: str, types: tuple[str, ...]) -> Iterator[Mention]:
    """The inspection before this one, where the report names it with a date."""
    flat = " ".join(text.split())
    return (Mention("inspection", types, match["year"]) for match in _LAST.finditer(flat))
