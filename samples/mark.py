"""The mark at the top of each page, where the inspectorate's own would stand.

It spells SAMPLE in strokes, not in letters: whoever sees a page knows what it is, and the
text that a reader takes from the page is undisturbed.
"""

from __future__ import annotations

from layouts import PAGE_HEIGHT
from reportlab.pdfgen.canvas import Canvas

_LETTERS = (
    ("45 36 16 05 04 13 33 42 41 30 10 01",),
    ("00 26 40", "12 32"),
    ("00 06 22 46 40",),
    ("00 06 36 45 44 33 03",),
    ("06 00 40",),
    ("46 06 00 40", "03 33"),
)
"""Each letter's strokes, as corners on a grid four wide and six high."""


def draw_mark(canvas: Canvas, *, large: bool) -> None:
    """Draw the mark in the top right corner, large on a title page."""
    unit, left, top = (2.6, 440.0, 60.0) if large else (1.8, 478.0, 42.0)
    canvas.saveState()
    canvas.setLineWidth(unit * 0.7)
    canvas.setStrokeGray(0.35)
    for place, strokes in enumerate(_LETTERS):
        for stroke in strokes:
            path = canvas.beginPath()
            for number, (x, y) in enumerate(stroke.split()):
                across = left + (place * 5.6 + int(x)) * unit
                up = PAGE_HEIGHT - top + (int(y) - 3) * unit
                if number:
                    path.lineTo(across, up)
                else:
                    path.moveTo(across, up)
            canvas.drawPath(path)
    canvas.restoreState()
