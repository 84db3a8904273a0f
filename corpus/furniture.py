"""Running heads, running feet and page numbers: what a page prints about itself.

Furniture is the same text, digits folded, at the same height in the head or foot zone of a
quarter of the pages; or a bare number there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .model import Line, Page

HEAD = 0.115
"""The head zone: lines that end above this share of the page's height."""

FOOT = 0.87
"""The foot zone: lines that begin below this share."""

SHARE = 0.25
"""On how many of the pages a text must recur at one height."""

STEP = 4.0
"""Heights within this many points are the same height."""

_DIGITS = re.compile(r"\d+")
_BARE = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


def without_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The same pages, less their running heads and feet."""
    running = _running(pages)
    return tuple(
        Page(
            page.number,
            page.width,
            page.height,
            tuple(line for line in page.lines if not _is_furniture(line, page, running)),
        )
        for page in pages
    )


def _running(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({key for line in page.lines if (key := _key(line, page))})
    needed = max(2, SHARE * len(pages))
    return frozenset(key for key, times in seen.items() if times >= needed)


def _key(line: Line, page: Page) -> tuple[str, int] | None:
    if not (line.y1 < HEAD * page.height or line.y0 > FOOT * page.height):
        return None
    return _DIGITS.sub("#", line.text), round(line.y0 / STEP)


def _is_furniture(line: Line, page: Page, running: frozenset[tuple[str, int]]) -> bool:
    key = _key(line, page)
    if key is None:
        return False
    if _BARE.fullmatch(line.text):
        return True
    text, step = key
    return any((text, step + near) in running for near in (-1, 0, 1))
