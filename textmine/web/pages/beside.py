"""Side by side: two documents, whole, or what both say on a theme or in answer to a query."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.errors import UsageError
from corpus.model import CONCERNS

from .. import words
from ..addresses import document_href, short
from ..sheets import PassageItem, lay_out
from ..themes import theme_label
from ..view import Answer, Asked, Page, PageRoute, address

if TYPE_CHECKING:
    from index.documents.records import StoredDocument

    from ...api import Library


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two documents."""

    heading: str
    what: str
    voice: str
    internal: bool
    href: str
    passages: tuple[tuple[int, PassageItem], ...]
    """Passages, each with its page."""


@dataclass(frozen=True, slots=True)
class GradePair:
    """A judgement of both."""

    area: str
    left: str
    left_css: str
    right: str
    right_css: str


@dataclass(frozen=True, slots=True)
class ThemePair:
    """A theme, with what the findings of both say."""

    label: str
    href: str
    chosen: bool
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class BesidePage:
    """The context of the page."""

    left: Side
    right: Side
    grades: tuple[GradePair, ...]
    themes: tuple[ThemePair, ...]
    theme: str
    q: str
    names: tuple[str, str]
    whole: str
    """The address of the whole texts; empty where these are shown."""
    swapped: str


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    if not (asked.arg("left") and asked.arg("right")):
        raise UsageError("name two documents: /beside?left=...&right=...")
    left, right = library.show(asked.arg("left")), library.show(asked.arg("right"))
    theme, q = asked.arg("theme"), asked.arg("q")
    names = (short(left.entry.original.sha256), short(right.entry.original.sha256))
    sides = tuple(_side(each, library, theme, q) for each in (left, right))
    chosen = {"left": names[0], "right": names[1]}
    context = BesidePage(
        left=sides[0],
        right=sides[1],
        grades=_grades(left, right),
        themes=_themes(left, right, chosen, theme),
        theme=theme_label(theme) if theme else "",
        q=q,
        names=names,
        whole=address("/beside", chosen) if theme or q else "",
        swapped=address("/beside", left=names[1], right=names[0], theme=theme, q=q),
    )
    title = f"{sides[0].heading}: two documents side by side"
    return Page("beside.html", title, context, "search", wide=True)


def _side(stored: StoredDocument, library: Library, theme: str, q: str) -> Side:
    path = document_href(stored.entry.original.sha256)
    matches = library.matches(stored.id, q, internal=True) if q else ()
    laid_out = lay_out(stored, path, matches=matches, theme=theme, pictures=False)
    cited = library.cited(stored.id)
    document = stored.document
    return Side(
        heading=cited.authority or cited.provider or cited.title or cited.name,
        what=f"{words.doc_type(document.doc_type)}, {words.day(cited.date)}",
        voice="" if document.voice == "inspectorate" else words.VOICES[document.voice],
        internal=document.visibility == "internal",
        href=address(path, theme=theme, q=q),
        passages=tuple(
            (sheet.number, each)
            for sheet in laid_out.sheets
            for each in sheet.passages
            if each.step or not (theme or q)
        ),
    )


def _grades(left: StoredDocument, right: StoredDocument) -> tuple[GradePair, ...]:
    found = [{each.area: each for each in side.document.judgements} for side in (left, right)]
    pairs = []
    for area in dict.fromkeys((*found[0], *found[1])):
        cells = []
        for side in found:
            judged = side.get(area)
            if judged is None:
                cells.append(("", "none"))
            else:
                said = words.grade(judged.grade) if judged.grade else words.STATUSES[judged.status]
                cells.append((said, judged.grade or "none"))
        pairs.append(GradePair(words.area(area), *cells[0], *cells[1]))
    return tuple(pairs)


def _themes(
    left: StoredDocument, right: StoredDocument, chosen: dict[str, str], theme: str
) -> tuple[ThemePair, ...]:
    """Themes of either, those that both speak of first."""
    counts: list[dict[str, Counter[str]]] = []
    for side in (left, right):
        tones: dict[str, Counter[str]] = {}
        for each in side.findings:
            tones.setdefault(each.theme, Counter())[each.polarity] += 1
        counts.append(tones)
    names = sorted(
        {*counts[0], *counts[1]},
        key=lambda each: (
            not (each in counts[0] and each in counts[1]),
            -sum(side[each].total() for side in counts if each in side),
            each,
        ),
    )
    return tuple(
        ThemePair(
            label=theme_label(name),
            href=address("/beside", chosen, theme=name),
            chosen=name == theme,
            left=_tones(counts[0].get(name)),
            right=_tones(counts[1].get(name)),
        )
        for name in names
    )


def _tones(tone: Counter[str] | None) -> str:
    if not tone:
        return "not mentioned"
    strengths, concerns = tone["strength"], sum(tone[each] for each in CONCERNS)
    if not strengths and not concerns:
        return "neither strength nor concern"
    return f"{words.count(strengths, 'strength')}, {words.count(concerns, 'concern')}"


ROUTES: Final = (PageRoute("/beside", show),)
