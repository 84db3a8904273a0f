"""The spaCy component that weighs what the rules read and finds what they missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from .components import PlainCue, Sentence
from .rules import rules
from .settings import Headings
from .theme_evidence import Shown, Spot, evidence, short_kind
from .theme_model import ThemeModel, shipped
from .topics import Topics

BATCH = 128
"""Passages weighed at once: the sums are quick, calling for them is not."""

Reading = tuple[Sentence, Topics]


def shown_by(doc: Doc, read: Sequence[Reading], headings: Headings) -> Shown:
    """What a passage shows, sentence by sentence."""
    kind, heading, passage_kind = doc.user_data.get("place", ("", "", "paragraph"))
    spot = Spot(short_kind(kind), heading, headings.place(kind, heading, passage_kind))
    sentences = [
        evidence(number, sentence.words, topics) for number, (sentence, topics) in enumerate(read)
    ]
    return Shown(spot, sentences)


class LearnedThemes:
    """Decides anew on the themes that the model knows; others stay as the rules found them."""

    def __init__(self, model: ThemeModel, headings: Headings) -> None:
        self.model = model
        self.headings = headings
        self.known = frozenset(model.themes)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate documents, many at once."""
        docs = iter(stream)
        while batch := list(islice(docs, min(batch_size, BATCH))):
            read = [doc.user_data.pop("readings", []) for doc in batch]
            shown = [
                shown_by(doc, some, self.headings) for doc, some in zip(batch, read, strict=True)
            ]
            verdicts = self.model.judge(shown)
            for doc, some, found in zip(batch, read, verdicts, strict=True):
                self._write(doc, some, found)
                yield doc

    def _write(
        self, doc: Doc, read: Sequence[Reading], verdicts: Sequence[dict[str, float]]
    ) -> None:
        """The themes in the place of the rules'; what a weak phrase named becomes a cue."""
        themes: list[tuple[int, int, str]] = []
        cues: list[PlainCue] = []
        for (sentence, topics), verdict in zip(read, verdicts, strict=True):
            if topics.reference:
                continue
            stay = [theme for theme in topics.cues if theme in verdict or theme not in self.known]
            new = [theme for theme in verdict if theme not in topics.cues]
            themes += [(sentence.start, sentence.end, theme) for theme in (*stay, *new)]
            for theme in new:
                places = next((named[theme] for named in topics.named if theme in named), [])
                cues += [sentence.cue("theme", theme, start, end) for start, end in places]
        doc.user_data["themes"] = themes
        doc.user_data.setdefault("cues", []).extend(cues)

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save the weights."""
        del exclude
        path.write_bytes(self.model.save())

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> LearnedThemes:
        """Take over weights that were saved."""
        del exclude
        self.model = ThemeModel.load(path.read_bytes())
        self.known = frozenset(self.model.themes)
        return self


@Language.factory("textmine_learned_themes", default_config={"headings": rules("settings")})
def make_learned_themes(nlp: Language, name: str, headings: dict[str, object]) -> LearnedThemes:
    """The component, with the weights that come with the program."""
    del nlp, name
    return LearnedThemes(ThemeModel.load(shipped()), Headings(headings))
