"""The spaCy components: they join the algorithms and the rule data, and write annotations.

Everything a component knows is in its configuration, so that a pipeline can be saved, loaded and
run in several processes. What passes between them, all of it plain data:

- `doc.user_data["place"]`: what is known from outside: kind of document, heading, kind of passage;
- `doc.user_data["sentences"]`: the sentences in folded words, made once for all;
- `doc.user_data["themes"]`: each sentence's first token, its end, and a theme it is about;
- `doc.user_data["polarity"]`, `doc.user_data["timing"]`: labels by a sentence's first token;
- `doc.user_data["scope"]`: extent and aspect by a sentence's first token;
- `doc.user_data["cues"]`: the words that decided.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from spacy.language import Language
from spacy.tokens import Doc

from corpus.model import Polarity, Timing
from textmine.themes import Theme

from .evidence import Context, Reading, read
from .lexicon import Lexicon, longest
from .linear import Linear
from .polarity import SENTENCE
from .rules import rules
from .scope import labelled, reach
from .sentences import sentence_starts
from .settings import Headings
from .timing import when
from .topics import TopicRules, Topics
from .words import BREAKS, Folds, phrase_words

Config = Mapping[str, Any]

PlainCue: TypeAlias = tuple[int, str, str, int, int]
"""A sentence's first token, kind, label, and the first and the last token of the cue."""


class Sentence(NamedTuple):
    """The tokens `[start, end)`: their folded words, the token of each word, and the marks.

    A mark is told by the number of the word that follows it.
    """

    start: int
    end: int
    words: list[str]
    tokens: list[int]
    breaks: list[tuple[int, str]]

    def cue(self, kind: str, label: str, start: int, end: int) -> PlainCue:
        """The words `[start, end)` as plain data."""
        return (self.start, kind, label, self.tokens[start], self.tokens[end - 1])


PlainSentence: TypeAlias = tuple[int, int, list[str], list[int], list[tuple[int, str]]]


def sentences(doc: Doc) -> Iterator[Sentence]:
    """The sentences that the splitter has written down."""
    return map(Sentence._make, doc.user_data["sentences"])


def _about(doc: Doc) -> frozenset[int]:
    """The first tokens of the sentences that have a theme."""
    return frozenset(start for start, _, _ in doc.user_data.get("themes", ()))


class SentenceSplitter:
    """Marks the first token of every sentence, and writes down its words."""

    def __init__(self, folds: Folds, titles: Sequence[str], abbreviations: Sequence[str]) -> None:
        self.folds = folds
        self.titles = frozenset(titles)
        self.abbreviations = frozenset(abbreviations)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        firsts = self.predict(doc)
        if firsts:
            doc[-1].is_sent_start = False  # without one False, spaCy does not see one sentence
        for first in firsts:
            doc[first].is_sent_start = True
        doc.user_data["sentences"] = self.write(doc, firsts)
        return doc

    def predict(self, doc: Doc) -> list[int]:
        """The first token of every sentence."""
        # doc.text puts the text together anew from its tokens: a fifth of all the time.
        text = doc.user_data.get("text") or doc.text
        starts = sentence_starts(text, self.titles, self.abbreviations)
        places = doc.to_array("IDX").tolist()
        firsts = (bisect_left(places, start) for start in starts[1:])
        begun = [0] if len(doc) else []
        return list(dict.fromkeys([*begun, *(first for first in firsts if first < len(doc))]))

    def write(self, doc: Doc, firsts: Sequence[int]) -> list[PlainSentence]:
        """The sentences as folded words."""
        folds = self.folds
        folded = [folds[key] for key in doc.to_array("LOWER").tolist()]
        marks = [token for token, word in enumerate(folded) if word in BREAKS]
        broken = {token: folded[token] for token in marks}
        for token in marks:
            folded[token] = ""
        written = []
        for start, end in pairwise([*firsts, len(doc)]):
            words = [word for word in folded[start:end] if word]
            tokens = [token for token in range(start, end) if folded[token]]
            here = marks[bisect_left(marks, start) : bisect_left(marks, end)]
            breaks = [(bisect_left(tokens, token), broken[token]) for token in here]
            written.append((start, end, words, tokens, breaks))
        return written


class ThemeTagger:
    """Finds what each sentence is about."""

    def __init__(self, topics: TopicRules, headings: Headings) -> None:
        self.topics = topics
        self.headings = headings

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        found: list[tuple[int, int, str]] = []
        cues: list[PlainCue] = []
        for sentence, topics in self.predict(doc):
            for theme, places in topics.cues.items():
                found.append((sentence.start, sentence.end, theme))
                cues += [sentence.cue("theme", theme, start, end) for start, end in places]
        doc.user_data["themes"] = found
        doc.user_data.setdefault("cues", []).extend(cues)
        return doc

    def predict(self, doc: Doc) -> Iterator[tuple[Sentence, Topics]]:
        """The topics of every sentence."""
        place = self.headings.place(*doc.user_data.get("place", ("", "", "paragraph")))
        if place.stance == "silent":
            return
        before = None
        for sentence in sentences(doc):
            topics = self.topics.read(sentence.words, place.setting, before)
            before = topics if topics.cues else before
            yield sentence, topics


class TimingTagger:
    """Finds of what time each sentence speaks."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        found: dict[int, Timing] = {}
        cues: list[PlainCue] = []
        for sentence in sentences(doc):
            timing, cue = when(longest(self.lexicon.find(sentence.words)))
            found[sentence.start] = timing
            if cue:
                cues.append(sentence.cue("timing", timing, cue.start, cue.end))
        doc.user_data["timing"] = found
        doc.user_data.setdefault("cues", []).extend(cues)
        return doc


class PolarityTagger:
    """Finds what each sentence says of its themes: rules read it, a learned model weighs that."""

    def __init__(self, lexicon: Lexicon, headings: Headings, model: Linear) -> None:
        self.lexicon = lexicon
        self.headings = headings
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        about = _about(doc)
        found: dict[int, Polarity] = {}
        cues: list[PlainCue] = []
        for sentence, reading in self.read(doc):
            if sentence.start in about:
                found[sentence.start] = polarity = reading.settle(self.model)
                cues += [
                    sentence.cue("polarity", polarity, start, end)
                    for start, end in reading.cues_of(polarity, self.model)
                ]
        doc.user_data["polarity"] = found
        doc.user_data.setdefault("cues", []).extend(cues)
        return doc

    def read(self, doc: Doc) -> Iterator[tuple[Sentence, Reading]]:
        """What the rules read in every sentence."""
        given = doc.user_data.get("place", ("", "", "paragraph"))
        place, timing = self.headings.place(*given), doc.user_data["timing"]
        before: Polarity | None = None
        everything = list(sentences(doc))
        alone = sum(len(sentence.words) >= SENTENCE for sentence in everything) <= 1
        for number, sentence in enumerate(everything):
            context = Context(place, given[0], not number, alone, before, timing[sentence.start])
            reading = read(sentence.words, sentence.breaks, self.lexicon, context)
            before = reading.rule
            yield sentence, reading

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save what was learned; the rest is in the pipeline's configuration."""
        del exclude
        path.write_text(self.model.text(), encoding="utf-8")

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> PolarityTagger:
        """Take over what was saved."""
        del exclude
        self.model = Linear.load(path)
        return self


class ScopeTagger:
    """Finds how far each finding reaches, and what about the service it judges."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        about = _about(doc)
        found: dict[int, tuple[str | None, str | None]] = {}
        cues: list[PlainCue] = []
        for sentence in sentences(doc):
            if sentence.start in about:
                extent, aspect = reach(longest(self.lexicon.find(sentence.words)))
                found[sentence.start] = (extent and extent.label, aspect and aspect.label)
                for kind, cue in (("extent", extent), ("aspect", aspect)):
                    if cue:
                        cues.append(sentence.cue(kind, cue.label, cue.start, cue.end))
        doc.user_data["scope"] = found
        doc.user_data.setdefault("cues", []).extend(cues)
        return doc


@Language.factory("textmine_sentences", default_config=rules("sentences"))
def make_sentences(
    nlp: Language, name: str, titles: list[str], abbreviations: list[str]
) -> SentenceSplitter:
    """The sentence splitter."""
    del name
    return SentenceSplitter(Folds(nlp.vocab.strings), titles, abbreviations)


@Language.factory("textmine_themes", default_config={"headings": rules("settings"), "themes": []})
def make_themes(nlp: Language, name: str, headings: Config, themes: list[Config]) -> ThemeTagger:
    """The theme tagger; `themes` are the themes' fields."""
    del name
    known = {field.name for field in fields(Theme)}
    made = [
        Theme(**{key: value for key, value in theme.items() if key in known}) for theme in themes
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
    return ThemeTagger(TopicRules(made, parts, groups, references), Headings(headings))


@Language.factory(
    "textmine_polarity", default_config={"headings": rules("settings"), "cues": rules("polarity")}
)
def make_polarity(nlp: Language, name: str, headings: Config, cues: Config) -> PolarityTagger:
    """The polarity tagger."""
    del name
    return PolarityTagger(_lexicon(nlp, cues), Headings(headings), Linear.load(name="polarity"))


@Language.factory("textmine_timing", default_config={"cues": rules("timing")})
def make_timing(nlp: Language, name: str, cues: Config) -> TimingTagger:
    """The timing tagger."""
    del name
    return TimingTagger(_lexicon(nlp, cues))


@Language.factory("textmine_scope", default_config={"cues": rules("scope")})
def make_scope(nlp: Language, name: str, cues: Config) -> ScopeTagger:
    """The tagger of extent and aspect."""
    del name
    return ScopeTagger(_lexicon(nlp, dict(labelled(cues))))


def _lexicon(nlp: Language, cues: Config) -> Lexicon:
    return Lexicon(
        (phrase_words(nlp.make_doc, phrase), label)
        for label, phrases in cues.items()
        for phrase in phrases
    )
