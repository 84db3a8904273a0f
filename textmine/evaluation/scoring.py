"""Scores of findings against sentences coded by hand.

Definitions: a finding belongs to the sentence that contains most of its range. Theme F1 is micro
F1 of (sentence, theme), without themes that only one of two coders gave; macro F1 is the mean
over themes of at least five sentences. Polarity is the share of right values where the theme is
right; for a sentence coded mixed, concern counts as right. Concern F1 is about whether a sentence
states a concern. Finding F1 is that of (sentence, theme, polarity), without sentences coded
neutral. Findings about the past count for their theme only.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from corpus.errors import DataError
from corpus.model import CONCERNS

FIGURES: Final = ("theme F1", "macro F1", "polarity", "concern F1", "timing F1", "finding F1")
COMMON: Final = 5
"""A theme of fewer coded sentences has no say in macro F1."""
RESAMPLES: Final = 400

Counts = Counter[tuple[str, ...]]


class Coded(NamedTuple):
    """A sentence coded by hand; more than one value where coders differed."""

    start: int
    end: int
    themes: frozenset[str]
    disputed: frozenset[str]
    polarity: frozenset[str]
    timing: frozenset[str]


class GoldPassage(NamedTuple):
    """A paragraph and its coded sentences; `document` groups paragraphs of one report."""

    id: str
    document: str
    kind: str
    section: str
    text: str
    sentences: tuple[Coded, ...]


class Prediction(NamedTuple):
    """A prediction of the tagger: the finding's range, and the scored values."""

    start: int
    end: int
    theme: str
    polarity: str
    timing: str
    score: float | None = None
    """How sure the tagger is."""


class Miss(NamedTuple):
    """A pair of sentence and theme that was missed, invented or misread."""

    passage: str
    kind: str
    theme: str
    said: str
    coded: str
    text: str


class Score(NamedTuple):
    """A score: counts by document, and errors."""

    documents: Mapping[str, Counts]
    misses: tuple[Miss, ...]

    def counts(self) -> Counts:
        """The counts of all documents together."""
        return sum(self.documents.values(), Counter())


def read_gold(path: Path) -> list[GoldPassage]:
    """Passages coded by hand, one JSON object a line; raises DataError with the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as coded paragraphs ({error})") from error
    passages = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                passages.append(passage_of(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                reason = f"{type(error).__name__}: {error}"
                raise DataError(
                    f"{path}, line {number}: not a coded paragraph ({reason})"
                ) from error
    if not passages:
        raise DataError(f"{path}: contains no coded paragraphs")
    return passages


def passage_of(row: Mapping[str, Any]) -> GoldPassage:
    """A coded paragraph as a file has it."""
    keys = ("themes", "disputed", "polarity", "timing")
    sentences = tuple(
        Coded(start, end, *(frozenset(label[key]) for key in keys))
        for (start, end), label in zip(row["sentences"], row["labels"], strict=True)
    )
    if not sentences:
        raise ValueError("no sentences")
    document = row.get("sha256") or row["id"]
    return GoldPassage(
        row["id"], document, row["kind"], row.get("section") or "", row["text"], sentences
    )


def score(passages: Sequence[GoldPassage], said: Iterable[Iterable[Prediction]]) -> Score:
    """Score predictions, in the order of passages."""
    documents: defaultdict[str, Counts] = defaultdict(Counter)
    misses: list[Miss] = []
    for passage, found in zip(passages, said, strict=True):
        counts = documents[passage.document]
        placed = _by_sentence(passage, found)
        for number, coded in enumerate(passage.sentences):
            _count_concern(counts, coded, placed[number])
            misses += _count_themes(counts, passage, coded, placed[number])
    return Score(documents, tuple(misses))


def _by_sentence(
    passage: GoldPassage, said: Iterable[Prediction]
) -> list[dict[str, tuple[str, str]]]:
    """For each coded sentence the themes said of it, with polarity and timing."""
    placed: list[dict[str, tuple[str, str]]] = [{} for _ in passage.sentences]
    for one in said:
        overlap = [min(one.end, s.end) - max(one.start, s.start) for s in passage.sentences]
        if max(overlap) <= 0:
            continue
        themes = placed[overlap.index(max(overlap))]
        polarity = one.polarity
        before = themes.get(one.theme, (polarity, ""))[0]
        if before != polarity and "neutral" not in {before, polarity}:
            polarity = "mixed"
        themes[one.theme] = (polarity, one.timing)
    return placed


def _count_concern(counts: Counts, coded: Coded, have: Mapping[str, tuple[str, str]]) -> None:
    concerns = coded.polarity & CONCERNS
    if concerns and coded.polarity - CONCERNS:
        return
    said = any(polarity in CONCERNS and when != "past" for polarity, when in have.values())
    truth = bool(concerns) and bool(coded.themes or coded.disputed)
    counts["concern", _outcome(said=said, truth=truth)] += 1


def _outcome(*, said: bool, truth: bool) -> str:
    return {(True, True): "tp", (True, False): "fp", (False, True): "fn"}.get((said, truth), "tn")


def _count_themes(
    counts: Counts, passage: GoldPassage, coded: Coded, have: Mapping[str, tuple[str, str]]
) -> Iterator[Miss]:
    accepted = coded.polarity | ({"concern"} if "mixed" in coded.polarity else set())
    text = passage.text[coded.start : coded.end]
    wrong = set(have) - coded.themes - coded.disputed
    for theme in sorted((coded.themes | set(have)) - coded.disputed):
        kind = _outcome(said=theme in have, truth=theme in coded.themes)
        polarity, when = have.get(theme, ("", ""))
        right = kind == "tp" and polarity in accepted
        counts["theme", theme, kind] += 1
        if kind == "tp":
            counts["timing", "tp"] += when in coded.timing and when != "current"
            counts["timing", "fp"] += when != "current" and when not in coded.timing
            counts["timing", "fn"] += "current" not in coded.timing and when not in coded.timing
        if kind == "fn":
            counts.update(("instead", theme, other) for other in wrong or {"nothing"})
        if not right:
            values = "/".join(sorted(coded.polarity))
            yield Miss(
                passage.id, kind if kind != "tp" else "misread", theme, polarity, values, text
            )
        if when == "past":
            continue
        if kind == "tp":
            counts["polarity", "right" if right else "wrong"] += 1
            counts["value", min(coded.polarity), polarity] += 1
        if "neutral" not in coded.polarity:
            counts["finding", "tp"] += right
            counts["finding", "fn"] += kind != "fp" and not right
            counts["finding", "fp"] += theme in have and polarity != "neutral" and not right


def f1(counts: Mapping[tuple[str, ...], float], *key: str) -> float:
    """F1 of the outcomes counted under the key."""
    right = counts[(*key, "tp")]
    return 2 * right / (2 * right + counts[(*key, "fp")] + counts[(*key, "fn")]) if right else 0.0


def figures(counts: Mapping[tuple[str, ...], float]) -> dict[str, float]:
    """The figures of FIGURES."""
    total: defaultdict[tuple[str, ...], float] = defaultdict(float)
    themes = sorted({key[1] for key in counts if key[0] == "theme"})
    for key, number in counts.items():
        if key[0] == "theme":
            total["theme", key[2]] += number
    coded = {t: counts["theme", t, "tp"] + counts["theme", t, "fn"] for t in themes}
    common = [f1(counts, "theme", theme) for theme in themes if coded[theme] >= COMMON]
    settled = counts["polarity", "right"] + counts["polarity", "wrong"]
    return {
        "theme F1": f1(total, "theme"),
        "macro F1": sum(common) / max(1, len(common)),
        "polarity": counts["polarity", "right"] / max(1, settled),
        "concern F1": f1(counts, "concern"),
        "timing F1": f1(counts, "timing"),
        "finding F1": f1(counts, "finding"),
    }


def by_theme(counts: Mapping[tuple[str, ...], float]) -> dict[str, float]:
    """The F1 of each theme."""
    themes = sorted({key[1] for key in counts if key[0] == "theme"})
    return {theme: f1(counts, "theme", theme) for theme in themes}


def intervals(
    documents: Mapping[str, Counts], measure: Any = figures, resamples: int = RESAMPLES
) -> dict[str, tuple[float, float]]:
    """Bootstrap 95% interval of a measure over documents, with a fixed seed."""
    chance = random.Random(0)  # noqa: S311 (no secret hangs on it)
    everything = list(documents.values())
    drawn: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(resamples):
        counts: Counts = Counter()
        for number, times in Counter(
            chance.choices(range(len(everything)), k=len(everything))
        ).items():
            for key, count in everything[number].items():
                counts[key] += times * count
        for name, value in measure(counts).items():
            drawn[name].append(value)
    cut = {name: sorted(values) for name, values in drawn.items()}
    return {
        name: (values[int(0.025 * len(values))], values[int(0.975 * (len(values) - 1))])
        for name, values in cut.items()
    }
