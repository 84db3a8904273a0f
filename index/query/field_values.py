"""Values of query fields in this library: `la:camden`, `type:ilacs`, `theme:care_leavers`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final, get_args

from corpus.model import About, Aspect, Extent, Polarity, Timing, Visibility, Voice

from ..storage.database import Database
from ..text.analyzer import fold
from .authority_register import of_library

POLARITIES: Final[tuple[Polarity, ...]] = get_args(Polarity)
TIMINGS: Final[tuple[Timing, ...]] = get_args(Timing)
_FIXED: Final = {
    "polarity": POLARITIES,
    "timing": TIMINGS,
    "voice": get_args(Voice),
    "visibility": get_args(Visibility),
    "about": get_args(About),
    "extent": get_args(Extent),
    "aspect": get_args(Aspect),
}
_ALIASES: Final = {
    "polarity": {"negative": "concern", "weakness": "concern", "positive": "strength"},
    "voice": {"ofsted": "inspectorate", "council": "authority"},
}


def matching(value: str, names: Iterable[str]) -> list[str]:
    """The names that are the value, else those that contain its words side by side.

    Case, accents, hyphens and underscores make no difference.
    """
    folded = {name: fold(name.replace("_", " ")) for name in names}
    asked = fold(value.replace("_", " "))
    same = [name for name, words in folded.items() if words == asked]
    return same or [name for name, words in folded.items() if asked and _in(asked, words)]


def meanings(db: Database, field: str, values: Sequence[str]) -> tuple[list[str], list[str]]:
    """The library's values for these values of a field, and a note for each that is missing."""
    if field in {"la", "neighbours"}:
        return _authorities(db, field, values)
    found: dict[str, None] = {}
    notes = []
    known = known_values(db, field)
    for typed in values:
        value = _ALIASES.get(field, {}).get(typed.lower(), typed)
        names = [value] if value in known else matching(value, known)
        found |= dict.fromkeys(names)
        if not names:
            close = get_close_matches(fold(value.replace("_", " ")).replace(" ", "-"), known, n=1)
            hint = f" (did you mean {field}:{close[0]}?)" if close else ""
            notes.append(f"nothing in the library has {field}:{typed}{hint}")
    return list(found), notes


def _authorities(db: Database, field: str, values: Sequence[str]) -> tuple[list[str], list[str]]:
    """Authorities by any name of the register, or as documents print one that is not in it."""
    register = of_library(db)
    printed = {
        row["name"]: row["key"]
        for row in db.all(
            "SELECT DISTINCT whose AS key, authority_name AS name FROM document"
            " WHERE authority_name IS NOT NULL"
        )
    }
    found: dict[str, None] = {}
    notes = []
    for typed in values:
        bearers = [each.key for each in register.bearers(typed)]
        keys = (
            bearers
            or [printed[name] for name in matching(typed, printed)]
            or [each.key for each in register.matching(typed)]
        )
        found |= dict.fromkeys(keys)
        if not keys:
            near = register.nearest(typed)
            hint = f" ({register.suggestion(typed)})" if near else ""
            notes.append(f"nothing in the library has {field}:{typed}{hint}")
    return list(found), notes


def known_values(db: Database, field: str) -> tuple[str, ...]:
    """Every value that a field may have."""
    if field in _FIXED:
        return tuple(_FIXED[field])
    sql = {
        "region": "SELECT DISTINCT region FROM authority WHERE region IS NOT NULL",
        "type": "SELECT DISTINCT doc_type FROM document",
        "in": "SELECT DISTINCT collection FROM collected ORDER BY 1",
        "framework": "SELECT DISTINCT framework FROM document WHERE framework IS NOT NULL",
        # From one theme to the next through the index; DISTINCT would read all of it.
        "theme": "WITH RECURSIVE known (theme) AS (SELECT min(theme) FROM finding_now UNION ALL"
        " SELECT (SELECT min(theme) FROM finding_now WHERE theme > known.theme)"
        " FROM known WHERE theme IS NOT NULL) SELECT theme FROM known WHERE theme IS NOT NULL",
    }[field]
    return tuple(row[0] for row in db.all(sql))


def _in(asked: str, words: str) -> bool:
    return f" {asked} " in f" {words} "
