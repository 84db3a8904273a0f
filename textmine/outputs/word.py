"""Word documents: the rows as one table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any, Final

from .formats import output
from .spool import Row, Spool, plain

if TYPE_CHECKING:
    from docx.table import Table

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not have."""


@output("docx", binary=True, suffixes=(".docx",), brief=True)
def write_docx(rows: Iterable[Row], out: IO[bytes]) -> None:
    """A Word document on landscape pages; the head of the table stands on each of them."""
    from docx import Document  # noqa: PLC0415 (few answers are Word files)
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 (the same)

    with Spool(rows) as spool:
        document = Document()
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        if spool.columns:
            table = document.add_table(rows=1, cols=len(spool.columns), style="Table Grid")
            _fill(table, spool)
        document.save(out)


def _fill(table: Table, spool: Spool) -> None:
    """Rows are made of XML: python-docx looks through a table for each that it adds."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 (few answers are Word files)

    for cell, name in zip(table.rows[0].cells, spool.columns, strict=True):
        cell.paragraphs[0].add_run(_printable(name.replace("_", " "))).bold = True
    repeated: Any = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 (no public way)
    body: Any = table._tbl  # noqa: SLF001 (the same)
    for row in spool:
        line: Any = OxmlElement("w:tr")
        for name in spool.columns:
            words: Any = OxmlElement("w:t")
            words.text = _printable(plain(row.get(name)))
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            inner: Any = words
            for tag in ("w:r", "w:p", "w:tc"):
                outer: Any = OxmlElement(tag)
                outer.append(inner)
                inner = outer
            line.append(inner)
        body.append(line)


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
