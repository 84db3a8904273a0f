"""The canonical text: one string built from blocks, with the place of every line on its page.

Lines of a block are joined with a space, blocks with a line feed, cells of a table row with a
bar. A word that was broken at a line end is joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..lazy import lazy
from ..model import PlacedLine
from .blocks import Block

CELL = " | "
"""Between the cells of a table row."""

_TAIL = re.compile(r"[A-Za-z]+-$")
_HEAD = re.compile(r"[a-z]+")
_SUSPENDED = re.compile(r"(?:and|or|to)\s")


@dataclass(frozen=True, slots=True)
class Canonical:
    """The text, its lines' places, and where each block begins and ends in it."""

    text: str
    lines: tuple[PlacedLine, ...]
    blocks: tuple[tuple[int, int], ...]
    rows: tuple[tuple[tuple[int, int], ...], ...]
    """For each block the ranges of its cells; empty for a block that is no table row."""


def canonical(blocks: Sequence[Block]) -> Canonical:
    """The canonical text of blocks, each of at least one character."""
    words = _Words(blocks)
    text: list[str] = []
    lines: list[PlacedLine] = []
    ranges: list[tuple[int, int]] = []
    rows: list[tuple[tuple[int, int], ...]] = []
    at = 0
    for block in blocks:
        if at:
            text.append("\n")
            at += 1
        start = at
        cells = [at]
        for index, piece, separator in _pieces(block, words):
            if separator:
                text.append(separator)
                at += len(separator)
            if index in block.cells:
                cells.append(at)
            placed = block.lines[index]
            line = placed.line
            text.append(piece)
            if piece or at == start:  # a block begins with a line
                lines.append(
                    PlacedLine(at, at + len(piece), placed.page, line.x0, line.y0, line.x1, line.y1)
                )
            at += len(piece)
        ranges.append((start, at))
        ends = [cell - len(CELL) for cell in cells[1:]] + [at]
        rows.append(tuple(zip(cells, ends, strict=True)) if block.cells else ())
    return Canonical("".join(text), tuple(lines), tuple(ranges), tuple(rows))


def _pieces(block: Block, words: _Words) -> Iterable[tuple[int, str, str]]:
    """The block's lines as they go into the text: index, words, and what stands before them."""
    held: tuple[int, str, str] | None = None
    for index, placed in enumerate(block.lines):
        piece = placed.line.text[placed.skip :].strip()
        if not piece and not (block.cells and index in {0, *block.cells}):
            continue  # but a cell may be empty: those after it keep their columns
        separator = ""
        if held:
            if index in block.cells:
                separator = CELL
            else:
                kept, separator = _join(held[1], piece, words)
                held = (held[0], kept, held[2])
            yield held
        held = (index, piece, separator)
    if held:
        yield held


def _join(before: str, behind: str, words: _Words) -> tuple[str, str]:
    """How a line ends and what stands between it and the next one."""
    if not before.endswith("-") or before.endswith((" -", "--")) or _SUSPENDED.match(behind):
        return before, " "
    tail, head = _TAIL.search(before), _HEAD.match(behind)
    if tail and head:
        left, right = tail.group().lower(), head.group()
        broken = f"{left[:-1]}{right}" in words and f"{left}{right}" not in words
        if broken:
            return before[:-1], ""
    return before, ""


class _Words:
    """Whether a word occurs in the document; its text is put together when first asked."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks

    @lazy
    def _text(self) -> str:
        texts = (placed.line.text for block in self._blocks for placed in block.lines)
        return "\n".join(texts).lower()

    def __contains__(self, word: str) -> bool:
        text, at = self._text, self._text.find(word)
        while at >= 0:
            end = at + len(word)
            edges = text[max(at - 1, 0) : at] + text[end : end + 1]
            if not any(char.isalpha() or char == "-" for char in edges):
                return True
            at = text.find(word, at + 1)
        return False
