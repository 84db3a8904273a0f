"""Bytes into pages of lines. Content decides the reader, never the name.

Handles of PDF libraries never leave this package: a reader returns plain records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from ..errors import NotADocument, WebPageAsPdf
from ..limits import Limits
from ..model import Line, RawDocument

DEFAULT = Limits()

SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".txt")
"""What a walk through a folder offers to the readers."""

TableReader: TypeAlias = Callable[[int], Sequence[Sequence[Sequence[Line]]]]
"""Asks for the ruled tables of a page (from 1): tables of rows of cells."""

_MARKUP = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|!--|\?xml)", re.IGNORECASE
)


def read(data: bytes, name: str, limits: Limits = DEFAULT) -> RawDocument:
    """The pages of a file. Raises a DocumentError that says what it is instead."""
    limits.check("bytes", len(data))
    if not data.strip():
        raise NotADocument("the file is empty")
    # Some producers put a few bytes before the signature; readers of PDF allow 1,024.
    if b"%PDF-" in data[:1024]:
        from .pdfium import read_pdf  # noqa: PLC0415 (PDFium is loaded when a PDF comes)

        return read_pdf(data, limits)
    if _MARKUP.match(data[:2048]):
        if name.lower().endswith(".pdf"):
            raise WebPageAsPdf("this is a web page saved as PDF; download the report again")
        limits.check("characters", len(data))
        from .html import read_html  # noqa: PLC0415

        return read_html(data)
    if data.startswith(b"PK\x03\x04"):
        raise NotADocument("Word and other office files are not read yet; save it as PDF")
    limits.check("characters", len(data))
    from .text import read_text  # noqa: PLC0415

    return read_text(data)


def table_reader(data: bytes) -> TableReader:
    """Asks pdfplumber about the pages of these bytes; there are none in a file that is no PDF."""

    def tables(page: int) -> Sequence[Sequence[Sequence[Line]]]:
        if b"%PDF-" not in data[:1024]:
            return ()
        from .plumber import read_tables  # noqa: PLC0415 (slow to import, seldom needed)

        return read_tables(data, page)

    return tables
