"""Deduplication of quotes: each is printed once, then replaced by another or by its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .model import Evidence, Line, Quote, Section


def once(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Sections in which lines that would repeat a quote show another.

    That is one of the same document among the line's own evidence. Where there is none, the line
    shows only the mark of its quote.
    """
    used: set[tuple[int, int]] = set()
    return tuple(_section(section, used) for section in sections)


def _section(section: Section, used: set[tuple[int, int]]) -> Section:
    for row in section.grid.rows if section.grid else ():
        for cell in row:
            if cell.evidence and "“" in cell.text:
                used |= _places(cell.evidence[:1])
    return replace(section, lines=tuple(_line(line, used) for line in section.lines))


def _line(line: Line, used: set[tuple[int, int]]) -> Line:
    first = line.evidence[0]
    if line.show != "quote" or not isinstance(first, Quote):
        return line
    if " ".join(first.text.split())[:100] in line.whole():  # the statement is the quote
        return replace(line, show="mark")
    fresh = next(
        (
            each
            for each in line.evidence
            if isinstance(each, Quote)
            and each.document == first.document
            and not _places((each,)) & used
        ),
        None,
    )
    if fresh is None:
        return replace(line, show="mark")
    used |= _places((fresh,))
    return replace(line, evidence=(fresh, *(each for each in line.evidence if each != fresh)))


def _places(evidence: Iterable[Evidence]) -> set[tuple[int, int]]:
    return {(each.document, each.start) for each in evidence if isinstance(each, Quote)}
