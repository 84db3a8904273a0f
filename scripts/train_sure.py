"""Learns how sure a finding is, from findings in documents that the models had not seen."""

from __future__ import annotations

import warnings
from typing import Any, Final

import numpy as np
from fitting import fit
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from training_data import FOLDS, Data

from textmine.pipeline.findings import places_of
from textmine.pipeline.learned.polarity_model import CONCERN, MIXED
from textmine.pipeline.learned.sure_model import FURTHEST, Claims, SureModel, Weighed, columns
from textmine.pipeline.learned.theme_model import Candidates

Array = NDArray[Any]

PRECISION: Final = 0.95
HIDDEN, PENALTY, ROUNDS, RATE, TOGETHER = 16, 1.0, 15, 2e-3, 256
NETWORKS: Final = 3
"""Several, each with another beginning, are one wider network with the mean of their outputs."""


def learn_sure(
    data: Data, found: Candidates, chances: Array, kept: Array, weighed: Weighed
) -> tuple[SureModel, dict[str, float]]:
    """The model, and how many findings are sure where 95 of 100 of those are right."""
    kept = kept & (data.polarity_truth.sum(axis=1) > 0)[found.sentence]
    sentence, theme = found.sentence[kept], found.theme[kept]
    right = is_right(data, sentence, theme, weighed.polarity.argmax(axis=1)[sentence])
    named = [
        bool(places_of(data.themes[t], data.topics[s]))
        for s, t in zip(sentence.tolist(), theme.tolist(), strict=True)
    ]
    claims = Claims(sentence, chances[kept], np.array(named, np.float32), theme)
    shown = columns(data.batch, data.readings, claims, weighed)
    odds = np.zeros(len(shown), np.float32)
    for number in range(FOLDS):
        held = data.fold[sentence] == number
        odds[held] = network(shown[~held], right[~held]).odds(shown[held])
    slope, shift = fit(
        [odds[:, None]], right[:, None].astype(np.float32), link="sigmoid", penalty=0, steps=100
    )[:, 0]
    model = network(shown, right)
    model = model._replace(outer=model.outer * slope, bias=model.bias * slope + shift)
    return model, {
        "finding precision": round(float(right.mean()), 4),
        **curve_end(1 / (1 + np.exp(-(odds * slope + shift))), right),
    }


def is_right(data: Data, sentence: Array, theme: Array, said: Array) -> Array:
    """Whether findings are right in theme and polarity; where mixed is right, so is concern."""
    truth = data.polarity_truth.argmax(axis=1)[sentence]
    right: Array = (data.theme_truth[sentence, theme] > 0.5) & (
        (said == truth) | ((truth == MIXED) & (said == CONCERN))
    )
    return right


def curve_end(scores: Array, right: Array) -> dict[str, float]:
    """From which score on 95 of 100 findings are right, and how many those are."""
    order = (-scores).argsort(kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= PRECISION)
    last = int(enough[-1]) if len(enough) else 0
    return {
        "sure at": round(float(scores[order[last]]), 3),
        "sure coverage": round((last + 1) / len(order), 4),
    }


def network(shown: Array, right: Array) -> SureModel:
    """A network that is fitted to some findings."""
    middle, spread = shown.mean(axis=0), shown.std(axis=0) + 1e-3
    inside = ((shown - middle) / spread).clip(-FURTHEST, FURTHEST)
    parts = []
    for start in range(NETWORKS):
        one = MLPClassifier(
            (HIDDEN,),
            alpha=PENALTY,
            max_iter=ROUNDS,
            n_iter_no_change=ROUNDS,
            learning_rate_init=RATE,
            batch_size=TOGETHER,
            random_state=start,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            parts.append(one.fit(inside, right))
    return SureModel(
        *(each.astype(np.float32) for each in (middle, spread)),
        np.hstack([one.coefs_[0] for one in parts]).astype(np.float32),
        np.hstack([one.intercepts_[0] for one in parts]).astype(np.float32),
        (np.vstack([one.coefs_[1] for one in parts])[:, 0] / NETWORKS).astype(np.float32),
        (sum(one.intercepts_[1] for one in parts) / NETWORKS).astype(np.float32),
    )
