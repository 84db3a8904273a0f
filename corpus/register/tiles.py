"""Tiles: a place for each authority of England on a map of squares of one size.

The layout is our own: each authority once, near its neighbours, in one piece with its region. It
shows where an authority lies among others, not how large it is.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO


@dataclass(frozen=True, slots=True)
class Tile:
    """The square of an authority: columns from the west, rows from the north, both from 0."""

    key: str
    region: str
    column: int
    row: int
    label: str
    """A name of two short lines at most."""


@cache
def tiles() -> dict[str, Tile]:
    """The tiles by the key of the authority (tiles.csv)."""
    text = files(__package__).joinpath("tiles.csv").read_text(encoding="utf-8")
    return {
        row["key"]: Tile(
            row["key"], row["region"], int(row["column"]), int(row["row"]), row["label"]
        )
        for row in csv.DictReader(StringIO(text))
    }
