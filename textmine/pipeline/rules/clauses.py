"""The clauses of a sentence and the signs in them: strength and concern, negation applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, final

from corpus.model import Polarity

from ..tokens.records import made
from ..tokens.vocabulary import fold
from .phrase_matcher import Match

SCOPE: Final = 7
"""How many words a negation reaches to turn a strength."""

NEAR: Final = 3
"""How many words turn a concern: what is further off belongs to something else."""

RELIEF: Final = 4
"""How far what a service does against a fault reaches: "mitigate the impact of these delays"."""

WHO: Final = 5
"""How many words of a clause on people tell who they are: "children who are missing education"."""

LIST: Final = 12
"""How many words of a list are looked through for the "or" that holds it together."""

Role: TypeAlias = Literal["main", "minor", "condition", "earlier"]
"""How a clause is joined: a minor one is conceded; a condition says when, and judges nothing;
what is said of an earlier time counts less beside what is said of now."""

_NEGATIONS: Final = frozenset({"not", "no", "lack"})
_THEN: Final = frozenset(map(fold, "was were had".split()))
_LINKS: Final = frozenset({"or", "nor"})
_PREDICATE: Final = frozenset(
    map(
        fold,
        "and but is are was were be has have had do does did will would can could should may might"
        " that which who when because so while".split(),
    )
)
"""Words that end a list of what is negated: what follows them is said for itself."""


class Sign(NamedTuple):
    """Strength (+1) or concern (-1), and the words `[start, end)` that say so.

    `firm` concern is not turned by what follows: "too many children are", then "not seen". A `bare`
    sign is a negation that met nothing to turn.
    """

    value: int
    start: int
    end: int
    firm: bool = False
    bare: bool = False

    @property
    def label(self) -> Polarity:
        """The polarity that it speaks for."""
        return "strength" if self.value > 0 else "concern"


@final
class Clause:
    """The signs of a clause, how it is joined to the sentence, and its first word."""

    __slots__ = ("role", "signs", "start")

    def __init__(self, role: Role, start: int) -> None:
        self.role: Role = role
        self.start = start
        self.signs: list[Sign] = []

    @property
    def value(self) -> int:
        """Concern outweighs strength: a clause that mentions a fault is about the fault."""
        return min([sign.value for sign in self.signs], default=0)


@final
class Reader:
    """Walks through a sentence once and gathers its clauses."""

    def __init__(self, words: Sequence[str], breaks: Sequence[int]) -> None:
        self.words = words
        self.breaks = breaks
        self.clauses = [Clause("main", 0)]
        self.negation: Match | None = None
        self.spent: Match | None = None
        """The negation that ruled something out, which a list may go on with."""
        self.used = self.twice = False
        self.relief: Match | None = None
        self.people: int | None = None
        self.thing: str | None = None
        self.aim = False
        self.now: Match | None = None
        self._readers: dict[str, Callable[[Match], None]] = {
            **dict.fromkeys(("good", "bad", "many", "trouble"), self._sign),
            **dict.fromkeys(("turn", "concession", "condition", "inverted", "who"), self._join),
            **dict.fromkeys(("not", "no", "lack"), self._negate),
            **dict.fromkeys(("rare", "unlike"), self._look_back),
            **dict.fromkeys(("rise", "fall"), self._move),
            **dict.fromkeys(("burden", "asset"), self._name),
            "now": self._turn_to_now,
        }

    def pause(self, place: int, mark: str) -> None:
        """A comma ends what is conceded and what is negated; a stronger mark ends the clause."""
        clause = self.clauses[-1]
        led = clause.role != "main" and clause.start == 0
        if mark != "," or led or (clause.role != "main" and clause.signs):
            self.begin("main", place)
        elif self._list_goes_on(place):
            self._go_on(place)
        else:
            self._drop_negation()
            self.spent = None

    def begin(self, role: Role, place: int) -> None:
        """Begin a clause."""
        self._drop_negation()
        self.relief = self.people = self.thing = self.spent = None
        self.aim = False
        self.clauses.append(Clause(role, place))

    def cue(self, cue: Match) -> None:
        """Take in a cue; cues come in the order of the words."""
        if self.people is not None and cue.start > self.people:
            self.begin("main", cue.start)
        label = cue.label
        if reader := self._readers.get(label):
            reader(cue)
        elif label == "or":
            self._go_on(cue.end)
        elif label == "relief":
            self.relief = cue
        elif label == "be":
            self.relief = None
        elif label in {"neutral", "wish"}:
            self.aim = True
        elif label == "some":
            self._add(Sign(-1, cue.start, cue.end, firm=True))

    def close(self) -> None:
        """The end of the sentence: what was wrong then, and is said to be so now, is put right."""
        self._drop_negation()
        if self.now and not self.clauses[-1].signs:
            has_concern = any(c.value < 0 for c in self.clauses if c.role == "earlier")
            if has_concern and not any(c.signs for c in self.clauses if c.role == "main"):
                self._add(Sign(1, self.now.start, self.now.end, bare=True))

    def _add(self, sign: Sign) -> None:
        self.clauses[-1].signs.append(sign)

    def _join(self, cue: Match) -> None:
        label = cue.label
        if label == "inverted" and cue.start:
            return
        condition = label == "inverted" or (label == "condition" and self.words[cue.start] == "if")
        role: Role = "condition" if condition else "main" if label == "turn" else "minor"
        self.begin(role, cue.start)
        self.people = cue.end + WHO if label == "who" else None

    def _turn_to_now(self, cue: Match) -> None:
        """What was said of an earlier time counts less beside what is said of now."""
        if _THEN.isdisjoint(self.words[: cue.start]):
            return
        ends = [*(clause.start for clause in self.clauses[1:]), cue.start]
        for clause, end in zip(self.clauses, ends, strict=True):
            if clause.role == "main" and not _THEN.isdisjoint(self.words[clause.start : end]):
                clause.role = "earlier"
        self.begin("main", cue.start)
        self.now = cue

    def _look_back(self, cue: Match) -> None:
        """Turns what stands before: "delays are rare", "challenge is rarely evident"."""
        signs = self.clauses[-1].signs
        if signs and not signs[-1].firm:
            value = 1 if cue.label == "unlike" else -signs[-1].value
            signs[-1] = Sign(value, signs[-1].start, cue.end)
        elif cue.label == "rare":
            self._negate(cue)
        elif self.thing == "burden":
            self._add(Sign(1, cue.start, cue.end))

    def _name(self, cue: Match) -> None:
        """What may rise or fall; less of a burden is a strength."""
        self.thing = cue.label
        if cue.label == "burden" and self.negation:
            self._sign(cue)

    def _move(self, cue: Match) -> None:
        """What rises or falls: a burden, something good, or a strength or concern before it."""
        if self.thing is None:
            signs = self.clauses[-1].signs
            if cue.label == "fall" and signs and not signs[-1].firm:
                signs[-1] = Sign(-signs[-1].value, signs[-1].start, cue.end)
            return
        value = 1 if (self.thing == "asset") == (cue.label == "rise") else -1
        if self.negation and cue.start - self.negation.end <= SCOPE:
            value, self.used = -1, True
        self._add(Sign(value, cue.start, cue.end))

    def _negate(self, cue: Match) -> None:
        """A second negation undoes the first: "no examples of children left without help"."""
        first = self.negation
        if first and not self.used and not self.twice and self._undoes(first, cue):
            self.twice = True
            return
        self._drop_negation()
        self.negation, self.used, self.spent = cue, False, None

    def _undoes(self, first: Match, cue: Match) -> bool:
        between = self.words[first.end : cue.start]
        if len(between) > (SCOPE if first.label == "no" else NEAR) or "and" in between:
            return False
        return first.label == "no" or cue.label == "lack"

    def _list_goes_on(self, place: int) -> bool:
        """Whether a comma stands in a list of what is negated, which an "or" holds together."""
        if not (self.negation or self.spent):
            return False
        for word in self.words[place : place + LIST]:
            if word in _LINKS:
                return True
            if word in _PREDICATE:
                return False
        return False

    def _go_on(self, place: int) -> None:
        """The negation reaches the next member of its list."""
        first = self.spent or self.negation
        if first:
            self.used = self.used or self.spent is not None
            self.negation, self.spent = Match(first.label, first.start, place), None

    def _sign(self, cue: Match) -> None:
        value = 1 if cue.label == "good" else -1
        start, negation, relief = cue.start, self.negation, self.relief
        if cue.end - start == 1 and self.words[start] == "too" and self._last(cue.end):
            return
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
            if value > 0:  # what is ruled out is ruled out: the rest stands for itself
                self.spent, self.negation = negation, None
        elif cue.label in {"trouble", "burden"}:
            return
        if value < 0 or not self.aim:
            firm = value < 0 and cue.label == "many"
            self._add(made(Sign, (value, start, cue.end, firm, False)))

    def _last(self, end: int) -> bool:
        """Whether a word is the last of its clause: "they are late, too"."""
        return end == len(self.words) or end in self.breaks

    def _drop_negation(self) -> None:
        """A negation with nothing to turn is a concern: "children are not seen alone"."""
        if self.negation and not self.used:
            value = 1 if self.twice else -1
            self._add(Sign(value, self.negation.start, self.negation.end, bare=not self.twice))
        self.negation, self.twice = None, False
