"""Copies of PDFs as text, as tools, browsers and mail programs make them.

    python scripts/copy_as_text.py REPORTS COPIES

`plain` has blocks one behind the other, a table's cells each on lines of its own; `layout` sets
words where they stand on the page; `browser` has the lines as the file orders them, without a blank
one between; `mail` has its paragraphs wrapped anew below a head. To compare what is read from them
with what is read from the PDF, see tests/test_real_copies.py.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.model import Line
from corpus.readers.pdf.frame import frame_of
from corpus.readers.pdf.lines import HYPHEN, LineReader, page_text

LOOSE = 0.475
CHARACTER = 5.5
"""Points for each column of a layout."""

LINE = 1.3
"""A step of so many ems parts blocks."""

MAIL = """From: Sample, Ada
Sent: 3 November 2026 09:12
To: Other, Ben
Subject: FW: report

"""


class _RawLines(LineReader):
    """Lines as a tool copies them, marks of footnotes and all."""

    def _without_marks(self, _start: int, printed: str) -> str:
        return printed


def pages_of(data: bytes) -> Iterator[tuple[str, list[Line]]]:
    """Each page's text as the file orders it, and its lines with their places."""
    document = pypdfium2.PdfDocument(data)
    try:
        for index in range(len(document)):
            page = pdfium.FPDF_LoadPage(document, index)
            textpage = pdfium.FPDFText_LoadPage(page)
            text = page_text(textpage)
            lines = list(_RawLines(textpage, frame_of(page)).lines(text, LOOSE))
            yield text.replace(HYPHEN, "-\n").replace("\r\n", "\n"), lines
            pdfium.FPDFText_ClosePage(textpage)
            pdfium.FPDF_ClosePage(page)
    finally:
        document.close()


def copies(data: bytes) -> dict[str, str]:
    """The copies of a PDF by their kinds."""
    pages = list(pages_of(data))
    plain = [_plain(lines) for _, lines in pages]
    return {
        "plain": "\f".join(plain),
        "layout": "\f".join(_layout(lines) for _, lines in pages),
        "browser": "\n".join(" \n".join(text.split("\n")) for text, _ in pages),
        "mail": MAIL + "\n\n".join(_wrapped(text) for text in plain),
    }


def _pieces(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        begin, left = 0, line.x0
        for gap in line.gaps:
            text = line.text[begin : gap.offset].strip()
            yield line._replace(text=text, x0=left, x1=gap.left, gaps=())
            begin, left = gap.offset, gap.right
        yield line._replace(text=line.text[begin:].strip(), x0=left, gaps=())


def _plain(lines: Sequence[Line]) -> str:
    """Blocks by their places, a blank line between them."""
    blocks: list[list[Line]] = []
    for piece in _pieces(lines):
        home = next((block for block in reversed(blocks[-3:]) if _adjoins(block[-1], piece)), None)
        if home:
            home.append(piece)
        else:
            blocks.append([piece])
    blocks.sort(key=lambda block: (round(block[0].y0 / 4), block[0].x0))
    return "\n\n".join("\n".join(line.text for line in block) for block in blocks) + "\n"


def _adjoins(above: Line, below: Line) -> bool:
    step = below.y0 - above.y0
    beside = min(above.x1, below.x1) > max(above.x0, below.x0)
    return beside and 0 < step < LINE * max(above.size, below.size) and above.size == below.size


def _layout(lines: Sequence[Line]) -> str:
    """Words in the columns where they stand, lines of one height in one."""
    rows: list[list[Line]] = []
    for piece in sorted(_pieces(lines), key=lambda line: (line.y1, line.x0)):
        if rows and abs(rows[-1][0].y1 - piece.y1) < piece.size / 3:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    printed: list[str] = []
    for above, row in zip([None, *rows], rows, strict=False):
        if above and row[0].y0 - above[0].y0 > LINE * row[0].size:
            printed.append("")
        text = ""
        for piece in sorted(row, key=lambda line: line.x0):
            column = round(piece.x0 / CHARACTER)
            text += " " * max(column - len(text), 2 if text else 0) + piece.text
        printed.append(text)
    return "\n".join(printed) + "\n"


def _wrapped(text: str) -> str:
    return "\n\n".join(
        "\n".join(textwrap.wrap(" ".join(block.split()), 72)) for block in text.split("\n\n")
    )


def main() -> None:
    """Writes the copies of each PDF of a folder beside each other."""
    reports, out = map(Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(reports.rglob("*.pdf")):
        data = path.read_bytes()
        if b"%PDF-" in data[:1024]:
            for kind, text in copies(data).items():
                (out / f"{path.stem} ({kind}).txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
