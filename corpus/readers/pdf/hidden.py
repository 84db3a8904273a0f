"""Text of a PDF page that nobody sees: it is left out, and its lack is noted.

Outside the crop box, in a layer that is switched off, white on white, of no size, transparent or
behind a box: hidden text is a draft's rest, or an instruction to readers that are programs. Whether
a word is seen is asked of the page as it is drawn, so that white words on a dark ground stay, and
so does the text layer of a scan: its words stand on their picture. Pages are drawn only where
something makes them doubtful, for that takes ten times as long as reading one.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from ...model import Problem
from .frame import Frame, Handle, angle_of, bare, is_slanted

TINY = 2.0
"""Nobody reads print of less than so many points."""

LIGHT = 230
"""Colours whose darkest part is lighter than this may be unseen on white."""

FAINT = 26
"""Less opaque than this, of 255, is all but transparent."""

CONTRAST = 20
"""A word is seen where the page's grey differs by more than this within it, of 255."""

SCALE = 2.0
"""Pixels for each point of a page that is drawn to see what is on it."""

LAST = 40
"""A box that hides text is looked for among so many of the things that are drawn last."""

COVER = 0.03
"""It covers at least this share of the page."""

NEXT = 4.0
"""A word adjoins another at most so many widths of a letter before it."""

STAMP_SIZE = 36.0
"""Letters of a stamp are larger than this, in points."""
_STAMP = re.compile(
    r"(?:DRAFT|CONFIDENTIAL|RESTRICTED|OFFICIAL|SENSITIVE|OFFICIAL[-–: ]+SENSITIVE|EMBARGOED|SAMPLE"
    r"|SPECIMEN|COPY|SUPERSEDED|UNCONTROLLED|INTERNAL)[.!:]?"
)
"""What is printed across a page in large letters and is no text of it."""
STAMPED = re.compile(r"(?<!\S)[A-Z]{4,}[.!:]?(?!\S)")

_WORD = re.compile(r"[^\s\ufffe]+")


class VisibleText(NamedTuple):
    """The text of a page less what is not seen of it, which zero-width spaces stand for."""

    text: str
    problems: tuple[Problem, ...]


_colour_of = bare(pdfium.FPDFText_GetFillColor, ctypes.c_int)
_object_of = bare(pdfium.FPDFText_GetTextObject, pdfium.FPDF_PAGEOBJECT)
_mode_of = bare(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)

_WITHOUT_INK = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


class Inks:
    """How the characters of a page are drawn."""

    def __init__(self, textpage: Handle) -> None:
        self._textpage = textpage
        self._colour = (ctypes.c_uint * 4)()
        size = ctypes.sizeof(ctypes.c_uint)
        self._to_colour = [ctypes.byref(self._colour, part * size) for part in range(4)]

    def is_doubtful(self, index: int) -> bool:
        """Whether a character's colour or way of drawing lets doubt that it is seen."""
        if _colour_of(self._textpage, index, *self._to_colour):
            red, green, blue, alpha = self._colour
            if min(red, green, blue) > LIGHT or alpha < FAINT:
                return True
        drawn = _object_of(self._textpage, index)
        return bool(drawn) and _mode_of(drawn) in _WITHOUT_INK


def has_layers(data: bytes) -> bool:
    """Whether a file has layers that may be switched off."""
    if b"/OCProperties" in data:
        return True
    return any(b"/OCProperties" in each for each in _object_streams(data))


def _object_streams(data: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"/ObjStm\b[^\0]{0,400}?stream\r?\n", data):
        try:
            yield zlib.decompressobj().decompress(data[match.end() :], OBJECTS)
        except zlib.error:
            continue


OBJECTS = 2**20
"""So many bytes of an object stream are looked at."""


def may_be_covered(page: Handle, frame: Frame) -> bool:
    """Whether a large shape or picture is drawn over text, among the last things on the page."""
    count = pdfium.FPDFPage_CountObjects(page)
    least = COVER * frame.width * frame.height
    text = count > LAST
    for index in range(max(0, count - LAST), count):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            text = True
        elif text and _area(drawn) > least:
            return True
    return False


def _area(drawn: Handle) -> float:
    left, bottom, right, top = _bounds(drawn)
    return (right - left) * (top - bottom)


def visible_text(
    page: Handle, textpage: Handle, text: str, frame: Frame, number: int
) -> VisibleText:
    """The page's text, character for character, with all that is not seen blanked."""
    found = list(_unseen(_Looks(page, textpage, frame), text))
    hidden = sum(end - start for start, end, _ in found)
    if sum(map(str.isalnum, text)) - hidden <= STAMP_LETTERS:
        # Hardly anything is seen: the text without ink is that of the page, as in a scan.
        found = [each for each in found if each[2] != "without-ink"]
    blanked, counts = list(text), Counter[str]()
    for start, end, reason in found:
        blanked[start:end] = BLANK * (end - start)
        counts["text-hidden" if reason == "without-ink" else reason] += end - start
    problems = tuple(
        Problem(kind, _MESSAGES[kind].format(count), number) for kind, count in counts.items()
    )
    return VisibleText("".join(blanked), problems)


def _unseen(looks: _Looks, text: str) -> Iterator[tuple[int, int, str]]:
    """The words that nobody sees, each with the reason; marks go with the word before them."""
    for line in re.finditer(r"[^\r\n\ufffe]+", text):
        reason: str | None = None
        for match in _WORD.finditer(text, line.start(), line.end()):
            start, end = match.span()
            if any(map(str.isalnum, match.group())):
                goes_on = start > line.start() and not reason
                reason = looks.hidden(match.group(), start, end, goes_on=goes_on)
            if reason:
                yield start, end, reason


STAMP_LETTERS = 60
"""A scanner may print so many letters on a page: a date, a number, its own name."""

BLANK = "\u200b"
_MESSAGES = {
    "text-hidden": "{} characters that nobody sees on this page were left out",
    "text-outside": "{} characters outside the visible page were left out",
    "watermark": "{} characters of a watermark or stamp were left out",
}


def _pictures(page: Handle) -> Iterator[Sequence[float]]:
    """The boxes of the pictures on a page."""
    for drawn in drawn_on(page):
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield _bounds(drawn)


def drawn_on(page: Handle) -> Iterator[Handle]:
    """The objects that are drawn on a page, in their order."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield pdfium.FPDFPage_GetObject(page, index)


def _bounds(drawn: Handle) -> Sequence[float]:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(drawn, *edges)
    return [edge.value for edge in edges]


class _Looks:
    """The page as it is drawn, and whether a word is seen on it."""

    def __init__(self, page: Handle, textpage: Handle, frame: Frame) -> None:
        self._textpage, self._frame = textpage, frame
        self._pictures = list(_pictures(page))
        self._width, self._height = (
            max(round(side * SCALE), 1)
            for side in (frame.right - frame.left, frame.top - frame.bottom)
        )
        bitmap = pypdfium2.PdfBitmap.new_native(self._width, self._height, pdfium.FPDFBitmap_Gray)
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, self._width, self._height)
            size = (0, 0, self._width, self._height)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, *size, 0, pdfium.FPDF_GRAYSCALE)
            self._pixels, self._stride = bytes(bitmap.buffer), bitmap.stride
        finally:
            bitmap.close()

    def hidden(self, word: str, start: int, end: int, *, goes_on: bool) -> str | None:
        """Why the word is no text of the page; None where it is.

        A line that `goes_on` over the edge of the page is read to its end.
        """
        first, last = self._box(start), self._box(end - 1)
        left, bottom = min(first[0], last[0]), min(first[1], last[1])
        right, top = max(first[2], last[2]), max(first[3], last[3])
        middle = ((left + right) / 2, (bottom + top) / 2)
        large = max(first[3] - first[1], first[2] - first[0]) > STAMP_SIZE
        if (large and _STAMP.fullmatch(word)) or is_slanted(angle_of(self._textpage, start)):
            return "watermark"
        if not self._is_inside((left, bottom), (right, top)):
            inside = self._is_inside(middle) or (goes_on and self._adjoins(start))
            return None if inside else "text-outside"
        tiny = min(right - left, top - bottom) < TINY
        if tiny or not self._differs(left, bottom, right, top):
            drawn = tiny or self._has_ink(start)
            return "text-hidden" if drawn else self._without_ink(middle)
        return None

    def _without_ink(self, middle: tuple[float, float]) -> str | None:
        """What is not drawn is the text of the picture that it stands on, or a text of its own."""
        on_picture = any(
            left <= middle[0] <= right and bottom <= middle[1] <= top
            for left, bottom, right, top in self._pictures
        )
        return None if on_picture else "without-ink"

    def _is_inside(self, *points: tuple[float, float]) -> bool:
        frame = self._frame
        return all(
            frame.left - 1 <= x <= frame.right + 1 and frame.bottom - 1 <= y <= frame.top + 1
            for x, y in points
        )

    def _adjoins(self, start: int) -> bool:
        """Whether no wide space parts a word from the one before it."""
        here, before = self._box(start), self._box(max(start - 2, 0))
        size = min(here[2] - here[0], here[3] - here[1]) * NEXT
        return all(abs(here[edge] - before[edge]) < size for edge in (0, 1))

    def _has_ink(self, index: int) -> bool:
        """Whether a word is drawn at all: text recognition adds its words to a scan unseen."""
        drawn = pdfium.FPDFText_GetTextObject(self._textpage, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
        return bool(mode != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)

    def _box(self, index: int) -> Sequence[float]:
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._textpage, index, ctypes.byref(box))
        return box.left, box.bottom, box.right, box.top

    def _differs(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether there is any contrast in the box, whose edges may hold something else."""
        down, across = (top - bottom) / 5, (right - left) / 20
        first = max(round((left + across - self._frame.left) * SCALE), 0)
        last = min(round((right - across - self._frame.left) * SCALE), self._width)
        upper = max(round((self._frame.top - top + down) * SCALE), 0)
        lower = min(round((self._frame.top - bottom - down) * SCALE), self._height)
        darkest, lightest = 255, 0
        for row in range(upper, lower):
            begin = row * self._stride
            pixels = self._pixels[begin + first : begin + last]
            if pixels:
                darkest, lightest = min(darkest, *pixels), max(lightest, *pixels)
        return lightest - darkest > CONTRAST
