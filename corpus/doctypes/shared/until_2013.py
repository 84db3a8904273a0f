"""Field readers for inspections of 2009 to 2013: a cover with labels, four numbered grades.

Safeguarding and looked after children (2009 to 2012), arrangements for the protection of
children (2012 to 2013) and looked after children (2013) are graded heading by heading, with a
record of the main findings at the end; their third grade is "adequate".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from ...language.dates import find_range
from ...layout.blocks import Block
from ...model import Field, Judgement
from .base import Draft, Facts, Opening, SectionStart
from .common import authority_field, date_fields, date_problems, unreadable, value_date
from .older import chapters, demands, graded, items

_WORD = r"outstanding|good|adequate|inadequate"
_COVER = re.compile(r"inspection dates?|reporting inspector|age group|published", re.IGNORECASE)
_LEADS = (
    re.compile(
        r"(?:reporting|lead) inspectors?\s*:?\s*(?!age group|published|inspection)"
        r"(?P<name>[^\n]{4,60}?),?\s*(?:HMI\b|Her Majesty|age group|published|\n|$)",
        re.IGNORECASE,
    ),
    re.compile(r"^(?P<name>[A-Z][^\n:]{3,40}?),? HMI$", re.MULTILINE),
)
_LETTER = re.compile(r"\bdear [A-Z]", re.IGNORECASE)
_LEAD = re.compile(r"^(?:section )?(?:\d{1,2}|[a-z])[.)]?\s+", re.IGNORECASE)
_GRADED = (
    # "Grade 3 (Adequate)", after the heading or on the next line; else the first sentence.
    re.compile(rf"\s*[:|–-]?\s*grade\s*:?\s*[1-4]\s*\(?\s*(?P<grade>{_WORD})\b", re.IGNORECASE),
    re.compile(r"\s*[:|–-]?\s*(?P<grade>grade\s*[1-4])\b", re.IGNORECASE),
    re.compile(
        rf"\s*[:|–-]?\s*(?P<grade>{_WORD})\s*(?:\(?grade [1-4]\)?)?\s*(?:\n|$)", re.IGNORECASE
    ),
    re.compile(
        rf"[^\n]*\n?[^\n]{{0,260}}?\b(?:is|are)\s+(?:judged\s+(?:to be|as)\s+)?"
        rf"(?P<grade>{_WORD})\b",
        re.IGNORECASE,
    ),
)
_KINDS = (
    (
        "definitions",
        re.compile(
            r"about this inspection|(?:the )?inspection judge?ments and what they mean"
            r"|what the (?:inspection )?judge?ments mean|glossary",
            re.IGNORECASE,
        ),
    ),
    ("context", re.compile(r"service information|information about|context", re.IGNORECASE)),
    (
        "improve",
        re.compile(r"areas? for (?:improvement|development)|recommendations", re.IGNORECASE),
    ),
    (
        "record",
        re.compile(r"record of (?:main )?findings|summary of (?:the )?judge?ments", re.IGNORECASE),
    ),
    ("leaders", re.compile(r"(?:the )?leadership and (?:management|governance)", re.IGNORECASE)),
)


def points(opening: Opening, title: re.Pattern[str], other: re.Pattern[str] | None = None) -> int:
    """For the title, and for two labels of the cover; none for a letter or another title."""
    head = f"{opening.title} {opening.text[:400]}"
    if not title.search(head) or _LETTER.search(head) or (other and other.search(head)):
        return 0
    labels = {match.group().lower() for match in _COVER.finditer(opening.text[:800])}
    return 2 + min(2, len(labels))


def parts(
    blocks: Sequence[Block], part_of: Mapping[re.Pattern[str], str], first: str
) -> list[SectionStart]:
    """Definitions, context, areas for improvement, leaders; the rest is the part's own kind.

    `part_of` names the headings that begin another part, `first` the kind of the first part.
    """
    part = first

    def kind(heading: str, within: str) -> str | None:
        nonlocal part
        words = plain(heading)
        for pattern, name in part_of.items():
            if pattern.search(words):
                part = name
                return name
        known = next((name for name, pattern in _KINDS if pattern.match(words)), None)
        return known or (part if is_judged(words) and within != "record" else None)

    return chapters(blocks, kind)


def plain(heading: str) -> str:
    """A heading without the number or letter before it."""
    return _LEAD.sub("", " ".join(heading.split()))


_RENAMED = (
    (re.compile(r"overall effectiveness", re.IGNORECASE), "overall"),
    (
        re.compile(r"(?:the )?(?:effectiveness of )?(?:the )?help and protection", re.IGNORECASE),
        "help_and_protection",
    ),
    (re.compile(r"(?:the )?leadership and governance", re.IGNORECASE), "leaders"),
)
_JUDGED = re.compile(
    r"(?:the )?(?:overall effectiveness|capacity (?:to improve|for improvement)|leadership and"
    r"|effectiveness of|help and protection|quality of (?:provision|practice)|outcomes"
    r"|being healthy|(?:staying|being) safe|enjoying and achieving|making a positive contribution"
    r"|(?:achieving )?economic well)",
    re.IGNORECASE,
)
"""The headings that are judged, as they begin."""


def is_judged(heading: str) -> bool:
    """Whether a heading is one of those that these inspections judge."""
    return bool(_JUDGED.match(plain(heading)))


def key_of(heading: str) -> str:
    """The judgement key of a heading: its printed words, but for those that other types judge."""
    words = plain(heading)
    for pattern, key in _RENAMED:
        if pattern.match(words):
            return key
    return "_".join(re.findall(r"[a-z0-9]+", words.lower().removeprefix("the ")))


def judged(draft: Draft, wanted: Sequence[str], prefixes: Mapping[str, str]) -> list[Judgement]:
    """The grades after the headings of the text, those `wanted` at least by their status.

    `prefixes` maps a part's kind to what its keys begin with, where a report has two parts.
    """
    found: dict[str, Judgement] = {}
    part = ""
    for kind, start, end in draft.headings:
        if kind in {"contents", "definitions", "record", "boilerplate"}:
            continue
        part = prefixes.get(kind, part)
        heading = draft.text[start:end]
        words = heading[: _words_end(heading)]
        name = f"{part}_{key_of(words)}" if part else key_of(words)
        # A printed "Grade 3" judges any heading; a grade in a sentence those that are known.
        for pattern in _GRADED if is_judged(words) else _GRADED[:2]:
            printed = graded(name, draft, pattern.match(draft.text, start + len(words), end + 300))
            if printed and words:
                found.setdefault(name, printed)
                break
    for name in wanted:
        found.setdefault(name, Judgement(area=name, grade=None, status="unreadable"))
    return list(found.values())


def _words_end(heading: str) -> int:
    """Where a grade after a heading's own words would begin."""
    match = re.search(
        rf"\s*[:|–-]?\s*(?:grade\s*:?\s*[1-4]|\b(?:{_WORD})\b)", heading, re.IGNORECASE
    )
    return match.start() if match else len(heading)


def facts(draft: Draft, title: re.Pattern[str], judgements: Sequence[Judgement]) -> Facts:
    """Labels and values of the cover, which may be in two columns."""
    labelled = date_fields(draft)
    dates = tuple(_apart(draft, field) for field in labelled)
    began = value_date(dates, "start_date")
    key, authority, problems = authority_field(draft, _authority(draft, title, began), began)
    return Facts(
        framework="pre-2013",
        authority=key,
        fields=(authority, *dates, _lead(draft)),
        judgements=tuple(judgements),
        problems=(*problems, *date_problems(draft, dates)),
    )


def _authority(draft: Draft, title: re.Pattern[str], on: date | None) -> str | None:
    """The first authority that the cover names, else the line after the title."""
    cover = draft.text[: draft.front]
    if named := draft.register.find(cover, on):
        return cover[named[1] : named[2]]
    match = title.search(cover)
    behind = cover[match.end() :].strip().partition("\n")[0] if match else ""
    return behind or None


def _apart(draft: Draft, field: Field) -> Field:
    """A date that no label precedes: the only range is the inspection, another day publication."""
    if field.status == "found" and field.origin != "file_name":
        return field
    at = 0
    for line in draft.text[: draft.front].splitlines(keepends=True):
        days = find_range(line)
        if days and (days.first != days.last) == (field.name != "published"):
            return Field(
                name=field.name,
                value=str(days.last if field.name == "end_date" else days.first),
                status="found",
                origin="printed",
                printed=line[days.start : days.end],
                start=at + days.start,
                end=at + days.end,
            )
        at += len(line)
    return field


def _lead(draft: Draft) -> Field:
    """The reporting inspector: after the label, else the line that ends in the office."""
    for pattern in _LEADS:
        if match := pattern.search(draft.text, 0, draft.front):
            return Field(
                name="lead_inspector",
                value=match["name"],
                status="found",
                origin="printed",
                printed=match["name"],
                start=match.start("name"),
                end=match.end("name"),
            )
    return unreadable("lead_inspector")


ITEM = demands(items({"improve": "improvement"}), introductions=True)
"""Areas for improvement: bullets or sentences under "Immediately:", "Within three months:"."""
