"""The spaCy components: they join the algorithms and the rule data, and write annotations.

Everything a component knows is in its configuration, so that a pipeline can be saved, loaded and
run in several processes. All they write is spans: `doc.spans["themes"]` holds a sentence for each
theme it is about, `"polarity"` and `"timing"` one span for each sentence with a theme, and
`"theme_cues"`, `"polarity_cues"` and `"timing_cues"` the words that decided. What is known of the
text from outside is in `doc.user_data["place"]`: kind of document, heading, kind of passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any, NamedTuple, cast

import numpy as np
from spacy.attrs import IDX, LOWER, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.tokenizer import Tokenizer

from corpus.model import Polarity
from textmine.themes import Theme

from .lexicon import Lexicon, Match, longest
from .polarity import judge, settle
from .rules import rules
from .sentences import sentence_starts
from .settings import Headings
from .timing import when
from .topics import TopicRules, Topics
from .words import Folds, is_break, phrase_words

Config = Mapping[str, Any]


class Sentence(NamedTuple):
    """A sentence as folded words, each with the token it stands in."""

    start: int
    end: int
    words: list[str]
    tokens: list[int]

    def span(self, doc: Doc, start: int, end: int, label: str) -> Span:
        """The span of the words `[start, end)`."""
        return Span(doc, self.tokens[start], self.tokens[end - 1] + 1, label=label)


def sentences(doc: Doc, folds: Folds, *, marks: bool) -> Iterator[Sentence]:
    """The sentences of a document, with commas and their like where `marks` asks for them."""
    keys = doc.to_array([LOWER, SENT_START])
    folded = [folds[key] for key in keys[:, 0].tolist()]
    starts = [*np.flatnonzero(keys[:, 1] == 1).tolist(), len(doc)]
    for start, end in pairwise(starts):
        tokens = [i for i in range(start, end) if folded[i] and (marks or not is_break(folded[i]))]
        yield Sentence(start, end, [folded[i] for i in tokens], tokens)


class SentenceSplitter:
    """Marks the first token of every sentence."""

    def __init__(self, titles: Sequence[str], abbreviations: Sequence[str]) -> None:
        self.titles = frozenset(titles)
        self.abbreviations = frozenset(abbreviations)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        places = doc.to_array(IDX)
        marks = np.full(len(doc), -1, dtype="int64")
        if len(doc):
            starts = sentence_starts(doc.text, self.titles, self.abbreviations)
            marks[0] = 1
            marks[np.minimum(np.searchsorted(places, starts), len(doc) - 1)] = 1
        return doc.from_array([SENT_START], marks.astype("uint64").reshape(-1, 1))


class ThemeTagger:
    """Finds what each sentence is about."""

    def __init__(self, doc_vocab: Folds, topics: TopicRules, headings: Headings) -> None:
        self.folds = doc_vocab
        self.topics = topics
        self.headings = headings

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        found: list[Span] = []
        cues: list[Span] = []
        for sentence, topics in self.predict(doc):
            for theme, places in topics.cues.items():
                found.append(Span(doc, sentence.start, sentence.end, label=theme))
                cues += [sentence.span(doc, start, end, theme) for start, end in places]
        doc.spans["themes"] = found
        doc.spans["theme_cues"] = cues
        return doc

    def predict(self, doc: Doc) -> Iterator[tuple[Sentence, Topics]]:
        """The topics of every sentence."""
        place = self.headings.place(*doc.user_data.get("place", ("", "", "paragraph")))
        if place.stance == "silent":
            return
        before = None
        for sentence in sentences(doc, self.folds, marks=False):
            before = self.topics.read(sentence.words, place.setting, before)
            yield sentence, before


class PolarityTagger:
    """Finds what each sentence says of its themes."""

    def __init__(self, doc_vocab: Folds, lexicon: Lexicon, headings: Headings) -> None:
        self.folds = doc_vocab
        self.lexicon = lexicon
        self.headings = headings

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        about = {span.start for span in doc.spans.get("themes", ())}
        found: list[Span] = []
        cues: list[Span] = []
        stance = self.headings.place(*doc.user_data.get("place", ("", "", "paragraph"))).stance
        before: Polarity | None = None
        everything = list(sentences(doc, self.folds, marks=True))
        for sentence in everything:
            matches = longest(self.lexicon.find(sentence.words))
            verdict = judge(sentence.words, matches)
            before = settle(verdict.polarity, stance, before, alone=len(everything) == 1)
            if sentence.start in about:
                found.append(Span(doc, sentence.start, sentence.end, label=before))
                cues += [
                    sentence.span(doc, s.start, s.end, "strength" if s.value > 0 else "concern")
                    for s in verdict.signs
                ]
        doc.spans["polarity"] = found
        doc.spans["polarity_cues"] = cues
        return doc


class TimingTagger:
    """Finds of what time each sentence speaks."""

    def __init__(self, doc_vocab: Folds, lexicon: Lexicon) -> None:
        self.folds = doc_vocab
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        about = {span.start for span in doc.spans.get("themes", ())}
        found: list[Span] = []
        cues: list[Span] = []
        for sentence in sentences(doc, self.folds, marks=False):
            if sentence.start in about:
                timing, cue = when(longest(self.lexicon.find(sentence.words)))
                found.append(Span(doc, sentence.start, sentence.end, label=timing))
                if cue:
                    cues.append(sentence.span(doc, cue.start, cue.end, timing))
        doc.spans["timing"] = found
        doc.spans["timing_cues"] = cues
        return doc


@Language.factory("textmine_sentences", default_config=rules("sentences"))
def make_sentences(nlp: Language, name: str, titles: list[str], abbreviations: list[str]) -> SentenceSplitter:
    """The sentence splitter."""
    del nlp, name
    return SentenceSplitter(titles, abbreviations)


@Language.factory("textmine_themes", default_config={"headings": rules("settings"), "themes": []})
def make_themes(nlp: Language, name: str, headings: Config, themes: list[Config]) -> ThemeTagger:
    """The theme tagger; `themes` are the themes' fields."""
    del name
    known = {field.name for field in fields(Theme)}
    made = [Theme(**{key: value for key, value in theme.items() if key in known}) for theme in themes]
    groups = headings["groups"]
    phrases = {
        phrase
        for theme in made
        for group in (theme.phrases, theme.common, theme.weak, theme.exclusions, *(p for _, p in theme.within))
        for phrase in group
    } | {phrase for group in groups.values() for phrase in group}
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    parts = {phrase: phrase_words(tokenizer, phrase) for phrase in phrases}
    return ThemeTagger(Folds(nlp.vocab.strings), TopicRules(made, parts, groups), Headings(headings))


@Language.factory(
    "textmine_polarity", default_config={"headings": rules("settings"), "cues": rules("polarity")}
)
def make_polarity(nlp: Language, name: str, headings: Config, cues: Config) -> PolarityTagger:
    """The polarity tagger."""
    del name
    return PolarityTagger(Folds(nlp.vocab.strings), _lexicon(nlp, cues), Headings(headings))


@Language.factory("textmine_timing", default_config={"cues": rules("timing")})
def make_timing(nlp: Language, name: str, cues: Config) -> TimingTagger:
    """The timing tagger."""
    del name
    return TimingTagger(Folds(nlp.vocab.strings), _lexicon(nlp, cues))


def _lexicon(nlp: Language, cues: Config) -> Lexicon:
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    return Lexicon(
        (phrase_words(tokenizer, phrase), label) for label, phrases in cues.items() for phrase in phrases
    )
