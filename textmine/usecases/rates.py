"""Use cases of rates: trends, comparisons, a rate for each authority, co-occurrence of themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.errors import UsageError
from corpus.frameworks import AREAS, DOCUMENTS
from index.documents import authorities
from index.query.ast import OF_FINDING, And, Has, Node, leaves
from index.query.filters import Filters
from index.query.parser import to_text
from index.reports import counts, theme_pairs, word_use
from index.reports.word_use import Portion
from index.search.prepared import PreparedQuery
from index.search.saved_searches import list_all
from index.storage.database import PATIENCE, Database

from ..analysis import rates as analysis
from ..analysis.cooccurrence import Pairing, pairings
from ..analysis.places import PlaceGrade, PlaceRate, last_grades
from ..analysis.rates import GROUPS, GradeRate, Rate
from .searches import Question
from .words import chosen, dispersion

EVERYTHING: Final = "England"
"""The name of all that the library has."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its name, and the query that chooses it; "" is everything."""

    name: str
    query: str


def trends(db: Database, question: Question, by: str) -> tuple[list[Rate], tuple[str, ...], str]:
    """The rates of what answers by year, quarter or framework; notes; the query as read."""
    with db.snapshot(), db.deadline(PATIENCE):
        asked = _required(db, question)
        ground = _ground(db, asked, question)
        found = word_use.portions(db, asked)
    read_as = asked.read_as

    def find(doc_type: str, group: str) -> str:
        return f"({read_as}) AND type:{doc_type} AND {analysis.condition(by, group)}"

    rates = list(analysis.rates(ground, found, GROUPS[by], query=read_as, find=find))
    return *_with_something(rates, asked.notes), read_as


def grade_trends(
    db: Database, area: str, by: str, filters: Filters | None = None
) -> list[GradeRate]:
    """The grades of an area by year, quarter or framework, among those that compare."""
    if area not in AREAS:
        raise UsageError(f"unknown area: {area!r}; there are: {', '.join(AREAS)}")
    return analysis.grade_rates(counts.documents(db, filters), area, by)


def sides(db: Database, names: Iterable[str]) -> list[Side]:
    """What people name to compare: authorities, regions, neighbours, saved searches, England."""
    return [_side(db, name) for name in names]


def _side(db: Database, name: str) -> Side:
    head, _, tail = name.partition(":")
    if name.casefold() == EVERYTHING.casefold():
        return Side(EVERYTHING, "")
    if head == "saved":
        for search in list_all(db):
            if search.name == tail:
                return Side(name, search.query)
        raise UsageError(f"no saved search {tail!r}; to list them: textmine saved list")
    if head == "neighbours":
        near = authorities.resolve(db, tail)
        return Side(f"neighbours of {near.name}", f'neighbours:"{near.name}"')
    regions = {row.region for row in authorities.count_documents(db) if row.region}
    if name.casefold() in {each.casefold() for each in regions}:
        region = next(each for each in regions if each.casefold() == name.casefold())
        return Side(region, f'region:"{region}"')
    found = authorities.resolve(db, name)
    return Side(found.name, f'la:"{found.name}"')


def compare(
    db: Database, names: Sequence[str], question: Question, themes: Sequence[str]
) -> tuple[list[Rate], tuple[str, ...]]:
    """The rates of each theme, or of the query alone, on each side; what has to be known of them.

    The sides of one type of report stand below each other.
    """
    with db.snapshot(), db.deadline(PATIENCE):
        found: list[Rate] = []
        missing: list[str] = []
        for side in sides(db, names):
            whole = word_use.portions(db, *_everything(db, side, question))
            if not whole:
                missing.append(f"no documents of {side.name} in the library")
            for theme in themes or ("",):
                chosen_themes = (theme,) if theme else question.filters.theme
                filters = replace(question.filters, theme=chosen_themes)
                query = f"({side.query}) AND ({question.query})" if side.query and question.query \
                    else side.query or question.query  # fmt: skip
                asked = _required(db, replace(question, query=query, filters=filters))
                hits = word_use.portions(db, asked)
                found += analysis.rates(
                    whole,
                    hits,
                    _always(side.name),
                    query=theme or question.query or asked.read_as,
                    find=_of_type(asked.read_as),
                )
    order = {side: at for at, side in enumerate(dict.fromkeys(rate.group for rate in found))}
    found.sort(key=lambda rate: (rate.doc_type, rate.query, order[rate.group]))
    return _with_something(found, missing)


def _with_something(
    rates: Sequence[Rate], notes: Iterable[str]
) -> tuple[list[Rate], tuple[str, ...]]:
    """Rates without types of report in which nothing was found at all; a note names those."""
    types = {rate.doc_type for rate in rates if rate.passages}
    empty: dict[str, int] = {}
    for rate in rates:
        if rate.doc_type not in types:
            empty[rate.doc_type] = empty.get(rate.doc_type, 0) + rate.of_reports
    if empty and types:
        names = ", ".join(DOCUMENTS[each].label for each in sorted(empty))
        notes = (*notes, f"nothing found in other types of report: {names}")
    return [rate for rate in rates if rate.doc_type in types], tuple(notes)


def _always(name: str) -> Callable[[Portion], str]:
    return lambda _: name


def _of_type(read_as: str) -> Callable[[str, str], str]:
    return lambda doc_type, _: f"({read_as}) AND type:{doc_type}"


def _everything(
    db: Database, side: Side, question: Question
) -> tuple[PreparedQuery | None, Filters]:
    """All that a side has: its passages, whatever their findings."""
    filters = _of_documents(question.filters)
    return chosen(db, Question(query=side.query, filters=filters, strict=True)), filters


def cooccurrence(
    db: Database, unit: str, filters: Filters | None = None, *, least: int = 5
) -> list[Pairing]:
    """Pairs of themes that stand together in a sentence, passage or report."""
    with db.snapshot(), db.deadline(PATIENCE):
        units = theme_pairs.themes_by(db, unit, filters)
        met = [to_text(node, None, None) for node in (filters.all_nodes() if filters else ())]
        apart = unit == "report"
        return list(pairings(units, least=least, conditions=met, apart=apart))


def place_rates(db: Database, question: Question) -> list[PlaceRate]:
    """How often what is asked for is said in the reports of each authority, by name."""
    if chosen(db, question) is None:
        raise UsageError("say what to map: a query, --theme, --polarity, or --grade AREA")
    with db.snapshot():
        known = {each.name: each for each in authorities.count_documents(db)}
        (spread,) = dispersion(db, [question.query], "la", question)
    found = [
        PlaceRate(
            authority=part.group,
            key=known[part.group].key,
            region=known[part.group].region,
            matches=part.matches,
            words=part.words,
            find=part.find,
        )
        for part in spread.parts
        if part.group in known
    ]
    return sorted(found, key=lambda each: each.authority)


def place_grades(db: Database, area: str, filters: Filters | None = None) -> list[PlaceGrade]:
    """The grade of an area at each authority's last inspection, by name."""
    if area not in AREAS:
        raise UsageError(f"unknown area: {area!r}; there are: {', '.join(AREAS)}")
    return last_grades(counts.documents(db, filters), area)


def _required(db: Database, question: Question) -> PreparedQuery:
    asked = chosen(db, question)
    if asked is None:
        raise UsageError("say what to count: a query, --theme or --polarity")
    return asked


def _ground(db: Database, asked: PreparedQuery, question: Question) -> tuple[Portion, ...]:
    """What the rates are out of: all passages that meet the query's conditions on documents."""
    filters = _of_documents(question.filters)
    parts = [to_text(node, None, None) for node in _conditions(asked.node)]
    ground = Question(query=" AND ".join(parts), filters=filters, strict=True)
    return word_use.portions(db, chosen(db, ground), filters)


def _of_documents(filters: Filters) -> Filters:
    """Filters without those of findings."""
    return replace(
        filters, theme=(), polarity=(), timing=(), extent=(), aspect=(), min_score=None
    )  # fmt: skip


def _conditions(node: Node | None) -> Iterator[Node]:
    """The parts of a query that speak neither of words nor of findings."""
    parts = node.nodes if isinstance(node, And) else (node,) if node else ()
    for part in parts:
        if all(isinstance(leaf, Has) and leaf.field not in OF_FINDING for leaf in leaves(part)):
            yield part
