import io

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.assemble import assemble
from corpus.errors import NotADocument
from corpus.limits import Limits
from corpus.model import Source
from corpus.readers import ocr, read, table_reader
from corpus.register.authorities import Register

needs_ocr = pytest.mark.skipif(not ocr.available(), reason="needs pip install 'textmine[ocr]'")


def scanned(*texts, stamp="", turn=0):
    """A PDF with a picture of each text for a page; None is a page without anything."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for text in texts:
        if text is not None:
            picture = Image.new("L", (1240, 1754), 255)
            font = ImageFont.load_default(size=40)
            ImageDraw.Draw(picture).multiline_text((150, 300), text, 0, font=font, spacing=20)
            picture = picture.rotate(turn, expand=True)
            canvas.setPageSize((595, 842) if turn % 180 == 0 else (842, 595))
            canvas.drawImage(ImageReader(picture), 0, 0, *canvas._pagesize)
            canvas.drawString(50, 20, stamp)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def document(data, mode="auto"):
    source = Source(path="a.pdf", sha256="0" * 64, size=1)
    raw = read(data, "a.pdf", ocr=mode)
    return assemble(raw, source, register=Register.load(), tables=table_reader(data))


@needs_ocr
def test_pages_without_text_are_read_and_the_confidence_is_kept():
    found = document(scanned("Children are seen in time.", stamp="Scanned 3 May 2024"))
    assert found.text == "Children are seen in time.\nScanned 3 May 2024"
    assert found.pages[0].recognised > 0.8
    assert found.problems == ()
    line = found.lines[0]
    assert 70 < line.x0 < 80
    assert 140 < line.y0 < 170


@needs_ocr
def test_pages_with_text_are_read_again_only_when_asked(make_pdf):
    pdf = make_pdf([(71, 100, 14, False, "Children are seen in time.")])
    assert document(pdf).pages[0].recognised is None
    found = document(pdf, "always")
    assert found.pages[0].recognised > 0.8
    assert found.text == "Children are seen in time."


@needs_ocr
def test_a_page_with_nothing_on_it_is_noted_and_nothing_is_missing():
    found = document(scanned("Children are seen.", None))
    assert [(p.kind, p.page) for p in found.problems] == [("page-blank", 2)]


@needs_ocr
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_scanned_sideways_is_turned(turn):
    text = "Children are seen in time.\nTheir plans are short and clear.\nFamilies have a copy."
    page = read(scanned(text, turn=turn), "a.pdf").pages[0]
    assert (page.width, page.height) == (595, 842)
    assert page.lines[0].text == "Children are seen in time."


@needs_ocr
def test_a_large_page_is_drawn_smaller():
    limits = Limits(pixels=300_000)
    page = read(scanned("SEEN"), "a.pdf", limits).pages[0]
    assert (page.width, page.height) == (595, 842)


@needs_ocr
def test_low_confidence_is_noted(monkeypatch):
    monkeypatch.setattr("corpus.readers.ocr.recognise", lambda picture: (_line(picture), 0.5))
    [problem] = document(scanned("x")).problems
    assert problem.kind == "page-doubtful"
    assert "50%" in problem.message


def _line(picture):
    seen = ocr._OcrLine("Blurred words.", 50.0, 10, 200, 50, 40)
    return tuple(ocr._lines([seen], ocr.POINTS / picture.dpi))


@pytest.mark.parametrize("how", ["never", "absent"])
def test_without_recognition_a_scan_is_a_document_that_waits(monkeypatch, how):
    if how == "absent":
        monkeypatch.setattr("corpus.readers.ocr.available", lambda: False)
    found = document(scanned("Children are seen."), "never" if how == "never" else "auto")
    assert (found.text, found.passages) == ("", ())
    assert [(p.kind, p.page) for p in found.problems] == [("page-without-text", 1)]


def test_a_web_page_without_text_is_no_document():
    data = b"<html><p> </p></html>"
    with pytest.raises(NotADocument, match="no text"):
        assemble(
            read(data, "a.html"),
            Source(path="a.html", sha256="0" * 64, size=1),
            register=Register.load(),
            tables=table_reader(data),
        )


def test_without_the_extra_nothing_is_recognised(monkeypatch):
    monkeypatch.setattr("corpus.readers.ocr.find_spec", lambda _: None)
    assert not ocr.available()
