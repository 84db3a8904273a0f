"""Ruled tables in PDFs: cells from PDFium's rules and words, by pdfplumber.

pdfplumber finds the cells that lines enclose better than anything we would write, but takes a
tenth of a second to read a page. PDFium has read it already: it gives the boxes of what is drawn,
and the words inside a cell.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from pdfplumber.utils.geometry import filter_edges, rect_to_edges

from ...model import Line
from ..repair import repair

_NEAR = 3.0
"""Points within which two rules are one, or meet; pdfplumber's own setting."""


def read_tables(data: bytes, page: int) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    """The ruled tables of a page (from 1): rows of cells, each cell one line with its box.

    Empty cells are left out. A page that cannot be read has no tables.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ()
    try:
        if not 1 <= page <= len(document):
            return ()
        opened = document[page - 1]
        if opened.get_rotation():
            opened.set_rotation(0)
        return tuple(_tables(opened))
    except pypdfium2.PdfiumError:
        return ()
    finally:
        document.close()


def _tables(page: pypdfium2.PdfPage) -> Iterator[tuple[tuple[Line, ...], ...]]:
    height = page.get_height()
    edges = [edge for box in _boxes(page, height) for edge in rect_to_edges(box)]
    kept = filter_edges(
        merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR), min_length=_NEAR
    )  # fmt: skip
    cells = intersections_to_cells(edges_to_intersections(kept, _NEAR, _NEAR))
    textpage = page.get_textpage()
    for table in cells_to_tables(cells):
        rows = groupby(sorted(table, key=itemgetter(1, 0)), itemgetter(1))
        yield tuple(tuple(_row(row, textpage, height)) for _, row in rows)


def _boxes(page: pypdfium2.PdfPage, height: float) -> Iterator[dict[str, Any]]:
    """The boxes of the paths on a page, from its top, as pdfplumber writes them."""
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, edges)):
            left, bottom, right, top = (edge.value for edge in edges)
            yield {
                "object_type": "rect",
                "x0": left,
                "x1": right,
                "y0": bottom,
                "y1": top,
                "top": height - top,
                "bottom": height - bottom,
                "doctop": height - top,
                "width": right - left,
                "height": top - bottom,
            }


def _row(
    boxes: Iterable[tuple[float, float, float, float]],
    textpage: pypdfium2.PdfTextPage,
    height: float,
) -> Iterator[Line]:
    for box in boxes:
        x0, y0, x1, y1 = box
        words = textpage.get_text_bounded(x0, height - y1, x1, height - y0)
        text = repair(" ".join(words.replace("￾", "-").split()))[0]
        if text:
            left, top, right, bottom = (round(edge, 1) for edge in box)
            yield Line(text, left, top, right, bottom, size=0.0, bold=False)
