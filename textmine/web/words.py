"""Words of the page: codes as people say them, dates and numbers as they write them."""

from __future__ import annotations

from datetime import date
from typing import Final

from corpus.frameworks import AREAS, DOCUMENTS

GRADES: Final = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires_improvement": "Requires improvement",
    "adequate": "Adequate",
    "inadequate": "Inadequate",
}
POLARITIES: Final = {
    "strength": "Strength",
    "concern": "Concern",
    "mixed": "Mixed",
    "neutral": "Neutral",
}
SIGNS: Final = {"strength": "+", "concern": "−", "mixed": "±", "neutral": "·"}
"""What stands beside the word and the colour, so that neither is needed."""

FACETS: Final = {
    "theme": "Theme",
    "polarity": "Polarity",
    "la": "Authority",
    "region": "Region",
    "type": "Document type",
    "year": "Year",
    "overall": "Overall grade",
    "section": "Section",
}
VOICES: Final = {
    "authority": "the authority’s own claim",
    "unknown": "author unknown",
    "inspectorate": "inspectors",
}
STATUSES: Final = {
    "found": "found",
    "not_printed": "not found",
    "not_judged": "not judged",
    "unreadable": "could not be read",
}
ORIGINS: Final = {
    "printed": "as printed",
    "file_name": "from the file name",
    "given": "given when it was read in",
    "corrected": "set by hand",
}


def day(text: str | None) -> str:
    """A date in words: 5 February 2024, February 2024, 2024."""
    if not text:
        return "undated"
    parts = text.split("-")
    try:
        if len(parts) == 1:
            return text
        if len(parts) == 2:
            return f"{date(int(parts[0]), int(parts[1]), 1):%B %Y}"
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{found.day} {found:%B %Y}"


def number(value: float) -> str:
    """A number with commas."""
    return f"{value:,}"


def count(value: int, noun: str) -> str:
    """So many of something: 1 passage, 1,200 passages."""
    if value == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{value:,} {plural}"


def matches(value: int) -> str:
    """So many matches."""
    return f"{value:,} match" if value == 1 else f"{value:,} matches"


def doc_type(code: str) -> str:
    """A type of document as people call it."""
    kind = DOCUMENTS.get(code)
    label = kind.label if kind and kind.label else code.replace("-", " ").replace("_", " ")
    return label[:1].upper() + label[1:]


def grade(code: str | None) -> str:
    """A grade as it is printed."""
    if code is None:
        return "no grade"
    return GRADES.get(code, code.replace("_", " ").capitalize())


def area(code: str) -> str:
    """What a judgement is of."""
    known = AREAS.get(code)
    label = known.label if known else code.replace("_", " ")
    return label[:1].upper() + label[1:]


def plain(code: str) -> str:
    """A code as words: care-leavers, too_few."""
    label = code.replace("-", " ").replace("_", " ")
    return label[:1].upper() + label[1:]
