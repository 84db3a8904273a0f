"""Learn the weights of textmine/pipeline/polarity.json from sentences coded by hand.

Features and rules are those of the tagger; what is learned is how much each counts. Prints what
rules alone and the model reach under cross-validation in which no document is both learned from and
tested on. The same data give the same weights: nothing here is random. No sentence is kept in the
weights, only words and cues that at least three documents share.

    python scripts/train.py TRAIN.jsonl
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.model import Polarity
from textmine.pipeline import Tagger, TagInput
from textmine.pipeline.evidence import features
from textmine.pipeline.linear import SCALE, Linear
from textmine.pipeline.splitter import spoken
from textmine.themes import load_themes

TARGET: Final = Path(__file__).parents[1] / "textmine" / "pipeline" / "polarity.json"
LABELS: Final[tuple[Polarity, ...]] = get_args(Polarity)
SHARED: Final = 3
"""A feature of fewer documents than these is not learned."""
PENALTY: Final = 5.0
"""How much large weights cost, against the loss of one sentence."""
STEPS: Final = 400
FOLDS: Final = 5

Floats = NDArray[np.float64]


class Example(NamedTuple):
    """A coded sentence."""

    document: str
    features: frozenset[str]
    label: str
    rule: str
    about: bool
    """Whether it is about a theme: only such sentences are scored."""


class Rows(NamedTuple):
    """Sentences as numbers: the columns of each, one after the other, and where each begins."""

    columns: NDArray[np.int64]
    begins: NDArray[np.int64]
    lengths: NDArray[np.int64]


def examples(path: Path) -> Iterator[Example]:
    """The coded sentences with the features that the tagger sees."""
    tagger = Tagger(load_themes())
    polarity = tagger.component("textmine_polarity")
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = tagger.read(TagInput(row["text"], row["kind"], row["section"]))
        taken = set()
        for (first, after), reading in zip(
            pairwise(spoken(doc).firsts), polarity.read(doc), strict=False
        ):
            start, end = doc[first].idx, doc[after - 1].idx
            shared = [min(end, b) - max(start, a) for a, b in row["sentences"]]
            best = shared.index(max(shared))
            if shared[best] < 0 or best in taken:
                continue
            taken.add(best)
            label = row["labels"][best]
            yield Example(
                row.get("sha256") or row["id"],
                frozenset(features(reading)),
                label["polarity"][0],
                reading.rule,
                bool(label["themes"]),
            )


def vocabulary(data: Sequence[Example]) -> dict[str, int]:
    """The features that enough documents share, numbered."""
    documents = defaultdict(set)
    for example in data:
        for feature in example.features:
            documents[feature].add(example.document)
    kept = sorted(feature for feature, found in documents.items() if len(found) >= SHARED)
    return {feature: number for number, feature in enumerate(kept)}


def rows(data: Sequence[Example], known: dict[str, int]) -> Rows:
    """The sentences in numbers; every sentence has the feature "=" at least."""
    columns = [sorted(known[f] for f in example.features if f in known) for example in data]
    lengths = np.array([len(found) for found in columns])
    return Rows(np.concatenate(columns), np.cumsum(lengths) - lengths, lengths)


def fit(given: Rows, wanted: NDArray[np.int64], width: int) -> Floats:
    """Multinomial logistic regression with squared penalty, by accelerated gradient descent."""
    truth = np.eye(len(LABELS))[wanted]
    weights = ahead = np.zeros((width, len(LABELS)))
    step = 1 / (PENALTY + 0.5 * _largest(given, width))
    for number in range(1, STEPS + 1):
        chances = np.add.reduceat(ahead[given.columns], given.begins)
        chances = np.exp(chances - chances.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slope = _back(given, chances - truth, width) + PENALTY * ahead
        last, weights = weights, ahead - step * slope
        ahead = weights + (number - 1) / (number + 2) * (weights - last)
    return weights


def _back(given: Rows, errors: Floats, width: int) -> Floats:
    spread = np.repeat(errors, given.lengths, axis=0)
    return np.stack(
        [np.bincount(given.columns, column, minlength=width) for column in spread.T], axis=1
    )


def _largest(given: Rows, width: int) -> float:
    """The largest eigenvalue of the features' products, by power iteration: it bounds the step."""
    vector = np.ones((width, 1))
    size = 1.0
    for _ in range(30):
        vector = _back(given, np.add.reduceat(vector[given.columns], given.begins), width)
        size = float(np.linalg.norm(vector))
        vector /= size
    return size


def learn(data: Sequence[Example]) -> tuple[dict[str, int], Floats]:
    """The features that count and their weights."""
    known = vocabulary(data)
    wanted = np.array([LABELS.index(example.label) for example in data])
    return known, fit(rows(data, known), wanted, len(known))


def model(data: Sequence[Example], made: dict[str, object]) -> Linear:
    """The weights as whole numbers; a feature whose weights all vanish is left out."""
    known, weights = learn(data)
    whole = np.rint(weights * SCALE).astype(int)
    kept = {f: whole[n].tolist() for f, n in known.items() if whole[n].any()}
    return Linear(LABELS, kept, made)


def crossed(data: Sequence[Example]) -> list[str]:
    """What each sentence is called by a model that has seen nothing of its document."""
    folds = [int(example.document[:8], 36) % FOLDS for example in data]
    said = [""] * len(data)
    for fold in range(FOLDS):
        learned = model([e for e, f in zip(data, folds, strict=True) if f != fold], {})
        for number, example in enumerate(data):
            if folds[number] == fold:
                said[number] = learned.best(example.features)
    return said


def figures(data: Sequence[Example], said: Sequence[str]) -> dict[str, float]:
    """Polarity and concern F1 as `score_findings.py` counts them, all themes taken as right."""
    pairs = [(e.label, s) for e, s in zip(data, said, strict=True) if e.about]
    right = sum(s == label or (label, s) == ("mixed", "concern") for label, s in pairs)
    bad = {"concern", "mixed"}
    both = sum(label in bad and s in bad for label, s in pairs)
    either = sum((label in bad) + (s in bad) for label, s in pairs)
    return {"polarity": round(right / len(pairs), 4), "concern F1": round(2 * both / either, 4)}


def main() -> None:
    """Learn, report, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("--output", type=Path, default=TARGET)
    given = parser.parse_args()
    path: Path = given.train
    data = list(examples(path))
    measured = {
        "rules alone": figures(data, [example.rule for example in data]),
        "cross-validated": figures(data, crossed(data)),
    }
    for name, found in measured.items():
        print(f"{name:16}", *(f"{key} {value:.3f}" for key, value in found.items()), sep="  ")
    made: dict[str, object] = {
        "by": "scripts/train.py",
        "data": hashlib.sha256(path.read_bytes()).hexdigest(),
        "sentences": len(data),
        "documents": len({example.document for example in data}),
        "penalty": PENALTY,
        "steps": STEPS,
        "shared": SHARED,
        **measured,
    }
    learned = model(data, made)
    given.output.write_text(learned.text(), encoding="utf-8")
    print(f"{given.output}: {len(learned.weights)} features")


if __name__ == "__main__":
    main()
