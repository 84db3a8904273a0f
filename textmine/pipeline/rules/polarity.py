"""What a sentence says of the service: praise, blame, both or neither.

In the manner of ConText (Harkema and others, 2009): cues with a direction, a scope and an end.
Here the scope is the clause, and a clause weighs by how it is joined to the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, final

from corpus.model import Polarity

from ..tokens.records import made
from .headings import Stance
from .phrase_matcher import Match

SCOPE: Final = 7
"""How many words a negation reaches to turn praise."""

NEAR: Final = 3
"""How many words turn blame: what is further off belongs to something else."""

RELIEF: Final = 4
"""How far what a service does against a fault reaches: "mitigate the impact of these delays"."""

WHO: Final = 5
"""How many words of a clause on people tell who they are: "children who are missing education"."""


SENTENCE: Final = 5
"""Fewer words than these do not make a second sentence beside a list item."""


class Sign(NamedTuple):
    """Praise (+1) or blame (-1), and the words `[start, end)` that say so.

    `firm` blame is not turned by what follows: "too many children are", then "not seen".
    """

    value: int
    start: int
    end: int
    firm: bool = False

    @property
    def label(self) -> Polarity:
        """The polarity that it speaks for."""
        return "strength" if self.value > 0 else "concern"


@final
class Clause:
    """The signs of a clause; `minor` for one that the sentence concedes."""

    __slots__ = ("minor", "signs")

    def __init__(self, *, minor: bool) -> None:
        self.minor = minor
        self.signs: list[Sign] = []

    @property
    def value(self) -> int:
        """Blame outweighs praise: a clause that mentions a fault is about the fault."""
        return min([sign.value for sign in self.signs], default=0)


class Verdict(NamedTuple):
    """The polarity of a sentence by its own words (None: they do not say) and what said it."""

    polarity: Polarity | None
    signs: tuple[Sign, ...]


def clauses(breaks: Sequence[tuple[int, str]], cues: Sequence[Match]) -> list[Clause]:
    """The clauses of a sentence with their signs, negation applied.

    `breaks` are commas and stronger marks, each with the number of the word that follows it.
    """
    reader = _Reader()
    passed = 0
    for cue in cues:
        while passed < len(breaks) and breaks[passed][0] <= cue.start:
            reader.pause(breaks[passed][1])
            passed += 1
        reader.cue(cue)
    reader.close()
    return reader.clauses


def judge(found: Sequence[Clause], cues: Sequence[Match]) -> Verdict:
    """The verdict of a sentence's own words: of its clauses, and of its cues that stand for all."""
    asked = [
        Sign(-1, start, end)
        for label, start, end in cues
        if label == "demand" or (label == "order" and start == 0)
    ]
    if asked:
        return Verdict("concern", tuple(asked))
    weighty = [c for c in found if c.signs and not c.minor] or [c for c in found if c.signs]
    if not weighty:
        kinds = {cue.label for cue in cues}
        if "wish" in kinds:
            return Verdict(
                "concern", tuple(Sign(-1, c.start, c.end) for c in cues if c.label == "wish")
            )
        return Verdict("neutral" if "neutral" in kinds else None, ())
    signs = tuple([sign for clause in weighty for sign in clause.signs])
    values = [clause.value for clause in weighty]
    if values[-1] < 0 or all(value < 0 for value in values):
        return Verdict("concern", tuple(s for s in signs if s.value < 0))
    if any(value < 0 for value in values):
        return Verdict("mixed", signs)
    return Verdict("strength", signs)


def decided_by_place(stance: Stance, *, alone: bool) -> bool:
    """Whether a passage is a concern whatever its words: the one sentence of an item to improve."""
    return stance == "concern" and alone


def settle(
    verdict: Polarity | None, stance: Stance, before: Polarity | None, *, alone: bool
) -> Polarity:
    """The polarity with the place of the sentence taken into account.

    Words that do not judge go with the sentence before, then with the heading.
    """
    if decided_by_place(stance, alone=alone):
        return "concern"
    return verdict or before or ("concern" if stance in {"concern", "doubt"} else "strength")


@final
class _Reader:
    """Walks through a sentence once and gathers its clauses."""

    def __init__(self) -> None:
        self.clauses = [Clause(minor=False)]
        self.negation: Match | None = None
        self.used = self.twice = False
        self.relief: Match | None = None
        self.people: int | None = None
        self.aim = False

    def pause(self, mark: str) -> None:
        """A comma ends what is conceded and what is negated; a stronger mark ends the clause."""
        clause = self.clauses[-1]
        if mark != "," or (clause.minor and clause.signs):
            self.begin(minor=False)
        else:
            self._drop_negation()

    def begin(self, *, minor: bool) -> None:
        self._drop_negation()
        self.relief = self.people = None
        self.aim = False
        self.clauses.append(Clause(minor=minor))

    def cue(self, cue: Match) -> None:
        if self.people is not None and cue.start > self.people:
            self.begin(minor=False)
        label = cue.label
        if label in {"good", "bad", "many", "trouble"}:
            self._sign(cue)
        elif label in {"turn", "concession", "condition", "who"}:
            self.begin(minor=label != "turn")
            self.people = cue.end + WHO if label == "who" else None
        elif label in {"not", "no"}:
            self._negate(cue)
        elif label == "relief":
            self.relief = cue
        elif label == "be":
            self.relief = None
        elif label in {"neutral", "wish"}:
            self.aim = True
        elif label in {"rare", "unlike"}:
            self._look_back(cue)
        elif label == "some":
            self.clauses[-1].signs.append(Sign(-1, cue.start, cue.end, firm=True))

    def _look_back(self, cue: Match) -> None:
        """Turns what stands before: "delays are rare", "challenge is rarely evident"."""
        signs = self.clauses[-1].signs
        if signs and not signs[-1].firm:
            value = 1 if cue.label == "unlike" else -signs[-1].value
            signs[-1] = Sign(value, signs[-1].start, cue.end)
        elif cue.label == "rare":
            self._negate(cue)

    def _negate(self, cue: Match) -> None:
        """A second negation undoes the first: "no examples of children left without help"."""
        first = self.negation
        if first and first.label == "no" and not self.used and cue.start - first.end <= SCOPE:
            self.twice = True
            return
        self._drop_negation()
        self.negation, self.used = cue, False

    def _sign(self, cue: Match) -> None:
        value = 1 if cue.label == "good" else -1
        start = cue.start
        negation = self.negation
        relief = self.relief
        if value < 0 and relief is not None and start - relief.end <= RELIEF:
            value = 1  # what a service does against a fault; it may not do so: "has not prevented"
            reach = SCOPE if negation and negation.end <= relief.start else 0
        elif value < 0:
            reach = SCOPE if negation and negation.label == "no" else NEAR
        else:
            reach = SCOPE
        if negation and start - negation.end <= reach:
            value = value if self.twice else -value
            start, self.used = negation.start, True
            if value > 0:
                self.negation = None  # what is ruled out is ruled out: the rest stands for itself
        elif cue.label == "trouble":
            return
        if value < 0 or not self.aim:
            firm = value < 0 and cue.label == "many"
            self.clauses[-1].signs.append(made(Sign, (value, start, cue.end, firm)))

    def _drop_negation(self) -> None:
        """A negation that met nothing to turn is blame itself: "children are not seen alone"."""
        if self.negation and not self.used:
            value = 1 if self.twice else -1
            self.clauses[-1].signs.append(Sign(value, self.negation.start, self.negation.end))
        self.negation, self.twice = None, False

    def close(self) -> None:
        self._drop_negation()
