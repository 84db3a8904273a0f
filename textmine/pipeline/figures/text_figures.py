"""What the numbers of a passage mean: what each counts, of when, and beside what it is set.

A number is read with its clause. What it counts is behind it ("98 per cent of women were asked"),
or, where nothing is, before it ("caseloads average 17"). A number in brackets, or one that is set
beside another, counts what that one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from corpus.model import Comparison, Figure, Unit

from .number_context import Clause, Range, Words
from .numbers import Numbers, any_of, lower


class Sentence(NamedTuple):
    """The characters `[start, end)` of a passage, and where in them numbers may begin."""

    start: int
    end: int
    places: Sequence[int]


class Figures:
    """Reads the figures of passages by the rules of figures.yaml."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._numbers = Numbers(rules["numbers"])
        self._words = Words.of(rules["clauses"])
        compared = rules["comparisons"]
        kinds: Mapping[Comparison, Sequence[str]] = compared["kinds"]
        self._kinds = [
            (
                kind,
                re.compile(
                    rf"\b(?:{any_of(words)})\b"
                    r"(?P<between>[^,;]{0,40}(?:, which (?:is|was|were)\s[^,;]{0,20})?)$"
                ),
                re.compile(
                    rf"\s(?:(?:for|in|of|by|across|the|its|their|on)\s)+(?:{any_of(words)})\b"
                    r"(?!\s[a-z]+s\b)"
                ),
            )
            for kind, words in kinds.items()
        ]
        self._compared = re.compile(any_of([word for words in kinds.values() for word in words]))
        self._alone: dict[str, Comparison] = {
            word: kind for kind, words in compared["alone"].items() for word in words
        }
        moved = any_of(compared["moved"])
        self._earlier = re.compile(
            rf"\b(?:{moved}|up|down)\b[^.;]{{0,40}}\bfrom\s[^.;,\d]{{0,16}}$"
        )
        self._changed = re.compile(
            rf"\b(?:{moved})\b[^.;,]{{0,40}}\b(?:by|of)\s(?:[a-z]+\s){{0,3}}$"
        )
        self._differs = re.compile(
            rf"\s(?:percentage points?\s)?(?:{any_of(compared['differing'])})\b(?! than (?:half|a))"
        )
        self._shares = re.compile(rf"\b(?:{any_of(rules['shares'])})\s(?:[a-z]+\s){{0,3}}$")

    def read(self, text: str, sentences: Sequence[Sentence]) -> Iterator[Figure]:
        """The figures of a passage, in order; their passage is 0, for the caller to name."""
        before: Figure | None = None
        plain = lower(text)
        for start, end, places in sentences:
            last: Figure | None = None
            numbers = list(self._numbers.find(text, start, end, places))
            for i, number in enumerate(numbers):
                behind = [later.start for later in numbers[i + 1 :]]
                place, words = (start, end), self._words
                clause = Clause(text, plain, place, number, behind, words, last, before)
                if found := self._figure(clause):
                    yield found
                    last = found
                    if found.comparison is None:
                        before = found

    def _figure(self, clause: Clause) -> Figure | None:
        number, last = clause.number, clause.last
        comparison = self._comparison(clause)
        counts: Range | None
        if last and clause.repeats(last):
            counts = (last.counts_start, last.counts_end)
            comparison = comparison or last.comparison
        elif comparison and clause.main:
            counts = clause.counted_by_main()
        else:
            counts = self._counts(clause)
        if counts is None or _NOTHING.match(clause.text, *counts):
            return None
        period = clause.period() or (None, None)
        unit = _rate(clause) if number.unit == "count" else number.unit
        places = (*counts, *period, number.start, number.end)
        return Figure(0, number.value, unit, number.of, comparison, *places)

    def _comparison(self, clause: Clause) -> Comparison | None:
        """Whose value a number is, where it is not the area's own."""
        before, after = clause.near, clause.behind_it
        if clause.number.unit == "points" or self._differs.match(after):
            return "change"
        if ("by" in before or "of" in before) and self._changed.search(before):
            return "change"
        for word, alone in self._alone.items():
            if after.startswith(word, 1):
                return alone
        if kind := self._set_beside(before, after):
            return kind
        return "previous" if "from" in before and self._earlier.search(before) else None

    def _set_beside(self, before: str, after: str) -> Comparison | None:
        """Whose value is named before or behind a number; few have any such word near them."""
        if self._compared.search(after):
            for kind, _, behind in self._kinds:
                if behind.match(after):
                    return kind
        if self._compared.search(before):
            for kind, ahead, _ in self._kinds:
                if (match := ahead.search(before)) and " and " not in match["between"]:
                    return kind
        return None

    def _counts(self, clause: Clause) -> Range | None:
        """What a number counts."""
        if clause.bracketed:
            return clause.of_brackets()
        if clause.number.unit.startswith("per ") or self._shares.search(clause.near):
            return clause.subject()
        return clause.rest() or clause.subject()


_NOTHING = re.compile(
    r"(?:this|that|it|these|those|they|which|whom|who|represents?|there|although th(?:is|ese)"
    r"|whilst th(?:is|ese)|some)(?:\s(?:is|are|was|were|has|have|had|still|a|an|the)\b.*)?\Z"
    r"|(?:whom|represents?|this is|that is|it is|although this)\b|\d[\d.,]*%?\)",
    re.DOTALL,
)
"""Words that do not say what a number counts: a wrong measure is worse than none."""

_CALLED_RATE = re.compile(r"\brates? (?:of|was|is|at)\s(?:[a-z]+\s){0,3}$")
_SET_BESIDE = re.compile(r"\b(?:at|averages?|of|and|with)\s(?:of\s)?$")


def _rate(clause: Clause) -> Unit:
    """A bare number is a rate where it, or the one that it is set beside, is called one."""
    if "rate" in clause.near and _CALLED_RATE.search(clause.near):
        return "rate"
    beside = clause.last and clause.last.unit == "rate" and _SET_BESIDE.search(clause.near)
    return "rate" if beside else "count"
