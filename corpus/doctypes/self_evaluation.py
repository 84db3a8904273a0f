"""Self-evaluations: an authority's account of itself for the annual engagement meeting.

Source: Ofsted's framework for inspecting local authority children's services, which asks three
questions and sets no form. What it says are claims: its voice is the authority's, its grades of
itself are a field and never judgements, and it is internal unless somebody says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ..frameworks import grade_of
from ..language.dates import Dates, find_date, find_month, find_period
from ..model import Field
from .shared.base import DocType, Draft, Facts, Opening
from .shared.common import absent, authority_field, published_field, value_date
from .shared.questions import sections

FRONT = 1500
"""How many characters at the beginning may say whose it is and of when."""

TITLE = 250
"""How many are the title's at the least."""

_NAMED = re.compile(r"self[-\s]?(?:evaluation|assessment)|\bSEF\b", re.IGNORECASE)
_REPORT = re.compile(
    r"\b(?:re-?)?inspection of|(?:focused|monitoring) visit|\bjoint targeted\b|area SEND",
    re.IGNORECASE,
)
_QUESTIONS = (
    re.compile(r"what (?:do )?(?:we|you) know|quality and impact of", re.IGNORECASE),
    re.compile(r"how (?:do )?(?:we|you) know", re.IGNORECASE),
    re.compile(r"plans for the (?:next|coming)|next (?:12|twelve) months", re.IGNORECASE),
)
_MEETING = re.compile(r"annual (?:engagement (?:meeting|conversation)|conversation)", re.IGNORECASE)
_SERVICES = re.compile(r"children[’']?s (?:social care|services)|\bcouncil\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
WE_OFTEN = 4
"""So many times in the opening, and somebody speaks of himself."""

_AS_AT = re.compile(
    r"\b(?:as (?:at|of)|(?:position|correct|data) (?:at|to)|(?:last )?updated(?: on)?|date)\b:?\s+",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\b(?:period|year|covers|covering|from)\b:?\s*", re.IGNORECASE)
_COUNCIL = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]+|and|of|upon|the)(?: (?:[A-Z][\w’'-]+|and|of|upon|the))*?)"
    r"(?: (?:County|City|Borough|Metropolitan|District|Unitary))* Council\b"
)
_CLAIM = re.compile(
    r"\b(?:we (?:would )?(?:judge|grade|rate|assess|consider|believe)\b[^.\n]{0,90}?"
    r"|self-(?:grading|graded|grade|judgement|assessed)\b[^.\n]{0,60}?)"
    r"\W(?P<grade>outstanding|good|requires improvement(?: to be good)?|inadequate)\b",
    re.IGNORECASE,
)


def recognise(opening: Opening) -> int:
    """By its title; else by the three questions, the meeting it is for, and who speaks."""
    named = bool(_NAMED.search(opening.title))
    if _REPORT.search(opening.title) and not named:
        return 0
    asked = sum(bool(question.search(opening.text)) for question in _QUESTIONS)
    mentioned = bool(_NAMED.search(opening.text))
    ours = len(_WE.findall(opening.text)) >= WE_OFTEN
    if not (named or asked or (mentioned and ours)):
        return 0
    points = 3 * named + (mentioned and not named) + asked + ours
    return points + bool(_MEETING.search(opening.text)) + bool(_SERVICES.search(opening.title))


def read(draft: Draft) -> Facts:
    """Fields: authority, date, and the grade it claims."""
    front = draft.text[: max(draft.front, FRONT)]
    period = _period_fields(draft, front)
    as_at = _as_at(draft, front, period)
    on = value_date((as_at,), "as_at") or value_date(period, "period_end")
    key, authority, problems = authority_field(draft, _authority(draft, front, on), on)
    fields = (authority, as_at, *period, published_field(draft), *_claimed(draft.text))
    return Facts(framework=None, authority=key, fields=fields, problems=problems)


def _authority(draft: Draft, front: str, on: date | None) -> str | None:
    """The first authority that a line of the front names; else what calls itself a council."""
    lines = front.split("\n")
    for line in (draft.title, *lines):
        if named := draft.register.find(line, on):
            return line[named[1] : named[2]]
    found = next((match for line in lines if (match := _COUNCIL.search(line))), None)
    return found["name"].strip() if found else None


def _as_at(draft: Draft, front: str, period: Sequence[Field]) -> Field:
    """The day that it describes: as given, as printed, else the end of its period."""
    if draft.options.as_at:
        return Field(name="as_at", value=draft.options.as_at, status="found", origin="given")
    for label in _AS_AT.finditer(front):
        line = front[label.end() :].partition("\n")[0][:40]
        found = find_date(line) or find_month(line)
        if found and found.start <= 4:
            return _printed("as_at", found.last, found, front, label.end())
    title = front[: max(draft.front, TITLE)]
    for found in (find_date(title), find_month(title)):
        if found:
            return _printed("as_at", found.last, found, front)
    if end := next((field for field in period if field.name == "period_end" and field.value), None):
        return Field(
            name="as_at",
            value=end.value,
            status="found",
            origin=end.origin,
            printed=end.printed,
            start=end.start,
            end=end.end,
        )
    return absent("as_at")


def _period_fields(draft: Draft, front: str) -> tuple[Field, ...]:
    """The period that it covers: from what the title says, else after a word for it."""
    names = ("period_start", "period_end")
    found = find_period(front[: max(draft.front, TITLE)])
    at = 0
    for label in () if found else _PERIOD.finditer(front):
        line = front[label.end() :].partition("\n")[0][:60]
        if (found := find_period(line)) and found.start <= 4:
            at = label.end()
            break
        found = None
    if found is None:
        return tuple(absent(name) for name in names)
    days = zip(names, (found.first, found.last), strict=True)
    return tuple(_printed(name, day, found, front, at) for name, day in days)


def _claimed(text: str) -> tuple[Field, ...]:
    """The first grade that it gives itself: a claim, not a judgement."""
    match = _CLAIM.search(text)
    if match is None:
        return ()
    return (
        Field(
            name="claimed_grade",
            value=grade_of(match["grade"]),
            status="found",
            origin="printed",
            printed=match["grade"],
            start=match.start("grade"),
            end=match.end("grade"),
        ),
    )


def _printed(name: str, day: date, found: Dates, text: str, at: int = 0) -> Field:
    start, end = at + found.start, at + found.end
    return Field(
        name=name,
        value=day.isoformat(),
        status="found",
        origin="printed",
        printed=text[start:end],
        start=start,
        end=end,
    )


DOCTYPE = DocType(
    id="self_evaluation",
    recognise=recognise,
    sections=sections,
    read=read,
    voice="authority",
    visibility="internal",
    verified=False,
    about="council",
)
"""What `doctypes()` finds."""
