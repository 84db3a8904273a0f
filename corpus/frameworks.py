"""Frameworks of inspection as data: who inspects what, which areas are judged, on which scale.

Everything that the rest of the program knows about inspectorates, frameworks, judgement areas,
grades and families of documents is said here, once. Others are added in a file of the same
parts, which the environment variable TEXTMINE_FRAMEWORKS names (framework_file.py).

Source of the rules: the frameworks themselves. The Single Inspection Framework (2013-17) graded
looked-after children with adoption and care leavers as parts of it; ILACS (2018) had one row for
children in care and care leavers, split in two in January 2023; the overall grade ended in April
2026. Overall effectiveness, leaders, and help and protection mean the same throughout; rows of
care do not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal, TypeAlias

from .model import About, Grade, RecommendationKind

Family: TypeAlias = Literal["inspection", "visit", "review", "claims", "other"]
"""What a document is to the body that it is about: an inspection that grades the whole of it; a
visit or an inspection of a part, between those; a review of another body or of an earlier time;
what the body claims of itself; or anything else."""

ENVIRONMENT: Final = "TEXTMINE_FRAMEWORKS"
"""The environment variable that names a file of more inspectorates and frameworks."""


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

    @property
    def publishers(self) -> tuple[str, ...]:
        """The inspectorates that publish such documents, the leading one first."""
        if self.inspectorates or not self.frameworks:
            return self.inspectorates or ("ofsted",)
        return FRAMEWORKS[self.frameworks[0]].inspectorates

    @property
    def authors(self) -> tuple[str, ...]:
        """Who publishes such documents, as a reference names them."""
        return tuple(INSPECTORATES[each].name for each in self.publishers)


INSPECTORATES: Final[dict[str, Inspectorate]] = {
    "ofsted": Inspectorate(
        name="Ofsted",
        body_page="https://reports.ofsted.gov.uk/provider/44/{}",
        provider_page="https://reports.ofsted.gov.uk/provider/16/{}",
    ),
    "cqc": Inspectorate(name="Care Quality Commission"),
    "hmicfrs": Inspectorate(name="HMICFRS"),
    "hmic": Inspectorate(name="HMIC"),
}

SCALES: Final[dict[str, Scale]] = {
    "ofsted": Scale(
        ranks={
            "outstanding": 4,
            "good": 3,
            "requires_improvement": 2,
            "adequate": 2,  # until 2013
            "inadequate": 1,
        },
        printed={
            "ri": "requires_improvement",
            "requires improvement to be good": "requires_improvement",
            "require improvement to be good": "requires_improvement",
            "require improvement": "requires_improvement",
            # The scale of 2009 to 2013, which some reports print instead of its words.
            "grade 1": "outstanding",
            "grade 2": "good",
            "grade 3": "adequate",
            "grade 4": "inadequate",
        },
    ),
    "send-outcomes": Scale(ranks={"1": 3, "2": 2, "3": 1}),
}

AREAS: Final[dict[str, Area]] = {
    "overall": Area(label="overall effectiveness", description="overall effectiveness"),
    "leaders": Area(label="leaders", description="the impact of leaders"),
    "help_and_protection": Area(
        label="help and protection", description="children who need help and protection"
    ),
    "care_and_care_leavers": Area(
        label="children in care and care leavers",
        description="children in care and care leavers together (before 2023)",
    ),
    "in_care": Area(label="children in care", description="children in care"),
    "care_leavers": Area(label="care leavers", description="care leavers"),
    "adoption": Area(label="adoption", description="adoption (before 2018)"),
    "lscb": Area(
        label="the safeguarding board", description="the safeguarding children board (before 2018)"
    ),
    "outcome": Area(label="outcome", description="an Area SEND inspection: 1, 2 or 3"),
}
"""The areas in the order in which lists show them. Of each there is a field of the document."""

_LEADERS: Final = (Row(area="leaders"), Row(area="help_and_protection"))
_CARE_2023: Final = (
    Row(area="in_care", subject="care", meaning="in_care since 2023"),
    Row(area="care_leavers", subject="care", meaning="care_leavers since 2023"),
)

FRAMEWORKS: Final[dict[str, Framework]] = {
    "pre-2013": Framework(label="Inspections of 2005 to 2013"),
    "sif": Framework(
        label="SIF",
        first_day=date(2013, 11, 1),
        rows=(
            Row(area="overall"),
            Row(area="help_and_protection"),
            Row(area="in_care", subject="care", meaning="in_care until 2017"),
            Row(area="adoption"),
            Row(area="care_leavers", subject="care", meaning="care_leavers until 2017"),
            Row(area="leaders"),
            Row(area="lscb"),
        ),
    ),
    "ilacs-2018": Framework(
        label="ILACS 2018",
        first_day=date(2018, 1, 1),
        rows=(*_LEADERS, Row(area="care_and_care_leavers", subject="care"), Row(area="overall")),
        monitored=True,
    ),
    "ilacs-2023": Framework(
        label="ILACS 2023",
        first_day=date(2023, 1, 1),
        rows=(*_LEADERS, *_CARE_2023, Row(area="overall")),
        monitored=True,
    ),
    "ilacs-2026": Framework(
        label="ILACS 2026",
        first_day=date(2026, 4, 1),
        rows=(
            *_LEADERS,
            *_CARE_2023,
            Row(area="overall", ended="no overall grade since April 2026"),
        ),
        monitored=True,
    ),
    "jtai": Framework(label="JTAI", inspectorates=("ofsted", "cqc", "hmicfrs")),
    "send-2016": Framework(label="SEND 2016", inspectorates=("ofsted", "cqc")),
    "area-send-2023": Framework(
        label="AREA SEND 2023",
        inspectorates=("ofsted", "cqc"),
        scale="send-outcomes",
        rows=(Row(area="outcome"),),
    ),
}

_UNKNOWN: Final = Framework(label="framework unknown")

ILACS: Final = ("ilacs-2018", "ilacs-2023", "ilacs-2026")

DOCUMENTS: Final[dict[str, DocumentKind]] = {
    "ilacs_inspection": DocumentKind(
        label="ILACS inspection report", family="inspection", frameworks=ILACS
    ),
    "sif_inspection": DocumentKind(
        label="SIF inspection report", family="inspection", frameworks=("sif",)
    ),
    "focused_visit": DocumentKind(
        label="Focused visit letter", family="visit", frameworks=("sif", *ILACS)
    ),
    "monitoring_visit": DocumentKind(
        label="Monitoring visit letter", family="visit", frameworks=("sif", *ILACS)
    ),
    "jtai": DocumentKind(
        label="Joint targeted area inspection letter",
        family="visit",
        frameworks=("jtai",),
        strand="joint",
    ),
    "area_send": DocumentKind(
        label="Area SEND inspection report",
        family="visit",
        frameworks=("area-send-2023",),
        strand="send",
    ),
    "send_letter": DocumentKind(
        label="Joint local area SEND letter",
        family="visit",
        frameworks=("send-2016",),
        strand="send",
    ),
    "lscb_review": DocumentKind(
        label="Review of a Local Safeguarding Children Board",
        family="review",
        frameworks=("sif",),
        strand="board",
    ),
    "joint_area_review": DocumentKind(
        label="Joint area review, or progress after one",
        family="review",
        frameworks=("pre-2013",),
        inspectorates=("ofsted", "cqc", "hmic"),
    ),
    "safeguarding_and_lac_inspection": DocumentKind(
        label="Inspection of safeguarding and looked after children services (2009 to 2012)",
        family="review",
        frameworks=("pre-2013",),
        inspectorates=("ofsted", "cqc"),
    ),
    "child_protection_inspection": DocumentKind(
        label="Inspection of arrangements for the protection of children (2012 to 2013)",
        family="review",
        frameworks=("pre-2013",),
    ),
    "looked_after_children_inspection": DocumentKind(
        label="Inspection of looked after children services (2013)",
        family="review",
        frameworks=("pre-2013",),
    ),
    "early_years_outcome": DocumentKind(
        label="Early-years outcome summary", family="other", strand="childcare"
    ),
    "self_evaluation": DocumentKind(label="Self-evaluation", family="claims"),
    "other": DocumentKind(label="Other document", family="other"),
}
"""Every document type, by its id, in the order in which lists show them."""


def in_force(day: date, frameworks: Iterable[str]) -> str:
    """Which of several frameworks, the oldest first, an inspection of that day follows."""
    known = list(frameworks)
    begun = [each for each in known if FRAMEWORKS[each].first_day <= day]
    return begun[-1] if begun else known[0]


def kinds_of(family: Family, strand: str | None = None) -> tuple[str, ...]:
    """The document types of a family, and of one strand where that is given."""
    return tuple(
        name
        for name, kind in DOCUMENTS.items()
        if kind.family == family and strand in {None, kind.strand}
    )


def family_of(doc_type: str) -> Family:
    """The family of a document type; "other" where it is unknown."""
    return DOCUMENTS[doc_type].family if doc_type in DOCUMENTS else "other"


def scales_of(area: str) -> tuple[Scale, ...]:
    """The scales on which frameworks judge an area, each once."""
    names = dict.fromkeys(each.scale for each in FRAMEWORKS.values() if each.row(area))
    return tuple(SCALES[name] for name in names)


def scale_of(framework: str | None) -> Scale:
    """The scale of a framework; the usual one where it is unknown."""
    return SCALES[FRAMEWORKS.get(framework or "", _UNKNOWN).scale]


def grade_of(printed: str) -> Grade | None:
    """The grade that words name on any scale, None where they name none."""
    return _NAMES.get(" ".join(printed.lower().replace("_", " ").strip(" .:*").split()))


def all_grades() -> tuple[Grade, ...]:
    """Every grade of every scale."""
    return tuple(dict.fromkeys(grade for scale in SCALES.values() for grade in scale.ranks))


def is_own(about: About | None, doc_type: str) -> bool:
    """Whether what speaks of that body speaks of the one that such a document inspects.

    By England's frameworks for children's services that is the council, and the trust that runs
    its services.
    """
    frameworks = DOCUMENTS[doc_type].frameworks if doc_type in DOCUMENTS else ()
    return about in (FRAMEWORKS[frameworks[0]] if frameworks else _UNKNOWN).own


def is_lowest(grade: Grade | None, framework: str | None) -> bool:
    """Whether a grade is the lowest of a framework's scale."""
    ranks = scale_of(framework).ranks
    return grade is not None and ranks.get(grade) == min(ranks.values())


def standing(grade: Grade | None) -> float | None:
    """Where a grade stands between the worst (0) and the best (1) of its scale."""
    for scale in SCALES.values():
        if grade is not None and grade in scale.ranks:
            low, high = min(scale.ranks.values()), max(scale.ranks.values())
            return (scale.ranks[grade] - low) / (high - low)
    return None


def opposite(before: str | None, after: str | None) -> Iterator[tuple[Row, Row]]:
    """The rows of two frameworks that stand opposite each other, in the order of lists.

    Where a subject has the same areas in both, each stands opposite itself; else every one of
    the earlier opposite every one of the later.
    """
    earlier, later = (FRAMEWORKS.get(each or "") for each in (before, after))
    if not earlier or not later:
        return
    for subject in dict.fromkeys(row.stands_for for row in _in_order(earlier)):
        ones = [row for row in _in_order(earlier) if row.stands_for == subject]
        others = [row for row in _in_order(later) if row.stands_for == subject]
        same = [row.area for row in ones] == [row.area for row in others]
        for one in ones:
            for other in others:
                if not same or one.area == other.area:
                    yield one, other


def _in_order(framework: Framework) -> list[Row]:
    places = list(AREAS)
    return sorted(framework.rows, key=lambda row: places.index(row.area))


if _file := os.environ.get(ENVIRONMENT):
    from .framework_file import read_frameworks

    _more = read_frameworks(Path(_file))
    INSPECTORATES.update(_more.inspectorates)
    SCALES.update(_more.scales)
    AREAS.update(_more.areas)
    FRAMEWORKS.update(_more.frameworks)
    DOCUMENTS.update(_more.documents)

_NAMES: Final[dict[str, Grade]] = {}
for _scale in SCALES.values():  # a number alone names no grade: tables hold many
    _NAMES.update({each.replace("_", " "): each for each in _scale.ranks if not each.isdigit()})
    _NAMES.update(_scale.printed)

GRADE_WORDS: Final = tuple(sorted({name.split()[0] for name in _NAMES}))
"""The words with which printed grades begin."""
