"""The queue of a review: what the machine found and a person has not decided, doubtful first."""

from __future__ import annotations

from dataclasses import dataclass

from ..documents import decisions
from ..documents.citation_rows import DOCUMENT, PASSAGE, place_in
from ..documents.decisions import Decision
from ..documents.store import finding
from ..query.filters import Filters
from ..storage.database import Database
from ..text import quotes
from .counts import FindingRow, Narrowed, with_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A finding of the machine that waits for a person's decision."""

    found: FindingRow
    occurrence: int
    """Which of the places with the words of the finding, as decisions count them."""
    others: tuple[Decision, ...]
    """What other people decided about it, the first one first."""


def queue(
    db: Database, coder: str, filters: Filters | None = None, *, limit: int | None = None
) -> tuple[Doubt, ...]:
    """The findings of the machine that this person has not decided, the least sure first.

    What others decided is in it, too: whoever reviews judges what the machine found.
    """
    with db.snapshot():
        narrowed = Narrowed(db, filters)
        rows = db.all(
            f"SELECT {DOCUMENT}, {PASSAGE}, f.* FROM finding f"
            " JOIN passage p ON p.id = f.passage JOIN document d ON d.id = p.document"
            f" WHERE f.decision IS NULL AND {narrowed.of_document} AND {narrowed.of_finding}"
            " ORDER BY f.score IS NULL, f.score, d.id, f.start, f.theme",
            narrowed.values,
        )
        made: dict[int, tuple[Decision, ...]] = {}
        doubts: list[Doubt] = []
        for row, text in with_text(db, rows):
            found = FindingRow(
                *place_in(row, text), finding=finding(row), evidence=text[row["start"] : row["end"]]
            )
            number = found.document
            if number not in made:
                made[number] = decisions.standing(decisions.of(db, number))
            said = tuple(each for each in made[number] if _about(each, found))
            if any(each.who == coder for each in said):
                continue
            occurrence = quotes.occurrence(text, found.evidence, row["start"])
            doubts.append(Doubt(found=found, occurrence=occurrence, others=said))
            if len(doubts) == limit:
                break
    return tuple(doubts)


def _about(decision: Decision, found: FindingRow) -> bool:
    """Whether a decision is about the words and the theme of a finding."""
    start = decision.start
    return (
        start is not None
        and decision.theme == found.theme
        and start < found.finding.end
        and start + len(decision.quote) > found.finding.start
    )
