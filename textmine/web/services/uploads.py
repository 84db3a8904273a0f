"""Uploads: files that readers send, read into the library one upload after another."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from corpus.errors import TextmineError
from corpus.model import IngestOptions

from ...api import Library
from ..settings import Settings

REMEMBERED: Final = 50
"""Uploads whose results can still be seen."""


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file."""

    name: str
    result: str
    """`ok`, `partial`, `duplicate` or `failed`."""
    message: str
    sha256: str


@dataclass(slots=True)
class Upload:
    """An upload on its way. The thread that reads it appends to `outcomes`; pages only look."""

    key: str
    names: tuple[str, ...]
    outcomes: list[FileOutcome] = field(default_factory=list)
    error: str = ""
    done: bool = False


class Uploads:
    """The uploads of this run of the server; one thread reads them, as one process may write."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="upload")
        self._known: OrderedDict[str, Upload] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, folder: Path, files: Sequence[Path], options: IngestOptions) -> Upload:
        """Read files into the library as soon as those before are done; the folder then goes."""
        upload = Upload(secrets.token_urlsafe(9), tuple(file.name for file in files))
        with self._lock:
            self._known[upload.key] = upload
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        self._thread.submit(self._read, upload, folder, tuple(files), options)
        return upload

    def get(self, key: str) -> Upload | None:
        """An upload by its key."""
        return self._known.get(key)

    def close(self) -> None:
        """Wait for the upload at hand."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _read(
        self, upload: Upload, folder: Path, files: tuple[Path, ...], options: IngestOptions
    ) -> None:
        try:
            with Library(self._settings.library) as library:
                for each in library.ingest(
                    files,
                    options=options,
                    retry_failed=True,
                    register=self._settings.register,
                    themes=self._settings.themes,
                ):
                    upload.outcomes.append(
                        FileOutcome(
                            each.candidate.path.name,
                            each.result,
                            each.message or "",
                            each.source.sha256 if each.source else "",
                        )
                    )
        except TextmineError as error:
            upload.error = str(error)
        except Exception:
            upload.error = "a fault of textmine; the window in which it was started says more"
            raise
        finally:
            upload.done = True
            shutil.rmtree(folder, ignore_errors=True)
