"""The record of what an edited theme would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from corpus.model import Passage
from index.reports.counts import DocumentRow

Fate: TypeAlias = Literal["added", "dropped", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeChange:
    """A finding that other themes would add, drop or change; None on the side that lacks it."""

    document: DocumentRow
    passage: Passage
    fate: Fate
    sentence: str
    theme: str
    before: str | None
    """Polarity and timing."""
    after: str | None
