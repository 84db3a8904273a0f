"""Learns how sure a finding is, from findings in documents that the models had not seen."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from fitting import fit
from numpy.typing import NDArray
from training_data import Data

from textmine.pipeline.findings import places_of
from textmine.pipeline.learned.polarity_model import CONCERN, MIXED
from textmine.pipeline.learned.sure_model import SureModel, columns
from textmine.pipeline.learned.theme_model import Candidates

Array = NDArray[Any]

PRECISION: Final = 0.95
PENALTY: Final = 1.0


def learn_sure(
    data: Data, found: Candidates, chances: Array, kept: Array, polarity: Array
) -> tuple[SureModel, dict[str, float]]:
    """The model, and how many findings are sure where 95 of 100 of those are right."""
    kept = kept & (data.polarity_truth.sum(axis=1) > 0)[found.sentence]
    sentence, theme = found.sentence[kept], found.theme[kept]
    said = polarity.argmax(axis=1)[sentence]
    truth = data.polarity_truth.argmax(axis=1)[sentence]
    right = (data.theme_truth[sentence, theme] > 0.5) & (
        (said == truth) | ((truth == MIXED) & (said == CONCERN))
    )
    named = [
        bool(places_of(data.themes[t], data.topics[s]))
        for s, t in zip(sentence.tolist(), theme.tolist(), strict=True)
    ]
    shown = columns(
        chances[kept],
        polarity.max(axis=1)[sentence],
        np.array(named, np.float32),
        np.array([data.readings[s].verdict.clear for s in sentence.tolist()], np.float32),
        (data.batch.passages.first[sentence] == sentence).astype(np.float32),
    )
    weights = fit(
        [shown], right[:, None].astype(np.float32), link="sigmoid", penalty=PENALTY, steps=300
    )[:, 0]
    model = SureModel(weights[:-1], float(weights[-1]))
    scores = model.scores(shown)
    order = (-scores).argsort(kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= PRECISION)
    last = int(enough[-1]) if len(enough) else 0
    return model, {
        "finding precision": round(float(right.mean()), 4),
        "sure at": round(float(scores[order[last]]), 3),
        "sure coverage": round((last + 1) / len(order), 4),
    }
