"""Focused visits: letters on two days in one part of an authority's services, from 2018.

They grade nothing. Letters of 2020-21 on the assurance visits of the pandemic are among them.
"""

from __future__ import annotations

from .shared.base import DocType
from .shared.common import items_in
from .shared.visits import Visit

_KIND = r"(?:(?:focused|assurance|virtual|remote) )"
_VISIT = Visit(subject=rf"(?:{_KIND}+|(?<=Ofsted ))", formula=f"{_KIND}*")
"""Letters of the pandemic say "Ofsted visit" and "a visit", as those on no other visits do."""

DOCTYPE = DocType(
    id="focused_visit",
    recognise=_VISIT.points,
    sections=_VISIT.sections,
    read=_VISIT.read,
    item=items_in({"improve": "improvement", "priority_action": "priority_action"}),
    verified=False,
)
"""What `doctypes()` finds."""
