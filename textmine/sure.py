"""When a finding is sure."""

from __future__ import annotations

from typing import Final

from index.reports.counts import FindingRow

SURE: Final = 0.9
"""From this score on, 95 of 100 findings are right in theme and polarity (docs/accuracy.md)."""


def is_sure(row: FindingRow) -> bool:
    """Whether a finding is sure: by its score, or because a person decided it."""
    score = row.finding.score
    return score is None or score >= SURE
