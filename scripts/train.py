"""Learn the weights of textmine/pipeline/learned/polarity.json from sentences coded by hand.

Features and rules are those of the tagger; what is learned is how much each counts, and then how
much the sentences around count (neighbours.py), from scores of documents that the first model had
not seen. Prints what rules alone and the models reach under cross-validation in which no document
is both learned from and tested on; only sentences of TRAIN.jsonl are tested on. The same data give
the same weights: nothing here is random. No sentence is kept in the weights, only words and cues
that at least three documents share.

    python scripts/train.py TRAIN.jsonl [FOLDER-OF-REPORTS]

With a folder of reports, the sentences of coded.jsonl are learned from as well.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

import numpy as np
from coded import LABELS as CODED
from coded import Coded, file_hash, folds, paragraphs, passages, reports
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from corpus.model import CONCERNS, Polarity
from textmine.pipeline import Tagger
from textmine.pipeline.learned.linear_model import SCALE, Linear
from textmine.pipeline.learned.polarity_context import around
from textmine.pipeline.learned.polarity_features import features
from textmine.themes import load_themes

TARGET: Final = Path(__file__).parents[1] / "textmine" / "pipeline" / "learned" / "polarity.json"
LABELS: Final[tuple[Polarity, ...]] = get_args(Polarity)
SHARED: Final = 3
"""A feature of fewer documents than these is not learned."""
PENALTY: Final = 5.0
"""How much large weights cost, against the loss of one sentence."""
LATER_PENALTY: Final = 1.0
"""The same for what stands around."""
STEPS: Final = 200
FOLDS: Final = 5

Floats = NDArray[np.float64]


class Sentence(NamedTuple):
    """A sentence as the tagger reads it, and what it was coded as."""

    features: frozenset[str]
    rule: str
    given: bool
    label: str | None
    """None where it was not coded."""
    about: bool
    """Whether it is about a theme: only such sentences are tested on."""


class Passage(NamedTuple):
    """A passage of a document; `own` if it is of TRAIN.jsonl."""

    document: str
    own: bool
    sentences: list[Sentence]


class Models(NamedTuple):
    """Features and their weights, and the weights of what stands around."""

    known: dict[str, int]
    weights: Floats
    around: Floats


def main() -> None:
    """Learn, report, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path, help="sentences coded by hand")
    parser.add_argument("reports", type=Path, nargs="?", help="a folder of reports")
    parser.add_argument("--output", type=Path, default=TARGET)
    given = parser.parse_args()
    path: Path = given.train
    data = list(seen(paragraphs(path), own=True))
    if given.reports:
        data += seen(passages(reports(given.reports)), own=False)
    rules = [[s.rule for s in passage.sentences] for passage in data]
    measured = {
        "rules alone": figures(data, rules),
        "cross-validated": figures(data, crossed(data)),
    }
    for name, found in measured.items():
        print(f"{name:16}", *(f"{key} {value:.3f}" for key, value in found.items()), sep="  ")
    made: dict[str, object] = {
        "by": "scripts/train.py",
        "data": file_hash(path),
        "coded": file_hash(CODED) if given.reports else None,
        "sentences": sum(s.label is not None for passage in data for s in passage.sentences),
        "documents": len({passage.document for passage in data}),
        "penalty": PENALTY,
        "steps": STEPS,
        "shared": SHARED,
        **measured,
    }
    learned = model(learn(data), made)
    given.output.write_text(learned.text(), encoding="utf-8")
    print(f"{given.output}: {len(learned.weights)} features")


def seen(coded: Iterable[Coded], *, own: bool) -> Iterator[Passage]:
    """The passages with the features that the tagger sees; those without a theme are not read."""
    tagger = Tagger(load_themes())
    polarity = tagger.component("textmine_polarity")
    for passage in coded:
        doc = tagger.read(passage.given)
        taken: set[int | None] = {None}
        sentences = []
        for number, reading in zip(passage.numbers(doc), polarity.read(doc), strict=False):
            coded_as = None if number in taken else passage.labels[number]
            taken.add(number)
            sentences.append(
                Sentence(
                    frozenset(features(reading)),
                    reading.rule,
                    reading.given,
                    coded_as and coded_as.polarity,
                    bool(coded_as and coded_as.themes),
                )
            )
        if sentences:
            yield Passage(passage.document, own, sentences)


def vocabulary(data: Sequence[Passage]) -> dict[str, int]:
    """The features that enough documents share, numbered."""
    documents = defaultdict(set)
    for passage in data:
        for sentence in passage.sentences:
            for feature in sentence.features:
                documents[feature].add(passage.document)
    kept = sorted(feature for feature, found in documents.items() if len(found) >= SHARED)
    return {feature: number for number, feature in enumerate(kept)}


def matrix(data: Sequence[Passage], known: dict[str, int]) -> csr_matrix:
    """The features of all sentences, row by row."""
    sentences = [sentence for passage in data for sentence in passage.sentences]
    columns = [sorted(known[f] for f in s.features if f in known) for s in sentences]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for found in columns for column in found], np.int64)
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(sentences), len(known)))


def labelled(data: Sequence[Passage]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of the coded sentences among all, and those of their labels."""
    labels = [sentence.label for passage in data for sentence in passage.sentences]
    found = [(n, LABELS.index(label)) for n, label in enumerate(labels) if label in LABELS]
    rows, wanted = np.array(found, np.int64).T
    return rows, wanted


def fit(given: Any, wanted: NDArray[np.int64], penalty: float) -> Floats:
    """Multinomial logistic regression with squared penalty; `given` has a row for each label."""
    shape = given.shape[1], len(LABELS)
    truth = np.eye(len(LABELS))[wanted]
    turned = given.T.tocsr() if hasattr(given, "tocsr") else np.ascontiguousarray(given.T)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        chances = softmax(given @ weights)
        cost = -np.log((chances * truth).sum(axis=1) + 1e-300).sum() + penalty / 2 * flat @ flat
        return float(cost), (turned @ (chances - truth) + penalty * weights).ravel()

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights: Floats = found.x.reshape(shape)
    return weights


def softmax(scores: Floats) -> Floats:
    """Chances that add up to one in each row."""
    chances: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    return chances / chances.sum(axis=1, keepdims=True)


def learn_first(data: Sequence[Passage]) -> tuple[dict[str, int], Floats]:
    """The features that count and their weights."""
    known = vocabulary(data)
    rows, wanted = labelled(data)
    return known, fit(matrix(data, known)[rows], wanted, PENALTY)


def shown(data: Sequence[Passage], scores: Floats) -> Floats:
    """What the second model weighs."""
    given = np.array([sentence.given for passage in data for sentence in passage.sentences])
    return around(scores, given, [len(passage.sentences) for passage in data])


def learn(data: Sequence[Passage]) -> Models:
    """Both models; the second from scores of documents that the first had not seen."""
    held = []
    scores = []
    for kept, left in parted(data, "inner"):
        known, weights = learn_first(kept)
        held += left
        scores.append(matrix(left, known) @ weights)
    rows, wanted = labelled(held)
    second = fit(shown(held, np.vstack(scores))[rows], wanted, LATER_PENALTY)
    return Models(*learn_first(data), second)


def parted(data: Sequence[Passage], seed: str) -> Iterator[tuple[list[Passage], list[Passage]]]:
    """The passages to learn from and those left out, as often as there are folds."""
    fold_of = folds((passage.document for passage in data), seed, FOLDS)
    for fold in range(FOLDS):
        kept = [passage for passage in data if fold_of[passage.document] != fold]
        yield kept, [passage for passage in data if fold_of[passage.document] == fold]


def model(learned: Models, made: dict[str, object]) -> Linear:
    """The weights as whole numbers; a feature whose weights all vanish is left out."""
    whole = np.rint(learned.weights * SCALE).astype(int)
    kept = {f: whole[n].tolist() for f, n in learned.known.items() if whole[n].any()}
    return Linear(LABELS, kept, made, np.rint(learned.around * SCALE).astype(int).tolist())


def crossed(data: Sequence[Passage]) -> list[list[str]]:
    """What each sentence is called by models that have seen nothing of its document."""
    said: dict[int, list[str]] = {}
    for kept, left in parted(data, "outer"):
        learned = learn(kept)
        scores = matrix(left, learned.known) @ learned.weights
        best = iter((shown(left, scores) @ learned.around).argmax(axis=1).tolist())
        for passage in left:
            said[id(passage)] = [
                "concern" if sentence.given else LABELS[next_]
                for sentence, next_ in zip(passage.sentences, best, strict=False)
            ]
    return [said[id(passage)] for passage in data]


def figures(data: Sequence[Passage], said: Sequence[Sequence[str]]) -> dict[str, float]:
    """Polarity and concern F1 as `score_findings.py` counts them, all themes taken as right."""
    pairs = [
        (sentence.label, one)
        for passage, some in zip(data, said, strict=True)
        for sentence, one in zip(passage.sentences, some, strict=True)
        if passage.own and sentence.about
    ]
    right = sum(one == label or (label, one) == ("mixed", "concern") for label, one in pairs)
    both = sum(label in CONCERNS and one in CONCERNS for label, one in pairs)
    either = sum((label in CONCERNS) + (one in CONCERNS) for label, one in pairs)
    return {"polarity": round(right / len(pairs), 4), "concern F1": round(2 * both / either, 4)}


if __name__ == "__main__":
    main()
