"""Files that others wrote: their bytes, and values of the kind that they must be."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from corpus.errors import DataError
from corpus.files import read_regular

MOST: Final = 256 * 2**20
"""Bytes of a file that is read as a whole."""

FARTHEST: Final = 10**9
"""The last character of a text that anything may name."""

WRONG: Final = (
    *(KeyError, IndexError, TypeError, AttributeError, ValueError),
    *(OverflowError, RecursionError),
)
"""What it leads to where a value is not of the kind that it must be, or is not there."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises DataError where it is none, or too large."""
    try:
        data = read_regular(path, MOST)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > MOST:
        raise DataError(f"{path} is larger than {MOST >> 20} MB; export it in parts")
    return data


def string_of(value: object) -> str:
    """A value that must be text. Raises TypeError where it is none."""
    if not isinstance(value, str):
        raise TypeError(f"a {type(value).__name__} stands where a text belongs")
    return value


def position_of(value: object) -> int:
    """A value that must be a place in a text. Raises ValueError or TypeError where it is none."""
    if not isinstance(value, int | float | str):
        raise TypeError(f"a {type(value).__name__} stands where a number belongs")
    number = int(value)
    if not 0 <= number <= FARTHEST:
        raise ValueError(f"no text has a character {number:.3g}")
    return number
