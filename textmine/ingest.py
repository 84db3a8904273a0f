"""From files to rows: read, assemble, tag and store, one file and one transaction at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from corpus.assemble import VERSION as READER_VERSION
from corpus.assemble import assemble
from corpus.authorities import Register
from corpus.doctypes import OTHER
from corpus.errors import DocumentError, Unreadable
from corpus.model import Cue, Document, Finding, Passage, Source
from corpus.readers import read, table_reader
from index import ledger, originals, store
from index.database import Database
from index.records import Entry, FileRecord, Made, Original, Outcome

from .pipeline import Tagged, Tagger, TagInput
from .sources import Candidate
from .themes import Theme, fingerprint

Result: TypeAlias = Literal["ok", "partial", "duplicate", "unchanged", "failed"]

UNTAGGED_SECTIONS = frozenset({"front", "boilerplate", "footnotes"})
"""Sections that hold no findings: the title block, the licence, the notes."""

UNTAGGED_PASSAGES = frozenset({"heading", "footnote", "table_row"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file turned into."""

    document: Document
    findings: tuple[Finding, ...]
    media_type: str

    @property
    def outcome(self) -> Outcome:
        """Partial where something is missing."""
        return "partial" if self.missing else "ok"

    @property
    def missing(self) -> str:
        """One line on what should be there and could not be read; empty where nothing is."""
        document = self.document
        parts = []
        unread = [field.name for field in document.fields if field.status == "unreadable"]
        unread += [judged.area for judged in document.judgements if judged.status == "unreadable"]
        if unread and document.doc_type != OTHER:
            parts.append(f"could not read {', '.join(unread)}")
        blank = [str(p.page) for p in document.problems if p.kind == "page-without-text"]
        if blank:
            parts.append(f"no text on page {', '.join(blank)}")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: `message` says why where it is not plainly ok."""

    candidate: Candidate
    result: Result
    message: str | None = None
    document: Document | None = None


class Ingester:
    """Turns candidates into documents of a library; holds what is made once and used often."""

    def __init__(self, register: Register, themes: tuple[Theme, ...]) -> None:
        self._register = register
        self._tagger = Tagger(themes)
        self._made = Made(
            reader=READER_VERSION, pipeline=self._tagger.version, themes=fingerprint(themes)
        )

    def read(self, data: bytes, source: Source) -> Reading:
        """Bytes into a document with its findings. Raises DocumentError."""
        raw = read(data, source.path)
        document = assemble(raw, source, register=self._register, tables=table_reader(data))
        return Reading(document, self.tag(document), raw.media_type)

    def tag(self, document: Document) -> tuple[Finding, ...]:
        """The findings of a document, from every passage that may hold one."""
        passages = [
            passage
            for passage in document.passages
            if passage.kind not in UNTAGGED_PASSAGES
            and document.sections[passage.section].kind not in UNTAGGED_SECTIONS
        ]
        inputs = (
            TagInput(
                document.text[passage.start : passage.end],
                document.doc_type,
                document.sections[passage.section].heading,
                passage.kind,
            )
            for passage in passages
        )
        tagged = zip(passages, self._tagger.tag(inputs), strict=True)
        return tuple(
            _placed(found, passage) for passage, all_found in tagged for found in all_found
        )

    def run(
        self,
        files: tuple[Candidate, ...],
        db: Database,
        *,
        retry_failed: bool = False,
        on_start: Callable[[Candidate], None] = lambda _: None,
    ) -> Iterator[FileResult]:
        """Ingests the files one after another, each whole or not at all."""
        for candidate in files:
            on_start(candidate)
            yield self._one(candidate, db, retry_failed=retry_failed)

    def try_out(self, files: tuple[Candidate, ...]) -> Iterator[FileResult]:
        """Reads the files and stores nothing."""
        for candidate in files:
            try:
                data, source = _load(candidate)
                reading = self.read(data, source)
            except DocumentError as error:
                yield FileResult(candidate, "failed", str(error))
            else:
                message = reading.missing or None
                yield FileResult(candidate, reading.outcome, message, reading.document)

    def _one(self, candidate: Candidate, db: Database, *, retry_failed: bool) -> FileResult:
        path = str(candidate.path.resolve())
        try:
            data, source = _load(candidate)
        except DocumentError as error:
            return self._failed(db, candidate, error, None)
        before = ledger.file_outcome(db, path)
        if number := store.known(db, source.sha256):
            return self._known(db, candidate, source, number, before)
        failed_before = before is not None and before.outcome == "failed"
        if before and failed_before and before.sha256 == source.sha256 and not retry_failed:
            message = f"{before.message} (failed before; --retry-failed tries again)"
            return FileResult(candidate, "failed", message)
        try:
            reading = self.read(data, source)
        except DocumentError as error:
            return self._failed(db, candidate, error, source)
        return self._store(db, candidate, source, data, reading)

    def _store(
        self, db: Database, candidate: Candidate, source: Source, data: bytes, reading: Reading
    ) -> FileResult:
        originals.keep(db.folder, data, reading.media_type)
        original = Original(
            sha256=source.sha256,
            name=candidate.name,
            bytes=source.size,
            media_type=reading.media_type,
            url=source.given.url,
        )
        outcome, message = reading.outcome, reading.missing or None
        with db.transaction():
            store.put(
                db,
                Entry(
                    original=original,
                    document=reading.document,
                    findings=reading.findings,
                    made=self._made,
                    outcome=outcome,
                ),
            )
            _log(db, candidate, source, outcome, message=message)
        return FileResult(candidate, outcome, message, reading.document)

    def _known(
        self,
        db: Database,
        candidate: Candidate,
        source: Source,
        number: int,
        before: FileRecord | None,
    ) -> FileResult:
        """Bytes that the library has: the same file again, or the same bytes elsewhere."""
        if before and before.sha256 == source.sha256 and before.outcome != "failed":
            return FileResult(candidate, "unchanged")
        message = f"the same bytes as document {number}"
        with db.transaction():
            store.add_alias(db, number, candidate.name)
            _log(db, candidate, source, "duplicate", message=message)
        return FileResult(candidate, "duplicate", message)

    def _failed(
        self, db: Database, candidate: Candidate, error: DocumentError, source: Source | None
    ) -> FileResult:
        with db.transaction():
            _log(db, candidate, source, "failed", reason=error.reason, message=str(error))
        return FileResult(candidate, "failed", str(error))


def _placed(tagged: Tagged, passage: Passage) -> Finding:
    """The finding with its offsets in the document's text."""
    at = passage.start
    return Finding(
        passage=passage.ordinal,
        theme=tagged.theme,
        polarity=tagged.polarity,
        timing=tagged.timing,
        start=at + tagged.start,
        end=at + tagged.end,
        cues=tuple(Cue(kind, label, at + a, at + b) for kind, label, a, b in tagged.cues),
    )


def _load(candidate: Candidate) -> tuple[bytes, Source]:
    try:
        data = candidate.path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot open the file: {error.strerror}; check the path") from error
    sha256 = hashlib.sha256(data).hexdigest()
    return data, Source(
        path=candidate.path.as_posix(), sha256=sha256, size=len(data), given=candidate.given
    )


def _log(
    db: Database,
    candidate: Candidate,
    source: Source | None,
    outcome: Literal["ok", "partial", "duplicate", "failed"],
    *,
    reason: str | None = None,
    message: str | None = None,
) -> None:
    record = FileRecord(
        path=str(candidate.path.resolve()),
        outcome=outcome,
        size=source.size if source else None,
        sha256=source.sha256 if source else None,
        reason=reason,
        message=message,
    )
    ledger.log_file(db, record)
