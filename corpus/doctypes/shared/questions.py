"""The three questions of a self-evaluation: which part answers which, by headings, else by words.

The vocabulary is data: `self_evaluation.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ...language.sentences import sentences
from ...layout.blocks import Block
from ...own_yaml import read_own_yaml
from .base import SectionStart

FIRST = "quality_and_impact"
"""What a text speaks of until it says otherwise: people begin with what they know."""

QUESTIONS = (FIRST, "how_we_know", "plans")

SURELY = 3
"""How much a sure sign counts against others."""

CARRY = 0.5
"""The question of the passage before wins a draw."""

HEADING_WORDS = 16
"""A paragraph of more words is no heading, whatever it says."""

LARGER = 1.04
"""A heading this much larger than another stands above it."""

_NUMBERED = re.compile(
    r"(?:(?:section|part|question)\s+)?(?:\d+(?:\.\d+)*[.):]?|[A-C][.):])?\s*", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:\.\s?){3,}\s*\d+$")
_TWO_QUESTIONS = re.compile(r"what (?:do )?we know.*how (?:do )?we know", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    headings: tuple[tuple[str, re.Pattern[str]], ...]
    cues: Mapping[str, tuple[tuple[int, re.Pattern[str]], ...]]


@cache
def _vocabulary() -> _Vocabulary:
    file = resources.files(__package__).joinpath("self_evaluation.yaml")
    raw = read_own_yaml(file.read_text(encoding="utf-8"))
    headings = [
        (kind, re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE))
        for kind, entry in raw.items()
        for words in sorted(entry["headings"], key=len, reverse=True)
    ]
    cues = {
        kind: tuple(
            (weight, re.compile(pattern, re.IGNORECASE))
            for name, weight in (("surely", SURELY), ("says", 1))
            for pattern in raw[kind].get(name, ())
        )
        for kind in QUESTIONS
    }
    return _Vocabulary(tuple(headings), cues)


def kind_of_heading(text: str) -> str | None:
    """The question, or "context", that a heading announces; None where it names no single one."""
    words = " ".join(text.replace("’", "'").split())
    if _TWO_QUESTIONS.search(words):
        return None
    found = [
        (match.start(), -len(match.group()), kind)
        for kind, pattern in _vocabulary().headings
        if (match := pattern.search(words))
    ]
    return min(found)[2] if found else None


def kind_of_text(text: str, before: str) -> str:
    """The question that a passage answers by its own words, else that of the passage before."""
    scores = dict.fromkeys(QUESTIONS, 0.0)
    plain = text.replace("’", "'")
    for sentence in sentences(plain):
        for kind, cues in _vocabulary().cues.items():
            scores[kind] += sum(weight for weight, cue in cues if cue.search(sentence))
    if before in scores:
        scores[before] += CARRY
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else before


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """The front, then a section for each heading and for each change of question below it."""
    kinds = list(_kinds(blocks))
    front = next((index for index, kind in enumerate(kinds) if kind != "front"), 0)
    if front > 1 and _is_below(blocks[front - 1], blocks[: front - 1]):
        kinds[front - 1] = kinds[front]  # the first heading of the text, not of the title
    starts = [SectionStart(0, "front", "")]
    for index, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        headed = block.kind == "heading" and kind != "front"
        if headed or kind != starts[-1].kind:
            heading = block.text if headed else "" if kind == "footnotes" else starts[-1].heading
            starts.append(SectionStart(index, kind, heading))
    return starts


def _is_below(block: Block, titles: Sequence[Block]) -> bool:
    return block.kind == "heading" and LARGER * block.size < max(title.size for title in titles)


def _kinds(blocks: Sequence[Block]) -> Iterator[str]:
    """Each block's kind of section. A heading of no question takes what follows it."""
    waiting = 0
    for block, kind in zip(blocks, _Walk(blocks).kinds(), strict=True):
        if kind is None and block.kind == "heading":
            waiting += 1
            continue
        yield from [kind or FIRST] * (waiting + 1)
        waiting = 0
    yield from [FIRST] * waiting


class _Walk:
    """Goes through the blocks and keeps what the headings above have decided."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._decided: str | None = None
        """What the heading above decided; None leaves it to the words."""
        self._size = 0.0
        self._last = FIRST
        self._front = True

    def kinds(self) -> Iterator[str | None]:
        """A kind for each block; None for a heading that decides nothing."""
        listed = _contents_lines(self._blocks)
        for index, block in enumerate(self._blocks):
            if block.kind == "footnote":
                yield "footnotes"
            elif index in listed or _CONTENTS.search(block.text):
                yield "front" if self._front else self._decided or self._last
            elif kind := _announced(block):
                self._decided, self._size, self._front = kind, block.size, False
                self._last = kind if kind in QUESTIONS else FIRST
                yield kind
            elif block.kind == "heading":
                yield self._below(block)
            else:
                yield self._words(block)

    def _below(self, block: Block) -> str | None:
        """A heading that announces nothing ends a decision of one that it stands above."""
        if self._front:
            return "front"
        if self._decided and block.size <= LARGER * self._size and self._decided != "context":
            return self._decided
        self._decided, self._last = None, FIRST
        return None

    def _words(self, block: Block) -> str:
        if self._front:
            if block.kind == "paragraph" and not _runs(block):
                return "front"
            self._front = False
        if self._decided:
            return self._decided
        self._last = kind_of_text(block.text, self._last)
        return self._last


def _announced(block: Block) -> str | None:
    """What a heading announces, or a short line that stands for one."""
    if block.kind == "heading":
        return kind_of_heading(block.text)
    text = _NUMBERED.sub("", block.text, count=1)
    short = len(text.split()) <= HEADING_WORDS and not text.endswith((".", ";", ",", ":"))
    if block.kind != "paragraph" or not short:
        return None
    plain = text.replace("’", "'")
    begins = any(pattern.match(plain) for _, pattern in _vocabulary().headings)
    return kind_of_heading(text) if begins else None


def _contents_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """Lines that only list the questions, one after the other, as a table of contents does."""
    listed: list[int] = []
    run: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind == "paragraph" and _announced(block):
            run.append(index)
            continue
        if len(run) > 1:
            listed += run
        run = []
    return frozenset(listed)


def _runs(block: Block) -> bool:
    """Running text, not a line of the title block."""
    return len(block.lines) > 1 or block.text.endswith((".", "!", "?"))
