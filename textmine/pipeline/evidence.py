"""What the learned model of polarity looks at: the rules' reading, its parts, and the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from corpus.model import Polarity, Timing

from .lexicon import Lexicon, Match, longest
from .linear import Linear
from .polarity import Clause, Verdict, clauses, decided_by_place, judge, settle
from .settings import Place

TOLD: Final = frozenset({"good", "bad", "not", "no", "relief"})
"""Cues that the signs tell of: counted again they would undo a negation."""


WEIGHTY: Final = 2
"""How many words are shown where what was learned outweighs the rules."""


class Context(NamedTuple):
    """Where a sentence stands."""

    place: Place
    kind: str
    first: bool
    alone: bool
    before: Polarity | None
    """What the rules said of the sentence before."""
    timing: Timing


class Reading(NamedTuple):
    """What the rules make of a sentence."""

    words: Sequence[str]
    cues: Sequence[Match]
    clauses: Sequence[Clause]
    verdict: Verdict
    rule: Polarity
    context: Context

    def settle(self, model: Linear) -> Polarity:
        """The polarity: the model weighs the reading, unless the place alone decides."""
        if decided_by_place(self.context.place.stance, alone=self.context.alone):
            return "concern"
        best: Polarity = model.best(features(self))
        return best

    def cues_of(self, polarity: Polarity, model: Linear) -> list[tuple[int, int]]:
        """The words that spoke for the polarity: the rules' signs, and what outweighed them."""
        signs = [(s.start, s.end) for s in self.verdict.signs]
        if polarity == self.rule:
            return signs
        fitting = [(s.start, s.end) for s in self.verdict.signs if s.label == polarity]
        wanted, instead = model.labels.index(polarity), model.labels.index(self.rule)
        gains = (
            (row[wanted] - row[instead], place)
            for place, word in enumerate(self.words)
            if (row := model.weights.get(word)) and not _within(place, signs)
        )
        best = sorted(gains, reverse=True)[:WEIGHTY]
        return fitting + sorted((place, place + 1) for gain, place in best if gain > 0)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def read(
    words: Sequence[str], breaks: Sequence[tuple[int, str]], lexicon: Lexicon, context: Context
) -> Reading:
    """Applies the rules to a sentence."""
    cues = longest(lexicon.find(words))
    found = clauses(breaks, cues)
    verdict = judge(found, cues)
    rule = settle(verdict.polarity, context.place.stance, context.before, alone=context.alone)
    return Reading(words, cues, found, verdict, rule, context)


def features(reading: Reading) -> set[str]:
    """The names of the features that a sentence has: those with "=" are ours, the rest words."""
    words, cues, parts, verdict, rule, context = reading
    said, place = verdict.polarity, context.place
    found = {
        "=",
        f"rule={rule}",
        f"rule={rule}/{place.grade}",
        f"said={said}",
        f"said={said}/{place.stance}",
        f"said={said}/after {context.before}",
        f"said={said}/{context.timing}",
        f"said={said}/{'first' if context.first else 'later'}",
        f"setting={place.setting}",
        f"kind={context.kind[:4]}",
        f"stance={place.stance}/{_company(context)}",
        f"length={min(5, len(words) // 8)}",
    }
    found.update(f"cue={cue.label}" for cue in cues if cue.label not in TOLD)
    rest = list(words)
    shape = ""
    counts = {("M", 1): 0, ("M", -1): 0, ("m", 1): 0, ("m", -1): 0}
    for clause in parts:
        if clause.signs:
            rank = "m" if clause.minor else "M"
            shape += rank + ("+" if clause.value > 0 else "-")
            for sign in clause.signs:
                counts[rank, sign.value] += 1
                span = slice(sign.start, sign.end)
                found.add(f"{rank}{sign.value}={_short(words[span])}")
                rest[span] = [""] * (sign.end - sign.start)
    found.update(rest)
    found.add(f"shape={shape[:8]}")
    found.add(f"main={min(3, counts['M', 1])},{min(3, counts['M', -1])}")
    found.add(f"minor={min(2, counts['m', 1])},{min(2, counts['m', -1])}")
    return found


def _company(context: Context) -> str:
    """Whether the sentence is all there is: without a heading it is mostly an item of a list."""
    if not context.alone:
        return ""
    return "alone" if context.place.headed else "alone, without heading"


def _short(words: Sequence[str]) -> str:
    """The words of a sign; of many words the first and the last."""
    return " ".join(words if len(words) < 4 else (words[0], "_", words[-1]))
