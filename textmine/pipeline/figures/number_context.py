"""A number in its clause: which words beside it say what it counts, and of when it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from corpus.model import Figure

from .numbers import MONTHS, Number, any_of

Range: TypeAlias = tuple[int, int]

SHORT: Final = 12
"""A subject that begins with a pronoun and has fewer characters than this only points back."""

NEAR: Final = 60
"""How many characters from a number the words may stand with which it is compared."""

TAIL: Final = 16
"""No word or phrase between a subject and its number has as many characters."""

_PERCENT: Final = r"\d[\d.,]*\s?(?:%|per cent)"
_STOP: Final = re.compile(r"[;:?!()\[\]]|\sbut\s|\s[–-]\s|\.(?=\s|$)|,(?=\s)")
_OF: Final = re.compile(r"\s(?:out of|of)\s(?:(?:the|their|its|our|his|her|all|these|those)\s)*|\s")
_MORE: Final = re.compile(r"\s(?:or more|or fewer|or less)\b")
_BRACKET: Final = re.compile(
    rf"\s?\((?:or |about |approximately |around )?(?:{_PERCENT}|[\d.,]+)[^()]{{0,3}}\)"
)
_SAME: Final = re.compile(rf",?\s(?:or|that is|equivalent to|equating to)\s{_PERCENT}[^,\s]*,?")
_COORDINATE: Final = re.compile(r"\)?,?\s(?:and|or)\s|\)?,\s")
_AGAIN: Final = re.compile(
    r"\b(?:or|equivalent to|equating to|that is|rate of)\s(?:(?:just|about|over)\s)?$"
)
_HOLDS: Final = re.compile(r"\s(?:of|were|was|are|is|have|had|has)\s")
_DAY: Final = rf"(?:\d{{1,2}}\s)?(?:{MONTHS})(?:\s\d{{4}})?"
_PERIOD: Final = re.compile(
    rf"""\b(?:as\s)?(?:(?:at|by|since|from|in|on|during|between|until|for|to|over|within)\s)?(?:the\s)?
    (?: {_DAY}(?:\s(?:to|and|until|–|-)\s(?:{_DAY}|date|the\stime\sof\sthe\sinspection))?
      | (?:last|past|previous|first|next|preceding)\s(?:\w+\s)?(?:days?|weeks?|months?|years?
            |quarters?|term|inspection)(?:\s(?:of|to)\s(?:\d{{4}}|date))?
      | (?:year|quarter|six\smonths|12\smonths)\s(?:ending|ended|to)\s{_DAY}
      | time\sof\s(?:the|this)\sinspection | this\syear
      | (?:19|20)\d\d(?:\s?[–/−-]\s?(?:20)?\d\d)? )\b""",
    re.VERBOSE,
)
_TIME: Final = re.compile(
    rf"19|20|{MONTHS}|last |past |previous |first |next |preceding |year |quarter |six |12 "
    "|time of |this year"
)
"""What is in every period; this is found sooner."""
_BEFORE_TIME: Final = len("as between the 31 ")
"""How many characters of a period may stand before it."""
_SAYS_WHEN: Final = re.compile(
    r"\b(?:19|20)\d\d|\b(?:year|month|week|day|quarter|time of|inspection)"
)


class Words(NamedTuple):
    """The words that shape clauses, as patterns."""

    leading: re.Pattern[str]
    """What opens a sentence before its subject, up to a comma."""
    beginning: re.Pattern[str]
    """Where a clause begins within a sentence."""
    not_counted: re.Pattern[str]
    """What cannot be the first word of what is counted."""
    tail: re.Pattern[str]
    """What stands between a subject and its number."""
    pronoun: re.Pattern[str]
    comparing: re.Pattern[str]
    may_compare: re.Pattern[str]
    """What is in everything that compares; this is found sooner."""
    compared: re.Pattern[str]
    """What may follow a word that compares."""
    opening: re.Pattern[str]
    """A bracket opens, and a number comes first in it."""
    joining: re.Pattern[str]
    """What stands between what is counted and the next number."""

    @classmethod
    def of(cls, rules: Mapping[str, Sequence[str]]) -> Words:
        """The patterns that the word lists amount to."""
        words = {name: any_of(list_) for name, list_ in rules.items()}
        some = words["qualifiers"]
        return cls(
            leading=re.compile(rf"(?:{words['leading']})\b[^,]*,\s"),
            beginning=re.compile(
                r"[;:?!()\[\]]|\s[–-]\s"
                rf"|,\s(?:{words['beginning']})(?=\s)|\s(?:where|because)(?=\s)"
                rf"|\b(?:{words['telling']})\sthat(?=\s)"
            ),
            not_counted=re.compile(rf"(?:{words['not_counted']})\b"),
            tail=re.compile(rf"(?:[\s,(–-]+|\b(?:{words['tail']}|{some}))\s*$"),
            pronoun=re.compile(rf"(?:{words['pronouns']})\b"),
            comparing=re.compile(rf",?\s(?:{words['comparing']})\b"),
            may_compare=re.compile(words["comparing"]),
            compared=re.compile(rf"\d|\b(?:{words['compared']})\b"),
            opening=re.compile(rf"\((?:a rate of |rate of |a total of |or |(?:{some}) )*$"),
            joining=re.compile(rf"\s(?:{words['joining']})\s(?:(?:{some})\s)*$"),
        )


@dataclass(slots=True)
class Clause:
    """A number in its sentence, and the figures before it."""

    printed: str
    """The passage as it stands: "Year 6" does not say when."""
    text: str
    """The passage in lower case."""
    sentence: Range
    number: Number
    followers: Sequence[int]
    """Where the numbers behind it in the sentence begin."""
    words: Words
    last: Figure | None
    """The figure before it in the sentence."""
    before: Figure | None
    """The last figure, in this sentence or an earlier one, that is the area's own."""

    floor: int = field(init=False)
    """Where the words that belong to it may begin."""
    near: str = field(init=False)
    """The words before the number, back to the figure before it."""
    behind_it: str = field(init=False)
    """The words behind the number, as far as they can matter to it."""

    def __post_init__(self) -> None:
        start, end = self.number.start, self.number.end
        self.floor = self.last.end if self.last else self.sentence[0]
        self.near = self.text[max(self.floor, start - NEAR) : start]
        self.behind_it = self.text[end : min(end + NEAR, self.sentence[1])]

    @property
    def bracketed(self) -> bool:
        """Whether the number stands first in a bracket."""
        return "(" in self.near and bool(self.words.opening.search(self.near))

    @property
    def main(self) -> Figure | None:
        """The figure that this one is set beside."""
        opens_back = self.words.pronoun.match(self.text, *self.sentence)
        return self.last or (self.before if opens_back else None)

    def counted_by_main(self) -> Range | None:
        """What the figure counts that this one is set beside."""
        main = self.main
        return (main.counts_start, main.counts_end) if main else None

    def repeats(self, last: Figure) -> bool:
        """Whether the number tells the last one once more: "85 of 92, or 87%", "a rate of"."""
        between = self.text[last.end : self.number.start]
        if self.bracketed:
            return not _COORDINATE.match(between[: between.rindex("(")])
        return bool(_AGAIN.search(between))

    def of_brackets(self) -> Range | None:
        """What a number counts that stands in brackets and does not repeat another."""
        opening = self.text.rfind("(", self.sentence[0], self.number.start)
        if self.last:
            joined = _COORDINATE.match(self.text, self.last.end, opening)
            return _trimmed(self.text, joined.end() if joined else self.last.end, opening)
        closing = self.text.find(")", self.number.end, self.sentence[1]) + 1
        if closing and (held := _HOLDS.match(self.text, closing)):
            if held.group() == " of ":
                return _trimmed(self.text, held.end(), self._stop(held.end()))
            return _trimmed(self.text, self._begin(opening), self._stop(closing))
        return _trimmed(self.text, self._begin(opening), opening)

    def rest(self) -> Range | None:
        """The rest of the clause behind the number, where that is what it counts."""
        at, end = self.number.end, self.sentence[1]
        for aside in (_MORE, _BRACKET, _SAME):
            if match := aside.match(self.text, at, end):
                at = match.end()
        link = _OF.match(self.printed, at, end)
        if not link:
            return None
        at = link.end()
        free = self.number.unit == "pounds" or link.group() != " "
        if not free and self.words.not_counted.match(self.text, at):
            return None
        found = _trimmed(self.text, at, self._compares(at, self._stop(at)))
        if found and self.last and self.words.pronoun.fullmatch(self.text, *found):
            return self.last.counts_start, self.last.counts_end
        return found

    def _compares(self, at: int, stop: int) -> int:
        """Where, from `at` to `stop`, the words begin that compare with another value."""
        if self.words.may_compare.search(self.text, at, stop):
            for cut in self.words.comparing.finditer(self.text, at - 1, stop):
                end = min(cut.end() + NEAR, self.sentence[1])
                if self.words.compared.search(self.text, cut.end(), end):
                    return cut.start()
        return stop

    def subject(self) -> Range | None:
        """The words of the clause before the number, less the verb that joins them."""
        start, end = self._begin(self.number.start), self.number.start
        while start < end and (
            match := self.words.tail.search(self.text, max(start, end - TAIL), end)
        ):
            end = match.start()
        found = _trimmed(self.text, start, end)
        if found is None:
            return self.counted_by_main()
        short = found[1] - found[0] < SHORT and self.words.pronoun.match(self.text, *found)
        if short or (self.last and self.words.not_counted.match(self.text, *found)):
            return self.counted_by_main()
        return found

    def period(self) -> Range | None:
        """The time that a number is about: named near it, or at the head of its sentence."""
        start, end = self.sentence
        found: Range | None = None
        for period in self._periods(min(self.followers, default=end)):
            if found is None or self._away(period) < self._away(found):
                found = period
        if not found and (head := _PERIOD.match(self.text, start, min(start + NEAR, end))):
            found = head.span()
        return found if found and _SAYS_WHEN.search(self.printed, start, end) else None

    def _periods(self, stop: int) -> list[Range]:
        """The times that are named with the number, before `stop`."""
        time = _TIME.search(self.text, self.floor, stop)
        if not time:
            return []
        begin = max(time.start() - _BEFORE_TIME, self.floor)
        return [match.span() for match in _PERIOD.finditer(self.text, begin, stop)]

    def _away(self, period: Range) -> int:
        return abs(period[0] - self.number.start)

    def _stop(self, at: int) -> int:
        """Where the clause that begins at `at` ends."""
        skipped, stop = at, self.sentence[1]
        follower: int | None = None
        while follower is None and (match := _STOP.search(self.text, skipped, stop)):
            follower = next((n for n in self.followers if skipped <= n < match.start()), None)
            aside = _BRACKET if match.group() == "(" else _SAME
            skip = aside.match(self.text, match.start(), stop)
            if not skip:
                stop = match.start()
                break
            skipped = skip.end()
        if follower is None:
            follower = next((n for n in self.followers if skipped <= n < stop), None)
        if follower is None:
            return stop
        joined = self.words.joining.search(self.text, at, follower)
        return joined.start() if joined else follower

    def _begin(self, until: int) -> int:
        """Where the clause that ends at `until` begins."""
        begin = self.floor
        for match in self.words.beginning.finditer(self.text, begin, until):
            begin = match.end()
        while begin < until and self.text[begin].isspace():
            begin += 1
        lead = self.words.leading.match(self.text, begin, until)
        return lead.end() if lead else begin


def _trimmed(text: str, start: int, end: int) -> Range | None:
    """A range less the blanks and marks at its ends; None where no word is left."""
    while start < end and not text[start].isalnum() and text[start] not in "‘“'\"":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in "’”'\"":
        end -= 1
    return (start, end) if any(char.isalpha() for char in text[start:end]) else None
