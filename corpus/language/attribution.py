"""Attribution: whom a sentence is about, the council or one of its partners.

The subject decides: the noun phrase before the main verb, after any introductory phrase. Two
bodies that act together are the partnership. If the subject is no body, the agent of a
contribution ("engagement by the police") or of a passive ("is shared by health visitors")
decides; a sentence that begins with "They" continues the subject of the one before. Every other
sentence is about the body of its section, even if it mentions a partner ("work well with
police"). The word lists are in `bodies.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from ..model import About
from . import bodies
from .sentences import sentence_starts


class Attribution(NamedTuple):
    """A stretch of a passage and the body it is about, up to the next stretch."""

    start: int
    about: About | None


def attributions(text: str, default: About | None) -> tuple[Attribution, ...]:
    """The body that each sentence of a passage is about; `default` is that of its section."""
    return tuple(_attributions(text, default))


def _attributions(text: str, default: About | None) -> Iterator[Attribution]:
    if default is None:
        yield Attribution(0, None)
        return
    rules = _rules(default)
    subject: About | None = None
    for start, end in _sentences(text):
        about, subject = rules.read(text[start:end], subject)
        yield Attribution(start, about or default)


def at(parts: Sequence[Attribution], offset: int) -> About | None:
    """The body that the sentence at an offset of the passage is about."""
    return parts[max(bisect_right(parts, offset, key=attrgetter("start")) - 1, 0)].about


def whole(text: str, default: About | None) -> About | None:
    """The body that a passage is about: `default`, unless all its sentences are about another.

    Reads no further than it must, which mostly is the first sentence.
    """
    parts = _attributions(text, default)
    first = next(parts).about
    if first == default:
        return default
    return first if all(part.about == first for part in parts) else default


_SEMICOLON: Final = re.compile(r"(?<=;)\s+(?=[A-Z‘“])")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences, and the parts between semicolons that begin like one: items of a list."""
    items = (match.end() for match in _SEMICOLON.finditer(text))
    return pairwise([0, *sorted({*sentence_starts(text)[1:], *items}), len(text)])


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


def _compiled(pattern: str) -> re.Pattern[str]:
    """Spaces in the data stand for any blank."""
    return re.compile(pattern.replace(" ", r"\s+"))


_INTRODUCED: Final = _compiled(rf"{_any(bodies.INTRODUCING)}\b[^,;:]{{0,150}}, ")
_HOW: Final = _compiled(f"{bodies.HOW} ")
_STEP: Final = _compiled(f"(?:{_any(bodies.BEFORE)}|{bodies.PEOPLE_OF}) ")
_NAME: Final = re.compile(
    rf"(?!(?:{bodies.ASKING})\b)[A-Z][\w’'.&-]*\s+"
    r"(?:(?:and|on|the|(?<=Borough )of|(?<=County )of|(?<=City )of|(?<=Isle )of)\s+(?=[A-Z]))?"
)
_JOINED: Final = _compiled(r"(?:, and|, or|,| and| or| as well as| alongside) ")
_OTHERS: Final = _compiled(rf"{_any(bodies.OTHERS)}\b")
_NOT_ITS_DOING: Final = _compiled(
    rf"(?:, [^,.]{{1,60}},|(?: and| or) (?:the )?[\w-]+)? (?:{bodies.NOT_ITS_DOING})\b"
)
_GIVES: Final = _compiled(
    rf"(?:(?!(?:{bodies.RECEIVING}) )[\w’'-]+ ){{0,6}}?{_any(bodies.CONTRIBUTION)}"
    r"(?: [\w-]+)?? (?:from|by|of|among|within) "
)
_ANSWERED: Final = _compiled(
    rf"[^,;.]{{0,60}}? (?:is|are|was|were|been)(?: [\w-]+){{0,3}}? (?:{bodies.ANSWERED})\b"
)
_DONE_BY: Final = _compiled(
    r"\b(?!(?:attended|chaired|informed|affected|enhanced|caused|evidenced|valued|praised|welcomed|respected"
    r"|regarded|perceived|appreciated|recognised|required)\b)"
    r"(?:[a-z]{2,}ed|made|seen|given|led|run|taken|written|kept|understood|known)"
    r"(?: (?:alone|together|[a-z]+ly))? by "
)
_GOES_ON: Final = _compiled(r"(?:they|their|it|its|this (?:[a-z]+ly )?(?:[a-z]+s|has|can|could))\b")
_CLAUSE: Final = re.compile(rf"{_any(bodies.CLAUSE)}\b")
_STEPS: Final = 6
"""How many words and names may stand before a body."""


class _Body(NamedTuple):
    """Bodies that act together, and where their names end."""

    about: About
    end: int


class _Rules:
    """What holds for passages that speak of `default` by their place."""

    def __init__(self, default: About) -> None:
        own = {default: bodies.SECTION_NAMES.get(default, ())}
        groups = (
            f"(?P<{about}>{'|'.join((*own.get(about, ()), *names))})"
            for about, names in bodies.BODIES.items()
        )
        self._body = _compiled(rf"(?:{'|'.join(groups)})(?![\w-])(?! (?:{bodies.NAMES_A_THING})\b)")

    def read(self, sentence: str, before: About | None) -> tuple[About | None, About | None]:
        """The body that a sentence is about, and the body that is its subject.

        None leaves it to the passage's place. `before` is the subject of the sentence before.
        """
        low = sentence.lower()
        if len(low) != len(sentence):
            return None, None
        place = _after_introduction(low)
        if _GOES_ON.match(low, place):
            # "When police attend, they listen": who "they" are is said in the sentence itself.
            about = None if _CLAUSE.match(low) else before
            return about, about
        if found := self._together(sentence, low, place):
            about = None if _NOT_ITS_DOING.match(low, found.end) else found.about
            return about, about
        if _OTHERS.match(low, _steps(low, place)):
            return None, None
        return self._partner(sentence, low, place), None

    def _partner(self, sentence: str, low: str, place: int) -> About | None:
        """The body that gives or does something, where the subject is none."""
        if gives := _GIVES.match(low, place):
            found = self._together(sentence, low, gives.end())
            return found.about if found and not _ANSWERED.match(low, found.end) else None
        done = _DONE_BY.search(low, place) if " by " in low else None
        found = self._together(sentence, low, done.end()) if done else None
        return found.about if found else None

    def _together(self, sentence: str, low: str, place: int) -> _Body | None:
        """The body at this place, or the partnership where it is joined with another."""
        found = self._one(sentence, low, place)
        while found and (joined := _JOINED.match(low, found.end)):
            other = self._one(sentence, low, joined.end())
            if other is None:
                break
            about: About = found.about if other.about == found.about else "partnership"
            found = _Body(about, other.end)
        return found

    def _one(self, sentence: str, low: str, place: int) -> _Body | None:
        for _ in range(_STEPS):
            if match := self._body.match(low, place):
                return _Body(_about(match), match.end())
            step = _STEP.match(low, place) or _NAME.match(sentence, place)
            if step is None:
                return None
            place = step.end()
        return None


@cache
def _rules(default: About) -> _Rules:
    return _Rules(default)


def _about(match: re.Match[str]) -> About:
    return next(about for about in bodies.BODIES if about == match.lastgroup)


def _after_introduction(low: str) -> int:
    place = 0
    for _ in range(2):
        match = _INTRODUCED.match(low, place) or _HOW.match(low, place)
        if match is None:
            break
        place = match.end()
    return place


def _steps(low: str, place: int) -> int:
    while match := _STEP.match(low, place):
        place = match.end()
    return place
