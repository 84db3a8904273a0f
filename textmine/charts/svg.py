"""Charts as SVG: dots with their intervals, or bars, in panels below each other.

Nothing depends on colour: marks are told apart by place and label, and every number is printed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Final, Literal, TypeAlias
from urllib.parse import quote

from .model import Chart, Mark, Panel

Form: TypeAlias = Literal["dots", "bars"]
Address: TypeAlias = Callable[[str], str]
"""The address at which the passages of a query are listed."""

WIDTH: Final = 760
_ENDS: Final = (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10)  # whose quarters are short to write
_LETTER, _SMALL_LETTER = 6.9, 6.4  # of labels and numbers, on average
_ROW, _HEAD, _TOP = 22, 34, 18
_INK, _SOFT, _LINE, _FILL = "#1a1a1a", "#555555", "#c9c9c9", "#2b5c8a"
_BAR: Final = "#9dbbd8"  # so light that an interval shows on it
FONT: Final = "DejaVu Sans, Liberation Sans, Arial, Helvetica, sans-serif"


def page_address(query: str, base: str = "http://127.0.0.1:8765") -> str:
    """The address of the passages while `textmine serve` runs with its usual settings."""
    return f"{base}/?q={quote(query)}"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the scale stands: between the labels and the numbers, which need room."""

    left: float
    right: float
    top: float
    """The end of the scale."""

    def x(self, value: float) -> float:
        """The place of a value."""
        return self.left + min(value / self.top, 1) * (self.right - self.left)

    def label(self, text: str) -> str:
        """A label, cut to the room that there is."""
        most = int((self.left - 22) / _LETTER)
        return text if len(text) <= most else f"{text[: most - 1]}…"


def _frame(chart: Chart) -> _Frame:
    marks = [mark for panel in chart.panels for mark in panel.marks]
    label = max((len(mark.label) for mark in marks), default=0) * _LETTER + 24
    number = max((len(mark.said) for mark in marks), default=0) * _SMALL_LETTER + 24
    return _Frame(
        left=min(max(250, label), 340),
        right=WIDTH - min(max(175, number), 230),
        top=_top(chart),
    )


def draw(chart: Chart, form: Form = "dots", *, address: Address | None = page_address) -> str:
    """The chart as an SVG document with a title and a description for screen readers."""
    body: list[str] = []
    y = _TOP
    for line in textwrap.wrap(chart.title, 78):
        y += 20
        body.append(text(16, y, line, size=16, bold=True))
    for line in textwrap.wrap(chart.axis, 108):
        y += 17
        body.append(text(16, y, line, size=12, colour=_SOFT))
    frame = _frame(chart)
    for panel in chart.panels:
        if panel.title:
            y += _HEAD
            body.append(text(16, y, panel.title, size=13, bold=True))
        y += 8
        body += _scale(chart, frame, y, len(panel.marks) * _ROW)
        body += _rows(panel, form, frame, y, address)
        y += len(panel.marks) * _ROW + 20
    for note in chart.notes:
        for line in textwrap.wrap(note, 112):
            y += 16
            body.append(text(16, y, line, size=11, colour=_SOFT))
    return svg(chart.title, chart.description, WIDTH, y + 18, body)


def svg(title: str, description: str, width: float, height: float, body: list[str]) -> str:
    """A whole SVG document on white, named and described."""
    return "\n".join(
        (
            (
                '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc"'
                f' viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
                f' font-family="{FONT}">'
            ),
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(description)}</desc>',
            f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
            *body,
            "</svg>\n",
        )
    )


def _top(chart: Chart) -> float:
    """The end of the scale: 1 for shares, else a round number above all values."""
    if chart.percent:
        return 1.0
    values = [
        value
        for panel in chart.panels
        for mark in panel.marks
        for value in (mark.value, mark.high)
        if value is not None
    ]
    most = max(values, default=1.0) or 1.0
    step = 10.0 ** (len(str(int(most))) - 1) if most >= 1 else 0.1
    return next(step * n for n in _ENDS if step * n >= most)


def _scale(chart: Chart, frame: _Frame, y: float, height: float) -> Iterator[str]:
    for quarter in range(5):
        value = frame.top * quarter / 4
        x = frame.x(value)
        label = f"{value:.0%}" if chart.percent else f"{value:g}"
        yield f'<path d="M{x:.1f} {y}v{height + 4}" stroke="{_LINE}" stroke-width="1"/>'
        yield text(x, y + height + 16, label, size=10, colour=_SOFT, anchor="middle")


def _rows(
    panel: Panel, form: Form, frame: _Frame, y: float, address: Address | None
) -> Iterator[str]:
    for at, mark in enumerate(panel.marks):
        middle = y + at * _ROW + _ROW / 2
        parts = [
            f"<title>{escape(_in_full(mark))}</title>",
            text(frame.left - 10, middle + 4, frame.label(mark.label), size=12, anchor="end"),
            *_mark(mark, form, frame, middle),
            text(frame.right + 12, middle + 4, mark.said, size=11, colour=_SOFT),
        ]
        inner = "".join(parts)
        if mark.find and address:
            # The whole row is the link, not only its strokes: this path is for the mouse alone.
            row = f"M16 {middle - _ROW / 2:.1f}H{WIDTH - 8}v{_ROW}H16z"
            area = f'<path d="{row}" fill="none" pointer-events="all"/>'
            inner = f'<a href="{escape(address(mark.find))}">{inner}{area}</a>'
        yield f"<g>{inner}</g>"


def _mark(mark: Mark, form: Form, frame: _Frame, y: float) -> Iterator[str]:
    if mark.value is None:
        return
    x = frame.x(mark.value)
    if form == "bars":
        wide = max(x - frame.left, 1)
        yield f'<rect x="{frame.left:.1f}" y="{y - 7:.1f}" width="{wide:.1f}" height="14"'
        yield f' fill="{_BAR}" stroke="{_FILL}"/>'
    if mark.low is not None and mark.high is not None:
        low, high = frame.x(mark.low), frame.x(mark.high)
        yield f'<path d="M{low:.1f} {y - 4:.1f}v8M{low:.1f} {y:.1f}H{high:.1f}'
        yield f'M{high:.1f} {y - 4:.1f}v8" stroke="{_INK}" stroke-width="1.5" fill="none"/>'
    if form == "dots":
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{_FILL}" stroke="#ffffff"/>'


def _in_full(mark: Mark) -> str:
    """The mark in words, with the query that finds its passages."""
    query = f". To read the passages: textmine search {mark.find!r}" if mark.find else ""
    return f"{mark.label}: {mark.said}{query}"


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: int,
    bold: bool = False,
    colour: str = _INK,
    anchor: str = "start",
) -> str:
    """Words of a drawing."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"'
        f' text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )
