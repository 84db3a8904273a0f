"""Use cases of the library and its documents.

Nothing here imports spaCy or starts a process before it must: searching must start at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.language.personal import Personal, find_personal
from corpus.model import Document, Page
from corpus.printable import original as unescaped
from corpus.readers import read
from corpus.register.authorities import Register
from index.documents import corrections as by_hand
from index.documents import digests, file_log, ingest_options, provenance, reissues, store
from index.documents.corrections import Correction
from index.maintenance.issues import IntegrityIssue
from index.maintenance.merge import merge as merging
from index.maintenance.merge.records import MergeResult
from index.maintenance.progress import Step, silent
from index.maintenance.verify import verify as check
from index.storage import originals
from index.storage.database import Database, create, open_write

from ..extras import need, need_encoder
from ..ingestion.candidate import Candidate, Candidates
from ..ingestion.sources import gather
from ..themes import load_themes

if TYPE_CHECKING:
    from index.documents.rows import TagRows

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
    encoder: bool = False
    """Whether the encoder weighs the findings too: slower, and more often right."""
    jobs: int = 1
    """How many files are read at once, each in a process of its own."""
    scheduler: str | None = None
    """The address of a Dask scheduler whose workers read and tag; None for this machine."""
    executor: Executor[Any, Any] | None = None
    """What reads and tags the files in the place of both."""
    limits: WorkLimits | None = None
    """What one file may take; None for the usual."""


def find_files(
    paths: Iterable[str],
    *,
    manifest: Path | None = None,
    follow_links: bool = False,
    step: Step = silent,
) -> Candidates:
    """The files that paths and manifest name; the steps are those of a long manifest."""
    return gather(paths, manifest=manifest, follow_links=follow_links, step=step)


def failed_files(db: Database) -> tuple[Candidate, ...]:
    """The files of a library whose last try failed."""
    return tuple(
        Candidate(
            Path(unescaped(each.path)), Path(each.path).name, ingest_options.get(db, each.sha256)
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

    register = check_data(setup)
    executor = _executor(setup)
    with create(setup.library) as db:
        originals.sweep(db.folder)
        with db.transaction():
            file_log.refresh_authorities(db, register)
            _record_models(db, setup)
        run = Ingest(db, executor)
        ordered = largest_first(files) if setup.jobs > 1 or setup.scheduler else files
        yield from run.run(ordered, retry_failed=retry_failed)


def try_out(files: Iterable[Candidate], setup: Setup) -> Iterator[FileResult]:
    """Reads files as an ingest would, and stores nothing."""
    from ..ingestion.ingest import try_out as run  # noqa: PLC0415 (a search needs no workers)

    check_data(setup)
    yield from run(files, _executor(setup))


def check_data(setup: Setup) -> Register:
    """The register. What is wrong with it or the themes is told here, not by a worker.

    So is a missing encoder.
    """
    if setup.encoder:
        need_encoder()
    load_themes(setup.themes)
    return Register.load(setup.register)


def _record_models(db: Database, setup: Setup) -> None:
    """The versions of the learned models that this command tags with."""
    from ..ingestion.versions import Maker, models  # noqa: PLC0415 (a search needs no workers)

    maker = Maker.of(load_themes(setup.themes), encoder=setup.encoder)
    provenance.record_models(db, maker.pipeline, models(encoder=setup.encoder))


def _executor(setup: Setup) -> Executor[Any, Any]:
    """What reads files with the register and the themes of this command."""
    if setup.executor:
        return setup.executor
    if setup.scheduler:
        return _cluster(setup, setup.scheduler)
    from ..ingestion.process_pool import Pool  # noqa: PLC0415

    make = partial(_reader, setup.register, setup.themes, encoder=setup.encoder)
    return Pool(make, workers=setup.jobs, limits=setup.limits)


def _cluster(setup: Setup, scheduler: str) -> Executor[Any, Any]:
    need("distributed", "cluster", "--scheduler")
    from ..ingestion.cluster.dask_cluster import Cluster  # noqa: PLC0415
    from ..ingestion.cluster.worker import Readers, work  # noqa: PLC0415

    readers = Readers.of(setup.register, setup.themes, encoder=setup.encoder, limits=setup.limits)
    return Cluster(scheduler, partial(work, readers))


def _reader(
    register: Path | None, themes: Path | None, *, encoder: bool
) -> Callable[[Job | Tagging], Reading | TagRows]:
    """Runs in a worker, where spaCy may be imported."""
    from ..ingestion.reader import make_reader  # noqa: PLC0415

    return make_reader(register, themes, encoder=encoder)


def tag(
    inputs: Iterable[TagInput], themes: Path | None = None, *, encoder: bool = False
) -> Iterator[tuple[Tagged, ...]]:
    """The findings of passages that are in no library."""
    from .tagging import tagger_of  # noqa: PLC0415 (imports spaCy)

    return tagger_of(themes, encoder=encoder).tag(inputs)


def printed_lines(db: Database, reference: str) -> tuple[Page, ...]:
    """The pages of a document's original as the reader sees them now."""
    original = store.get(db, store.resolve(db, reference)).entry.original
    data = originals.read(db.folder, original.sha256, original.media_type)
    said = ingest_options.get(db, original.sha256)
    return read(data, original.name, ocr=said.ocr or "auto").pages


def merge(
    folders: Sequence[Path], setup: Setup, *, who: str, step: Step = silent
) -> Iterator[MergeResult]:
    """Bring other libraries into the library, which is made where there is none."""
    register = Register.load(setup.register)
    libraries = merging.check(folders, setup.library)
    with create(setup.library) as db:
        originals.sweep(db.folder)
        with db.transaction():
            if setup.register or not db.number("SELECT count(*) FROM authority"):
                file_log.refresh_authorities(db, register)
        yield from merging.merge(db, libraries, who=who, step=step)


def verify(
    db: Database, *, repair: bool = False, setup: Setup, step: Step = silent
) -> Iterator[IntegrityIssue]:
    """The integrity issues of the library; `repair` rebuilds what it can.

    Damaged documents are read again with the register and the themes of `setup`.
    """

    def read_again(db: Database, numbers: tuple[int, ...]) -> None:
        from ..ingestion.refresh import Refresh, Stale  # noqa: PLC0415 (few libraries need it)

        for _ in Refresh(db, _executor(setup)).run(Stale(read=numbers)):
            pass

    if repair:
        yield from check(db, repair=True, read_again=read_again, step=step)
    else:
        yield from check(db, step=step)


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


def personal_in_file(path: Path) -> tuple[Document, tuple[Personal, ...]]:
    """Possible personal data in a file outside a library."""
    from ..ingestion.one_file import document_of  # noqa: PLC0415 (a search needs no workers)

    found = document_of(path)
    return found, find_personal(found, Register.load())


def stale(db: Database, themes: Path | None = None, *, encoder: bool = False) -> Stale:
    """The documents that this version and these themes would read or tag differently."""
    from ..ingestion.refresh import find_stale  # noqa: PLC0415 (a search needs no workers)
    from ..ingestion.versions import Maker  # noqa: PLC0415

    return find_stale(db, Maker.of(load_themes(themes), encoder=encoder))


def select_for_refresh(
    db: Database, references: Sequence[str] = (), *, every: bool = False
) -> Stale:
    """Documents to read again because somebody asks for it: some, or every one."""
    from ..ingestion.refresh import Stale  # noqa: PLC0415 (a search needs no workers)

    if every:
        return Stale(read=tuple(number for number, *_ in provenance.each(db)))
    return Stale(read=tuple(dict.fromkeys(store.resolve(db, each) for each in references)))


def refresh(stale: Stale, setup: Setup) -> Iterator[RefreshResult]:
    """Read and tag stale documents again; one result each."""
    from ..ingestion.refresh import Refresh  # noqa: PLC0415 (a search needs no workers)

    register = check_data(setup)
    executor = _executor(setup)
    with open_write(setup.library) as db:
        with db.transaction():
            reissues.freshen(db)
            digests.freshen(db)
            _record_models(db, setup)
            if stale.read or setup.register:
                file_log.refresh_authorities(db, register)
        yield from Refresh(db, executor).run(stale)
