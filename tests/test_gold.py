"""The invented paragraphs are in good order: ranges, labels, and enough of every theme."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from corpus.model import Polarity, Timing
from textmine.themes import load_themes

PATH = Path(__file__).parent / "gold" / "invented.jsonl"
ROWS = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]
LABELS = [label for row in ROWS for label in row["labels"]]


def test_there_are_enough_sentences_and_no_paragraph_twice() -> None:
    assert len(LABELS) >= 600
    assert len({row["id"] for row in ROWS}) == len({row["text"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_sentences_cover_their_paragraph(row) -> None:
    end = 0
    assert len(row["sentences"]) == len(row["labels"])
    for start, stop in row["sentences"]:
        assert not row["text"][end:start].strip()
        assert row["text"][start:stop].strip() == row["text"][start:stop] != ""
        end = stop
    assert end == len(row["text"])


def test_every_theme_and_value_is_taught() -> None:
    themes = Counter(theme for label in LABELS for theme in label["themes"])
    assert set(themes) == {theme.id for theme in load_themes()}
    assert min(themes.values()) >= 6
    for key, values in (("polarity", get_args(Polarity)), ("timing", get_args(Timing))):
        given = Counter(value for label in LABELS for value in label[key])
        assert set(given) == set(values)
        assert min(given.values()) >= 6
