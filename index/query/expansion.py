"""Query expansion: synonyms and spelling variants.

Synonyms are sought for words that are typed plainly: what stands in quotes, is exact, a
beginning, or after NOT is meant as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeAlias

from ..text.analyzer import terms
from .ast import And, Near, Node, Not, Or, Similar, Text, join, read_as

MOST_SPELLINGS: Final = 32
_CAPITALS: Final = "="
_EXACTLY: Final = ":"
_IZE: Final = re.compile("iz(e|es|ed|ing|ation|ations)$")

Groups: TypeAlias = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Synonyms: names, and what is meant by each of them as well. A name with a `=` before it counts
only where it is typed in capitals."""

Vocabulary: TypeAlias = Callable[[str], Iterable[str]]
"""The forms that occur in the library, of those that begin with a letter."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Something that was asked for, and what was looked for as well."""

    of: str
    also: tuple[str, ...]


Synonyms: TypeAlias = Mapping[tuple[str, ...], tuple[Text, ...]]
"""What is meant as well by each run of stems."""


@lru_cache(maxsize=256)
def compiled(groups: Groups, initial: str) -> Synonyms:
    """The synonyms of each run of stems that begins with a letter.

    Taking all groups apart would cost a search more than all else it does.
    """
    known: dict[tuple[str, ...], dict[Text, None]] = {}
    for names, meanings in _by_initial(groups).get(initial, ()):
        texts = [_phrase(meaning) for meaning in meanings]
        for name in names:
            one = _phrase(name)
            key = (_EXACTLY, *one.forms) if one.exact else one.stems
            also = known.setdefault((_CAPITALS, *key) if name.startswith("=") else key, {})
            also |= dict.fromkeys(text for text in texts if text.terms != one.terms)
    return {stems: tuple(texts) for stems, texts in known.items()}


@lru_cache(maxsize=4)
def _by_initial(groups: Groups) -> Mapping[str, Groups]:
    """The groups, by the letter with which some of their names begin, and those names of each."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for names, meanings in groups:
        own: dict[str, list[str]] = {}
        for name in names:
            own.setdefault(_initial(name), []).append(name)
        for initial, some in own.items():
            found.setdefault(initial, []).append((tuple(some), meanings))
    return {initial: tuple(some) for initial, some in found.items()}


def _initial(name: str) -> str:
    """The first letter or digit of the first term."""
    first = name.lstrip("=")[:1]
    if first.isascii() and first.isalnum():
        return first.lower()
    return next((term.form[0] for term in terms(name)), "")


def _phrase(text: str) -> Text:
    found = terms(text)
    forms, stems = tuple(t.form for t in found), tuple(t.stem for t in found)
    return Text(forms, stems, exact=is_cut(forms, stems), quoted=True)


def is_cut(forms: Sequence[str], stems: Sequence[str]) -> bool:
    """Whether a word's stem is another word: of `socialize` it is `social`."""
    return len(forms) == 1 and bool(_IZE.search(forms[0])) and not stems[0].endswith("z")


@dataclass(slots=True)
class Expander:
    """The expander of one query; collects expansions and notes."""

    synonyms: Groups
    vocabulary: Vocabulary
    visible: Callable[[str], bool] = lambda _: True
    """Whether a form may be named: it stands in a document that may be seen."""
    done: list[Expansion] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def expand(self, node: Node) -> Node:
        """The tree with every other name and spelling in it; no Similar is left."""
        return self._node(node, plain=True)

    def _node(self, node: Node, *, plain: bool) -> Node:
        match node:
            case And(nodes):
                return join(And, list(dict.fromkeys(self._run(nodes, plain=plain)))) or node
            case Or(nodes):
                return join(Or, [self._node(inner, plain=plain) for inner in nodes]) or node
            case Not(inner):
                return Not(self._node(inner, plain=False))
            case Text() | Similar():
                return _either(self._texts(node, plain=plain))
            case Near(left, right, distance):
                lefts = self._texts(left, plain=plain)
                rights = self._texts(right, plain=plain)
                return _either([Near(a, b, distance) for a in lefts for b in rights])
            case _:
                return node

    def _run(self, nodes: Sequence[Node], *, plain: bool) -> Iterable[Node]:
        """The parts of an And, in which several words together may have another name."""
        at = 0
        while at < len(nodes):
            end, also = self._longest(nodes, at) if plain else (at, ())
            if end > at + 1:
                together = nodes[at:end]
                self._note(" ".join(map(read_as, together)), also)
                yield Or((And(tuple(self._node(one, plain=plain) for one in together)), *also))
                at = end
            else:
                yield self._node(nodes[at], plain=plain)
                at += 1

    def _longest(self, nodes: Sequence[Node], at: int) -> tuple[int, tuple[Text, ...]]:
        """Where the longest run of words that begins here and has other names ends."""
        run: list[Text] = []
        best: tuple[int, tuple[Text, ...]] = (at, ())
        for end, node in enumerate(nodes[at:], start=at + 1):
            if not isinstance(node, Text) or not _is_plain(node):
                break
            run.append(node)
            if also := self._others(run):
                best = (end, also)
        return best

    def _others(self, run: Sequence[Text]) -> tuple[Text, ...]:
        """What words that stand together mean besides themselves."""
        stems = tuple(stem for text in run for stem in text.stems)
        forms = tuple(form for text in run for form in text.forms)
        keys = [(_EXACTLY, *forms)] if is_cut(forms, stems) else [stems]
        if all(text.capitals for text in run):
            keys += [(_CAPITALS, *key) for key in keys]
        also = compiled(self.synonyms, forms[0][0]) if forms else {}
        return tuple(dict.fromkeys(text for key in keys for text in also.get(key, ())))

    def _texts(self, text: Text | Similar, *, plain: bool) -> list[Text]:
        """The text itself, and every other name or spelling of it."""
        if isinstance(text, Similar):
            return self._spellings(text)
        also = self._others([text]) if plain and _is_plain(text) else ()
        if also:
            self._note(read_as(text), also)
        if also and is_cut(text.forms, text.stems):
            text = replace(text, exact=True)
        return [text, *also]

    def _spellings(self, similar: Similar) -> list[Text]:
        ranked = sorted(
            (distance, form)
            for form in self.vocabulary(similar.form[0])
            if (distance := edits(similar.form, form, similar.distance)) is not None
            and self.visible(form)
        )
        if len(ranked) > MOST_SPELLINGS:
            self.notes.append(
                f"{len(ranked)} words are spelt like {similar.form}; "
                f"the nearest {MOST_SPELLINGS} were looked for"
            )
        forms = dict.fromkeys([similar.form, *(form for _, form in ranked[:MOST_SPELLINGS])])
        texts = [Text((form,), (form,), exact=True, quoted=True) for form in forms]
        self._note(read_as(similar), texts[1:])
        return texts

    def _note(self, of: str, also: Iterable[Text]) -> None:
        expansion = Expansion(of, tuple(" ".join(text.forms) for text in also))
        if expansion not in self.done:
            self.done.append(expansion)


def edits(one: str, other: str, most: int) -> int | None:
    """The edit distance of two words (insert, delete, replace, swap).

    None where it is more than `most`; a swap is of neighbours.
    """
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, against in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        before, above = above, row
    return above[-1] if above[-1] <= most else None


def _is_plain(text: Text) -> bool:
    return not (text.quoted or text.exact or text.prefix)


def _either(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))
