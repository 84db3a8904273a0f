"""The theme files, their loader, and the page that shows them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from corpus.errors import DataError
from textmine.themes import AREAS, fingerprint, load_themes

THEMES = load_themes()

GOOD = """\
- id: allotments
  label: Allotments
  area: leadership
  definition: Gardens.
  phrases: [allotment]
  matches: [Allotments are tidy., The allotment is full.]
  not_matches: [The lot is cast.]
"""


def test_every_theme_of_the_guide_is_there() -> None:
    assert len(THEMES) == len({theme.id for theme in THEMES}) == 53
    assert {theme.area for theme in THEMES} == set(AREAS)
    assert {"front-door", "permanence", "local-offer", "caseloads", "ehc-plans"} <= {
        theme.id for theme in THEMES
    }


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)
def test_phrases_are_written_once_in_plain_lower_case(theme) -> None:
    counted = (*theme.phrases, *theme.common, *theme.weak)
    assert len(set(counted)) == len(counted)
    for phrase in (*counted, *theme.exclusions):
        assert phrase == phrase.lower().strip()
        assert not re.search("[’‘“”]", phrase)


def test_a_users_file_adds_to_the_shipped_themes(tmp_path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    themes = load_themes(path)
    assert themes[:-1] == THEMES
    assert themes[-1].id == "allotments"
    assert themes[-1].phrases == ("allotment",)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (GOOD + "  colour: red\n", 8, "unknown key 'colour'"),
        (GOOD + GOOD, 8, "'allotments' already exists"),
        (GOOD.replace("allotments", "neglect"), 1, "'neglect' already exists"),
        (GOOD.replace("  label: Allotments\n", ""), 1, "'label' is missing"),
        (GOOD.replace("Gardens.", "[]"), 4, "definition must be text"),
        (GOOD.replace("[allotment]", "allotment"), 5, "phrases must be a list of texts"),
        (GOOD.replace("[allotment]", "[]"), 5, "phrases must not be empty"),
        (
            GOOD.replace("[Allotments are tidy., The allotment is full.]", "[One.]"),
            6,
            "two matches",
        ),
        (GOOD.replace("area: leadership", "area: gardens"), 3, "'gardens' must be one of"),
        (GOOD + "  within: {garden: [shed]}\n", 8, "'garden' must be one of"),
        (GOOD + "  within: [shed]\n", 8, "within must be a mapping"),
        (GOOD + "  default_in: [garden]\n", 8, "'garden' must be one of"),
        (GOOD + "  becomes: {send: sheds}\n", 8, "unknown theme 'sheds'"),
        (GOOD + "  focused_visit_topic: 3\n", 8, "focused_visit_topic must be text"),
        (GOOD + "  holds: perhaps\n", 8, "holds must be true or false"),
        (GOOD + "  label: Again\n", 1, "written twice"),
        ("id: allotments\n", 1, "expected a list of themes"),
        ("- allotments\n", 1, "a theme is a mapping"),
        (GOOD + "  weak: [one\n", 9, "not YAML"),
        ("- {id: !!python/name:os.system x}\n", 1, "could not determine a constructor"),
        ("", 1, "expected a list of themes"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_reason(tmp_path, text, line, reason) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_themes(path)
    message = str(caught.value)
    assert message.startswith(f"{path}, line {line}: ")
    assert reason in message
    assert "\n" not in message


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"- \x00"])
def test_bytes_that_are_no_text_are_refused(tmp_path, data) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(data)
    with pytest.raises(DataError, match="not YAML"):
        load_themes(path)


def test_a_missing_file_is_refused(tmp_path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_themes(tmp_path / "none.yaml")


def test_the_fingerprint_follows_the_rules_and_not_the_words_about_them() -> None:
    first, *others = THEMES
    assert fingerprint(THEMES) == fingerprint(load_themes())
    assert fingerprint([replace(first, definition="Other."), *others]) == fingerprint(THEMES)
    assert fingerprint([replace(first, phrases=("other",)), *others]) != fingerprint(THEMES)
    assert re.fullmatch("[0-9a-f]{12}", fingerprint(THEMES))


def test_themes_do_not_import_spacy() -> None:
    code = "import sys, textmine.themes as t; t.load_themes(); sys.exit('spacy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ})
