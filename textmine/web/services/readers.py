"""Readers: a few threads, each with its own read-only connection to the library."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus.errors import LibraryMissing

from ...api import Library

T = TypeVar("T")

PAGE_SECONDS, FILE_SECONDS = 30.0, 120.0
"""Of all that a page reads, and a file of everything; a search has its own, shorter time."""


class Readers:
    """Answers questions beside the event loop; so many at once as there are threads.

    A connection stays with its thread, and with it what SQLite has read and prepared.
    """

    def __init__(self, library: Path, threads: int) -> None:
        self._library = library
        self._count = threads
        self._local = threading.local()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    async def ask(self, question: Callable[[Library], T], seconds: float = PAGE_SECONDS) -> T:
        """The answer to a question that takes the library; UsageError after so many seconds."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(self._answer, question, seconds))

    def close(self) -> None:
        """Close each connection in its own thread, as SQLite wants it, and let the threads end."""
        together = threading.Barrier(self._count)
        for _ in range(self._count):
            self._threads.submit(self._close, together)
        self._threads.shutdown(wait=True)

    def _close(self, together: threading.Barrier) -> None:
        together.wait()  # so that no thread takes the turn of another
        library: Library | None = getattr(self._local, "library", None)
        if library:
            library.close()

    def _answer(self, question: Callable[[Library], T], seconds: float) -> T:
        library: Library | None = getattr(self._local, "library", None)
        if library is None:
            # Whoever looks at the page may see internal documents, as on the command line's screen.
            library = self._local.library = Library(self._library, internal=True)
        try:
            with ExitStack() as limits:
                with suppress(LibraryMissing):  # some pages need no library
                    limits.enter_context(library.deadline(seconds))
                return question(library)
        except Exception:
            library.close()  # what went wrong may be the connection's: the next one is new
            raise
