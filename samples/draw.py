"""Draws a report in its layout: the foot of each page first, then the text from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

import fonts
from layouts import LABELS, PAGE_HEIGHT, PAGE_WIDTH, Heading, Layout
from lines import wrap
from mark import draw_mark
from reportlab.pdfgen.canvas import Canvas
from texts import Report

_LAST_LINE = 773.0
"""No line of the text begins further down: below is the foot of the page."""

_BODY, _SMALL = 12.0, 10.0


@dataclass(slots=True)
class Sheet:
    """The page being drawn and how far down it is filled."""

    canvas: Canvas
    layout: Layout
    footer: list[str]
    page: int = 0
    top: float = 0.0
    bottom: float = _LAST_LINE
    note: list[str] = field(default_factory=list)

    def new_page(self) -> None:
        """Begin a page with its furniture, which the real files too put before the text."""
        if self.page:
            self.end_page()
        self.page += 1
        self.top = self.layout.body_top
        self.bottom = _LAST_LINE
        if self.page > 1 or self.layout.footer == "number":
            self._foot()
        draw_mark(self.canvas, large=self.page == 1 and self.layout.footer == "lines")

    def end_page(self) -> None:
        """Print the note that waits for the foot of this page, and be done with it."""
        top = self.bottom + 40
        if self.note:
            self.rule(71, top - 22, 215, top - 21.5)
            self.text(71, "1 ", fonts.REGULAR, 6.5, top)
        for place, line in enumerate(self.note):
            self.text(76 if place == 0 else 71, line, fonts.REGULAR, _SMALL, top + 12 * place)
        self.note = []
        self.canvas.showPage()

    def text(self, x: float, text: str, font: str, size: float, top: float | None = None) -> None:
        """Print one line, by default at the current height."""
        height = self.top if top is None else top
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, PAGE_HEIGHT - height - 0.8 * size, fonts.encode(text, font))

    def room(self, height: float) -> None:
        """Go to a new page unless this much is free."""
        if self.top + height > self.bottom:
            self.new_page()

    def paragraph(
        self, x: float, text: str, *, after: float, label: tuple[float, str, str] | None = None
    ) -> None:
        """Print a paragraph and the space behind it, and before its first line the label.

        It may run over the end of a page, but no single line of it is left alone there.
        """
        font = self.layout.body_font
        lines = wrap(text, font, _BODY, self.layout.right - x)
        here = self._lines_here(len(lines))
        for place, line in enumerate(lines):
            if place == here:
                self.new_page()
            if label and place == 0:
                self.text(label[0], label[1], label[2], _BODY)
            self.text(x, line, font, _BODY)
            self.top += self.layout.pitch
        self.top += after

    def _lines_here(self, wanted: int) -> int:
        """How many of a paragraph's lines go on this page."""
        free = max(0, int((self.bottom - self.top) / self.layout.pitch) + 1)
        if free >= wanted:
            return wanted
        keep = min(free, wanted - 2)
        return keep if keep > 1 else 0

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        """A line of a table or above a foot, drawn as the narrow filled box it is in the files."""
        self.canvas.rect(left, PAGE_HEIGHT - bottom, right - left, bottom - top, stroke=0, fill=1)

    def _foot(self) -> None:
        self.rule(70, 788, 524, 788.5)
        if self.layout.footer == "lines":
            for place, line in enumerate(self.footer):
                self.text(71, line, fonts.BOLD, 8, 796 + 10 * place)
        number = str(self.page)
        self.text(524 - fonts.width(number, fonts.REGULAR, 20), number, fonts.REGULAR, 20, 792)


def blank(out: BytesIO, what: str) -> Canvas:
    """A PDF to draw a sample on, whose properties say that it is invented."""
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=0)
    canvas.setTitle(f"Invented sample {what}")
    canvas.setAuthor("textmine samples")
    canvas.setSubject(f"Every authority, person and finding in this {what} is invented.")
    return canvas


def render(report: Report, layout: Layout, closing: list[str]) -> bytes:
    """The report as a PDF: the same text gives the same bytes."""
    out = BytesIO()
    canvas = blank(out, "report")
    sheet = Sheet(canvas, layout, report.footer)
    sheet.new_page()
    _head(sheet, report)
    _table(sheet, report)
    for text in report.summary:
        sheet.paragraph(layout.left, text, after=layout.gap)
    if report.improve:
        _improve(sheet, report)
    for heading, paragraphs in report.numbered():
        _heading(sheet, heading)
        for number, text in paragraphs:
            _numbered(sheet, number, text)
    _closing(sheet, closing)
    sheet.end_page()
    canvas.save()
    return out.getvalue()


def _head(sheet: Sheet, report: Report) -> None:
    layout = sheet.layout
    if layout.authority and report.authority_line:
        _title(sheet, layout.authority, [report.authority_line])
    _title(sheet, layout.title, report.title)
    sheet.top = layout.dates_top
    _labelled(sheet, "Inspection dates:", [report.dates])
    sheet.top = layout.dates_top + 40
    if report.lead_lines:
        sheet.top = layout.lead_top
        _labelled(sheet, "Lead inspector:", report.lead_lines, layout.name_x)
        sheet.top += 9 + 15 * len(report.lead_lines)


def _title(sheet: Sheet, heading: Heading, lines: list[str]) -> None:
    font = fonts.BOLD if heading.bold else fonts.REGULAR
    for place, line in enumerate(lines):
        top = heading.top + place * heading.size * 1.2
        sheet.text(sheet.layout.left, line, font, heading.size, top)


def _labelled(sheet: Sheet, label: str, values: list[str], x: float | None = None) -> None:
    """A bold label and what follows it, the first line of it on the same line."""
    left = sheet.layout.left
    font = fonts.BOLD if sheet.layout.bold_values else fonts.REGULAR
    sheet.text(left, label + " ", fonts.BOLD, _BODY)
    start = x or left + fonts.width(label + " ", fonts.BOLD, _BODY)
    for place, value in enumerate(values):
        sheet.text(start, value, font, _BODY, sheet.top + 15 * place)


def _table(sheet: Sheet, report: Report) -> None:
    """The judgement table: the cells of a row in reading order, then the lines around it."""
    table = sheet.layout.table
    labels = LABELS | report.labels
    rows = [("Judgement", "Grade", fonts.BOLD, _BODY)]
    rows += [
        (labels[area], grade, fonts.REGULAR, table.size) for area, grade in report.rows.items()
    ]
    sheet.rule(table.left, sheet.top, table.right, sheet.top + 0.5)
    for label, grade, font, size in rows:
        left, right = table.left + table.indent, table.middle + table.indent
        label_lines = wrap(label, font, size, table.middle - left - 4)
        grade_lines = wrap(grade, font, size, table.right - right - 2)
        height = max(len(label_lines), len(grade_lines)) * table.pitch
        for x, lines in ((left, label_lines), (right, grade_lines)):
            start = sheet.top + table.pad
            if table.centred:
                start += (height - len(lines) * table.pitch) / 2
            for place, line in enumerate(lines):
                sheet.text(x, line, font, size, start + place * table.pitch)
        below = sheet.top + height + table.pad * 1.6
        for edge in (table.left, table.middle, table.right):
            sheet.rule(edge, sheet.top, edge + 0.5, below)
        sheet.rule(table.left, below, table.right, below + 0.5)
        sheet.top = below
    sheet.top += 24


def _heading(sheet: Sheet, text: str, note: str = "") -> None:
    kind = sheet.layout.section
    font = fonts.BOLD if kind.bold else fonts.REGULAR
    lines = wrap(text, font, kind.size, sheet.layout.right - sheet.layout.left)
    sheet.room(len(lines) * kind.size * 1.2 + 4 * sheet.layout.pitch)
    for line in lines:
        sheet.text(sheet.layout.left, line, font, kind.size)
        end = sheet.layout.left + fonts.width(line, font, kind.size)
        sheet.top += kind.size * 1.22
    if note:
        sheet.text(end, note, font, 9, sheet.top - kind.size * 1.3)
    sheet.top += 12


def _improve(sheet: Sheet, report: Report) -> None:
    layout = sheet.layout
    if report.footnote:
        sheet.room(11 * layout.pitch)
        _footnote(sheet, report.footnote)
    _heading(sheet, report.improve_heading, "1" if report.footnote else "")
    for text in report.improve:
        sheet.room(2 * layout.pitch)
        bullet = (layout.left, fonts.BULLET_GLYPH, layout.bullet_font)
        sheet.paragraph(layout.left + 18, text, after=6, label=bullet)
    sheet.top += 8


def _footnote(sheet: Sheet, text: str) -> None:
    """Keep the foot of this page free for the note, which is printed last, as in the files."""
    sheet.note = wrap(text, fonts.REGULAR, _SMALL, sheet.layout.right - 77)
    sheet.bottom = 786 - 12 * len(sheet.note) - 40


def _numbered(sheet: Sheet, number: int, text: str) -> None:
    layout = sheet.layout
    label = (layout.number_x, f"{number}. ", layout.body_font)
    sheet.paragraph(layout.text_x, text, after=layout.gap, label=label)


def _closing(sheet: Sheet, paragraphs: list[str]) -> None:
    """The last page: who the inspectorate is and how to reach it."""
    sheet.new_page()
    sheet.top = 300
    for text in paragraphs:
        sheet.paragraph(sheet.layout.left, text, after=sheet.layout.gap)
