"""Whatever no type recognises: its text and passages, its authority where the title names one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout import Block
from .base import DocType, Draft, Facts, Opening, SectionStart
from .common import authority_field, date_fields, sections_by_heading, value_date

_IMPROVE = re.compile(
    r"needs? to improve|areas? for (?:improvement|priority action|development)", re.I
)
_STRENGTHS = re.compile(r"strengths|that is effective", re.IGNORECASE)


def kind_of(heading: str) -> str:
    """Sections that decide how a sentence is read; the rest are "other"."""
    if _IMPROVE.search(heading):
        return "improve"
    return "strengths" if _STRENGTHS.search(heading) else "other"


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """A section a heading."""
    return sections_by_heading(blocks, kind_of)


def recognise(opening: Opening) -> int:
    """Never: it is what remains."""
    del opening
    return 0


def read(draft: Draft) -> Facts:
    """The dates of the title block, and the first authority that the title names."""
    dates = date_fields(draft)
    began = value_date(dates, "start_date") or value_date(dates, "published")
    named = draft.register.find(draft.title, began) or draft.register.find(
        draft.text[: draft.front], began
    )
    printed = named[0].name if named else None
    key, authority, problems = authority_field(draft, printed, began)
    return Facts(framework=None, authority=key, fields=(authority, *dates), problems=problems)


DOCTYPE = DocType(
    id="other",
    label="Other document",
    recognise=recognise,
    sections=sections,
    read=read,
    improve=frozenset({"improve"}),
)
"""What `doctypes()` finds."""
