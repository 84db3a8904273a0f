"""Field readers for reports of 2009 to 2018: contents lists, chapters, numbered demands.

Those reports are long and built alike: a title page, a list of contents, chapters with headings
of their own, statistics of the area, what the grades mean, and the inspectors at the back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ...layout.blocks import Block
from ...model import Field, Judgement, RecommendationKind
from .base import Draft, Item, SectionStart
from .common import BOILERPLATE, NOTHING_ASKED, judgement, lead_inspector_field, unmarked

GRADE = (
    r"outstanding|good|adequate|inadequate|not\s+judged"
    r"|requires?\s+improvement(?:\s+to\s+be\s+good)?"
    r"|grade [1-4]"
)
"""The printed grades of these years, as part of a pattern."""

_CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_ENTRY = re.compile(r"\d{1,3}$")
_TABLE_HEAD = re.compile(r"(?:key )?judge?ment\b.*\bgrade", re.IGNORECASE)
_INTRODUCES = re.compile(r"\bthe following (?:actions?|areas?|steps?)\b", re.IGNORECASE)
_ONLY_GRADE = re.compile(rf"(?:grade\s+[1-4]\W*)?\(?(?:{GRADE})\)?\W*", re.IGNORECASE)
"""A grade set as a heading is the judgement of its section, not another one."""

_CHAPTER = 200
"""No heading is longer than so many characters."""


def chapters(
    blocks: Sequence[Block], kind_of: Callable[[str, str], str | None]
) -> list[SectionStart]:
    """Front matter, then a section a heading; the list of contents holds none.

    `kind_of` gets a heading and the kind of section that it stands in; None keeps that kind.
    Until the first heading that it knows, everything is front matter: title, dates, judgements,
    and the stock sentences that say what the grade means.
    """
    starts = [SectionStart(0, "front", "")]
    contents = 0
    for index, block in enumerate(blocks):
        kind, text = starts[-1].kind, unmarked(block.text)
        if block.kind == "footnote":
            if kind != "footnotes":
                starts.append(SectionStart(index, "footnotes", ""))
        elif block.kind == "heading" and _CONTENTS.fullmatch(text):
            contents = block.lines[0].page
            starts.append(SectionStart(index, "contents", text))
        elif kind == "contents" and _is_contents_entry(block, contents):
            continue
        elif BOILERPLATE.match(text):
            if kind != "boilerplate":
                starts.append(SectionStart(index, "boilerplate", ""))
        elif _begins(blocks, index) and not _ONLY_GRADE.fullmatch(text):
            known = kind_of(text, kind)
            if known or kind not in {"front", "boilerplate"}:
                starts.append(SectionStart(index, known or _unlisted(kind), text))
    return starts


def _is_contents_entry(block: Block, contents: int) -> bool:
    """Whether the block still belongs to the list of contents that begins on that page."""
    page = block.lines[0].page
    return page == contents or (page == contents + 1 and bool(_ENTRY.search(block.text)))


def _unlisted(kind: str) -> str:
    return "other" if kind == "contents" else kind


def _begins(blocks: Sequence[Block], index: int) -> bool:
    """A heading, or the row under "Key judgement" that stands at the head of a chapter."""
    block = blocks[index]
    if block.kind == "heading":
        return len(block.text) < _CHAPTER
    if block.kind != "paragraph" or block.number or not index:
        return False
    return bool(_TABLE_HEAD.match(blocks[index - 1].text))


def demands(
    kinds: Mapping[str, Item], *, introductions: bool = False
) -> Callable[[str, Block], Item | None]:
    """The items of the sections of these kinds: what is numbered or marked, and whole sentences.

    The short lines between them ("Care leavers") say whom the next ones concern and ask nothing.
    A numbered paragraph that ends in a colon is an item whose parts are the bullets after it,
    or only introduces them where numbers run through `introductions` too.
    """

    def item(section: str, block: Block) -> Item | None:
        demand = kinds.get(section)
        if demand is None or block.kind not in {"paragraph", "bullet"}:
            return None
        text = block.text
        if NOTHING_ASKED.search(text) or (introductions and _INTRODUCES.search(text)):
            whole = bool(block.number) and text.endswith(":") and not introductions
            return demand if whole else None
        marked = block.number is not None or block.kind == "bullet"
        return demand if marked or text.endswith((".", ";")) else None

    return item


def items(
    kinds: Mapping[str, RecommendationKind], responsible: str | None = None
) -> dict[str, Item]:
    """The kinds of sections and what their items are."""
    return {name: Item(kind, responsible) for name, kind in kinds.items()}


def inspector_at_the_back(draft: Draft) -> Field:
    """The lead inspector, named with the team at the back, else in the title block."""
    at_back = [start for kind, start, _ in draft.headings if kind == "definitions"]
    for start in reversed(at_back):
        found = lead_inspector_field(draft, start)
        if found.status == "found":
            return found
    return lead_inspector_field(draft)


def graded(area: str, draft: Draft, match: re.Match[str] | None) -> Judgement | None:
    """The judgement that a match of a pattern with a group "grade" prints."""
    if match is None:
        return None
    printed = draft.text[match.start("grade") : match.end("grade")]
    return judgement(area, printed, match.start("grade"), match.end("grade"))
