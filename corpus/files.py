"""Regular files: bytes of one moment, never more than a limit, never of a pipe or a device."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting: the opening of a pipe would wait for its writer, for ever."""


class FileChanged(OSError):
    """The file was written to while it was read."""


def read_regular(path: Path, limit: int) -> bytes:
    """The file's bytes; where it has more than `limit`, the first `limit` and one.

    Raises OSError where it is no regular file or cannot be read, FileChanged where it changed.
    """
    try:
        handle = os.open(path, _FLAGS)
    except ValueError as error:  # a null character in the name
        raise OSError(errno.EINVAL, "not the name of a file") from error
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if stat.S_ISDIR(before.st_mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "not a regular file but a pipe, a socket or a device")
        data = file.read(limit + 1)
        after = os.fstat(handle)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileChanged(errno.EAGAIN, "the file changed while it was read")
    return data
