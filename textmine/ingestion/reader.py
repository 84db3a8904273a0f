"""The worker's task: a file's bytes into the rows of a document and its findings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.assemble import assemble
from corpus.doctypes import OTHER
from corpus.errors import Changed
from corpus.files import read_regular
from corpus.language.attribution import at, attributions
from corpus.limits import Limits
from corpus.model import Cue, Document, Figure, Finding, Passage
from corpus.readers import read, table_reader
from corpus.register.authorities import Register
from index.documents import rows
from index.documents.records import Entry, Original
from index.documents.rows import TagRows

from ..pipeline import Encoder, Tagged, Tagger, TagInput
from ..pipeline.figures.table_figures import figures_of_tables
from ..themes import Theme, load_themes
from .jobs import Job, Reading, Summary, Tagging
from .versions import Maker

UNTAGGED_SECTIONS = rows.LATE_SECTIONS | {"case_study", "children_summary"}
"""Sections that hold no findings: the title block, the lists of contents and of grades, the
licence, the notes, what describes the place, the people or the grades, a case told as an
illustration, and the summary that says the findings once more in a child's words."""

FIGURES_ONLY = frozenset({"context"})
"""Of these, those whose figures are taken: how many children live in the area, and the like."""

SCANS = "scans are read with pip install 'textmine[ocr]', then textmine refresh"

_LIMITS = Limits()

UNTAGGED_PASSAGES = frozenset({"heading", "footnote", "table_row"})


class Reader:
    """The reader's state: built once, used for every file."""

    def __init__(
        self, register: Register, themes: Sequence[Theme], *, encoder: bool = False
    ) -> None:
        self._register = register
        self._tagger = Tagger(themes, encoder=Encoder.shipped() if encoder else None)
        self._maker = Maker.of(themes, encoder=encoder)

    def __call__(self, job: Job | Tagging) -> Reading | TagRows:
        """Does the job. Raises DocumentError where the bytes cannot become a document."""
        if isinstance(job, Tagging):
            document = job.document
            findings, figures = self.tag(document)
            return TagRows(
                findings=rows.of_findings(findings),
                figures=rows.of_figures(figures, document.text),
                made=self._maker.provenance(document.doc_type),
            )
        return self._read(job)

    def _read(self, job: Job) -> Reading:
        source, data = job.source, _bytes(job)
        raw = read(data, source.path, ocr=source.given.ocr or "auto")
        tables = table_reader(data)
        document = assemble(raw, source, register=self._register, tables=tables)
        findings, figures = self.tag(document)
        missing = _missing(document)
        entry = Entry(
            original=Original(
                sha256=source.sha256,
                name=job.name,
                bytes=source.size,
                media_type=job.media_type or raw.media_type,
                url=source.given.url,
            ),
            document=document,
            findings=findings,
            figures=figures,
            made=self._maker.provenance(document.doc_type),
            outcome="partial" if missing else "ok",
        )
        values = {field.name: field.value for field in document.fields}
        summary = Summary(
            doc_type=document.doc_type,
            authority=values.get("authority"),
            start_date=values.get("start_date"),
            pages=len(document.pages),
            passages=len(document.passages),
            findings=len(findings),
            missing=missing,
        )
        return Reading(rows=rows.of(entry), media_type=entry.original.media_type, summary=summary)

    def tag(self, document: Document) -> tuple[tuple[Finding, ...], tuple[Figure, ...]]:
        """The findings and the figures of a document, from every passage that may hold one."""
        passages = tuple(tagged_passages(document))
        inputs = (tag_input(document, passage) for passage in passages)
        findings: list[Finding] = []
        figures: list[Figure] = []
        for passage, (found, numbers) in zip(passages, self._tagger.tag_all(inputs), strict=True):
            if found:
                findings += _findings(found, passage, document.text)
            figures += (number.moved_into_document(passage) for number in numbers)
        figures += figures_of_tables(document, _with_figures(document))
        return tuple(findings), tuple(figures)


def tagged_passages(document: Document) -> Iterator[Passage]:
    """The passages whose sentences may hold a finding or a figure."""
    return (each for each in _with_figures(document) if each.kind not in UNTAGGED_PASSAGES)


def _with_figures(document: Document) -> Iterator[Passage]:
    """The passages, rows of tables among them, in sections that may hold a figure."""
    passed_over = UNTAGGED_SECTIONS - FIGURES_ONLY
    for passage in document.passages:
        if document.sections[passage.section].kind not in passed_over:
            yield passage


def tag_input(document: Document, passage: Passage) -> TagInput:
    """The passage as the tagger takes it."""
    section = document.sections[passage.section]
    return TagInput(
        document.text[passage.start : passage.end],
        document.doc_type,
        section.heading,
        passage.kind,
        figures_only=section.kind in FIGURES_ONLY,
    )


def _bytes(job: Job) -> bytes:
    """The file's bytes, which must be those that the job is about."""
    try:
        content = job.content
        data = content if isinstance(content, bytes) else read_regular(Path(content), _LIMITS.bytes)
    except OSError as error:
        raise Changed(f"cannot open the file: {error.strerror}; check the path") from error
    if hashlib.sha256(data).hexdigest() != job.source.sha256:
        raise Changed("the file changed while it was read; try again when it is finished")
    return data


def _missing(document: Document) -> str | None:
    """One line on what should be there and could not be read."""
    parts = []
    unread = [field.name for field in document.fields if field.status == "unreadable"]
    unread += [judged.area for judged in document.judgements if judged.status == "unreadable"]
    if unread and document.doc_type != OTHER:
        parts.append(f"could not read {', '.join(unread)}")
    if not document.passages:
        parts.append(
            "no passage in it: there is no text, or none that we can tell from page numbers"
        )
    blank = [str(p.page) for p in document.problems if p.kind == "page-without-text"]
    if blank:
        parts.append(f"no text on page {', '.join(blank)}; {SCANS}")
    return "; ".join(parts) or None


def make_reader(
    register: Path | None, themes: Path | None, *, encoder: bool = False
) -> Callable[[Job | Tagging], Reading | TagRows]:
    """A reader from the files that a command names; what a worker calls when it starts."""
    return Reader(Register.load(register), load_themes(themes), encoder=encoder)


def _findings(tagged: Sequence[Tagged], passage: Passage, text: str) -> Iterator[Finding]:
    """A passage's findings with their offsets in the document's text."""
    begin = passage.start
    parts = attributions(text[begin : passage.end], passage.about)
    for found in tagged:
        yield Finding(
            passage=passage.ordinal,
            theme=found.theme,
            polarity=found.polarity,
            timing=found.timing,
            start=begin + found.start,
            end=begin + found.end,
            cues=tuple(Cue(kind, label, begin + a, begin + b) for kind, label, a, b in found.cues),
            about=at(parts, found.start),
            extent=found.extent,
            aspect=found.aspect,
            score=found.score,
        )
