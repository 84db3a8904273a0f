"""Use cases of following authorities over time: changes and the cycle."""

from __future__ import annotations

from datetime import date

from index.query.filters import Filters, check_dates
from index.reports import counts
from index.reports.counts import DocumentRow, FindingRow
from index.storage.database import Database

from ..analysis import changes as compare
from ..analysis.changes import Change, ConcernChange, of_council
from ..analysis.cycle import Standing
from ..analysis.cycle import cycle as stand
from ..analysis.grades import inspections


def changes(
    db: Database,
    filters: Filters | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
) -> list[Change]:
    """The grades of inspections that follow each other; the later one between two dates.

    Raises UsageError where one is no day, month or year.
    """
    since, until = check_dates(since, until)
    return compare.changes(counts.documents(db, filters), since=since, until=until)


def concern_changes(
    db: Database, filters: Filters | None = None
) -> list[tuple[DocumentRow, DocumentRow, tuple[ConcernChange, ...]]]:
    """Changes of concerns between each authority's last two inspections."""
    with db.snapshot():
        groups = inspections(counts.documents(db, filters)).values()
        pairs = [(rows[-2], rows[-1]) for rows in groups if len(rows) > 1]
        wanted: dict[int, list[FindingRow]] = {row.id: [] for pair in pairs for row in pair}
        for finding in counts.findings(db, filters):
            if finding.document in wanted and of_council(finding):
                wanted[finding.document].append(finding)
    return [
        (before, after, compare.concern_changes(wanted[before.id], wanted[after.id]))
        for before, after in pairs
    ]


def cycle(
    db: Database, as_of: date, filters: Filters | None = None
) -> tuple[tuple[Standing, ...], int]:
    """Positions of authorities in the cycle, and the number of unknown ones."""
    rows = counts.documents(db, filters)
    standing = stand(rows, as_of)
    known = {row.authority or row.authority_name for row in rows}
    return standing, len(known - {None}) - len(standing)
