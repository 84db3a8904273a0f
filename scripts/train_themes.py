"""Learn textmine/pipeline/learned/themes.npz from coded sentences and the words of uncoded reports.

Words get vectors from the company they keep in the reports; a linear model scores the themes by
them, by words, pairs of words, place and what the rules read; two more, one for all themes, weigh
the scores in their context. What the later ones learn from was scored by models that had not seen
the document. Nothing is random, one thread computes: the same data give the same bytes. The
weights hold words and pairs of words of at least three documents, and no sentence.

    python scripts/train_themes.py TRAIN.jsonl FOLDER-OF-REPORTS [--check]

Learned from are the sentences of TRAIN.jsonl and those of coded.jsonl, whose text is in the
reports; cross-validation tests on the former only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from coded import LABELS, Coded, Report, file_hash, paragraphs, reports
from coded import folds as folds_of
from coded import passages as passages_of
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from textmine.pipeline import Tagger, build_pipeline
from textmine.pipeline.learned.component import shown_by
from textmine.pipeline.learned.theme_features import PassageFeatures, about
from textmine.pipeline.learned.theme_model import (
    Batch,
    Candidates,
    FeatureGroups,
    Table,
    ThemeModel,
    candidates,
    settle,
    sigmoid,
)
from textmine.pipeline.rules.data import rules
from textmine.pipeline.rules.headings import Headings
from textmine.pipeline.tokens.vocabulary import BREAKS, Vocabulary, at, fold
from textmine.themes import load_themes

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "textmine" / "pipeline" / "themes.npz"
RECORD: Final = TARGET.with_suffix(".json")

FOLDS: Final = 5
SHARED: Final = 3
"""A word, a pair of words or any other feature of fewer documents is not learned."""
WINDOW, DIMENSIONS = 8, 100
NEAR, FAR = 0.22, 0.1
"""The weight of word vectors of the sentence and of the one before, against words at 1."""
PENALTY: Final = 6.0
LATER_PENALTY: Final = 3.0
RULES: Final = (3, 3, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1, 1, 1, 1)
"""How much what the rules read counts against words, block by block of `Batch.rules`."""
TRUST: Final = {"heading": 0.5, **dict.fromkeys(("kind", "place", "stance", "setting"), 1.0)}
TRUST.update(dict.fromkeys(("number", "length"), 1.0))
THEME: Final = 1.5
"""The same for what names tell: place, and themes in their setting."""
BEFORE: Final = 0.5
"""The same for words of the sentence before."""


class Passage(NamedTuple):
    """A coded paragraph: its document, what it shows, and each sentence's themes.

    `own` if it is of the file of paragraphs.
    """

    document: str
    own: bool
    shown: PassageFeatures
    themes: list[frozenset[str]]


class Vectors(NamedTuple):
    """Words and their vectors, scaled by how rare they are."""

    words: list[str]
    known: np.ndarray
    """The place of a word here by its number in the vocabulary."""
    rows: np.ndarray


def main() -> None:
    """Learn, measure, and write the weights and their record."""
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        # The order of additions decides the last digit: one thread, set before numpy is loaded.
        one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | one)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("coded", type=Path, help="sentences coded by hand")
    parser.add_argument("reports", type=Path, help="a folder with reports and MANIFEST.csv")
    parser.add_argument("--check", action="store_true", help="cross-validate, and write nothing")
    given = parser.parse_args()
    coded: Path = given.coded
    read = list(reports(given.reports))
    texts = list(report_words(read))
    tagger = Tagger(load_themes(), learned=False)
    vectors = word_vectors(texts, tagger.component("textmine_sentences").vocabulary)
    passages = list(shown_in(paragraphs(coded), tagger, own=True))
    passages += shown_in(passages_of(read), tagger, own=False)
    print(f"{len(passages)} passages, {len(vectors.words)} words", flush=True)
    figures = {}
    figures["cross_validated"] = cross_validate(passages, vectors)
    print(figures, flush=True)
    if given.check:
        return
    model = learn(passages, vectors)
    data = model.save()
    TARGET.write_bytes(data)
    record = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "coded": file_hash(coded),
        "labels": file_hash(LABELS),
        "texts": hashlib.sha256(json.dumps(texts).encode()).hexdigest(),
        "seed": None,
        "documents": len({p.document for p in passages}),
        "passages": len(passages),
        "sentences": sum(len(p.themes) for p in passages),
        "words": len(model.words.keys),
        "features": len(model.names.keys),
        "threshold": round(model.threshold, 4),
        **figures,
    }
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def shown_in(coded: Iterable[Coded], tagger: Tagger, *, own: bool) -> Iterator[Passage]:
    """The coded paragraphs as the pipeline splits and reads them."""
    headings = Headings(rules("settings"))
    nothing: frozenset[str] = frozenset()
    for passage in coded:
        doc = tagger.read(passage.given)
        if not doc.user_data["readings"]:
            continue
        numbers = passage.numbers(doc)
        themes = [nothing if n is None else passage.labels[n].themes for n in numbers]
        yield Passage(passage.document, own, shown_by(doc, headings), themes)


def report_words(read: Iterable[Report]) -> Iterator[list[list[str]]]:
    """The words of each passage of each report."""
    make_doc = build_pipeline((), learned=False).make_doc
    for report in read:
        text = report.document.text
        yield [
            [token.text for token in make_doc(text[p.start : p.end])]
            for p in report.document.passages
        ]


def word_vectors(texts: Sequence[Sequence[Sequence[str]]], vocabulary: Vocabulary) -> Vectors:
    """Vectors by the company that words keep: positive pointwise information, reduced.

    The words become known to the vocabulary. Left out are those that three documents do not write
    small or all in capitals: names.
    """
    plain: Counter[str] = Counter()
    for document in texts:
        plain.update({fold(w) for t in document for w in t if w.islower() or w.isupper()})
    words = sorted(w for w, n in plain.items() if n >= SHARED and w and w not in BREAKS)
    number = {word: place for place, word in enumerate(words)}
    folded = {w: number.get(fold(w)) for document in texts for t in document for w in t}
    size = len(words)
    near, have = np.zeros((size, size), np.float32), np.zeros(size)
    passages = 0
    for document in texts:
        for text in document:
            ids = [n for n in (folded[word] for word in text) if n is not None]
            have[list(set(ids))] += 1
            passages += 1
            line = np.array(ids, np.int64)
            for distance in range(1, WINDOW + 1):
                np.add.at(near, (line[:-distance], line[distance:]), 1 / (1 + 0.15 * distance))
    near += near.T
    often = near.sum(axis=1, dtype=np.float64) + 1e-9
    share = often**0.75 / (often**0.75).sum()
    row, column = np.nonzero(near)
    information = np.log(near[row, column] / (often[row] * share[column]))
    kept = information > 0
    matrix = csr_matrix((information[kept], (row[kept], column[kept])), shape=(size, size))
    left, strength, _ = svds(matrix.astype(np.float64), DIMENSIONS, v0=np.ones(size))
    rows = left * strength**0.5
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    rarity = np.log(passages / np.maximum(have, 1))
    known = vocabulary.column(number, len(words))
    return Vectors(words, known, (rows * rarity[:, None]).astype(np.float32))


def names_of(passage: PassageFeatures) -> list[list[str]]:
    """The features of each sentence besides words and rules."""
    place = about(passage.spot)
    return [[*place, *names] for names in passage.names]


def shared_names(passages: Sequence[Passage]) -> list[str]:
    """Those that enough documents share."""
    documents: dict[str, set[str]] = {}
    for passage in passages:
        for names in names_of(passage.shown):
            for name in names:
                documents.setdefault(name, set()).add(passage.document)
    return sorted(name for name, found in documents.items() if len(found) >= SHARED)


def matrix(groups: Sequence[Sequence[str]], numbers: dict[str, int]) -> csr_matrix:
    """Groups of features as a sparse matrix."""
    found = [[numbers[key] for key in group if key in numbers] for group in groups]
    ends = np.cumsum([0, *map(len, found)])
    places = np.array([n for group in found for n in group], np.int64)
    values = np.ones(len(places), np.float32)
    return csr_matrix((values, places, ends), shape=(len(groups), len(numbers)))


def bag_matrix(bag: FeatureGroups, width: int) -> csr_matrix:
    """The same of numbers; those beyond the width are left out."""
    bag = bag.only(bag.numbers < width)
    ends = np.cumsum([0, *bag.sizes])
    values = np.ones(len(bag.numbers), np.float32)
    return csr_matrix((values, bag.numbers, ends), shape=(len(bag.sizes), width))


def logistic(blocks: Sequence[Any], truth: np.ndarray, penalty: float, steps: int) -> np.ndarray:
    """Weights of a logistic regression for each column of `truth`; the last row is the bias."""
    blocks = [*blocks, np.ones((len(truth), 1), np.float32)]
    turned = [b.T.tocsr() if hasattr(b, "tocsr") else np.ascontiguousarray(b.T) for b in blocks]
    cuts = np.cumsum([b.shape[1] for b in blocks])[:-1]
    rows, columns = sum(b.shape[1] for b in blocks), truth.shape[1]
    truth = truth.astype(np.float32)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(rows, columns).astype(np.float32)
        parts = np.split(weights, cuts)
        score = sum(b @ p for b, p in zip(blocks, parts, strict=True))
        wrong = sigmoid(score) - truth
        slope = np.vstack([t @ wrong for t in turned])
        held = weights.copy()
        held[-1] = 0
        cost = np.logaddexp(0, score, dtype=np.float64).sum() - float((truth * score).sum())
        cost += penalty / 2 * float((held * held).sum())
        return cost, (slope + penalty * held).ravel().astype(np.float64)

    start = np.zeros((rows, columns))
    start[-1] = np.log((truth.mean(axis=0) + 1e-3) / (1 - truth.mean(axis=0)))
    options = {"maxiter": steps, "maxcor": 8}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    return found.x.reshape(rows, columns).astype(np.float32)


class First(NamedTuple):
    """The first model's tables, in the order of `ThemeModel`."""

    known: np.ndarray
    words: Table
    names: Table
    rules: np.ndarray
    bias: np.ndarray


def learn_first(passages: Sequence[Passage], vectors: Vectors, themes: Sequence[str]) -> First:
    """Fits the scores; vectors are folded into the weights of words."""
    batch = Batch.of([passage.shown for passage in passages], themes)
    number = {word: place for place, word in enumerate(vectors.words)}
    names = {name: place for place, name in enumerate(shared_names(passages))}
    words = bag_matrix(
        FeatureGroups(at(vectors.known, batch.words.numbers), batch.words.sizes), len(number)
    )
    company = words @ vectors.rows
    led = batch.passages.first == np.arange(len(batch.names))
    shift = np.maximum(np.arange(len(led)) - 1, 0)
    before = words[shift].multiply(~led[:, None]).tocsr().astype(np.float32)
    placed = matrix([n for passage in passages for n in names_of(passage.shown)], names)
    trusted = np.repeat(np.array(RULES, np.float32), len(themes))
    blocks = [
        words,
        before * np.float32(BEFORE),
        placed.multiply(trust(names)).tocsr().astype(np.float32),
        company * np.float32(NEAR),
        batch.passages.before(company, 0.0) * np.float32(FAR),
        np.hstack(list(batch.rules())) * trusted,
    ]
    weights = logistic(blocks, truth_of(passages, themes), PENALTY, 60)
    cuts = np.cumsum([b.shape[1] for b in blocks])
    own, earlier, place, near, far, rules, bias = np.split(weights, cuts)
    rows = [own + NEAR * vectors.rows @ near, BEFORE * earlier + FAR * vectors.rows @ far]
    return First(
        vectors.known,
        Table(number, stored(np.hstack(rows))),
        Table(names, stored(trust(names).T * place)),
        (trusted[:, None] * rules).astype(np.float16).astype(np.float32),
        bias[0],
    )


def trust(names: Iterable[str]) -> np.ndarray:
    """How much names count against words: one row."""
    return np.array([[TRUST.get(name.partition(":")[0], THEME) for name in names]], np.float32)


def stored(rows: np.ndarray) -> np.ndarray:
    """With the precision that is stored, and a last row of zeros for features unknown."""
    rows = rows.astype(np.float16).astype(np.float32)
    return np.vstack([rows, np.zeros((1, rows.shape[1]), np.float32)])


def truth_of(passages: Sequence[Passage], themes: Sequence[str]) -> np.ndarray:
    return np.array([[t in own for t in themes] for p in passages for own in p.themes])


def folds(passages: Sequence[Passage], seed: str) -> np.ndarray:
    """The fold of each passage, by its document."""
    fold_of = folds_of((p.document for p in passages), seed, FOLDS)
    return np.array([fold_of[p.document] for p in passages])


def pick(passages: Sequence[Passage], chosen: np.ndarray) -> list[Passage]:
    return [p for p, wanted in zip(passages, chosen, strict=True) if wanted]


def learn(passages: Sequence[Passage], vectors: Vectors) -> ThemeModel:
    """All three models; the later ones on scores of documents that the first had not seen."""
    themes = tuple(sorted({t for p in passages for own in p.themes for t in own}))
    fold_of = folds(passages, "inner")
    parts: list[tuple[Candidates, Batch]] = []
    truth = []
    unset = np.zeros(0, np.float32)
    for number in range(FOLDS):
        first = learn_first(pick(passages, fold_of != number), vectors, themes)
        half_made = ThemeModel(themes, *first, unset, unset, unset, unset, 0.5)
        held = pick(passages, fold_of == number)
        batch = Batch.of([passage.shown for passage in held], themes)
        parts.append((candidates(half_made.scores(batch), batch), batch))
        truth.append(truth_of(held, themes))
    second, second_bias = learn_later(
        [(f, f.features, t) for (f, _), t in zip(parts, truth, strict=True)], len(themes)
    )
    settled = []
    for (found, batch), right in zip(parts, truth, strict=True):
        chances = sigmoid(found.features @ second + second_bias[found.theme])
        settled.append((found, settle(found, chances, batch), right))
    third, third_bias = learn_later(settled, len(themes))
    chances = np.concatenate([sigmoid(x @ third + third_bias[f.theme]) for f, x, _ in settled])
    right = np.concatenate([t[f.sentence, f.theme] for f, _, t in settled])
    threshold = best_threshold(chances, right, sum(int(t.sum()) for t in truth))
    whole = learn_first(passages, vectors, themes)
    return ThemeModel(themes, *whole, second, second_bias, third, third_bias, threshold)


def learn_later(
    parts: Sequence[tuple[Candidates, np.ndarray, np.ndarray]], themes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Weights for the features of candidates and a bias for each theme."""
    features = np.vstack([x for _, x, _ in parts])
    which = np.concatenate([f.theme for f, _, _ in parts])
    right = np.concatenate([t[f.sentence, f.theme] for f, _, t in parts])
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    own = np.zeros((len(which), themes), np.float32)
    own[np.arange(len(which)), which] = 1
    blocks = [((features - middle) / spread).astype(np.float32), own]
    weights = logistic(blocks, right[:, None], LATER_PENALTY, 300)[:, 0]
    slopes = weights[: features.shape[1]] / spread
    bias = weights[features.shape[1] : -1] + weights[-1] - float(slopes @ middle)
    return slopes.astype(np.float32), bias.astype(np.float32)


def best_threshold(chances: np.ndarray, right: np.ndarray, total: int) -> float:
    """The one with the best F1 of all pairs."""

    def f1(threshold: float) -> float:
        taken = chances >= threshold
        return 2 * int((taken & right).sum()) / (int(taken.sum()) + total)

    return float(max(np.arange(0.2, 0.6, 0.01), key=f1))


def cross_validate(passages: Sequence[Passage], vectors: Vectors) -> dict[str, Any]:
    """F1 on documents that nothing was learned from, thresholds included."""
    fold_of = folds(passages, "outer")
    counts: Counter[tuple[str, str]] = Counter()
    for number in range(FOLDS):
        model = learn(pick(passages, fold_of != number), vectors)
        held = [p for p in pick(passages, fold_of == number) if p.own]
        verdicts = model.judge([passage.shown for passage in held])
        for passage, verdict in zip(held, verdicts, strict=True):
            rows = enumerate(zip(passage.themes, verdict, strict=True))
            for place, (gold, learned) in rows:
                signs = (s for s in passage.shown.signs if s.sentence == place)
                rules = {s.theme for s in signs if s.kept or s.carried}
                for who, said in (("rules", rules), ("model", set(learned))):
                    counts[who, "right"] += len(said & gold)
                    counts[who, "said"] += len(said)
                    counts[who, "gold"] += len(gold)
    return {
        who: round(2 * counts[who, "right"] / (counts[who, "said"] + counts[who, "gold"]), 4)
        for who in ("rules", "model")
    }


if __name__ == "__main__":
    main()
