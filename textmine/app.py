"""The use cases. The command line and the web both call these; none prints or parses arguments.

Nothing here imports spaCy before it tags: searching must start at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.authorities import Register
from corpus.model import Page
from corpus.readers import read
from index import counts, ledger, originals, store
from index.counts import DocumentRow, FindingRow, Status
from index.database import create, open_read
from index.records import FileRecord, Stored
from index.search import Filters, Hits
from index.search import search as search_index

from .sources import Candidate, Candidates, gather
from .themes import Theme, load_themes

if TYPE_CHECKING:
    from .ingest import FileResult
    from .pipeline import Tagged, TagInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Where the library is, and the data that replace or extend what is shipped."""

    library: Path
    register: Path | None = None
    themes: Path | None = None


def find_files(paths: Iterable[str], *, manifest: Path | None = None) -> Candidates:
    """The files that paths and manifest name."""
    return gather(paths, manifest=manifest)


def failed_files(library: Path) -> tuple[Candidate, ...]:
    """The files of a library whose last try failed."""
    with open_read(library) as db:
        failed = ledger.files(db, "failed")
    return tuple(Candidate(Path(each.path), Path(each.path).name) for each in failed)


def ingest(
    files: tuple[Candidate, ...],
    setup: Setup,
    *,
    retry_failed: bool = False,
    on_start: Callable[[Candidate], None] = lambda _: None,
) -> Iterator[FileResult]:
    """Reads files into the library, which is made where there is none; one result a file."""
    from .ingest import Ingester  # noqa: PLC0415 (imports spaCy)

    register, themes = Register.load(setup.register), load_themes(setup.themes)
    ingester = Ingester(register, themes)
    with create(setup.library) as db:
        with db.transaction():
            ledger.refresh_authorities(db, register)
        yield from ingester.run(files, db, retry_failed=retry_failed, on_start=on_start)


def try_out(files: tuple[Candidate, ...], setup: Setup) -> Iterator[FileResult]:
    """Reads files as an ingest would, and stores nothing."""
    from .ingest import Ingester  # noqa: PLC0415 (imports spaCy)

    ingester = Ingester(Register.load(setup.register), load_themes(setup.themes))
    yield from ingester.try_out(files)


def tag(inputs: Iterable[TagInput], themes: Path | None = None) -> Iterator[tuple[Tagged, ...]]:
    """The findings of passages that are in no library."""
    from .pipeline import Tagger  # noqa: PLC0415 (imports spaCy)

    return Tagger(load_themes(themes)).tag(inputs)


def themes(path: Path | None = None) -> tuple[Theme, ...]:
    """Every theme, the shipped ones and the user's own."""
    return load_themes(path)


def search(
    library: Path,
    query: str,
    filters: Filters | None = None,
    *,
    engine: str | None = None,
    limit: int = 20,
) -> Hits:
    """The passages that answer the query, the best first."""
    with open_read(library) as db:
        return search_index(db, query, filters, engine=engine, limit=limit)


def documents(library: Path, filters: Filters | None = None) -> tuple[DocumentRow, ...]:
    """The library's documents with their fields and judgements."""
    with open_read(library) as db:
        return counts.documents(db, filters)


def findings(
    library: Path, filters: Filters | None = None, *, limit: int | None = None
) -> tuple[FindingRow, ...]:
    """The findings that the filters let through."""
    with open_read(library) as db:
        return tuple(counts.findings(db, filters, limit=limit))


def document(library: Path, reference: str) -> Stored:
    """The document that a number, a file name or the start of a SHA-256 means."""
    with open_read(library) as db:
        return store.get(db, store.resolve(db, reference))


def printed_lines(library: Path, reference: str) -> tuple[Page, ...]:
    """The pages of a document's original as the reader sees them now."""
    with open_read(library) as db:
        original = store.get(db, store.resolve(db, reference)).entry.original
        data = originals.read(db.folder, original.sha256, original.media_type)
    return read(data, original.name).pages


def status(library: Path) -> Status:
    """What the library holds, what failed, what made it."""
    with open_read(library) as db:
        return counts.status(db)


def tried_files(library: Path, outcome: str | None = None) -> tuple[FileRecord, ...]:
    """What became of every file, or of those that ended so."""
    with open_read(library) as db:
        return ledger.files(db, outcome)
