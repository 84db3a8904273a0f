"""Facets: counts of hits by authority, year, theme and so on.

Each count is the number of passages that the query would find with `field:value` added; adding
`-field:value` leaves the rest.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from ..query.ast import FINDING, And, Has, Node, Or
from ..query.field_values import meanings
from ..search.hits import marks
from ..search.prepared import PreparedQuery
from ..search.sql import combinations, of_finding
from ..storage import passage_tags
from ..storage.database import Database
from ..storage.passage_tags import Tag

FACETS: Final = {
    "la": "authority",
    "region": "region",
    "type": "type",
    "year": "year",
    "theme": "theme",
    "polarity": "polarity",
    "section": "section",
    "overall": "overall grade",
}
"""The fields that are counted, each with its name for people."""

_FEW: Final = 400
_SECTION: Final = " LEFT JOIN section s ON s.document = p.document AND s.position = p.section"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a field: as a query writes it, as people call it, and how many passages."""

    field: str
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What a document says for all its passages."""

    la: str | None
    name: str | None
    region: str | None
    type: str
    year: str | None
    overall: str | None


def facets(
    db: Database, asked: PreparedQuery, fields: Iterable[str] = FACETS
) -> tuple[FacetValue, ...]:
    """The counts of each field, the most frequent value first."""
    wanted = set(fields)
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS if name in wanted}
    labels: dict[str, str] = {}
    places: Counter[tuple[int, str | None]] = Counter()
    findings: Counter[str] = Counter()
    columns = "p.document, s.kind, p.tags"
    for document, kind, tagged in db.each(asked.select(columns, joins=_SECTION), asked.values):
        places[document, kind] += 1
        findings[tagged] += 1
    if wanted - {"theme", "polarity"}:
        _count_places(db, places, counts, labels)
    if wanted & {"theme", "polarity"}:
        _count_findings(db, asked, findings, counts)
    return tuple(
        FacetValue(field=field, value=value, label=labels.get(value, value), count=count)
        for field, counter in counts.items()
        for value, count in sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    )


def _count_places(
    db: Database,
    places: Mapping[tuple[int, str | None], int],
    counts: Mapping[str, Counter[str]],
    labels: dict[str, str],
) -> None:
    documents: Counter[int] = Counter()
    for (document, kind), n in places.items():
        documents[document] += n
        if kind and "section" in counts:
            counts["section"][kind] += n
    known = _places(db, documents.keys())
    fields = [field for field in _Place.__slots__ if field in counts]
    for document, n in documents.items():
        place = known[document]
        if place.la and place.name:
            labels[place.la] = place.name
        for field in fields:
            if value := getattr(place, field):
                counts[field][value] += n


def _places(db: Database, documents: AbstractSet[int]) -> dict[int, _Place]:
    """What the documents say for their passages; of all documents where they are many."""
    few = sorted(documents) if len(documents) <= _FEW else []
    judged = "SELECT document, grade FROM judgement_now WHERE area = 'overall' AND grade NOT NULL"
    judged += f" AND document IN ({marks(few)})" if few else ""
    grades = {row["document"]: row["grade"] for row in db.all(judged, few)}
    where = f" WHERE d.id IN ({marks(few)})" if few else ""
    return {
        row["id"]: _place(row, grades.get(row["id"]))
        for row in db.all(
            "SELECT d.id, d.whose, d.authority_name, d.doc_type, substr(d.date, 1, 4) AS year,"
            f" a.region FROM document d LEFT JOIN authority a ON a.key = d.authority{where}",
            few,
        )
    }


def _place(row: sqlite3.Row, grade: str | None) -> _Place:
    name = row["authority_name"]
    return _Place(row["whose"], name, row["region"], row["doc_type"], row["year"], grade)


def _count_findings(
    db: Database,
    asked: PreparedQuery,
    tagged: Mapping[str, int],
    counts: Mapping[str, Counter[str]],
) -> None:
    """A value counts where one finding with it meets all else that is asked of findings."""
    node = asked.node
    asked_of = node.nodes if isinstance(node, And) else (node,)
    about = [n for n in asked_of if n and of_finding(n) and not _of_score(n)]
    known = _meant(db, about)

    def meets(tag: Tag, node: Node) -> bool:
        if isinstance(node, Or):
            return any(meets(tag, inner) for inner in node.nodes)
        assert isinstance(node, Has)
        return getattr(tag, node.field) in known[node]

    passages = [(passage_tags.read(written), n) for written, n in tagged.items()]
    for field, counter in counts.items():
        if field not in FINDING:
            continue
        value_of = itemgetter(FINDING.index(field))
        others = combinations([n for n in about if not (isinstance(n, Has) and n.field == field)])
        for found, n in passages:
            values = set(map(value_of, found))
            for one in filter(None, others):
                values &= {value_of(tag) for tag in found if all(meets(tag, o) for o in one)}
            for value in values:
                counter[value] += n


def _of_score(node: Node) -> bool:
    """Whether scores are asked for, of which tags say nothing: values are counted without."""
    nodes = node.nodes if isinstance(node, Or) else (node,)
    return any(isinstance(n, Has) and n.field == "score" for n in nodes)


def _meant(db: Database, about: Iterable[Node]) -> dict[Has, list[str]]:
    """What the library calls the values that the query asks of findings."""
    asked = [n for node in about for n in (node.nodes if isinstance(node, Or) else (node,))]
    return {n: meanings(db, n.field, n.values)[0] for n in asked if isinstance(n, Has)}
