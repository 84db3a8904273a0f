"""The encoder: its pieces, its blend with the fast models, and how a library gets it."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from corpus.errors import UsageError
from index.documents import provenance
from index.storage.database import open_read
from textmine import extras
from textmine.api import Library
from textmine.cli import cli
from textmine.ingestion.versions import Maker
from textmine.pipeline import Encoder, Tagger, TagInput
from textmine.pipeline.encoder.wordpiece import WordPiece
from textmine.pipeline.learned.blending import Blend, Opinion
from textmine.pipeline.learned.sentence_model import softmax
from textmine.themes import load_themes
from textmine.usecases import library as app

GOLD = Path(__file__).parents[2] / "gold" / "invented.jsonl"
ROWS = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()][:40]
THEMES = load_themes()
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "visit", "##s", "##ed", "re", "cafe", ".", "-"]
needs_runtime = pytest.mark.skipif(
    find_spec("onnxruntime") is None, reason="needs pip install 'textmine[encoder]'"
)


@pytest.fixture(scope="module")
def encoder():
    return Encoder.shipped()


@pytest.fixture(scope="module")
def tagger(encoder):
    return Tagger(THEMES, encoder=encoder)


@pytest.mark.parametrize(
    ("text", "pieces", "starts"),
    [
        ("Visits.", ["visit", "##s", "."], [0, 0, 6]),
        ("re-visited", ["re", "-", "visit", "##ed"], [0, 2, 3, 3]),
        ("a Café", ["[UNK]", "cafe"], [0, 2]),
        ("  ", [], []),
        ("re" + "s" * 200, ["[UNK]"], [0]),
    ],
)
def test_words_are_cut_into_the_longest_pieces(text, pieces, starts) -> None:
    found = WordPiece(PIECES)(text)
    assert [PIECES[number] for number in found.numbers] == pieces
    assert found.starts == starts


def opinion(share: float, *, read: bool = True) -> Opinion:
    """Of two sentences and two themes: sure of the first theme, of concern and of now."""
    odds = np.array([[4, -4], [4, -4]], np.float32)
    polarity = np.array([[0, 5, 0, 0]] * 2, np.float32)
    timing = np.array([[5, 0, 0, 0, 0]] * 2, np.float32)
    blend = Blend(share, share, share, 0.5, 0.5, (1, 0, 0, 0, 0, 0))
    return Opinion(odds, polarity, timing, np.array([True, read]), blend)


def test_a_share_of_nothing_changes_nothing() -> None:
    fast = np.array([0.3, 0.6], np.float32)
    told = opinion(0.0).with_themes(np.array([0, 1]), np.array([1, 0]), fast)
    assert told[[0, 1], [1, 0]] == pytest.approx(fast, abs=1e-4)
    chances = softmax(np.array([[1, 2, 3, 0.5]] * 2))
    assert opinion(0.0).with_polarity(chances) == pytest.approx(chances, abs=1e-4)


def test_both_have_their_say_where_both_have_read() -> None:
    chances = np.full((2, 4), 0.25, np.float32)
    first, second = opinion(0.5, read=False).with_polarity(chances)
    assert first.argmax() == 1
    assert second == pytest.approx(chances[1])
    themes = opinion(0.5, read=False).with_themes(
        np.array([0, 1]), np.array([0, 0]), np.array([0.5, 0.5], np.float32)
    )
    assert themes[0, 0] > 0.8
    assert themes[1, 0] == pytest.approx(0.5)


@needs_runtime
def test_it_finds_what_the_invented_sentences_say(tagger) -> None:
    given = [TagInput(row["text"], row["kind"], row["section"]) for row in ROWS]
    found = list(tagger.tag(given))
    assert sum(map(len, found)) > len(ROWS)
    assert all(0 <= one.score <= 1 for some in found for one in some)
    alone = [next(iter(tagger.tag([one]))) for one in given]
    assert alone == found  # whatever is tagged together


@needs_runtime
def test_no_grade_of_a_section_reaches_it(tagger) -> None:
    said = [
        list(
            tagger.tag(
                TagInput(row["text"], row["kind"], f"The experiences of children in care: {grade}")
                for row in ROWS
            )
        )
        for grade in ("outstanding", "good", "requires improvement to be good", "inadequate")
    ]
    assert all(one == said[0] for one in said)


@needs_runtime
def test_a_clear_sentence_stands_against_what_is_around_it(tagger) -> None:
    text = "Assessments are poor. Pathway plans are clear. Reviews of care plans are late."
    [found] = tagger.tag([TagInput(text, "ilacs_inspection", "")])
    said = {text[one.start : one.end]: one.polarity for one in found}
    assert said["Pathway plans are clear."] == "strength"


@needs_runtime
def test_long_passages_are_read_in_parts(encoder) -> None:
    tagger = Tagger(THEMES)
    text = " ".join(f"Social workers visit children in home {n} often." for n in range(120))
    endless = "visits " * 900
    batch = tagger.rules.batch([TagInput(text, "ilacs", ""), TagInput(endless, "ilacs", "")])
    told = encoder.read(batch, [False, False])
    assert told.read.all()
    assert np.isfinite(told.themes).all()
    assert not encoder.read(batch, [True, True]).read.any()


def test_the_record_is_of_what_ships() -> None:
    folder = resources.files("textmine").joinpath("pipeline/encoder")
    record = json.loads(folder.joinpath("training.json").read_bytes())
    for name, digest in record["sha256"].items():
        assert hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() == digest
    assert "Apache" in folder.joinpath("NOTICE.md").read_text("utf-8")


def test_without_onnxruntime_one_line_says_what_to_install(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="textmine\\[encoder\\]"):
        Encoder.shipped()
    file = tmp_path / "letter.txt"
    file.write_text("Leaders are good.", encoding="utf-8")
    for command in (["refresh"], ["ingest", str(file)]):
        done = CliRunner().invoke(
            cli, [*command, "--encoder", "--library", str(tmp_path / "library")]
        )
        assert done.exit_code == UsageError.exit_code
        assert "the encoder needs onnxruntime: run pip install 'textmine[encoder]'" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@needs_runtime
def test_a_library_is_tagged_again_and_says_by_what(tmp_path) -> None:
    file = tmp_path / "letter - 3 march 2024.txt"
    file.write_text("Some children are not seen often enough.\n\nLeaders are good.", "utf-8")
    setup = app.Setup(library=tmp_path / "library")
    list(app.ingest(app.find_files([str(file)]).files, setup))
    library = Library(setup.library)
    assert not library.stale()
    assert library.stale(encoder=True).tag == (1,)
    [done] = library.refresh(encoder=True)
    assert done.result == "tagged"
    assert not library.stale(encoder=True)
    assert not library.stale()  # better than what the fast models alone would make
    with open_read(setup.library) as db:
        [(_, _, made)] = provenance.each(db)
        assert made.pipeline == Maker.of(THEMES, encoder=True).pipeline
        assert "encoder" in provenance.models(db)[made.pipeline]
