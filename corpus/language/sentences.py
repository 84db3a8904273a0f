"""The sentence splitter: the offsets at which the sentences of a text begin.

The only one in the tree: readers, tagger and briefs all split with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

TITLES: Final = frozenset(
    "dr. mr. mrs. ms. prof. st. rev. hon. messrs. vs. v. cllr.".split()
)  # fmt: skip
"""Abbreviations whose full stop never ends a sentence: "Dr. Okafor"."""

ABBREVIATIONS: Final = frozenset(
    "e.g. i.e. etc. no. nos. p. pp. para. paras. s. ss. art. fig. approx. max. min. incl."
    " est. ext. cf. ed. vol. ch. reg. regs.".split()
)
"""Abbreviations whose full stop may end a sentence: "See No. 5", but "Was it enough? No."."""

LONGEST: Final = 4_000
"""Characters of a sentence: what runs on for longer is cut between words. No real one does."""

_STOP: Final = re.compile(
    r"[.!?…][\"'”’)\]]*(?:\d{1,2}|(?:\[\d{1,3}\])+)?\s+(?=[\"'“‘(\[•]*[A-Z0-9])"
)
_LIST_NUMBER: Final = re.compile(r"^\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]$")
_INITIALS: Final = re.compile(r"^[\"'“‘(]*(?:[A-Z]\.)+$")
_REFERENCE: Final = re.compile(
    r"\((?:recommendations?|areas? for improvement)\b[^()]{0,60}\)\.?\s*", re.IGNORECASE
)
_LETTERED: Final = frozenset(
    "category categories grade band appendix option group tier annex section class type level part"
    " team plan phase zone".split()
)
"""Words that a letter of its own follows, whose full stop may end a sentence: "in band B."."""
_NUMBER_NEXT: Final = re.compile(r"\d")


def sentence_starts(text: str) -> list[int]:
    """The offsets at which the sentences of a paragraph begin, at least one.

    After one of the ABBREVIATIONS a sentence ends unless a number follows, or the abbreviation
    itself has several stops ("e.g.").
    """
    starts = [len(text) - len(text.lstrip())]
    for match in _STOP.finditer(text):
        *before, word = text[starts[-1] : match.start() + 1].rsplit(None, 1)
        bare = word.lstrip("\"'“‘([").lower()
        if bare in TITLES:
            continue
        if _INITIALS.match(word) and not (before and before[0].split()[-1].lower() in _LETTERED):
            continue
        if bare in ABBREVIATIONS and (bare.count(".") > 1 or _NUMBER_NEXT.match(text, match.end())):
            continue
        if not before and _LIST_NUMBER.match(word):
            continue
        if reference := _REFERENCE.match(text, match.end()):
            # "(Recommendation 3)" belongs to the sentence before it.
            if reference.end() < len(text):
                starts.append(reference.end())
            continue
        starts.append(match.end())
    return list(_bounded(text, starts)) if len(text) > LONGEST else starts


def _bounded(text: str, starts: list[int]) -> Iterator[int]:
    for start, end in pairwise([*starts, len(text)]):
        at = start
        while end - at > LONGEST:
            yield at
            space = text.rfind(" ", at + 1, at + LONGEST)
            at = space + 1 if space > at else at + LONGEST
        yield at


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, with the blanks that follow each."""
    return (text[start:end] for start, end in pairwise([*sentence_starts(text), len(text)]))


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges of the sentences of a paragraph, without blanks; what is only blank is none."""
    found = []
    for start, end in pairwise([*sentence_starts(text), len(text)]):
        length = len(text[start:end].rstrip())
        if length:
            found.append((start, start + length))
    return found
