"""What was learned: its weights, and how it works with the rules."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from textmine.evaluation import scoring
from textmine.evaluation.scoring import Prediction
from textmine.pipeline import Tagger, TagInput
from textmine.pipeline.learned.polarity_features import Reading
from textmine.pipeline.learned.polarity_model import CONCERN, LABELS, NEUTRAL, around, bound
from textmine.pipeline.learned.sentence_model import Ngrams
from textmine.pipeline.learned.sure_model import Claims, SureModel, Weighed, columns
from textmine.pipeline.learned.theme_model import ThemeModel
from textmine.pipeline.learned.weights import dumped, loaded, shipped
from textmine.pipeline.rule_reader import RuleReader
from textmine.pipeline.tagger import WEIGHTS, Models
from textmine.pipeline.tokens.runs import Passages
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
    resources.files("textmine").joinpath("pipeline/learned/training.json").read_bytes()
)
RULES = RuleReader(())
OTHER = 25
"""The columns of how sure a finding is, without those of what stands around."""


@pytest.fixture(scope="module")
def tagger():
    return Tagger(THEMES)


def read(*texts: str, section: str = ""):
    batch = RULES.batch([TagInput(text, "ilacs", section) for text in texts])
    return batch, RULES.readings(batch, RULES.cues(batch))


def test_the_record_is_of_the_shipped_weights() -> None:
    hashes = {name: hashlib.sha256(shipped(name)).hexdigest() for name in WEIGHTS}
    assert RECORD["sha256"] == hashes
    assert sum(len(shipped(name)) for name in WEIGHTS) < 10_000_000


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_are_the_same_after_saving_and_loading(name) -> None:
    models = Models.load({name: shipped(name) for name in WEIGHTS}, Vocabulary())
    saved, first = loaded(dumped(getattr(models, name).arrays())), loaded(shipped(name))
    # Not the files: how arrays are packed depends on the version of Python and of its zlib.
    assert list(saved) == list(first)
    assert all(np.array_equal(saved[key], first[key]) for key in first)


def test_it_knows_themes_that_there_are() -> None:
    model = ThemeModel.load(loaded(shipped("themes")), Vocabulary())
    assert set(model.themes) <= {theme.id for theme in THEMES}


def test_what_is_tagged_together_makes_no_difference(tagger) -> None:
    together = list(tagger.tag(INPUTS))
    assert together == [next(iter(tagger.tag([given]))) for given in INPUTS]
    assert any(together)


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


def test_runs_of_words_are_found_once_in_each_sentence() -> None:
    vocabulary = RULES.vocabulary
    ngrams = Ngrams.of(["visit", "visit are", "late"], vocabulary)
    batch = RULES.batch([TagInput("Visits are late. Visits are visits.", "", "")])
    groups = ngrams.groups(batch.run())
    assert groups.sizes.tolist() == [3, 2]
    assert groups.numbers.tolist() == [0, 1, 2, 0, 1]


def test_the_sentences_around_are_weighed_too() -> None:
    batch, readings = read("One came. This was. Three.", "Four.")
    scores = np.array([[4, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 9, 0, 0]], np.float32)
    given = np.array([False, False, True, False])
    seen = around(scores, given, batch, readings)
    _, own, before, after, others, lean, _, _, headed, _, flags = np.split(
        seen, [4, 8, 12, 16, 20, 24, 28, 29, 32, 54], axis=1
    )
    assert not headed.any()
    assert own[1].tolist() == [0.25] * 4
    assert own[2].tolist() == [0, 1, 0, 0], "a concern by its place"
    assert before[0].tolist() == before[3].tolist() == [0] * 4, "passages do not mix"
    assert before[1].tolist() == lean[1].tolist() == own[0].tolist()
    assert lean[2].tolist() == [0] * 4
    assert after[1].tolist() == own[2].tolist()
    assert others[1] == pytest.approx((own[0] + own[2]) / 2)
    assert flags.tolist() == [[1, 0, 1], [0, 0, 1], [0, 1, 1], [1, 1, 1]]


OPEN = [0.4, 0.4, 0.1, 0.1]
"""The chances by the sentence's own words where they tell little."""


def settled(text, chances, section="", own=OPEN) -> str:
    _, readings = read(text, section=section)
    assert isinstance(readings[0], Reading)
    around_it, by_itself = (np.array([some] * len(readings), np.float32) for some in (chances, own))
    found = bound(around_it, by_itself, readings)
    return LABELS[int(found[0].argmax())]


def test_what_is_clear_stands_against_what_is_around() -> None:
    doubtful = [0.1, 0.8, 0.05, 0.05]
    assert settled("Pathway plans are clear.", doubtful) == "strength"
    assert settled("Pathway plans are weak.", [0.8, 0.1, 0.05, 0.05]) == "concern"
    assert settled("Pathway plans have two pages.", doubtful) == "concern"
    assert settled("Pathway plans are clear, but late.", doubtful) == "concern"
    described = [0.1, 0.2, 0.1, 0.6]
    assert settled("Pathway plans are clear.", described) == "strength"
    assert settled("Pathway plans are clear.", described, own=described) == LABELS[NEUTRAL]


def test_other_words_of_the_sentence_may_speak_against_its_signs() -> None:
    doubtful = [0.1, 0.8, 0.05, 0.05]
    assert settled("Plans are clear on paper only.", doubtful, own=doubtful) == "concern"


def test_a_demand_is_never_praise() -> None:
    assert settled("Leaders should keep up the good work.", [0.9, 0.06, 0.02, 0.02]) == "concern"
    alone = settled("Good plans.", [0.9, 0.06, 0.02, 0.02], "Areas for improvement")
    assert alone == LABELS[CONCERN]


def test_a_surer_reading_makes_a_surer_finding() -> None:
    model = SureModel.load(loaded(shipped("sure")))
    batch, readings = read("Social workers visit children often.")
    around = np.zeros((1, len(model.middle) - OTHER), np.float32)
    now = np.eye(5, dtype=np.float32)[:1]
    scores = []
    for chance in (0.4, 0.97):
        left = (1 - chance) / 3
        polarity = np.array([[chance, left, left, left]], np.float32)
        claims = Claims(np.array([0]), polarity[:, 0], np.ones(1, np.float32), np.array([0]))
        shown = columns(batch, readings, claims, Weighed(polarity, around, now))
        scores += model.scores(shown).tolist()
    assert 0 < scores[0] < scores[1] < 1
