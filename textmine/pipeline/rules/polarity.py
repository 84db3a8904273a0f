"""What a sentence says of the service by its own words: strength, concern, both or neither.

In the manner of ConText (Harkema and others, 2009): cues with a direction, a scope and an end.
Here the scope is the clause, and a clause weighs by how it is joined to the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from corpus.model import Polarity

from .clauses import Clause, Reader, Sign
from .headings import Stance
from .phrase_matcher import Match

SENTENCE: Final = 5
"""Fewer words than these do not make a second sentence beside a list item."""

_AIM: Final = frozenset({"neutral", "wish", "demand", "order"})
_UNREAL: Final = frozenset({"would", "could", "might"})


class Verdict(NamedTuple):
    """The polarity of a sentence by its own words (None: they do not say) and what said it."""

    polarity: Polarity | None
    signs: tuple[Sign, ...]
    clear: bool = False
    """Whether the words are clearly a strength or a concern: signs of one value, none of them
    a negation that met nothing, and no contrast, condition, plan or demand. What a sentence
    concedes at its beginning, or says of an earlier time, is no contrast."""


def clauses(
    words: Sequence[str], breaks: Sequence[tuple[int, str]], cues: Sequence[Match]
) -> list[Clause]:
    """The clauses of a sentence with their signs, negation applied.

    `breaks` are commas and stronger marks, each with the number of the word that follows it.
    """
    reader = Reader(words, [place for place, _ in breaks])
    passed = 0
    for cue in cues:
        while passed < len(breaks) and breaks[passed][0] <= cue.start:
            reader.pause(*breaks[passed])
            passed += 1
        reader.cue(cue)
    reader.close()
    return reader.clauses


def judge(found: Sequence[Clause], cues: Sequence[Match], words: Sequence[str] = ()) -> Verdict:
    """The verdict of a sentence's own words: of its clauses, and of its cues that stand for all."""
    asked = [
        Sign(-1, start, end)
        for label, start, end in cues
        if label == "demand" or (label == "order" and start == 0)
    ]
    if asked:
        return Verdict("concern", tuple(asked))
    if any(clause.role == "condition" for clause in found) and not _UNREAL.isdisjoint(words):
        return Verdict("neutral", (), clear=True)
    said = [clause for clause in found if clause.signs and clause.role != "condition"]
    weighty = [clause for clause in said if clause.role == "main"] or said
    if weighty:
        return _weighed(weighty, said, plans=not _AIM.isdisjoint(cue.label for cue in cues))
    wishes = tuple(Sign(-1, cue.start, cue.end) for cue in cues if cue.label == "wish")
    if wishes:
        return Verdict("concern", wishes)
    return Verdict("neutral" if any(cue.label == "neutral" for cue in cues) else None, ())


def _weighed(weighty: Sequence[Clause], said: Sequence[Clause], *, plans: bool) -> Verdict:
    """The verdict of the clauses that count; a concern in the last outweighs those before it."""
    signs = tuple([sign for clause in weighty for sign in clause.signs])
    values = [clause.value for clause in weighty]
    beside = [c for c in said if c.role != "earlier" and not (c.role == "minor" and not c.start)]
    clear = not plans and _of_one_mind(beside)
    if values[-1] < 0:
        return Verdict("concern", tuple(s for s in signs if s.value < 0), clear)
    if any(value < 0 for value in values):
        return Verdict("mixed", signs)
    return Verdict("strength", signs, clear)


def _of_one_mind(said: Sequence[Clause]) -> bool:
    """Whether all signs say the same, and one at least is more than a bare negation."""
    signs = [sign for clause in said for sign in clause.signs]
    return len({sign.value for sign in signs}) == 1 and not all(sign.bare for sign in signs)


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
