"""Plain records: what a worker may send, and nothing that could run code in this process.

A worker reads hostile files with native code. If one is taken over, what it sends must not be more
than data: only records of ours are made of it, by name.
"""

from __future__ import annotations

import io
import pickle
from importlib import import_module
from typing import Any, Final

_MODULES: Final = frozenset(
    {
        "corpus.model",
        "index.documents.records",
        "index.documents.rows",
        "textmine.ingestion.jobs",
        "textmine.ingestion.process_worker",
    }
)


class NotPlain(pickle.UnpicklingError):
    """It asks for something that is no record of ours."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in _MODULES and "." not in name:
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise NotPlain(f"a reader sent a {module}.{name}")


def plain_records(data: bytes) -> Any:
    """The records that a worker has sent. Raises NotPlain where there is anything else."""
    return _Reader(io.BytesIO(data)).load()
