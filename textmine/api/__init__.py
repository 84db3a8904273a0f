"""The door: `textmine.open(path)` gives a `Library`, on which every surface stands.

with textmine.open("library") as lib:
hits = lib.search("supervision not recorded", since="2023", polarity="concern")
print(hits.total, hits.read_as)
for hit in hits:
print(lib.cite(hit.document).text(), hit.text)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.maintenance.progress import Step, silent

from .interchange import Interchange
from .results import Narrowing, QueryResults, Results, SearchResults
from .statistics import Statistics

if TYPE_CHECKING:
    from index.maintenance.backup import Saved

__all__ = [
    "Library",
    "Narrowing",
    "QueryResults",
    "Results",
    "SearchResults",
    "open",
    "restore",
]


class Library(Statistics, Interchange):
    """A library of documents and what was found in them: the one door to all of it.

    Make one with `textmine.open(path)` and use it as a context manager. It has one connection for
    its life, opened by the first question and closed at the end, in the thread that opened it;
    any number of libraries can be open on one folder while one process writes to it, and each
    question sees what had been written when it was asked.

    Questions take the keywords of `Narrowing`: `authority` (any of its names), `region`,
    `doc_type`, `theme`, `polarity`, `timing`, `extent`, `aspect` (one value or several, any of
    which will do), `since` and `until` ("2024", "2024-05", "2024-05-17"), and `internal`.
    Internal documents are left out unless `internal=True`; `count_omitted()` says how many.

    Lists come as `Results`: frozen records that are read when they are iterated over, with
    `.total`, and `.to_rows()` for pandas and polars. Columns are those of `--format json`.
    Dates are text, ISO 8601. Offsets are characters of a document's text, half-open.

    Errors are `corpus.errors.TextmineError`: UsageError where something cannot be understood,
    LibraryError (LibraryMissing, LibraryBusy, LibraryDamaged, LibraryTooNew) where the library
    cannot be used, DataError for a wrong data file. Each is one line that says what to do.
    """


def open(path: str | Path = "library", *, internal: bool = False) -> Library:  # noqa: A001
    """The library in a folder, to be used in a `with` statement."""
    return Library(path, internal=internal)


def restore(file: str | Path, path: str | Path, *, step: Step = silent) -> Saved:
    """Make a library from a backup, in a folder that is new or empty."""
    from index.maintenance.restore import restore as unpack  # noqa: PLC0415

    return unpack(Path(file), Path(path), step=step)
