"""Web pages: the text of their blocks, headings in bold, scripts and styles left out.

Parsed with the standard library's forgiving parser; nothing is fetched or run.
"""

from __future__ import annotations

from html.parser import HTMLParser

from ..model import Page, RawDocument
from .text import HEIGHT, WIDTH, place

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead "
    "title tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SILENT = frozenset("script style noscript template svg title".split())


def read_html(data: bytes) -> RawDocument:
    """One page: each block of the web page on a line of its own, a blank line between."""
    parser = _Blocks()
    parser.feed(data.decode("utf-8-sig", errors="replace"))
    parser.close()
    parser.flush()
    texts = [text for block in parser.blocks for text in (block, "")]
    bold = frozenset(2 * index for index in parser.headings)
    return RawDocument("text/html", (Page(1, WIDTH, HEIGHT, tuple(place(texts, bold=bold))),))


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.headings: set[int] = set()
        self._words: list[str] = []
        self._silent = 0
        self._heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self.flush()
            self._heading = tag in _HEADINGS
        if tag == "li":
            self._words.append("• ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _BLOCKS:
            self.flush()
            self._heading = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def flush(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if text and text != "•":
            if self._heading:
                self.headings.add(len(self.blocks))
            self.blocks.append(text)
