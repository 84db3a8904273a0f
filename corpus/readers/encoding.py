"""Bytes of a text or a web page into characters: the mark at their head, what they say, then UTF-8.

What is no UTF-8 is Windows-1252, as old tools write it: read as something else, "aren't" loses its
apostrophe and means the contrary.
"""

from __future__ import annotations

import codecs
import re

from ..model import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z][\w.:-]{1,30})""")
HEAD = 2048
"""A page says in so many bytes at its head how it is written."""

EMPTY = 0.3
"""Text in UTF-16 without a mark has a byte of nought at this share of its odd or even places."""

_LIKE_1252 = frozenset({"iso8859-1", "ascii", "latin-1"})
"""What browsers read as Windows-1252, whose quotes it lacks."""


def encoding_of(data: bytes, *, declared: bool = False) -> str:
    """The encoding of a text; of a web page by what it declares, where it has no mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    head = data[:HEAD]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[offset::2]
        if half and half.count(0) > EMPTY * len(half):
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        found = _DECLARED.search(head) if declared else None
        return _known(found[1].decode("ascii")) if found else "cp1252"
    return "utf-8"


def _known(name: str) -> str:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return "cp1252"
    return "cp1252" if known in _LIKE_1252 or known.startswith("utf") else known


def decoded(data: bytes, *, declared: bool = False) -> str:
    """The characters; what its encoding does not know is U+FFFD."""
    return data.decode(encoding_of(data, declared=declared), errors="replace").removeprefix(
        "\ufeff"
    )


def unreadable_letters(text: str, page: int | None = None) -> list[Problem]:
    """A problem where characters of a text are lost, or are those of a font of its own."""
    lost = text.count("\ufffd")
    private = len(_PRIVATE.findall(text))
    if not lost and private <= PRIVATE * len(text):
        return []
    message = f"{lost + private} letters could not be read; compare with the original"
    return [Problem("letters-unreadable", message, page)]


_PRIVATE = re.compile("(?<=[^\\s])[\ue000-\uf8ff]|[\ue000-\uf8ff](?=[^\\s])")
PRIVATE = 0.02
"""A list's marks may be so many of all characters; more are letters of a font of its own."""
