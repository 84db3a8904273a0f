"""The figures of tables: each cell that is a value counts what its row measures.

The first row heads the columns: with a period ("2022-23"), or with whose value it is ("England",
"Target"). What a row measures is its first cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias, TypeVar

from corpus.layout.canonical_text import CELL
from corpus.model import Comparison, Document, Figure, Passage, Unit

from .numbers import SCALES, TIMES

Cells: TypeAlias = tuple[tuple[int, int], ...]
"""The cells of a row, as ranges of the document's text."""

T = TypeVar("T")

MEASURES: Final = 2
"""A table of data has at least so many columns and so many rows."""

_VALUE: Final = re.compile(
    r"(?P<pounds>£)?(?P<number>[+–−-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+–−-]?\d+(?:\.\d+)?)"
    r"(?:\s?(?P<unit>%|per cent|pp|k|m|(?:hour|day|week|month|year)s?))?[*^†]?"
)
_UNITS: Final[Mapping[str, Unit]] = {"%": "percent", "per cent": "percent", "pp": "points"}
_NAMED: Final[Mapping[str, Unit]] = {
    r"per 100,?000\b": "per 100,000",
    r"per 10,?000\b|10k\b": "per 10,000",
    r"per 1,?000\b": "per 1,000",
    r"%|per ?cent|percentage": "percent",
    r"\(days\)|in days|number of days": "days",
    r"\(weeks\)|in weeks|number of weeks": "weeks",
    "£": "pounds",
}
"""The unit where only the row's or the column's name says it: the first that fits."""

_WHOSE: Final[Mapping[str, Comparison]] = {
    r"\btarget|\bgoal\b": "target",
    r"neighbour|\bsns?\b|\bsn av|similar|comparator": "neighbours",
    r"\bengland|\bnational": "national",
    r"\bregion|\blondon\b|\b(?:north|south|east|west) (?:east|west|midlands)\b": "region",
    r"\bprevious\b|\blast year\b": "previous",
    r"\bchange\b|\bdifference\b|\bdirection\b": "change",
}
_PERIOD: Final = re.compile(
    r"(?:19|20)\d\d|\b\d\d\s?[/–-]\s?\d\d\b|\bq[1-4]\b|\bquarter|\bytd\b|to date|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


class _Column(NamedTuple):
    """What the head of a column says."""

    head: str
    place: tuple[int, int]
    comparison: Comparison | None
    period: bool


def figures_of_tables(document: Document, passages: Iterable[Passage]) -> Iterator[Figure]:
    """The figures in the rows of tables among the passages, table by table."""
    rows = (passage for passage in passages if passage.kind == "table_row")
    for table in _tables(document.text, rows):
        yield from _figures(document.text, table)


def cells_of(text: str, passage: Passage) -> Cells:
    """The cells of a table's row."""
    places, at = [], passage.start
    for words in text[passage.start : passage.end].split(CELL):
        places.append((at, at + len(words)))
        at += len(words) + len(CELL)
    return tuple(places)


def _tables(text: str, rows: Iterable[Passage]) -> Iterator[list[tuple[Passage, Cells]]]:
    """Rows that follow each other and have as many cells."""
    table: list[tuple[Passage, Cells]] = []
    for passage in rows:
        cells = cells_of(text, passage)
        if table and (
            passage.ordinal != table[-1][0].ordinal + 1 or len(cells) != len(table[0][1])
        ):
            yield table
            table = []
        table.append((passage, cells))
    yield table


def _figures(text: str, table: Sequence[tuple[Passage, Cells]]) -> Iterator[Figure]:
    if len(table) < MEASURES or len(table[0][1]) < MEASURES:
        return
    columns = [_column(text, place) for place in table[0][1]]
    for passage, cells in table[1:]:
        measure = cells[0]
        named = text[slice(*measure)]
        if not any(char.isalpha() for char in named):
            continue
        for place, column in zip(cells[1:], columns[1:], strict=True):
            match = _VALUE.fullmatch(text[slice(*place)].strip())
            if match:
                value, unit = _read(match, f"{named} {column.head}")
                period = column.place if column.period else (None, None)
                places = (*measure, *period, *place)
                yield Figure(passage.ordinal, value, unit, None, column.comparison, *places)


def _column(text: str, place: tuple[int, int]) -> _Column:
    head = text[slice(*place)]
    return _Column(head, place, _first(_WHOSE, head), bool(_PERIOD.search(head)))


def _read(match: re.Match[str], named: str) -> tuple[float, Unit]:
    """The value of a cell and its unit: the cell's own, else the one that its names say."""
    printed = match["number"].replace(",", "").replace("–", "-").replace("−", "-")
    unit = match["unit"] or ""
    value = float(printed) * SCALES.get(unit, 1)
    if match["pounds"]:
        return value, "pounds"
    if unit in _UNITS:
        return value, _UNITS[unit]
    if unit and unit not in SCALES:
        return value, TIMES[unit.rstrip("s")]
    return value, _first(_NAMED, named) or "count"


def _first(patterns: Mapping[str, T], words: str) -> T | None:
    """What the first pattern that the words fit stands for."""
    return next((v for p, v in patterns.items() if re.search(p, words, re.IGNORECASE)), None)
