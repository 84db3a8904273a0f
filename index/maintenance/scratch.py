"""Scratch folders: copies of documents on the disk where they are needed, gone when work ends.

The worker holds a lock in its folder, which ends with the process: what a killed one left is
removed by the next.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ..storage import originals
from ..storage.lock import lock

_LOCK: Final = "lock"


@contextmanager
def scratch(folder: Path, prefix: str) -> Iterator[Path]:
    """A new folder within another, whose name begins so; those that nobody uses any more go."""
    _sweep(folder, prefix)
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix=prefix) as name,
        (Path(name) / _LOCK).open("xb") as held,
    ):
        lock(held)
        yield Path(name)


def _sweep(folder: Path, prefix: str) -> None:
    for left in folder.glob(f"{prefix}*"):
        with suppress(OSError):  # of somebody else, or being swept by another
            if _is_left(left):
                shutil.rmtree(left)


def _is_left(folder: Path) -> bool:
    """Whether nobody works there any more; a folder that has just been made is still empty."""
    try:
        with (folder / _LOCK).open("rb+") as held:
            return lock(held)
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime > originals.STALE
