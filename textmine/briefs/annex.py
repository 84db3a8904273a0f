"""The annex: numbered evidence that statements point to."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Absence, Brief, Count, Evidence, Line, Quote
from .quoting import count_of, month, short


@dataclass(frozen=True, slots=True)
class Annex:
    """Each piece of evidence once, numbered by its first mention."""

    entries: tuple[Evidence, ...]
    _numbers: dict[Evidence, int]

    def numbers(self, evidence: tuple[Evidence, ...]) -> tuple[int, ...]:
        """The numbers of a statement's evidence."""
        return tuple(dict.fromkeys(self._numbers[each] for each in evidence))

    def marks(self, evidence: tuple[Evidence, ...]) -> str:
        """The numbers as printed after a statement: "[3, 4]"."""
        numbers = self.numbers(evidence)
        return f"[{', '.join(map(str, numbers))}]" if numbers else ""


def annex(brief: Brief) -> Annex:
    """The annex of a brief."""
    numbers: dict[Evidence, int] = {}
    for section in brief.sections:
        for each in section.evidence():
            numbers.setdefault(each, len(numbers) + 1)
    return Annex(tuple(numbers), numbers)


def in_words(evidence: Evidence) -> tuple[str, str]:
    """The text and the source of a piece of evidence."""
    match evidence:
        case Quote():
            return f"“{' '.join(evidence.text.split())}”", f"{evidence.source}, {evidence.place}"
        case Count():
            return evidence.said, f"counted in {count_of(len(evidence.of), 'document')}"
        case Absence():
            return evidence.said, f"searched: {evidence.searched}"


def footnote(line: Line, most: int = 220) -> tuple[str, str]:
    """The quote printed under a statement, and its place.

    A long quote is cut at a word, whole in the annex; either may be empty.
    """
    evidence = line.evidence[0]
    if line.show == "mark" or isinstance(evidence, Absence):
        return "", ""
    said, where = in_words(evidence)
    if isinstance(evidence, Quote):
        where = f"{month(evidence.date)}, {evidence.place}"
    if line.show == "place":
        return "", where
    return short(said, most) + ("”" if len(said) > most else ""), where
