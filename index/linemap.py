"""Where a document's lines are printed, packed into a few kilobytes.

Coordinates are nearly always hundredths of a point; then they are kept as integers, column
by column, each as its difference from the line before, which deflates to a fifth of the
plain numbers. Where any is not, all are kept as they are: what comes out is what went in.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from corpus.model import PlacedLine

_WHOLE: Final = b"i"
_EXACT: Final = b"d"
_UNIT: Final = 100
_LEVEL: Final = 6
_INTEGERS: Final = 3  # start, end, page; then four coordinates


def pack(lines: Sequence[PlacedLine]) -> bytes:
    """The lines as bytes."""
    if not lines:
        return b""
    columns = list(zip(*lines, strict=True))
    scaled = [[round(x * _UNIT) for x in column] for column in columns[_INTEGERS:]]
    exact = any(
        [n / _UNIT for n in whole] != list(column)
        for whole, column in zip(scaled, columns[_INTEGERS:], strict=True)
    )
    if exact:
        body = b"".join(_steps(c) for c in columns[:_INTEGERS]) + b"".join(
            struct.pack(f"<{len(lines)}d", *column) for column in columns[_INTEGERS:]
        )
    else:
        body = b"".join(_steps(c) for c in (*columns[:_INTEGERS], *scaled))
    head = (_EXACT if exact else _WHOLE) + struct.pack("<I", len(lines))
    return head + zlib.compress(body, _LEVEL)


def unpack(packed: bytes) -> tuple[PlacedLine, ...]:
    """The lines that `pack` was given."""
    if not packed:
        return ()
    exact = packed[:1] == _EXACT
    (count,) = struct.unpack_from("<I", packed, 1)
    body = zlib.decompress(packed[5:])
    wholes = _INTEGERS if exact else _INTEGERS + 4
    columns: list[Sequence[float]] = [
        list(accumulate(struct.unpack_from(f"<{count}q", body, place * 8 * count)))
        for place in range(wholes)
    ]
    if exact:
        columns += [
            struct.unpack_from(f"<{count}d", body, (wholes + place) * 8 * count)
            for place in range(4)
        ]
    else:
        columns[_INTEGERS:] = [[n / _UNIT for n in column] for column in columns[_INTEGERS:]]
    return tuple(PlacedLine(*row) for row in zip(*columns, strict=True))


def _steps(column: Sequence[int]) -> bytes:
    """Each number as its difference from the one before it."""
    return struct.pack(f"<{len(column)}q", column[0], *(b - a for a, b in pairwise(column)))
