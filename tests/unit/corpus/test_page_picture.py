"""The picture of a PDF page: its format, its size, the way up, and what cannot be drawn."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import Unreadable
from corpus.readers.pdf.picture import COLOURS, LARGEST, page_picture

LINES = [(72, 100, 12, False, "Visits are timely."), (72, 130, 12, False, "Plans are clear.")]


def picture(data, number=1, scale=1.5, **more):
    media, content = page_picture(data, number, scale, **more)
    return media, Image.open(io.BytesIO(content))


def test_a_printed_page_is_a_png_of_few_colours(make_pdf):
    media, image = picture(make_pdf(LINES))
    assert (media, image.format) == ("image/png", "PNG")
    assert len(image.getcolors()) <= COLOURS
    assert image.size == (893, 1263)  # 595 by 842 points, one and a half pixels each


def test_a_photo_is_a_jpeg(make_pdf):
    media, image = picture(make_pdf(LINES), photo=True)
    assert (media, image.format) == ("image/jpeg", "JPEG")


def test_a_page_of_any_size_has_a_picture_of_bounded_size(make_pdf):
    _, image = picture(make_pdf(LINES), scale=50)
    assert max(image.size) <= LARGEST


def turned(angle):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    canvas.drawString(72, 300, "Visits are timely and children are seen alone.")
    canvas.setPageRotation(angle)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_the_text_is_level_whatever_rotation_the_page_says(angle):
    """Where its text runs upright, the page is drawn as if it had never been turned."""
    _, image = picture(turned(angle))
    assert image.size in {(893, 1263), (1263, 893)}
    ink = image.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink[2] - ink[0] > 5 * (ink[3] - ink[1])  # one long line of words


def test_a_page_without_text_is_drawn_as_it_lies(make_pdf):
    _, image = picture(make_pdf([]))
    assert image.size == (893, 1263)


def test_what_is_no_page_is_said(make_pdf):
    with pytest.raises(Unreadable, match="no page 7"):
        page_picture(make_pdf(LINES), 7)
    with pytest.raises(Unreadable, match="damaged"):
        page_picture(b"%PDF-1.7 nothing", 1)


def test_the_picture_is_of_the_page_that_was_asked_for(make_pdf):
    data = make_pdf([], LINES)
    assert len(pypdfium2.PdfDocument(data)) == 2
    _, empty = picture(data, 1)
    _, printed = picture(data, 2)
    assert empty.convert("L").getextrema()[0] > printed.convert("L").getextrema()[0]
