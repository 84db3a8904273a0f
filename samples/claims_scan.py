"""Turns the pages of a PDF into scans of themselves: skewed a little, grey, noisy, no text."""

from __future__ import annotations

import random
from contextlib import closing
from io import BytesIO

import pypdfium2  # noqa: TID251 (draws what the readers are tested with)
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_DPI = 200
_SKEW = 0.6
_NOISE = 18


def scan(pdf: bytes) -> bytes:
    """The same pages as pictures."""
    out = BytesIO()
    chance = random.Random(7)
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            picture = page.render(scale=_DPI / 72, grayscale=True).to_pil()
            canvas.drawImage(ImageReader(_aged(picture, chance)), 0, 0, 595, 842)
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _aged(picture: Image.Image, chance: random.Random) -> BytesIO:
    angle = chance.uniform(-_SKEW, _SKEW)
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.7))
    noise = Image.effect_noise(soft.size, _NOISE)
    grey = Image.blend(soft, noise, 0.12)
    packed = BytesIO()
    grey.save(packed, "JPEG", quality=35)
    packed.seek(0)
    return packed
