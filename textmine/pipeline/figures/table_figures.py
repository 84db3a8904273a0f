"""The figures of tables: each cell that is a value counts what its row measures.

The first rows head the columns: with a period ("2022-23"), or with whose value it is ("England",
"Target"). What a row measures is its first cell, unless a column behind it is headed so or names
more; where that cell reaches over several rows, it is that of the row above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias, TypeVar

from corpus.layout.canonical_text import CELL
from corpus.model import Comparison, Document, Figure, Passage, Unit

from .numbers import MOST, SCALES, TIMES

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


_MEASURE: Final = re.compile(r"measure|indicator|\bkpi\b|description|\bmetric", re.IGNORECASE)


class _Column(NamedTuple):
    """What the heads of a column say."""

    head: str
    comparison: Comparison | None
    period: tuple[int, int] | None
    """Where the period is that its values are about."""


_Row: TypeAlias = tuple[Passage, Cells]


def figures_of_tables(document: Document, passages: Iterable[Passage]) -> Iterator[Figure]:
    """The figures in the rows of tables among the passages, table by table."""
    rows = [passage for passage in passages if passage.kind == "table_row"]
    for table in _tables(document.text, rows):
        yield from _figures(document.text, table)


def cells_of(text: str, passage: Passage) -> Cells:
    """The cells of a table's row."""
    places, at = [], passage.start
    for words in text[passage.start : passage.end].split(CELL):
        places.append((at, at + len(words)))
        at += len(words) + len(CELL)
    return tuple(places)


def _tables(text: str, rows: Iterable[Passage]) -> Iterator[list[_Row]]:
    """Rows that follow each other and have as many cells.

    A row of one cell is a title of the rows below it, whose columns go on.
    """
    table: list[_Row] = []
    last = 0
    for passage in rows:
        cells = cells_of(text, passage)
        apart = passage.ordinal != last + 1
        if table and (apart or len(cells) not in {1, len(table[0][1])}):
            yield table
            table = []
        if len(cells) > 1:
            table.append((passage, cells))
        last = passage.ordinal
    yield table


def _figures(text: str, table: Sequence[_Row]) -> Iterator[Figure]:
    if len(table) < MEASURES or len(table[0][1]) < MEASURES:
        return
    heads = _heads(text, table)
    spanned = [*(_reaching(text, cells) for _, cells in heads[:-1]), heads[-1][1]]
    columns = [_column(text, each) for each in zip(*spanned, strict=True)]
    body = [row for row in table[len(heads) :] if not _repeats(text, row, heads)]
    measure = _measure(text, columns, body)
    named: tuple[int, int] | None = None
    for passage, cells in body:
        if text[slice(*cells[measure])].strip():
            named = cells[measure]
        if named is None or not any(char.isalpha() for char in text[slice(*named)]):
            continue
        for place, column in zip(cells[measure + 1 :], columns[measure + 1 :], strict=True):
            match = _VALUE.fullmatch(text[slice(*place)].strip())
            if match:
                value, unit = _read(match, f"{text[slice(*named)]} {column.head}")
                if abs(value) >= MOST:
                    continue
                period = column.period or (None, None)
                places = (*named, *period, *place)
                yield Figure(passage.ordinal, value, unit, None, column.comparison, *places)


def _heads(text: str, table: Sequence[_Row]) -> Sequence[_Row]:
    """The rows that head the columns: the first, and those below it that only name periods."""
    count = 1
    while count < len(table) - 1:
        words = [text[slice(*cell)].strip() for cell in table[count][1]]
        heads = [each for each in words[1:] if each]
        if words[0] or not heads or not all(map(_is_head, heads)):
            break
        count += 1
    return table[:count]


def _reaching(text: str, cells: Cells) -> Cells:
    """The cells of an upper head, each reaching over the empty ones behind it."""
    reaching: list[tuple[int, int]] = []
    for cell in cells:
        empty = not text[slice(*cell)].strip()
        reaching.append(reaching[-1] if empty and len(reaching) > 1 else cell)
    return tuple(reaching)


def _is_head(words: str) -> bool:
    """A period or whose values stand below: no value, but a year looks like one."""
    return bool(_PERIOD.search(words)) or not _VALUE.fullmatch(words)


def _repeats(text: str, row: _Row, heads: Sequence[_Row]) -> bool:
    """Whether a row says the heads once more, as tables do on each page."""
    words = [text[slice(*cell)].strip() for cell in row[1]]
    return any(words == [text[slice(*cell)].strip() for cell in head[1]] for head in heads)


def _measure(text: str, columns: Sequence[_Column], body: Sequence[_Row]) -> int:
    """The column that says what is measured: the one headed so, else that with most names."""
    leading = 0
    while leading < len(columns) - 1 and not any(
        _VALUE.fullmatch(text[slice(*cells[leading])].strip()) for _, cells in body
    ):
        leading += 1
    first = range(max(leading, 1))
    headed = next((i for i in first if _MEASURE.search(columns[i].head)), None)
    if headed is not None:
        return headed
    names = [{text[slice(*cells[i])].strip() for _, cells in body} for i in first]
    return max(first, key=lambda i: (len(names[i] - {""}), -i))


def _column(text: str, places: Sequence[tuple[int, int]]) -> _Column:
    """A column by its heads, the uppermost first."""
    heads = [text[slice(*place)] for place in places]
    dated = [place for place, head in zip(places, heads, strict=True) if _PERIOD.search(head)]
    head = " ".join(heads)
    return _Column(head, _first(_WHOSE, head), dated[-1] if dated else None)


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
