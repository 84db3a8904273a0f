"""Letters and reports without a judgement table: reads `partners/` and `visits/`, draws them.

Unlike the reports of `texts.py` these have no fixed parts, so each file is a list of what stands
on the page from top to bottom, one key an entry:

`line`, `small`, `label`, `head`, `par`, `bullet`, `dash`: a text in that style; `title`: its lines;
`columns`: texts side by side; `table`: rows of ruled cells, which may split over a page ("* " in a
cell begins a bullet); `gap`: points of space; `page`: a new page. `box: true` draws a part of a box
around it, `bold: true` makes it bold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import fonts
import yaml
from draw import Sheet, blank
from layouts import LAYOUTS, Heading, Layout
from lines import wrap
from texts import clean

FOLDERS = tuple(Path(__file__).parent / name for name in ("partners", "visits"))

_BODY, _SMALL, _PAD = 12.0, 10.0, 5.0

_LETTER = replace(
    LAYOUTS["2018"],
    title=Heading(size=12, bold=True),
    section=Heading(size=12, bold=True),
    bullet_font=fonts.BULLET_SQUARE,
    body_top=136.0,
)
_REPORT = replace(
    LAYOUTS["2023"],
    title=Heading(size=26, bold=False),
    section=Heading(size=14, bold=True),
    left=57.0,
    right=530.0,
)
_LAYOUTS: dict[str, Layout] = {
    "letter": _LETTER,
    "letter-large": replace(_LETTER, section=Heading(size=14, bold=True), left=90.0),
    "report-2023": replace(_REPORT, title=Heading(size=16, bold=True)),
    "report-2024": _REPORT,
}
_COLUMNS = {1: (0.0, 473.0), 2: (0.0, 161.0, 473.0)}
"""Where the cells of a row begin and the last one ends, from the table's left edge."""


@dataclass(frozen=True, slots=True)
class Partners:
    """One invented letter or report: its file, what stands in it, and what should be read."""

    file: str
    shows: str
    layout: str
    text: list[dict[str, Any]]
    expected: dict[str, object]
    foot: list[str]


def load() -> list[Partners]:
    """Every letter and report, in the order of the files' names."""
    return [_partners(path) for folder in FOLDERS for path in sorted(folder.glob("*.yaml"))]


def _partners(path: Path) -> Partners:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = {
        name: value if value is None or isinstance(value, str | int | dict) else str(value)
        for name, value in raw.pop("expected").items()
    }
    return Partners(expected=expected, foot=raw.pop("foot", []), **raw)


def made() -> Iterator[tuple[str, bytes, dict[str, object]]]:
    """Each file, its bytes, and what should be found in it: every field of its type."""
    for each in load():
        made = _web_page(each) if each.layout == "web" else render(each)
        known = {"n_pages": made.count(b"/Type /Page\n") or 1, "n_paragraphs": 0}
        yield each.file, made, each.expected | known


def _web_page(page: Partners) -> bytes:
    """What is written as it stands in the YAML."""
    return str(page.text[0]["html"]).encode("utf-8")


def render(partners: Partners) -> bytes:
    """The letter or report as a PDF: the same text gives the same bytes."""
    out = BytesIO()
    layout = _LAYOUTS[partners.layout]
    canvas = blank(out, "document")
    sheet = Sheet(canvas, layout, partners.foot)
    sheet.new_page()
    for entry in partners.text:
        _draw(sheet, entry)
    sheet.end_page()
    canvas.save()
    return out.getvalue()


def _draw(sheet: Sheet, entry: dict[str, Any]) -> None:
    style, said = next(iter(entry.items()))
    bold, box = entry.get("bold", False), entry.get("box", False)
    font = fonts.BOLD if bold else fonts.REGULAR
    left = sheet.layout.left + (19 if box else 0)
    begin = sheet.top
    if style == "gap":
        sheet.top += said
    elif style == "page":
        sheet.new_page()
    elif style == "title":
        _lines(sheet, left, said, sheet.layout.title)
    elif style == "head":
        sheet.top += 6
        _lines(sheet, left, [said], sheet.layout.section)
    elif style == "columns":
        _columns(sheet, said, font)
    elif style == "table":
        for row in said:
            _row(sheet, row, font)
    elif style in {"line", "label", "small"}:
        size = _SMALL if style == "small" else _BODY
        sheet.room(size * 1.2)
        sheet.text(left, clean(said), font, size)
        sheet.top += size * (1.7 if style == "label" else 1.2)
    else:
        _paragraph(sheet, left, style, clean(said))
    if box and sheet.top > begin:
        sheet.rule(left - 8, begin - 4, left - 7.5, sheet.top - 4)


def _lines(sheet: Sheet, left: float, said: list[str], heading: Heading) -> None:
    font = fonts.BOLD if heading.bold else fonts.REGULAR
    width = sheet.layout.right - left
    lines = [line for text in said for line in wrap(clean(text), font, heading.size, width)]
    sheet.room(len(lines) * heading.size * 1.2 + 3 * sheet.layout.pitch)
    for line in lines:
        sheet.text(left, line, font, heading.size)
        sheet.top += heading.size * 1.2
    sheet.top += 12


def _paragraph(sheet: Sheet, left: float, style: str, text: str) -> None:
    if style == "par":
        sheet.paragraph(left, text, after=sheet.layout.gap)
        return
    indent, glyph, font = {
        "bullet": (0.0, fonts.BULLET_GLYPH, sheet.layout.bullet_font),
        "dash": (18.0, "\u2013", fonts.REGULAR),
    }[style]
    label = (left + indent, glyph, font)
    sheet.paragraph(left + indent + 18, text, after=6, label=label)


def _columns(sheet: Sheet, said: list[str], font: str) -> None:
    sheet.room(20)
    for place, text in enumerate(said):
        sheet.text(sheet.layout.left + 5 + 245 * place, clean(text), font, _BODY)
    sheet.top += 20


def _row(sheet: Sheet, cells: list[str], font: str) -> None:
    """A row of ruled cells without space between it and the next, over a page where it must."""
    layout = sheet.layout
    edges = [layout.left + edge for edge in _COLUMNS[len(cells)]]
    columns = [
        list(_cell(clean(text), font, left + _PAD, right - left - 2 * _PAD))
        for text, left, right in zip(cells, edges, edges[1:], strict=False)
    ]
    height, done = max(map(len, columns)), 0
    while done < height:
        free = int((sheet.bottom - sheet.top) / layout.pitch)
        if free < 1:
            sheet.new_page()
            continue
        part = min(height - done, free)
        for lines in columns:
            for place, (x, text, bullet) in enumerate(lines[done : done + part]):
                top = sheet.top + place * layout.pitch
                if bullet:
                    sheet.text(x - 12, fonts.BULLET_GLYPH, layout.bullet_font, _BODY, top)
                sheet.text(x, text, font, _BODY, top)
        below = sheet.top + part * layout.pitch + 1
        for edge in edges:
            sheet.rule(edge, sheet.top - 1.5, edge + 0.5, below)
        for top in (sheet.top - 1.5, below):
            sheet.rule(edges[0], top, edges[-1], top + 0.5)
        sheet.top = below + 1.5
        done += part


def _cell(text: str, font: str, left: float, width: float) -> list[tuple[float, str, bool]]:
    """The lines of a cell: where each begins, its words, and whether a bullet stands before it."""
    lines = []
    for number, part in enumerate(text.split("* ")):
        indent = 18 if number else 0
        for place, line in enumerate(wrap(part, font, _BODY, width - indent)):
            lines.append((left + indent, line, bool(number) and place == 0))
    return lines
