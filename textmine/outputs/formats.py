"""The output formats, by name and by the ending of a file; here those that are text."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

from corpus.errors import UsageError

from .spool import Row, Spool, flatten, plain
from .table import lay_out, screen_width

Write: TypeAlias = Callable[[Iterable[Row], IO[Any]], None]


@dataclass(frozen=True, slots=True)
class Output:
    """A format: how rows are written to a sink, of text or, where it is `binary`, of bytes."""

    name: str
    write: Write
    binary: bool = False
    suffixes: tuple[str, ...] = ()
    """The endings of its files."""
    brief: bool = False
    """Whether a person reads it: it has the usual columns of a list, others have all."""
    encoding: str = "utf-8"
    """Of files."""

    def __call__(self, rows: Iterable[Row], sink: IO[Any]) -> None:
        """Write the rows to an open sink of the right kind."""
        self.write(rows, sink)

    def save(self, rows: Iterable[Row], path: str | Path) -> None:
        """Write the rows to a file."""
        if self.binary:
            with Path(path).open("wb") as data:
                self.write(rows, data)
        else:
            with Path(path).open("w", encoding=self.encoding, newline="") as text:
                self.write(rows, text)


OUTPUTS: dict[str, Output] = {}

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""A spreadsheet takes a cell that begins so for a formula (OWASP ASVS 5.0, 1.2.10)."""


def output(
    name: str,
    *,
    binary: bool = False,
    suffixes: tuple[str, ...] = (),
    brief: bool = False,
    encoding: str = "utf-8",
) -> Callable[[Write], Write]:
    """Registers a function as the output format `name`."""

    def add(write: Write) -> Write:
        new = Output(name, write, binary, suffixes, brief, encoding)
        if OUTPUTS.setdefault(name, new).write is not write:
            raise ValueError(f"output {name!r} is defined twice")
        return write

    return add


def format_of(path: Path) -> str:
    """The format that the ending of a file asks for. Raises UsageError where there is none."""
    for known in OUTPUTS.values():
        if path.suffix.lower() in known.suffixes:
            return known.name
    endings = ", ".join(suffix for known in OUTPUTS.values() for suffix in known.suffixes)
    raise UsageError(f"cannot tell the format of {path}: end it in {endings}, or give --format")


@output("table", suffixes=(".txt",), brief=True)
def write_table(rows: Iterable[Row], out: IO[str]) -> None:
    """The table of the screen; a paragraph a row where columns do not fit."""
    flat = [{name: plain(value) for name, value in flatten(row).items()} for row in rows]
    columns = list(dict.fromkeys(column for row in flat for column in row))
    out.writelines(f"{line}\n" for line in lay_out(flat, columns, screen_width(out)))


@output("json", suffixes=(".json",))
def write_json(rows: Iterable[Row], out: IO[str]) -> None:
    """One array with nested values, written as the rows come."""
    between = "["
    for row in rows:
        text = json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        out.write(f"{between}\n  {text}")
        between = ","
    out.write("[]\n" if between == "[" else "\n]\n")


@output("jsonl", suffixes=(".jsonl", ".ndjson"))
def write_jsonl(rows: Iterable[Row], out: IO[str]) -> None:
    """An object a line with nested values, written as the rows come."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@output("csv", suffixes=(".csv",), brief=True, encoding="utf-8-sig")
def write_csv(rows: Iterable[Row], out: IO[str]) -> None:
    """Commas between, and a byte order mark for Excel; no cell is run as a formula.

    Files begin with a byte order mark, by which Excel knows UTF-8.
    """
    with Spool(rows) as spool:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(map(_cell, spool.columns))
        for row in spool:
            writer.writerow([_cell(row.get(column)) for column in spool.columns])


@output("md", suffixes=(".md",), brief=True)
def write_markdown(rows: Iterable[Row], out: IO[str]) -> None:
    """A Markdown table."""
    with Spool(rows) as spool:
        _markdown_row(spool.columns, out)
        _markdown_row(["---"] * len(spool.columns), out)
        for row in spool:
            _markdown_row([plain(row.get(column)) for column in spool.columns], out)


def _cell(value: object) -> str:
    text = plain(value)
    risky = not isinstance(value, bool | int | float) and text.lstrip(" ").startswith(FORMULA)
    return f"'{text}" if risky else text


def _markdown_row(cells: Sequence[str], out: IO[str]) -> None:
    escaped = (
        cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
        for cell in cells
    )
    out.write("| " + " | ".join(escaped) + " |\n")
