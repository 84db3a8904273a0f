"""Running heads, running feet and page numbers: what a page prints about itself.

Furniture is the same text, digits folded, at the same height in the head or foot zone of a
quarter of the pages; or a bare number there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

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


def without_furniture(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """The same pages less their running heads and feet; and those, each as first printed."""
    running = _running(pages)
    removed: dict[str, str] = {}
    bare = []
    for page in pages:
        lines = []
        for line in page.lines:
            if _is(line, page, running):
                removed.setdefault(_folded(line), line.text)
            else:
                lines.append(line)
        bare.append(replace(page, lines=tuple(lines)))
    return tuple(bare), tuple(removed.values())


def _running(pages: Sequence[Page]) -> frozenset[str]:
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        zone = (line for line in page.lines if _in_zone(line, page))
        seen.update({(_folded(line), round(line.y0 / STEP)) for line in zone})
    needed = max(2, SHARE * len(pages))
    return frozenset(text for (text, _), times in seen.items() if times >= needed)


def _is(line: Line, page: Page, running: frozenset[str]) -> bool:
    """A running text is furniture at another height too: first pages print it higher or lower.

    So it is on a page that leaves its number out.
    """
    if not _in_zone(line, page):
        return False
    folded = _folded(line)
    return bool(_BARE.fullmatch(line.text)) or folded in running or f"{folded} #" in running


def _in_zone(line: Line, page: Page) -> bool:
    if line.role:  # its place is of our own making
        return False
    return line.y1 < HEAD * page.height or line.y0 > FOOT * page.height


def _folded(line: Line) -> str:
    return _DIGITS.sub("#", line.text)
