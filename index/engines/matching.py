"""Matching of texts in a run of words: the one definition of phrase, prefix and NEAR."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ..query.ast import Near, Text
from ..text.analyzer import Words

Span: TypeAlias = tuple[int, int]
"""A stretch `[start, end)` of words."""

Finder: TypeAlias = Callable[[Words], list[Span]]


def finder(wanted: Text | Near) -> Finder:
    """A finder of matching runs of words; of a NEAR, the matches of both sides."""
    if isinstance(wanted, Text):
        return _finder(wanted)
    left, right = map(_finder, _sides(wanted))
    most = wanted.distance

    def near(words: Words) -> list[Span]:
        lefts = left(words)
        rights = right(words) if lefts else []
        found: dict[Span, None] = {}
        for one in lefts:
            for other in rights:
                if 0 <= other[0] - one[1] <= most or 0 <= one[0] - other[1] <= most:
                    found[one] = found[other] = None
        return sorted(found)

    return near


def _finder(text: Text) -> Finder:
    """A run of words is looked for as a string between spaces: the quickest way by far."""
    sought = f" {' '.join(text.terms)}{'' if text.prefix else ' '}"
    size = len(text.terms)
    column = text.column

    def find(words: Words) -> list[Span]:
        row = f" {getattr(words, column)} "
        found = []
        first = last = 0
        at = row.find(sought)
        while at >= 0:
            first += row.count(" ", last, at)
            found.append((first, first + size))
            last = at
            at = row.find(sought, at + 1)
        return found

    return find


def may_overlap(near: Near) -> bool:
    """Whether one word of a passage could belong to both sides."""
    left, right = _sides(near)
    if left.column != right.column:
        return True
    return any(
        _same(
            one, other, left.prefix and i == len(left.terms), right.prefix and j == len(right.terms)
        )
        for i, one in enumerate(left.terms, start=1)
        for j, other in enumerate(right.terms, start=1)
    )


def _same(one: str, other: str, one_begins: bool, other_begins: bool) -> bool:
    if one_begins and other_begins:
        return one.startswith(other) or other.startswith(one)
    if one_begins:
        return other.startswith(one)
    if other_begins:
        return one.startswith(other)
    return one == other


def _sides(near: Near) -> tuple[Text, Text]:
    assert isinstance(near.left, Text), "expand first"
    assert isinstance(near.right, Text), "expand first"
    return near.left, near.right
