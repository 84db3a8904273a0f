"""Outcome summaries of early-years providers: what was done after a concern or a notification.

They are about a nursery or a childminder, known by the provider's number, not about an authority:
they belong to none, so that no comparison of authorities counts them. Source of the rules: Ofsted's
guidance on publishing summaries of complaints and compliance action (2011, 2021). None of these
summaries was at hand when this was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..language.dates import find_date
from ..layout.blocks import Block
from ..model import Field, Problem
from .shared.base import DocType, Draft, Facts, Item, Opening, SectionStart
from .shared.common import (
    absent,
    field_from_match,
    printed_date,
    published_field,
    sections_by_heading,
    unreadable,
)

FRONT = 1000
"""How many characters at the beginning may hold the labelled facts, at the least."""

_LABEL = (
    r"(?:name of )?(?:registered )?(?:provider|setting|childminder|nursery)(?:[’']s)?(?: name)?"
    r"|unique reference number|URN|(?:provider )?reference(?: number)?|date of (?:our )?visit"
    r"|date of publication|published|registers?|type of (?:provision|provider)|address"
)
_SUMMARY = re.compile(
    r"(?:outcome|compliance|complaint|investigation) summary"
    r"|summary of (?:a |our )?(?:outcome|complaint|concern|investigation|compliance|enforcement)",
    re.IGNORECASE,
)
_CUES = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"early years register|childcare register",
        r"(?:URN|unique reference number)\s*[:|]?\s*(?:EY)?\d",
        r"\b(?:childmind|nurser|pre-?school|early years provi)",
        r"welfare requirements notice|meet(?:s|ing) (?:all )?the (?:legal )?requirements",
    )
)
_NUMBER = re.compile(
    r"(?:\bURN|unique reference number|\breference(?: number)?)\s*[:|]?\s*"
    r"(?P<urn>(?:EY|VC|SC)?\d{6,7})\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?:name of (?:registered )?)?(?:provider|setting|childminder|nursery)(?: name)?\s*[:|]\s*"
    rf"(?P<name>[^\n|]{{2,80}}?)(?=\s*(?:\n|\||$|\b(?:{_LABEL})\s*[:|]))",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?:summary)(?: of [^\n:]{3,60})?(?:\s*:|\s+(?:for|at|about))\s+(?P<name>[^\n|]{2,80})",
    re.IGNORECASE,
)
_VISITED = re.compile(
    r"(?:date of (?:our )?visit|visited (?:the |this )?(?:\w+ )?(?:on)?|carried out a visit on"
    r"|visit(?:ed)? on)\s*[:|]?\s*(?=\d)",
    re.IGNORECASE,
)
_MET = re.compile(
    r"(?P<not>not |no longer )?(?:now )?(?:meets?|meeting|met)(?P<not2> not)? (?:all )?(?:of )?the"
    r" (?:legal |statutory )?requirements",
    re.IGNORECASE,
)
_ACTIONS = re.compile(r"actions?\b|must\b.*\bdo|needs? to (?:do|improve)", re.IGNORECASE)
_KINDS = (
    ("actions", _ACTIONS),
    (
        "reported",
        re.compile(r"concern|reported|notif|what (?:we were told|happened)", re.IGNORECASE),
    ),
    ("findings", re.compile(r"found|outcome|what we did|our visit", re.IGNORECASE)),
)


def kind_of(heading: str) -> str | None:
    """The kind of section that a heading begins."""
    if _SUMMARY.search(heading):  # the title
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(heading)), None)


def recognise(opening: Opening) -> int:
    """The title alone is not enough without a cue that a childcare provider is meant."""
    if not _SUMMARY.search(f"{opening.title} {opening.text[:300]}"):
        return 0
    cues = sum(bool(cue.search(opening.text)) for cue in _CUES)
    return 2 + cues if cues else 0


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Sections: the report, the findings, and the provider's actions."""
    return sections_by_heading(blocks, kind_of, unknown="other")


def item(section: str, block: Block) -> Item | None:
    """An action that the provider has to take."""
    return Item("improvement") if section == "actions" and block.kind == "bullet" else None


def read(draft: Draft) -> Facts:
    """The provider and its number, when it was visited, and whether it meets requirements."""
    draft = replace(draft, front=max(draft.front, FRONT))
    visited = _visited(draft)
    named = _NAME.search(draft.text) or _HEADED.search(draft.text)
    number = _NUMBER.search(draft.text)
    problems = []
    if draft.options.authority:
        message = (
            f"a provider's summary belongs to no authority: {draft.options.authority!r} ignored"
        )
        problems.append(Problem("authority-not-used", message))
    return Facts(
        framework=None,
        authority=None,
        fields=(
            absent("authority"),
            field_from_match("provider", named["name"].strip(" .,"), named, "name")
            if named
            else unreadable("provider"),
            field_from_match("provider_urn", number["urn"].upper(), number, "urn")
            if number
            else unreadable("provider_urn"),
            visited or absent("start_date"),
            published_field(draft),
            _meets_requirements(draft),
        ),
        problems=tuple(problems),
    )


def _visited(draft: Draft) -> Field | None:
    for match in _VISITED.finditer(draft.text):
        said = draft.text[match.end() : match.end() + 40]
        if (day := find_date(said)) and day.start == 0:
            moved = type(day)(day.first, day.last, match.end() + day.start, match.end() + day.end)
            return printed_date("start_date", day.first, moved, draft.text)
    return None


def _meets_requirements(draft: Draft) -> Field:
    match = _MET.search(draft.text)
    if match is None:
        return absent("meets_requirements")
    return field_from_match(
        "meets_requirements", "no" if match["not"] or match["not2"] else "yes", match
    )


DOCTYPE = DocType(
    id="early_years_outcome",
    recognise=recognise,
    sections=sections,
    read=read,
    item=item,
    about=None,
    verified=False,
)
"""What `doctypes()` finds."""
