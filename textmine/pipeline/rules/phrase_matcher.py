"""Many phrases looked up at once, in many sentences at once: a tree of words kept in arrays.

One step of the walk is made from all places of all sentences together, which a loop over the words
could do only at several times the cost. It compares folded words, which spaCy's PhraseMatcher
could do only by changing the shared vocabulary.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..tokens.runs import Run
from ..tokens.vocabulary import Ints, Vocabulary, at

GAP: Final = 6
"""How many words three dots may stand for."""

Parts = Sequence[Sequence[str]]


class Match(NamedTuple):
    """A phrase found: its label and the words `[start, end)`."""

    label: str
    start: int
    end: int


Phrases = Iterable[tuple[Parts, str]]
T = TypeVar("T")

Part: TypeAlias = tuple[int, int]
"""A gapped phrase, and the number of the part in it."""

Pieces: TypeAlias = dict[Part, list[tuple[int, int]]]
"""Parts with the places where they are, in their order."""

LAST: Final = 1 << 62
"""A step beyond all others, so that looking for any step finds one."""


class Places(NamedTuple):
    """Places where something ends: the sentence, and where that begins among all words.

    Then the words `[start, end)` among all words, and what ends there: a node, or a label's number.
    """

    sentence: Ints
    offset: Ints
    start: Ints
    end: Ints
    what: Ints

    def where(self, chosen: NDArray[Any]) -> Places:
        """Those that were chosen."""
        return Places(*(column[chosen] for column in self))


class Tree(NamedTuple):
    """Which node a word leads to from each node. Words and nodes are numbered from 1."""

    words: Ints
    """The number of a word here by its number in the vocabulary."""
    begins: Ints
    """By word: the node to which it leads from the root, or 0."""
    steps: Ints
    """The pairs of node and word that lead further, each as one number, in order."""
    nexts: Ints
    """The nodes to which they lead."""
    ends: NDArray[np.bool_]
    """By node: whether anything ends here."""

    def walk(self, run: Run) -> Places:
        """Every place where something ends, by its first word and then its length."""
        ids = at(self.words, run.numbers)
        state = self.begins[ids]
        place = np.flatnonzero(state)
        state = state[place]
        found = []
        length = 1
        while True:
            ended = self.ends[state]
            found.append((place[ended], state[ended], place[ended] + length))
            if not place.size:
                break
            step = state * len(self.begins) + ids[place + length]
            edge = self.steps.searchsorted(step)
            goes_on = self.steps[edge] == step
            place, state = place[goes_on], self.nexts[edge[goes_on]]
            length += 1
        starts, nodes, ends = map(np.concatenate, zip(*found, strict=True))
        order = starts.argsort(kind="stable")
        number = run.begins.searchsorted(starts[order], "right") - 1
        return Places(number, run.begins[number], starts[order], ends[order], nodes[order])


class _Ends(NamedTuple, Generic[T]):
    """What ends at each node: `values[first[node] : first[node] + counts[node]]`."""

    first: Ints
    counts: Ints
    values: list[T]

    @classmethod
    def of(cls, groups: Mapping[int, Sequence[T]], nodes: int) -> _Ends[T]:
        """The groups by their nodes, of which there are so many."""
        count = np.array([len(groups.get(node, ())) for node in range(nodes)], np.int64)
        values = [value for node in range(nodes) for value in groups.get(node, ())]
        return cls(np.cumsum(count) - count, count, values)

    def at(self, places: Places) -> tuple[Places, Ints]:
        """What ends at the places, each at a place of its own, by its number in `values`."""
        count = self.counts[places.what]
        here = np.arange(len(count)).repeat(count)
        there = places.where(here)
        before = (np.cumsum(count) - count)[here]
        return there, self.first[there.what] + np.arange(len(here)) - before


def _by_sentence(places: Places, labels: list[str], count: int) -> list[list[Match]]:
    """The labels at the places as matches, in a list for each of so many sentences."""
    starts, ends = (places.start - places.offset).tolist(), (places.end - places.offset).tolist()
    # Made by the interpreter's own loop: a call of Match for each would take twice as long.
    fields = zip(labels, starts, ends, strict=True)
    matches = list(map(tuple.__new__, repeat(Match), fields))
    bounds = places.sentence.searchsorted(np.arange(count + 1)).tolist()
    return [matches[start:end] for start, end in pairwise(bounds)]


class Lexicon:
    """Books of labelled phrases in folded words; a phrase may have parts with a gap between them.

    All books are looked up in one walk over the words.
    """

    def __init__(self, vocabulary: Vocabulary, *books: Phrases) -> None:
        steps: dict[tuple[int, str], int] = {}
        self._gapped: list[tuple[int, str, int]] = []
        parts_of: dict[int, list[Part]] = {}
        labels: list[dict[int, list[str]]] = [{} for _ in books]
        for number, phrases in enumerate(books):
            for parts, label in phrases:
                if len(parts) == 1:
                    _put(labels[number], node_of(steps, parts[0]), label)
                    continue
                for place, part in enumerate(parts):
                    _put(parts_of, node_of(steps, part), (len(self._gapped), place))
                self._gapped.append((number, label, len(parts)))
        self._tree = tree(steps, set(parts_of).union(*labels), vocabulary)
        self._labels = [_Ends.of(group, len(steps) + 1) for group in labels]
        self._parts = _Ends.of(parts_of, len(steps) + 1)
        self._part_columns = np.array(self._parts.values, np.int64).reshape(-1, 2)

    def find(self, run: Run) -> list[list[list[Match]]]:
        """For each book and sentence every phrase, in the order of their first words."""
        places = self._tree.walk(run)
        found = []
        for ends in self._labels:
            there, numbers = ends.at(places)
            labels = list(map(ends.values.__getitem__, numbers.tolist()))
            found.append(_by_sentence(there, labels, len(run.begins)))
        self._add_gapped(places, found)
        return found

    def find_longest(self, run: Run) -> list[list[list[Match]]]:
        """The same without overlap: from left to right, the longest at each place."""
        return [list(map(longest, book)) for book in self.find(run)]

    def _add_gapped(self, places: Places, found: list[list[list[Match]]]) -> None:
        there, numbers = self._parts.at(places)
        if not numbers.size:
            return
        whole = self._whole(there.sentence, *self._part_columns[numbers].T)
        there, numbers = there.where(whole), numbers[whole]
        pieces: dict[int, Pieces] = {}
        starts, ends = (there.start - there.offset).tolist(), (there.end - there.offset).tolist()
        for sentence, start, end, number in zip(
            there.sentence.tolist(), starts, ends, numbers.tolist(), strict=True
        ):
            part = self._parts.values[number]
            pieces.setdefault(sentence, {}).setdefault(part, []).append((start, end))
        for sentence, some in pieces.items():
            for book, match in self._join(some):
                found[book][sentence].append(match)
                found[book][sentence].sort(key=lambda match: match.start)

    def _whole(self, sentence: Ints, phrase: Ints, part: Ints) -> NDArray[np.bool_]:
        """Which parts are of phrases of which the sentence has every part: few."""
        wanted = np.array([count for _, _, count in self._gapped])
        which = sentence * len(wanted) + phrase
        seen = np.zeros((int(wanted.max()), int(which.max()) + 1), np.bool_)
        seen[part, which] = True
        whole: NDArray[np.bool_] = np.count_nonzero(seen[:, which], axis=0) == wanted[phrase]
        return whole

    def _join(self, pieces: Pieces) -> Iterator[tuple[int, Match]]:
        """The gapped phrases of which every part is there."""
        for (phrase, number), firsts in pieces.items():
            if number:
                continue
            book, label, count = self._gapped[phrase]
            for start, first_end in firsts:
                end = first_end
                for part in range(1, count):
                    nexts = pieces.get((phrase, part), [])
                    # In the order of their starts, and of one length: the first is the shortest.
                    at = bisect_left(nexts, (end, 0))
                    if at == len(nexts) or nexts[at][0] - end > GAP:
                        break
                    end = nexts[at][1]
                else:
                    yield book, Match(label, start, end)


def node_of(steps: dict[tuple[int, str], int], words: Sequence[str]) -> int:
    """The node to which the words lead, made where it is not there yet; the root is 0."""
    node = 0
    for word in words:
        node = steps.setdefault((node, word), len(steps) + 1)
    return node


def _put(groups: dict[int, list[T]], node: int, value: T) -> None:
    group = groups.setdefault(node, [])
    if value not in group:
        group.append(value)


def tree(steps: dict[tuple[int, str], int], ends: Collection[int], vocabulary: Vocabulary) -> Tree:
    """The steps `(node, word) -> node` as arrays."""
    words = {word: number for number, word in enumerate({word for _, word in steps}, start=1)}
    begins = np.zeros(len(words) + 1, np.int64)
    further = [(LAST, 0)]
    for (node, word), reached in steps.items():
        if node:
            further.append((node * len(begins) + words[word], reached))
        else:
            begins[words[word]] = reached
    pairs = np.array(sorted(further), np.int64)
    ending = np.zeros(len(steps) + 1, np.bool_)
    ending[list(ends)] = True
    numbers = vocabulary.column(words)
    return Tree(numbers, begins, pairs[:, 0].copy(), pairs[:, 1].copy(), ending)


def longest(matches: Sequence[Match]) -> list[Match]:
    """Of matches in order of their starts those from left to right without overlap.

    The longest counts at each place.
    """
    kept: list[Match] = []
    last = end = -1
    for match in matches:
        _, begin, stop = match
        if begin >= end:
            kept.append(match)
        elif begin == last and stop > end:
            kept[-1] = match
        else:
            continue
        last, end = begin, stop
    return kept
