"""When a finding is sure."""

from __future__ import annotations

import re
from typing import Final

from index.reports.counts import FindingRow

SURE: Final = 0.89
"""From this score on, 95 of 100 findings are right (docs/explanation/accuracy.md)."""

BEYOND_DOUBT: Final = 0.93
"""From this score on, 79 of 82 concerns of the gold paragraphs are right in polarity, and all in
theme: what is said of a whole service from a sentence or two asks for as much."""

_SUBJECTS: Final = re.compile(
    r"\bmissing\b(?: (?:from )?(?:education|home|care|children))?"
    r"|\bnot in (?:education|employment)|\bNEET\b|\babsen(?:ce|t)",
    re.IGNORECASE,
)
"""Words that name a subject and sound like a complaint: "children missing education"."""

_REDUCED: Final = re.compile(
    r"(?=.*\bha(?:s|ve) (?:\w+ly )?reduced\b)"
    r"(?!.*\b(?:but|although|though|while|however|still|not|capacity|resources?)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that says that what was wrong has become less."""


def is_sure(row: FindingRow) -> bool:
    """Whether a finding is sure: its score and the rules agree, or a person decided it."""
    score = row.finding.score
    return score is None or (score >= SURE and not _is_contradicted(row))


def is_beyond_doubt(row: FindingRow) -> bool:
    """Whether a finding may carry a statement by itself."""
    score = row.finding.score
    return is_sure(row) and (score is None or score >= BEYOND_DOUBT)


def _is_contradicted(row: FindingRow) -> bool:
    """Whether a concern is said to have improved, or rests on the name of its subject alone."""
    if row.finding.polarity != "concern":
        return False
    first = row.passage.start
    cues = [
        row.text[cue.start - first : cue.end - first]
        for cue in row.finding.cues
        if cue.kind == "polarity"
    ]
    became_less = row.finding.timing == "improved" or bool(_REDUCED.match(row.evidence))
    return became_less or (bool(cues) and all(map(_SUBJECTS.search, cues)))
