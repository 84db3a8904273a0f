"""A spool: rows on their way to a file, whose columns must be known before the first is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from tempfile import SpooledTemporaryFile
from typing import Any, Final, Self, TypeAlias

from .columns import COLUMNS, ColumnType, kind_of, settled

Row: TypeAlias = Mapping[str, Any]

_IN_MEMORY: Final = 8_000_000
"""Bytes of rows that are kept in memory; more go to a temporary file."""


class Spool(AbstractContextManager["Spool"]):
    """Flat rows, read as often as needed, and what their columns are; memory is bounded."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._kinds: dict[str, set[ColumnType]] = {}
        self.count = 0
        self._file = SpooledTemporaryFile(  # noqa: SIM115 (closed by close)
            max_size=_IN_MEMORY, mode="w+", encoding="utf-8", newline="\n"
        )
        try:
            self._keep(rows)
        except BaseException:
            self._file.close()
            raise

    def _keep(self, rows: Iterable[Row]) -> None:
        for row in rows:
            flat = flatten(row)
            for name, value in flat.items():
                kinds = self._kinds.setdefault(name, set())
                if value is not None:
                    kinds.add(kind_of(value))
            self._file.write(json.dumps(flat) + "\n")
            self.count += 1

    def __iter__(self) -> Iterator[Row]:
        self._file.seek(0)
        return map(json.loads, self._file)

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    @property
    def columns(self) -> list[str]:
        """Every column of any row, in the order in which they first come."""
        return list(self._kinds)

    def type_of(self, column: str) -> ColumnType:
        """The type of a column: that of the dictionary, where the values are of it."""
        known = COLUMNS[column].type if column in COLUMNS else "text"
        return settled(known, set(self._kinds[column]))


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
