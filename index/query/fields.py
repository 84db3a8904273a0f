"""Query fields, and the kinds of values they take.

Names are looked up in the library. Dates, paragraph numbers and grades are ordered, and take
ranges: `2023`, `2023..2025`, `2023..`, `>=2024-04`, `<good`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, TypeAlias, get_args

from corpus.framework_records import Scale
from corpus.frameworks import AREAS, grade_of, scales_of
from corpus.language.dates import find_month, find_range
from corpus.model import Status

Kind: TypeAlias = Literal["name", "date", "year", "number", "chance", "grade", "flag"]

FLAGS: Final = {
    "latest": "the newest document of its type for the authority",
    "recommendation": "a recommendation, area for improvement or priority action",
}

_NAMED: Final = {
    "theme": "of a finding: its theme, as listed by `textmine themes`",
    "polarity": "of a finding: strength, concern, mixed or neutral",
    "timing": "of a finding: current, improved, worsened, planned or past",
    "about": "of a finding or passage: whom it is about, such as council or police",
    "extent": "of a finding: all, most, many, some, few, none, too_many, too_few or not_all",
    "aspect": "of a finding: timeliness, frequency, quality, consistency, sufficiency, access"
    " or impact",
    "voice": "whose words: inspectorate, authority or unknown",
    "visibility": "of the document: public or internal",
    "la": "the authority, by any of its names, ONS code or URN: see `textmine authorities`",
    "region": "the authority's region",
    "neighbours": "the statistical neighbours of this authority",
    "type": "the type of document, as listed by `textmine types`",
    "framework": "the framework of the inspection",
    "in": "in this collection: see `textmine collection list`",
    "section": "the section, by kind or by words in its heading",
}


_DAY: Final = "the start of the inspection, or else the day described, or else publication"


@dataclass(frozen=True, slots=True)
class Field:
    """A query field: parser of its values, and its meaning."""

    kind: Kind
    help: str


FIELDS: Final[dict[str, Field]] = {
    **{name: Field("name", text) for name, text in _NAMED.items()},
    "year": Field("year", f"the year of {_DAY}"),
    "date": Field("date", f"the day of {_DAY}"),
    "inspected": Field("date", "the start of the inspection"),
    "published": Field("date", "the day of publication"),
    "para": Field("number", "the printed number of the paragraph"),
    "score": Field("chance", "of a finding: how certain it is, from 0 to 1"),
    "is": Field("flag", "; ".join(f"{name}: {text}" for name, text in FLAGS.items())),
    **{
        name: Field("grade", f"the judgement of {area.description}") for name, area in AREAS.items()
    },
    **{
        f"la.{name}": Field("grade", f"the authority's newest judgement of {area.description}")
        for name, area in AREAS.items()
    },
}
ALIASES: Final = {"authority": "la", "council": "la", "neighbors": "neighbours", "topic": "theme"}

_STATUSES: Final = frozenset(get_args(Status)) - {"found"}

DATE: Final = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
"""A day, a month or a year."""

_INTERVAL: Final = re.compile(r"(?P<sign>>=|<=|>|<|=)?(?P<one>.+)", re.DOTALL)
_PATTERNS: Final[dict[Kind, tuple[re.Pattern[str], str]]] = {
    "date": (
        DATE,
        "a date, as in 2024, 2024-05, 2024-05-17, 2023..2025 or >=2024-04",
    ),
    "year": (re.compile(r"[12]\d{3}"), "a year, as in 2024, 2023..2025 or >=2024"),
    "chance": (re.compile(r"0?\.[0-9]{1,3}|[01](\.0+)?"), "a score from 0 to 1, as in >=0.9"),
    "number": (re.compile(r"[0-9]{1,6}"), "a paragraph number, as in 23 or 20..25"),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """Ordered values between two ends, either of which may be open or left out."""

    low: str | None = None
    high: str | None = None
    low_open: bool = False
    high_open: bool = False


def canonical(name: str) -> str | None:
    """The field that a name means, whatever its case and hyphens; None where there is none."""
    plain = name.lower().replace("-", "_")
    plain = ALIASES.get(plain, plain)
    return plain if plain in FIELDS else None


def near_miss(name: str) -> str:
    """A hint at the field that was meant."""
    close = get_close_matches(name.lower().replace("-", "_"), [*FIELDS, *ALIASES], n=1)
    return f"did you mean {close[0]}:?" if close else "to list fields: textmine search --syntax"


def iso_date(text: str) -> str | None:
    """A day, month or year as a query has it, however it is written; None where it is none.

    3/10/2022 is the third of October, July 2023 a month.
    """
    written = text.strip()
    if DATE.fullmatch(written):
        return written
    for find, length in ((find_range, 10), (find_month, 7)):
        found = find(written)
        if found and (found.start, found.end) == (0, len(written)):
            if length == 10 and found.first != found.last:
                continue
            return found.first.isoformat()[:length]
    return None


def iso_value(field: str, value: str) -> str:
    """The value of a field of dates with its dates as a query has them; others as they are."""
    if FIELDS[field].kind != "date":
        return value
    parts = []
    for end in value.split(".."):
        match = _INTERVAL.fullmatch(end.strip())
        sign, written = (match["sign"] or "", match["one"]) if match else ("", "")
        parts.append(sign + (iso_date(written) or written))
    return "..".join(parts)


def complaint(field: str, value: str) -> str | None:
    """The error in a field's value, if any."""
    kind = FIELDS[field].kind
    if kind == "flag":
        return None if flag(value) else f"one of {', '.join(FLAGS)}"
    if kind == "grade":
        wanted = _example(field)
        return None if grades(field, value) or status(value) else wanted
    if kind == "name":
        return None
    pattern, wanted = _PATTERNS[kind]
    return None if interval(value, pattern) else wanted


def interval(value: str, pattern: re.Pattern[str] | None = None) -> Interval | None:
    """A range of values that match the pattern; None where it is no range of them."""

    def good(end: str | None) -> bool:
        return end is None or pattern is None or bool(pattern.fullmatch(end))

    low, dots, high = (part.strip() for part in value.partition(".."))
    if dots:
        found = Interval(low or None, high or None)
        return found if (low or high) and good(found.low) and good(found.high) else None
    match = _INTERVAL.fullmatch(low)
    one = match["one"].strip() if match else ""
    if not match or not one or not good(one):
        return None
    return {
        ">=": Interval(low=one),
        ">": Interval(low=one, low_open=True),
        "<=": Interval(high=one),
        "<": Interval(high=one, high_open=True),
    }.get(match["sign"] or "", Interval(one, one))


def grades(field: str, value: str) -> tuple[str, ...]:
    """The grades that a value means: `good`, `<good`, `good..outstanding`."""
    asked = interval(value)
    if asked is None:
        return ()
    scales = scales_of(field.removeprefix("la."))
    return tuple(dict.fromkeys(grade for scale in scales for grade in _within(asked, scale)))


def _within(asked: Interval, scale: Scale) -> tuple[str, ...]:
    """The grades of one scale between the ends; none where an end is no grade of it."""
    ranks = scale.ranks
    low, high = (None if end is None else _grade(end) for end in (asked.low, asked.high))
    if any(end is not None and end not in ranks for end in (low, high)):
        return ()
    if low is not None and low == high:
        return (low,)
    return tuple(
        name
        for name, rank in ranks.items()
        if (low is None or rank > ranks[low] or (rank == ranks[low] and not asked.low_open))
        and (high is None or rank < ranks[high] or (rank == ranks[high] and not asked.high_open))
    )


def _example(field: str) -> str:
    """Grades to type, or a grade and a range, of an area."""
    ranks = list(scales_of(field.removeprefix("la."))[0].ranks)
    if ranks[0].isdigit():
        return f"{', '.join(ranks[:-1])} or {ranks[-1]}"
    return f"a grade, as in {ranks[1]} or <{ranks[1]}"


def status(value: str) -> Status | None:
    """`not_judged`, `not_printed`, `unreadable`: why a judgement has no grade."""
    plain = _plain(value)
    return next((name for name in get_args(Status) if name == plain and name in _STATUSES), None)


def flag(value: str) -> str | None:
    """The flag that a value of `is:` means."""
    plain = _plain(value)
    return plain if plain in FLAGS else FLAGS_ALIASES.get(plain)


FLAGS_ALIASES: Final = {"newest": "latest", "recommendations": "recommendation"}


def _grade(value: str) -> str:
    return grade_of(value.replace("-", " ")) or _plain(value)


def _plain(value: str) -> str:
    return "_".join(value.lower().replace("-", " ").replace("_", " ").split())
