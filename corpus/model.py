"""The records that pass between modules: plain, frozen, importing nothing of ours.

Records that a report has hundreds of are named tuples: creating them and sending them between
processes is several times faster than with dataclasses (docs/adr/0003).

`Document.text` is the canonical text; every range is a half-open `[start, end)` of its
characters. Distances on a page are PDF points from the top left corner.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

Voice: TypeAlias = Literal["inspectorate", "authority", "unknown"]
"""Who speaks: the inspectorate reports, an authority claims; or nobody knows who wrote it. Never
merged."""

About: TypeAlias = Literal[
    "council", "police", "health", "schools", "board", "trust", "partnership"
]
"""Whom a passage or a finding speaks of: the council; the police, health services or schools as
its partners; the safeguarding board or partnership; the trust that runs services for the
council; or the partners of the area together."""

OcrMode: TypeAlias = Literal["auto", "never", "always"]
"""Which pages are read by text recognition: those without text, none, or all."""

Visibility: TypeAlias = Literal["public", "internal"]

Status: TypeAlias = Literal["found", "not_printed", "not_judged", "unreadable"]
"""How a field is known: found; not printed by this framework; printed as not judged; or
it should be there and could not be read."""

Origin: TypeAlias = Literal["printed", "file_name", "given", "corrected"]
"""Where a found value came from: the document, its file name, the person who ingested it, or
one who set it by hand since."""

Grade: TypeAlias = str
"""A grade of the framework's scale, in lower case with underscores: "requires_improvement"."""

PassageKind: TypeAlias = Literal[
    "paragraph", "recommendation", "bullet", "heading", "table_row", "footnote"
]

RecommendationKind: TypeAlias = Literal[
    "improvement", "priority_action", "recommendation", "weakness"
]
"""What inspectors ask for: an area for improvement; an area for priority action, where children
may be at risk meanwhile; a recommendation, as reports until 2018 call theirs; or a significant
weakness that needs a written statement of action."""

Polarity: TypeAlias = Literal["strength", "concern", "mixed", "neutral"]

CONCERNS: Final[frozenset[Polarity]] = frozenset({"concern", "mixed"})
"""The polarities that count as a concern: a mixed finding is one in part."""

Timing: TypeAlias = Literal["current", "improved", "worsened", "planned", "past"]

Extent: TypeAlias = Literal[
    "all", "most", "many", "some", "few", "none", "too_many", "too_few", "not_all"
]
"""How far a finding reaches, as the sentence puts it: "not all children are seen alone"."""

Aspect: TypeAlias = Literal[
    "timeliness", "frequency", "quality", "consistency", "sufficiency", "access", "impact"
]
"""What about a service a finding judges: whether it comes in time, often enough, done well,
done evenly, is there in sufficient amount, can be had, makes a difference."""


Unit: TypeAlias = Literal[
    "count",
    "percent",
    "points",
    "rate",
    "per 1,000",
    "per 10,000",
    "per 100,000",
    "pounds",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
]
"""What a figure is measured in; "points" are percentage points, a "rate" does not say of what."""

Comparison: TypeAlias = Literal["national", "neighbours", "region", "target", "previous", "change"]
"""Whose value a figure is, where it is not that of the area itself: the national one, that of
similar authorities or of the region, a target, an earlier one; or it is a difference."""


class Gap(NamedTuple):
    """A wide space inside a printed line: the offset of the next character, and both edges."""

    offset: int
    left: float
    right: float


class Line(NamedTuple):
    """One printed line; or, where the file itself says what it is, a whole block or cell."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    gaps: tuple[Gap, ...] = ()
    role: PassageKind | None = None
    """What Word and web pages say that it is; None where only its place on the page tells."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a reader hands it over: lines in the reader's order."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    recognised: float | None = None
    """How sure text recognition was of it, 0 to 1; None where the text is the file's own.

    1 also where nothing is drawn on it.
    """


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The result of a reader: pages, and the kind of file."""

    media_type: str
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...] = ()
    """What the reader left out, or could not read."""


class PlacedLine(NamedTuple):
    """The printed position of the characters `[start, end)` of the canonical text."""

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page of the original: its 1-based number and its size in points."""

    number: int
    width: float
    height: float
    recognised: float | None = None
    """How sure text recognition was of it, 0 to 1; None where the text is the file's own.

    1 also where nothing is drawn on it.
    """


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the document under one heading.

    `kind` is the document type's own name for it ("leaders", "improve"), "other" where the
    type knows none; `heading` is as printed, empty for what stands before the first one.
    """

    kind: str
    heading: str
    start: int
    end: int


class Passage(NamedTuple):
    """A paragraph, a recommendation, a bullet, a table row, a heading or a footnote.

    `number` is the paragraph number as printed, None where none is; `ordinal` is ours, 1, 2, 3
    through the document. `section` indexes `Document.sections`. `page` is where it begins.
    """

    kind: PassageKind
    ordinal: int
    number: str | None
    section: int
    page: int
    start: int
    end: int
    voice: Voice = "inspectorate"
    about: About | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A fact about the document and how it is known.

    `value` is normalised (dates ISO 8601, names as the register writes them), `printed` the
    words on the page, `start` and `end` their place where there is one.
    """

    name: str
    value: str | None
    status: Status
    origin: Origin | None = None
    printed: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A grade of one area; `grade` is None unless `status` is "found".

    A grade that was found has a place in the text, unless a person set it.
    """

    area: str
    grade: Grade | None
    status: Status
    origin: Origin | None = None
    """"corrected" where a person set it; None where it was read, or is missing."""
    printed: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a document that a person should know: a defect of it, or of its reading."""

    kind: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as we understand it. Everything else points into `text`."""

    doc_type: str
    framework: str | None
    text: str
    pages: tuple[PageSize, ...]
    lines: tuple[PlacedLine, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    authority: str | None
    """The register's key; None where the printed name is not in it (see the field)."""
    fields: tuple[Field, ...]
    judgements: tuple[Judgement, ...]
    recommendations: tuple[Recommendation, ...] = ()
    problems: tuple[Problem, ...] = ()
    voice: Voice = "inspectorate"
    visibility: Visibility = "public"

    def field(self, name: str) -> Field | None:
        """The named field, or None where this document type has no such field."""
        return next((f for f in self.fields if f.name == name), None)

    def page_at(self, offset: int) -> int:
        """The page on which the character at `offset` is printed; 1 for an empty document."""
        place = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[max(place, 0)].page if self.lines else 1

    def boxes(self, start: int, end: int) -> tuple[PlacedLine, ...]:
        """The printed lines that hold any of `[start, end)`."""
        first = bisect_right(self.lines, start, key=lambda line: line.end)
        last = bisect_right(self.lines, end - 1, key=lambda line: line.start)
        return self.lines[first:last]


class Recommendation(NamedTuple):
    """Something that inspectors ask for; its words are those of the passage.

    `number` is as printed. `tag` is the part of the national framework that the report names
    ("outcome 4", "enabler 2", "principle 1"). `responsible` is the body that has to act, as
    printed.
    """

    passage: int
    """The passage's ordinal."""
    kind: RecommendationKind
    number: str | None = None
    tag: str | None = None
    responsible: str | None = None


CueKind: TypeAlias = Literal["theme", "polarity", "timing", "extent", "aspect"]


class Cue(NamedTuple):
    """A cue: words that decided something about a finding (the decision, its value, the range)."""

    kind: CueKind
    label: str
    start: int
    end: int


class Finding(NamedTuple):
    """A finding: what one sentence says about one theme; `[start, end)` is the sentence."""

    passage: int
    """The passage's ordinal."""
    theme: str
    polarity: Polarity
    timing: Timing
    start: int
    end: int
    cues: tuple[Cue, ...] = ()
    about: About | None = None
    extent: Extent | None = None
    aspect: Aspect | None = None
    score: float | None = None
    """How sure the model is of it, 0 to 1; None where no model weighed it."""


class Figure(NamedTuple):
    """A number with what it means; `[start, end)` are the number and its unit in the text.

    `value` is in the unit: a half is 50 percent. The ranges of what it counts and of the time that
    it is about are words of the same passage, or, for what it counts, of a table's row or heading.
    """

    passage: int
    """The passage's ordinal."""
    value: float
    unit: Unit
    of: float | None
    """The whole that a count is part of: 22 in "13 of the 22 children"."""
    comparison: Comparison | None
    counts_start: int
    counts_end: int
    period_start: int | None
    period_end: int | None
    start: int
    end: int

    def moved_into_document(self, passage: Passage) -> Figure:
        """A figure with offsets in the document, from offsets in its passage."""
        begin = passage.start
        dated = self.period_start is not None and self.period_end is not None
        return self._replace(
            passage=passage.ordinal,
            counts_start=begin + self.counts_start,
            counts_end=begin + self.counts_end,
            period_start=begin + (self.period_start or 0) if dated else None,
            period_end=begin + (self.period_end or 0) if dated else None,
            start=begin + self.start,
            end=begin + self.end,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """Ingest options: what a person says about a file; they override its name."""

    authority: str | None = None
    doc_type: str | None = None
    published: str | None = None
    as_at: str | None = None
    url: str | None = None
    visibility: Visibility | None = None
    ocr: OcrMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read: SHA-256, size, name, and its ingest options."""

    path: str
    """As the caller wrote it; for messages and the file-name date, never for identity."""
    sha256: str
    size: int
    given: IngestOptions = field(default_factory=IngestOptions)
