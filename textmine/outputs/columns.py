"""Types of columns: what the values of a column are, for formats that must know.

A column has one name and one type, whichever list it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

ColumnType: TypeAlias = Literal["text", "date", "integer", "number", "boolean", "list", "mapping"]
"""What a value is, where it is not None. A date is text, ISO 8601: a day, or a month or a year."""

_NAMES: Final[Mapping[ColumnType, Sequence[str]]] = {
    "date": (
        *("date", "published", "start_date", "end_date", "as_at", "inspected"),
        *("date_before", "date_after", "later_date"),
    ),
    "integer": (
        *("document", "id", "page", "ordinal", "passage", "start", "end", "replaces", "repeats"),
        *("counts_start", "counts_end", "passages", "passages_of_authority", "reports"),
        *("of_reports", "of_words", "documents", "months", "visits_since", "concerns_before"),
        *("findings_after", "document_before", "document_after", "occurrence"),
    ),
    "number": (
        *("score", "value", "of", "per_report", "per_10000_words", "relevance"),
        *("x0", "y0", "x1", "y1", "size"),
    ),
    "boolean": ("selected", "repaired", "bold"),
    "list": (
        *("highlights", "findings", "cues", "themes", "before", "after", "evidence"),
        *("asked_before",),
    ),
    "mapping": ("judgements", "fields"),
}
TYPES: Final[Mapping[str, ColumnType]] = MappingProxyType(
    {name: kind for kind, names in _NAMES.items() for name in names}
)


def type_of(column: str, values: Sequence[object] = ()) -> ColumnType:
    """The type of a column; that of its values where a list gives the name another meaning.

    "evidence" is the sentence of a finding, and the sentences of a follow-up.
    """
    known = TYPES.get(column, "text")
    seen = {_kind(value) for value in values if value is not None}
    if not seen or all(_fits(kind, known) for kind in seen):
        return known
    return seen.pop() if len(seen) == 1 else "text"


def _kind(value: object) -> ColumnType:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, Mapping):
        return "mapping"
    return "text" if isinstance(value, str) else "list"


def _fits(kind: ColumnType, wanted: ColumnType) -> bool:
    return kind == wanted or (kind, wanted) in {("integer", "number"), ("text", "date")}
