"""Date expressions as printed in these documents.

Shapes counted over 319 reports: "4 to 15 February 2019", "23 April 2018 to 04 May 2018",
"29 January to 9 February 2018", dashes for "to", and two ranges joined by "and". Those of 2013 to
2018 print numeric days too, and leave out the year of either end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,"
        "september sept sep,october oct,november nov,december dec".split(","),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<day{n}>\d{{1,2}})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TO = r"\s*(?:to|and|&|until|through|[-\u2010-\u2015])\s*(?:the\s+)?" + _WEEKDAY
_BETWEEN = r"(?:\s*(?:to|and|&|,|[-\u2010-\u2015])\s*\d{1,2}(?![\d/.]))*"
"""Days between the first and the last: "7, 8 and 9 June", "9 to 13 and 16 to 20 March"."""
_NUMERIC = re.compile(
    r"(?<![\d/])(?<!\d[.])(?:(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)"
    r"(?P<year>\d{4}|(?<=/)\d\d)|(?P<iso>\d{4}-\d\d-\d\d))(?![\d/])"
)
_HALF_NUMERIC = re.compile(
    rf"(?<![\d/.-])(?P<day>\d{{1,2}})(?:[/.-](?P<month>\d{{1,2}})\.?)?{_TO}"
    r"(?=\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)\d{2,4}\b)",
    re.IGNORECASE,
)
"""The first day of a range whose year only the last one has: "10/1 to 21/1/2022", "3-14/7/2023"."""


def _month(number: int) -> str:
    return (
        rf"\s*(?:of\s+)?(?P<month{number}>{_MONTH})\b\.?,?"
        rf"(?:\s+(?P<year{number}>\d{{4}})\b)"
    )


_FIRST = _DAY.format(n=1) + rf"(?:{_month(1)}?|{_BETWEEN})"
_RANGE = re.compile(rf"\b{_FIRST}{_TO}{_DAY.format(n=2)}{_month(2)}?", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\b\.?\s+(?P<first>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:{_TO}(?:(?P<until>{_MONTH})\b\.?\s+)?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?"
    r",?\s+(?P<year>\d{4})\b",
    re.IGNORECASE,
)
"""Month before day: "Sept 26-27 2022"."""
_SINGLE = re.compile(rf"\b{_DAY.format(n=1)}{_month(1)}", re.IGNORECASE)
_TWO_DAYS = re.compile(rf"{_DAY.format(n=1)}{_month(1)}\s*(?:and|&)", re.IGNORECASE)
_ALSO = re.compile(r"\s*(?:,\s*(?:and\s)?|and\s|&)\s*(?:on\s+)?" + _WEEKDAY, re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\b\.?,?\s+(?P<year>20\d\d)\b", re.IGNORECASE)
_MONTHS_APART = re.compile(
    rf"\b(?P<month1>{_MONTH})\b\.?(?:,?\s+(?P<year1>20\d\d))?{_TO}"
    rf"(?P<month2>{_MONTH})\b\.?,?\s+(?P<year2>20\d\d)\b",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(rf"\b(?:{_MONTH})\b\.?,?\s+\Z", re.IGNORECASE)
_YEARS = re.compile(
    r"(?<![\d/-])(?P<year>20\d\d)(?:\s?(?:[-/\u2010-\u2015]|to)\s?(?P<other>(?:20)?\d\d))?(?![\d/-])"
)


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and the last day named in `[start, end)` of the text read."""

    first: date
    last: date
    start: int
    end: int


def find_date(text: str) -> Dates | None:
    """The first single date in the text, as a range of one day."""
    return next(_singles(text), None)


def find_ranges(text: str) -> list[Dates]:
    """Every range in the text, and every single date that is part of none."""
    ranges = [dates for dates in _ranges(text) if not _TWO_DAYS.match(text, dates.start)]
    alone = [
        day
        for day in _singles(text)
        if not any(dates.start <= day.start < dates.end for dates in ranges)
    ]
    return sorted((*ranges, *alone), key=lambda dates: dates.start)


def find_range(text: str, before: date | None = None) -> Dates | None:
    """The days of an inspection: from the first day of the first range to the last of the last.

    A year or month that is left out is the one that follows ("4 to 15 February 2019",
    "29 January to 9 February 2018"; "12 December to 9 January 2020" begins in 2019). Where no
    year is printed at all, it is the last one that ends the range `before` that day, if given.
    """
    ranges = sorted(
        (*_ranges(text, before), *_numeric_ranges(text), *_months_first(text)),
        key=lambda dates: dates.start,
    )
    found = ranges or list(_singles(text))
    if not found:
        return None
    if ranges and (joined := _ALSO.match(text, ranges[-1].end)):
        # "19 April to 12 May 2016, and 6 June 2016"
        found += [day for day in _singles(text) if day.start == joined.end()]
    return Dates(
        min(dates.first for dates in found),
        max(dates.last for dates in found),
        found[0].start,
        found[-1].end,
    )


def find_month(text: str) -> Dates | None:
    """The first month named with its year, as the range of its days."""
    match = _MONTH_YEAR.search(text)
    return _months(match, match["month"], match["year"]) if match else None


def find_period(text: str) -> Dates | None:
    """The first period named by its months or its year: "April 2022 to March 2023", "2022-23".

    A year with another after it begins in April, as the councils' years do; one alone in January.
    """
    if match := _MONTHS_APART.search(text):
        first = _months(match, match["month1"], match["year1"] or match["year2"])
        last = _months(match, match["month2"], match["year2"])
        if first and last and first.first <= last.last:
            return Dates(first.first, last.last, match.start(), match.end())
    years = _YEARS.finditer(text)
    match = next((match for match in years if not _OF_MONTH.search(text, 0, match.start())), None)
    if match is None:
        return None
    year, other = int(match["year"]), match["other"]
    if not other:
        return Dates(date(year, 1, 1), date(year, 12, 31), match.start(), match.end())
    if int(other) % 100 != (year + 1) % 100:
        return None
    return Dates(date(year, 4, 1), date(year + 1, 3, 31), match.start(), match.end())


def _months(match: re.Match[str], month: str, year: str) -> Dates | None:
    first = date(int(year), _MONTHS[month.lower()], 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return Dates(first, last, match.start(), match.end())


def _ranges(text: str, before: date | None = None) -> Iterator[Dates]:
    matches = list(_RANGE.finditer(text))
    years = [match["year2"] or match["year1"] for match in matches]
    for index, match in enumerate(matches):
        # A range without a year borrows the next one's: "8 to 12 July and 7 to 8 August 2019".
        year = next((year for year in years[index:] if year), None) or _year(match, before)
        if year is None:
            continue
        last = _date(match["day2"], match["month2"], year)
        first = _date(match["day1"], match["month1"] or match["month2"], match["year1"] or year)
        if first and last and first > last and match["year1"] and not match["year2"]:
            last = _make(last.year + 1, last.month, last.day)
        elif first and last and first > last and not match["year1"]:
            first = _make(first.year - 1, first.month, first.day)
        if first and last and first <= last:
            yield Dates(first, last, match.start(), match.end())


def _numeric_ranges(text: str) -> Iterator[Dates]:
    """Ranges of numeric days whose year only the last one has."""
    for match in _HALF_NUMERIC.finditer(text):
        last = next(_numeric(text, match.end()), None)
        if last is None or last.start != match.end():
            continue
        day, month, year = (
            int(match["day"]),
            int(match["month"] or last.first.month),
            last.first.year,
        )
        first = _make(year - ((month, day) > (last.first.month, last.first.day)), month, day)
        if first:
            yield Dates(first, last.last, match.start(), last.end)


def _months_first(text: str) -> Iterator[Dates]:
    for match in _MONTH_FIRST.finditer(text):
        first = _date(match["first"], match["month"], match["year"])
        last = _date(
            match["last"] or match["first"], match["until"] or match["month"], match["year"]
        )
        if first and last and first > last:
            first = _make(first.year - 1, first.month, first.day)
        if first and last and first <= last:
            yield Dates(first, last, match.start(), match.end())


def _year(match: re.Match[str], before: date | None) -> str | None:
    """The last year in which a range without one ends before that day."""
    if before is None:
        return None
    last = _date(match["day2"], match["month2"], str(before.year))
    return str(before.year if last and last <= before else before.year - 1)


def _singles(text: str) -> Iterator[Dates]:
    for match in _SINGLE.finditer(text):
        if day := _date(match["day1"], match["month1"], match["year1"]):
            yield Dates(day, day, match.start(), match.end())
    yield from _numeric(text)
    yield from (dates for dates in _months_first(text) if dates.first == dates.last)


def _numeric(text: str, start: int = 0) -> Iterator[Dates]:
    for match in _NUMERIC.finditer(text, start):
        if match["iso"]:
            parts = match["iso"].split("-")
        else:
            long = len(match["year"]) > 2
            parts = [match["year"] if long else f"20{match['year']}", match["month"], match["day"]]
        if day := _make(*map(int, parts)):
            yield Dates(day, day, match.start(), match.end())


def _date(day: str, month: str, year: str) -> date | None:
    return _make(int(year), _MONTHS[month.lower()], int(day))


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
