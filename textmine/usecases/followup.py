"""The use case of what became of what inspectors asked for."""

from __future__ import annotations

from typing import get_args

from index.documents.citation_rows import by_document
from index.query.filters import Filters
from index.query.parser import to_text
from index.reports import counts
from index.storage.database import Database

from ..analysis.demands import DemandGroup, Outcome, grouped
from ..followup.threads import FollowUp, follow
from ..followup.verdicts import Verdict


def followup(db: Database, filters: Filters | None = None) -> list[FollowUp]:
    """What became of each demand of the documents that the filters let through.

    By authority, within it by kind of report, the oldest demands first.
    """
    with db.snapshot():
        documents = counts.documents(db, filters)
        findings = by_document(counts.findings(db, filters))
        demands = by_document(counts.recommendations(db, filters))
    groups: dict[str, list[counts.DocumentRow]] = {}
    for row in documents:
        if whose := row.authority or row.authority_name:
            groups.setdefault(whose, []).append(row)
    return [each for rows in groups.values() for each in follow(rows, findings, demands)]


def followup_by(db: Database, by: str, filters: Filters | None = None) -> list[DemandGroup]:
    """How many demands there are of each theme, region or grade, and what became of them.

    The grade is the overall one of the report that asks.
    """
    with db.snapshot():
        rows = followup(db, filters)
        documents = {row.id: row for row in counts.documents(db, filters)}
    outcomes = (
        Outcome(
            groups=_groups(by, row, documents[row.demand.document]),
            followed=row.later is not None,
            verdict=row.answer.verdict if row.answer else None,
            recurs=row.recurs,
        )
        for row in rows
    )
    narrowed = [to_text(node, None, None) for node in (filters.all_nodes() if filters else ())]
    return grouped(
        outcomes, by, get_args(Verdict), lambda name: " AND ".join((_find(by, name), *narrowed))
    )


def _groups(by: str, row: FollowUp, document: counts.DocumentRow) -> tuple[str, ...]:
    if by == "theme":
        return row.demand.themes or ("none",)
    return (document.region or "none",) if by == "region" else (_overall(document),)


def _overall(row: counts.DocumentRow) -> str:
    return next((each.grade for each in row.judgements if each.area == "overall" and each.grade),
                "none")  # fmt: skip


def _find(by: str, name: str) -> str:
    """The query that finds the demands of a group."""
    if name == "none":
        return "is:recommendation"
    field = "overall" if by == "grade" else by
    value = f'"{name}"' if " " in name else name
    return f"is:recommendation AND {field}:{value}"
