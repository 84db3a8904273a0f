"""Learns what became of demands from pairs of reports coded by reading, and writes the weights.

    python scripts/train_followup.py LIBRARY GOLD [--write]

LIBRARY holds the reports; GOLD is a file of coded demands as `gold/FOLLOWUP.md` describes them,
beside which `followup_coded.jsonl` here has more, as hashes and places without any text. Folds are
by authority; half of GOLD's authorities are for reporting alone and never learned from, unless
`--everything` asks for the weights that are shipped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.query.filters import Filters  # noqa: E402  the checkout's own
from index.reports import counts  # noqa: E402
from index.storage.database import open_read  # noqa: E402
from textmine.followup import wording  # noqa: E402
from textmine.followup.linear import Linear  # noqa: E402
from textmine.followup.relevance import Question, Statement, described, statements  # noqa: E402
from textmine.followup.verdicts import OUTCOMES, Outcome, summary  # noqa: E402
from textmine.followup.wording import Rarity  # noqa: E402

CODED: Final = Path(__file__).with_name("followup_coded.jsonl")
WEIGHTS: Final = ROOT / "textmine" / "followup" / "weights.json"
FOLDS: Final = 7
STRENGTH: Final = 0.03
"""How freely the weights of outcomes may grow; chosen with folds on demands of their own."""
RIGHT: Final = 0.9
"""The share of verdicts of a kind that must be right where it is said."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A coded demand beside the report that answers it or does not."""

    authority: str
    question: Question
    report: Sequence[Statement]
    rarity: Rarity
    outcome: Outcome
    evidence: frozenset[int]
    """Which of the report's sentences the coder named."""
    confidence: str
    reported: bool
    """Whether it is from GOLD, whose figures are printed."""


def main() -> None:
    """Measure with folds, then write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument(
        "--everything", action="store_true", help="learn from GOLD's second half too"
    )
    given = parser.parse_args()
    pairs = list(read(given.library, given.gold))
    print(f"{len(pairs)} demands, {sum(pair.reported for pair in pairs)} of them of the gold file")
    tuned = [pair for pair in pairs if not pair.reported or first_half(pair.authority)]
    half = [pair for pair in pairs if pair.reported and not first_half(pair.authority)]
    print("first half and own demands, crossed:")
    relevance, outcomes, likely = crossed(tuned)
    safe = thresholds(tuned, likely)
    figures(tuned, likely, safe)
    relevance, outcomes = fit(tuned, relevance)
    print("second half, not learned from:")
    figures(half, predict(half, relevance, outcomes), safe)
    if given.everything:
        relevance, outcomes, likely = crossed(pairs)
        print("all, crossed:")
        safe = thresholds(pairs, likely)
        figures(pairs, likely, safe)
        relevance, outcomes = fit(pairs, relevance)
    if given.write:
        write(relevance, outcomes, safe, pairs)


def first_half(authority: str) -> bool:
    """Whether an authority is of the half that rules may be made on."""
    return hashlib.sha256(key(authority).encode()).digest()[0] % 2 == 0


def key(authority: str) -> str:
    """An authority's name as it is compared."""
    return re.sub(r"[^a-z]+", "-", authority.lower())


def read(library: Path, gold: Path) -> Iterator[Pair]:
    """The coded demands whose two reports the library holds."""
    with open_read(library) as db:
        numbers = {row.sha256: row.id for row in counts.documents(db)}
        findings: dict[int, list[counts.FindingRow]] = {}
        for row in counts.findings(db, Filters()):
            findings.setdefault(row.document, []).append(row)
        demands: dict[int, list[counts.RecommendationRow]] = {}
        for asked in counts.recommendations(db):
            demands.setdefault(asked.document, []).append(asked)
    reports = {number: statements(sorted(rows, key=lambda r: (r.passage.ordinal, r.finding.start)))
               for number, rows in findings.items()}  # fmt: skip
    for row in rows_of(gold, CODED):
        before, after = (numbers.get(row[at]["sha256"]) for at in ("earlier", "later"))
        if before is None or after is None:
            continue
        asked = demand_of(row, demands.get(before, ()))
        if asked is None:
            print("not found:", row["id"], file=sys.stderr)
            continue
        report = reports[after]
        yield Pair(
            authority=asked.authority or "",
            question=Question(wording.of_demand(asked.text), frozenset(asked.themes)),
            report=report,
            rarity=Rarity(each.wording for each in (*reports.get(before, ()), *report)),
            outcome=outcome_of(row["verdict"]),
            evidence=frozenset(named(row["evidence"], report)),
            confidence=row["confidence"],
            reported="demand" in row,
        )


def rows_of(*files: Path) -> Iterator[dict[str, Any]]:
    """The lines of files that are there."""
    for file in files:
        if file.exists():
            yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def demand_of(
    row: Mapping[str, Any], asked: Sequence[counts.RecommendationRow]
) -> counts.RecommendationRow | None:
    """The demand of a report that a coded line means: by its ordinal, or by its words."""
    if "ordinal" in row:
        return next((each for each in asked if each.passage.ordinal == row["ordinal"]), None)
    wanted = set(words(row["demand"]))

    def share(each: counts.RecommendationRow) -> float:
        have = set(words(each.text))
        return len(wanted & have) / max(1, len(wanted | have))

    best = max(asked, key=share, default=None)
    return best if best is not None and share(best) >= 0.6 else None


def named(evidence: Iterable[Mapping[str, Any]], report: Sequence[Statement]) -> Iterator[int]:
    """Which sentences of a report a coder named: by where they begin, or by their first words."""
    for each in evidence:
        begin = words(each.get("start_words", ""))
        for at, statement in enumerate(report):
            if each.get("start") == statement.row.finding.start or (
                begin and words(statement.row.evidence)[: len(begin)] == begin
            ):
                yield at


def words(text: str) -> list[str]:
    """A text's words in lower case."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("\u2019", "'"))


def outcome_of(verdict: str) -> Outcome:
    """The class of a verdict that the model tells apart."""
    return "improved" if verdict == "improved" else "silent" if verdict == "silent" else "open"


def learn(
    rows: Sequence[Mapping[str, float]], labels: Sequence[bool | str], strength: float
) -> dict[Any, Linear]:
    """A linear model for each label, its weights for features as they come."""
    names = sorted(rows[0])
    data = np.array([[row[name] for name in names] for row in rows])
    scaler = StandardScaler().fit(data)
    model = LogisticRegression(C=strength, max_iter=5000).fit(scaler.transform(data), labels)
    spread = np.where(scaler.scale_ == 0, 1, scaler.scale_)
    models = {}
    for label, weights, bias in zip(
        model.classes_ if len(model.classes_) > 2 else model.classes_[1:],
        model.coef_, model.intercept_, strict=True,
    ):  # fmt: skip
        plain = weights / spread
        models[label] = Linear(
            round(float(bias - (plain * scaler.mean_).sum()), 4),
            {name: round(float(w), 4) for name, w in zip(names, plain, strict=True)},
        )
    return models


def fit_relevance(pairs: Sequence[Pair]) -> Linear:
    """The model of relevance, from demands with evidence."""
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for pair in pairs:
        if pair.evidence:
            rows += described(pair.question, pair.report, pair.rarity)
            labels += [at in pair.evidence for at in range(len(pair.report))]
    return learn(rows, labels, 1.0)[True]


def summaries(pairs: Sequence[Pair], relevance: Linear) -> list[dict[str, float]]:
    """The features of the reports beside their demands."""
    return [
        summary(
            pair.question,
            pair.report,
            [relevance.score(f) for f in described(pair.question, pair.report, pair.rarity)],
        )
        for pair in pairs
    ]


def folds(pairs: Sequence[Pair]) -> list[int]:
    """A fold for each demand, one for all of an authority."""
    return [hashlib.sha256(key(pair.authority).encode()).digest()[1] % FOLDS for pair in pairs]


def crossed(
    pairs: Sequence[Pair],
) -> tuple[list[dict[str, float]], dict[Outcome, Linear], list[dict[Outcome, float]]]:
    """Summaries by relevance learned elsewhere, the outcomes' models, and likelihoods crossed."""
    place = folds(pairs)
    rows: list[dict[str, float]] = [{}] * len(pairs)
    for fold in range(FOLDS):
        relevance = fit_relevance([p for p, at in zip(pairs, place, strict=True) if at != fold])
        inside = [n for n, at in enumerate(place) if at == fold]
        for n, row in zip(inside, summaries([pairs[n] for n in inside], relevance), strict=True):
            rows[n] = row
    likely: list[dict[Outcome, float]] = [{}] * len(pairs)
    for fold in range(FOLDS):
        learned = [n for n, at in enumerate(place) if at != fold]
        models = learn([rows[n] for n in learned], [pairs[n].outcome for n in learned], STRENGTH)
        for n, at in enumerate(place):
            if at == fold:
                likely[n] = likelihoods(rows[n], models)
    return rows, {}, likely


def fit(
    pairs: Sequence[Pair], rows: Sequence[Mapping[str, float]]
) -> tuple[Linear, dict[Outcome, Linear]]:
    """The models of all these demands; `rows` are summaries that relevance elsewhere gave."""
    models = learn(rows, [pair.outcome for pair in pairs], STRENGTH)
    return fit_relevance(pairs), {name: models[name] for name in OUTCOMES}


def likelihoods(row: Mapping[str, float], models: Mapping[Outcome, Linear]) -> dict[Outcome, float]:
    """The probability of each outcome."""
    powers = {name: float(np.exp(models[name].score(row))) for name in OUTCOMES}
    return {name: power / sum(powers.values()) for name, power in powers.items()}


def predict(
    pairs: Sequence[Pair], relevance: Linear, outcomes: Mapping[Outcome, Linear]
) -> list[dict[Outcome, float]]:
    """What the models say of demands."""
    return [likelihoods(row, outcomes) for row in summaries(pairs, relevance)]


def thresholds(
    pairs: Sequence[Pair], likely: Sequence[Mapping[Outcome, float]]
) -> dict[Outcome, float]:
    """For each outcome the lowest probability from which RIGHT of what is said is right."""
    safe: dict[Outcome, float] = {}
    for name in OUTCOMES:
        said = sorted(
            (
                (each[name], pair.outcome == name)
                for pair, each in zip(pairs, likely, strict=True)
                if max(OUTCOMES, key=each.__getitem__) == name and pair.confidence == "sure"
            ),
            reverse=True,
        )
        right = np.cumsum([ok for _, ok in said]) / np.arange(1, len(said) + 1)
        least = [score for (score, _), share in zip(said, right, strict=True) if share >= RIGHT]
        safe[name] = round(min(least, default=1.0), 3)
    return safe


def figures(
    pairs: Sequence[Pair], likely: Sequence[Mapping[Outcome, float]], safe: Mapping[Outcome, float]
) -> None:
    """Print precision and coverage as they will be, and the curve."""
    for sure in (False, True):
        rows = [
            (max(each.values()), max(OUTCOMES, key=each.__getitem__), pair.outcome)
            for pair, each in zip(pairs, likely, strict=True)
            if pair.confidence != "hard" and (not sure or pair.confidence == "sure")
        ]
        said = [row for row in rows if row[0] >= safe[row[1]]]
        better = [row for row in said if row[1] == "improved"]
        print(
            f"  {'sure' if sure else 'all'}: {len(rows)} demands, precision {share(said):.3f} at"
            f" coverage {len(said) / len(rows):.3f}, improved {share(better):.3f} ({len(better)})"
        )
        rows.sort(reverse=True)
        curve = (int(len(rows) * at / 10) for at in range(4, 11))
        print("   ", ", ".join(f"{n / len(rows):.1f}: {share(rows[:n]):.3f}" for n in curve))


def share(rows: Sequence[tuple[float, str, str]]) -> float:
    """The share of rows that are right."""
    return sum(said == true for _, said, true in rows) / max(1, len(rows))


def write(
    relevance: Linear,
    outcomes: Mapping[Outcome, Linear],
    safe: Mapping[Outcome, float],
    pairs: Sequence[Pair],
) -> None:
    """The weights as a file that a person can read."""
    data = {
        "relevance": {"bias": relevance.bias, "weights": dict(relevance.weights)},
        "outcomes": {n: {"bias": m.bias, "weights": dict(m.weights)} for n, m in outcomes.items()},
        "safe": dict(safe),
        "asked_again": 0.0,
        "shown": -1.5,
        "provenance": {"name": "followup", "version": 1, "demands": len(pairs)},
    }
    WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"written: {WEIGHTS}")


if __name__ == "__main__":
    main()
