"""Use cases of the library and its documents.

Nothing here imports spaCy or starts a process before it must: searching must start at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import LibraryMissing
from corpus.language.personal import Personal, find_personal
from corpus.model import Document, Page, Problem
from corpus.printable import original as unescaped
from corpus.readers import read
from corpus.register.authorities import Register
from index.documents import (
    citation_rows,
    digests,
    file_log,
    ingest_options,
    provenance,
    reissues,
    store,
)
from index.documents import corrections as by_hand
from index.documents.authorities import AuthorityCount, count_documents
from index.documents.citation_rows import Cited
from index.documents.corrections import Correction
from index.documents.records import FileRecord, StoredDocument
from index.documents.reissues import Reissue
from index.maintenance.backup import Saved
from index.maintenance.backup import backup as back_up
from index.maintenance.deletion import erase
from index.maintenance.issues import IntegrityIssue
from index.maintenance.progress import Step, silent
from index.maintenance.restore import restore as unpack
from index.maintenance.verify import verify as check
from index.query.filters import Filters
from index.reports import counts
from index.reports.counts import DocumentRow, FindingRow, RecommendationRow, Status
from index.storage import originals
from index.storage.database import Database, create, open_read, open_write

from ..ingestion.candidate import Candidate, Candidates
from ..ingestion.sources import gather
from ..themes import Theme, load_themes
from .searches import MIXED

if TYPE_CHECKING:
    from index.documents.rows import TagRows
    from index.reports.figures import FigureFilter, FigureRow

    from ..ingestion.executor import Executor
    from ..ingestion.ingest import FileResult
    from ..ingestion.jobs import Job, Reading, Tagging
    from ..ingestion.process_limits import WorkLimits
    from ..ingestion.refresh import RefreshResult, Stale
    from ..pipeline import Tagged, TagInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The library's folder, and data files that replace or extend built-in ones."""

    library: Path
    register: Path | None = None
    themes: Path | None = None
    jobs: int = 1
    """How many files are read at once, each in a process of its own."""
    executor: Executor[Any, Any] | None = None
    """What reads and tags the files; None for processes on this machine."""
    limits: WorkLimits | None = None
    """What one file may take; None for the usual."""


def find_files(
    paths: Iterable[str], *, manifest: Path | None = None, follow_links: bool = False
) -> Candidates:
    """The files that paths and manifest name."""
    return gather(paths, manifest=manifest, follow_links=follow_links)


def failed_files(library: Path) -> tuple[Candidate, ...]:
    """The files of a library whose last try failed."""
    with open_read(library) as db:
        return tuple(
            Candidate(
                Path(unescaped(each.path)),
                Path(each.path).name,
                ingest_options.get(db, each.sha256),
            )
            for each in file_log.files(db, "failed")
        )


def ingest(
    files: Iterable[Candidate], setup: Setup, *, retry_failed: bool = False
) -> Iterator[FileResult]:
    """Read files into the library, creating it if needed; one result per file."""
    from ..ingestion.ingest import (  # noqa: PLC0415 (a search needs no workers)
        Ingest,
        largest_first,
    )

    register = _checked(setup)
    with create(setup.library) as db:
        originals.sweep(db.folder)
        with db.transaction():
            file_log.refresh_authorities(db, register)
            _record_models(db, setup)
        run = Ingest(db, _executor(setup))
        ordered = largest_first(files) if setup.jobs > 1 else files
        yield from run.run(ordered, retry_failed=retry_failed)


def try_out(files: Iterable[Candidate], setup: Setup) -> Iterator[FileResult]:
    """Reads files as an ingest would, and stores nothing."""
    from ..ingestion.ingest import try_out as run  # noqa: PLC0415 (a search needs no workers)

    _checked(setup)
    yield from run(files, _executor(setup))


def _checked(setup: Setup) -> Register:
    """The register. What is wrong with it or with the themes is told here, not by a worker."""
    load_themes(setup.themes)
    return Register.load(setup.register)


def _record_models(db: Database, setup: Setup) -> None:
    """The versions of the learned models that this command tags with."""
    from ..ingestion.versions import Maker, models  # noqa: PLC0415 (a search needs no workers)

    maker = Maker.of(load_themes(setup.themes))
    provenance.record_models(db, maker.pipeline, models())


def _executor(setup: Setup) -> Executor[Any, Any]:
    """What reads files with the register and the themes of this command."""
    from ..ingestion.process_pool import Pool  # noqa: PLC0415

    make = partial(_reader, setup.register, setup.themes)
    return setup.executor or Pool(make, workers=setup.jobs, limits=setup.limits)


def _reader(
    register: Path | None, themes: Path | None
) -> Callable[[Job | Tagging], Reading | TagRows]:
    """Runs in a worker, where spaCy may be imported."""
    from ..ingestion.reader import make_reader  # noqa: PLC0415

    return make_reader(register, themes)


def tag(inputs: Iterable[TagInput], themes: Path | None = None) -> Iterator[tuple[Tagged, ...]]:
    """The findings of passages that are in no library."""
    from ..pipeline import Tagger  # noqa: PLC0415 (imports spaCy)

    return Tagger(load_themes(themes)).tag(inputs)


def themes(path: Path | None = None) -> tuple[Theme, ...]:
    """Every theme, the shipped ones and the user's own."""
    return load_themes(path)


def authorities(library: Path) -> tuple[AuthorityCount, ...]:
    """The authorities of a library's register; of the built-in one where there is no library."""
    try:
        with open_read(library) as db:
            return count_documents(db)
    except LibraryMissing:
        return tuple(
            AuthorityCount(key=each.key, name=each.name, region=each.region, documents=0)
            for each in sorted(Register.load(), key=lambda each: each.name)
        )


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


def count_findings(library: Path, filters: Filters | None = None) -> int:
    """The number of findings that pass the filters."""
    with open_read(library) as db:
        return counts.count_findings(db, filters)


def count_figures(
    library: Path, filters: Filters | None = None, wanted: FigureFilter | None = None
) -> int:
    """The number of figures that pass the filters."""
    from index.reports.figures import count_figures as count  # noqa: PLC0415

    with open_read(library) as db:
        return count(db, filters, wanted)


def figures(
    library: Path,
    filters: Filters | None = None,
    wanted: FigureFilter | None = None,
    *,
    limit: int | None = None,
) -> tuple[FigureRow, ...]:
    """The figures that the filters let through."""
    from index.reports.figures import figures as find  # noqa: PLC0415 (one command needs it)

    with open_read(library) as db:
        return tuple(find(db, filters, wanted, limit=-1 if limit is None else limit))


def recommendations(
    library: Path,
    filters: Filters | None = None,
    *,
    kinds: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> tuple[RecommendationRow, ...]:
    """The recommendations in documents that pass the filters."""
    with open_read(library) as db:
        return tuple(counts.recommendations(db, filters, kinds=kinds, tags=tags))


def citable(library: Path, references: Iterable[str]) -> tuple[Cited, ...]:
    """The documents that these numbers, file names or hashes mean, as citations name them."""
    with open_read(library) as db:
        return tuple(citation_rows.document(db, store.resolve(db, each)) for each in references)


def left_out(library: Path, filters: Filters) -> str | None:
    """A note where the filters keep internal documents out and there are some."""
    if filters.internal:
        return None
    with open_read(library) as db:
        count = counts.count_internal(db)
    some = "1 internal document" if count == 1 else f"{count} internal documents"
    them = "it" if count == 1 else "them"
    return f"{some} left out; add --internal to include {them}" if count else None


def unknown(library: Path, filters: Filters) -> tuple[str, ...]:
    """A note for each value of the filters that nothing in the library has."""
    with open_read(library) as db:
        return counts.unknown(db, filters)


def mixed(library: Path) -> str | None:
    """A note where documents were tagged by different versions, so that findings differ."""
    with open_read(library) as db:
        return MIXED if provenance.mixed(db) else None


def document(library: Path, reference: str) -> StoredDocument:
    """The document that a number, a file name or the start of a SHA-256 means."""
    with open_read(library) as db:
        return store.get(db, store.resolve(db, reference))


def reissue(library: Path, reference: str) -> Reissue:
    """The reissue links of a document."""
    with open_read(library) as db:
        return reissues.of(db, store.resolve(db, reference))


def printed_lines(library: Path, reference: str) -> tuple[Page, ...]:
    """The pages of a document's original as the reader sees them now."""
    with open_read(library) as db:
        original = store.get(db, store.resolve(db, reference)).entry.original
        data = originals.read(db.folder, original.sha256, original.media_type)
        said = ingest_options.get(db, original.sha256)
    return read(data, original.name, ocr=said.ocr or "auto").pages


def status(library: Path) -> Status:
    """What the library holds, what failed, what made it."""
    with open_read(library) as db:
        return counts.status(db)


def problems(library: Path) -> tuple[tuple[int, str, Problem], ...]:
    """The problems of documents: a number printed twice, a page without text."""
    with open_read(library) as db:
        return tuple(counts.problems(db))


def tried_files(library: Path, outcome: str | None = None) -> tuple[FileRecord, ...]:
    """The last outcomes of files, all or of one kind."""
    with open_read(library) as db:
        return file_log.files(db, outcome)


def verify(
    library: Path, *, repair: bool = False, setup: Setup | None = None, step: Step = silent
) -> Iterator[IntegrityIssue]:
    """The integrity issues of the library; `repair` rebuilds what it can.

    Damaged documents are read again with the register and the themes of `setup`.
    """
    if not repair:
        with open_read(library) as db:
            yield from check(db, step=step)
        return

    def read_again(db: Database, numbers: tuple[int, ...]) -> None:
        from ..ingestion.refresh import Refresh, Stale  # noqa: PLC0415 (few libraries need it)

        for _ in Refresh(db, _executor(setup or Setup(library=library))).run(Stale(read=numbers)):
            pass

    with open_write(library) as db:
        yield from check(db, repair=True, read_again=read_again, step=step)


def backup(library: Path, file: Path, *, force: bool = False, step: Step = silent) -> Saved:
    """Write the library into one file, while others may read and write."""
    return back_up(library, file, force=force, step=step)


def restore(file: Path, library: Path, *, step: Step = silent) -> Saved:
    """Makes a library from a backup, in a folder that is new or empty."""
    return unpack(file, library, step=step)


def correct(
    setup: Setup, reference: str, pairs: Sequence[str], *, why: str, who: str
) -> Iterator[RefreshResult]:
    """Sets fields and grades of a document by hand.

    Where what could have been given at the ingest is set, the document is read again: the
    result of that is yielded.
    """
    from ..ingestion.refresh import Stale  # noqa: PLC0415
    from .corrections import changes  # noqa: PLC0415 (only this command needs it)

    with open_write(setup.library) as db, db.transaction():
        number = store.resolve(db, reference)
        document = store.get(db, number).document
        asked = changes(document, pairs, Register.load(setup.register))
        for change in asked:
            said = Correction(
                part=change.part, name=change.name, value=change.value, why=why, who=who
            )
            by_hand.add(db, number, said)
    if any(change.part == "given" for change in asked):
        yield from refresh(Stale(read=(number,)), setup)


def corrections(library: Path, reference: str) -> tuple[Correction, ...]:
    """Everything that was ever set by hand in a document."""
    with open_read(library) as db:
        return by_hand.of(db, store.resolve(db, reference))


def personal(library: Path, reference: str) -> tuple[Document, tuple[Personal, ...]]:
    """Possible personal data in a document."""
    document_ = document(library, reference).document
    return document_, find_personal(document_, Register.load())


def personal_in_file(path: Path) -> tuple[Document, tuple[Personal, ...]]:
    """Possible personal data in a file outside a library."""
    from ..ingestion.one_file import document_of  # noqa: PLC0415 (a search needs no workers)

    found = document_of(path)
    return found, find_personal(found, Register.load())


def delete(library: Path, reference: str) -> None:
    """Deletes a document so that nothing of it is left in the library."""
    with open_write(library) as db:
        erase(db, store.resolve(db, reference))


def stale(library: Path, themes: Path | None = None, *, write: bool = False) -> Stale:
    """The documents that this version and these themes would make otherwise.

    With `write`, a library of an earlier schema is brought up to date first.
    """
    from ..ingestion.refresh import find_stale  # noqa: PLC0415 (a search needs no workers)
    from ..ingestion.versions import Maker  # noqa: PLC0415

    maker = Maker.of(load_themes(themes))
    with (open_write if write else open_read)(library) as db:
        return find_stale(db, maker)


def chosen(
    library: Path, references: Sequence[str] = (), *, every: bool = False, write: bool = False
) -> Stale:
    """Documents to read again because somebody asks for it: some, or every one."""
    from ..ingestion.refresh import Stale  # noqa: PLC0415 (a search needs no workers)

    with (open_write if write else open_read)(library) as db:
        if every:
            return Stale(read=tuple(number for number, *_ in provenance.each(db)))
        return Stale(read=tuple(dict.fromkeys(store.resolve(db, each) for each in references)))


def refresh(stale: Stale, setup: Setup) -> Iterator[RefreshResult]:
    """Read and tag stale documents again; one result each."""
    from ..ingestion.refresh import Refresh  # noqa: PLC0415 (a search needs no workers)

    register = _checked(setup)
    with open_write(setup.library) as db:
        with db.transaction():
            reissues.freshen(db)
            digests.freshen(db)
            _record_models(db, setup)
            if stale.read or setup.register:
                file_log.refresh_authorities(db, register)
        yield from Refresh(db, _executor(setup)).run(stale)
