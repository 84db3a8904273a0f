"""The use case of what became of what inspectors asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from index.documents.citation_rows import Place
from index.query.filters import Filters
from index.reports import counts
from index.storage.database import Database

from ..followup.threads import FollowUp, follow


def followup(db: Database, filters: Filters | None = None) -> list[FollowUp]:
    """What became of each demand of the documents that the filters let through.

    By authority, within it by kind of report, the oldest demands first.
    """
    with db.snapshot():
        documents = counts.documents(db, filters)
        findings = _by_document(counts.findings(db, filters))
        demands = _by_document(counts.recommendations(db, filters))
    groups: dict[str, list[counts.DocumentRow]] = {}
    for row in documents:
        if whose := row.authority or row.authority_name:
            groups.setdefault(whose, []).append(row)
    return [each for rows in groups.values() for each in follow(rows, findings, demands)]


Row = TypeVar("Row", bound=Place)


def _by_document(rows: Iterable[Row]) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.document, []).append(row)
    return groups
