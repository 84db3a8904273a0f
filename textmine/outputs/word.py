"""Word documents: the rows as one table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import IO, Any, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from .formats import output
from .spool import Row, Spool, plain

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not have."""
_BODY: Final = "word/document.xml"
_END: Final = b"</w:tbl>"


@output("docx", binary=True, suffixes=(".docx",), brief=True)
def write_docx(rows: Iterable[Row], out: IO[bytes]) -> None:
    """A Word table on landscape pages; its head stands on each of them.

    Rows are written into the table of a finished document, as they come: python-docx would hold
    all of them in memory.
    """
    with Spool(rows) as spool:
        empty = io.BytesIO(_empty(spool.columns))
        with ZipFile(empty) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                data = source.read(name)
                if name != _BODY or _END not in data:
                    target.writestr(name, data)
                    continue
                before, end, after = data.partition(_END)
                with target.open(name, "w", force_zip64=True) as body:
                    body.write(before)
                    for row in spool:
                        cells = "".join(_cell(row.get(column)) for column in spool.columns)
                        body.write(f"<w:tr>{cells}</w:tr>".encode())
                    body.write(end + after)


def _empty(columns: list[str]) -> bytes:
    """A document with the head of the table."""
    from docx import Document  # noqa: PLC0415 (few answers are Word files)
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 (the same)
    from docx.oxml import OxmlElement  # noqa: PLC0415 (the same)

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    if columns:
        table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
        for cell, name in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(_printable(name.replace("_", " "))).bold = True
        repeated: Any = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 (no public way)
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def _cell(value: object) -> str:
    words = escape(_printable(plain(value)))
    return f'<w:tc><w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p></w:tc>'


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
