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
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from .framework_file import read_frameworks
from .framework_records import (
    Area,
    Catalogue,
    DocumentKind,
    Family,
    Framework,
    Inspectorate,
    Row,
    Scale,
)
from .model import About, Grade

ENVIRONMENT: Final = "TEXTMINE_FRAMEWORKS"
"""The environment variable that names a file of more inspectorates and frameworks."""


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


def publishers(kind: DocumentKind) -> tuple[str, ...]:
    """The inspectorates that publish documents of a kind, the leading one first."""
    if kind.inspectorates or not kind.frameworks:
        return kind.inspectorates or ("ofsted",)
    return FRAMEWORKS[kind.frameworks[0]].inspectorates


def authors(kind: DocumentKind) -> tuple[str, ...]:
    """Who publishes documents of a kind, as a reference names them."""
    return tuple(INSPECTORATES[each].name for each in publishers(kind))


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
    _more = read_frameworks(
        Path(_file), Catalogue(INSPECTORATES, SCALES, AREAS, FRAMEWORKS, DOCUMENTS)
    )
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
