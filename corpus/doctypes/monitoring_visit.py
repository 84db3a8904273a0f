"""Monitoring visits: letters to authorities that were judged inadequate, from 2016.

The grade that they name is the inspection's before; they have none of their own.
"""

from __future__ import annotations

import re

from ..language.dates import find_date
from ..model import Field
from .shared.base import DocType, Draft, Facts
from .shared.common import field_from_match, items_in, unreadable
from .shared.visits import Visit

_VISIT = Visit(subject="monitoring ", formula="monitoring ")
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_ORDINAL = re.compile(
    rf"\b(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)) (?:\w+ )?monitoring visit",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"judged (?:to be )?inadequate[^.\n]{0,120}?\b(?:in|on) "
    r"(?P<when>(?:\d{1,2} )?[A-Z][a-z]+ \d{4})"
)


def read(draft: Draft) -> Facts:
    """Fields: authority, dates, number of the visit, the judgement before it, topic."""
    return _VISIT.read(draft, (_number(draft), _judged(draft)))


def _number(draft: Draft) -> Field:
    match = _ORDINAL.search(draft.text)
    if match is None:
        return unreadable("visit_number")
    said = match["ordinal"].lower()
    number = _ORDINALS.index(said) + 1 if said in _ORDINALS else int(re.sub(r"\D", "", said))
    return field_from_match("visit_number", str(number), match, "ordinal")


def _judged(draft: Draft) -> Field:
    """The month, or the day where it is printed, of the judgement that the visits follow."""
    match = _JUDGED.search(draft.text)
    said = match["when"] if match else ""
    named = find_date(said if said[:1].isdigit() else f"1 {said}")
    if match is None or named is None:
        return unreadable("judged_inadequate")
    day = named.first.isoformat()
    return field_from_match(
        "judged_inadequate", day if said[:1].isdigit() else day[:7], match, "when"
    )


DOCTYPE = DocType(
    id="monitoring_visit",
    recognise=_VISIT.points,
    sections=_VISIT.sections,
    read=read,
    item=items_in({"improve": "improvement", "priority_action": "priority_action"}),
    verified=False,
)
"""What `doctypes()` finds."""
