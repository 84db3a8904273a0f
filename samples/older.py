"""Reports of 2009 to 2018: reads `older/*.yaml` and draws them.

The words of a report are lines, each behind a mark that says what it is:

`T` a line of the title; `t` one of it in bold; `h` a heading, `s` one below it, `i` one in italics;
`p` a paragraph, `b` one in bold; `n` a numbered paragraph, `N` a numbered demand; `o` an item of a
list, `O` one that demands something, `d` an item below an item; `c` an entry of the contents with
its page; `r` a row of judgements, `k` one under "Key judgement"; `l` a label of the cover with its
value; `f` a footnote of this page; `g` points of space; `---` a new page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import fonts
import texts
import yaml
from draw import Sheet, blank
from layouts import LAYOUTS, Heading, Layout
from lines import wrap

FOLDER = Path(__file__).parent / "older"

_BODY = 12.0
_CONTENTS, _GRADES, _VALUES, _RIGHT = 517.0, 394.0, 230.0, 524.0
"""Where the page numbers of the contents, the grades and the values of a cover begin and end."""

_SIF = replace(
    LAYOUTS["2018"],
    title=Heading(size=22, bold=False),
    section=Heading(size=14, bold=True),
    bullet_font=fonts.BULLET_SQUARE,
    footer="number",
    number_x=71.0,
    text_x=99.0,
    body_top=99.0,
    right=440.0,
    gap=9.0,
)
_LAYOUTS: dict[str, Layout] = {
    "sections": replace(_SIF, bullet_font=fonts.BULLET_PRIVATE),
    "parts": _SIF,
    "summary": replace(_SIF, gap=7.0, text_x=95.0),
    "cover": replace(_SIF, title=Heading(size=18, bold=True), left=85.0, body_top=74.0),
}


@dataclass(frozen=True, slots=True)
class Older:
    """One invented report: its file, its words, and what should be read from it."""

    file: str
    shows: str
    layout: str
    expected: dict[str, object]
    body: str
    head: str = ""

    def marked(self) -> Iterator[tuple[str, str]]:
        """The mark and the words of each line."""
        for line in self.body.splitlines():
            mark, _, words = line.partition(" ")
            if mark:
                yield mark, texts.clean(words)


def made() -> Iterator[tuple[str, bytes, dict[str, object]]]:
    """Each file, its bytes, and what should be found in it."""
    for path in sorted(FOLDER.glob("*.yaml")):
        report = Older(**yaml.safe_load(path.read_text(encoding="utf-8")))
        pdf = render(report)
        marks = Counter(mark for mark, _ in report.marked())
        known = {
            name: value if value is None or isinstance(value, str | dict) else str(value)
            for name, value in report.expected.items()
        }
        counted = {
            "n_pages": pdf.count(b"/Type /Page\n"),
            "n_paragraphs": marks["n"],
            "n_recommendations": marks["N"] + marks["O"],
        }
        yield report.file, pdf, known | counted


class _Page(Sheet):
    """A page with a running head and its number in it, where the report has one."""

    head: str = ""
    numbered: int = 0

    def _foot(self) -> None:
        if not self.head:
            super()._foot()
        elif self.page > 1:
            self.text(85, self.head, fonts.BOLD, 8, 36)
            self.text(505, str(self.page), fonts.BOLD, 8, 36)


def render(report: Older) -> bytes:
    """The report as a PDF: the same text gives the same bytes."""
    out = BytesIO()
    canvas = blank(out, "report")
    sheet = _Page(canvas, _LAYOUTS[report.layout], [])
    sheet.head = report.head
    sheet.new_page()
    for mark, words in report.marked():
        _draw(sheet, mark, words)
    sheet.new_page()
    sheet.top = 300
    for text in texts.closings()["2018"]:
        sheet.paragraph(sheet.layout.left, text, after=sheet.layout.gap)
    sheet.end_page()
    canvas.save()
    return out.getvalue()


def _draw(sheet: _Page, mark: str, words: str) -> None:
    layout = sheet.layout
    if mark == "---":
        sheet.new_page()
    elif mark == "g":
        sheet.top += float(words)
    elif mark == "f":
        sheet.note = wrap(words, fonts.REGULAR, 10, layout.right - 77)
        sheet.bottom = 786 - 12 * len(sheet.note) - 40
    elif mark in _STYLES:
        _heading(sheet, words, mark)
    elif mark in {"r", "k", "c", "l"}:
        _row(sheet, mark, *words.split(" | "))
    else:
        _paragraph(sheet, mark, words)


_STYLES = {
    "t": (fonts.BOLD, 12.0, 6.0),
    "h": (fonts.BOLD, 14.0, 10.0),
    "s": (fonts.BOLD, 12.0, 9.0),
    "i": ("Helvetica-Oblique", 12.0, 9.0),
    "T": ("", 0.0, 8.0),
}
"""Font, size and the space behind it of each kind of heading; the title's are the layout's."""


def _heading(sheet: _Page, words: str, mark: str) -> None:
    font, size, after = _STYLES[mark]
    title = sheet.layout.title
    font = font or (fonts.BOLD if title.bold else fonts.REGULAR)
    size = size or title.size
    lines = wrap(words, font, size, sheet.layout.right - sheet.layout.left)
    sheet.room(len(lines) * size * 1.2 + 3 * sheet.layout.pitch)
    sheet.top += after / 2
    for line in lines:
        sheet.text(sheet.layout.left, line, font, size)
        sheet.top += size * 1.2
    sheet.top += after


def _row(sheet: _Page, mark: str, label: str, value: str) -> None:
    """Two cells: the value level with the middle of its label, or above it where it says so."""
    layout = sheet.layout
    at = {"c": _CONTENTS, "l": _VALUES}.get(mark, _GRADES)
    below = label.startswith(("2.1", "2.2"))
    font = fonts.REGULAR if below or mark in {"c", "l"} else fonts.BOLD
    left = layout.left + (48 if below else 0)
    lines = wrap(label, font, _BODY, at - left - 8)
    values = wrap(value, fonts.REGULAR, _BODY, _RIGHT - at)
    sheet.room(max(len(lines), len(values)) * layout.pitch + 14)
    shift = (len(lines) - len(values)) * layout.pitch / 2
    for place, line in enumerate(lines):
        sheet.text(left, line, font, _BODY, sheet.top + max(-shift, 0) + place * layout.pitch)
    for place, line in enumerate(values):
        sheet.text(at, line, font, _BODY, sheet.top + max(shift, 0) + place * layout.pitch)
    sheet.top += max(len(lines), len(values)) * layout.pitch + (13 if mark in {"r", "k"} else 16)


def _paragraph(sheet: _Page, mark: str, words: str) -> None:
    layout = sheet.layout
    if mark in {"n", "N"}:
        sheet.numbered += 1
        label = (layout.number_x, f"{sheet.numbered}. ", layout.body_font)
        sheet.paragraph(layout.text_x, words, after=layout.gap, label=label)
    elif mark in {"o", "O", "d"}:
        indent = layout.left + (36 if mark == "d" else 18)
        font = fonts.REGULAR if mark == "d" else layout.bullet_font
        glyph = "\u2013" if mark == "d" else fonts.BULLET_GLYPH
        sheet.paragraph(indent + 18, words, after=6, label=(indent, glyph, font))
    elif mark == "b":
        sheet.text(layout.left, words, fonts.BOLD, _BODY)
        sheet.top += layout.pitch + layout.gap
    else:
        sheet.paragraph(layout.left, words, after=layout.gap)
