"""Verdicts: what became of a demand, said only where it is safe.

The weights were learned from demands of real reports coded by reading, and so were the scores from
which nine in ten verdicts of a kind are right (`scripts/train_followup.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log
from typing import Any, Final, Literal, TypeAlias

from .linear import Linear
from .relevance import Question, Sign, Statement, relevances
from .wording import Rarity

Outcome: TypeAlias = Literal["improved", "open", "silent"]
"""What the model tells apart; "open" is partly, not yet or asked again."""

Verdict: TypeAlias = Literal["improved", "partly", "not_yet", "asked_again", "silent"]

OUTCOMES: Final[tuple[Outcome, ...]] = ("improved", "open", "silent")
_NOTHING: Final = -8.0  # log-odds of a sentence that is not there
_NEAR: Final = -2.5  # log-odds from which a sentence may be about the demand


@dataclass(frozen=True, slots=True)
class Witness:
    """A sentence that speaks of just what was asked for, and how surely it does (0 to 1)."""

    statement: Statement
    relevance: float
    sign: Sign


@dataclass(frozen=True, slots=True)
class Answer:
    """What one later report says of a demand.

    `verdict` is None where none is safe; `score` is the probability of the likeliest one.
    `witnesses` come best first; where they disagree, the second is the best of the other side.
    """

    verdict: Verdict | None
    score: float
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The weights, and the score from which each outcome is said."""

    relevance: Linear
    outcomes: Mapping[Outcome, Linear]
    safe: Mapping[Outcome, float]
    asked_again: float
    """Log-odds of relevance from which a later demand asks for the same again."""
    shown: float
    """Log-odds of relevance from which a sentence is shown without a verdict."""
    provenance: Mapping[str, Any]


@cache
def shipped() -> Model:
    """The model that comes with the program (weights.json)."""
    data = json.loads(resources.files(__package__).joinpath("weights.json").read_bytes())
    return Model(
        relevance=Linear(**data["relevance"]),
        outcomes={name: Linear(**data["outcomes"][name]) for name in OUTCOMES},
        safe=data["safe"],
        asked_again=data["asked_again"],
        shown=data["shown"],
        provenance=data["provenance"],
    )


def answer(
    question: Question, report: Sequence[Statement], rarity: Rarity, model: Model | None = None
) -> Answer:
    """What a report says of what was asked for."""
    model = model or shipped()
    scores = relevances(question, report, rarity, model.relevance)
    likely = probabilities(summary(question, report, scores), model)
    outcome = max(OUTCOMES, key=lambda name: likely[name])
    score = likely[outcome]
    safe = score >= model.safe[outcome]
    witnesses = _witnesses(report, scores, outcome if safe else None, model)
    if not safe or (outcome != "silent" and not witnesses):
        return Answer(None, score, witnesses)
    return Answer(_verdict(outcome, report, scores, witnesses, model), score, witnesses)


def summary(
    question: Question, report: Sequence[Statement], scores: Sequence[float]
) -> dict[str, float]:
    """The features of a whole report beside a question, from the relevance of its sentences."""
    pairs = list(zip(report, scores, strict=True))

    def top(fits: Callable[[Statement], bool], most: int) -> list[float]:
        chosen = [score for each, score in pairs if fits(each)]
        return [*sorted(chosen, reverse=True)[:most], *[_NOTHING] * most][:most]

    def pooled(fits: Callable[[Statement], bool]) -> float:
        return log(sum(exp(score) for each, score in pairs if fits(each)) + 1e-3)

    better, worse, again = top(_is_better, 3), top(_is_worse, 3), top(_asks, 2)
    [both] = top(lambda each: not each.asks and each.sign == "both", 1)
    [neither] = top(lambda each: not each.asks and each.sign == "none", 1)
    [improved] = top(_is_better_than_before, 1)
    for_it = pooled(_is_better)
    against = pooled(lambda each: not each.asks and each.sign in {"worse", "both"})
    blame = max(worse[0], both)
    return {
        **{f"better {n}": value for n, value in enumerate(better, 1)},
        **{f"worse {n}": value for n, value in enumerate(worse, 1)},
        "both": both,
        **{f"asks {n}": value for n, value in enumerate(again, 1)},
        "neither": neither,
        "improved": improved,
        "pooled better": for_it,
        "pooled worse": against,
        "pooled difference": for_it - against,
        "pooled": pooled(lambda each: not each.asks),
        "difference": better[0] - blame,
        "best": max(better[0], blame),
        "better than asks": better[0] - again[0],
        "length": len(question.wording.stems) / 20,
        **_standing(sigmoid(better[0]), sigmoid(blame), sigmoid(again[0])),
        **_coverage(question.wording.stems, pairs),
    }


def _standing(better: float, blame: float, again: float) -> dict[str, float]:
    """How the best sentences of each side stand beside each other, as probabilities."""
    return {
        "asked again": again * again,
        "surely asked again": float(again > 0.8),
        "only better": better * (1 - blame) * (1 - again),
        "only worse": blame * (1 - better),
        "surely worse": float(blame > 0.6),
        "surely better": float(better > 0.6 and blame < 0.3 and again < 0.5),
    }


def _coverage(asked: frozenset[str], pairs: Sequence[tuple[Statement, float]]) -> dict[str, float]:
    """How much of the demand's words the report has at all, and where: rare ones weigh more."""
    known = {stem: sum(stem in each.wording.stems for each, _ in pairs) for stem in sorted(asked)}
    weights = {stem: log((len(pairs) + 1) / (1 + n)) for stem, n in known.items()}
    total = sum(weights.values()) or 1.0
    rare = sorted(asked, key=lambda stem: (-weights[stem], stem))
    body = sorted(
        ((score, each.wording.stems) for each, score in pairs if not each.asks),
        key=lambda pair: -pair[0],
    )
    nearest = frozenset[str]().union(*(stems for _, stems in body[:3]))
    near = frozenset[str]().union(*(stems for score, stems in body if score > _NEAR))

    def share(stems: frozenset[str]) -> float:
        return sum(weights[stem] for stem in sorted(asked & stems)) / total

    def best(fits: Callable[[Statement], bool]) -> float:
        return max((share(each.wording.stems) for each, _ in pairs if fits(each)), default=0.0)

    return {
        "words of nearest": share(nearest),
        "rarest words near": sum(stem in near for stem in rare[:2]) / max(1, len(rare[:2])),
        "rarest words nowhere": sum(not known[stem] for stem in rare[:3]) / max(1, len(rare[:3])),
        "words nowhere": sum(weights[stem] for stem in rare if not known[stem]) / total,
        "words of better": best(_is_better),
        "words of worse": best(lambda each: not each.asks and each.sign in {"worse", "both"}),
        "words of asks": best(_asks),
    }


def sigmoid(score: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + exp(-score))


def probabilities(features: Mapping[str, float], model: Model) -> dict[Outcome, float]:
    """The probability of each outcome."""
    scores = {name: linear.score(features) for name, linear in model.outcomes.items()}
    highest = max(scores.values())
    powers = {name: exp(score - highest) for name, score in scores.items()}
    return {name: power / sum(powers.values()) for name, power in powers.items()}


def _asks(each: Statement) -> bool:
    return each.asks


def _is_better(each: Statement) -> bool:
    return not each.asks and each.sign == "better"


def _is_worse(each: Statement) -> bool:
    return not each.asks and each.sign == "worse"


def _is_better_than_before(each: Statement) -> bool:
    return _is_better(each) and any(row.finding.timing == "improved" for row in each.rows)


def _witnesses(
    report: Sequence[Statement], scores: Sequence[float], outcome: Outcome | None, model: Model
) -> tuple[Witness, ...]:
    """The best sentence, and the best on the other side, that are relevant enough to be shown."""
    ranked = sorted(
        zip(scores, range(len(report)), strict=True), key=lambda pair: (-pair[0], pair[1])
    )
    shown = [
        Witness(report[at], sigmoid(score), report[at].sign)
        for score, at in ranked
        if score >= model.shown and report[at].sign != "none"
    ]
    if outcome == "improved":
        shown.sort(key=lambda witness: witness.sign != "better")
    elif outcome == "open":
        shown.sort(key=lambda witness: witness.sign == "better")
    elif outcome == "silent":
        return ()
    if not shown:
        return ()
    first = shown[0]
    other = [each for each in shown[1:] if (each.sign == "better") != (first.sign == "better")]
    same = [each for each in shown[1:] if each not in other]
    return (first, *other[:1], *same[: 2 - len(other[:1])])


def _verdict(
    outcome: Outcome,
    report: Sequence[Statement],
    scores: Sequence[float],
    witnesses: Sequence[Witness],
    model: Model,
) -> Verdict:
    if outcome != "open":
        return outcome
    again = [score for each, score in zip(report, scores, strict=True) if each.asks]
    if max(again, default=_NOTHING) >= model.asked_again:
        return "asked_again"
    signs = {witness.sign for witness in witnesses if not witness.statement.asks}
    return "partly" if "both" in signs or {"better", "worse"} <= signs else "not_yet"
