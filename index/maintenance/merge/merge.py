"""Merge: libraries into one, a transaction for each document, so that it can be broken off.

A merge that is run again goes on where it was: what is here already adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from corpus.errors import UsageError

from ...documents import digests
from ...storage.database import Database
from ..progress import Step, silent
from ..scratch import scratch
from .documents import lost_document, merge_document
from .records import MergeResult
from .source import open_source, require
from .tables import merge_tables

_SCRATCH: Final = ".merge-"


def check(folders: Sequence[Path], target: Path) -> tuple[Path, ...]:
    """The libraries to merge, each once. Raises where one is missing, or the target itself."""
    found = dict.fromkeys(folder.resolve() for folder in folders)
    for folder in found:
        require(folder)
        if folder == target.resolve():
            raise UsageError(
                f"{target} is the library that takes the others in; name only the others"
            )
    return tuple(found)


def merge(
    db: Database, folders: Sequence[Path], *, who: str, step: Step = silent
) -> Iterator[MergeResult]:
    """Bring libraries into this one, one after the other; a result for each document.

    Raises LibraryError for a library that cannot be used; what came in before it stays.
    """
    with db.transaction():
        digests.freshen(db)  # of a target that an earlier version made
    total = 0
    for folder in folders:
        with scratch(db.folder, _SCRATCH) as room, open_source(folder, room) as source:
            documents = source.documents()
            total += len(documents)
            for number, name in documents:
                yield merge_document(db, source, number, name, who=who)
                step(name, total)
            for name in source.lost():
                yield lost_document(source, name)
            yield merge_tables(db, source)
