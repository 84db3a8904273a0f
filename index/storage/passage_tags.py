"""Passage tags: a passage's findings in short, so that hits and facets need not read them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from corpus.model import About, Aspect, Extent, Finding, Polarity, Timing


class Tag(NamedTuple):
    """A tag: a finding without its place and cues."""

    theme: str
    polarity: Polarity
    timing: Timing
    about: About | None = None
    extent: Extent | None = None
    aspect: Aspect | None = None


_USUAL: Final = {"timing": "current", "about": "council"}
"""What most findings say; it is left out, and a hyphen says that nothing is known."""

_PARTS: Final = " || '/' || ".join(
    f"coalesce(nullif(coalesce({name}, '-'), '{_USUAL[name]}'), '')"
    if name in _USUAL
    else f"coalesce({name}, '')"
    for name in Tag._fields
)
SQL: Final = f"""UPDATE passage SET tags = coalesce((SELECT group_concat(tag, ' ') FROM (
    SELECT {_PARTS} AS tag
    FROM finding_now WHERE passage = passage.id GROUP BY tag ORDER BY min(start), tag)), '')
    WHERE document = ?"""
"""Brings the rows of a document's passages in line with its findings."""


def pack(findings: Iterable[Finding]) -> dict[int, str]:
    """The packed tags of passages by ordinal: each tag once, in text order."""
    found: dict[int, dict[str, None]] = {}
    for _, tag, passage in sorted((one.start, _packed(one), one.passage) for one in findings):
        found.setdefault(passage, {})[tag] = None
    return {passage: " ".join(tags) for passage, tags in found.items()}


@lru_cache(maxsize=30_000)  # a large library has some ten thousand
def read(tags: str) -> tuple[Tag, ...]:
    """The unpacked tags of a passage."""
    return tuple(map(_read, tags.split()))


def value_code(name: str, value: str | None) -> str:
    """How a tag has a value of one of its parts."""
    if name in _USUAL:
        return "" if value == _USUAL[name] else value or "-"
    return value or ""


def _packed(finding: Finding) -> str:
    return "/".join(value_code(name, getattr(finding, name)) for name in Tag._fields)


@lru_cache(maxsize=30_000)  # a large library has some ten thousand
def _read(tag: str) -> Tag:
    return Tag._make(map(_value, Tag._fields, tag.split("/")))


def _value(name: str, part: str) -> str | None:
    return None if part == "-" else part or _USUAL.get(name)
