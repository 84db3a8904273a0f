"""One file's bytes into a document with its findings. Runs in a worker; knows no library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.assemble import assemble
from corpus.authorities import Register
from corpus.errors import Changed
from corpus.model import Cue, Document, Finding, Passage
from corpus.readers import read, table_reader

from .jobs import Job, Reading
from .pipeline import Tagged, Tagger, TagInput
from .themes import Theme, load_themes

UNTAGGED_SECTIONS = frozenset({"front", "boilerplate", "footnotes"})
"""Sections that hold no findings: the title block, the licence, the notes."""

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
            _placed(found, passage) for passage, all_found in tagged for found in all_found
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
        about=passage.about,
    )
