"""Reviewing: a person's answers about findings of the machine, as decisions."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import UsageError
from corpus.model import Polarity, Timing
from index.documents.decisions import Decision, Verdict
from index.reports.review import Doubt
from index.storage import texts
from index.storage.database import Database
from index.text import quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person says about a finding; what is None stays as the machine has it.

    `quote` is for "added" only: the words in the passage that say what the machine lacks.
    """

    verdict: Verdict
    theme: str | None = None
    polarity: Polarity | None = None
    timing: Timing | None = None
    quote: str | None = None
    why: str = ""


def decision(db: Database, doubt: Doubt, answer: Answer, coder: str) -> Decision:
    """The decision that an answer makes. Raises UsageError where its words are not there."""
    found = doubt.found
    quote, occurrence, theme = found.evidence, doubt.occurrence, found.theme
    new_theme = answer.theme if answer.theme != theme else None
    if answer.quote is not None and answer.verdict in {"added", "withdrawn"}:
        theme, new_theme = answer.theme or theme, None
        if answer.quote and answer.quote.split():
            quote, occurrence = _quoted(db, doubt, answer.quote)
    bare = answer.verdict in {"rejected", "withdrawn"}
    return Decision(
        quote=quote,
        occurrence=occurrence,
        theme=theme,
        verdict=answer.verdict,
        new_theme=None if bare else new_theme,
        polarity=None if bare else answer.polarity or found.polarity,
        timing=None if bare else answer.timing or found.timing,
        who=coder,
        why=answer.why,
    )


def _quoted(db: Database, doubt: Doubt, quote: str) -> tuple[str, int]:
    """The words as the passage has them, and which of their places in the document this is."""
    found = doubt.found
    text = texts.text(db, found.document)
    words = quotes.pattern(quote)
    place = words.search(text, found.passage.start, found.passage.end) if words else None
    if place is None:
        raise UsageError(f"the passage does not have these words: {quote!r}")
    return place[0], quotes.occurrence(text, place[0], place.start())
