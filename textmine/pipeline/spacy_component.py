"""The tagger as one spaCy component, for pipelines of other people's making.

    nlp = spacy.blank("en")
    nlp.add_pipe("textmine")
    nlp("Caseloads are too high.")._.findings

It reads a document's text. The kind of document and the heading above it, where they are known, are
given in `doc.user_data["textmine_place"]` before the component runs: `(kind, heading)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from itertools import islice
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from corpus.model import Cue

from ..themes import Theme, load_themes
from .batch import BATCH, TagInput
from .findings import Tagged
from .learned.weights import shipped
from .tagger import WEIGHTS, Tagger
from .tokens.tokenizer import SpacyTokenizer

FOUND: Final = "textmine"
"""Where the findings are kept: plain lists, which spaCy can pass between processes."""
PLACE: Final = "textmine_place"


def findings(doc: Doc) -> tuple[Tagged, ...]:
    """What was found in a document; `doc._.findings` is the same."""
    rows: Sequence[Sequence[Any]] = doc.user_data.get(FOUND, ())
    return tuple(
        Tagged._make(row)._replace(cues=tuple(Cue._make(cue) for cue in row[5])) for row in rows
    )


if not Doc.has_extension("findings"):
    Doc.set_extension("findings", getter=findings)


class TextmineComponent:
    """Writes the findings of a document's text into it."""

    def __init__(self, nlp: Language, themes: Sequence[Theme]) -> None:
        self.themes = themes
        self.tokenizer = SpacyTokenizer(nlp.tokenizer)
        self.weights = {name: shipped(name) for name in WEIGHTS}
        self.tagger = Tagger(themes, tokenizer=self.tokenizer)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate documents, many at once."""
        waiting = iter(stream)
        while docs := list(islice(waiting, min(batch_size, BATCH))):
            given = [TagInput(doc.text, *doc.user_data.get(PLACE, ("", ""))) for doc in docs]
            for doc, found in zip(docs, self.tagger.tag(given), strict=True):
                doc.user_data[FOUND] = [
                    [*one[:5], [list(c) for c in one.cues], *one[6:]] for one in found
                ]
                yield doc

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Save the weights; themes are in the pipeline's configuration."""
        del exclude
        path.mkdir(exist_ok=True)
        for name, data in self.weights.items():
            (path / f"{name}.npz").write_bytes(data)

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> TextmineComponent:
        """Take over weights that were saved."""
        del exclude
        self.weights = {name: (path / f"{name}.npz").read_bytes() for name in WEIGHTS}
        self.tagger = Tagger(self.themes, tokenizer=self.tokenizer, weights=self.weights)
        return self


def _tuples(value: Any) -> Any:
    """The value, with tuples for the lists that a saved configuration has in their place."""
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


@Language.factory("textmine", default_config={"themes": []})
def make_textmine(nlp: Language, name: str, themes: list[dict[str, Any]]) -> TextmineComponent:
    """The component; `themes` are the fields of themes, the shipped ones where there are none."""
    del name
    known = {field.name for field in fields(Theme)}
    own = [Theme(**{k: _tuples(v) for k, v in theme.items() if k in known}) for theme in themes]
    return TextmineComponent(nlp, own or load_themes())


def config_of(themes: Sequence[Theme]) -> dict[str, Any]:
    """The component's configuration for these themes."""
    return {"themes": [asdict(theme) for theme in themes]}
