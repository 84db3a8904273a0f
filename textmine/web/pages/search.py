"""Search: the box, how the words were read, facets, and the passages or lines in context."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from index.documents.citation_rows import Place

from ...briefs.quoting import lower_first
from ...citation import place
from .. import words
from ..addresses import short, text_anchor
from ..asking import Asking
from ..marking import Piece, pieces
from ..themes import facet_value, theme_label
from ..view import Answer, Asked, Page, PageRoute, address

if TYPE_CHECKING:
    from index.search.hits import Hit, Hits
    from index.views.facets import FacetValue
    from index.views.kwic import Line

    from ...api import Library, QueryResults, SearchResults

PAGE: Final = 20
"""Results on a page."""
LINES: Final = 50
"""Lines in context on a page."""
FIRST: Final = 6
"""Values of a facet that are seen at once."""
MOST: Final = 60
"""Values of a facet that are listed at all."""

EXAMPLES: Final = (
    "children not being seen",
    "management oversight of social work",
    "care leavers’ accommodation",
    '"personal adviser" polarity:concern',
)


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead."""

    words: str
    href: str
    said: str = ""
    """What it is called where the words alone do not tell."""


@dataclass(frozen=True, slots=True)
class FindingMark:
    """What a finding of a passage says."""

    theme: str
    polarity: str
    href: str


@dataclass(frozen=True, slots=True)
class HitItem:
    """A result."""

    number: int
    who: str
    what: str
    where: str
    section: str
    marks: tuple[str, ...]
    internal: bool
    pieces: tuple[Piece, ...]
    begins: bool
    """Whether the words before the snippet are left out."""
    ends: bool
    findings: tuple[FindingMark, ...]
    href: str
    whole: bool
    key: str
    """Document and passage, to be marked for a collection."""


@dataclass(frozen=True, slots=True)
class KwicItem:
    """A line in context."""

    left: str
    match: str
    right: str
    who: str
    what: str
    href: str


@dataclass(frozen=True, slots=True)
class FacetItem:
    """A value of a facet, with what leads to it and away from it."""

    label: str
    count: int
    only: str
    without: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet."""

    title: str
    first: tuple[FacetItem, ...]
    more: tuple[FacetItem, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words were read."""

    read_as: str
    notes: tuple[str, ...]
    expansions: tuple[str, ...]
    understood: str
    narrow: tuple[Link, ...]
    suggestions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The context of the page."""

    asking: Asking
    fields: tuple[tuple[str, str], ...]
    """What a new query keeps."""
    chosen: tuple[Link, ...]
    reading: Reading | None
    count: str
    whole: tuple[HitItem, ...]
    some: tuple[HitItem, ...]
    lines: tuple[KwicItem, ...]
    facets: tuple[FacetGroup, ...]
    previous: str
    next: str
    number: int
    views: tuple[Link, ...]
    sorts: tuple[tuple[str, str], ...]
    take_away: str
    omitted: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """The context of the page before anything is asked."""

    asking: Asking
    documents: int
    passages: int
    findings: int
    types: tuple[tuple[str, int, str], ...]
    examples: tuple[Link, ...]


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    asking = Asking.of(asked)
    if asking.is_empty:
        return _start(asking, library)
    number = asked.number("page", 1, most=500)
    question = asking.question(internal=True)
    facets = library.facets(question)
    if asking.view == "kwic":
        most = number * LINES
        found = library.kwic(question, width=60, sort=asking.order, limit=most)  # type: ignore[arg-type]
        listed = list(found)[most - LINES :]
        context = _page(
            asking,
            number,
            reading=_reading_of(found),
            count=f"{words.count(found.total, 'match')}".replace("matchs", "matches"),
            lines=tuple(_line(each, asking) for each in listed),
            more=found.total > most,
            facets=_facets(asking, facets),
        )
        return Page("search.html", _title(asking), context, "search", wide=True)
    offset = (number - 1) * PAGE
    results = library.search(question, limit=PAGE + 1, offset=offset)
    hits = results.hits.hits
    items = tuple(_item(asking, each, offset + at) for at, each in enumerate(hits[:PAGE], start=1))
    context = _page(
        asking,
        number,
        reading=_reading(asking, results),
        count=_count(results.hits),
        hits=items,
        more=len(hits) > PAGE,
        facets=_facets(asking, facets),
    )
    return Page("search.html", _title(asking), context, "search", wide=True)


def _title(asking: Asking) -> str:
    return f"{asking.q} - search" if asking.q else "Search"


def _start(asking: Asking, library: Library) -> Page:
    status = library.status()
    types = sorted(status.by_type.items(), key=lambda each: (-each[1], each[0]))
    context = StartPage(
        asking=asking,
        documents=status.documents,
        passages=status.passages,
        findings=status.findings,
        types=tuple(
            (words.doc_type(name), count, address("/", only=f"type:{name}", sort="date"))
            for name, count in types
        ),
        examples=tuple(Link(each, address("/", q=each)) for each in EXAMPLES),
    )
    return Page("start.html", "Search", context, "search")


def _page(
    asking: Asking,
    number: int,
    *,
    reading: Reading,
    count: str,
    more: bool,
    facets: tuple[FacetGroup, ...],
    hits: tuple[HitItem, ...] = (),
    lines: tuple[KwicItem, ...] = (),
) -> SearchPage:
    kept = [pair for pair in asking.pairs() if pair[0] not in {"q", "since", "until", "strict"}]
    other = "kwic" if asking.view == "passages" else ""
    pairs = [pair for pair in asking.pairs() if pair[0] not in {"view", "order"}]
    orders: tuple[tuple[str, str], ...] = (
        ("document", "Newest document first"),
        ("left", "Words before the match"),
        ("right", "Words after the match"),
        ("match", "The match itself"),
    )
    if asking.view == "passages":
        orders = (
            ("relevance", "Best first"),
            ("date", "Newest first"),
            ("la", "By authority"),
        )
    return SearchPage(
        asking=asking,
        fields=tuple(kept),
        chosen=tuple(_chosen(asking)),
        reading=reading,
        count=count,
        whole=tuple(each for each in hits if each.whole),
        some=tuple(each for each in hits if not each.whole),
        lines=lines,
        facets=facets,
        previous=asking.href(page=number - 1) if number > 1 else "",
        next=asking.href(page=number + 1) if more else "",
        number=number,
        views=(
            Link("Passages", address("/", pairs) if not other else ""),
            Link("Lines in context", address("/", pairs, view="kwic") if other else ""),
        ),
        sorts=orders,
        take_away=asking.href("/take-away", page=number if number > 1 else ""),
        omitted="",
    )


def _chosen(asking: Asking) -> list[Link]:
    """What narrows the answer, each with the address without it."""
    chosen = []
    for name, values in (("only", asking.only), ("not", asking.without)):
        for each in values:
            field, _, value = each.partition(":")
            said = f"{words.FACETS.get(field, words.plain(field))}: "
            said += facet_value(field, value, value)
            label = said if name == "only" else f"not {said[:1].lower()}{said[1:]}"
            chosen.append(Link(label, asking.less(name, each).href()))
    for name, value in asking.narrowing:
        label = f"{words.plain(name)}: {facet_value(name, value, value)}"
        chosen.append(Link(label, asking.less(name, value).href()))
    for name, value in (("since", asking.since), ("until", asking.until)):
        if value:
            label = f"{'from' if name == 'since' else 'until'} {words.day(value)}"
            chosen.append(Link(label, asking.less(name, value).href()))
    return chosen


def _reading_of(found: QueryResults[Line]) -> Reading:
    """How a query was read, of lines, which have no suggestions."""
    return Reading(
        read_as=found.read_as,
        notes=found.notes,
        expansions=tuple(
            f"{each.of}: {', '.join(each.also)}" for each in found.expansions if each.also
        ),
        understood="",
        narrow=(),
        suggestions=(),
    )


def _reading(asking: Asking, results: SearchResults) -> Reading:
    question = results.hits.question
    understood, narrow = "", []
    if question:
        about = [theme for theme, _ in question.themes]
        tone = {"concern": "a concern", "strength": "a strength"}.get(question.polarity or "")
        if about or tone:
            named = " or ".join(lower_first(theme_label(each)) for each in about)
            understood = f"{tone or 'a question'}{f' about {named}' if named else ''}"
        for facet in (
            *(f"theme:{each}" for each in about),
            *((f"polarity:{question.polarity}",) if question.polarity else ()),
        ):
            if facet not in asking.only:
                field, _, value = facet.partition(":")
                said = f"{words.FACETS[field]}: {facet_value(field, value, value)}"
                narrow.append(Link(said, asking.with_only(facet).href()))
    return Reading(
        read_as=results.read_as,
        notes=results.notes,
        expansions=tuple(
            f"{each.of}: {', '.join(each.also)}" for each in results.expansions if each.also
        ),
        understood=understood,
        narrow=tuple(narrow),
        suggestions=tuple(
            Link(each.query, address("/", q=each.query), words.count(each.passages, "passage"))
            for each in results.suggestions
        ),
    )


def _count(found: Hits) -> str:
    if not found.question:
        return words.count(found.total, "passage")
    line = f"{words.count(found.total, 'passage')} with all the words"
    return f"{line}, {found.some:,} more with some of them" if found.some else line


def _item(asking: Asking, hit: Hit, number: int) -> HitItem:
    marks = [words.VOICES[hit.passage.voice]] if hit.passage.voice != "inspectorate" else []
    if hit.repeats > 1:
        marks.append(f"worded like this {hit.repeats} times")
    if hit.group:
        marks.append(words.count(hit.group, "passage") + " in this authority")
    snippet = hit.snippet
    said = dict.fromkeys((each.theme, each.polarity) for each in hit.findings)
    return HitItem(
        number=number,
        who=who(hit),
        what=f"{words.doc_type(hit.doc_type)}, {words.day(hit.date)}",
        where=place(hit.passage),
        section=hit.section,
        marks=tuple(marks),
        internal=hit.visibility == "internal",
        pieces=pieces(snippet.text, snippet.highlights),
        begins=snippet.start > 0,
        ends=snippet.end < len(hit.text),
        findings=tuple(
            FindingMark(theme_label(theme), polarity, asking.with_only(f"theme:{theme}").href())
            for theme, polarity in said
        ),
        href=href_of(hit, asking),
        whole=hit.whole,
        key=f"{hit.document}-{hit.passage.ordinal}",
    )


def who(row: Place) -> str:
    """Whom a document is about."""
    return row.authority or row.provider or row.title or "Authority not known"


def href_of(row: Place, asking: Asking | None = None) -> str:
    """The address of a passage in its document, with the words of the query to mark there."""
    pairs = asking.pairs() if asking else []
    kept = [pair for pair in pairs if pair[0] in {"q", "only", "strict"}]
    return f"{address(f'/documents/{short(row.sha256)}', kept)}#{text_anchor(row.text)}"


def _line(line: Line, asking: Asking) -> KwicItem:
    return KwicItem(
        left=line.left,
        match=line.match,
        right=line.right,
        who=who(line),
        what=f"{words.doc_type(line.doc_type)}, {words.day(line.date)}, {place(line.passage)}",
        href=href_of(line, asking),
    )


def _facets(asking: Asking, values: QueryResults[FacetValue]) -> tuple[FacetGroup, ...]:
    found: dict[str, list[FacetValue]] = {
        name: list(group) for name, group in groupby(values, key=lambda each: each.field)
    }
    groups = []
    for field, title in words.FACETS.items():
        items = [
            FacetItem(
                label=facet_value(field, each.value, each.label),
                count=each.count,
                only=asking.with_only(f"{field}:{each.value}").href(),
                without=asking.with_out(f"{field}:{each.value}").href(),
            )
            for each in found.get(field, [])[:MOST]
            if f"{field}:{each.value}" not in asking.only
        ]
        if len(items) > 1 or (items and field in {"theme", "polarity"}):
            groups.append(FacetGroup(title, tuple(items[:FIRST]), tuple(items[FIRST:])))
    return tuple(groups)


ROUTES: Final = (PageRoute("/", show), PageRoute("/search", show))
