"""Hits: the passages that answer a query, ranked, with where they stand and why they match."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.errors import UsageError
from corpus.model import Finding

from .cited import DOCUMENT, PASSAGE, Place, place
from .compile import PUBLIC, Compiler
from .database import DEADLINE, Database, Value
from .engines import ready
from .engines.base import Engine
from .highlight import Excerpt, Range, excerpt, highlights
from .query import And, Has, Node, Text, finds, parse, read_as, wanted
from .store import finding

_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What hits must be besides what the query says; of several values, any one.

    `since` and `until` are days, months or years ("2024-05"), compared with the inspection's
    start, else with the document's date; both are inclusive.
    """

    authority: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    doc_type: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    timing: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    internal: bool = True
    """Whether internal documents are let through too."""

    def nodes(self) -> tuple[Has, ...]:
        """The filters as parts of a query."""
        for day in (self.since, self.until):
            if day is not None and not _DATE.fullmatch(day):
                raise UsageError(f"{day!r} is no date; write 2024, 2024-05 or 2024-05-17")
        several = {
            "la": self.authority,
            "region": self.region,
            "type": self.doc_type,
            "theme": self.theme,
            "polarity": self.polarity,
            "timing": self.timing,
            "since": (self.since,) if self.since else (),
            "until": (self.until,) if self.until else (),
        }
        return tuple(Has(name, values) for name, values in several.items() if values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Place):
    """A passage that answers the query. `highlights` are ranges in `text`."""

    highlights: tuple[Range, ...]
    snippet: Excerpt
    score: float
    """Of its engine; the smaller the better, 0 where nothing was there to rank by."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """One page of the answer, and what there is to say about the whole."""

    hits: tuple[Hit, ...]
    total: int
    read_as: str
    notes: tuple[str, ...]
    engine: str


def search(
    db: Database,
    query: str,
    filters: Filters | None = None,
    *,
    engine: str | None = None,
    limit: int = 20,
    offset: int = 0,
    deadline: float = DEADLINE,
) -> Hits:
    """The passages that answer `query` and `filters`, the best first.

    An empty query lists what the filters let through, the newest first. Raises UsageError
    where the query cannot be understood or takes longer than `deadline` seconds.
    """
    parsed = parse(query)
    filters = filters or Filters()
    extra = filters.nodes()
    node = _together(parsed.node, extra)
    if node and not finds(node):
        raise UsageError(
            "the query only says what to leave out; say what to find too, as in: care -leavers"
        )
    chosen, note = ready(db, engine)
    with db.deadline(deadline):
        compiler = Compiler(db, chosen)
        where = compiler.condition(node) if node else "1"
        if not filters.internal:
            where = f"({where}) AND {PUBLIC.format('p.document')}"
        texts = tuple(dict.fromkeys(wanted(node))) if node else ()
        ranked, total = _rank(db, chosen, (where, compiler.values), texts, (limit, offset))
        hits = _hits(db, ranked, texts)
    notes = (*parsed.notes, *dict.fromkeys(compiler.notes), *([note] if note else []))
    return Hits(
        hits=hits,
        total=total,
        read_as=read_as(node) if node else "",
        notes=notes,
        engine=chosen.name,
    )


def _together(node: Node | None, extra: Sequence[Has]) -> Node | None:
    if not extra:
        return node
    asked = node.nodes if isinstance(node, And) else (node,) if node else ()
    nodes = (*asked, *extra)
    return And(nodes) if len(nodes) > 1 else nodes[0]


def _rank(
    db: Database,
    engine: Engine,
    condition: tuple[str, list[Value]],
    texts: Sequence[Text],
    page: tuple[int, int],
) -> tuple[dict[int, float], int]:
    """The ids of one page with their scores, in order, and the number of all matches."""
    where, values = condition
    hit = f"hit AS MATERIALIZED (SELECT id, document, ordinal, late FROM passage p WHERE {where})"
    scored, score = "", "0.0"
    if texts:
        sql, more = engine.ranking(texts)
        values = [*values, *more]
        # The + keeps the engine from looking every id up by itself.
        hit += f", ranked AS MATERIALIZED ({sql} AND +rowid IN (SELECT id FROM hit))"
        scored, score = "LEFT JOIN ranked ON ranked.id = hit.id", "coalesce(ranked.score, 0.0)"
    rows = db.all(
        f"WITH {hit} SELECT hit.id, {score} AS score, (SELECT count(*) FROM hit) AS total"
        f" FROM hit CROSS JOIN document d ON d.id = hit.document {scored}"
        " ORDER BY hit.late, score, coalesce(d.date, '') DESC, d.authority_name, d.sha256,"
        " hit.ordinal LIMIT ? OFFSET ?",
        [*values, *page],
    )
    if rows:
        total = int(rows[0]["total"])
    else:  # past the last page, or no page was asked for
        where, values = condition
        total = db.number(f"SELECT count(*) FROM passage p WHERE {where}", values)
    return {row["id"]: row["score"] for row in rows}, total


def _hits(db: Database, ranked: dict[int, float], texts: Sequence[Text]) -> tuple[Hit, ...]:
    """The page's hits in full."""
    ids = list(ranked)
    marks = ", ".join("?" * len(ids))
    rows = {
        row["passage_id"]: row
        for row in db.all(
            f"SELECT {DOCUMENT}, {PASSAGE} FROM passage p JOIN document d ON d.id = p.document"
            f" WHERE p.id IN ({marks})",
            ids,
        )
    }
    documents = sorted({row["document"] for row in rows.values()})
    marks_of = ", ".join("?" * len(documents))
    texts_of = {
        row["id"]: row["text"]
        for row in db.all(f"SELECT id, text FROM document WHERE id IN ({marks_of})", documents)
    }
    found: dict[int, list[Finding]] = {}
    for row in db.all(
        "SELECT p.ordinal, f.* FROM finding f JOIN passage p ON p.id = f.passage"
        f" WHERE f.passage IN ({marks}) ORDER BY f.start, f.theme, f.id",
        ids,
    ):
        found.setdefault(row["passage"], []).append(finding(row))
    return tuple(
        _hit(rows[id_], texts_of[rows[id_]["document"]], texts, score, found.get(id_, ()))
        for id_, score in ranked.items()
    )


def _hit(
    row: sqlite3.Row,
    document: str,
    texts: Sequence[Text],
    score: float,
    findings: Sequence[Finding],
) -> Hit:
    where = place(row, document)
    ranges = highlights(where["text"], texts)
    return Hit(
        **where,
        highlights=ranges,
        snippet=excerpt(where["text"], ranges),
        score=score,
        findings=tuple(findings),
    )
