"""When a finding is sure."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

from corpus.own_yaml import read_own_yaml
from index.reports.counts import FindingRow

SURE: Final = 0.89
"""From this score on, 95 of 100 findings are right (docs/explanation/accuracy.md)."""

BEYOND_DOUBT: Final = 0.93
"""From this score on, 85 of 86 concerns of the gold paragraphs that have a word of blame are right
in polarity, 13 of 14 without one, and all in theme: what is said of a whole service from a sentence
or two asks for both."""

_BLAME: Final = ("bad", "trouble", "not", "no", "lack", "rare", "wish", "many", "some", "fall")
"""The lists of cues, in the rules of polarity, that have words of blame."""

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


_CONDITION: Final = re.compile(r"(?:However, |But )?(?:When|Where|If|Once|Whenever)\b[^,]*,")
"""A clause that says when something is done: what is done follows it."""


def is_sure(row: FindingRow) -> bool:
    """Whether a finding is sure: its score and the rules agree, or a person decided it."""
    score = row.finding.score
    return score is None or (score >= SURE and not _is_contradicted(row))


def is_beyond_doubt(row: FindingRow) -> bool:
    """Whether a finding may carry a statement by itself."""
    score = row.finding.score
    if score is None or not is_sure(row):
        return score is None
    blamed = row.finding.polarity not in {"concern", "mixed"} or any(
        map(_blame().search, _polarity_cues(row))
    )
    return score >= BEYOND_DOUBT and blamed


@cache
def _blame() -> re.Pattern[str]:
    """Words that blame, or deny praise."""
    # The file alone: the package beside it would load spaCy.
    file = resources.files(__package__).joinpath("pipeline", "rules", "polarity.yaml")
    lists = read_own_yaml(file.read_bytes())
    phrases = {str(phrase) for name in _BLAME for phrase in lists[name]}
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    words = "|".join(re.escape(phrase).replace("'", "[’']") for phrase in longest)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _polarity_cues(row: FindingRow, start: int = 0) -> list[str]:
    """The words from `start` of the sentence on that decided a finding's polarity."""
    first = row.passage.start
    return [
        row.text[cue.start - first : cue.end - first]
        for cue in row.finding.cues
        if cue.kind == "polarity" and cue.end > row.finding.start + start
    ]


def _is_contradicted(row: FindingRow) -> bool:
    """Whether a concern is said to have improved, or rests on a condition or a subject's name."""
    if row.finding.polarity != "concern":
        return False
    cues = _polarity_cues(row)
    condition = _CONDITION.match(row.evidence)
    of_condition = condition and not _polarity_cues(row, condition.end())
    became_less = row.finding.timing == "improved" or bool(_REDUCED.match(row.evidence))
    return became_less or (bool(cues) and (of_condition or all(map(_SUBJECTS.search, cues))))
