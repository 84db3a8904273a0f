"""A chart as a picture, for what cannot hold a drawing."""

from __future__ import annotations

from io import BytesIO

from .model import Chart

_SCALE = 2  # dots for each unit, so that print is sharp
_WIDTH, _ROW, _LEFT, _TOP = 640, 24, 250, 28
_INK, _BAR = (27, 27, 27), (59, 110, 165)


def draw(chart: Chart) -> bytes:
    """The chart as PNG."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 (only this output needs it)

    size = _WIDTH * _SCALE, (_TOP + 8 + _ROW * len(chart.bars)) * _SCALE
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
        pen.text(at(0, top + 3), bar.label, _INK, font)
        if bar.share:
            pen.rectangle((at(_LEFT, top + 3), at(_LEFT + bar.share * span, top + 17)), _BAR)
        pen.line((at(low, top + 10), at(high, top + 10)), _INK, _SCALE)
        pen.text(at(high + 6, top + 3), bar.said, _INK, font)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
