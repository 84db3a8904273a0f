"""One file's bytes into a document with its findings. Runs in a worker; knows no library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.about import at, spoken
from corpus.assemble import assemble
from corpus.authorities import Register
from corpus.errors import Changed
from corpus.model import Cue, Document, Finding, Passage
from corpus.readers import read, table_reader

from .jobs import Job, Reading
from .pipeline import Tagged, Tagger, TagInput
from .themes import Theme, load_themes

UNTAGGED_SECTIONS = frozenset(
    {"front", "boilerplate", "footnotes", "context", "details", "case_study"}
)
"""Sections that hold no findings: the title block, the licence, the notes, what describes the
place or the people, and a case told as an illustration."""

UNTAGGED_PASSAGES = frozenset({"heading", "footnote", "table_row"})


class Reader:
    """Holds what is made once and used for every file."""

    def __init__(self, register: Register, themes: Sequence[Theme]) -> None:
        self._register = register
        self._tagger = Tagger(themes)

    def __call__(self, job: Job) -> Reading:
        """Does the job. Raises DocumentError where the bytes cannot become a document."""
        if job.document:
            return Reading(job.document, self.tag(job.document), "")
        data = _bytes(job)
        raw = read(data, job.source.path)
        tables = table_reader(data)
        document = assemble(raw, job.source, register=self._register, tables=tables)
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
            finding
            for passage, found in tagged
            if found
            for finding in _placed(found, passage, document.text)
        )


def _bytes(job: Job) -> bytes:
    """The file's bytes, which must be those that the job is about."""
    try:
        data = Path(job.path).read_bytes()
    except OSError as error:
        raise Changed(f"cannot open the file: {error.strerror}; check the path") from error
    if hashlib.sha256(data).hexdigest() != job.source.sha256:
        raise Changed("the file changed while it was read; try again when it is finished")
    return data


def make_reader(register: Path | None, themes: Path | None) -> Callable[[Job], Reading]:
    """A reader from the files that a command names; what a worker calls when it starts."""
    return Reader(Register.load(register), load_themes(themes))


def _placed(tagged: Sequence[Tagged], passage: Passage, text: str) -> Iterator[Finding]:
    """A passage's findings with their offsets in the document's text."""
    begin = passage.start
    parts = spoken(text[begin : passage.end], passage.about)
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
        )
