"""Matrices: counts of many queries in many groups of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from ..query.expansion import Groups
from ..query.filters import Filters
from ..search.prepared import ask
from ..storage.database import PATIENCE, Database
from .counts import Narrowed

GROUPS: Final = {
    "la": "d.authority_name",
    "year": "substr(d.date, 1, 4)",
    "region": "(SELECT region FROM authority WHERE key = d.authority)",
    "framework": "d.framework",
}
"""What documents can be grouped by, each with its SQL on a document `d`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: the count of one query in one group, with the size of the group."""

    query: str
    group: str | None
    passages: int
    reports: int
    """The documents in which something was found."""
    of_reports: int
    of_words: int

    @property
    def per_report(self) -> float:
        """Passages found for each document of the group."""
        return self.passages / self.of_reports

    @property
    def per_10000_words(self) -> float:
        """Passages found for 10,000 words of the group."""
        return self.passages * 10_000 / self.of_words if self.of_words else 0.0


def matrix(
    db: Database,
    queries: Iterable[str],
    by: str,
    filters: Filters | None = None,
    *,
    engine: str | None = None,
    synonyms: Groups = (),
) -> Iterator[Cell]:
    """The cells of all queries and groups, including empty ones.

    The groups are of all documents that the filters let through, whatever is found in them.
    """
    with db.deadline(PATIENCE):
        sizes = _sizes(db, by, filters or Filters())
    for query in queries:
        with db.deadline(PATIENCE):
            asked = ask(db, query, filters, engine=engine, synonyms=synonyms)
            sql = asked.select(
                f"{GROUPS[by]} AS name, count(*) AS passages, count(DISTINCT d.id) AS reports",
                joins=" CROSS JOIN document d ON d.id = p.document",
                tail=" GROUP BY 1",
            )
            found = {row["name"]: row for row in db.all(sql, asked.values)}
        for name, (reports, words) in sizes.items():
            row = found.get(name)
            yield Cell(
                query=query,
                group=name,
                passages=row["passages"] if row else 0,
                reports=row["reports"] if row else 0,
                of_reports=reports,
                of_words=words,
            )


def _sizes(db: Database, by: str, filters: Filters) -> dict[str | None, tuple[int, int]]:
    """Documents and words of each group."""
    narrowed = Narrowed(db, replace(filters, theme=(), polarity=(), timing=()))
    rows = db.all(
        f"SELECT {GROUPS[by]} AS name, count(*) AS reports, sum((SELECT sum(t.words)"
        " FROM passage p JOIN passage_text t ON t.passage = p.id WHERE p.document = d.id))"
        f" AS words FROM document d WHERE {narrowed.of_document}"
        " GROUP BY 1 ORDER BY 1 IS NULL, 1",
        narrowed.values,
    )
    return {row["name"]: (row["reports"], row["words"] or 0) for row in rows}
