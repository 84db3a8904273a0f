"""The Word reader: headings by style, numbered lists, tables as rows of cells.

Read are the document's own text, text boxes and footnotes. Left out are what Word does not print
(deleted and hidden text, comments, field codes), running heads and feet, and tables of contents.
No link is followed, no picture or object unpacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..errors import Unreadable
from ..limits import Limits
from ..model import PassageKind, RawDocument
from .package import Package, child, tag, value
from .structured import Part, pages
from .wordstyles import Lists, Style, Styles, is_on, item, outline

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

DEEPEST = 40
"""Tables in tables and boxes in boxes beyond this depth are no document's."""

PROSE = 30
"""A cell of more words, or of two paragraphs, is running text: the table only sets it in boxes."""

_UNPRINTED = frozenset(
    "del moveFrom instrText delText Fallback pPr rPr rt commentReference annotationRef "
    "footnoteReference endnoteReference sdtPr sdtEndPr tblPr tblGrid trPr tcPr".split()
)
_WORDS = {"tab": " ", "noBreakHyphen": "-", "cr": " ", "ptab": " "}


def read_docx(data: bytes, limits: Limits) -> RawDocument:
    """The pages of a Word file, as Word last laid them out where it noted that.

    Raises NotADocument for another office file, Unreadable for a damaged, locked or excessive one.
    """
    package = Package(data, limits)
    name = package.document()
    reader = _Reader(
        Styles(package.beside(name, "styles")), Lists(package.beside(name, "numbering"))
    )
    root = package.part(name)
    reader.laid_out = any(tag(each) == "lastRenderedPageBreak" for each in root.iter())
    parts = list(reader.blocks(child(root, "body")))
    parts += reader.notes(package.beside(name, "footnotes"))
    limits.check("characters", sum(len(part.text) for part in parts))
    return RawDocument(MEDIA_TYPE, pages(parts))


@dataclass(slots=True)
class _Paragraph:
    """What a walk through a paragraph gathers; `boxes` are the text boxes that hang on it."""

    words: list[str] = field(default_factory=list)
    page: int = 0
    plain: bool = False
    """Whether any word of it is not bold."""
    boxes: list[Element] = field(default_factory=list)

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

    def blocks(self, parent: Element | None, depth: int = 0) -> Iterator[Part]:
        """The paragraphs and tables of a body, a cell or a box, in their order."""
        if depth > DEEPEST:
            raise Unreadable("tables or text boxes are nested too deeply; save it as PDF")
        for each in parent if parent is not None else ():
            name = tag(each)
            if name == "p":
                yield from self._paragraph(each, depth)
            elif name == "tbl":
                yield from self._table(each, depth)
            elif name not in _UNPRINTED:
                yield from self.blocks(each, depth + 1)

    def notes(self, root: Element | None) -> Iterator[Part]:
        """The footnotes, at the end."""
        for note in root if root is not None else ():
            text = " ".join(part.text for part in self.blocks(note))
            if value(note, "type") is None and text:
                yield Part("footnote", text, self.page)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Part]:
        properties = child(element, "pPr")
        style = self.styles.of(value(child(properties, "pStyle")))
        if not self.laid_out and is_on(child(properties, "pageBreakBefore")):
            self.page += 1
        found = _Paragraph()
        self._walk(element, found, bold=style.bold, depth=depth)
        if found.text and not style.contents:
            yield self._part(found, style, properties)
        for box in found.boxes:
            yield from self.blocks(box, depth + 1)

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

    def _walk(self, element: Element, found: _Paragraph, *, bold: bool, depth: int) -> None:
        """Gathers the printed words below an element."""
        if depth > DEEPEST:
            raise Unreadable("the text is nested too deeply; save it as PDF")
        for each in element:
            name = tag(each)
            if name == "t":
                found.page = found.page or self.page
                found.words.append(each.text or "")
                found.plain = found.plain or not bold
            elif name == "br":
                found.words.append(" ")
                self.page += value(each, "type") == "page" and not self.laid_out
            elif name == "lastRenderedPageBreak":
                self.page += 1
            elif name == "txbxContent":
                found.boxes.append(each)
            elif name in _WORDS:
                found.words.append(_WORDS[name])
            elif name not in _UNPRINTED and not is_on(child(each, "rPr", "vanish")):
                weight = child(each, "rPr", "b")
                heavy = bold if weight is None else is_on(weight)
                self._walk(each, found, bold=heavy, depth=depth + 1)

    def _table(self, element: Element, depth: int) -> Iterator[Part]:
        rows = [[list(self.blocks(c, depth + 1)) for c in _cells(row)] for row in _rows(element)]
        if any(_is_prose(cell) for row in rows for cell in row):
            yield from _in_reading_order(rows)
            return
        for row in rows:
            self.rows += 1
            for column, cell in enumerate(row):
                text = " ".join(part.text for part in cell)
                if text:
                    yield Part("table_row", text, cell[0].page, row=self.rows, column=column)


def _rows(table: Element) -> Iterator[Element]:
    yield from _named(table, "tr")


def _cells(row: Element) -> Iterator[Element]:
    """The row's cells, less those that a cell above reaches into."""
    for cell in _named(row, "tc"):
        merged = child(cell, "tcPr", "vMerge")
        if merged is None or value(merged) == "restart":
            yield cell


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
