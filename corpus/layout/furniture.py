"""Page furniture: running heads, running feet and page numbers.

Furniture is the same text, digits folded, at the same height in the head or foot zone of a
quarter of the pages; or a bare number there. What stands alone on every page where it stands is
no furniture but what the pages say: only numbers are taken from a page that has nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..model import Line, Page

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
    """The pages without running heads and feet; and those, each as first printed."""
    zones = [_zone(page) for page in pages]
    running = _running(zones)
    running -= _never_beside_text(pages, zones, running)
    removed: dict[str, str] = {}
    bare = []
    for page, zone in zip(pages, zones, strict=True):
        furniture = [line for line in zone if _is(line, running)]
        for line in furniture:
            removed.setdefault(_folded(line), line.text)
        kept = tuple(line for line in page.lines if line not in furniture)
        bare.append(replace(page, lines=kept) if furniture else page)
    return tuple(bare), tuple(removed.values())


def _zone(page: Page) -> list[Line]:
    """The lines of the head and foot zones; the place of a line with a role is our own making."""
    head, foot = HEAD * page.height, FOOT * page.height
    return [line for line in page.lines if (line.y1 < head or line.y0 > foot) and not line.role]


def _running(zones: Sequence[Sequence[Line]]) -> frozenset[str]:
    seen: Counter[tuple[str, int]] = Counter()
    for zone in zones:
        seen.update({(_folded(line), round(line.y0 / STEP)) for line in zone})
    needed = max(2, SHARE * len(zones))
    return frozenset(text for (text, _), times in seen.items() if times >= needed)


def _never_beside_text(
    pages: Sequence[Page], zones: Sequence[Sequence[Line]], running: frozenset[str]
) -> frozenset[str]:
    """Running texts that no page prints beside anything else but numbers."""
    beside: set[str] = set()
    for page, zone in zip(pages, zones, strict=True):
        furniture = [line for line in zone if _is(line, running)]
        if len(furniture) < len(page.lines):
            beside.update(map(_folded, furniture))
    unnumbered = {text.removesuffix(" #") for text in beside}
    return frozenset(text for text in running if text.removesuffix(" #") not in unnumbered)


def _is(line: Line, running: frozenset[str]) -> bool:
    """Whether a line of a zone is furniture.

    A running text is so at another height too: first pages print it higher or lower. So it is
    on a page that leaves its number out.
    """
    folded = _folded(line)
    return bool(_BARE.fullmatch(line.text)) or folded in running or f"{folded} #" in running


def _folded(line: Line) -> str:
    return _DIGITS.sub("#", line.text)
