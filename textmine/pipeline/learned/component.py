"""The spaCy component that weighs what the rules read and finds what they missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from ..rules.data import rules
from ..rules.headings import NOWHERE, Headings
from ..rules.topics import Topics
from ..tokens.splitter import BATCH, batched, spoken, vocabulary_of
from ..tokens.vocabulary import Vocabulary
from .theme_features import PassageFeatures, Spot, short_kind, show
from .theme_model import ThemeModel, shipped


def shown_by(doc: Doc, headings: Headings) -> PassageFeatures:
    """What a passage shows, sentence by sentence; nothing where the rules did not read it."""
    kind, heading, passage_kind = doc.user_data.get("place", NOWHERE)
    spot = Spot(short_kind(kind), heading, headings.place(kind, heading, passage_kind))
    return show(spot, spoken(doc), doc.user_data["readings"])


class LearnedThemes:
    """Decides anew on the themes that the model knows; others stay as the rules found them."""

    def __init__(self, model: ThemeModel, headings: Headings, vocabulary: Vocabulary) -> None:
        self.model = model
        self.vocabulary = vocabulary
        self.headings = headings
        self.known = frozenset(model.themes)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate documents, many at once."""
        for docs in batched(stream, batch_size):
            read = [doc for doc in docs if doc.user_data["readings"]]
            verdicts = iter(self.model.judge([shown_by(doc, self.headings) for doc in read]))
            for doc in docs:
                if readings := doc.user_data.pop("readings"):
                    self._write(doc, readings, next(verdicts))
                yield doc

    def _write(
        self, doc: Doc, readings: Sequence[Topics], verdicts: Sequence[dict[str, float]]
    ) -> None:
        """The themes in the place of the rules'; what a weak phrase named becomes a cue."""
        themes: list[tuple[int, str]] = []
        cues = doc.user_data["cues"]
        for number, (topics, verdict) in enumerate(zip(readings, verdicts, strict=True)):
            if topics.reference:
                continue
            kept = (theme for theme in topics.cues if theme in verdict or theme not in self.known)
            themes += [(number, theme) for theme in kept]
            for theme in verdict:
                if theme not in topics.cues:
                    themes.append((number, theme))
                    places = next((named[theme] for named in topics.named if theme in named), ())
                    cues += [(number, "theme", theme, *place) for place in places]
        doc.user_data["themes"] = themes

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save the weights."""
        del exclude
        path.write_bytes(self.model.save())

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> LearnedThemes:
        """Take over weights that were saved."""
        del exclude
        self.model = ThemeModel.load(path.read_bytes(), self.vocabulary)
        self.known = frozenset(self.model.themes)
        return self


@Language.factory("textmine_learned_themes", default_config={"headings": rules("headings")})
def make_learned_themes(nlp: Language, name: str, headings: dict[str, object]) -> LearnedThemes:
    """The component, with the weights that come with the program."""
    del name
    vocabulary = vocabulary_of(nlp)
    return LearnedThemes(ThemeModel.load(shipped(), vocabulary), Headings(headings), vocabulary)
