"""The web page reader: headings, paragraphs, items and rows of cells, without scripts and styles.

Parsed with the standard library's forgiving parser: no link is followed, nothing is fetched or
run, and entities that a page declares itself are not known to it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ..model import PassageKind, Problem, RawDocument
from .encoding import decoded
from .structured import Part, pages

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead "
    "title ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset("script style noscript template svg title".split())

_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
_CLOSED_BY_NEXT = frozenset("p li td th tr dt dd option".split())
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])"
    r"|(?<![-\w])color\s*:\s*(?:white\b|#fff(?:fff)?\b|rgb\(255,\s*255,\s*255\))"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4}",
    re.IGNORECASE,
)
_GROUND = re.compile(r"background", re.IGNORECASE)

PROSE = 30
"""A cell of more words is running text: the table only sets it in boxes."""


def read_html(data: bytes) -> RawDocument:
    """One page: each block of the web page on a line of its own."""
    parser = _Blocks()
    text = decoded(data, declared=True)
    parser.feed(text)
    parser.close()
    parser.flush()
    problems = []
    if parser.hidden:
        message = f"{parser.hidden} characters that nobody sees were left out"
        problems.append(Problem("text-hidden", message))
    return RawDocument("text/html", pages(parser.parts), tuple(problems))


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    """Whether an element says that it is not seen; white on a ground of its own is."""
    said = dict(attrs)
    if "hidden" in said:
        return True
    style = said.get("style") or ""
    found = _UNSEEN.search(style)
    return bool(found) and not ("color" in str(found and found[0]) and _GROUND.search(style))


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self.hidden = 0
        """Characters that nobody sees."""
        self._open: list[tuple[str, bool]] = []
        """The elements that are open, and whether each is seen."""
        self._words: list[str] = []
        self._silent = 0
        self._role: PassageKind = "paragraph"
        self._level = 0
        self._row = 0
        self._column = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CLOSED_BY_NEXT and any(name == tag for name, _ in self._open[-2:]):
            self._close(tag)
        if tag not in _EMPTY:
            self._open.append((tag, not _is_hidden(attrs)))
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
        self._close(tag)
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _CELLS or tag == "tr":
            self.flush()
            self._role, self._column = "paragraph", self._column + 1
        elif tag in _BLOCKS:
            self._break("p")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if all(seen for _, seen in self._open):
            self._words.append(data)
        else:
            self.hidden += len("".join(data.split()))

    def _close(self, tag: str) -> None:
        """An element and what was left open in it."""
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

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
