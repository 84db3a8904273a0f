"""Tables for a person: columns that fit the screen, or a paragraph a row; no word is broken."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from corpus.printable import printable

PIPED_WIDTH = 160
"""Columns of a table that goes to no terminal, unless COLUMNS says otherwise."""

GAP = 2
"""Blanks between two columns."""

LONGEST = 36
"""Characters of a value that may still share a line with others in a paragraph."""

Cells = Mapping[str, str]


def screen_width(out: IO[str]) -> int:
    """The columns of the screen that a stream goes to."""
    if out.isatty():
        return shutil.get_terminal_size().columns
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) else PIPED_WIDTH


def lay_out(
    rows: Sequence[Cells], columns: Sequence[str], room: int, heads: Cells | None = None
) -> Iterator[str]:
    """The lines of a table; of paragraphs, where its columns would not fit."""
    if not columns:
        return
    rows = [{name: _safe(text) for name, text in row.items()} for row in rows]
    heads = heads or {column: column.replace("_", " ") for column in columns}
    widths = _widths([heads, *rows], columns, room)
    if widths is None:
        for row in rows:
            yield from _paragraph(row, heads, room)
            yield ""
        return
    yield from _line(heads, columns, widths)
    yield (" " * GAP).join("-" * width for width in widths)
    for row in rows:
        yield from _line(row, columns, widths)


def _safe(text: str) -> str:
    """A cell as a screen may be given it: a library may come from others."""
    return text if text.isprintable() else "\n".join(map(printable, text.split("\n")))


def _widths(rows: Sequence[Cells], columns: Sequence[str], room: int) -> list[int] | None:
    """How wide each column is; None if the longest words together have no room."""
    room -= GAP * (len(columns) - 1)
    least = [max(_longest_word(row.get(column, "")) for row in rows) for column in columns]
    if sum(least) > room:
        return None
    full = [max(len(row.get(column, "")) for row in rows) for column in columns]
    widths, spare = list(least), room - sum(least)
    narrowest_first = sorted(range(len(columns)), key=lambda at: full[at] - least[at])
    for done, at in enumerate(narrowest_first):
        more = min(full[at] - least[at], spare // (len(columns) - done))
        widths[at] += more
        spare -= more
    return widths


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _line(row: Cells, columns: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """A row of the table, which is as many lines as its longest cell needs."""
    cells = [_wrap(row.get(name, ""), width) for name, width in zip(columns, widths, strict=True)]
    for number in range(max(map(len, cells))):
        parts = (
            (cell[number] if number < len(cell) else "").ljust(width + GAP)
            for cell, width in zip(cells, widths, strict=True)
        )
        yield "".join(parts).rstrip()


def _paragraph(row: Cells, heads: Cells, room: int) -> Iterator[str]:
    """A row as its names and values: short ones share lines, a long one has its own."""
    short: list[str] = []
    for column, value in row.items():
        if not value:
            continue
        if len(value) > LONGEST:
            yield from _wrap(" · ".join(short), room)
            short = []
            yield from _wrap(f"{heads[column]}: {value}", room, hanging="  ")
        else:
            short.append(f"{heads[column]}: {value}")
    yield from _wrap(" · ".join(short), room)


def _wrap(text: str, width: int, hanging: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 1),
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
