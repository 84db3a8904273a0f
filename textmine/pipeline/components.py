"""The spaCy components: they join the algorithms and the rule data, and write annotations.

Everything a component knows is in its configuration, so that a pipeline can be saved, loaded and
run in several processes. What passes between them, all of it plain data, sentences by number:

- `doc.user_data["figures_only"]`: true where a passage's themes do not matter;
- `doc.user_data["place"]`: what is known from outside: kind of document, heading, kind of passage;
- `doc.user_data["sentences"]`: the sentences in folded words, made once for all (splitter.py);
- `doc.user_data["places"]`: where tokens begin, and their lengths;
- `doc.user_data["themes"]`: sentences, each with a theme it is about;
- `doc.user_data["found"]`: the cues of each sentence by their kind, where there is a theme;
- `doc.user_data["readings"]`: what the rules met in each sentence, for the learned part;
- `doc.user_data["polarity"]`, `doc.user_data["timing"]`: labels by sentence;
- `doc.user_data["scope"]`: extent and aspect by sentence;
- `doc.user_data["cues"]`: the words that decided;
- `doc.user_data["figures"]`: the fields of each figure (figure_component.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from corpus.model import Polarity, Timing

from ..themes import Theme
from .learned.linear_model import Linear
from .learned.polarity_context import settle
from .learned.polarity_features import Context, Reading
from .learned.polarity_scores import PolarityScorer
from .rules.data import rules
from .rules.headings import NOWHERE, Headings, Place
from .rules.phrase_matcher import Lexicon, Match
from .rules.polarity import SENTENCE
from .rules.scope import NO_SCOPE, extent_and_aspect, labelled
from .rules.timing import when
from .rules.topics import Found, TopicRules, Topics
from .tokens.records import made
from .tokens.splitter import (
    BATCH,
    PlainCue,
    SentenceSplitter,
    batched,
    run_of,
    spoken,
    vocabulary_of,
)
from .tokens.tokenizer_cache import Folds, TokenizerCache
from .tokens.vocabulary import Ints, Vocabulary, phrase_words

Config = Mapping[str, Any]

TIMING, POLARITY, SCOPE = range(3)
"""The kinds of cues in the order in which `CueFinder` gives them."""


def _about(doc: Doc) -> set[int]:
    """The sentences that have a theme."""
    return {number for number, _ in doc.user_data["themes"]}


class ThemeTagger:
    """Finds what each sentence is about."""

    def __init__(self, topics: TopicRules, headings: Headings) -> None:
        self.topics = topics
        self.headings = headings

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate documents, many at once."""
        for docs in batched(stream, batch_size):
            matches = self.topics.find(run_of([doc for doc in docs if self.reads(doc)]))
            for doc in docs:
                yield self.write(doc, matches)

    def reads(self, doc: Doc) -> bool:
        """Whether the document's sentences may have themes."""
        return not doc.user_data.get("figures_only") and self.place(doc).stance != "silent"

    def place(self, doc: Doc) -> Place:
        """What the document's heading says."""
        return self.headings.place(*doc.user_data.get("place", NOWHERE))

    def write(self, doc: Doc, matches: Iterator[Found]) -> Doc:
        """The topics of the sentences, by what was found in each."""
        found: list[tuple[int, str]] = []
        cues: list[PlainCue] = []
        readings: list[Topics] = []
        if self.reads(doc):
            sentences = spoken(doc)
            setting = self.place(doc).setting
            before = None
            for number, (start, end) in enumerate(pairwise(sentences.bounds)):
                topics = self.topics.read(end - start, next(matches), setting, before)
                before = topics if topics.cues else before
                readings.append(topics)
                for theme, places in topics.cues.items():
                    found.append((number, theme))
                    cues += [(number, "theme", theme, *place) for place in places]
        doc.user_data["themes"] = found
        doc.user_data["readings"] = readings
        doc.user_data["cues"] = cues
        return doc


class CueFinder:
    """Looks up the cues of timing, polarity and scope in one go, where there is a theme at all."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate documents, many at once."""
        for docs in batched(stream, batch_size):
            about = [doc for doc in docs if doc.user_data["themes"]]
            found = zip(*self.lexicon.find_longest(run_of(about)), strict=True)
            for doc in docs:
                count = len(spoken(doc).breaks) if doc.user_data["themes"] else 0
                doc.user_data["found"] = list(islice(found, count))
                yield doc


def found_cues(doc: Doc, kind: int) -> list[Sequence[Match]]:
    """The cues of one kind, sentence by sentence; none where the document has no theme."""
    return [cues[kind] for cues in doc.user_data["found"]]


class TimingTagger:
    """Finds of what time each sentence speaks."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        found: dict[int, Timing] = {}
        for number, matches in enumerate(found_cues(doc, TIMING)):
            found[number], cue = when(matches)
            if cue:
                doc.user_data["cues"].append((number, "timing", *cue))
        doc.user_data["timing"] = found
        return doc


class PolarityTagger:
    """Finds what each sentence says of its themes: rules read it, a learned model weighs that."""

    def __init__(self, headings: Headings, model: Linear, vocabulary: Vocabulary) -> None:
        self.headings = headings
        self.vocabulary = vocabulary
        self.weigher = PolarityScorer(model, vocabulary)

    @property
    def model(self) -> Linear:
        """What was learned."""
        return self.weigher.model

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate documents, many at once."""
        for docs in batched(stream, batch_size):
            read = [list(self.read(doc)) for doc in docs]
            said = settle(read, self.scores(docs, read), self.model)
            for doc, some, polarities in zip(docs, read, said, strict=True):
                yield self.write(doc, some, polarities)

    def scores(self, docs: Sequence[Doc], read: Sequence[Sequence[Reading]]) -> Ints:
        """What the model says of the sentences that were read, each by itself."""
        numbers = [spoken(doc).numbers for doc, some in zip(docs, read, strict=True) if some]
        readings = [reading for some in read for reading in some]
        return self.weigher.scores(readings, np.concatenate([np.zeros(0, np.int64), *numbers]))

    def write(self, doc: Doc, read: Sequence[Reading], said: Sequence[Polarity]) -> Doc:
        """The polarity of the sentences that have a theme, and the words that speak for it."""
        about = _about(doc)
        found: dict[int, Polarity] = {}
        for number, (reading, polarity) in enumerate(zip(read, said, strict=True)):
            if number in about:
                found[number] = polarity
                doc.user_data["cues"] += [
                    (number, "polarity", polarity, start, end)
                    for start, end in reading.cues_of(polarity, self.model)
                ]
        doc.user_data["polarity"] = found
        return doc

    def read(self, doc: Doc) -> Iterator[Reading]:
        """What the rules read in every sentence of a document that has a theme."""
        given = doc.user_data.get("place", NOWHERE)
        place, timing = self.headings.place(*given), doc.user_data["timing"]
        before: Polarity | None = None
        sentences = spoken(doc)
        alone = sum(b - a >= SENTENCE for a, b in pairwise(sentences.bounds)) <= 1
        for number, cues in enumerate(found_cues(doc, POLARITY)):
            where = (place, given[0], not number, alone, before, timing[number])
            words = sentences.words_of(number)
            reading = Reading(words, sentences.breaks[number], cues, made(Context, where))
            before = reading.rule
            yield reading

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save what was learned; the rest is in the pipeline's configuration."""
        del exclude
        path.write_text(self.model.text(), encoding="utf-8")

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> PolarityTagger:
        """Take over what was saved."""
        del exclude
        self.weigher = PolarityScorer(Linear.load(path), self.vocabulary)
        return self


class ScopeTagger:
    """Finds how far each finding reaches, and what about the service it judges."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        about = _about(doc)
        found: dict[int, tuple[str | None, str | None]] = {}
        for number, matches in enumerate(found_cues(doc, SCOPE)):
            if number in about:
                extent, aspect = extent_and_aspect(matches) if matches else NO_SCOPE
                found[number] = (extent and extent.label, aspect and aspect.label)
                if extent:
                    doc.user_data["cues"].append((number, "extent", *extent))
                if aspect:
                    doc.user_data["cues"].append((number, "aspect", *aspect))
        doc.user_data["scope"] = found
        return doc


@Language.factory("textmine_sentences")
def make_sentences(nlp: Language, name: str) -> SentenceSplitter:
    """The sentence splitter."""
    del name
    vocabulary = Vocabulary()
    folds, chunks = Folds(nlp.vocab.strings, vocabulary), TokenizerCache(nlp.tokenizer, vocabulary)
    return SentenceSplitter(folds, chunks)


def _tuples(value: Any) -> Any:
    """The value, with tuples for the lists that a saved configuration has in their place."""
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


@Language.factory("textmine_themes", default_config={"headings": rules("headings"), "themes": []})
def make_themes(nlp: Language, name: str, headings: Config, themes: list[Config]) -> ThemeTagger:
    """The theme tagger; `themes` are the themes' fields."""
    del name
    known = {field.name for field in fields(Theme)}
    made = [
        Theme(**{key: _tuples(value) for key, value in theme.items() if key in known})
        for theme in themes
    ]
    groups, references = headings["groups"], headings["references"]
    phrases = {
        phrase
        for theme in made
        for group in (
            theme.phrases,
            theme.common,
            theme.weak,
            theme.exclusions,
            *(p for _, p in theme.within),
        )
        for phrase in group
    } | {phrase for group in (*groups.values(), references) for phrase in group}
    parts = {phrase: phrase_words(nlp.make_doc, phrase) for phrase in phrases}
    topics = TopicRules(made, parts, groups, references, vocabulary_of(nlp))
    return ThemeTagger(topics, Headings(headings))


@Language.factory(
    "textmine_cues",
    default_config={
        "timing": rules("timing"),
        "polarity": rules("polarity"),
        "scope": rules("scope"),
    },
)
def make_cues(
    nlp: Language, name: str, timing: Config, polarity: Config, scope: Config
) -> CueFinder:
    """The finder of cues; its books come in the order of `TIMING`, `POLARITY` and `SCOPE`."""
    del name
    books = (timing, polarity, dict(labelled(scope)))
    return CueFinder(
        Lexicon(
            vocabulary_of(nlp),
            *(
                [
                    (phrase_words(nlp.make_doc, phrase), label)
                    for label, phrases in book.items()
                    for phrase in phrases
                ]
                for book in books
            ),
        )
    )


@Language.factory("textmine_timing")
def make_timing(nlp: Language, name: str) -> TimingTagger:
    """The timing tagger."""
    del nlp, name
    return TimingTagger()


@Language.factory("textmine_polarity", default_config={"headings": rules("headings")})
def make_polarity(nlp: Language, name: str, headings: Config) -> PolarityTagger:
    """The polarity tagger."""
    del name
    return PolarityTagger(Headings(headings), Linear.load(name="polarity"), vocabulary_of(nlp))


@Language.factory("textmine_scope")
def make_scope(nlp: Language, name: str) -> ScopeTagger:
    """The tagger of extent and aspect."""
    del nlp, name
    return ScopeTagger()
