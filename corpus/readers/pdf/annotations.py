"""What is written on a PDF page beside its text: values in the fields of a form, notes typed on it.

Notes that open in a window of their own, marks and links are no text of the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from ...model import Line
from ..repair import repair
from .frame import Frame, Handle

SIZE = 10.0
"""The size of what somebody typed into a field, in points: the field does not always say."""

STEP = 1.2
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_CHOICES = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})


def annotation_lines(
    document: pypdfium2.PdfDocument, page: Handle, frame: Frame
) -> tuple[Line, ...]:
    """The typed words on the page, where they stand."""
    lines: list[Line] = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            words = _words(document, annotation)
            if words:
                lines += _lines_at(words, annotation, frame)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return tuple(lines)


def _words(document: pypdfium2.PdfDocument, annotation: Handle) -> str:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind not in {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT}:
        return ""
    if pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return ""
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _text(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
    if document.formenv is None:
        document.init_forms()
    form = document.formenv
    if form is None:
        return _text(pdfium.FPDFAnnot_GetStringValue, annotation, b"V")
    if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) in _CHOICES:
        return ""
    return _text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)


def _text(function: Handle, *arguments: object) -> str:
    """What a function of PDFium writes into a buffer once it has said how long it is."""
    length = function(*arguments, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    function(*arguments, buffer, length)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _lines_at(words: str, annotation: Handle, frame: Frame) -> Sequence[Line]:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return ()
    x0, y0, x1, y1 = frame.place(rect.left, rect.bottom, rect.right, rect.top)
    printed = [text for each in words.splitlines() if (text := repair(each)[0])]
    high = len(printed) * SIZE * STEP
    top = y0 + max(y1 - y0 - high, 0) / 2 if len(printed) == 1 else y0
    return [
        Line(
            text, round(x0, 1), round(top + i * SIZE * STEP, 1), round(x1, 1),
            round(top + i * SIZE * STEP + SIZE, 1), SIZE, bold=False,
        )
        for i, text in enumerate(printed)
    ]  # fmt: skip


def with_lines(lines: Sequence[Line], more: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page with others put in where they stand: after those above them."""
    merged = list(lines)
    for line in more:
        middle = (line.y0 + line.y1) / 2
        before = [
            place
            for place, other in enumerate(merged)
            if other.y0 <= middle and (other.y1 <= middle or other.x0 <= line.x0)
        ]
        merged.insert(before[-1] + 1 if before else 0, line)
    return tuple(merged)
