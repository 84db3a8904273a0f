"""Blends what a second, slower model says with what the fast models say: means of log odds.

The rules keep the last word: what they read clearly stands after the blending as before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from ..tokens.runs import Flags, Floats
from ..tokens.vocabulary import Ints
from .sentence_model import sigmoid
from .sure_model import Claims

FURTHEST: Final = 4.6
"""Log odds beyond these count as these: the chances 0.01 and 0.99."""


class Blend(NamedTuple):
    """The second model's share in each decision, and the thresholds that serve the blend best."""

    themes: float
    polarity: float
    timing: float
    threshold: float
    """From this chance on a sentence has a theme."""
    change: float
    """From this chance on it speaks of another time than now."""
    sure: Sequence[float]
    """What each of `Opinion.columns` counts for how sure a finding is; the last is the bias."""

    @classmethod
    def load(cls, data: bytes) -> Blend:
        """The blend in a JSON file, with whatever else that records."""
        record = json.loads(data)
        return cls(**{name: record[name] for name in cls._fields})


class Opinion(NamedTuple):
    """What a second model says of sentences: log odds of themes, logits of polarity and timing."""

    themes: Floats
    polarity: Floats
    timing: Floats
    read: Flags
    """Whether it read a sentence: it passes over what is no finding."""
    blend: Blend

    def with_themes(self, sentence: Ints, theme: Ints, chances: Floats) -> Floats:
        """The blended chances of all themes, sentences by themes; the first model knows a few."""
        odds = np.full(self.themes.shape, -FURTHEST, np.float32)
        odds[sentence, theme] = log_odds(chances)
        part = self._part(self.blend.themes)
        scores = (1 - part) * odds + part * self.themes.clip(-FURTHEST, FURTHEST)
        blended: Floats = 1 / (1 + np.exp(-scores))
        return blended

    def with_polarity(self, chances: Floats) -> Floats:
        """The blended chances of each polarity."""
        return _mixed(chances, self.polarity, self._part(self.blend.polarity))

    def with_timing(self, chances: Floats) -> Floats:
        """The blended chances of each time."""
        return _mixed(chances, self.timing, self._part(self.blend.timing))

    def surer(self, claims: Claims, said: Ints, odds: Floats) -> Floats:
        """How sure findings are: `odds` are the first model's, `said` each sentence's polarity."""
        *slopes, bias = self.blend.sure
        shown = self.columns(claims, said, odds)
        scores: Floats = np.einsum("ij,j", shown, np.array(slopes, np.float32)) + np.float32(bias)
        return sigmoid(scores)

    def columns(self, claims: Claims, said: Ints, odds: Floats) -> Floats:
        """What is weighed of each finding: the second model's word for it beside the first's."""
        at, known = claims.sentence, claims.number >= 0
        of_theme = np.where(known, self.themes[at, claims.number], 0).clip(-FURTHEST, FURTHEST)
        of_polarity = _logs(self.polarity)[at, said[at]].clip(-FURTHEST)
        agrees = self.polarity.argmax(axis=1)[at] == said[at]
        columns = [odds, log_odds(claims.theme), of_theme, of_polarity, agrees]
        found: Floats = np.stack(columns, axis=1).astype(np.float32)
        return found

    def _part(self, share: float) -> Floats:
        return np.float32(share) * self.read[:, None].astype(np.float32)


def log_odds(chances: Floats) -> Floats:
    """Chances as log odds, none of them endless."""
    least = np.float32(1 / (1 + np.exp(FURTHEST)))
    inside = chances.clip(least, 1 - least)
    odds: Floats = np.log(inside / (1 - inside))
    return odds


def _mixed(chances: Floats, logits: Floats, part: Floats) -> Floats:
    """Chances of which one is right, blended with the logits of another model."""
    own = np.log(np.maximum(chances, np.float32(np.exp(-FURTHEST))))
    scores = np.exp((1 - part) * own + part * _logs(logits).clip(-FURTHEST))
    found: Floats = (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32)
    return found


def _logs(logits: Floats) -> Floats:
    """Logits as logarithms of chances."""
    below = logits - logits.max(axis=1, keepdims=True)
    logs: Floats = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    return logs
