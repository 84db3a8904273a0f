"""The usual columns of each list: what spreadsheets and tables have unless told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_REPORT: Final = ("authority", "doc_type", "date")

USUAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "findings": (
            *("authority", "date", "page", "paragraph", "theme", "polarity", "timing", "extent"),
            *("aspect", "score", "about", "voice", "visibility", "evidence", "link"),
        ),
        "passages": (
            *("authority", "type", "date", "page", "paragraph", "kind", "section", "voice"),
            *("visibility", "text", "link"),
        ),
        "documents": (
            *("document", "authority", "region", "doc_type", "framework", "start_date"),
            *("end_date", "published", "judgements", "visibility", "name", "url"),
        ),
        "judgements": (*_REPORT, "area", "grade", "status", "origin"),
        "figures": (
            *("authority", "date", "figure", "counts", "period", "comparison", "value", "unit"),
            *("voice", "visibility", "place", "text", "link"),
        ),
        "recommendations": ("authority", "date", "type", "kind", "tag", "place", "text", "link"),
        "changes": (
            *("authority", "region", "area", "before", "after", "direction", "note"),
            *("date_before", "date_after"),
        ),
        "concern-changes": ("authority", "theme", "concern", "date_before", "date_after"),
        "followup": (
            *("authority", "type", "date", "demand", "body", "later_type", "later_date"),
            *("verdict", "evidence"),
        ),
        "cycle": (
            *("authority", "region", "inspected", "framework", "overall", "months", "observed"),
            *("visits_since", "last_visit"),
        ),
        "decisions": (
            *("document", "quote", "theme", "verdict", "new_theme", "polarity", "timing"),
            *("who", "why", "made_at"),
        ),
        "notes": ("id", "document", "quote", "text", "who", "made_at"),
        "collections": ("collection", "passages", "missing", "created"),
        "coded": ("id", "sha256", "kind", "section", "text", "sentences", "labels"),
        "agreement": ("coders", "what", "theme", "units", "percent", "kappa", "alpha"),
        "authorities": (
            *("authority", "region", "documents", "key", "urn", "gss", "la_code"),
            *("last_inspection", "missing"),
        ),
        "themes": ("theme", "label", "area", "definition"),
        "hits": (
            *("authority", "type", "date", "page", "paragraph", "section", "voice", "visibility"),
            *("text", "score", "link"),
        ),
    }
)
"""By list; others have all their columns."""
