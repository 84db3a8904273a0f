"""Query fields, and the kinds of values they take.

Names are looked up in the library. Dates, paragraph numbers and grades are ordered, and take
ranges: `2023`, `2023..2025`, `2023..`, `>=2024-04`, `<good`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, TypeAlias, get_args

from corpus.model import Status

Kind: TypeAlias = Literal["name", "date", "year", "number", "grade", "flag"]

AREAS: Final = {
    "overall": "overall effectiveness",
    "leaders": "the impact of leaders",
    "help_and_protection": "children who need help and protection",
    "care_and_care_leavers": "children in care and care leavers, in one (before 2023)",
    "in_care": "children in care",
    "care_leavers": "care leavers",
    "adoption": "adoption (before 2018)",
    "lscb": "the safeguarding children board (before 2018)",
    "outcome": "an Area SEND inspection: 1, 2 or 3",
}
"""The areas that are judged, each with what it is. Of each there is a field of the document, and
with `la.` before it one of the authority's newest such judgement."""

FLAGS: Final = {
    "latest": "its document is the newest of its type for the authority",
    "recommendation": "it is a recommendation, or an area for improvement or priority action",
}

_NAMED: Final = {
    "theme": "what a finding is about",
    "polarity": "of a finding: strength, concern, mixed or neutral",
    "timing": "of a finding: current, improved, worsened, planned or past",
    "about": "of a finding, or of the whole passage: whom it speaks of, as in council or police",
    "extent": "of a finding: how far it reaches, as in most, some, too_many or not_all",
    "aspect": "of a finding: what it judges, as in timeliness, quality or consistency",
    "voice": "who speaks: inspectorate or authority",
    "visibility": "of the document: public or internal",
    "la": "the authority, by name or key",
    "region": "the authority's region",
    "neighbours": "an authority that this one is a statistical neighbour of",
    "type": "the document's type",
    "framework": "the framework of the inspection",
    "section": "the section, by kind or by words of its heading",
}


_DAY: Final = "the inspection's start, else what is described, else publication"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how its values are read, and what it says."""

    kind: Kind
    help: str


FIELDS: Final[dict[str, Field]] = {
    **{name: Field("name", text) for name, text in _NAMED.items()},
    "year": Field("year", f"the year of {_DAY}"),
    "date": Field("date", f"the day of {_DAY}"),
    "inspected": Field("date", "the day of the inspection's start"),
    "published": Field("date", "the day of publication"),
    "para": Field("number", "the printed number of the paragraph"),
    "is": Field("flag", "; ".join(f"{name}: {text}" for name, text in FLAGS.items())),
    **{area: Field("grade", f"the judgement of {text}") for area, text in AREAS.items()},
    **{
        f"la.{area}": Field("grade", f"the authority's newest judgement of {text}")
        for area, text in AREAS.items()
    },
}
ALIASES: Final = {"authority": "la", "council": "la", "neighbors": "neighbours", "topic": "theme"}

SCALE: Final = {
    "outstanding": 4,
    "good": 3,
    "requires_improvement": 2,
    "adequate": 2,
    "inadequate": 1,
}
_OUTCOMES: Final = {"1": 3, "2": 2, "3": 1}
_GRADE_ALIASES: Final = {
    "ri": "requires_improvement",
    "requires_improvement_to_be_good": "requires_improvement",
}
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
    return f"did you mean {close[0]}:?" if close else "textmine search --syntax lists the fields"


def complaint(field: str, value: str) -> str | None:
    """What is wrong with a field's value; None where it can be understood."""
    kind = FIELDS[field].kind
    if kind == "flag":
        return None if flag(value) else f"one of {', '.join(FLAGS)}"
    if kind == "grade":
        wanted = "1, 2 or 3" if field.endswith("outcome") else "a grade, as in good or <good"
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
    scale = _OUTCOMES if field.endswith("outcome") else SCALE
    found = interval(value)
    if found is None:
        return ()
    low, high = (None if end is None else _grade(end) for end in (found.low, found.high))
    if any(end is not None and end not in scale for end in (low, high)):
        return ()
    if low is not None and low == high:
        return (low,)
    return tuple(
        name
        for name, rank in scale.items()
        if (low is None or rank > scale[low] or (rank == scale[low] and not found.low_open))
        and (high is None or rank < scale[high] or (rank == scale[high] and not found.high_open))
    )


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
    plain = _plain(value)
    return _GRADE_ALIASES.get(plain, plain)


def _plain(value: str) -> str:
    return "_".join(value.lower().replace("-", " ").replace("_", " ").split())
