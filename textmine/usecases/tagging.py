"""Use cases of trying and measuring the tagger on texts outside a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..evaluation.scoring import GoldPassage, Prediction, Score, read_gold, score
from ..pipeline import Encoder, Tagger, TagInput
from ..themes import load_themes
from ..themes.lint import lint


def tagger_of(themes: Path | None = None, *, encoder: bool = False) -> Tagger:
    """A tagger with these themes; raises UsageError where the encoder is not installed."""
    return Tagger(load_themes(themes), encoder=Encoder.shipped() if encoder else None)


def tagged(
    passages: Sequence[GoldPassage], themes: Path | None = None, *, encoder: bool = False
) -> Iterator[list[Prediction]]:
    """The findings of coded passages."""
    inputs = (TagInput(p.text, p.kind, p.section) for p in passages)
    for found in tagger_of(themes, encoder=encoder).tag(inputs):
        yield [Prediction(f.start, f.end, f.theme, f.polarity, f.timing, f.score) for f in found]


def evaluate(gold: Path, themes: Path | None = None, *, encoder: bool = False) -> Score:
    """Scores of findings against sentences coded by hand."""
    passages = read_gold(gold)
    return score(passages, tagged(passages, themes, encoder=encoder))


class ThemeTrial(NamedTuple):
    """A sentence of a text that was tried, a theme of it, and the words that named it."""

    sentence: str
    theme: str
    words: str


def try_themes(text: str, kind: str, section: str, path: Path | None = None) -> list[ThemeTrial]:
    """The themes of a text's sentences."""
    [found] = Tagger(load_themes(path)).tag([TagInput(text, kind, section)])
    return [
        ThemeTrial(
            text[one.start : one.end],
            one.theme,
            "; ".join(text[c.start : c.end] for c in one.cues if c.kind == "theme"),
        )
        for one in found
    ]


def lint_themes(path: Path | None = None) -> list[str]:
    """Complaints about the shipped themes, or those of the user's file.

    Their examples are read by the rules alone.
    """
    every = load_themes(path)
    own = every if path is None else every[len(load_themes()) :]
    tagger = Tagger(every, learned=False)

    def find(text: str, kind: str, heading: str) -> set[str]:
        [found] = tagger.tag([TagInput(text, kind, heading)])
        return {one.theme for one in found}

    return list(lint(own, find))
