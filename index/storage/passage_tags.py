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


SQL: Final = f"""UPDATE passage SET tags = coalesce((SELECT group_concat(tag, ' ') FROM (
    SELECT {" || '/' || ".join(f"coalesce({name}, '')" for name in Tag._fields)} AS tag
    FROM finding_now WHERE passage = passage.id GROUP BY tag ORDER BY min(start), tag)), '')
    WHERE document = ?"""
"""Brings the rows of a document's passages in line with its findings."""


def pack(findings: Iterable[Finding]) -> dict[int, str]:
    """The packed tags of passages by ordinal: each tag once, in text order."""
    found: dict[int, dict[str, None]] = {}
    for _, tag, passage in sorted((one.start, _packed(one), one.passage) for one in findings):
        found.setdefault(passage, {})[tag] = None
    return {passage: " ".join(tags) for passage, tags in found.items()}


def read(tags: str) -> tuple[Tag, ...]:
    """The unpacked tags of a passage."""
    return tuple(map(_read, tags.split()))


def _packed(finding: Finding) -> str:
    return "/".join(getattr(finding, name) or "" for name in Tag._fields)


@lru_cache(maxsize=30_000)  # a large library has some ten thousand
def _read(tag: str) -> Tag:
    return Tag._make(value or None for value in tag.split("/"))
