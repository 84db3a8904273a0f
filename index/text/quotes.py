"""Quotes: words of a document that name a place in it, whatever its line breaks."""

from __future__ import annotations

import re
from itertools import islice


def pattern(quote: str) -> re.Pattern[str] | None:
    """What finds the words of a quote in a text; None where it has no words."""
    words = quote.split()
    return re.compile(r"\s+".join(map(re.escape, words))) if words else None


def place(text: str, quote: str, occurrence: int) -> tuple[int, int] | None:
    """Where a quote stands; its last place where it has become rarer."""
    if (words := pattern(quote)) is None:
        return None
    places = [match.span() for match in islice(words.finditer(text), occurrence)]
    return places[-1] if places else None


def occurrence(text: str, quote: str, start: int) -> int:
    """Which of the places with these words begins at `start`: 1 for the first."""
    words = pattern(quote)
    starts = (match.start() for match in words.finditer(text)) if words else ()
    return sum(each <= start for each in starts) or 1
