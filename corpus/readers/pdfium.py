"""The PDF reader: pages into lines, with PDFium.

PDFium hands a page's text over as one string in drawing order. We split it at its line
breaks and ask for the box of a line's first and last character only: every character's box
would cost three and a half times the whole. PDFium is not thread-safe; use processes.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from ..errors import Unreadable
from ..limits import Limits
from ..model import Gap, Line, OcrMode, Page, RawDocument
from . import ocr
from .repair import repair

Handle: TypeAlias = Any
"""PDFium's pointer to a page or to its text; whoever loads it closes it."""

HYPHEN = "\ufffe"
"""PDFium's mark for a hyphen at the end of a line, where no line break follows it."""

BOLD = 600
"""Font weights from here on are bold (CSS numbering)."""

NAME_BYTES = 256
"""Room for a font's name."""

TINY = 4
"""A font size below this is a unit font scaled by the text matrix (a Word habit)."""

WIDE = 1.0
"""A space wider than this many ems separates cells, not words."""

LOOSE = 0.62
"""Lines are searched for wide spaces that take more than this many ems a character; running
text takes 0.42 to 0.52 in the fonts of these reports."""

TABLE_PAGES = 3
LOOSE_IN_TABLES = 0.475
"""Grade tables stand on the first pages: there a label may fill its cell but for one em."""

LOOSE_ON_SLIDES = 0.0
"""On a slide every line is: boxes stand side by side on it."""

STAMP = 60
"""A scanner may print so many characters on a page: a date, a number, its own name."""

UPRIGHT = 0.6
"""Where text recognition is less sure than this, the page may have been scanned sideways."""

HALF = 0.5
"""A picture of a page covers more than this share of it."""


def _bare(function: Any, result: type) -> Any:
    """A function of PDFium without the types of its arguments: four times faster to call.

    Whole numbers and pointers need none.
    """
    return ctypes.cast(function, ctypes.CFUNCTYPE(result))


_box = _bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_size_of = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_weight_of = _bare(pdfium.FPDFText_GetFontWeight, ctypes.c_int)
"""What is asked of every line."""

_TRAILING = f" \t\xa0{HYPHEN}"
_SPACES = re.compile(r" +(?=\S)")


def read_pdf(data: bytes, limits: Limits, mode: OcrMode = "auto") -> RawDocument:
    """All pages of a PDF; scanned ones by text recognition, where it is there and asked for.

    Raises Unreadable for a damaged, locked, empty or excessive file.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("the PDF is locked with a password; save a copy without it") from error
        raise Unreadable("the PDF is damaged; download it again") from error
    try:
        return RawDocument("application/pdf", tuple(_pages(document, limits, _wanted(mode))))
    finally:
        document.close()


def _wanted(mode: OcrMode) -> OcrMode:
    return mode if ocr.available() else "never"


def _pages(document: pypdfium2.PdfDocument, limits: Limits, mode: OcrMode) -> Iterator[Page]:
    if not len(document):
        raise Unreadable("the PDF has no pages; download it again")
    limits.check("pages", len(document))
    characters = 0
    for index in range(len(document)):
        # Bare handles: the helpers around them cost a twentieth of all reading.
        page = _loaded(pdfium.FPDF_LoadPage(document, index), index)
        try:
            rotation = 90 * pdfium.FPDFPage_GetRotation(page)  # degrees
            drawn = _check(page, rotation, limits)
            textpage = _loaded(pdfium.FPDFText_LoadPage(page), index)
            try:
                characters += pdfium.FPDFText_CountChars(textpage)
                limits.check("characters", characters)
                read = _page(page, textpage, index + 1)
            finally:
                pdfium.FPDFText_ClosePage(textpage)
        finally:
            pdfium.FPDF_ClosePage(page)
        if not drawn:
            read = replace(read, recognised=1.0)  # surely there is nothing to read
        elif mode == "always" or (mode == "auto" and _may_be_picture(read)):
            read = _scanned(document, read, rotation, limits, mode)
        yield read


def _loaded(handle: Handle, index: int) -> Handle:
    if not handle:
        raise Unreadable(f"page {index + 1} of the PDF is damaged; download it again")
    return handle


def _check(page: Handle, rotation: int, limits: Limits) -> int:
    """How many objects are drawn on the page, if they are not too many nor the page too large."""
    if rotation:
        # A rotated page is read in the order of the paper, not of the text.
        pdfium.FPDFPage_SetRotation(page, 0)
    limits.check("side", max(_size(page)))
    drawn: int = pdfium.FPDFPage_CountObjects(page)
    limits.check("objects_per_page", drawn)
    return drawn


def _size(page: Handle) -> tuple[float, float]:
    return pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)


def _page(page: Handle, textpage: Handle, number: int) -> Page:
    width, height = _size(page)
    loose = LOOSE_IN_TABLES if number <= TABLE_PAGES else LOOSE
    lines = tuple(_lines(textpage, height, loose if height > width else LOOSE_ON_SLIDES))
    return Page(number, width, height, lines)


def _may_be_picture(read: Page) -> bool:
    """Whether there is no more than a stamp of text on a page."""
    return sum(len(line.text) for line in read.lines) <= STAMP


def _is_picture(page: pypdfium2.PdfPage, read: Page) -> bool:
    """Whether a page with hardly any text is a scan: a picture covers it, or there is no text."""
    shown = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    boxes = [each.get_bounds() for each in page.get_objects(filter=shown, max_depth=1)]
    area = max(((right - left) * (top - bottom) for left, bottom, right, top in boxes), default=0.0)
    return area > HALF * read.width * read.height or not read.lines


def _scanned(
    document: pypdfium2.PdfDocument, read: Page, rotation: int, limits: Limits, mode: OcrMode
) -> Page:
    """The page once more, by text recognition if it is a scan or if that is wanted of all."""
    page = document[read.number - 1]
    try:
        if mode == "always" or _is_picture(page, read):
            return _recognised(page, read, rotation, limits)
        return read
    finally:
        page.close()


def _recognised(page: pypdfium2.PdfPage, read: Page, rotation: int, limits: Limits) -> Page:
    """The page as text recognition reads it, turned until there is something to read."""
    best = read
    for turn in (0, 90, 270, 180):
        page.set_rotation((rotation + turn) % 360)
        found = _looked_at(page, read.number, limits)
        if (found.recognised or 0.0) > (best.recognised or -1.0):
            best = found
        if (best.recognised or 0.0) >= UPRIGHT:
            break
    return best


def _looked_at(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Page:
    width, height = page.get_size()
    scale = min(ocr.DPI / ocr.POINTS, math.sqrt(limits.pixels / (width * height)))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = bytes(bitmap.buffer)
        dpi = scale * ocr.POINTS
        picture = ocr.Picture(pixels, bitmap.width, bitmap.height, bitmap.stride, dpi)
    finally:
        bitmap.close()
    lines, sure = ocr.recognise(picture)
    return Page(number, width, height, lines, recognised=round(sure, 3))


def _text(textpage: Handle) -> str:
    """The page's text, one code unit a character of PDFium's count, as its indices need."""
    count = pdfium.FPDFText_CountChars(textpage)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    return bytes(memoryview(buffer)[: max(written - 1, 0)]).decode("utf-16-le", "replace")


def _lines(textpage: Handle, height: float, loose: float) -> Iterator[Line]:
    first, last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    to_first, to_last = ctypes.byref(first), ctypes.byref(last)
    size_before = rounded = 0.0
    behind = 0
    for printed in _text(textpage).replace("\r", "\n").replace(HYPHEN, f"{HYPHEN}\n").split("\n"):
        start = behind
        behind += len(printed) + (printed[-1:] != HYPHEN)
        if printed in {"", HYPHEN}:
            continue
        text, lead = repair(printed)
        if not text:
            continue
        end = start + len(printed.rstrip(_TRAILING))
        start += lead
        _box(textpage, start, to_first)
        _box(textpage, end - 1, to_last)
        size = _size_of(textpage, start)
        if size < TINY:
            size *= _scale(textpage, start)
        if size != size_before:
            size_before, rounded = size, round(size, 1)
        left, right = first.left, last.right
        gaps: tuple[Gap, ...] = ()
        if right - left > loose * size * len(text) and " " in text:
            gaps = tuple(_gaps(textpage, start, printed[lead:].rstrip(), size))
        weight = _weight_of(textpage, start)
        yield Line(
            text,
            round(left * 10) / 10,  # the same as round(left, 1), in half the time
            round((height - first.top) * 10) / 10,
            round(right * 10) / 10,
            round((height - first.bottom) * 10) / 10,
            rounded,
            weight >= BOLD if weight else _is_named_bold(textpage, start),
            gaps,
        )


def _scale(textpage: Handle, index: int) -> float:
    """What the text matrix makes of a unit font's size."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(textpage, index, matrix):
        return 1.0
    return abs(matrix.d) or abs(matrix.b) or 1.0


def _is_named_bold(textpage: Handle, index: int) -> bool:
    """By the font's name, where it states no weight (fonts that are not embedded)."""
    name = ctypes.create_string_buffer(NAME_BYTES)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, NAME_BYTES, ctypes.c_int())
    return b"bold" in name.value.lower()


def _gaps(textpage: Handle, start: int, printed: str, size: float) -> Iterator[Gap]:
    before, behind = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    to_before, to_behind = ctypes.byref(before), ctypes.byref(behind)
    for match in _SPACES.finditer(printed):
        if not match.start():
            continue
        _box(textpage, start + match.start() - 1, to_before)
        _box(textpage, start + match.end(), to_behind)
        if behind.left - before.right > WIDE * size:
            offset = len(repair(printed[: match.end()] + "x")[0]) - 1
            yield Gap(offset, round(before.right, 1), round(behind.left, 1))
