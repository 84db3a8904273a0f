"""Readers: bytes into pages of lines. The content selects the reader, never the name.

Handles of PDF libraries never leave this package: a reader returns plain records.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from ..errors import NotADocument, Unreadable, WebPageAsPdf
from ..limits import Limits
from ..model import Line, OcrMode, RawDocument

DEFAULT = Limits()

SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".txt")
"""What a walk through a folder offers to the readers."""

TableReader: TypeAlias = Callable[[int], Sequence[Sequence[Sequence[Line]]]]
"""Asks for the ruled tables of a page (from 1): tables of rows of cells."""

_MARKUP = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|(?:html|head|body|h[1-6]|div|p|table|article|section|main)\b|!--|\?xml)",
    re.IGNORECASE,
)

_MAIL = re.compile(rb"(?:From [^\n]*\n)?(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){2,}", re.IGNORECASE)
_MAIL_ONLY = re.compile(rb"^(?:message-id|mime-version|received):", re.IGNORECASE | re.MULTILINE)
"""Fields at the head of a message, one of them such as only mail has."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which a locked .docx keeps its bytes."""


def read(data: bytes, name: str, limits: Limits = DEFAULT, *, ocr: OcrMode = "auto") -> RawDocument:
    """Read the pages of a file; `ocr` selects the pages read by OCR.

    Raises a DocumentError that says what the file is instead.
    """
    limits.check("bytes", len(data))
    if not data.strip():
        raise NotADocument("the file is empty")
    # Some producers put a few bytes before the signature; readers of PDF allow 1,024.
    if _is_pdf(data):
        from .pdf.pdfium import read_pdf  # noqa: PLC0415 (PDFium is loaded when a PDF comes)

        return read_pdf(data, limits, ocr)
    if _MARKUP.match(_head(data)):
        if name.lower().endswith(".pdf"):
            raise WebPageAsPdf("this is a web page saved as PDF; download the report again")
        limits.check("characters", len(data))
        from .html import read_html  # noqa: PLC0415

        return read_html(data)
    if data.startswith(b"PK\x03\x04"):
        from .docx import read_docx  # noqa: PLC0415

        return read_docx(data, limits)
    if data.startswith(_OLD_OFFICE):
        locked = _LOCKED in data
        what = "locked with a password" if locked else "of the old kind (.doc)"
        raise NotADocument(f"an Office file {what}; save a copy as .docx or PDF")
    if data.startswith(b"{\\rtf"):
        raise NotADocument("a rich text file (.rtf); save a copy as .docx or PDF")
    if (head := _MAIL.match(data[:4096])) and _MAIL_ONLY.search(head[0]):
        raise NotADocument("an e-mail; save its attachments, or save it as PDF")
    limits.check("characters", len(data))
    from .text import read_text  # noqa: PLC0415

    return read_text(data, limits)


def _is_pdf(data: bytes) -> bool:
    """Whether it begins as a PDF; with bytes before that, it must also go on like one."""
    at = data[:1024].find(b"%PDF-")
    if at < 0 or data.startswith(b"PK\x03\x04"):
        return False
    return not data[:at].strip(b"\xef\xbb\xbf \t\r\n") or b"endobj" in data or b"%%EOF" in data


def _head(data: bytes) -> bytes:
    """The first bytes of a file, in UTF-8 where they are text in UTF-16."""
    head = data[:2048]
    if head[:2] not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return head
    return head.decode("utf-16", errors="replace").encode()


def table_reader(data: bytes) -> TableReader:
    """Asks pdfplumber about the pages of these bytes; there are none in a file that is no PDF."""

    def tables(page: int) -> Sequence[Sequence[Sequence[Line]]]:
        if not _is_pdf(data):
            return ()
        from .pdf.plumber import read_tables  # noqa: PLC0415 (slow to import, seldom needed)

        return read_tables(data, page)

    return tables


def page_picture(
    data: bytes, number: int, scale: float = 1.5, *, photo: bool = False
) -> tuple[str, bytes]:
    """The media type and the bytes of the picture of a PDF's page, at `scale` pixels a point.

    Raises Unreadable where the bytes are no PDF or have no such page.
    """
    if not _is_pdf(data):
        raise Unreadable("only a PDF has pictures of its pages")
    from .pdf.picture import page_picture as draw  # noqa: PLC0415 (PDFium is seldom loaded here)

    return draw(data, number, scale, photo=photo)
