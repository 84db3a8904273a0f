"""Reports made distinct: of a few PDF files any number, each with bytes and a text of its own.

A line is printed at the foot of each file's last page once; every copy then says its own number
there, in an update at the end of the file. So a copy costs no more than writing it.
"""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium
from pypdfium2 import raw

LINE: Final = "Benchmark copy number 0000000 of this report"
_NUMBER: Final = b"0000000".hex().encode()
"""As PDFium writes it."""
_OBJECT: Final = re.compile(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?>>\s*stream\r?\n", re.DOTALL)
_WIDE: Final = LINE.encode("utf-16-le") + b"\0\0"


def templates(files: Iterable[Path]) -> Iterator[bytes]:
    """The files with the line, and with an update at the end in which a number can be put."""
    for path in files:
        if (made := _template(path)) is not None:
            yield made


def copy(template: bytes, number: int) -> bytes:
    """A copy with this number; as long as its template, so that its table of places still holds."""
    return template.replace(_NUMBER, f"{number:07}".encode().hex().encode())


def _template(path: Path) -> bytes | None:
    data = _with_line(path)
    for match in _OBJECT.finditer(data):
        end = data.index(b"endstream", match.end())
        try:
            content = zlib.decompressobj().decompress(data[match.end() : end])
        except zlib.error:
            continue
        if _NUMBER in content:
            return _updated(data, int(match[1]), content)
    return None


def _with_line(path: Path) -> bytes:
    document = pdfium.PdfDocument(path)
    page = document[len(document) - 1]
    line = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 9.0)
    text = ctypes.cast(ctypes.create_string_buffer(_WIDE), ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFText_SetText(line, text)
    raw.FPDFPageObj_Transform(line, 1, 0, 0, 1, 72, 60)
    raw.FPDFPage_InsertObject(page.raw, line)
    raw.FPDFPage_GenerateContent(page.raw)
    made = io.BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()


def _updated(data: bytes, number: int, content: bytes) -> bytes | None:
    """The file with one stream again, as plain text, in an update at its end."""
    trailer = data.rindex(b"trailer") if b"trailer" in data else -1
    if trailer < 0:
        return None
    before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    keys = data[data.index(b"<<", trailer) + 2 : data.index(b"startxref", trailer)]
    keys = re.sub(rb"/Prev\s+\d+", b"", keys[: keys.rindex(b">>")])
    place = len(data) + 1
    head = b"%d 0 obj\n<< /Length %d >>\nstream\n" % (number, len(content))
    stream = head + content + b"\nendstream\nendobj\n"
    table = place + len(stream)
    return (
        data
        + b"\n"
        + stream
        + (
            b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
            % (number, place, keys, before, table)
        )
    )
