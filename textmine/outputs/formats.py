"""The output formats: table, JSON, JSON lines, CSV, Markdown."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO, TypeAlias

Row: TypeAlias = Mapping[str, Any]

Output: TypeAlias = Callable[[Iterable[Row], TextIO], None]

OUTPUTS: dict[str, Output] = {}

PIPED_WIDTH = 160
"""Columns of a table that goes to no terminal."""

LEGIBLE = 9
"""Characters to which a column of a table may be folded and still be read."""

GAP = 2
"""Blanks between two columns."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A spreadsheet takes a cell that begins so for a formula (OWASP ASVS 5.0, 1.2.10)."""


def output(name: str) -> Callable[[Output], Output]:
    """Registers a function as the output format `name`."""

    def add(write: Output) -> Output:
        if OUTPUTS.setdefault(name, write) is not write:
            raise ValueError(f"output {name!r} is defined twice")
        return write

    return add


@output("table")
def write_table(rows: Iterable[Row], out: TextIO) -> None:
    """Aligned columns for a person, folded to the terminal's width.

    A terminal that is too narrow for the columns gets a block of lines for each row.
    """
    from rich.console import Console  # noqa: PLC0415 (slow to import, not always needed)
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    flat = [{name: plain(value) for name, value in flatten(row).items()} for row in rows]
    columns = _columns(flat)
    console = Console(file=out, width=None if out.isatty() else PIPED_WIDTH, highlight=False)
    wide = _folded(flat, columns) <= console.width
    table = Table(box=None, header_style="bold", pad_edge=False, show_header=wide)
    if wide:
        for column in columns:
            table.add_column(column.replace("_", " "), overflow="fold")
        for row in flat:
            table.add_row(*(Text(row.get(column, "")) for column in columns))
    else:
        table.add_column(style="bold", overflow="fold")
        table.add_column(overflow="fold")
        for row in flat:
            for column, value in row.items():
                if value:
                    table.add_row(column.replace("_", " "), Text(value))
            table.add_row()
    with console.capture() as made:  # rich would end the program where nobody reads on
        console.print(table)
    out.write(made.get())


def _folded(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> int:
    """How wide a table is at the least if it is to be read."""
    cells = ([*name.split("_"), *(row.get(name, "") for row in rows)] for name in columns)
    return sum(min(max(map(len, column)), LEGIBLE) + GAP for column in cells) - GAP


@output("json")
def write_json(rows: Iterable[Row], out: TextIO) -> None:
    """One array."""
    json.dump(list(rows), out, ensure_ascii=False, indent=2)
    out.write("\n")


@output("jsonl")
def write_jsonl(rows: Iterable[Row], out: TextIO) -> None:
    """One object a line, written as they come."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@output("csv")
def write_csv(rows: Iterable[Row], out: TextIO) -> None:
    """Comma-separated, header first; cells that a spreadsheet would run are quoted."""
    flat = list(map(flatten, rows))
    columns = _columns(flat)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in flat:
        writer.writerow([_cell(row.get(column)) for column in columns])


@output("md")
def write_markdown(rows: Iterable[Row], out: TextIO) -> None:
    """A Markdown table."""
    flat = list(map(flatten, rows))
    columns = _columns(flat)
    _markdown_row(columns, out)
    _markdown_row(["---"] * len(columns), out)
    for row in flat:
        _markdown_row([plain(row.get(column)) for column in columns], out)


def flatten(row: Row) -> dict[str, Any]:
    """The row with nested mappings taken apart into columns `outer.inner`."""
    return dict(_flat(row, ""))


def _flat(row: Row, prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def plain(value: object) -> str:
    """A value in a cell: lists joined, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {plain(inner)}" for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(plain, value))
    return str(value)


def _cell(value: object) -> str:
    text = plain(value)
    risky = isinstance(value, str) and text.startswith(FORMULA)
    return f"'{text}" if risky else text


def _columns(rows: Iterable[Row]) -> list[str]:
    """Every column of any row, in the order in which they first come."""
    return list(dict.fromkeys(column for row in rows for column in row))


def _markdown_row(cells: Sequence[str], out: TextIO) -> None:
    escaped = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells)
    out.write("| " + " | ".join(escaped) + " |\n")
