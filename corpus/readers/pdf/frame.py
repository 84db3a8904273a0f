"""The part of a PDF page that a reader sees, and which way up its text stands."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

import pypdfium2.raw as pdfium

Handle: TypeAlias = Any
"""PDFium's pointer to a page or to its text; whoever loads it closes it."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, from the top left corner of what is seen."""

QUARTER = 90


def bare(function: Any, result: type) -> Any:
    """A function of PDFium without the types of its arguments: four times faster to call.

    Whole numbers and pointers need none.
    """
    return ctypes.cast(function, ctypes.CFUNCTYPE(result))


class Frame(NamedTuple):
    """The visible box of a page in its own coordinates, which count from the bottom left corner.

    `turn` is the direction of its text, in degrees against the clock: 90 runs up the page.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def width(self) -> float:
        """Across the lines of text."""
        return self.top - self.bottom if self.turn % 180 else self.right - self.left

    @property
    def height(self) -> float:
        """Down the lines of text."""
        return self.right - self.left if self.turn % 180 else self.top - self.bottom

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box of the page's coordinates stands for somebody who reads its text."""
        if self.turn == QUARTER:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 2 * QUARTER:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.turn == 3 * QUARTER:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom


def frame_of(page: Handle) -> Frame:
    """The crop box inside the media box: what is printed."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        return Frame(0.0, 0.0, width, height)
    return Frame(box.left, box.bottom, box.right, box.top)


def angle_of(textpage: Handle, index: int) -> float:
    """The direction of a character in radians against the clock; italics lean and are level."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(textpage, index, matrix):
        return 0.0
    return math.atan2(matrix.b, matrix.a)


def turn_of(angles: Iterable[tuple[float, int]]) -> int:
    """The direction in which most text runs: angles, each with how much text has it."""
    turns: Counter[int] = Counter()
    for angle, weight in angles:
        turns[round(math.degrees(angle) / QUARTER) * QUARTER % 360] += weight
    return turns.most_common(1)[0][0] if turns else 0


def is_slanted(angle: float) -> bool:
    """Whether text stands askew, as no text does but a watermark's or a stamp's."""
    degrees = math.degrees(angle) % QUARTER
    return min(degrees, QUARTER - degrees) > SLANT


SLANT = 8.0
"""A scan may be this many degrees askew."""
