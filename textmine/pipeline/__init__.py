"""From the text of a passage to what it says: its findings, sentence by sentence, and figures."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corpus.model import Aspect, Cue, Extent, Figure, Polarity, Timing

from ..themes import Theme

# spaCy knows components from the moment they are imported.
from . import components  # noqa: F401
from .figures import component as figure_component  # noqa: F401
from .learned import component as learned_component  # noqa: F401
from .tokens.records import made
from .tokens.splitter import BATCH, Spoken

__all__ = ["TagInput", "Tagged", "Tagger", "build_pipeline"]


class TagInput(NamedTuple):
    """A passage to tag: its text and where it stands."""

    text: str
    kind: str
    """The document's type, or the short form ilacs, sif, send, jtai."""
    section: str
    """The heading as printed."""
    passage_kind: str = "paragraph"
    figures_only: bool = False
    """Whether no themes are looked for."""


class Tagged(NamedTuple):
    """What a sentence says of a theme; `[start, end)` is the sentence within the input's text."""

    start: int
    end: int
    theme: str
    polarity: Polarity
    timing: Timing
    cues: tuple[Cue, ...]
    extent: Extent | None = None
    aspect: Aspect | None = None


def build_pipeline(themes: Sequence[Theme], *, learned: bool = True) -> Language:
    """The spaCy pipeline: it can be saved, loaded and run in several processes.

    Without what was learned, the themes are those that the rules alone find.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe("textmine_sentences")
    nlp.add_pipe("textmine_themes", config={"themes": [asdict(theme) for theme in themes]})
    if learned:
        nlp.add_pipe("textmine_learned_themes")
    nlp.add_pipe("textmine_cues")
    nlp.add_pipe("textmine_timing")
    nlp.add_pipe("textmine_polarity")
    nlp.add_pipe("textmine_scope")
    nlp.add_pipe("textmine_figures")
    return nlp


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keeps the garbage collector away: a batch makes thousands of tuples, and no cycles.

    Otherwise it would walk over them dozens of times, a tenth of all the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Tagger:
    """Tags passages, in the order in which they come."""

    def __init__(self, themes: Sequence[Theme], *, learned: bool = True) -> None:
        self._nlp = build_pipeline(themes, learned=learned)
        # The rules are a hundred thousand objects that never go. The garbage collector would walk
        # over them again and again: a fifth of all the time.
        gc.collect()
        gc.freeze()

    def tag(self, inputs: Iterable[TagInput]) -> Iterator[tuple[Tagged, ...]]:
        """The findings of each input; inputs are read a few at a time."""
        return (found for found, _ in self.tag_all(inputs))

    def tag_all(
        self, inputs: Iterable[TagInput]
    ) -> Iterator[tuple[tuple[Tagged, ...], tuple[Figure, ...]]]:
        """The findings and the figures of each input; a figure's places are within its text."""
        waiting = iter(inputs)
        while batch := list(islice(waiting, BATCH)):
            yield from self._tagged(batch)

    def _tagged(
        self, batch: Sequence[TagInput]
    ) -> list[tuple[tuple[Tagged, ...], tuple[Figure, ...]]]:
        """The documents are gone before the collector is back, which would walk over them."""
        with _without_collector():
            # Documents without tokens: the splitter then puts them together from what it has seen.
            docs = [_placed(Doc(self._nlp.vocab), given) for given in batch]
            tagged = [
                (findings(doc), tuple(map(Figure._make, doc.user_data["figures"])))
                for doc in self._annotated(docs)
            ]
            del docs
        return tagged

    def read(self, given: TagInput) -> Doc:
        """The annotated document of one input, with its tokens: for those who train and explain."""
        with _without_collector():
            [doc] = self._annotated([_placed(self._nlp.make_doc(given.text), given)])
        return doc

    def _annotated(self, docs: list[Doc]) -> list[Doc]:
        """Component by component, which is easier on the processor's caches than text by text.

        `nlp.pipe` would do the same at greater cost: it makes sure of what is known here.
        """
        for _, component in self._nlp.pipeline:
            many = getattr(component, "pipe", None)
            docs = list(many(docs) if many else map(component, docs))
        return docs

    def component(self, name: str) -> Any:
        """A component of the pipeline."""
        return self._nlp.get_pipe(name)


def _placed(doc: Doc, given: TagInput) -> Doc:
    doc.user_data["text"] = given.text
    doc.user_data["figures_only"] = given.figures_only
    doc.user_data["place"] = (given.kind, given.section, given.passage_kind)
    return doc


def findings(doc: Doc) -> tuple[Tagged, ...]:
    """The findings that the pipeline's annotations stand for."""
    themes = doc.user_data["themes"]
    if not themes:
        return ()
    polarity, timing = doc.user_data["polarity"], doc.user_data["timing"]
    scope, sentences = doc.user_data["scope"], Spoken._make(doc.user_data["sentences"])
    firsts, bounds, tokens = sentences.firsts, sentences.bounds, sentences.tokens
    begins, lengths = doc.user_data["places"]
    cues: dict[int, list[Cue]] = {}
    for sentence, kind, label, first, end in doc.user_data["cues"]:
        word = bounds[sentence]
        last = tokens[word + end - 1]
        cue = made(Cue, (kind, label, begins[tokens[word + first]], begins[last] + lengths[last]))
        cues.setdefault(sentence, []).append(cue)
    found = []
    for number, theme in themes:
        start, last = firsts[number], firsts[number + 1] - 1
        some = [c for c in cues.get(number, ()) if c[0] != "theme" or c[1] == theme]
        place = (begins[start], begins[last] + lengths[last])
        said = (theme, polarity[number], timing[number], tuple(some), *scope[number])
        found.append(made(Tagged, (*place, *said)))
    return tuple(found)
