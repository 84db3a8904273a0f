"""Refresh: documents read or tagged by another version, done again.

A document is read again from its stored original only when its reader has changed. When only the
pipeline or the themes have, its stored text is tagged again and no file is opened. Each document
is one transaction, so an interruption leaves some refreshed and the rest for the next time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from corpus.errors import DocumentError, LibraryError
from corpus.model import Source
from corpus.readers import ocr
from index.documents import ingest_options, provenance, store
from index.documents.records import Original, Outcome, Provenance
from index.documents.rows import TagRows
from index.storage import originals

from .executor import Executor
from .jobs import Job, Reading, Tagging
from .process_worker import Failed

if TYPE_CHECKING:
    from index.storage.database import Database

    from .versions import Maker

Result: TypeAlias = Literal["read", "tagged", "passed", "failed"]


@dataclass(frozen=True, slots=True)
class Stale:
    """The documents, by number, that are to be read again and those to be tagged again."""

    read: tuple[int, ...] = ()
    tag: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.read) + len(self.tag)


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """The result of refreshing one document; `message` gives the reason for failures."""

    document: int
    name: str
    result: Result
    message: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _QueuedDocument:
    """A document that is on its way through a worker, and what had made it when it left."""

    number: int
    original: Original
    made: Provenance


def find_stale(db: Database, maker: Maker) -> Stale:
    """The documents that this version and these themes would make otherwise.

    Scans that came in before text recognition was installed are among them.
    """
    read: list[int] = []
    tag: list[int] = []
    scans = provenance.unread_scans(db) if ocr.available() else frozenset()
    for number, doc_type, then in provenance.each(db):
        now = maker.provenance(doc_type)
        if then.reader != now.reader or number in scans:
            read.append(number)
        elif not maker.would_make(then, doc_type):
            tag.append(number)
    return Stale(tuple(read), tuple(tag))


class Refresh:
    """One run over the stale documents of a library."""

    def __init__(self, db: Database, executor: Executor[Job | Tagging, Reading | TagRows]) -> None:
        self._db = db
        self._executor = executor
        self._settled: list[RefreshResult] = []

    def run(self, stale: Stale) -> Iterator[RefreshResult]:
        """Read and tag documents again; a document that fails stays unchanged."""
        for taken, outcome in self._executor.run(self._jobs(stale)):
            yield from self._take_settled()
            yield self._finish(taken, outcome)
        yield from self._take_settled()

    def _take_settled(self) -> list[RefreshResult]:
        settled, self._settled = self._settled, []
        return settled

    def _jobs(self, stale: Stale) -> Iterator[tuple[_QueuedDocument, Job | Tagging]]:
        reading = frozenset(stale.read)
        for number in (*stale.read, *stale.tag):
            original, then = store.original(self._db, number), provenance.of(self._db, number)
            if original is None or then is None:
                self._settled.append(RefreshResult(number, "", "passed", "deleted meanwhile"))
                continue
            taken = _QueuedDocument(number, original, then)
            try:
                job = self._read(taken) if number in reading else self._tag(taken)
            except LibraryError as error:
                reason = DocumentError.reason
                failed = RefreshResult(number, original.name, "failed", str(error), reason)
                self._settled.append(failed)
            else:
                yield taken, job

    def _read(self, taken: _QueuedDocument) -> Job:
        db, original = self._db, taken.original
        file = originals.place(db.folder, original.sha256, original.media_type)
        originals.read(db.folder, original.sha256, original.media_type)  # is there, and whole
        said = ingest_options.get(db, original.sha256)
        source = Source(path=original.name, sha256=original.sha256, size=original.bytes, given=said)
        return Job(source, original.name, str(file.resolve()), original.media_type)

    def _tag(self, taken: _QueuedDocument) -> Tagging:
        document = store.get(self._db, taken.number).entry.document
        # Where the text is printed is most of a document, and nothing to tagging.
        return Tagging(replace(document, lines=()))

    def _finish(self, taken: _QueuedDocument, outcome: Reading | TagRows | Failed) -> RefreshResult:
        number, name = taken.number, taken.original.name
        if isinstance(outcome, Failed):
            return RefreshResult(number, name, "failed", outcome.message, outcome.reason)
        with self._db.transaction():
            if provenance.of(self._db, number) != taken.made:
                return RefreshResult(number, name, "passed", "changed by another process meanwhile")
            if isinstance(outcome, TagRows):
                store.retag(self._db, number, outcome)
                return RefreshResult(number, name, "tagged")
            missing = outcome.summary.missing
            store.put(self._db, outcome.rows)
            result: Outcome = "partial" if missing else "ok"
            provenance.log_again(self._db, taken.original.sha256, result, missing)
        return RefreshResult(number, name, "read", missing)
