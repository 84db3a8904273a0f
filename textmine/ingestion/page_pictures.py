"""Pictures of pages: drawn in a worker, as PDFs are untrusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureJob:
    """A page of a PDF to draw; a `photo` is a scan."""

    data: bytes
    page: int
    scale: float
    photo: bool


def make_drawer() -> Callable[[PictureJob], tuple[str, bytes]]:
    """Runs in a worker: what draws there."""
    from corpus.readers import page_picture  # noqa: PLC0415 (the main process draws nothing)

    def draw(job: PictureJob) -> tuple[str, bytes]:
        return page_picture(job.data, job.page, job.scale, photo=job.photo)

    return draw
