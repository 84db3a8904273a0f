"""The PDF reader: pages into lines, with PDFium.

`lines` extracts the text of a page, `hidden` removes what a reader cannot see, `annotations` adds
forms and notes. Pages without text are read by OCR. PDFium is not thread-safe; use processes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from ...errors import Unreadable
from ...limits import Limits
from ...model import OcrMode, Page, Problem, RawDocument
from .. import ocr
from .annotations import annotation_lines, with_lines
from .frame import Handle, frame_of
from .hidden import drawn_on, has_layers, may_be_covered, visible_text
from .lines import LineReader, page_text

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

LONGEST = 16_383
"""PDFium reads 32,767 bytes of a string, of one or two for a character, and drops the rest."""
CODE_UNIT = 2
"""Bytes of a character in what PDFium counts."""
_CUT = "a text on this page is so long that its end may be missing; compare with the original"

HALF = 0.5
"""A picture of a page covers more than this share of it."""


def read_pdf(data: bytes, limits: Limits, mode: OcrMode = "auto") -> RawDocument:
    """Read all pages of a PDF; scanned pages by OCR, if installed and selected.

    Raises Unreadable for a damaged, locked, empty or excessive file.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("the PDF is locked with a password; save a copy without it") from error
        raise Unreadable("the PDF is damaged; download it again") from error
    problems: list[Problem] = []
    reader = _PageReader(document, limits, mode, layers=has_layers(data))
    try:
        pages = tuple(reader.pages(problems))
        return RawDocument("application/pdf", pages, tuple(problems))
    finally:
        document.close()


class _PageReader:
    """Reads the pages of one document."""

    def __init__(
        self, document: pypdfium2.PdfDocument, limits: Limits, mode: OcrMode, *, layers: bool
    ) -> None:
        self._document = document
        self._limits = limits
        self._mode = mode
        self._layers = layers
        self._characters = 0

    def pages(self, problems: list[Problem]) -> Iterator[Page]:
        """The pages in their order; what is odd about them goes to `problems`."""
        document, limits, mode = self._document, self._limits, self._mode
        if not len(document):
            raise Unreadable("the PDF has no pages; download it again")
        limits.check("pages", len(document))
        for index in range(len(document)):
            # Bare handles: the helpers around them cost a twentieth of all reading.
            page = _loaded(pdfium.FPDF_LoadPage(document, index), index)
            try:
                rotation = 90 * pdfium.FPDFPage_GetRotation(page)  # degrees
                drawn = _check(page, rotation, limits)
                read = self._page(page, index + 1, problems)
            finally:
                pdfium.FPDF_ClosePage(page)
            if not drawn and not read.lines:
                read = replace(read, recognised=1.0)  # surely there is nothing to read
            elif _is_wanted(read, mode) and ocr.available():
                read = _scanned(document, read, rotation, limits, mode)
            yield read

    def _page(self, page: Handle, number: int, problems: list[Problem]) -> Page:
        textpage = _loaded(pdfium.FPDFText_LoadPage(page), number - 1)
        try:
            self._characters += pdfium.FPDFText_CountChars(textpage)
            self._limits.check("characters", self._characters)
            frame = frame_of(page)
            loose = LOOSE_IN_TABLES if number <= TABLE_PAGES else LOOSE
            if frame.width > frame.height:
                loose = LOOSE_ON_SLIDES
            reader = LineReader(textpage, frame)
            text = page_text(textpage)
            if len(text) >= LONGEST and _may_be_cut(page, textpage):
                problems.append(Problem("text-cut", _CUT, number))
            lines = tuple(reader.lines(text, loose))
            if lines and (self._layers or reader.doubtful or may_be_covered(page, frame)):
                seen = visible_text(page, textpage, text, frame, number)
                problems += seen.problems
                if seen.problems:
                    lines = tuple(LineReader(textpage, frame).lines(seen.text, loose))
            frame = reader.frame
            if notes := annotation_lines(self._document, page, frame):
                lines = with_lines(lines, notes)
            return Page(number, frame.width, frame.height, lines)
        finally:
            pdfium.FPDFText_ClosePage(textpage)


def _may_be_cut(page: Handle, textpage: Handle) -> bool:
    """Whether one of the strings on a page is as long as one of which PDFium drops the end."""
    return any(
        pdfium.FPDFTextObj_GetText(drawn, textpage, None, 0) // CODE_UNIT > LONGEST
        for drawn in drawn_on(page)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_TEXT
    )


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


def _is_wanted(read: Page, mode: OcrMode) -> bool:
    """Whether a page is to be looked at by text recognition, where there is any."""
    return mode == "always" or (mode == "auto" and _may_be_picture(read))


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
