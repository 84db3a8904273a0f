"""The learned part of the themes: its weights, and how it works with the rules."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import spacy

from textmine.evaluation import scoring
from textmine.evaluation.scoring import Prediction
from textmine.pipeline import Tagger, TagInput, build_pipeline, findings
from textmine.pipeline.learned.theme_model import Batch, Passages, ThemeModel, shipped
from textmine.pipeline.tokens.vocabulary import Vocabulary
from textmine.themes import load_themes

ROOT = Path(__file__).parents[3]
GOLD = ROOT / "tests" / "gold" / "invented.jsonl"
THEMES = load_themes()
INPUTS = [
    TagInput(row["text"], row["kind"], row["section"])
    for row in map(json.loads, GOLD.read_text("utf-8").splitlines())
][:90]
RECORD = json.loads(
    resources.files("textmine").joinpath("pipeline/learned/themes.json").read_bytes()
)


@pytest.fixture(scope="module")
def tagger():
    return Tagger(THEMES)


def test_the_record_is_of_the_shipped_weights() -> None:
    assert RECORD["sha256"] == hashlib.sha256(shipped()).hexdigest()
    assert len(shipped()) < 10_000_000
    assert RECORD["cross_validated"]["model"] > RECORD["cross_validated"]["rules"]


def test_weights_are_the_same_after_saving_and_loading() -> None:
    model = ThemeModel.load(shipped(), Vocabulary())
    with np.load(BytesIO(model.save())) as saved, np.load(BytesIO(shipped())) as first:
        # Not the files: how arrays are packed depends on the version of Python and of its zlib.
        assert list(saved) == list(first)
        assert all(np.array_equal(saved[name], first[name]) for name in first)
    assert set(model.themes) <= {theme.id for theme in THEMES}


def test_only_single_words_are_kept() -> None:
    assert not [word for word in ThemeModel.load(shipped(), Vocabulary()).words.keys if " " in word]


def test_what_is_tagged_together_makes_no_difference(tagger) -> None:
    together = list(tagger.tag(INPUTS))
    assert together == [next(iter(tagger.tag([given]))) for given in INPUTS]
    assert any(together)


def test_weights_travel_with_a_saved_pipeline(tmp_path) -> None:
    nlp = build_pipeline(THEMES)
    learned = nlp.get_pipe("textmine_learned_themes")
    never = ThemeModel.load(shipped(), Vocabulary())
    learned.model = never._replace(threshold=2.0)
    nlp.to_disk(tmp_path / "saved")
    text = "Foster carers are trained well."
    assert findings(spacy.load(tmp_path / "saved")(text)) == findings(nlp(text)) == ()
    assert findings(build_pipeline(THEMES)(text))


def test_a_theme_that_was_not_learned_stays_as_the_rules_find_it(tmp_path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "- id: allotments\n  label: Allotments\n  area: leadership\n  definition: Gardens.\n"
        "  phrases: [allotment]\n  matches: [Allotments are tidy., An allotment.]\n"
        "  not_matches: [No.]\n",
        encoding="utf-8",
    )
    [found] = Tagger(load_themes(path)).tag([TagInput("Allotments are tidy.", "ilacs", "")])
    assert "allotments" in {one.theme for one in found}


def test_it_reads_invented_sentences_better_than_the_rules() -> None:
    passages = scoring.read_gold(GOLD)
    inputs = [TagInput(p.text, p.kind, p.section) for p in passages]
    reached = []
    for learned in (False, True):
        found = Tagger(THEMES, learned=learned).tag(inputs)
        said = [
            [Prediction(f.start, f.end, f.theme, f.polarity, f.timing) for f in one]
            for one in found
        ]
        counts = scoring.score(passages, said).counts()
        reached.append(scoring.figures(counts)["theme F1"])
    assert reached[1] > reached[0]


def test_sentences_know_their_neighbours_and_no_others() -> None:
    passages = Passages.of([2, 1, 3])
    values = np.arange(6, dtype=np.float32)[:, None]
    assert passages.before(values, -1)[:, 0].tolist() == [-1, 0, -1, -1, 3, 4]
    assert passages.after(values, -1)[:, 0].tolist() == [1, -1, -1, 4, 5, -1]
    assert passages.lead(values, -1)[:, 0].tolist() == [-1, 0, -1, -1, 3, 3]
    highest, mean = passages.others(values, -1)
    assert highest[:, 0].tolist() == [1, 0, -1, 5, 5, 4]
    assert mean[:, 0].tolist() == [1, 0, -1, 4.5, 4, 3.5]


def test_nothing_is_judged_of_nothing() -> None:
    assert ThemeModel.load(shipped(), Vocabulary()).judge([]) == []


@pytest.mark.slow
def test_training_repeats_itself(script) -> None:
    module = script("train_themes")
    tagger = Tagger(THEMES, learned=False)
    texts = [[row["text"].split()] for row in map(json.loads, GOLD.read_text("utf-8").splitlines())]
    vocabulary = tagger.component("textmine_sentences").vocabulary
    vectors = module.word_vectors(texts, vocabulary)
    passages = list(module.shown_in(module.paragraphs(GOLD), tagger, own=True))
    models = [module.learn(passages, vectors) for _ in range(2)]
    assert models[0].save() == models[1].save()
    assert Batch.of([p.shown for p in passages], models[0].themes).names
