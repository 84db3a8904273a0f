"""What scores are worth: precision against coverage, and errors by the grade of the section.

A finding is right where its theme and its polarity are. Left out are findings of themes that only
one of two coders gave, and of the past.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from .scoring import Coded, GoldPassage, Prediction

GRADES: Final = ("outstanding", "good", "requires improvement", "inadequate")
UNGRADED: Final = "none printed"
_GRADE: Final = re.compile(
    r"\b(outstanding|requires? improvement|inadequate|good(?! practice))\b", re.IGNORECASE
)


class Point(NamedTuple):
    """The findings whose score is at least this: their share of all, and how many are right."""

    score: float
    coverage: float
    precision: float


class ByGrade(NamedTuple):
    """Sentences with a finding under a grade, and how their polarity was misread."""

    grade: str
    findings: int
    wrong: int
    too_good: int
    """Concerns called a strength."""
    too_bad: int
    """Strengths called a concern."""


def judged(
    passages: Sequence[GoldPassage], said: Iterable[Iterable[Prediction]]
) -> Iterator[tuple[GoldPassage, Coded, Prediction]]:
    """Each finding with the coded sentence that holds most of it."""
    for passage, found in zip(passages, said, strict=True):
        for one in found:
            shares = [min(one.end, c.end) - max(one.start, c.start) for c in passage.sentences]
            best = max(shares)
            coded = passage.sentences[shares.index(best)]
            if best > 0 and one.theme not in coded.disputed and one.timing != "past":
                yield passage, coded, one


def is_right(coded: Coded, found: Prediction) -> bool:
    """Whether theme and polarity are right; where mixed is right, so is concern."""
    accepted = coded.polarity | ({"concern"} if "mixed" in coded.polarity else set())
    return found.theme in coded.themes and found.polarity in accepted


def curve(
    passages: Sequence[GoldPassage], said: Iterable[Iterable[Prediction]], steps: int = 10
) -> list[Point]:
    """Precision at growing coverage, the surest findings first."""
    every = [(found.score or 0.0, is_right(c, found)) for _, c, found in judged(passages, said)]
    every.sort(key=lambda one: -one[0])
    points = []
    for step in range(1, steps + 1):
        count = max(1, len(every) * step // steps)
        right = sum(is_ for _, is_ in every[:count])
        points.append(Point(every[count - 1][0], count / len(every), right / count))
    return points


def at_least(
    passages: Sequence[GoldPassage], said: Iterable[Iterable[Prediction]], score: float
) -> Point:
    """Coverage and precision of the findings with at least this score."""
    every = list(judged(passages, said))
    sure = [is_right(c, found) for _, c, found in every if (found.score or 0.0) >= score]
    return Point(score, len(sure) / max(1, len(every)), sum(sure) / max(1, len(sure)))


def by_grade(
    passages: Sequence[GoldPassage], said: Iterable[Iterable[Prediction]]
) -> list[ByGrade]:
    """How often polarity is wrong under each grade, where the theme is right."""
    counts: Counter[tuple[str, str]] = Counter()
    for passage, coded, found in judged(passages, said):
        if found.theme not in coded.themes:
            continue
        grade = grade_of(passage.section)
        counts[grade, "findings"] += 1
        counts[grade, "wrong"] += not is_right(coded, found)
        only = next(iter(coded.polarity)) if len(coded.polarity) == 1 else ""
        counts[grade, "too good"] += (only, found.polarity) == ("concern", "strength")
        counts[grade, "too bad"] += (only, found.polarity) == ("strength", "concern")
    kinds = ("findings", "wrong", "too good", "too bad")
    return [
        ByGrade(grade, *(counts[grade, kind] for kind in kinds))
        for grade in (*GRADES, UNGRADED)
        if counts[grade, "findings"]
    ]


def grade_of(heading: str) -> str:
    """The last grade that a heading prints."""
    found = _GRADE.findall(heading)
    if not found:
        return UNGRADED
    last = str(found[-1]).lower()
    return GRADES[2] if last.startswith("require") else last
