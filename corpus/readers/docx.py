"""The Word reader: headings by style, numbered lists, tables as rows of cells.

Read are the document's own text, text boxes, footnotes and endnotes. Left out are what Word does
not print (deleted text, comments, field codes, what a form asks for), what nobody sees (hidden,
white or tiny words, which is noted), marks of notes, running heads and feet, and tables of
contents. No link is followed, no picture or object unpacked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..errors import Unreadable
from ..limits import Limits
from ..model import PassageKind, Problem, RawDocument
from .package import Package, child, tag, value
from .structured import Part, pages
from .symbols import character, in_symbol_font
from .wordstyles import Lists, Look, Style, Styles, is_on, is_shaded, item, outline

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

DEEPEST = 40
"""Tables in tables and boxes in boxes beyond this depth are no document's."""

PROSE = 30
"""A cell of more words, or of two paragraphs, is running text: the table only sets it in boxes."""

_UNPRINTED = frozenset(
    "del moveFrom instrText delText Fallback pPr rPr rt commentReference annotationRef "
    "footnoteReference endnoteReference sdtPr sdtEndPr tblPr tblGrid trPr tcPr".split()
)
_NOTE = re.compile(r"[\d,*†‡\s]+")
_UNIT = re.compile(r"\b(?:[kcm]?m|10)\s*\Z")
"""Behind it a raised number is an exponent."""

_WORDS = {"tab": " ", "noBreakHyphen": "-", "cr": " ", "ptab": " "}


def read_docx(data: bytes, limits: Limits) -> RawDocument:
    """The pages of a Word file, as Word last laid them out where it noted that.

    Raises NotADocument for another office file, Unreadable for a damaged, locked or excessive one.
    """
    package = Package(data, limits)
    name = package.document()
    reader = _Reader(
        Styles(package.related_part(name, "styles")), Lists(package.related_part(name, "numbering"))
    )
    root = package.part(name)
    reader.laid_out = any(tag(each) == "lastRenderedPageBreak" for each in root.iter())
    parts = list(reader.blocks(child(root, "body")))
    for kind in ("footnotes", "endnotes"):
        parts += reader.notes(package.related_part(name, kind))
    limits.check("characters", sum(len(part.text) for part in parts))
    limits.check("pages", reader.page)
    return RawDocument(MEDIA_TYPE, pages(parts), tuple(reader.problems(root)))


@dataclass(slots=True)
class _Paragraph:
    """What a walk through a paragraph gathers; `boxes` are the text boxes that hang on it."""

    words: list[str] = field(default_factory=list)
    page: int = 0
    plain: bool = False
    """Whether any word of it is not bold."""
    boxes: list[Element] = field(default_factory=list)
    shaded: bool = False
    """Whether it may stand on a ground of its own, on which white words are seen."""

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@dataclass(slots=True)
class _Reader:
    styles: Styles
    lists: Lists
    laid_out: bool = False
    """Whether Word noted where its pages ended; else only breaks that a person set are known."""
    page: int = 1
    rows: int = 0
    hidden: int = 0
    """Characters that nobody sees."""
    _open: _Paragraph | None = None
    """A paragraph whose end was deleted: the next one goes on in it."""

    def blocks(
        self, parent: Element | None, depth: int = 0, *, shaded: bool = False
    ) -> Iterator[Part]:
        """The paragraphs and tables of a body, a cell or a box, in their order."""
        if depth > DEEPEST:
            raise Unreadable("tables or boxes are nested too deeply; save it as PDF")
        for each in parent if parent is not None else ():
            name = tag(each)
            if name == "p":
                yield from self._paragraph(each, depth, shaded=shaded)
            elif name == "tbl":
                yield from self._unended()
                yield from self._table(each, depth)
            elif name not in _UNPRINTED and not _is_prompt(each):
                yield from self.blocks(each, depth + 1, shaded=shaded)
        if depth == 0:
            yield from self._unended()

    def _unended(self) -> Iterator[Part]:
        """A paragraph whose end was deleted, where none comes after it."""
        found, self._open = self._open, None
        if found and found.text:
            yield self._part(found, Style(), None)

    def notes(self, root: Element | None) -> Iterator[Part]:
        """The footnotes or endnotes, at the end."""
        for note in root if root is not None else ():
            text = " ".join(part.text for part in self.blocks(note))
            if value(note, "type") is None and text:
                yield Part("footnote", text, self.page)

    def problems(self, root: Element) -> Iterator[Problem]:
        """What was left out that a person should know of."""
        if self.hidden:
            message = f"{self.hidden} characters that nobody sees were left out"
            yield Problem("text-hidden", message)
        if any(tag(each) == "altChunk" for each in root.iter()):
            message = "a file that is embedded in this one was not read; save it as PDF"
            yield Problem("part-unread", message)

    def _paragraph(self, element: Element, depth: int, *, shaded: bool) -> Iterator[Part]:
        properties = child(element, "pPr")
        style = self.styles.of(value(child(properties, "pStyle")))
        if not self.laid_out and is_on(child(properties, "pageBreakBefore")):
            self.page += 1
        found, self._open = self._open or _Paragraph(), None
        found.shaded = shaded or is_shaded(child(properties, "shd"))
        self._walk(element, found, style.look, depth)
        if any(child(properties, "rPr", name) is not None for name in ("del", "moveFrom")):
            self._open = found
            return
        if found.text and not style.contents:
            yield self._part(found, style, properties)
        for box in found.boxes:
            yield from self.blocks(box, depth + 1, shaded=True)

    def _part(self, found: _Paragraph, style: Style, properties: Element | None) -> Part:
        level = outline(properties)
        level = style.level if level is None else level
        list_ = item(properties, style.item) or style.item
        mark = self.lists.next(*list_) if list_ else None
        text = f"{mark} {found.text}" if mark else found.text
        role: PassageKind = "heading" if level is not None else "paragraph"
        if mark is not None and role == "paragraph" and not mark.rstrip(".)").isdigit():
            role = "bullet"
        return Part(role, text, found.page, level or 0, bold=not found.plain)

    def _walk(self, element: Element, found: _Paragraph, look: Look, depth: int) -> None:
        """Gathers the printed words below an element."""
        if depth > DEEPEST:
            raise Unreadable("its text is nested too deeply; save it as PDF")
        for each in element:
            name = tag(each)
            if name == "t":
                self._text(each.text or "", found, look)
            elif name == "sym":
                self._text(_symbol(each), found, look)
            elif name == "br":
                found.words.append(" ")
                self.page += value(each, "type") == "page" and not self.laid_out
            elif name == "lastRenderedPageBreak":
                self.page += 1
            elif name == "txbxContent":
                found.boxes.append(each)
            elif name in _WORDS:
                found.words.append(_WORDS[name])
            elif name not in _UNPRINTED and not _is_prompt(each):
                properties = child(each, "rPr")
                style = self.styles.of(value(child(properties, "rStyle")))
                own = look.under(style.look).altered(properties) if properties is not None else look
                self._walk(each, found, own, depth + 1)

    def _text(self, text: str, found: _Paragraph, look: Look) -> None:
        """Words, unless nobody sees them or they are the mark of a note."""
        if look.hidden or (look.white and not found.shaded):
            self.hidden += len(text.strip())
            return
        before = "".join(found.words[-3:])
        if look.raised and _NOTE.fullmatch(text) and before.strip() and not _UNIT.search(before):
            return
        found.page = found.page or self.page
        found.words.append(in_symbol_font(text, look.font))
        found.plain = found.plain or not look.bold

    def _table(self, element: Element, depth: int) -> Iterator[Part]:
        rows = [list(self._row(row, depth)) for row in _rows(element)]
        if any(_is_prose(cell) for row in rows for cell in row):
            yield from _in_reading_order(rows)
            return
        for row in rows:
            self.rows += 1
            words = [" ".join(part.text for part in cell) for cell in row]
            filled = [column for column, text in enumerate(words) if text]
            # A row with one cell is a title of the rows below it.
            for column in filled if len(filled) == 1 else range(len(row)):
                cell = row[column]
                page = next((part.page for each in row for part in each), self.page)
                page = cell[0].page if cell else page
                if filled:
                    yield Part("table_row", words[column], page, row=self.rows, column=column)

    def _row(self, row: Element, depth: int) -> Iterator[list[Part]]:
        """The row's cells, one for each column: what a cell reaches into is empty."""
        properties = child(row, "trPr")
        yield from ([] for _ in range(_number(value(child(properties, "gridBefore")), 0)))
        for cell in _named(row, "tc"):
            about = child(cell, "tcPr")
            merged = child(about, "vMerge")
            if child(about, "cellDel") is not None:
                continue
            if merged is None or value(merged) == "restart":
                # A table's style may colour its cells, which nothing here says.
                yield list(self.blocks(cell, depth + 1, shaded=True))
            else:
                yield []
            yield from ([] for _ in range(_number(value(child(about, "gridSpan")), 1) - 1))


def _symbol(element: Element) -> str:
    code = value(element, "char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    return character(value(element, "font") or "", int(code, 16)) or ""


def _is_prompt(element: Element) -> bool:
    """Whether a control of a form still shows what it asks for ("Click here to enter text")."""
    return tag(element) == "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr"))


def _number(said: str | None, default: int) -> int:
    return min(int(said), WIDEST) if said and said.isdecimal() else default


WIDEST = 63
"""Word's tables have no more columns."""


def _rows(table: Element) -> Iterator[Element]:
    """The rows, less those that were deleted."""
    for row in _named(table, "tr"):
        if child(row, "trPr", "del") is None:
            yield row


def _named(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those that stand in a content control."""
    for each in parent:
        if tag(each) == name:
            yield each
        elif tag(each) in {"sdt", "sdtContent", "customXml"}:
            yield from _named(each, name)


def _is_prose(cell: list[Part]) -> bool:
    return len(cell) > 1 or any(len(part.text.split()) > PROSE for part in cell)


def _in_reading_order(rows: list[list[list[Part]]]) -> Iterator[Part]:
    """The cells of a table of running text, one after the other.

    Where two columns or more of it run under heads of their own, each column is read from top to
    bottom, its head as a heading; else row after row.
    """
    head, *body = rows
    running = [i for i in range(len(head)) if sum(map(_is_prose, _column(body, i))) > len(body) / 2]
    if len(running) < 2 or any(len(cell) != 1 or _is_prose(cell) for cell in head if cell):
        yield from (part for row in rows for cell in row for part in cell)
        return
    for index, cell in enumerate(head):
        yield from (part._replace(role="heading", level=2) for part in cell)
        yield from (part for cell in _column(body, index) for part in cell)


def _column(rows: Iterable[list[list[Part]]], index: int) -> list[list[Part]]:
    return [row[index] for row in rows if index < len(row)]
