"""The use case of the pack for a region."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from corpus.errors import UsageError
from index.documents import authorities
from index.storage.database import Database

from ..briefs.dossier import gather
from ..briefs.model import Brief
from ..regions.pack import build
from ..themes import load_themes


def region_pack(
    db: Database,
    region: str,
    as_of: date,
    *,
    themes_file: Path | None = None,
    internal: bool = False,
) -> Brief:
    """The pack for a region, as of a day; internal documents only if `internal`.

    Raises UsageError where there is no such region, or nothing of it in the library.
    """
    with db.snapshot():
        known = authorities.count_documents(db)
        name = _region(region, {each.region for each in known if each.region})
        members = [each for each in known if each.region == name]
        themes = load_themes(themes_file)
        dossiers = [
            gather(db, authorities.entry(db, each.key), as_of, themes, internal=internal)
            for each in members
            if each.documents
        ]
    there = [each for each in dossiers if each.documents]
    if not there:
        raise UsageError(f"no documents of {name} in the library that may be quoted on that day")
    names = {each.authority.key for each in there}
    return build(name, there, [each.name for each in members if each.key not in names])


def _region(given: str, known: Iterable[str]) -> str:
    wanted = given.casefold().strip()
    names = sorted(known)
    found = [name for name in names if name.casefold() == wanted] or [
        name for name in names if wanted and wanted in name.casefold()
    ]
    if len(found) != 1:
        what = "could be several" if found else "unknown region"
        raise UsageError(f"{what}: {given!r}; there are: {', '.join(found or names)}")
    return found[0]
