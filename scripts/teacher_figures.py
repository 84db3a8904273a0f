"""Figures of probabilities against coded sentences, and the thresholds that serve them best.

The definitions are those of `textmine evaluate`: what two readers dispute counts neither way, a
value that either reader gave is right, where the truth is mixed a concern is right too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

Row = dict[str, Any]

FOLDS: Final = 6
"""The encoder learns from all of these but the first, on which it is measured."""

POLARITIES: Final = ("strength", "concern", "mixed", "neutral")
TIMINGS: Final = ("current", "improved", "worsened", "planned", "past")
BAD: Final = frozenset({"concern", "mixed"})


@dataclass(frozen=True)
class Cut:
    """Where a probability becomes a finding.

    A theme is tagged from the probability `theme`; concern and mixed count `concern` times; the
    timing is something else than current from the probability `change`.
    """

    theme: float = 0.4
    concern: float = 1.0
    change: float = 0.5


Decisions = tuple[list[set[str]], list[str], list[str]]
"""Themes, polarity and timing of each sentence."""


def fold_of(document: str, count: int = FOLDS) -> int:
    """The fold of a document: always the same, whatever else there is."""
    return int(hashlib.sha256(f"teacher{document}".encode()).hexdigest()[:8], 16) % count


def decide(values: np.ndarray, themes: Sequence[str], cut: Cut) -> Decisions:
    """What the probabilities of some sentences say."""
    count = len(themes)
    tagged = [
        {themes[int(n)] for n in np.flatnonzero(row)} for row in values[:, :count] >= cut.theme
    ]
    weighed = values[:, count : count + 4] * (1, cut.concern, cut.concern, 1)
    polarity = [POLARITIES[n] for n in weighed.argmax(1)]
    when = values[:, count + 4 :]
    changed = np.where(1 - when[:, 0] >= cut.change, 1 + when[:, 1:].argmax(1), 0)
    return tagged, polarity, [TIMINGS[n] for n in changed]


def figures(rows: Sequence[Row], decisions: Sequence[Decisions]) -> dict[str, float]:
    """Theme F1, polarity, concern F1, timing F1 and finding F1, and the number of sentences."""
    counts: Counter[str] = Counter()
    for row, (tagged, polarity, when) in zip(rows, decisions, strict=True):
        labels: Sequence[Row] = row["labels"]
        for number, label in enumerate(labels):
            counts["sentences"] += 1
            counts.update(_of_sentence(label, tagged[number], polarity[number], when[number]))

    def f1(name: str) -> float:
        right = 2 * counts[f"{name} tp"]
        return round(right / max(1, right + counts[f"{name} fp"] + counts[f"{name} fn"]), 4)

    agreed = counts["polarity right"] / max(1, counts["polarity"])
    return {
        "theme": f1("theme"),
        "polarity": round(agreed, 4),
        "concern": f1("concern"),
        "timing": f1("timing"),
        "finding": f1("finding"),
        "sentences": counts["sentences"],
    }


def _of_sentence(label: Row, tagged: set[str], polarity: str, when: str) -> Iterator[str]:
    """What a sentence adds to the counts."""
    labelled, disputed = set(label["polarity"]), set(label["disputed"])
    if not (labelled & BAD and labelled - BAD):
        claimed = bool(tagged) and polarity in BAD and when != "past"
        true = bool(labelled & BAD) and bool(label["themes"] or disputed)
        if claimed or true:
            yield "concern " + ("tp" if claimed and true else "fp" if claimed else "fn")
    for theme in (set(label["themes"]) | tagged) - disputed:
        kind = "fn" if theme not in tagged else "tp" if theme in label["themes"] else "fp"
        yield f"theme {kind}"
        if kind == "tp":
            yield from _of_time(when, label["timing"])
        if theme not in tagged or when != "past":
            yield from _of_polarity(kind, polarity, labelled)


def _of_polarity(kind: str, polarity: str, labelled: set[str]) -> Iterator[str]:
    """What a theme of a sentence, found, missed or extra, adds to polarity and findings."""
    right = kind == "tp" and polarity in labelled | ({"concern"} if "mixed" in labelled else set())
    if kind == "tp":
        yield "polarity"
        if right:
            yield "polarity right"
    if "neutral" in labelled:
        return
    if right:
        yield "finding tp"
    elif kind != "fp":
        yield "finding fn"
    if kind != "fn" and polarity != "neutral" and not right:
        yield "finding fp"


def _of_time(when: str, labelled: Sequence[str]) -> Iterator[str]:
    if when != "current":
        yield "timing tp" if when in labelled else "timing fp"
    if "current" not in labelled and when not in labelled:
        yield "timing fn"


def best_cut(rows: Sequence[Row], values: Sequence[np.ndarray], themes: Sequence[str]) -> Cut:
    """The thresholds that give the best theme, then timing, then concern F1."""

    def best(name: str, tries: Sequence[float], change: Callable[[float], Cut]) -> Cut:
        def reached(value: float) -> float:
            cut = change(value)
            return figures(rows, [decide(each, themes, cut) for each in values])[name]

        return change(max(tries, key=reached))

    cut = Cut()
    cut = best("theme", np.arange(0.2, 0.61, 0.04).tolist(), lambda v: replace(cut, theme=v))
    cut = best("timing", np.arange(0.3, 0.71, 0.05).tolist(), lambda v: replace(cut, change=v))
    return best("concern", (0.7, 0.85, 1, 1.2, 1.5), lambda v: replace(cut, concern=v))
