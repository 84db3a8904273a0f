"""Breaking text into printed lines the way a word processor does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import fonts

_PIECE = re.compile(r"[^\s\u2013-]+[\u2013-]*|[\u2013-]+|\s+")


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of a paragraph: broken at spaces, behind hyphens, and where a bar stands.

    A line that was broken at a space keeps it, as in the inspectorate's files; one broken
    behind a hyphen ends in the hyphen.
    """
    return [line for part in text.split("|") for line in _wrap(part.lstrip(), font, size, width)]


def _wrap(text: str, font: str, size: float, width: float) -> Iterator[str]:
    line = ""
    for piece in _PIECE.findall(text):
        if line.strip() and fonts.width((line + piece).rstrip(), font, size) > width:
            yield line
            line = ""
        if line or not piece.isspace():
            line += piece
    if line:
        yield line
