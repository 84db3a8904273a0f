"""Values of query fields in this library: `la:camden`, `type:ilacs`, `theme:care_leavers`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final, get_args

from corpus.model import About, Aspect, Extent, Polarity, Timing, Visibility, Voice

from ..storage.database import Database
from ..text.analyzer import fold

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
    "voice": {"ofsted": "inspectorate"},
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
    """What the library calls these values of a field; and a note for each that it lacks."""
    found: dict[str, None] = {}
    notes = []
    known = _known(db, field)
    for typed in values:
        value = _ALIASES.get(field, {}).get(typed.lower(), typed)
        names = known.get(value) or [key for name in matching(value, known) for key in known[name]]
        found |= dict.fromkeys(names)
        if not names:
            close = get_close_matches(fold(value.replace("_", " ")).replace(" ", "-"), known, n=1)
            hint = f" (did you mean {field}:{close[0]}?)" if close else ""
            notes.append(f"nothing in the library has {field}:{typed}{hint}")
    return list(found), notes


def _known(db: Database, field: str) -> dict[str, list[str]]:
    """Every name that a field may be given, with what it stands for in the rows."""
    if field in {"la", "neighbours"}:
        return _authorities(db)
    if field in _FIXED:
        return {name: [name] for name in _FIXED[field]}
    sql = {
        "region": "SELECT DISTINCT region FROM authority WHERE region IS NOT NULL",
        "type": "SELECT DISTINCT doc_type FROM document",
        "framework": "SELECT DISTINCT framework FROM document WHERE framework IS NOT NULL",
        # From one theme to the next through the index; DISTINCT would read all of it.
        "theme": "WITH RECURSIVE known (theme) AS (SELECT min(theme) FROM finding UNION ALL"
        " SELECT (SELECT min(theme) FROM finding WHERE theme > known.theme)"
        " FROM known WHERE theme IS NOT NULL) SELECT theme FROM known WHERE theme IS NOT NULL",
    }[field]
    return {row[0]: [row[0]] for row in db.all(sql)}


def _authorities(db: Database) -> dict[str, list[str]]:
    """Keys, names and aliases of authorities, and names that documents print and no row has."""
    known: dict[str, list[str]] = {}
    for row in db.all("SELECT key, name, aliases FROM authority"):
        for name in (row["key"], row["name"], *json.loads(row["aliases"])):
            known.setdefault(name, []).append(row["key"])
    for row in db.all(
        "SELECT DISTINCT coalesce(authority, authority_name) AS key, authority_name AS name"
        " FROM document WHERE authority_name IS NOT NULL"
    ):
        for name in {row["key"], row["name"]}:
            if row["key"] not in known.setdefault(name, []):
                known[name].append(row["key"])
    return known


def _in(asked: str, words: str) -> bool:
    return f" {asked} " in f" {words} "
