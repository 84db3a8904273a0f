"""Passage segmentation: blocks into passages and recommendations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .doctypes.shared.base import DocType, Item, SectionStart
from .language.attribution import whole
from .layout.blocks import Block
from .layout.canonical_text import Canonical
from .model import Passage, Recommendation, Voice

_SENTENCES = frozenset({"paragraph", "bullet"})
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_TAG = re.compile(
    rf"\((?:[^()]{{0,80}}\W)??(?P<part>outcome|enabler|principle)s?\s+"
    rf"(?P<number>\d|{'|'.join(_NUMBERS)})\b[^()]{{0,120}}\)",
    re.IGNORECASE,
)
_ENABLERS = (
    ("1", re.compile(r"\(enabler:[^()]*multi-agency", re.IGNORECASE)),
    ("2", re.compile(r"\(enabler:[^()]*leaders", re.IGNORECASE)),
    ("3", re.compile(r"\(enabler:[^()]*workforce", re.IGNORECASE)),
)


def passages_of(
    blocks: Sequence[Block],
    starts: Sequence[SectionStart],
    written: Canonical,
    doctype: DocType,
    voice: Voice,
) -> tuple[tuple[Passage, ...], tuple[Recommendation, ...]]:
    """The passages in reading order, and the recommendations among them."""
    passages: list[Passage] = []
    recommendations: list[Recommendation] = []
    asked = _items(blocks, starts, doctype)
    pages = {line.start: line.page for line in written.lines}
    section = 0
    for index, (block, (start, end)) in enumerate(zip(blocks, written.blocks, strict=True)):
        while section + 1 < len(starts) and starts[section + 1].block <= index:
            section += 1
        section_kind = starts[section].kind
        item = asked.get(index)
        about = doctype.about_section.get(section_kind, doctype.about)
        if block.kind in _SENTENCES:
            about = whole(written.text[start:end], about)
        passages.append(
            Passage(
                kind="recommendation" if item else block.kind,
                ordinal=index + 1,
                number=block.number,
                section=section,
                page=pages[start],
                start=start,
                end=end,
                voice=voice,
                about=about,
            )
        )
        if item:
            tag = framework_tag(written.text[start:end])
            recommendations.append(
                Recommendation(index + 1, item.kind, block.number, tag, item.responsible)
            )
    return tuple(passages), tuple(recommendations)


def _items(
    blocks: Sequence[Block], starts: Sequence[SectionStart], doctype: DocType
) -> dict[int, Item]:
    """The items by the index of their block.

    Where the items of a list are numbered, a bullet among them is a part of one, and a sentence
    without a number is none.
    """
    found: dict[int, Item] = {}
    bounds = [start.block for start in starts] + [len(blocks)]
    for start, end in zip(starts, bounds[1:], strict=True):
        here = {
            index: item
            for index in range(start.block, end)
            if (item := doctype.item(start.kind, blocks[index]))
        }
        numbered = {index: item for index, item in here.items() if blocks[index].number}
        found |= numbered or here
    return found


def framework_tag(text: str) -> str | None:
    """The part of the national framework that an item names, as "outcome 4" or "enabler 2".

    Source: "Children's social care: national framework" (2023), whose outcomes, enablers and
    principles reports print after their recommendations since March 2025.
    """
    if found := _TAG.search(text):
        number = found["number"].lower()
        return f"{found['part'].lower()} {_NUMBERS.get(number, number)}"
    return next(
        (f"enabler {number}" for number, named in _ENABLERS if named.search(text)),
        None,
    )
