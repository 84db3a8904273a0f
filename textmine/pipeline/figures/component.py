"""The spaCy component that finds figures: what a passage's numbers count.

It reads the sentences that the splitter has written down, and writes
`doc.user_data["figures"]`: the fields of each `corpus.model.Figure`, plain data.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from ..components import Config
from ..rules.data import rules
from ..tokens.splitter import BATCH, batched, spoken, vocabulary_of
from ..tokens.vocabulary import Vocabulary
from .numbers import WORDS
from .text_figures import Figures, Sentence

PlainFigure: TypeAlias = tuple[Any, ...]
"""The fields of a `Figure`; its places are within the text, its passage is 0."""

_DIGIT = re.compile(r"\d")


def may_begin(word: str) -> bool:
    """Whether a number may begin with a folded word."""
    return word in WORDS or bool(_DIGIT.search(word))


class FigureTagger:
    """Finds the figures. Only sentences are looked at in which a number may begin."""

    def __init__(self, config: Config, vocabulary: Vocabulary) -> None:
        self.figures = Figures(config)
        self.vocabulary = vocabulary
        vocabulary.add(WORDS)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate documents, many at once."""
        for docs in batched(stream, batch_size):
            numbers = np.concatenate([spoken(doc).numbers for doc in docs])
            marked = np.flatnonzero(self.vocabulary.where(may_begin)[numbers])
            ends = np.cumsum([0, *(len(spoken(doc).words) for doc in docs)])
            bounds = marked.searchsorted(ends).tolist()
            words = (marked - ends[:-1].repeat(np.diff(bounds))).tolist()
            for doc, (first, end) in zip(docs, pairwise(bounds), strict=True):
                doc.user_data["figures"] = self.predict(doc, words[first:end])
                yield doc

    def predict(self, doc: Doc, words: Sequence[int]) -> list[PlainFigure]:
        """The figures, where numbers may begin with these words."""
        if not words:
            return []
        sentences = spoken(doc)
        text = doc.user_data.get("text") or doc.text
        begins = [*doc.user_data["places"][0], len(text)]
        places: dict[int, list[int]] = {}
        for word in words:
            token = sentences.tokens[word]
            digit = _DIGIT.search(text, begins[token], begins[token + 1])
            sentence = bisect_right(sentences.bounds, word) - 1
            places.setdefault(sentence, []).append(digit.start() if digit else begins[token])
        found = [
            Sentence(begins[sentences.firsts[number]], begins[sentences.firsts[number + 1]], some)
            for number, some in places.items()
        ]
        return [tuple(figure) for figure in self.figures.read(text, found)]


@Language.factory("textmine_figures", default_config={"config": rules("figures")})
def make_figures(nlp: Language, name: str, config: Config) -> FigureTagger:
    """The figure tagger."""
    del name
    return FigureTagger(config, vocabulary_of(nlp))
