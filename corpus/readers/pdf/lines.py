"""A PDF page's text into lines, each with its box, size, weight and wide spaces.

PDFium hands a page's text over as one string in drawing order. We split it at its line
breaks and ask for the box of a line's first and last character only: every character's box
would cost three and a half times the whole.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from ...model import Gap, Line
from ..repair import repair
from .frame import Box, Frame, Handle, angle_of, bare, is_slanted, turn_of
from .hidden import BLANK, STAMP_SIZE, STAMPED, TINY, Inks

HYPHEN = "\ufffe"
"""PDFium's mark for a hyphen at the end of a line, where no line break follows it."""

BOLD = 600
"""Font weights from here on are bold (CSS numbering)."""

NAME_BYTES = 256
"""Room for a font's name."""

UNIT = 4
"""A font size below this is a unit font scaled by the text matrix (a Word habit)."""

WIDE = 1.0
"""A space wider than this many ems separates cells, not words."""

RAISED = 0.8
"""A number of less than this share of the size of what it is set to is a footnote's mark."""


_box = bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_size_of = bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_weight_of = bare(pdfium.FPDFText_GetFontWeight, ctypes.c_int)
_angle_of = bare(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
"""What is asked of every line."""

_TRAILING = f" \t\xa0{HYPHEN}{BLANK}"
_SPACES = re.compile(r" +(?=\S)")
_DIGITS = re.compile(r"(?<=\S)\d(?:[\d,]*\d)?")
"""Digits set to a letter, a mark or other digits: a footnote's mark, if they are small."""


def page_text(textpage: Handle) -> str:
    """The page's text, one code unit a character of PDFium's count, as its indices need."""
    count = pdfium.FPDFText_CountChars(textpage)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    return bytes(memoryview(buffer)[: max(written - 1, 0)]).decode("utf-16-le", "replace")


class LineReader:
    """Reads the lines of one page. `doubtful` says afterwards whether some may not be seen."""

    def __init__(self, textpage: Handle, frame: Frame) -> None:
        self._textpage = textpage
        self.frame = frame
        self.doubtful = False
        self._inks = Inks(textpage)
        self._rect = pdfium.FS_RECTF()
        self._to_rect = ctypes.byref(self._rect)

    def lines(self, text: str, loose: float | None) -> Iterator[Line]:
        """The lines of the text; spaces are looked at in those looser than so many ems a letter."""
        printed = list(self._printed(text))
        self.frame = self.frame._replace(turn=self._turn(printed))
        size_before = rounded = 0.0
        for start, line in printed:
            found = self._line(start, line, loose)
            if found:
                size = found.size
                if size != size_before:
                    size_before, rounded = size, round(size, 1)
                yield found._replace(size=rounded) if size != rounded else found

    def _printed(self, text: str) -> Iterator[tuple[int, str]]:
        """The printed lines and where each begins."""
        behind = 0
        for line in text.replace("\r", "\n").replace(HYPHEN, f"{HYPHEN}\n").split("\n"):
            if line not in {"", HYPHEN}:
                yield behind, line
            behind += len(line) + (line[-1:] != HYPHEN)

    def _turn(self, printed: list[tuple[int, str]]) -> int:
        """The direction of most text; slanted text is doubtful."""
        leaning = [each for each in printed if _angle_of(self._textpage, each[0])]
        if not leaning:
            return 0
        angles = [(angle_of(self._textpage, start), len(line)) for start, line in leaning]
        self.doubtful = self.doubtful or any(is_slanted(angle) for angle, _ in angles)
        level = sum(len(line) for _, line in printed) - sum(size for _, size in angles)
        return turn_of([(0.0, level), *angles])

    def _line(self, start: int, printed: str, loose: float | None) -> Line | None:
        if BLANK in printed:
            lead = len(printed) - len(printed.lstrip(f" \xa0{BLANK}"))
            start, printed = start + lead, printed[lead:]
        text, lead = repair(printed)
        if not text:
            return None
        start, printed = start + lead, printed[lead:]
        if _DIGITS.search(printed):
            bare = self._without_marks(start, printed)
            if bare != printed:
                printed = bare
                text, _ = repair(printed)
        end = start + len(printed.rstrip(_TRAILING))
        x0, y0, _, _ = self._place(start)
        _, _, x1, y1 = self._place(end - 1)
        size = self._size(start)
        self._doubt(start, end, size, (x0, y0, x1, y1), printed)
        gaps: tuple[Gap, ...] = ()
        if loose is not None and x1 - x0 > loose * size * len(text) and " " in text:
            gaps = tuple(self._gaps(start, printed.rstrip(), size))
        weight = _weight_of(self._textpage, start)
        return Line(
            text,
            round(x0 * 10) / 10,  # the same as round(x0, 1), in half the time
            round(y0 * 10) / 10,
            round(x1 * 10) / 10,
            round(y1 * 10) / 10,
            size,
            weight >= BOLD if weight else self._is_named_bold(start),
            gaps,
        )

    def _place(self, index: int) -> Box:
        _box(self._textpage, index, self._to_rect)
        rect, frame = self._rect, self.frame
        if not frame.turn:
            left, top = frame.left, frame.top
            return rect.left - left, top - rect.top, rect.right - left, top - rect.bottom
        return frame.place(rect.left, rect.bottom, rect.right, rect.top)

    def _doubt(self, start: int, end: int, size: float, box: Box, printed: str) -> None:
        """Notes whether a line may not be seen: by its ends, its size and its place."""
        if self.doubtful:
            return
        frame = self.frame
        self.doubtful = (
            size < TINY
            or size > STAMP_SIZE
            or not (box[0] > -1 and box[2] < frame.width + size)
            or not (box[1] > -1 and box[3] < frame.height + size)
            or self._inks.is_doubtful(start)
            or self._inks.is_doubtful(end - 1)
            or any(
                self._size(start + match.start()) > STAMP_SIZE
                for match in STAMPED.finditer(printed)
            )
        )

    def _size(self, index: int) -> float:
        size: float = _size_of(self._textpage, index)
        return size * self._scale(index) if size < UNIT else size

    def _scale(self, index: int) -> float:
        """What the text matrix makes of a unit font's size."""
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._textpage, index, matrix):
            return 1.0
        return abs(matrix.d) or abs(matrix.b) or 1.0

    def _is_named_bold(self, index: int) -> bool:
        """By the font's name, where it states no weight (fonts that are not embedded)."""
        name = ctypes.create_string_buffer(NAME_BYTES)
        pdfium.FPDFText_GetFontInfo(self._textpage, index, name, NAME_BYTES, ctypes.c_int())
        return b"bold" in name.value.lower()

    def _without_marks(self, start: int, printed: str) -> str:
        """The line with the marks of footnotes blanked: digits smaller than what they are set to.

        "In 2023³ there were 41⁴ care leavers" would be 20233 and 414 otherwise.
        """
        for match in _DIGITS.finditer(printed):
            mark = match.end() - 1
            small = self._size(start + mark)
            while mark > match.start() and self._size(start + mark - 1) == small:
                mark -= 1
            if small < RAISED * self._size(start + mark - 1):
                blank = BLANK * (match.end() - mark)
                printed = f"{printed[:mark]}{blank}{printed[match.end() :]}"
        return printed

    def _gaps(self, start: int, printed: str, size: float) -> Iterator[Gap]:
        for match in _SPACES.finditer(printed):
            if not match.start():
                continue
            right = self._place(start + match.start() - 1)[2]
            left = self._place(start + match.end())[0]
            if left - right > WIDE * size:
                offset = len(repair(printed[: match.end()] + "x")[0]) - 1
                yield Gap(offset, round(right, 1), round(left, 1))
