"""An authority: grades over time, documents, themes, figures and what inspectors asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.errors import UsageError
from corpus.frameworks import AREAS
from corpus.model import CONCERNS

from ...analysis.changes import of_council
from ...analysis.grades import inspections
from ...charts.timeline import draw, timeline
from ...citation import place
from .. import words
from ..addresses import document_href, text_anchor
from ..themes import theme_label
from ..view import Answer, Asked, Page, PageRoute, address
from .authorities import href_of

if TYPE_CHECKING:
    from index.documents.authorities import AuthorityCount
    from index.reports.counts import DocumentRow, FindingRow
    from index.reports.figures import FigureRow

    from ...api import Library

FIGURES: Final = 40
"""Figures that are listed."""

FATES: Final = {
    "new": "new",
    "recurring": "again",
    "resolved": "answered",
    "silent": "not spoken of",
}
"""What became of concerns since the inspection before."""


@dataclass(frozen=True, slots=True)
class Column:
    """An inspection, as the head of a column."""

    date: str
    what: str
    href: str


@dataclass(frozen=True, slots=True)
class GradeCell:
    """A grade in the table; empty where the framework has no such area."""

    css: str
    label: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area with its grades, one for each inspection."""

    area: str
    cells: tuple[GradeCell, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of the authority."""

    what: str
    date: str
    href: str
    internal: bool
    voice: str
    overall: str
    css: str
    findings: int


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in the last inspection and the one before."""

    label: str
    href: str
    strengths: int
    concerns: int
    before: int | None
    """Concerns in the inspection before; None where there is none."""
    fate: str


@dataclass(frozen=True, slots=True)
class DemandLine:
    """Something that the last inspection asks for."""

    text: str
    where: str
    href: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure, with what it counts."""

    printed: str
    counts: str
    period: str
    where: str
    href: str


@dataclass(frozen=True, slots=True)
class AuthorityPage:
    """The context of the page."""

    name: str
    region: str
    missing: str
    path: str
    search: str
    chart: str
    """The drawing; empty where no inspection has a grade."""
    columns: tuple[Column, ...]
    areas: tuple[AreaLine, ...]
    documents: tuple[DocumentLine, ...]
    last: str
    """The date of the last inspection, in words."""
    themes: tuple[ThemeLine, ...]
    """Those with concerns in the last inspection or the one before."""
    praised: tuple[ThemeLine, ...]
    """The others, of which inspectors say good things only."""
    has_before: bool
    demands: tuple[DemandLine, ...]
    figures: tuple[FigureLine, ...]
    more_figures: int


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    whose = authority_of(asked, library)
    documents = list(library.documents(authority=whose.key, internal=True))
    inspected = inspections(documents).get(whose.key, [])
    last = inspected[-1] if inspected else None
    found = list(library.findings(authority=whose.key, internal=True)) if last else []
    demands = library.recommendations(authority=whose.key, internal=True)
    figures = list(library.figures(authority=whose.key, internal=True)) if last else []
    figures = [each for each in figures if last and each.document == last.id]
    themes = _themes(whose, inspected, found, library)
    context = AuthorityPage(
        name=whose.name,
        region=whose.region or "",
        missing=whose.missing or "",
        path=href_of(whose.key),
        search=address("/", only=f"la:{whose.key}", sort="date"),
        chart=_chart(whose, inspected, library),
        columns=tuple(
            Column(words.day(row.date), words.doc_type(row.doc_type), document_href(row.sha256))
            for row in inspected
        ),
        areas=tuple(_areas(inspected)),
        documents=tuple(map(_document, documents)),
        last=words.day(last.date) if last else "",
        themes=tuple(each for each in themes if each.concerns or each.before),
        praised=tuple(each for each in themes if not (each.concerns or each.before)),
        has_before=len(inspected) > 1,
        demands=tuple(
            DemandLine(
                text=each.text,
                where=place(each.passage),
                href=f"{document_href(each.sha256)}#{text_anchor(each.text)}",
            )
            for each in demands
            if last and each.document == last.id
        ),
        figures=tuple(map(_figure, figures[:FIGURES])),
        more_figures=max(len(figures) - FIGURES, 0),
    )
    return Page("authority.html", whose.name, context, "authorities")


def authority_of(asked: Asked, library: Library) -> AuthorityCount:
    """The authority of the address. Raises UsageError where there is none."""
    key = asked.path["key"]
    for each in library.authorities():
        if each.key == key:
            return each
    raise UsageError(f"no document names an authority {key!r}; choose one from the list")


def _chart(whose: AuthorityCount, inspected: list[DocumentRow], library: Library) -> str:
    """The grades as a picture; of the last six inspections, so that it can be read."""
    shown = inspected[-6:]
    found = timeline(
        f"Grades of {whose.name} over time",
        shown,
        library.changes(authority=whose.key, internal=True),
        [words.day((row.date or "")[:7]) for row in shown],
    )
    return draw(found) if found.tracks else ""


def _areas(inspected: list[DocumentRow]) -> list[AreaLine]:
    """The table beside the picture."""
    lines = []
    for area in AREAS:
        cells = []
        for row in inspected:
            judged = next((each for each in row.judgements if each.area == area), None)
            if judged is None:
                cells.append(GradeCell("", ""))
            elif judged.grade:
                cells.append(GradeCell(judged.grade, words.grade(judged.grade)))
            else:
                cells.append(GradeCell("none", words.STATUSES[judged.status]))
        if any(each.css and each.css != "none" for each in cells):
            lines.append(AreaLine(words.area(area), tuple(cells)))
    return lines


def _document(row: DocumentRow) -> DocumentLine:
    overall = next((each.grade for each in row.judgements if each.area == "overall"), None)
    return DocumentLine(
        what=words.doc_type(row.doc_type),
        date=words.day(row.date),
        href=document_href(row.sha256),
        internal=row.visibility == "internal",
        voice="" if row.voice == "inspectorate" else words.VOICES[row.voice],
        overall=words.grade(overall) if overall else "",
        css=overall or "none",
        findings=row.findings,
    )


def _themes(
    whose: AuthorityCount,
    inspected: list[DocumentRow],
    found: list[FindingRow],
    library: Library,
) -> list[ThemeLine]:
    """Themes of the last inspection, those with most concerns first, and what became of others."""
    if not inspected:
        return []
    tones: dict[int, dict[str, Counter[str]]] = {}
    for each in filter(of_council, found):
        themes = tones.setdefault(each.document, {})
        themes.setdefault(each.theme, Counter())[each.polarity] += 1
    changes = library.concern_changes(authority=whose.key, internal=True)
    fates = {each.change.theme: each.change.fate for each in changes}
    now = tones.get(inspected[-1].id, {})
    before = tones.get(inspected[-2].id, {}) if len(inspected) > 1 else {}
    lines = [
        ThemeLine(
            label=theme_label(theme),
            href=address(document_href(inspected[-1].sha256), theme=theme) + "#pages"
            if theme in now
            else address(document_href(inspected[-2].sha256), theme=theme) + "#pages",
            strengths=now.get(theme, Counter())["strength"],
            concerns=_concerns(now.get(theme)),
            before=_concerns(before.get(theme)) if len(inspected) > 1 else None,
            fate=FATES.get(fates.get(theme, ""), ""),
        )
        for theme in now.keys() | before.keys()
    ]
    shown = [each for each in lines if each.strengths or each.concerns or each.before]
    return sorted(shown, key=lambda each: (-each.concerns, -(each.before or 0), each.label))


def _concerns(tone: Counter[str] | None) -> int:
    return sum(tone[each] for each in CONCERNS) if tone else 0


def _figure(row: FigureRow) -> FigureLine:
    return FigureLine(
        printed=row.printed,
        counts=row.counts,
        period=row.period or "",
        where=place(row.passage),
        href=f"{document_href(row.sha256)}#{text_anchor(row.text)}",
    )


ROUTES: Final = (PageRoute("/authorities/{key}", show),)
