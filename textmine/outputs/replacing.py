"""Replacing a file: written beside it and renamed, so that a full disk leaves the old one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """The path to write to; it becomes `file` when all is written, and goes when not."""
    target = file.resolve()
    if target.exists() and not target.is_file():  # a device or a pipe, such as /dev/stdout
        yield file
        return
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        yield beside
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
