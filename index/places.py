"""Where texts stand in a run of words: the one meaning of phrase, beginning and NEAR."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .terms import Words
from .tree import Near, Text


class Row(NamedTuple):
    """A passage's words in their order: their stems and their forms, one by one."""

    stems: Sequence[str]
    forms: Sequence[str]


def starts(words: Row | Words, text: Text) -> list[int]:
    """The places at which the text begins."""
    row = words.forms if text.column == "forms" else words.stems
    wanted = text.terms
    first, size = wanted[0], len(wanted)
    if size == 1:
        if text.prefix:
            return [at for at, word in enumerate(row) if word.startswith(first)]
        return _all(row, first)
    *fixed, last = wanted
    found = [
        at
        for at in _all(row, first)
        if at + size <= len(row) and list(row[at : at + size - 1]) == fixed
    ]
    if text.prefix:
        return [at for at in found if row[at + size - 1].startswith(last)]
    return [at for at in found if row[at + size - 1] == last]


def spans(words: Row | Words, wanted: Text | Near) -> list[tuple[int, int]]:
    """The stretches `[start, end)` of words that answer; of a NEAR those of both its sides."""
    if isinstance(wanted, Text):
        size = len(wanted.terms)
        return [(at, at + size) for at in starts(words, wanted)]
    left, right = _sides(wanted)
    lefts, rights = starts(words, left), starts(words, right)
    if not lefts or not rights:
        return []
    a, b, most = len(left.terms), len(right.terms), wanted.distance
    found: dict[tuple[int, int], None] = {}
    for i in lefts:
        for j in rights:
            if 0 <= j - i - a <= most or 0 <= i - j - b <= most:
                found[i, i + a] = found[j, j + b] = None
    return sorted(found)


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


def _all(row: Sequence[str], word: str) -> list[int]:
    found: list[int] = []
    at = -1
    for _ in range(row.count(word)):
        at = row.index(word, at + 1)
        found.append(at)
    return found
