"""Draws self-evaluations as councils make them: a report, slides, two columns."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import fonts
from lines import wrap
from reportlab.pdfgen.canvas import Canvas

_TEXT = ("q", "k", "p", "c")
_MARK = "SAMPLE: every authority, person and number is invented"


@dataclass(slots=True)
class Column:
    """A place to write in: its edges, how far down it is filled, and where it goes on."""

    canvas: Canvas
    height: float
    left: float
    right: float
    top: float
    bottom: float
    more: list[tuple[float, float, float]]
    """Further columns on the page: left, right, top."""

    def line(self, text: str, font: str, size: float, x: float | None = None) -> None:
        """Print one line at the current height and go below it."""
        if self.top + size > self.bottom:
            self._go_on()
        self.canvas.setFont(font, size)
        at = self.left if x is None else self.left + x
        self.canvas.drawString(at, self.height - self.top - 0.8 * size, text)
        self.top += size * 1.3

    def text(self, text: str, size: float, *, font: str = fonts.REGULAR, after: float) -> None:
        """Print a paragraph, broken to the column's width."""
        for line in wrap(text, font, size, self.right - self.left):
            self.line(line, font, size)
        self.top += after

    def bullet(self, text: str, size: float) -> None:
        """Print an item, its bullet hanging."""
        for place, line in enumerate(wrap(text, fonts.REGULAR, size, self.right - self.left - 14)):
            if place == 0:
                top = self.top
                self.line("\u2022", fonts.REGULAR, size)
                self.top = top if self.top > top else self.top - size * 1.3
            self.line(line, fonts.REGULAR, size, 14)
        self.top += 0.3 * size

    def _go_on(self) -> None:
        if self.more:
            self.left, self.right, self.top = self.more.pop(0)
        else:
            self.canvas.showPage()
            self.top = 60


def draw_report(claim: dict[str, Any]) -> bytes:
    """One column on A4, headings in bold, tables ruled."""
    canvas, out = _canvas((595, 842))
    page = Column(canvas, 842, 72, 523, 70, 780, [])
    for title in claim["title"]:
        page.text(title, 20, font=fonts.BOLD, after=4)
    page.top += 14
    _blocks(page, claim["blocks"], 11)
    return _done(canvas, out)


def draw_columns(claim: dict[str, Any]) -> bytes:
    """Two columns on A4 below a title that takes the full width."""
    canvas, out = _canvas((595, 842))
    title = Column(canvas, 842, 50, 545, 60, 780, [])
    for text in claim["title"]:
        title.text(text, 18, font=fonts.BOLD, after=2)
    top = title.top + 12
    page = Column(canvas, 842, 50, 287, top, 560, [(308, 545, top)])
    _blocks(page, claim["blocks"], 10.5)
    return _done(canvas, out)


def draw_slides(claim: dict[str, Any]) -> bytes:
    """Landscape pages; the boxes of a slide stand side by side and are drawn from the right."""
    canvas, out = _canvas((842, 595))
    cover = Column(canvas, 595, 80, 760, 200, 560, [])
    for text in claim["title"]:
        cover.text(text, 30, font=fonts.BOLD, after=8)
    slides: list[tuple[str, list[list[dict[str, Any]]]]] = []
    for block in claim["blocks"]:
        if "slide" in block:
            slides.append((block["slide"], []))
        elif "box" in block:
            slides[-1][1].append([block])
        else:
            slides[-1][1][-1].append(block)
    for title, boxes in slides:
        canvas.showPage()
        width = 720 / len(boxes)
        for place, box in reversed(list(enumerate(boxes))):
            left = 60 + place * width
            column = Column(canvas, 595, left, left + width - 30, 130, 560, [])
            column.text(box[0]["box"], 18, font=fonts.BOLD, after=6)
            _blocks(column, box[1:], 15)
        Column(canvas, 595, 60, 780, 50, 560, []).text(title, 26, font=fonts.BOLD, after=0)
    return _done(canvas, out)


def _blocks(page: Column, blocks: list[dict[str, Any]], size: float) -> None:
    for block in blocks:
        for key, value in block.items():
            if key in _TEXT:
                page.text(value, size, after=0.6 * size)
            elif key in {"h", "hh"}:
                page.top += 6
                page.text(value, 15 if key == "h" else 12.5, font=fonts.BOLD, after=4)
            elif key == "b":
                for item in value:
                    page.bullet(item, size)
                page.top += 4
            elif key == "t":
                _table(page, value)


def _table(page: Column, rows: list[list[str]]) -> None:
    """A ruled table: the first column takes half of the width."""
    width = page.right - page.left
    edges = [0.0] + [width / 2 + width / 2 * i / (len(rows[0]) - 1) for i in range(len(rows[0]))]
    high = 20
    for row in rows:
        y = page.height - page.top
        for place, cell in enumerate(row):
            left, right = page.left + edges[place], page.left + edges[place + 1]
            page.canvas.rect(left, y - high, right - left, high)
            font = fonts.BOLD if row is rows[0] else fonts.REGULAR
            page.canvas.setFont(font, 9)
            page.canvas.drawString(left + 4, y - 13, cell)
        page.top += high
    page.top += 12


def _canvas(size: tuple[float, float]) -> tuple[Canvas, BytesIO]:
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, pageCompression=0)
    canvas.setTitle(_MARK)
    return canvas, out


def _done(canvas: Canvas, out: BytesIO) -> bytes:
    canvas.showPage()
    canvas.save()
    return out.getvalue()
