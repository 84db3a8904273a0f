"""The chart as a PNG image, for Word files."""

from __future__ import annotations

from io import BytesIO

from .model import Chart

_SCALE = 2  # dots for each unit, so that print is sharp
_WIDTH, _ROW, _LEFT, _TOP = 640, 19, 270, 26
_INK, _BAR = (27, 27, 27), (169, 191, 216)


def draw(chart: Chart) -> bytes:
    """The chart as PNG."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 (only this output needs it)

    size = _WIDTH * _SCALE, (_TOP + 6 + _ROW * len(chart.bars)) * _SCALE
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(12 * _SCALE)
    span = _WIDTH - _LEFT - 70

    def at(x: float, y: float) -> tuple[int, int]:
        return round(x * _SCALE), round(y * _SCALE)

    pen.text(at(0, 4), chart.title, _INK, font)
    for index, bar in enumerate(chart.bars):
        top = _TOP + index * _ROW
        low, high = _LEFT + bar.low * span, _LEFT + bar.high * span
        fill = _INK if bar.here else "white"
        pen.ellipse((at(1, top + 4), at(9, top + 12)), fill, _INK, _SCALE)
        pen.text(at(16, top), bar.label, _INK, font)
        if bar.share:
            pen.rectangle((at(_LEFT, top + 2), at(_LEFT + bar.share * span, top + 14)), _BAR)
        pen.line((at(low, top + 8), at(high, top + 8)), _INK, _SCALE)
        pen.text(at(high + 6, top), bar.said, _INK, font)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
