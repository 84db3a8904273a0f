"""The figures of a batch: what the numbers of each passage count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from corpus.model import Figure

from ..batch import Batch
from ..tokens.vocabulary import Vocabulary
from .numbers import WORDS
from .text_figures import Figures, Sentence

_DIGIT = re.compile(r"\d")


def may_begin(word: str) -> bool:
    """Whether a number may begin with a folded word."""
    return word in WORDS or bool(_DIGIT.search(word))


class FigureFinder:
    """Finds the figures. Only sentences are looked at in which a number may begin."""

    def __init__(self, rules: Mapping[str, Any], vocabulary: Vocabulary) -> None:
        self.figures = Figures(rules)
        self.vocabulary = vocabulary
        vocabulary.add(WORDS)

    def find(self, batch: Batch) -> list[tuple[Figure, ...]]:
        """The figures of each passage."""
        marked = np.flatnonzero(self.vocabulary.where(may_begin)[batch.numbers]).tolist()
        places: dict[int, dict[int, list[int]]] = {}
        for word in marked:
            sentence = bisect_right(batch.bounds, word) - 1
            passage = int(batch.passage[sentence])
            text, begin = batch.inputs[passage].text, batch.word_starts[word]
            digit = _DIGIT.search(text, begin, batch.word_ends[word])
            some = places.setdefault(passage, {}).setdefault(sentence, [])
            some.append(digit.start() if digit else begin)
        found: list[tuple[Figure, ...]] = []
        for passage, (_, end) in enumerate(pairwise(batch.firsts)):
            text = batch.inputs[passage].text
            sentences = [
                Sentence(batch.starts[n], batch.starts[n + 1] if n + 1 < end else len(text), some)
                for n, some in places.get(passage, {}).items()
            ]
            found.append(tuple(self.figures.read(text, sentences)) if sentences else ())
        return found
