"""The section of passages that somebody collected for this brief, with their notes."""

from __future__ import annotations

from ..dossier import Dossier
from ..model import Line, Section
from ..quoting import of_place

TITLE = "Passages that you collected"


def section(dossier: Dossier) -> Section | None:
    """The collected passages of this authority, with what was noted on each; None without any."""
    if not dossier.collected:
        return None
    notes = {(note.document, note.start): note for note in dossier.notes}
    lines = []
    for place in dossier.collected:
        note = notes.get((place.document, place.passage.start))
        quote = of_place(place)
        lines.append(
            Line(
                key=f"collected-{place.sha256[:8]}-{place.passage.ordinal}",
                text=f"{quote.source}:",
                detail=f"{note.text} ({note.who})" if note else "",
                evidence=(quote,),
            )
        )
    return Section(key="collected", title=TITLE, lines=tuple(lines))
