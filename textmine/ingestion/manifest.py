"""Manifests: tables that name files and say what is known of them, as spreadsheets save them."""

from __future__ import annotations

import codecs
import csv
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final, get_args

from corpus.doctypes import doctypes
from corpus.errors import DataError
from corpus.files import read_regular
from corpus.model import IngestOptions, Visibility
from corpus.printable import printable
from index.maintenance.progress import Step, silent

from .candidate import Candidate

COLUMNS: Final = ("path", "authority", "type", "published", "as_at", "url", "visibility")

LIMIT: Final = 256 * 2**20
"""Bytes of a manifest: some millions of rows."""

_STEP: Final = 1_000
_DELIMITERS: Final = (",", ";", "\t")


def read_manifest(path: Path, step: Step = silent) -> Iterator[Candidate]:
    """The files that a manifest names; its paths are relative to its own folder.

    Commas, semicolons and tabs are read, and the line `sep=;` that spreadsheets write. Raises
    DataError for what is wrong, with its line. A step is a thousand lines.
    """
    lines = list(StringIO(_text(path), newline=""))
    skipped = 0
    if lines and lines[0].lower().startswith("sep="):
        delimiter = lines.pop(0).rstrip("\r\n")[4:5] or ","
        skipped = 1
    else:
        delimiter = _delimiter(lines[0] if lines else "")
    rows = csv.reader(lines, delimiter=delimiter)
    seen: dict[str, int] = {}
    columns: list[str] = []
    try:
        columns = [name.strip() for name in next(rows, [])]
        _check_columns(columns)
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            row = _row(columns, cells)
            line = rows.line_num + skipped
            if line % _STEP == 0:
                step(path.name, len(lines) // _STEP)
            _check_new(seen.setdefault(os.path.normpath(row["path"]), line), line)
            yield _candidate(path, row)
    except (csv.Error, ValueError) as error:
        line = max(rows.line_num, 1) + skipped
        raise DataError(f"{path} line {line}: {printable(str(error))}") from error


def _text(path: Path) -> str:
    try:
        data = read_regular(path, LIMIT)
    except OSError as error:
        raise DataError(f"cannot read the manifest {path}: {error.strerror}") from error
    if len(data) > LIMIT:
        raise DataError(f"the manifest {path} is larger than {LIMIT >> 20} MB; split it")
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"the manifest {path} is not UTF-8 text; save it as CSV UTF-8") from error


def _delimiter(header: str) -> str:
    """What stands between the names of columns."""
    return max(_DELIMITERS, key=header.count)


def _check_columns(columns: list[str]) -> None:
    twice = [name for name, count in Counter(columns).items() if count > 1]
    if twice:
        raise ValueError(f"the column {twice[0]!r} occurs twice; keep one")
    if "path" not in columns or set(columns) - set(COLUMNS):
        raise ValueError(f"the columns must be path and any of {', '.join(COLUMNS)}")


def _check_new(first: int, line: int) -> None:
    if first != line:
        raise ValueError(f"the same file as in line {first}; name it once")


def _row(columns: list[str], cells: list[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise ValueError(
            f"there are {len(cells)} cells for {len(columns)} columns; "
            "put a cell with a comma between quotation marks"
        )
    row = dict.fromkeys(columns, "")
    row.update((name, cell.strip()) for name, cell in zip(columns, cells, strict=False))
    if not row["path"]:
        raise ValueError("the path is empty")
    for name, value in row.items():
        if printable(value) != value:
            raise ValueError(f"the {name} contains a control character: {value!r}")
    return row


def _candidate(manifest: Path, row: dict[str, str]) -> Candidate:
    kind, visibility = row.get("type") or None, row.get("visibility") or None
    if kind and kind not in doctypes():
        raise ValueError(f"unknown document type: {kind!r}. Use {', '.join(sorted(doctypes()))}")
    if visibility not in (None, *get_args(Visibility)):
        raise ValueError(f"visibility must be public or internal, not {visibility!r}")
    return Candidate(
        manifest.parent / row["path"],
        row["path"],
        IngestOptions(
            authority=row.get("authority") or None,
            doc_type=kind,
            published=day(row.get("published")),
            as_at=day(row.get("as_at")),
            url=row.get("url") or None,
            visibility="internal" if visibility == "internal" else visibility and "public",
        ),
    )


def day(text: str | None) -> str | None:
    """A day as the library keeps it, None for no text. Raises ValueError for what is no day."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError as error:
        raise ValueError(f"not a date: {text!r}. Use a day such as 2024-03-31") from error
