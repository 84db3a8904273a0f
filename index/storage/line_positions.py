"""Line positions on pages, packed: column by column, little-endian, deflated.

Full doubles, so that packing is lossless; deflate compresses their repetitions well (9 KB for 800
lines, in under a millisecond).
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence
from typing import Any, Final

from corpus.model import PlacedLine

_COLUMNS: Final = ("q", "q", "q", "d", "d", "d", "d")  # start, end, page; x0, y0, x1, y1
_MOST: Final = 280 * 2**20
"""Bytes unpacked: five million lines, which no document has. A few bytes can stand for many."""
_LEVEL: Final = 3  # higher ones cost twice the time for a tenth of the size


def pack(lines: Sequence[PlacedLine]) -> bytes:
    """The lines as bytes."""
    columns = zip(_COLUMNS, zip(*lines, strict=True), strict=False)  # no line, no column
    return zlib.compress(b"".join(_little(array(c, v)).tobytes() for c, v in columns), _LEVEL)


def unpack(packed: bytes) -> tuple[PlacedLine, ...]:
    """The unpacked lines. Raises ValueError or zlib.error where the bytes are not of lines."""
    inflated = zlib.decompressobj()
    body = inflated.decompress(packed, _MOST)
    if not inflated.eof:
        raise ValueError("places of lines that are cut off, or too many")
    size = len(body) // len(_COLUMNS)
    columns = []
    for place, code in enumerate(_COLUMNS):
        column = array(code)
        column.frombytes(body[place * size : (place + 1) * size])
        columns.append(_little(column))
    return tuple(PlacedLine(*line) for line in zip(*columns, strict=True))


def _little(column: array[Any]) -> array[Any]:
    """Swap the bytes on a machine that writes the high one first."""
    if sys.byteorder == "big":
        column.byteswap()
    return column
