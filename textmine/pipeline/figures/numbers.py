"""The numbers of a sentence: digits, words and fractions, each with its unit.

Those that name something are left out: dates, ages, sections of Acts, limits of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from corpus.model import Unit

MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
OLDEST: Final = 26
"""No age that reports use as a category is as high."""
LONGEST: Final = 20
"""No word or phrase that is looked for directly before a number has as many characters."""

MOST: Final = 1e15
"""More than any report counts: a longer row of digits is no figure but a number of something."""

SCALES: Final = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "k": 1000,
    "m": 10**6,
}
"""Words and letters behind a number that multiply it."""

TIMES: Final[Mapping[str, Unit]] = {
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}
"""The units of stretches of time, by their words in the singular."""

_STRETCHES: Final = frozenset(TIMES.values())
_LISTING: Final = (",", "and", "to", "or", "–", "-", "&")
"""What stands between the numbers of a list."""

_ONES: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: Final = {
    **{word: i for i, word in enumerate(_ONES, start=1)},
    **{word: 10 * i for i, word in enumerate(_TENS, start=2)},
    "a": 1,
}
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_RATES: Final[Mapping[str, Unit]] = {
    "per 1000": "per 1,000",
    "per 10000": "per 10,000",
    "per 100000": "per 100,000",
}
_YEARS: Final = range(1900, 2100)

WORDS: Final = frozenset({*_ONES, *_TENS, *_PARTS, *(f"{part}s" for part in _PARTS), "halves"})
"""The words, in lower case, with one of which a number begins that has no digit."""

_WORD: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES)})"
    r"(?:\s(?:hundred|thousand|million))?\b"
)
_VALUE: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_WORD})"
_TIME: Final = r"(?:(?:working|school|calendar)\s)?(?:hour|day|week|month|year)s?\b"
_EDGE: Final = r"(?![\w/]|[-–−─](?=\S|\s(?:and|to|or)\s)|[.,:]\d)"
_NUMBER: Final = re.compile(
    rf"""(?<![\w./\[:–−─‘“'-])(?<!\d,)
    (?: (?:(?P<times>a|one|two|three|four)[ -])?
            (?P<part>halves|half|thirds?|quarters?|fifths?|tenths?)\b(?![-'])
      | (?P<each>{_WORD})\s[a-z]+\s(?:out\sof|in)\s
            (?P<every>three|four|five|six|ten)\b(?!\s[a-z]+s\b)
      | (?P<some>{_VALUE})\s(?P<link>out\sof|of|in)\s
            (?:(?:the|their|its|our|these|those|all)\s)?(?P<whole>{_VALUE}){_EDGE}
      | (?P<money>£)?(?P<low>{_VALUE})
            (?:(?P<to>\sto\s|\s?[-–]\s?|\sand\s)(?P<high>{_VALUE})
                (?=\s?%|\s(?:per\s?cent|{_TIME}|[a-z]{{4}})))?
            {_EDGE}
    )
    (?P<unit>\s?%|\sper\s?cent\b|\spercentage\spoints?\b|\s(?:million|billion|thousand)\b|[mk]\b
        |\s{_TIME}(?!-)|\sper\s100?,?000\b|\sper\s1,?000\b
    )?""",
    re.VERBOSE,
)
_DATE: Final = re.compile(rf"(?:st|nd|rd|th)?\s(?:(?:and|to|–|-)\s\d{{1,2}}\s)?(?:{MONTHS})\b")
_IN_MONTH: Final = re.compile(rf"\b(?:{MONTHS})\s$")
_AGED: Final = re.compile(
    r"\b(?:aged?|ages|turn|turns|turned|turning|become|becomes|became|reach|reaches|reached"
    r"|reaching|post|pre|until|at|"
    r"approach|approaches|approached|approaching|beyond|past|older than"
    r"|younger than|until they are|"
    r"(?:age|ages) (?:of|at|between))\s"
    r"(?:(?:between|under|over|from|about|around|approximately)\s)?(?:\d+\s(?:to|and|or)\s)?$"
)
_AGE_LIMIT: Final = re.compile(r"\b(?:under|over|below|above)\s(?:the age of\s)?$")
_AGE_BEHIND: Final = re.compile(
    r"[- ](?:and a half )?years?(?:[- ]olds?|\sof age)\b|\sand a half years"
    r"|[- ](?:to|and)[- ]\d{1,2}[- ]years?\b"
    r"|\s(?:plus|onwards|upwards|and\s(?:over|above|upwards))\b(?!\s\d)"
)
_COUNTED: Final = re.compile(r"\s(?:[a-z-]{4,}s|children|people)\b")
_DISTANCE: Final = re.compile(r"\s(?:miles?|metres?|kilomet(?:re|er)s?|km|minutes?|inch)\b")
_NOT_LONG: Final = re.compile(r"\s(?:old|of age|ago|later|earlier|a week|a day|a year)\b")
_ABOUT: Final = re.compile(
    r"\b(?:over|than|approximately|around|about|some|nearly|almost|least|to)\s$"
)
_AND_A: Final = re.compile(rf"(?:\d|{_WORD})\s(?:(?:day|week|month|year)s?\s)?and\s$")
_PART_OF_NAME: Final = re.compile(r"[- ](?:terms?|days?|hours?|hourly|years?|yearly|way)\b")
_DIGITS_BEHIND: Final = re.compile(r"\s\d{3,}\b")
_OTHER_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\s?(?:to\s|[-–/]\s?)$")
"""Behind a year, the year that a period ends with: "2013 to 2016", "2014– 15"."""
_OF_TIMES: Final = re.compile(
    r"(?:,\s\d+)*,?\s(?:or|and|to)\s\d+\s(?:hour|day|week|month|year)s?\b"
)
_DIGITS_BEFORE: Final = re.compile(r"\b\d{3,}\s$")


_ADDRESS: Final = re.compile(
    r"\d+\s(?:[A-Z][a-z]+\s){1,3}(?:Street|Road|Avenue|Lane|Square|Drive|Close|Way|Place|Terrace)\b"
)
_NAMED_BEHIND: Final = re.compile(r"\s[A-Z][a-z]+\b")
_NAMED_BEFORE: Final = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][a-z]+\s$")


class Number(NamedTuple):
    """A number at `[start, end)`, its unit's words among them; `of` is the whole it is part of."""

    start: int
    end: int
    value: float
    unit: Unit
    of: float | None = None


class Numbers:
    """Finds numbers that measure or count."""

    def __init__(self, rules: Mapping[str, Sequence[str]]) -> None:
        words = {name: any_of(list_) for name, list_ in rules.items()}
        self._references = re.compile(
            rf"\b(?:{words['references']})s?\s\(?"
            rf"(?:(?:\d+(?:\.\d+)*[a-z]?|{_WORD})(?:\s?(?:,|and|to|or|–|-|&)\s?)+)*$"
        )
        self._naming = (
            *rules["references"],
            *(f"{word}s" for word in rules["references"]),
            *_LISTING,
        )
        self._limits = re.compile(rf"\b(?:{words['looked_back']})\s(?:\w+ly\s)?$")
        self._periods = re.compile(rf"\b(?:{words['periods']})\s$")
        self._measured = re.compile(rf"\b(?:{words['measured']})\b")
        self._anaphor = re.compile(rf"\b(?:{words['anaphors']})\s$")
        self._rank = re.compile(rf"\b(?:{words['ranks']})\s$")
        self._category = re.compile(rf"\s(?:{words['categories']})(?!\w)")
        self._one = re.compile(rf"\s(?:{words['people']})\s(?:{words['holding']})\b")

    def find(self, text: str, start: int, end: int, places: Sequence[int]) -> Iterator[Number]:
        """The numbers in `[start, end)` that may be figures; `places` is where any may begin."""
        if not places:
            return
        plain = lower(text[start:end]).replace("’", "'")
        done = 0
        for place in places:
            at = place - start
            if at < done:
                continue
            if plain.startswith("£", at - 1) or plain.startswith("a ", at - 2):
                match = _NUMBER.match(plain, at - 1) or _NUMBER.match(plain, at - 2)
            else:
                match = None
            match = match or _NUMBER.match(plain, at)
            if match is None or (number := _number(match)) is None:
                continue
            done = number.end
            if number.value >= MOST:
                continue
            if self._measures(number, match, plain) and not _in_a_name(text, place, number.value):
                _, _, value, unit, whole = number
                if whole and plain.endswith("all but ", 0, number.start):
                    value = whole - value
                yield Number(start + number.start, start + number.end, value, unit, whole)

    def _measures(self, number: Number, match: re.Match[str], plain: str) -> bool:
        """Whether it measures or counts something, and does not name it."""
        before, after = plain[max(number.start - 60, 0) : number.start], plain[number.end :]
        if self._names(before):
            return False
        if number.unit in _STRETCHES:
            return self._is_measured_time(number, plain, before, after)
        if match["part"]:
            return not (_AND_A.search(before) or _PART_OF_NAME.match(after))
        if number.unit != "count":  # no date and no age has another unit
            return True
        named = _is_name(number, match, before, after)
        if named or _DISTANCE.match(after) or self._category.match(after):
            return False
        counted = number.value > 1 or self._one.match(after) is not None
        written = number.of is None and not match.group()[0].isdigit()
        return not written or (counted and not self._points_back(before))

    def _points_back(self, before: str) -> bool:
        """Whether the words before a number say that it was told before."""
        return bool(self._anaphor.search(before, max(len(before) - LONGEST, 0)))

    def _names(self, before: str) -> bool:
        """Whether the words before a number make it a reference or a rank."""
        words = before.rstrip().removesuffix("(").rstrip()
        if words.endswith(self._naming) and self._references.search(before):
            return True
        return bool(self._rank.search(before, max(len(before) - LONGEST, 0)))

    def _is_measured_time(self, number: Number, plain: str, before: str, after: str) -> bool:
        """A stretch of time counts where a wait or an average is told, not a limit or an age."""
        if _NOT_LONG.match(after) or self._periods.search(before):
            return False
        if number.unit == "years" and number.value < OLDEST and _AGED.search(before):
            return False
        averaged = "average" in plain
        if self._limits.search(before) and not averaged:
            return False
        return averaged or bool(self._measured.search(plain, 0, number.start))


def _in_a_name(text: str, place: int, value: float) -> bool:
    """Whether digits are part of an address, or of a name as "Right 2 Speak" or "1 Voice"."""
    if not text[place].isdigit():
        return False
    if _ADDRESS.match(text, place):
        return True
    if value not in {1, 2, 4}:
        return False
    return bool(
        _NAMED_BEHIND.match(text, place + 1)
        or _NAMED_BEFORE.search(text, max(place - 30, 0), place)
    )


def lower(text: str) -> str:
    """A text in lower case, with every character at its place."""
    plain = text.lower()
    if len(plain) == len(text):
        return plain
    return "".join(char if len(char.lower()) > 1 else char.lower() for char in text)


def any_of(words: Sequence[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _number(match: re.Match[str]) -> Number | None:
    """What a match says; None where it is no number after all."""
    unit, scale = _unit((match["unit"] or "").strip(), money=bool(match["money"]))
    start, end = match.span()
    if part := match["part"]:
        if match["times"] is None and part != "half":
            return None
        whole = _PARTS["half" if part == "halves" else part.rstrip("s")]
        value = 100 * _VALUES[match["times"] or "a"] / whole
        return Number(start, end, round(value, 2), "percent")
    if match["each"]:
        each, every = _value(match["each"]), _value(match["every"])
        return Number(start, end, 100 * each / every, "percent") if each < every else None
    if match["some"]:
        return _part_of(match, unit)
    low = match["low"]
    if len(low) > 1 and low[0] == "0" and low[1] != ".":
        return None  # part of a telephone number
    return Number(start, end, _value(low) * scale, unit)


def _part_of(match: re.Match[str], unit: Unit) -> Number:
    """One number of, out of or in another: a part of a whole, a share, or two apart after all."""
    value, whole = _value(match["some"]), _value(match["whole"])
    if value > whole or int(whole) in _YEARS or unit in TIMES.values():
        return Number(match.start(), match.end("some"), value, "count")
    if match["link"] == "in":
        return Number(*match.span(), round(100 * value / whole, 2), "percent")
    return Number(*match.span(), value, unit, whole)


def _unit(words: str, *, money: bool) -> tuple[Unit, float]:
    """The unit that words stand for, and by how much they multiply."""
    scale = SCALES.get(words, 1)
    if money:
        return "pounds", scale
    if "point" in words:
        return "points", 1
    if words == "%" or words.startswith(("per cent", "percent")):
        return "percent", 1
    if words.startswith("per "):
        return _RATES[words.replace(",", "")], 1
    return TIMES.get(words.rpartition(" ")[2].rstrip("s"), "count"), scale


def _value(words: str) -> float:
    if words[0].isdigit():
        return float(words.replace(",", ""))
    value = 0.0
    for word in re.split(r"[ -]", words):
        value = value * SCALES[word] if word in SCALES else value + _VALUES[word]
    return value


def _is_name(number: Number, match: re.Match[str], before: str, after: str) -> bool:
    """Whether a bare number is a date, a year, an age or a part of a telephone number."""
    if _DATE.match(after) or _IN_MONTH.search(before, max(len(before) - LONGEST, 0)):
        return True
    printed = match["low"] or match["some"]
    if printed.isdigit() and int(number.value) in _YEARS and not _ABOUT.search(before):
        return True
    if number.value < OLDEST and number.of is None:
        if _AGED.search(before) or _AGE_BEHIND.match(after):
            return True
        if not _COUNTED.match(after):
            high = match["high"]
            if _AGE_LIMIT.search(before) or (high and _value(high) < OLDEST):
                return True
    if _OTHER_YEAR.search(before) or _OF_TIMES.match(after):
        return True
    return bool(_DIGITS_BEHIND.match(after) or _DIGITS_BEFORE.search(before))
