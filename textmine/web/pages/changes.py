"""Changes: grades of inspections that follow each other, area by area."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ...analysis.changes import in_words
from ...rows import change_row
from ...rows.lists import USUAL
from .. import words
from ..addresses import document_href
from ..files import file_response
from ..view import Answer, Asked, Page, PageRoute
from .authorities import files_of, href_of, regions

if TYPE_CHECKING:
    from ...analysis.changes import Change
    from ...analysis.grades import AreaGrade
    from ...api import Library

MOVES: Final = {
    "better": ("▲", "better", "strength"),
    "worse": ("▼", "worse", "concern"),
    "same": ("=", "unchanged", "neutral"),
}
SHOWN: Final = (
    ("moved", "Better or worse"),
    ("better", "Better"),
    ("worse", "Worse"),
    ("all", "All pairs"),
)


@dataclass(frozen=True, slots=True)
class GradeSeen:
    """A grade at an inspection."""

    label: str
    css: str
    date: str
    href: str
    area: str
    """The area, where it is not the same as the later one's."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of an authority's grade in one area."""

    authority: str
    href: str
    area: str
    before: GradeSeen
    after: GradeSeen
    sign: str
    move: str
    """In words; why not, where the two do not compare."""
    tone: str


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """The context of the page."""

    region: str
    regions: tuple[str, ...]
    since: str
    until: str
    show: str
    choices: tuple[tuple[str, str], ...]
    summary: str
    lines: tuple[ChangeLine, ...]
    files: tuple[tuple[str, str], ...]


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    known = list(library.authorities())
    found = _changes(asked, library, internal=True)
    hashes = {row.id: document_href(row.sha256) for row in library.documents(internal=True)}
    keys = {each.name: href_of(each.key) for each in known}
    chosen = _chosen(asked)
    tally = Counter(each.pair.direction for each in found)
    context = ChangesPage(
        region=asked.arg("region"),
        regions=regions(known),
        since=asked.arg("since"),
        until=asked.arg("until"),
        show=chosen,
        choices=SHOWN,
        summary=_summary(tally, len(found)) if found else "",
        lines=tuple(_line(each, keys, hashes) for each in _narrowed(found, chosen)),
        files=files_of("/changes/file", **_args(asked), show=chosen),
    )
    return Page("changes.html", "Changes of grades", context, "changes")


def download(asked: Asked, library: Library) -> Answer:
    """The file; internal documents are left out."""
    found = _narrowed(_changes(asked, library, internal=False), _chosen(asked))
    rows = list(map(change_row, found))
    return file_response(rows, asked.arg("format"), "textmine-changes", USUAL["changes"])


def _args(asked: Asked) -> dict[str, str]:
    return {name: asked.arg(name) for name in ("region", "since", "until")}


def _chosen(asked: Asked) -> str:
    return asked.arg("show") if asked.arg("show") in dict(SHOWN) else "moved"


def _changes(asked: Asked, library: Library, *, internal: bool) -> list[Change]:
    narrow: dict[str, Any] = {name: value for name, value in _args(asked).items() if value}
    return list(library.changes(internal=internal, **narrow))


def _narrowed(found: list[Change], chosen: str) -> list[Change]:
    wanted = {"moved": {"better", "worse"}, "better": {"better"}, "worse": {"worse"}}.get(chosen)
    return [each for each in found if wanted is None or each.pair.direction in wanted]


def _summary(tally: Counter[Any], total: int) -> str:
    said = [f"{tally[key]:,} {word}" for key, (_, word, _) in MOVES.items() if tally[key]]
    if tally[None]:
        said.append(f"{tally[None]:,} not comparable")
    pairs = "pair" if total == 1 else "pairs"
    return f"{total:,} {pairs} of grades of one area in two inspections: {', '.join(said)}"


def _line(change: Change, keys: dict[str, str], hashes: dict[int, str]) -> ChangeLine:
    pair = change.pair
    sign, move, tone = MOVES.get(pair.direction or "", ("", f"not comparable: {pair.note}", ""))
    return ChangeLine(
        authority=change.authority,
        href=keys.get(change.authority, ""),
        area=words.area(pair.after.area),
        before=_seen(pair.before, pair.after, hashes),
        after=_seen(pair.after, pair.after, hashes),
        sign=sign,
        move=move,
        tone=tone,
    )


def _seen(graded: AreaGrade, later: AreaGrade, hashes: dict[int, str]) -> GradeSeen:
    label = words.grade(graded.grade) if graded.grade else in_words(graded).capitalize()
    return GradeSeen(
        label=label,
        css=graded.grade or "none",
        date=words.day(graded.date),
        href=hashes.get(graded.document, ""),
        area="" if graded.area == later.area else words.area(graded.area),
    )


ROUTES: Final = (
    PageRoute("/changes", show),
    PageRoute("/changes/file", download),
)
