"""The fallback type: text and passages, and the authority if the title names one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..layout.blocks import Block
from ..model import Field
from .shared.authorship import is_inspectorates
from .shared.base import DocType, Draft, Facts, Opening, SectionStart
from .shared.common import (
    absent,
    authority_field,
    date_fields,
    items_in,
    sections_by_heading,
    value_date,
)

FRONT = 1000
"""How many characters at the beginning may hold the title, at the least."""

TITLE = 300
"""No title is longer than so many characters."""

_IMPROVE = re.compile(
    r"needs? to improve|areas? for (?:improvement|priority action|development)", re.IGNORECASE
)
_SUBJECT = re.compile(r"inspection|review|visit", re.IGNORECASE)
_STRENGTHS = re.compile(r"strengths|that is effective", re.IGNORECASE)


def kind_of(heading: str) -> str | None:
    """Sections that decide how a sentence is read; None for the rest."""
    if _IMPROVE.search(heading):
        return "improve"
    return "strengths" if _STRENGTHS.search(heading) else None


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """A section a heading."""
    return sections_by_heading(blocks, kind_of, unknown="other")


def recognise(opening: Opening) -> int:
    """Never: it is what remains."""
    del opening
    return 0


def read(draft: Draft) -> Facts:
    """The dates of the first lines, and the first authority that a title line names."""
    draft = replace(draft, front=max(draft.front, FRONT))
    own = is_inspectorates(draft.text)
    dates = tuple(map(_not_expected, date_fields(draft)))
    began = value_date(dates, "start_date") or value_date(dates, "published")
    printed = _authority(draft, began)
    key, authority, problems = authority_field(draft, printed, began)
    return Facts(
        framework=None,
        authority=key,
        fields=(authority, _title(draft), *dates),
        problems=problems,
        voice="inspectorate" if own else None,
    )


def _not_expected(field: Field) -> Field:
    """No form says that such a document prints the days of an inspection."""
    return field if field.value or field.printed else absent(field.name)


def _title(draft: Draft) -> Field:
    """Its first line: a heading where there is one."""
    printed = draft.text.partition("\n")[0]
    return Field(
        name="title",
        value=printed[:TITLE],
        status="found",
        origin="printed",
        printed=printed,
        start=0,
        end=len(printed),
    )


def _authority(draft: Draft, on: date | None) -> str | None:
    """As printed in the title, or in a first line that speaks of an inspection."""
    lines = [line for line in draft.text[: draft.front].split("\n") if _SUBJECT.search(line)]
    for line in (draft.title, *lines):
        if named := draft.register.find(line, on):
            _, start, end = named
            return line[start:end]
    return None


DOCTYPE = DocType(
    id="other",
    recognise=recognise,
    sections=sections,
    read=read,
    item=items_in({"improve": "improvement"}),
    voice="unknown",
)
"""What `doctypes()` finds."""
