"""Records of frameworks: inspectorates, scales, areas, judgement rows, kinds of documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from .model import About, Grade, RecommendationKind

Family: TypeAlias = Literal["inspection", "visit", "review", "claims", "other"]
"""What a document is to the body that it is about: an inspection that grades the whole of it; a
visit or an inspection of a part, between those; a review of another body or of an earlier time;
what the body claims of itself; or anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspectorate:
    """Who inspects and publishes. `{}` in the pages stands for the number that it gives a body."""

    name: str
    nation: str = "England"
    body_page: str | None = None
    """The web page of what it has published on a body that it inspects."""
    provider_page: str | None = None
    """The same of a provider of childcare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Grades and their ranks, the higher the better; equal ranks mean the same."""

    ranks: Mapping[Grade, int]
    printed: Mapping[str, Grade] = field(default_factory=dict)
    """Other words for grades, as reports print and people type them, in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """What is judged: its name in lists, and what it is in a sentence."""

    label: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An area as one framework judges it.

    Rows of two frameworks stand opposite each other where they have the same subject; their
    grades may be compared where the meaning is the same as well. Both are the area itself
    unless something else is said.
    """

    area: str
    subject: str = ""
    meaning: str = ""
    printed: str = ""
    """A regular expression for the words of the row in a report, for types read by data alone."""
    ended: str | None = None
    """Why reports of this framework do not print the area any more; None where they print it."""

    @property
    def stands_for(self) -> str:
        return self.subject or self.area

    @property
    def means(self) -> str:
        return self.meaning or self.area


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """The rules of a kind of inspection during some years."""

    label: str
    inspectorates: tuple[str, ...] = ("ofsted",)
    """Those who inspect, whose names are authors of its reports; the first one leads."""
    first_day: date = date.min
    """Inspections that begin from here on follow it, until the next of its kind begins."""
    scale: str = "ofsted"
    rows: tuple[Row, ...] = ()
    """The areas that it judges, in the order of its reports."""
    monitored: bool = False
    """Whether monitoring visits follow an inspection with the lowest overall grade."""
    own: frozenset[About | None] = frozenset({None, "council", "trust"})
    """Whom a passage must speak of to speak of the body that is inspected."""

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that its reports print."""
        return tuple(row.area for row in self.rows if row.ended is None)

    def row(self, area: str) -> Row | None:
        """The row of an area."""
        return next((row for row in self.rows if row.area == area), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """What a type of document is. How it is read is in corpus/doctypes, or said here as data."""

    label: str
    family: Family
    frameworks: tuple[str, ...] = ()
    """The frameworks that such documents follow, the oldest first."""
    inspectorates: tuple[str, ...] = ()
    """Who publishes it, where that is not who inspects by its frameworks."""
    strand: str = "social-care"
    """Follow-up of what was asked stays within a strand."""
    title: str = ""
    """A regular expression for the title, whose group `name` is the body: read by data alone."""
    asks: Mapping[str, RecommendationKind] = field(default_factory=dict)
    """Regular expressions for headings under which something is asked for, and what it is."""
    about: About | None = None
    """Whom such a document speaks of, for types that are read by data alone."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Inspectorates, scales, areas, frameworks and document types, by their ids."""

    inspectorates: dict[str, Inspectorate] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    documents: dict[str, DocumentKind] = field(default_factory=dict)
