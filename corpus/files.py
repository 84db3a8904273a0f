"""Regular files: bytes of one moment, never more than a limit, never of a pipe or a device."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting: the opening of a pipe would wait for its writer, for ever."""


class FileChanged(OSError):
    """The file was written to while it was read."""


def open_regular(path: Path) -> BinaryIO:
    """The file, open for reading. Raises OSError where it is no regular file or cannot be read."""
    try:
        handle = os.open(path, _FLAGS)
    except ValueError as error:  # a null character in the name
        raise OSError(errno.EINVAL, "not the name of a file") from error
    file = os.fdopen(handle, "rb")
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return file
    file.close()
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise OSError(errno.EINVAL, "not a regular file but a pipe, a socket or a device")


def read_regular(path: Path, limit: int) -> bytes:
    """The file's bytes; where it has more than `limit`, the first `limit` and one.

    Raises OSError where it is no regular file or cannot be read, FileChanged where it changed.
    """
    with open_regular(path) as file:
        before = os.fstat(file.fileno())
        data = file.read(limit + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileChanged(errno.EAGAIN, "the file changed while it was read")
    return data
