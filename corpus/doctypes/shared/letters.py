"""Letters: address, salutation, subject, date and signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from ...language.dates import Dates, find_date, find_range
from ...layout.blocks import Block
from ...model import Field, Problem
from .base import Draft, SectionStart
from .common import (
    absent,
    date_problems,
    field_from_match,
    printed_date,
    published_field,
    sections_by_heading,
    unreadable,
)

HEAD = 40
"""How many blocks the address of a letter may take."""

WITHIN = 4000
"""How many characters after the salutation may say when inspectors came."""

_WORD = r"(?!(?:Ofsted|CQC|HMI|SHMI|Lead|Inspector|Care|Quality|Commission)\b)[A-Z][\w’'.-]*"
PERSON = (
    rf"(?<![\w’'.-])(?P<name>(?:{_WORD} )(?:(?:{_WORD}|van|von|de|del|der|la|al) ){{0,4}}?{_WORD})"
)
"""A person's name on one line."""

_TITLES = re.compile(r"(?:Mr|Mrs|Ms|Miss)\.?\s+")
_SALUTATION = re.compile(r"Dear\b")
_CAME = re.compile(
    r"\b(?:between|from|took place(?: on)?)\s+(?=(?:[a-z]{3,6}day,?\s+)?\d)", re.IGNORECASE
)


def letter_sections(
    blocks: Sequence[Block], subject: re.Pattern[str], kind_of: Callable[[str], str | None]
) -> list[SectionStart]:
    """The front to the subject line, or else the salutation; then a section a heading."""
    body = 0
    for index, block in enumerate(blocks[:HEAD]):
        if _SALUTATION.match(block.text):
            body = index + 1
        elif subject.match(block.text):
            body = index + 1
            break
    rest = sections_by_heading(blocks[body:], kind_of)
    return [
        SectionStart(0, "front", ""),
        *(SectionStart(body + start.block, start.kind, start.heading) for start in rest[1:]),
    ]


def letter_dates(draft: Draft) -> tuple[tuple[Field, ...], tuple[Problem, ...]]:
    """`start_date`, `end_date` and `published`; a letter's own date counts as published.

    The days of the inspection stand in running text. Where they have no year, it follows from
    the letter's date.
    """
    published = published_field(draft)
    dated = find_date(draft.text[: draft.front])
    if dated and published.origin != "given":
        published = printed_date("published", dated.first, dated, draft.text)
    came = _came(draft, date.fromisoformat(published.value) if published.value else None)
    names = ("start_date", "end_date")
    if came is None:
        return (*map(unreadable, names), published), ()
    days = zip(names, (came.first, came.last), strict=True)
    dates = (*(printed_date(name, day, came, draft.text) for name, day in days), published)
    return dates, date_problems(draft, dates)


def _came(draft: Draft, before: date | None) -> Dates | None:
    """The days that the first sentence about a visit names."""
    end = draft.front + WITHIN
    for match in _CAME.finditer(draft.text, draft.front, end):
        sentence = re.split(r"[.\n]", draft.text[match.end() : match.end() + 120])[0]
        if found := find_range(sentence, before):
            at = match.end()
            return Dates(found.first, found.last, at + found.start, at + found.end)
    return None


def named_authority(draft: Draft, names: Sequence[str], on: date | None) -> str | None:
    """The first of the names that is an authority's, else one inside the last or the address.

    Where the register knows none of them, the first as it is printed.
    """
    for name in names:
        if draft.register.resolve(name, on):
            return name
    for text in (*names[-1:], draft.text[: draft.front]):
        if named := draft.register.find(text, on):
            return text[named[1] : named[2]]
    return names[0] if names else None


def person(name: str, match: re.Match[str] | None, *, expected: bool) -> Field:
    """The person whom a pattern with `PERSON` found, without a title; `expected` to be printed."""
    if match is None:
        return unreadable(name) if expected else absent(name)
    return field_from_match(name, _TITLES.sub("", " ".join(match["name"].split())), match, "name")
