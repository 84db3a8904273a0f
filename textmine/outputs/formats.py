"""The output formats: table, JSON, JSON lines, CSV, Markdown."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

from .table import lay_out, screen_width

Row: TypeAlias = Mapping[str, Any]

Write: TypeAlias = Callable[[Iterable[Row], IO[Any]], None]


@dataclass(frozen=True, slots=True)
class Output:
    """A format: how rows are written to a sink, of text or, where it is `binary`, of bytes."""

    name: str
    write: Write
    binary: bool = False

    def __call__(self, rows: Iterable[Row], sink: IO[Any]) -> None:
        """Write the rows to an open sink of the right kind."""
        self.write(rows, sink)

    def save(self, rows: Iterable[Row], path: Path) -> None:
        """Write the rows to a file."""
        if self.binary:
            with path.open("wb") as data:
                self.write(rows, data)
        else:
            with path.open("w", encoding="utf-8", newline="") as text:
                self.write(rows, text)


OUTPUTS: dict[str, Output] = {}

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A spreadsheet takes a cell that begins so for a formula (OWASP ASVS 5.0, 1.2.10)."""


def output(name: str, *, binary: bool = False) -> Callable[[Write], Write]:
    """Registers a function as the output format `name`."""

    def add(write: Write) -> Write:
        if OUTPUTS.setdefault(name, Output(name, write, binary)).write is not write:
            raise ValueError(f"output {name!r} is defined twice")
        return write

    return add


@output("table")
def write_table(rows: Iterable[Row], out: IO[str]) -> None:
    """Aligned columns for a person; a paragraph a row where they do not fit the screen."""
    flat = [{name: plain(value) for name, value in flatten(row).items()} for row in rows]
    out.writelines(f"{line}\n" for line in lay_out(flat, _columns(flat), screen_width(out)))


@output("json")
def write_json(rows: Iterable[Row], out: IO[str]) -> None:
    """One array."""
    json.dump(list(rows), out, ensure_ascii=False, indent=2)
    out.write("\n")


@output("jsonl")
def write_jsonl(rows: Iterable[Row], out: IO[str]) -> None:
    """One object a line, written as they come."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@output("csv")
def write_csv(rows: Iterable[Row], out: IO[str]) -> None:
    """Comma-separated, header first; cells that a spreadsheet would run are quoted."""
    flat = list(map(flatten, rows))
    columns = _columns(flat)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in flat:
        writer.writerow([_cell(row.get(column)) for column in columns])


@output("md")
def write_markdown(rows: Iterable[Row], out: IO[str]) -> None:
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


def _markdown_row(cells: Sequence[str], out: IO[str]) -> None:
    escaped = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells)
    out.write("| " + " | ".join(escaped) + " |\n")
