"""Follow-up: what became of the demands on a region's authorities, by theme or grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.errors import UsageError

from ...analysis import accuracy
from .. import words
from ..files import file_response
from ..themes import theme_label
from ..view import Answer, Asked, Page, PageRoute, address
from .authorities import files_of, href_of, regions
from .demands import VERDICTS

if TYPE_CHECKING:
    from ...analysis.demands import DemandGroup
    from ...api import Library

BY: Final = {"theme": "Theme", "grade": "Overall grade of the report that asks"}

NONE: Final = {"theme": "No theme", "grade": "No overall grade"}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The demands of a theme or grade."""

    label: str
    href: str
    """Where the demands are; empty where no query finds just them."""
    demands: int
    later: int
    """Those that a later report can answer."""
    verdicts: tuple[int, ...]
    """One for each verdict, in the order of the heads."""
    without: int
    """Those with a later report but no clear verdict."""


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """The context of the page."""

    region: str
    regions: tuple[str, ...]
    by: str
    bys: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    lines: tuple[GroupLine, ...]
    authorities: tuple[tuple[str, str], ...]
    """Those of the region with documents, and where their demands are."""
    right: str
    """The share of verdicts that are right."""
    coded: int
    files: tuple[tuple[str, str], ...]


def show(asked: Asked, library: Library) -> Answer:
    """The page: of one region, since each demand is read against the next report."""
    region, by = asked.arg("region"), _by(asked)
    known = list(library.authorities())
    found = list(library.followup_by(by, region=region)) if region else []
    found.sort(key=lambda each: (-each.demands, each.group))
    right, coded = accuracy.verdicts()
    context = FollowUpPage(
        region=region,
        regions=regions([each for each in known if each.documents]),
        by=by,
        bys=tuple(BY.items()),
        heads=tuple(VERDICTS.values()),
        lines=tuple(_line(each) for each in found),
        authorities=tuple(
            (each.name, f"{href_of(each.key)}/demands")
            for each in known
            if region and each.region == region and each.documents
        ),
        right=f"{right:.0%}",
        coded=coded,
        files=files_of("/follow-up/file", region=region, by=by),
    )
    return Page("follow_up.html", "What was asked for", context, "changes")


def download(asked: Asked, library: Library) -> Answer:
    """The file."""
    if not asked.arg("region"):
        raise UsageError("choose a region: region=London")
    rows = library.followup_by(_by(asked), region=asked.arg("region")).rows()
    return file_response(rows, asked.arg("format"), "textmine-follow-up")


def _by(asked: Asked) -> str:
    return asked.arg("by") if asked.arg("by") in BY else "theme"


def _line(found: DemandGroup) -> GroupLine:
    label = theme_label(found.group) if found.by == "theme" else words.grade(found.group)
    none = found.group == "none"
    return GroupLine(
        label=NONE[found.by] if none else label,
        href="" if none else address("/", q=found.find),
        demands=found.demands,
        later=found.with_later_report,
        verdicts=tuple(found.verdicts[each] for each in VERDICTS),
        without=found.with_later_report - found.with_verdict,
    )


ROUTES: Final = (
    PageRoute("/follow-up", show),
    PageRoute("/follow-up/file", download),
)
