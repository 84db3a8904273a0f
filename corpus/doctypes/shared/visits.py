"""Field readers for visit letters: opening formula, dates, inspectors, topic, sections.

Source of the rules: Ofsted's framework "Inspecting local authority children's services", which
lists the topics; its guidance on monitoring visits (2016, 2018); and what authorities published of
such letters. None of these letters was at hand when this was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ...frameworks import ILACS, in_force
from ...language.dates import Dates, find_range
from ...layout.blocks import Block
from ...model import Field, Problem
from ..ilacs_inspection import area_of
from .base import Draft, Facts, Opening, SectionStart
from .common import (
    absent,
    authority_field,
    field_from_match,
    printed_date,
    unreadable,
    value_date,
    without_office,
)
from .letters import letter_dates, letter_sections, named_authority

TOPICS = (
    ("covid-assurance", r"covid|pandemic"),
    (
        "front-door",
        r"front door|contacts? and referrals?|referrals? and assessments?|safeguarding hub",
    ),
    ("placement-decisions", r"placement decision"),
    (
        "vulnerable-adolescents",
        r"extra-?familial|vulnerable adolescents|exploit|outside the(?:ir)? (?:family|home)",
    ),
    ("permanence", r"permanen"),
    ("care-leavers", r"care leavers|care[- ]experienced"),
    ("children-in-need-or-on-a-plan", r"in need\b|protection plan|help and protection"),
    ("children-in-care", r"in care\b|looked after"),
)
"""The framework's closed list of topics, as the themes name them (`focused_visit_topic`); each with
its words, the more special ones first. Placement decisions are those for older children; assurance
visits took the place of others in 2020-21."""

_TOPICS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in TOPICS)

_SERVICES = re.compile(
    r"(?:[’']s?)?\s+(?:local authority\s+)?children[’']s\s+(?:social\s+care\s+)?services.*$",
    re.IGNORECASE | re.DOTALL,
)
_ORDINAL = r"(?:first |second |third |fourth |fifth |sixth |seventh |eighth |ninth |tenth )?"
_SUBJECT = r"(?:Ofsted )?{kind}visit (?:to|of|in) (?P<name>[^\n]{{3,120}})"
_FORMULA = (
    r"(?:(?:summaris|outlin)es?|(?:contain|share|confirm|detail|report)s?(?: on| to you)?"
    r"|sets? out) (?:to you )?(?:the|our) (?:main )?findings (?:of|from) (?:the|a|our|my)"
    r" (?:Ofsted )?(?:recent )?{ordinal}{kind}visit (?:to|of|in) (?P<name>[^.\n]{{3,120}}?),?"
    r" (?:(?:which |that )?(?:took place|was carried out) )?(?:remotely )?"
    r"(?:on|between|from) (?=\d)"
)
_INSPECTORS = re.compile(
    r"(?:inspectors?(?: \(HMI\))? (?:for|on) this visit (?:were|was)"
    r"|visit was (?:carried out|undertaken|conducted|led) by|the inspectors? (?:were|was))\s+"
    r"(?P<names>(?:[^.\n]|(?<=\b[A-Z])\.)+)",
    re.IGNORECASE,
)
_LOOKED_AT = re.compile(
    r"(?:\binspectors (?:also )?(?:looked (?:closely )?at|reviewed|focused on|evaluated|considered)"
    r"|\bfocus (?:of|for) (?:the|this) (?:\w+ )?visit was(?: on)?"
    r"|\bthe visit (?:focused|looked) (?:on|at))\s+(?P<focus>[^.\n]+)",
    re.IGNORECASE,
)
_REMOTE = re.compile(r"(?:adapted|carried out|undertaken)[^.\n]{0,120}\bCOVID-?19", re.IGNORECASE)
_CLOSING = re.compile(
    r"Ofsted will (?:take the findings|share the findings|consider the findings)"
    r"|I am copying this letter|This letter will be (?:copied|published)",
    re.IGNORECASE,
)
_WORD = r"(?!(?:Executive|Corporate|Strategic|Interim|Acting|Group|Director|Chief)\b)[A-Z][\w’'.-]+"
_DIRECTOR = re.compile(
    rf"^(?P<name>{_WORD}(?: {_WORD}){{1,4}}),?\s+[^\n]{{0,60}}?Director\b[^\n]{{0,60}}Children",
    re.MULTILINE,
)
_TITLES = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr)\s+")
_NEAR = 2500
"""How many characters after the formula may say what a visit was about."""

_KINDS = (
    ("priority_action", re.compile(r"areas? for priority action|priority action", re.IGNORECASE)),
    (
        "improve",
        re.compile(r"needs? to improve|areas? for (?:improvement|development)", re.IGNORECASE),
    ),
    ("strengths", re.compile(r"^(?:key )?strengths", re.IGNORECASE)),
    ("context", re.compile(r"areas? covered by th|^(?:context|background)\b", re.IGNORECASE)),
    ("summary", re.compile(r"headline findings|^overview|^summary", re.IGNORECASE)),
    (
        "findings",
        re.compile(r"main findings|evaluation of progress|findings and evaluation", re.IGNORECASE),
    ),
)


class Visit:
    """The marks of letters on one kind of visit."""

    def __init__(self, subject: str, formula: str) -> None:
        """What stands before "visit" in the subject and in the formula, as patterns."""
        self.subject = re.compile(_SUBJECT.format(kind=subject), re.IGNORECASE)
        self.formula = re.compile(_FORMULA.format(kind=formula, ordinal=_ORDINAL), re.IGNORECASE)

    def points(self, opening: Opening) -> int:
        """A letter that opens with the formula; the subject alone is nearly enough."""
        head = opening.text.partition("This letter")[0]
        dear = bool(re.search(r"\bDear\b", head))
        if "visit" not in opening.text.lower():
            return dear
        return (
            3 * bool(self.formula.search(opening.text)) + 2 * bool(self.subject.search(head)) + dear
        )

    def sections(self, blocks: Sequence[Block]) -> list[SectionStart]:
        """Sections: address and subject, findings, next steps."""
        starts = letter_sections(blocks, self.subject, kind_of)
        closing = next(
            (i for i, block in enumerate(blocks) if i and _CLOSING.match(block.text)), None
        )
        if closing is None:
            return starts
        before = [start for start in starts if start.block < closing]
        return [*before, SectionStart(closing, "boilerplate", "")]

    def read(self, draft: Draft, since: Sequence[Field] = ()) -> Facts:
        """Fields: authority, dates, inspectors, the event `since` which, and topic."""
        opening = self.formula.search(draft.text)
        dates, problems = _dates(draft, opening)
        began = value_date(dates, "start_date") or value_date(dates, "published")
        named = (self.subject.search(draft.text), opening)
        names = [name for match in named if match and (name := _bare(match["name"]))]
        printed = named_authority(draft, names, began)
        key, authority, unknown = authority_field(draft, printed, began)
        return Facts(
            framework=_framework(began),
            authority=key,
            fields=(authority, *dates, *_people(draft), *since, *_topic(draft, opening)),
            problems=(*unknown, *problems),
        )


def kind_of(heading: str) -> str | None:
    """The kind of section that a heading begins; the judged areas have headings in some letters."""
    known = next((kind for kind, pattern in _KINDS if pattern.search(heading)), None)
    return known or area_of(heading) or "findings"


def _bare(name: str) -> str:
    return _SERVICES.sub("", name).rstrip(" .,:0123456789")


def _dates(
    draft: Draft, formula: re.Match[str] | None
) -> tuple[tuple[Field, ...], tuple[Problem, ...]]:
    """`start_date`, `end_date` and `published`; the formula names the days of the visit."""
    dates, problems = letter_dates(draft)
    if formula is None:
        return dates, problems
    published = dates[-1]
    said = draft.text[formula.end() : formula.end() + 100].partition("\n")[0]
    before = value_date(dates, "published")
    came = find_range(re.split(r"\.(?!\d)", said)[0], before)
    if came is None:
        return dates, problems
    at = Dates(came.first, came.last, formula.end() + came.start, formula.end() + came.end)
    days = (("start_date", at.first), ("end_date", at.last))
    return (*(printed_date(name, day, at, draft.text) for name, day in days), published), problems


def _framework(began: date | None) -> str | None:
    """The framework in force on the day of the visit."""
    if began is None:
        return None
    return in_force(began, ("sif", *ILACS))


def _people(draft: Draft) -> tuple[Field, ...]:
    """Those who visited, and the director whom the letter addresses; nobody is called the lead."""
    return (_inspectors(draft), absent("lead_inspector"), _director(draft))


def _inspectors(draft: Draft) -> Field:
    match = _INSPECTORS.search(draft.text)
    if match is None:
        return unreadable("inspectors")
    return field_from_match("inspectors", without_office(match["names"]), match, "names")


def _director(draft: Draft) -> Field:
    match = _DIRECTOR.search(draft.text, 0, draft.front)
    if match is None:
        return absent("director")
    return field_from_match("director", _TITLES.sub("", match["name"]), match, "name")


def _topic(draft: Draft, formula: re.Match[str] | None) -> tuple[Field, ...]:
    """`topic`, of the framework's list, and `focus`, the words that the letter has for it."""
    begin = formula.end() if formula else draft.front
    end = begin + _NEAR
    match = _LOOKED_AT.search(draft.text, begin, end)
    said = " ".join(match["focus"].split()).rstrip(":") if match else ""
    focus = field_from_match("focus", said, match, "focus") if match else unreadable("focus")
    if remote := _REMOTE.search(draft.text, begin, end):
        return field_from_match("topic", "covid-assurance", remote), focus
    if match is None:
        return unreadable("topic"), focus
    spans = ((match.start("focus"), match.end()), (match.end(), min(match.end() + 400, end)))
    for first, last in spans:  # the sentence, else the list after it
        for name, pattern in _TOPICS:
            if named := pattern.search(draft.text, first, last):
                return field_from_match("topic", name, named), focus
    return unreadable("topic"), focus
