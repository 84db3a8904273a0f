"""Demands: all that inspectors asked an authority for, and what the next report says of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ...citation import place
from ...rows.lists import USUAL
from .. import words
from ..addresses import document_href, text_anchor
from ..files import file_response
from ..view import Answer, Asked, Page, PageRoute
from .authorities import files_of, href_of
from .authority import authority_of

if TYPE_CHECKING:
    from ...api import Library
    from ...followup.threads import FollowUp
    from ...followup.verdicts import Witness

VERDICTS: Final = {
    "improved": "Improved",
    "partly": "Partly improved",
    "not_yet": "Not yet improved",
    "asked_again": "Asked for again",
    "silent": "Not spoken of",
}
TAGS: Final = {
    "improved": "strength",
    "partly": "mixed",
    "not_yet": "concern",
    "asked_again": "concern",
    "silent": "neutral",
}
"""The look of a verdict; its words say the same."""

WITNESSES: Final = 3
"""Sentences of the later report that are shown."""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of the later report."""

    text: str
    where: str
    href: str


@dataclass(frozen=True, slots=True)
class DemandItem:
    """A demand, and what became of it."""

    text: str
    where: str
    href: str
    body: str
    """Whose duty it is, where not the council's."""
    verdict: str
    tag: str
    before: str
    """Since when it has been asked for; empty where this is the first time."""
    witnesses: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """The demands of one report."""

    anchor: str
    heading: str
    href: str
    later: str
    """The report that is compared; empty where the library has none."""
    later_href: str
    counts: str
    demands: tuple[DemandItem, ...]


@dataclass(frozen=True, slots=True)
class DemandsPage:
    """The context of the page."""

    name: str
    back: str
    groups: tuple[ReportGroup, ...]
    files: tuple[tuple[str, str], ...]


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    whose = authority_of(asked, library)
    found = list(library.followup(authority=whose.key, internal=True))
    found.sort(key=lambda each: (each.demand.date or "", each.demand.document), reverse=True)
    groups = [
        _group(list(each)) for _, each in groupby(found, key=lambda each: each.demand.document)
    ]
    path = href_of(whose.key)
    context = DemandsPage(
        name=whose.name,
        back=path,
        groups=tuple(groups),
        files=files_of(f"{path}/demands/file"),
    )
    title = f"What {whose.name} was asked for"
    return Page("demands.html", title, context, "authorities")


def download(asked: Asked, library: Library) -> Answer:
    """The file; internal documents are left out."""
    whose = authority_of(asked, library)
    rows = library.followup(authority=whose.key, internal=False).rows()
    name = f"textmine-{whose.key}-demands"
    return file_response(rows, asked.arg("format"), name, USUAL["followup"])


def _group(rows: list[FollowUp]) -> ReportGroup:
    first = rows[0]
    later = first.later
    tally = [
        (label, sum(_verdict(each) == key for each in rows)) for key, label in VERDICTS.items()
    ]
    said = [f"{label.lower()} {count}" for label, count in tally if count]
    open_ = sum(not _verdict(each) for each in rows)
    if later and open_:
        said.append(f"no clear verdict {open_}")
    return ReportGroup(
        anchor=f"asked-{first.demand.sha256[:8]}",
        heading=f"{words.doc_type(first.demand.doc_type)}, {words.day(first.demand.date)}",
        href=document_href(first.demand.sha256),
        later=f"{words.doc_type(later.doc_type)}, {words.day(later.date)}" if later else "",
        later_href=document_href(later.sha256) if later else "",
        counts="; ".join(said),
        demands=tuple(map(_demand, rows)),
    )


def _verdict(row: FollowUp) -> str:
    return (row.answer.verdict or "") if row.answer else ""


def _demand(row: FollowUp) -> DemandItem:
    verdict = _verdict(row)
    asked = row.demand
    witnesses = row.answer.witnesses if row.answer else ()
    return DemandItem(
        text=asked.text,
        where=place(asked.passage),
        href=f"{document_href(asked.sha256)}#{text_anchor(asked.text)}",
        body="" if row.body == "council" else words.plain(row.body),
        verdict=VERDICTS.get(verdict, ""),
        tag=TAGS.get(verdict, ""),
        before=f"{words.day(row.before[0].date)}" if row.before else "",
        witnesses=tuple(map(_words, witnesses[:WITNESSES])),
    )


def _words(witness: Witness) -> Words:
    row = witness.statement.row
    return Words(
        text=row.evidence,
        where=place(row.passage),
        href=f"{document_href(row.sha256)}#{text_anchor(row.text)}",
    )


ROUTES: Final = (
    PageRoute("/authorities/{key}/demands", show),
    PageRoute("/authorities/{key}/demands/file", download),
)
