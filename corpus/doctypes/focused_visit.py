"""Focused visits: letters on two days in one part of an authority's services, from 2018.

They grade nothing. Letters of 2020-21 on the assurance visits of the pandemic are among them.
"""

from __future__ import annotations

from .base import DocType, Draft, Facts
from .common import authority_field, items_in, value_date
from .letters import named_authority
from .visits import Visit, framework, people, topic, visit_dates

_VISIT = Visit("focused")


def read(draft: Draft) -> Facts:
    """Whom inspectors visited, when, who they were, and what they looked at."""
    opening = _VISIT.opening(draft)
    dates, problems = visit_dates(draft, opening)
    began = value_date(dates, "start_date") or value_date(dates, "published")
    printed = named_authority(draft, _VISIT.names(draft), began)
    key, authority, unknown = authority_field(draft, printed, began)
    return Facts(
        framework=framework(began),
        authority=key,
        fields=(authority, *dates, *people(draft), *topic(draft, opening)),
        problems=(*unknown, *problems),
    )


DOCTYPE = DocType(
    id="focused_visit",
    label="Focused visit letter",
    recognise=_VISIT.points,
    sections=_VISIT.sections,
    read=read,
    item=items_in({"improve": "improvement", "priority_action": "priority_action"}),
    verified=False,
)
"""What `doctypes()` finds."""
