"""The annex: the evidence that statements point to by short marks such as "2025 ¶ 17"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from .model import Absence, Brief, Cell, Count, Evidence, Line, Quote
from .quoting import QUOTED, count_of, month, short


class Mark(NamedTuple):
    """A mark: what is printed, and the number of the entry that it leads to."""

    text: str
    entry: int


@dataclass(frozen=True, slots=True)
class Annex:
    """Each piece of evidence once, in the order of its first mention."""

    entries: tuple[Evidence, ...]
    _numbers: dict[Evidence, int]
    _crowded: frozenset[str]
    """Years of more than one document: their marks name the month."""

    def marks(self, of: Line | Cell) -> tuple[Mark, ...]:
        """The marks of a statement's quotes, once each; the year only where it is another."""
        if of.show == "annex":
            return ()
        found: dict[str, Mark] = {}
        before = ""
        for each in of.evidence:
            if isinstance(each, Quote) and (whole := self.mark(each)) not in found:
                when = whole.removesuffix(each.spot)
                found[whole] = Mark(each.spot if when == before else whole, self._numbers[each])
                before = when
        return tuple(found.values())

    def printed(self, of: Line | Cell) -> str:
        """The marks in brackets, as printed behind a statement."""
        marks = self.marks(of)
        return f"[{', '.join(mark.text for mark in marks)}]" if marks else ""

    def mark(self, quote: Quote) -> str:
        """The mark of a quote: year, and paragraph or page."""
        year = (quote.date or "undated")[:4]
        when = month(quote.date) if year in self._crowded else year
        return f"{when} {quote.spot}"


def annex(brief: Brief) -> Annex:
    """The annex of a brief."""
    numbers: dict[Evidence, int] = {}
    years: dict[str, set[int]] = defaultdict(set)
    for section in brief.sections:
        for each in section.evidence():
            numbers.setdefault(each, len(numbers) + 1)
            if isinstance(each, Quote):
                years[(each.date or "undated")[:4]].add(each.document)
    crowded = frozenset(year for year, documents in years.items() if len(documents) > 1)
    return Annex(tuple(numbers), numbers, crowded)


def in_words(evidence: Evidence) -> tuple[str, str]:
    """The text and the source of a piece of evidence."""
    match evidence:
        case Quote():
            return f"“{' '.join(evidence.text.split())}”", f"{evidence.source}, {evidence.place}"
        case Count():
            return evidence.said, f"counted in {count_of(len(evidence.of), 'document')}"
        case Absence():
            return evidence.said, f"searched: {evidence.searched}"


def quotation(line: Line, most: int = QUOTED) -> str:
    """The quote printed under a statement, if any, cut at a word where it is long."""
    evidence = line.evidence[0]
    if line.show not in {"quote", "whole"} or not isinstance(evidence, Quote):
        return ""
    said, _ = in_words(evidence)
    if line.show == "whole":
        return said
    return short(said, most) + ("”" if len(said) > most else "")
