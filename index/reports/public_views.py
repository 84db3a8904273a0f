"""Public views: what other programs read of a library, without internal documents."""

from __future__ import annotations

from typing import Final

from ..storage.database import Database

PUBLIC_VIEWS: Final = ("documents", "judgements", "passages", "findings")
"""Made by migration 19."""


def columns_of(db: Database, view: str) -> tuple[str, ...]:
    """The columns of a view."""
    rows = db.all("SELECT name FROM pragma_table_info(?)", (view,))
    return tuple(row["name"] for row in rows)


def others(db: Database) -> tuple[str, ...]:
    """All other tables and views of a library, those of SQLite and of its indexes too."""
    rows = db.all("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
    return tuple(row["name"] for row in rows if row["name"] not in PUBLIC_VIEWS)
