"""The spaCy component that finds figures: what a passage's numbers count.

It reads the sentences that the splitter has written down, and writes
`doc.user_data["figures"]`: the fields of each `corpus.model.Figure`, plain data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from spacy.language import Language
from spacy.tokens import Doc

from .components import Config, sentences
from .components import Sentence as Words
from .figures import Figures, Sentence
from .numbers import WORDS
from .rules import rules

PlainFigure: TypeAlias = tuple[Any, ...]
"""The fields of a `Figure`; its places are within the text, its passage is 0."""

_DIGIT = re.compile(r"\d")


class _MayBegin(dict[str, bool]):
    """Whether a number may begin with a folded word; filled as words are met."""

    def __missing__(self, word: str) -> bool:
        self[word] = may = word in WORDS or bool(_DIGIT.search(word))
        return may


class FigureTagger:
    """Finds the figures. Only sentences are looked at in which a number may begin."""

    def __init__(self, config: Config) -> None:
        self.figures = Figures(config)
        self.may_begin = _MayBegin()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        may_begin = self.may_begin.__getitem__
        marked = [each for each in sentences(doc) if any(map(may_begin, each.words))]
        doc.user_data["figures"] = self.predict(doc, marked) if marked else []
        return doc

    def predict(self, doc: Doc, marked: Sequence[Words]) -> list[PlainFigure]:
        """The figures of the sentences in which a number may begin."""
        text = doc.user_data.get("text") or doc.text
        begins = [*doc.user_data["places"][0], len(text)]
        found = []
        for sentence in marked:
            places = []
            for word, token in zip(sentence.words, sentence.tokens, strict=True):
                if self.may_begin[word]:
                    digit = _DIGIT.search(text, begins[token], begins[token + 1])
                    places.append(digit.start() if digit else begins[token])
            found.append(Sentence(begins[sentence.start], begins[sentence.end], places))
        return [tuple(figure) for figure in self.figures.read(text, found)]


@Language.factory("textmine_figures", default_config={"config": rules("figures")})
def make_figures(nlp: Language, name: str, config: Config) -> FigureTagger:
    """The figure tagger."""
    del nlp, name
    return FigureTagger(config)
