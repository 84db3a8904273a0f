"""Metadata for Datasette: what the public views hold, and that nothing else is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from index.reports.public_views import PUBLIC_VIEWS, columns_of, others
from index.storage.database import FILE_NAME, Database

from ..outputs import describe

_TITLES: Final[Mapping[str, str]] = {
    "documents": "Reports, letters and self-evaluations, a row each",
    "judgements": "Judgements: a row for each area that a document judges",
    "passages": "Passages with their text",
    "findings": "Findings: what one sentence says about one theme; they can be wrong, so read it",
}
_FACETS: Final[Mapping[str, tuple[str, ...]]] = {
    "documents": ("doc_type", "region"),
    "judgements": ("area", "grade"),
}
_QUERIES: Final[Mapping[str, Mapping[str, str]]] = {
    "concerns_by_theme": {
        "title": "Concerns and strengths by theme",
        "sql": "SELECT theme, sum(polarity = 'concern') AS concerns,"
        " sum(polarity = 'strength') AS strengths, count(DISTINCT document) AS documents"
        " FROM findings GROUP BY theme ORDER BY concerns DESC",
    },
    "grades_by_year": {
        "title": "Overall grades by year",
        "sql": "SELECT substr(date, 1, 4) AS year, grade, count(*) AS documents FROM judgements"
        " WHERE area = 'overall' AND status = 'found' GROUP BY 1, 2 ORDER BY 1, 2",
    },
    "findings_on_authority": {
        "title": "What is said about an authority",
        "sql": "SELECT date, theme, polarity, timing, page, paragraph, evidence FROM findings"
        " WHERE authority = :authority ORDER BY date DESC, page",
    },
    "passages_with_words": {
        "title": "Passages with these words, as they stand",
        "sql": "SELECT authority, date, page, paragraph, text FROM passages"
        " WHERE text LIKE '%' || :words || '%' ORDER BY date DESC LIMIT 200",
    },
}


def metadata(db: Database, *, internal: bool = False) -> dict[str, Any]:
    """What `datasette --metadata` reads.

    Unless `internal` is set, only the public views and the queries on them are shown: the tables
    behind them, which hold internal documents too, and SQL of one's own are closed.
    """
    tables: dict[str, Any] = {
        view: {
            "description": _TITLES[view],
            "columns": {name: describe(name) for name in columns_of(db, view)},
            **({"facets": list(_FACETS[view])} if view in _FACETS else {}),
        }
        for view in PUBLIC_VIEWS
    }
    closed: dict[str, Any] = {"hidden": True} if internal else {"hidden": True, "allow": False}
    tables |= dict.fromkeys(others(db), closed)
    database: dict[str, Any] = {"tables": tables, "queries": _QUERIES}
    if not internal:
        database["allow_sql"] = False
    name = FILE_NAME.rpartition(".")[0]
    return {"title": "textmine", "databases": {name: database}}
