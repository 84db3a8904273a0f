"""The record of a document type: how to recognise it, its sections, its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...framework_records import Family
from ...frameworks import DOCUMENTS
from ...layout.blocks import Block
from ...model import (
    About,
    Field,
    IngestOptions,
    Judgement,
    Problem,
    RecommendationKind,
    Visibility,
    Voice,
)
from ...readers import TableReader
from ...register.authorities import Register
from ...tables.judgement_table import Row


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening of a document, for recognition: mentions deep in the text do not count."""

    title: str
    """The words of the headings before the first running text, spaces collapsed."""
    text: str
    """The first two thousand characters, spaces collapsed."""
    rows: tuple[str, ...]
    """The labels of the judgement table, where there is one."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of the judgement table and where its grade stands in the canonical text."""

    row: Row
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SectionStart:
    """The block that begins a section, its kind, and its heading as printed."""

    block: int
    kind: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document without its facts: what a type reads them from."""

    text: str
    front: int
    """Where the title block ends in `text`."""
    title: str
    rows: tuple[PlacedRow, ...]
    table_problem: str | None
    headings: tuple[tuple[str, int, int], ...]
    """Each section's kind, and the range of its heading in `text`."""
    running: tuple[str, ...] = ()
    """Running heads and feet, which are not in `text`."""
    register: Register
    options: IngestOptions
    file_date: date | None
    """The publication date that the file's name gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields and judgements that a type reads from a document."""

    framework: str | None
    authority: str | None
    fields: tuple[Field, ...]
    judgements: tuple[Judgement, ...] = ()
    problems: tuple[Problem, ...] = ()
    voice: Voice | None = None
    """Who wrote it, where that is not the same for all documents of the type."""


@dataclass(frozen=True, slots=True)
class Item:
    """A block that asks for something: what kind of demand, and of whom where that is printed."""

    kind: RecommendationKind
    responsible: str | None = None


def as_laid_out(blocks: Sequence[Block], _tables: TableReader) -> Sequence[Block]:
    """For types whose blocks the layout finds by itself."""
    return blocks


def no_item(_section: str, _block: Block) -> None:
    """For types that recommend nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocType:
    """How a document type is read: one file in this package defines one as `DOCTYPE`.

    What it is, its name, its family and its frameworks, is in frameworks.py under its `id`.
    """

    id: str
    recognise: Callable[[Opening], int]
    """Points for this type; the most points win, and fewer than `ENOUGH` are none."""
    sections: Callable[[Sequence[Block]], list[SectionStart]]
    read: Callable[[Draft], Facts]
    arrange: Callable[[Sequence[Block], TableReader], Sequence[Block]] = as_laid_out
    """Puts blocks right that only this type can: rows of its tables, parts of its lists."""
    item: Callable[[str, Block], Item | None] = no_item
    """Whether a block of a section of that kind is a recommendation."""
    about: About | None = "council"
    """Whom the document speaks of unless a section or a sentence speaks of somebody else."""
    about_section: Mapping[str, About] = field(default_factory=dict)
    """Kinds of sections that speak of somebody else."""
    voice: Voice = "inspectorate"
    visibility: Visibility = "public"
    """Who may see it, unless whoever ingests it says otherwise."""
    version: str = "1"
    """Raised whenever this type may read something else from the same file."""
    verified: bool = True
    """Whether real documents of the type were read when its rules were written."""

    @property
    def label(self) -> str:
        """Its name for people."""
        return DOCUMENTS[self.id].label

    @property
    def family(self) -> Family:
        """What such a document is to the body that it is about."""
        return DOCUMENTS[self.id].family

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The frameworks that such documents follow, the oldest first."""
        return DOCUMENTS[self.id].frameworks


ENOUGH = 3
"""Points that a type needs: a full title, or several lesser cues."""
