"""The register of authorities as a library holds it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from ..storage.database import Database

if TYPE_CHECKING:
    from corpus.register.authorities import Register

_LISTS = ("aliases", "trusts", "neighbours", "successors")
_DAYS = ("valid_from", "valid_to")


def of_library(db: Database) -> Register:
    """The authorities that were known when documents were last read."""
    # Most searches name no authority.
    from corpus.register.authorities import Authority, Register  # noqa: PLC0415

    return Register(
        Authority(
            **{
                **dict(row),
                "region": row["region"] or "",
                **{name: tuple(json.loads(row[name])) for name in _LISTS},
                **{name: date.fromisoformat(row[name]) if row[name] else None for name in _DAYS},
            }
        )
        for row in db.all("SELECT * FROM authority ORDER BY name, key")
    )
