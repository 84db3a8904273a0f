"""Personal data: places that may identify somebody, as an advisory list, never a proof.

Self-evaluations are written for colleagues and may quote a child's record. The signs are those of
English case work: a date of birth, a number of a case, initials, a first name beside an age or a
relative. They find too much rather than too little; a person has to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from ..model import Document
from ..register.authorities import Register

Kind: TypeAlias = Literal["date_of_birth", "case_number", "initials", "name"]


class Personal(NamedTuple):
    """A sign of a person: what kind, in which passage (its ordinal), and where in the text."""

    kind: Kind
    passage: int
    page: int
    start: int
    end: int


_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4})"
)
_AGE = r"(?:\d{1,2}|an? \d{1,2}-year-old)(?:[ -](?:years?|months?)(?:[ -]old)?)?"
_RELATIVE = "mother|father|mum|dad|parents?|brother|sister|siblings?|grandmother|grandfather"
_CHILD = "child|boy|girl|baby|son|daughter|sibling|brother|sister|young person|teenager|toddler"
_BELONGS = rf"{_RELATIVE}|foster carers?|social worker|birth family|placement|school"
_SYSTEM = "case|client|child|person|pupil|record|NHS|UPN|LCS|ICS|Mosaic|Liquidlogic|social care"
_NUMBER = "(?:id|no|number|ref|reference)"
_DIGITS = r"[A-Z]{0,3}[-/]?\d{5,10}[A-Z]?"
_NAME = r"(?P<who>[A-Z][a-z’'-]*[a-z]{2,})"

_PATTERNS: Final[tuple[tuple[Kind, str], ...]] = (
    ("date_of_birth", rf"\b(?i:d\.?o\.?b\.?|date of birth|born(?: on)?)\W{{1,3}}{_DAY}"),
    ("date_of_birth", rf"\b[A-Z][a-z’'-]+ \({_DAY}\)"),
    ("case_number", rf"\b(?i:(?:{_SYSTEM})(?:\s+{_NUMBER})?)\.?\s*[:#]?\s*{_DIGITS}\b"),
    ("case_number", r"\b\d{3} \d{3} \d{4}\b|\b[A-HJ-NP-RT-Z]\d{11}[A-Z\d]\b"),
    ("initials", rf"\b(?i:{_CHILD}|{_RELATIVE}) (?P<who>[A-Z]{{1,3}})\b"),
    ("initials", r"(?<!\w)(?P<who>[A-Z]\.\s?[A-Z]\.)(?=[\s,’'])"),
    ("initials", rf"\b(?P<who>[A-Z]{{2}}),? \((?:aged? )?{_AGE}\)"),
    ("name", rf"\b(?:{_CHILD})(?:,| (?:called|named))? {_NAME}\b"),
    ("name", rf"\b{_NAME}(?:,| \()\s?(?:who is )?(?:aged? )?{_AGE}[),]"),
    ("name", rf"\b{_NAME}[’']s (?:{_BELONGS})\b"),
)
"""Each kind and how it shows; `who` is the part to point at, else all of it."""

_SIGNS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)

_NO_NAME: Final = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday ofsted section children child "
    "young people council leaders plan plans stage level year years quarter table figure page "
    "protection looked social services service team teams england english care family families "
    "the this that each every our their his her today women men mental health first second".split()
)


def find_personal(document: Document, register: Register) -> tuple[Personal, ...]:
    """The signs in reading order; the names of authorities are none."""
    places = {word.casefold() for each in register for word in each.name.split()}
    return tuple(sorted(_all(document, places | _NO_NAME), key=lambda sign: (sign.start, sign.end)))


def _all(document: Document, common: Iterable[str]) -> Iterator[Personal]:
    seen: set[tuple[int, int]] = set()
    for passage in document.passages:
        text = document.text[passage.start : passage.end]
        for kind, sign in _SIGNS:
            for match in sign.finditer(text):
                who = match.groupdict().get("who")
                if kind == "name" and who and who.casefold() in common:
                    continue
                start, end = match.span("who") if who else match.span()
                place = passage.start + start, passage.start + end
                if place not in seen:
                    seen.add(place)
                    yield Personal(kind, passage.ordinal, document.page_at(place[0]), *place)
