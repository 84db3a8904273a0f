"""The spaCy components: they join the algorithms and the rule data, and write annotations.

Everything a component knows is in its configuration, so that a pipeline can be saved, loaded and
run in several processes. What passes between them, all of it plain data:

- `doc.user_data["figures_only"]`: true where a passage's themes do not matter;
- `doc.user_data["place"]`: what is known from outside: kind of document, heading, kind of passage;
- `doc.user_data["sentences"]`: the sentences in folded words, made once for all;
- `doc.user_data["places"]`: where tokens begin, and their lengths;
- `doc.user_data["themes"]`: each sentence's first token, its end, and a theme it is about;
- `doc.user_data["found"]`: the cues of each sentence by their kind, where there is a theme;
- `doc.user_data["readings"]`: the sentences with all that the rules met, for the learned part;
- `doc.user_data["polarity"]`, `doc.user_data["timing"]`: labels by a sentence's first token;
- `doc.user_data["scope"]`: extent and aspect by a sentence's first token;
- `doc.user_data["cues"]`: the words that decided;
- `doc.user_data["figures"]`: the fields of each figure (figure_component.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from spacy.language import Language
from spacy.tokens import Doc

from corpus.model import Polarity, Timing
from textmine.themes import Theme

from .evidence import Context, Reading, read
from .lexicon import Lexicon, Match
from .linear import Linear
from .polarity import SENTENCE
from .rules import rules
from .scope import labelled, reach
from .sentences import sentence_starts
from .settings import Headings, Place
from .timing import when
from .topics import TopicRules
from .words import BREAKS, Chunks, Folds, Tokens, phrase_words

Config = Mapping[str, Any]

BATCH: Final = 128
"""Texts that are annotated together: a step for all of them costs little more than for one."""

NOWHERE: Final = ("", "", "paragraph")
"""The place of a text of which nothing is known."""

TIMING, POLARITY, SCOPE = range(3)
"""The kinds of cues in the order in which `CueFinder` gives them."""

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


def batched(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    """The documents a few at a time."""
    docs = iter(stream)
    while batch := list(islice(docs, min(size, BATCH))):
        yield batch


def sentences(doc: Doc) -> Iterator[Sentence]:
    """The sentences that the splitter has written down."""
    return map(Sentence._make, doc.user_data["sentences"])


def _about(doc: Doc) -> frozenset[int]:
    """The first tokens of the sentences that have a theme."""
    return frozenset(start for start, _, _ in doc.user_data.get("themes", ()))


class SentenceSplitter:
    """Marks the first token of every sentence, and writes down its words."""

    def __init__(
        self, folds: Folds, chunks: Chunks, titles: Sequence[str], abbreviations: Sequence[str]
    ) -> None:
        self.folds = folds
        self.chunks = chunks
        self.titles = frozenset(titles)
        self.abbreviations = frozenset(abbreviations)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document. Where it has no tokens there is only its text to read."""
        # doc.text puts the text together anew from its tokens: a fifth of all the time.
        text = doc.user_data.get("text") or doc.text
        tokens = self.folds.tokens(doc) if len(doc) else self.tokens(text)
        firsts = self.predict(text, tokens.begins)
        if len(doc):
            doc[-1].is_sent_start = False  # without one False, spaCy does not see one sentence
            for first in firsts:
                doc[first].is_sent_start = True
        doc.user_data["sentences"] = self.write(tokens.folded, firsts)
        doc.user_data["places"] = (tokens.begins, tokens.lengths)
        return doc

    def tokens(self, text: str) -> Tokens:
        """The tokens of a text."""
        return self.chunks.tokens(text) or self.folds.tokens(self.chunks.tokenizer(text))

    def predict(self, text: str, places: Sequence[int]) -> list[int]:
        """The first token of every sentence; `places` are where tokens begin."""
        starts = sentence_starts(text, self.titles, self.abbreviations)
        firsts = (bisect_left(places, start) for start in starts[1:])
        begun = [0] if places else []
        return list(dict.fromkeys([*begun, *(first for first in firsts if first < len(places))]))

    def write(self, folded: Sequence[str], firsts: Sequence[int]) -> list[PlainSentence]:
        """The sentences as folded words."""
        kept = [token for token, word in enumerate(folded) if word and word not in BREAKS]
        spoken = [folded[token] for token in kept]
        marks = [token for token, word in enumerate(folded) if word in BREAKS]
        written = []
        begin = mark = 0
        for start, end in pairwise([*firsts, len(folded)]):
            stop, last = bisect_left(kept, end, begin), bisect_left(marks, end, mark)
            tokens, words = kept[begin:stop], spoken[begin:stop]
            breaks = [(bisect_left(tokens, token), folded[token]) for token in marks[mark:last]]
            written.append((start, end, words, tokens, breaks))
            begin, mark = stop, last
        return written


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
            spoken = [self.sentences(doc) for doc in docs]
            words = [sentence.words for each in spoken for sentence in each]
            matches = iter(self.topics.find(words))
            for doc, each in zip(docs, spoken, strict=True):
                yield self.write(doc, each, matches)

    def sentences(self, doc: Doc) -> list[Sentence]:
        """The sentences that may have themes."""
        if doc.user_data.get("figures_only") or self.place(doc).stance == "silent":
            return []
        return list(sentences(doc))

    def place(self, doc: Doc) -> Place:
        """What the document's heading says."""
        return self.headings.place(*doc.user_data.get("place", NOWHERE))

    def write(self, doc: Doc, read: Sequence[Sentence], matches: Iterator[Sequence[Match]]) -> Doc:
        """The topics of the sentences, by what was found in each."""
        found: list[tuple[int, int, str]] = []
        cues: list[PlainCue] = []
        readings = []
        setting = self.place(doc).setting
        before = None
        for sentence in read:
            topics = self.topics.read(len(sentence.words), next(matches), setting, before)
            before = topics if topics.cues else before
            readings.append((sentence, topics))
            for theme, places in topics.cues.items():
                found.append((sentence.start, sentence.end, theme))
                cues += [sentence.cue("theme", theme, start, end) for start, end in places]
        doc.user_data["themes"] = found
        doc.user_data["readings"] = readings
        doc.user_data.setdefault("cues", []).extend(cues)
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
            spoken = [doc.user_data["sentences"] if doc.user_data["themes"] else () for doc in docs]
            words = [words for each in spoken for _, _, words, _, _ in each]
            found = zip(*self.lexicon.find_longest(words), strict=True)
            for doc, each in zip(docs, spoken, strict=True):
                doc.user_data["found"] = list(islice(found, len(each)))
                yield doc


def found_cues(doc: Doc, kind: int) -> list[tuple[Sentence, Sequence[Match]]]:
    """The sentences with their cues of one kind; none where the document has no theme."""
    found = doc.user_data["found"]
    return [(sentence, cues[kind]) for sentence, cues in zip(sentences(doc), found, strict=False)]


class TimingTagger:
    """Finds of what time each sentence speaks."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        found: dict[int, Timing] = {}
        cues: list[PlainCue] = []
        for sentence, matches in found_cues(doc, TIMING):
            timing, cue = when(matches)
            found[sentence.start] = timing
            if cue:
                cues.append(sentence.cue("timing", timing, cue.start, cue.end))
        doc.user_data["timing"] = found
        doc.user_data["cues"] += cues
        return doc


class PolarityTagger:
    """Finds what each sentence says of its themes: rules read it, a learned model weighs that."""

    def __init__(self, headings: Headings, model: Linear) -> None:
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
        doc.user_data["cues"] += cues
        return doc

    def read(self, doc: Doc) -> Iterator[tuple[Sentence, Reading]]:
        """What the rules read in every sentence of a document that has a theme."""
        given = doc.user_data.get("place", NOWHERE)
        place, timing = self.headings.place(*given), doc.user_data["timing"]
        before: Polarity | None = None
        everything = found_cues(doc, POLARITY)
        alone = sum(len(sentence.words) >= SENTENCE for sentence, _ in everything) <= 1
        for number, (sentence, cues) in enumerate(everything):
            context = Context(place, given[0], not number, alone, before, timing[sentence.start])
            reading = read(sentence.words, sentence.breaks, cues, context)
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

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        about = _about(doc)
        found: dict[int, tuple[str | None, str | None]] = {}
        cues: list[PlainCue] = []
        for sentence, matches in found_cues(doc, SCOPE):
            if sentence.start in about:
                extent, aspect = reach(matches)
                found[sentence.start] = (extent and extent.label, aspect and aspect.label)
                for kind, cue in (("extent", extent), ("aspect", aspect)):
                    if cue:
                        cues.append(sentence.cue(kind, cue.label, cue.start, cue.end))
        doc.user_data["scope"] = found
        doc.user_data["cues"] += cues
        return doc


@Language.factory("textmine_sentences", default_config=rules("sentences"))
def make_sentences(
    nlp: Language, name: str, titles: list[str], abbreviations: list[str]
) -> SentenceSplitter:
    """The sentence splitter."""
    del name
    return SentenceSplitter(Folds(nlp.vocab.strings), Chunks(nlp.tokenizer), titles, abbreviations)


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
            *(
                [
                    (phrase_words(nlp.make_doc, phrase), label)
                    for label, phrases in book.items()
                    for phrase in phrases
                ]
                for book in books
            )
        )
    )


@Language.factory("textmine_timing")
def make_timing(nlp: Language, name: str) -> TimingTagger:
    """The timing tagger."""
    del nlp, name
    return TimingTagger()


@Language.factory("textmine_polarity", default_config={"headings": rules("settings")})
def make_polarity(nlp: Language, name: str, headings: Config) -> PolarityTagger:
    """The polarity tagger."""
    del nlp, name
    return PolarityTagger(Headings(headings), Linear.load(name="polarity"))


@Language.factory("textmine_scope")
def make_scope(nlp: Language, name: str) -> ScopeTagger:
    """The tagger of extent and aspect."""
    del nlp, name
    return ScopeTagger()
