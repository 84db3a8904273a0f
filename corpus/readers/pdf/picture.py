"""The picture of a PDF page, as its text was read: the same frame, the same way up."""

from __future__ import annotations

import io

import pypdfium2
import pypdfium2.raw as pdfium

from ...errors import Unreadable
from .frame import frame_of
from .lines import LineReader, page_text

COLOURS = 16
"""A printed page needs no more; its picture is then a quarter of the size, and sooner made."""

LARGEST = 3000
"""Pixels of the longer side, whatever size a page says that it has."""

_LOOSE = 0.62
_QUARTER = 90


def page_picture(
    data: bytes, number: int, scale: float = 1.5, *, photo: bool = False
) -> tuple[str, bytes]:
    """The media type and the bytes of the picture of a page: PNG; JPEG where it is a `photo`.

    `scale` is pixels for each point. Raises Unreadable where there is no such page.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("the PDF is damaged; download it again") from error
    try:
        if not 1 <= number <= len(document):
            raise Unreadable(f"the PDF has no page {number}")
        page = document[number - 1]
        width, height = page.get_size()
        turn = (_turn(page) - page.get_rotation()) % 360
        fitting = min(scale, LARGEST / max(width, height, 1.0))
        picture = page.render(scale=fitting, rotation=turn).to_pil().convert("RGB")
    finally:
        document.close()
    out = io.BytesIO()
    if photo:
        picture.save(out, "JPEG", quality=75)
        return "image/jpeg", out.getvalue()
    from PIL import Image  # noqa: PLC0415 (PDFium has loaded it by now)

    few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", compress_level=4)
    return "image/png", out.getvalue()


def _turn(page: pypdfium2.PdfPage) -> int:
    """How far clockwise a page is to be turned for its text to be level, as the reader has it."""
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        return int(page.get_rotation())
    try:
        reader = LineReader(textpage, frame_of(page))
        text = page_text(textpage)
        if not text.strip():
            return int(page.get_rotation())
        for _ in reader.lines(text, _LOOSE):
            pass
        return reader.frame.turn
    finally:
        pdfium.FPDFText_ClosePage(textpage)
