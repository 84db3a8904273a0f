"""Records of a brief."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from corpus.model import Grade, Polarity, Voice

Show: TypeAlias = Literal["quote", "whole", "mark", "annex"]
"""How much of its evidence a statement prints: words of the first piece, or all of its words, and
the marks of all; only the marks; or nothing. The annex has it in any case."""


Purpose: TypeAlias = Literal["engagement-meeting", "focused-visit", "inspection"]


TOPICS = {
    "front-door": "The front door",
    "children-in-need-or-on-a-plan": "Children in need or subject to a protection plan",
    "vulnerable-adolescents": "Vulnerable children at risk from outside the family",
    "children-in-care": "Children in care",
    "permanence": "Planning and achieving permanence",
    "care-leavers": "Care leavers",
}
"""The topics of focused and monitoring visits, from the framework's list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document: exactly `[start, end)` of its text."""

    text: str
    document: int
    sha256: str
    start: int
    end: int
    source: str
    """The document in a few words: "inspection, October 2022"."""
    place: str
    """Page and paragraph."""
    spot: str
    """The same as short as can be: "¶ 17", "p. 2"."""
    date: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Documents that hold a finding of the theme and polarity, of those that were looked at."""

    said: str
    n: int
    of: tuple[int, ...]
    """The documents that were looked at, by number."""
    theme: str
    polarity: Polarity


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Something that was looked for and is not there."""

    said: str
    searched: str


Evidence: TypeAlias = Quote | Count | Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A statement with its evidence."""

    key: str
    """The same in another brief that says the same, so that two can be compared."""
    text: str
    evidence: tuple[Evidence, ...]
    detail: str = ""
    """The rest of the statement: what it counts, or asks about."""
    show: Show = "quote"

    def whole(self) -> str:
        """The statement with its detail."""
        return f"{self.text} {self.detail}".rstrip()


def absent(key: str, said: str, searched: str) -> Line:
    """The statement that something is not there."""
    return Line(key=key, text=said, evidence=(Absence(said=said, searched=searched),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a grid; `grade` where it shows one, `evidence` where it rests on some."""

    text: str
    grade: Grade | None = None
    evidence: tuple[Evidence, ...] = ()
    show: Show = "mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; the first column names the rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    """Of the columns, in proportion to each other; even where there are none."""

    def without_empty(self) -> Grid:
        """The same table without columns that say nothing in any row."""
        full = [
            at
            for at in range(len(self.header))
            if any(row[at].text not in {"", "–"} for row in self.rows)
        ]
        return replace(
            self,
            header=tuple(self.header[at] for at in full),
            rows=tuple(tuple(row[at] for at in full) for row in self.rows),
            widths=tuple(self.widths[at] for at in full if self.widths),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the brief."""

    key: str
    title: str
    intro: str = ""
    grid: Grid | None = None
    lines: tuple[Line, ...] = ()

    def is_empty(self) -> bool:
        """Whether all it says is that there is nothing."""
        rests_on = [each for line in self.lines for each in line.evidence]
        return self.grid is None and all(isinstance(each, Absence) for each in rests_on)

    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of the section, in order."""
        rows = self.grid.rows if self.grid else ()
        of_cells = (each for row in rows for cell in row for each in cell.evidence)
        return (*of_cells, *(each for line in self.lines for each in line.evidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document of the authority that the brief was made from."""

    document: int
    sha256: str
    voice: Voice
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief. `internal` says that it quotes what is not public."""

    authority: str
    purpose: Purpose
    as_of: str
    subtitle: str
    internal: bool
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    provenance: str
    """The versions behind the findings, and how many documents the library held."""
    title: str = ""
    """What it is, where the purpose does not say so."""
