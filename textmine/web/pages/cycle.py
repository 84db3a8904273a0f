"""The cycle: how long ago each authority was inspected, and what came since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from corpus.errors import UsageError

from ...rows.lists import USUAL
from .. import words
from ..addresses import document_href
from ..files import file_response
from ..view import Answer, Asked, Page, PageRoute
from .authorities import files_of, href_of, regions

if TYPE_CHECKING:
    from ...analysis.cycle import IntervalRange, Standing
    from ...api import Library

ORDERS: Final = (("months", "Longest ago first"), ("name", "By name"))


@dataclass(frozen=True, slots=True)
class StandingLine:
    """Where an authority stands."""

    authority: str
    href: str
    region: str
    inspected: str
    document: str
    overall: str
    css: str
    months: int
    visits: int
    last_visit: str
    last_visit_href: str


@dataclass(frozen=True, slots=True)
class ObservedLine:
    """The months that were observed between an inspection with some grade and the next."""

    overall: str
    css: str
    n: int
    shortest: int
    median: str
    longest: int


@dataclass(frozen=True, slots=True)
class CyclePage:
    """The context of the page."""

    region: str
    regions: tuple[str, ...]
    as_of: str
    day: str
    order: str
    orders: tuple[tuple[str, str], ...]
    lines: tuple[StandingLine, ...]
    observed: tuple[ObservedLine, ...]
    uninspected: int
    files: tuple[tuple[str, str], ...]


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    day, order = _day(asked), "name" if asked.arg("order") == "name" else "months"
    narrow = _narrow(asked)
    standing = list(library.cycle(day, internal=True, **narrow))
    if order == "months":
        standing.sort(key=lambda each: (-each.months, each.authority))
    ranges = {each.overall: each.observed for each in standing if each.observed}
    context = CyclePage(
        region=asked.arg("region"),
        regions=regions(list(library.authorities())),
        as_of=asked.arg("as_of"),
        day=words.day(day.isoformat()),
        order=order,
        orders=ORDERS,
        lines=tuple(map(_line, standing)),
        observed=tuple(
            _observed(grade, observed) for grade in words.GRADES if (observed := ranges.get(grade))
        ),
        uninspected=library.uninspected(day, internal=True, **narrow),
        files=files_of("/cycle/file", region=asked.arg("region"), as_of=asked.arg("as_of")),
    )
    return Page("cycle.html", "Cycle of inspections", context, "cycle")


def download(asked: Asked, library: Library) -> Answer:
    """The file; internal documents are left out."""
    rows = library.cycle(_day(asked), internal=False, **_narrow(asked)).rows()
    return file_response(rows, asked.arg("format"), "textmine-cycle", USUAL["cycle"])


def _day(asked: Asked) -> date:
    given = asked.arg("as_of")
    if not given:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(f"{given!r} is no day; write it as 2026-09-01") from error


def _narrow(asked: Asked) -> dict[str, Any]:
    return {"region": asked.arg("region")} if asked.arg("region") else {}


def _line(standing: Standing) -> StandingLine:
    last, visit = standing.last, standing.visits[-1] if standing.visits else None
    return StandingLine(
        authority=standing.authority,
        href=href_of(last.authority) if last.authority else "",
        region=standing.region or "",
        inspected=words.day(last.date),
        document=document_href(last.sha256),
        overall=words.grade(standing.overall) if standing.overall else "no overall grade",
        css=standing.overall or "none",
        months=standing.months,
        visits=len(standing.visits),
        last_visit=f"{words.doc_type(visit.doc_type)}, {words.day(visit.date)}" if visit else "",
        last_visit_href=document_href(visit.sha256) if visit else "",
    )


def _observed(grade: str, observed: IntervalRange) -> ObservedLine:
    return ObservedLine(
        overall=words.grade(grade),
        css=grade,
        n=observed.n,
        shortest=observed.shortest,
        median=f"{observed.median:g}",
        longest=observed.longest,
    )


ROUTES: Final = (
    PageRoute("/cycle", show),
    PageRoute("/cycle/file", download),
)
