"""Printable text: what a terminal or a file may be given of names that others chose.

Control characters, escape sequences, marks that turn the direction of writing, and bytes of a
file name that are not UTF-8 become visible escapes, which can be turned back.
"""

from __future__ import annotations

import re
from typing import Final

_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_ESCAPE: Final = re.compile(r"\\x([89a-f][0-9a-f])|\\u([0-9a-f]{4})")
_BYTE: Final = 0xDC00  # Python's stand-in for a byte of a name that is not UTF-8, less the byte


def printable(text: str) -> str:
    """The text with every character that must not reach a terminal as an escape."""
    return _UNSAFE.sub(_escape, text)


def original(text: str) -> str:
    """The text that `printable` was given."""
    return _ESCAPE.sub(_character, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if _BYTE + 0x80 <= code <= _BYTE + 0xFF:
        return f"\\x{code - _BYTE:02x}"
    return f"\\u{code:04x}"


def _character(found: re.Match[str]) -> str:
    return chr(_BYTE + int(found[1], 16)) if found[1] else chr(int(found[2], 16))
