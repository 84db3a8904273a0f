"""The web page reader: headings, paragraphs, items and rows of cells, without scripts and styles.

Parsed with the standard library's forgiving parser: no link is followed, nothing is fetched or
run, and entities that a page declares itself are not known to it.
"""

from __future__ import annotations

from html.parser import HTMLParser

from ..model import PassageKind, RawDocument
from .structured import Part, pages

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead "
    "title ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset("script style noscript template svg title".split())

PROSE = 30
"""A cell of more words is running text: the table only sets it in boxes."""


def read_html(data: bytes) -> RawDocument:
    """One page: each block of the web page on a line of its own."""
    parser = _Blocks()
    parser.feed(data.decode("utf-8-sig", errors="replace"))
    parser.close()
    parser.flush()
    return RawDocument("text/html", pages(parser.parts))


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self._words: list[str] = []
        self._silent = 0
        self._role: PassageKind = "paragraph"
        self._level = 0
        self._row = 0
        self._column = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent += 1
        if tag == "tr":
            self.flush()
            self._row, self._column = self._row + 1, 0
        elif tag in _CELLS:
            self.flush()
            self._role = "table_row"
        elif tag in _BLOCKS:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _CELLS or tag == "tr":
            self.flush()
            self._role, self._column = "paragraph", self._column + 1
        elif tag in _BLOCKS:
            self._break("p")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def _break(self, tag: str) -> None:
        """A block begins, unless it stands in a cell: a cell is one line."""
        if self._role == "table_row" and tag != "table":
            self._words.append(" ")
            return
        self.flush()
        if tag == "br":
            return
        self._role = "heading" if tag in _HEADINGS else "bullet" if tag == "li" else "paragraph"
        self._level = int(tag[1]) if tag in _HEADINGS else 0

    def flush(self) -> None:
        """End the current block."""
        text = " ".join("".join(self._words).split())
        self._words = []
        if not text:
            return
        if self._role == "table_row" and len(text.split()) <= PROSE:
            self.parts.append(Part("table_row", text, row=self._row, column=self._column))
        else:
            role: PassageKind = "paragraph" if self._role == "table_row" else self._role
            self.parts.append(Part(role, text, level=self._level))
