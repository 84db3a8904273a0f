"""Theme presence: which documents have a finding of a theme, for comparisons of authorities."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias

from corpus.model import Polarity

from ..storage.database import Database

Presence: TypeAlias = dict[int, dict[str, frozenset[Polarity]]]
"""By document and theme: the polarities of its findings."""


def of_council(db: Database, documents: Iterable[int]) -> Presence:
    """Inspectors' findings about the council, or the trust that runs its services, by document.

    Partners' findings and what authorities say of themselves are left out. Every document asked
    for is there, with nothing where nothing was found.
    """
    numbers = list(documents)
    found: dict[int, dict[str, set[Polarity]]] = {number: {} for number in numbers}
    rows = db.each(
        "SELECT DISTINCT p.document, f.theme, f.polarity FROM finding_now f"
        " JOIN passage p ON p.id = f.passage"
        " WHERE p.document IN (SELECT value FROM json_each(?)) AND p.voice = 'inspectorate'"
        " AND coalesce(f.about, 'council') IN ('council', 'trust')",
        (json.dumps(numbers),),
    )
    for row in rows:
        found[row["document"]].setdefault(row["theme"], set()).add(row["polarity"])
    return {
        number: {theme: frozenset(polarities) for theme, polarities in themes.items()}
        for number, themes in found.items()
    }
