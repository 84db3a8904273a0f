"""What the learned model of polarity looks at: the rules' reading, its parts, and the words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias, final

from corpus.model import Polarity, Timing

from ..rules.headings import Place
from ..rules.phrase_matcher import Match
from ..rules.polarity import clauses, decided_by_place, judge, settle
from .linear_model import Linear
from .theme_features import short_kind

TOLD: Final = frozenset({"good", "bad", "many", "not", "no", "relief"})
"""Cues that the signs tell of: counted again they would undo a negation."""


WEIGHTY: Final = 2
"""How many words are shown where what was learned outweighs the rules."""


class Context(NamedTuple):
    """Where a sentence stands."""

    place: Place
    kind: str
    first: bool
    alone: bool
    before: Polarity | None
    """What the rules said of the sentence before."""
    timing: Timing


Around: TypeAlias = tuple[Polarity | None, Polarity, Context, int]
"""What the words say, what the rules say, where, and how long the sentence is, in eights."""

Form: TypeAlias = tuple[str, int, int, int, int]
"""The order of praise and blame, and how often each is there: in main clauses, then in others."""


@final
class Reading:
    """What the rules make of a sentence: its words, marks, cues, and where it stands."""

    __slots__ = ("clauses", "context", "cues", "rule", "verdict", "words")

    def __init__(
        self,
        words: Sequence[str],
        breaks: Sequence[tuple[int, str]],
        cues: Sequence[Match],
        context: Context,
    ) -> None:
        self.words = words
        self.cues = cues
        self.context = context
        self.clauses = clauses(breaks, cues)
        self.verdict = judge(self.clauses, cues)
        self.rule: Polarity = settle(
            self.verdict.polarity, context.place.stance, context.before, alone=context.alone
        )

    @property
    def is_by_place(self) -> bool:
        """Whether it is a concern by its place alone, whatever its words."""
        return decided_by_place(self.context.place.stance, alone=self.context.alone)

    @property
    def around(self) -> Around:
        """What the rules say, and where: what `around_names` tells."""
        length = min(5, len(self.words) // 8)
        return self.verdict.polarity, self.rule, self.context, length

    def cues_of(self, polarity: Polarity, model: Linear) -> list[tuple[int, int]]:
        """The words that spoke for the polarity: the rules' signs, and what outweighed them."""
        signs = [(s.start, s.end) for s in self.verdict.signs]
        if polarity == self.rule:
            return signs
        fitting = [(s.start, s.end) for s in self.verdict.signs if s.label == polarity]
        wanted, instead = model.labels.index(polarity), model.labels.index(self.rule)
        gains = [
            (row[wanted] - row[instead], place)
            for place, row in enumerate(map(model.weights.get, self.words))
            if row and row[wanted] > row[instead] and not _within(place, signs)
        ]
        best = sorted(gains, reverse=True)[:WEIGHTY]
        return fitting + sorted((place, place + 1) for _, place in best)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def said_by(reading: Reading) -> tuple[Form, set[str], list[tuple[int, int]]]:
    """What the signs of a sentence say: their form, their names, and the words of each."""
    words = reading.words
    spans: list[tuple[int, int]] = []
    names: set[str] = set()
    shape = ""
    praise, blame = [0, 0], [0, 0]
    for clause in reading.clauses:
        if clause.signs:
            minor = clause.minor
            rank = "m" if minor else "M"
            blamed = blame[minor]
            for value, start, end, _ in clause.signs:
                if value < 0:
                    blame[minor] += 1
                else:
                    praise[minor] += 1
                text = words[start] if end == start + 1 else _short(words[start:end])
                names.add(f"{rank}{value}={text}")
                spans.append((start, end))
            shape += rank + ("-" if blame[minor] > blamed else "+")
    return (shape[:8], praise[0], blame[0], praise[1], blame[1]), names, spans


def features(reading: Reading) -> list[str]:
    """The names of the features that a sentence has: those with "=" are ours, the rest words.

    `weigher.py` sums their weights for many sentences at once.
    """
    form, names, spans = said_by(reading)
    rest = list(reading.words)
    for start, end in spans:
        rest[start:end] = [""] * (end - start)
    return [
        *around_names(*reading.around),
        *form_names(*form),
        *{f"cue={cue.label}" for cue in reading.cues if cue.label not in TOLD},
        *names,
        *{word for word in rest if word},
    ]


@lru_cache(maxsize=4096)
def around_names(
    said: Polarity | None, rule: Polarity, context: Context, length: int
) -> tuple[str, ...]:
    """What the rules say, and where: few combinations, made again and again."""
    place, kind = context.place, short_kind(context.kind)
    return (
        "=",
        f"rule={rule}",
        f"rule={rule}/{place.grade}",
        f"said={said}",
        f"said={said}/{place.stance}/after {context.before}",
        f"said={said}/{place.grade}",
        f"said={said}/{kind}",
        f"said={said}/{context.timing}",
        f"said={said}/{'first' if context.first else 'later'}",
        f"setting={place.setting}",
        f"kind={kind}",
        f"stance={place.stance}/{_company(context)}",
        f"length={length}",
    )


@lru_cache(maxsize=4096)
def form_names(shape: str, praise: int, blame: int, conceded: int, minor: int) -> tuple[str, ...]:
    """How many signs there are, and in what order clauses praise and blame."""
    return (
        *(["=signs"] if shape else []),
        f"shape={shape}",
        f"main={min(3, praise)},{min(3, blame)}",
        f"minor={min(2, conceded)},{min(2, minor)}",
    )


def _company(context: Context) -> str:
    """Whether the sentence is all there is: without a heading it is mostly an item of a list."""
    if not context.alone:
        return ""
    return "alone" if context.place.headed else "alone, without heading"


def _short(words: Sequence[str]) -> str:
    """The words of a sign; of many words the first and the last."""
    return " ".join(words if len(words) < 4 else (words[0], "_", words[-1]))
