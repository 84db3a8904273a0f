"""Regressions whose truth may be soft: chances that a teacher gives count as they are.

One function for all that is learned; scikit-learn's has no soft truth. One thread computes and
nothing is random: the same data give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float32]


def fit(
    blocks: Sequence[Any],
    truth: Floats,
    *,
    link: Literal["sigmoid", "softmax"],
    penalty: float,
    steps: int,
    counts: Floats | None = None,
) -> Floats:
    """Weights of a logistic regression for each column of `truth`; the last row is the bias.

    `blocks` are features side by side, dense or sparse; `counts` say how much each row counts.
    """
    blocks = [*blocks, np.ones((len(truth), 1), np.float32)]
    turned = [b.T.tocsr() if hasattr(b, "tocsr") else np.ascontiguousarray(b.T) for b in blocks]
    cuts = np.cumsum([b.shape[1] for b in blocks])[:-1]
    rows, columns = sum(b.shape[1] for b in blocks), truth.shape[1]
    truth = truth.astype(np.float32)
    weight = np.ones((len(truth), 1), np.float32) if counts is None else counts[:, None]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(rows, columns).astype(np.float32)
        parts = np.split(weights, cuts)
        score = sum(b @ p for b, p in zip(blocks, parts, strict=True))
        if link == "sigmoid":
            chances = 1 / (1 + np.exp(-score))
            lost = np.logaddexp(0, score, dtype=np.float64) - truth * score
        else:
            score -= score.max(axis=1, keepdims=True)
            total = np.log(np.exp(score).sum(axis=1, keepdims=True))
            chances = np.exp(score - total)
            lost = truth * (total - score)
        wrong = weight * (chances - truth)
        slope = np.vstack([t @ wrong for t in turned])
        held = weights.copy()
        held[-1] = 0
        cost = float((weight * lost).sum(dtype=np.float64))
        cost += penalty / 2 * float((held * held).sum(dtype=np.float64))
        return cost, (slope + penalty * held).ravel().astype(np.float64)

    start = np.zeros((rows, columns))
    if link == "sigmoid":
        mean = (weight * truth).sum(axis=0) / weight.sum()
        start[-1] = np.log((mean + 1e-3) / (1 - mean))
    options = {"maxiter": steps, "maxcor": 8}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    weights: Floats = found.x.reshape(rows, columns).astype(np.float32)
    return weights
