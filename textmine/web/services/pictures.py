"""Pictures of pages: drawn once by a worker that can be killed, and held in memory.

Nothing of them is written to disk: a document that is deleted leaves no picture behind.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.errors import Unreadable

from ...ingestion.page_pictures import PictureJob, make_drawer
from ...ingestion.process_limits import WorkLimits

if TYPE_CHECKING:
    from ...api import Library
    from ...ingestion.process_pool import Pool

ROOM: Final = 96 * 2**20
"""Bytes of pictures that are held: some two thousand pages."""

LIMITS: Final = WorkLimits(seconds=20.0, cpu_seconds=600, memory=2 * 2**30, jobs=2000)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page."""

    media_type: str
    data: bytes


class Pictures:
    """Pictures by document, page and size; each is drawn by one worker, one at a time."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held: OrderedDict[tuple[str, int, float], Picture] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._pool: Pool[PictureJob, tuple[str, bytes]] | None = None
        self.drawn = 0
        """How many were drawn, for those who measure."""

    def get(
        self, library: Library, sha256: str, page: int, *, scale: float = 1.5, photo: bool = False
    ) -> Picture:
        """The picture of a page. Raises Unreadable where it cannot be drawn."""
        key = (sha256, page, scale)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            _, data = library.original(sha256)
            picture = self._draw(PictureJob(data, page, scale, photo))
            self._hold(key, picture)
            return picture

    def start(self) -> None:
        """Have a worker ready before the first picture is asked for."""
        with self._lock:
            self._ready().warm()

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            if self._pool:
                self._pool.close()
                self._pool = None

    def _ready(self) -> Pool[PictureJob, tuple[str, bytes]]:
        from ...ingestion.process_pool import Pool  # noqa: PLC0415 (loads multiprocessing)

        if self._pool is None:
            self._pool = Pool(make_drawer, limits=LIMITS)
        return self._pool

    def _draw(self, job: PictureJob) -> Picture:
        result = self._ready().do(job)
        self.drawn += 1
        if not isinstance(result, tuple):
            raise Unreadable(f"page {job.page} cannot be drawn: {result.message}")
        media_type, data = result
        return Picture(media_type, data)

    def _hold(self, key: tuple[str, int, float], picture: Picture) -> None:
        self._held[key] = picture
        self._size += len(picture.data)
        while self._size > self._room and len(self._held) > 1:
            _, oldest = self._held.popitem(last=False)
            self._size -= len(oldest.data)
