"""Ingest: files into rows, one transaction per file, this process the only writer.

Workers read the files (`process_pool`, `reader`); this process opens them, skips known bytes,
and stores each result.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from corpus.errors import CannotStore, Changed, DocumentError, UsageError
from corpus.files import FileChanged, read_regular
from corpus.limits import Limits
from corpus.model import IngestOptions, Source
from corpus.printable import printable
from index.documents import file_log, ingest_options, store
from index.documents.records import FileRecord
from index.storage import originals

from .candidate import Candidate, whole
from .executor import Executor
from .jobs import Job, Reading, Summary
from .process_worker import Failed

if TYPE_CHECKING:
    from index.storage.database import Database

Result: TypeAlias = Literal["ok", "partial", "duplicate", "unchanged", "failed"]

LIMITS = Limits()

_CONFLICT = "conflict"
"""The reason where two different things are said of the same bytes."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """The result of one file; `message` gives the reason if it is not ok."""

    candidate: Candidate
    result: Result
    message: str | None = None
    reason: str | None = None
    source: Source | None = None
    summary: Summary | None = None
    seconds: float = 0.0
    """From the opening of the file to its last row; waiting for others in between included."""


@dataclass(slots=True)
class _Opened:
    """A file that is on its way through a worker."""

    candidate: Candidate
    source: Source
    data: bytes
    name: str | None = None
    """What the library calls these bytes already, where it has them."""
    begun: float = field(default_factory=time.monotonic)

    @property
    def job(self) -> Job:
        candidate = self.candidate
        return Job(self.source, self.name or candidate.name, str(whole(candidate.path)))


class Ingest:
    """One run over files into a library."""

    def __init__(self, db: Database, executor: Executor[Job, Reading]) -> None:
        self._db = db
        self._executor = executor
        self._settled: list[FileResult] = []
        self._twins: dict[str, list[_Opened]] = {}
        """By the SHA-256 of what is being read: other files with the same bytes, to come after."""

    def run(
        self, files: Iterable[Candidate], *, retry_failed: bool = False
    ) -> Iterator[FileResult]:
        """Reads the files; each is stored whole or not at all, and its result yielded."""
        for opened, outcome in self._executor.run(self._jobs(files, retry_failed=retry_failed)):
            yield from self._take_settled()
            yield self._finish(opened, outcome)
            for twin in self._twins.pop(opened.source.sha256):
                yield self._finish_twin(twin, opened, outcome)
        yield from self._take_settled()

    def _take_settled(self) -> list[FileResult]:
        settled, self._settled = self._settled, []
        return settled

    def _jobs(
        self, files: Iterable[Candidate], *, retry_failed: bool
    ) -> Iterator[tuple[_Opened, Job]]:
        """The files that need reading; what becomes of the others is settled on the way."""
        for opened in _open_each(files, self._refuse):
            twins = self._twins.get(opened.source.sha256)
            if twins is not None:
                twins.append(opened)
            elif known := self._result_of_known_bytes(opened, retry_failed=retry_failed):
                self._settled.append(known)
            else:
                self._twins[opened.source.sha256] = []
                yield opened, opened.job

    def _refuse(self, candidate: Candidate, error: DocumentError) -> None:
        if candidate.problem:  # no file of which a next run might know something
            failed = FileResult(candidate, "failed", candidate.problem, error.reason)
            self._settled.append(failed)
            return
        self._settled.append(self._fail(candidate, None, error.reason, str(error)))

    def _result_of_known_bytes(self, opened: _Opened, *, retry_failed: bool) -> FileResult | None:
        """What is known of these bytes without reading them, if anything is."""
        db, candidate, source = self._db, opened.candidate, opened.source
        number = store.document_with_hash(db, source.sha256)
        before = file_log.file_outcome(db, candidate.location)
        same = before is not None and before.sha256 == source.sha256
        changes = ingest_options.changes(db, source.sha256, source.given)
        if number is None:
            if before and same and not changes and before.outcome == "failed" and not retry_failed:
                message = f"{before.message} (failed before; --retry-failed tries again)"
                return FileResult(candidate, "failed", message, before.reason, source)
            return None
        if original := store.original(db, number):
            # Puts back one that has gone missing; else it is one look at the folder.
            originals.keep(db.folder, opened.data, original.media_type, source.sha256)
        if changes:
            return self._said_anew(opened, number, changes)
        if before and same and before.outcome != "failed":
            return FileResult(candidate, "unchanged", source=source)
        message = f"the same bytes as document {number}"
        with db.transaction():
            store.add_alias(db, number, candidate.name)
            self._log(opened, "duplicate", message=message)
        return FileResult(candidate, "duplicate", message, source=source)

    def _said_anew(
        self, opened: _Opened, number: int, changes: dict[str, str]
    ) -> FileResult | None:
        """Known bytes of which something else is said now are read again with it.

        Not where a person has set it for this document: that takes another such word.
        """
        for name in changes.keys() & ingest_options.set_by_hand(self._db, opened.source.sha256):
            field = "type" if name == "doc_type" else name
            message = (
                f"document {number} has its {field} set by hand; to change it: "
                f"textmine set {number} {field}={changes[name]}"
            )
            return FileResult(opened.candidate, "failed", message, _CONFLICT, opened.source)
        original = store.original(self._db, number)
        opened.name = original.name if original else None
        said = ingest_options.get(self._db, opened.source.sha256)
        given = IngestOptions(**(asdict(said) | changes))
        opened.source = replace(opened.source, given=given)
        return None

    def _finish_twin(self, twin: _Opened, first: _Opened, outcome: Reading | Failed) -> FileResult:
        """A file with the same bytes as one that has just been read."""
        if not isinstance(outcome, Failed) and ingest_options.changes(
            self._db, twin.source.sha256, twin.source.given
        ):
            message = (
                f"the same bytes as {printable(str(first.candidate.path))}, of which something "
                "else was said; ingest it by itself"
            )
            return FileResult(twin.candidate, "failed", message, _CONFLICT, twin.source)
        return self._finish(twin, outcome)

    def _finish(self, opened: _Opened, outcome: Reading | Failed) -> FileResult:
        if isinstance(outcome, Failed):
            # What changed under our hands says nothing of the bytes: they may be tried again.
            lasting = outcome.lasting and outcome.reason != Changed.reason
            blamed = opened if lasting else None
            return self._fail(opened.candidate, blamed, outcome.reason, outcome.message)
        # The same bytes may have come in beside it, from this run or from another.
        known = self._result_of_known_bytes(opened, retry_failed=True)
        try:
            return known or self._store(opened, outcome)
        except (CannotStore, UsageError) as error:
            return self._fail(opened.candidate, opened, "defect", f"{error}; please report this")

    def _store(self, opened: _Opened, reading: Reading) -> FileResult:
        db, source, summary = self._db, opened.source, reading.summary
        result: Literal["ok", "partial"] = "partial" if summary.missing else "ok"
        originals.keep(db.folder, opened.data, reading.media_type, source.sha256)
        with db.transaction():
            number = store.put(db, reading.rows)
            if opened.name:
                store.add_alias(db, number, opened.candidate.name)
            ingest_options.put(db, source.sha256, source.given)
            self._log(opened, result, message=summary.missing)
        seconds = time.monotonic() - opened.begun
        return FileResult(
            opened.candidate,
            result,
            summary.missing,
            source=source,
            summary=summary,
            seconds=seconds,
        )

    def _fail(
        self, candidate: Candidate, opened: _Opened | None, reason: str, message: str
    ) -> FileResult:
        with self._db.transaction():
            if opened:
                self._log(opened, "failed", reason=reason, message=message)
                if store.document_with_hash(self._db, opened.source.sha256) is None:
                    ingest_options.put(self._db, opened.source.sha256, opened.source.given)
            else:
                path = candidate.location
                record = FileRecord(path=path, outcome="failed", reason=reason, message=message)
                file_log.log_file(self._db, record)
        return FileResult(
            candidate,
            "failed",
            message,
            reason,
            opened.source if opened else None,
            seconds=time.monotonic() - opened.begun if opened else 0.0,
        )

    def _log(
        self,
        opened: _Opened,
        outcome: Literal["ok", "partial", "duplicate", "failed"],
        *,
        reason: str | None = None,
        message: str | None = None,
    ) -> None:
        record = FileRecord(
            path=opened.candidate.location,
            outcome=outcome,
            size=opened.source.size,
            sha256=opened.source.sha256,
            reason=reason,
            message=message,
        )
        file_log.log_file(self._db, record)


def try_out(files: Iterable[Candidate], executor: Executor[Job, Reading]) -> Iterator[FileResult]:
    """Reads files and stores nothing."""
    failed: list[FileResult] = []

    def refuse(candidate: Candidate, error: DocumentError) -> None:
        failed.append(FileResult(candidate, "failed", str(error), error.reason))

    jobs = ((opened, opened.job) for opened in _open_each(files, refuse))
    for opened, outcome in executor.run(jobs):
        if isinstance(outcome, Failed):
            yield FileResult(opened.candidate, "failed", outcome.message, outcome.reason)
        else:
            summary = outcome.summary
            result: Result = "partial" if summary.missing else "ok"
            yield FileResult(opened.candidate, result, summary.missing, summary=summary)
    yield from failed


def largest_first(files: Iterable[Candidate]) -> list[Candidate]:
    """Candidates by size, largest first, so that no long file is left for the end."""

    def size(candidate: Candidate) -> int:
        try:
            return candidate.path.stat().st_size
        except OSError:
            return 0

    return sorted(files, key=size, reverse=True)


def _open_each(
    files: Iterable[Candidate], refuse: Callable[[Candidate, DocumentError], None]
) -> Iterator[_Opened]:
    """Opens the files one after another; one that cannot be opened is refused."""
    for candidate in files:
        try:
            opened = _open(candidate)
        except DocumentError as error:
            refuse(candidate, error)
        else:
            yield opened


def _open(candidate: Candidate) -> _Opened:
    """The file's bytes, all from one moment."""
    if candidate.problem:
        raise Changed(candidate.problem)
    try:
        data = read_regular(candidate.path, LIMITS.bytes)
    except FileChanged as error:
        raise Changed(f"{error.strerror}; try again when it is finished") from error
    except OSError as error:
        raise Changed(f"cannot open the file: {error.strerror}; check the path") from error
    LIMITS.check("bytes", len(data))
    sha256 = hashlib.sha256(data).hexdigest()
    path = printable(candidate.path.as_posix())
    return _Opened(
        candidate, Source(path=path, sha256=sha256, size=len(data), given=candidate.given), data
    )
