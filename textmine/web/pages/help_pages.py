"""Help: the query language with live examples, what the numbers mean, and accessibility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ... import __version__
from ...analysis import accuracy
from ..manual import Block, Chapter, Span, chapters
from ..view import Answer, Asked, Page, PageRoute, address

if TYPE_CHECKING:
    from ...api import Library

TYPED: Final = "you type"
"""The head of a column whose code can be tried."""


@dataclass(frozen=True, slots=True)
class Words:
    """Some words; with an address where they are a query that can be tried."""

    text: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """A paragraph, a list or a table."""

    kind: str
    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Words, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class HelpChapter:
    """A section about the query language."""

    key: str
    title: str
    blocks: tuple[HelpBlock, ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The context of the page."""

    chapters: tuple[HelpChapter, ...]
    polarity: str
    """The share of tags with the right polarity."""
    verdicts: str
    """The share of verdicts on demands that are right."""
    coded: int
    """The demands on which that was measured."""


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """The context of the accessibility statement."""

    version: str


def show(asked: Asked, library: Library) -> Answer:  # noqa: ARG001 (every page takes both)
    """The page."""
    precision, coded = accuracy.verdicts()
    context = HelpPage(
        chapters=tuple(map(_chapter, chapters())),
        polarity=f"{accuracy.polarity():.0%}",
        verdicts=f"{precision:.0%}",
        coded=coded,
    )
    return Page("help.html", "Help", context, "help")


def accessibility(asked: Asked, library: Library) -> Answer:  # noqa: ARG001
    """The accessibility statement."""
    context = AccessibilityPage(__version__)
    return Page("accessibility.html", "Accessibility statement", context, "help")


def _chapter(chapter: Chapter) -> HelpChapter:
    first = chapter is chapters()[0]
    return HelpChapter(
        chapter.key,
        chapter.title,
        tuple(_block(each, tries=first and at == 0) for at, each in enumerate(chapter.blocks)),
    )


def _block(block: Block, *, tries: bool) -> HelpBlock:
    typed = bool(block.head) and block.head[0] == TYPED
    return HelpBlock(
        block.kind,
        block.head,
        tuple(
            tuple(
                tuple(_words(span, tries=tries or (typed and at == 0)) for span in cell)
                for at, cell in enumerate(row)
            )
            for row in block.rows
        ),
    )


def _words(span: Span, *, tries: bool) -> Words:
    href = address("/", q=span.text) if tries and span.kind == "code" else ""
    return Words(span.text, span.kind, href)


ROUTES: Final = (
    PageRoute("/help", show),
    PageRoute("/help/accessibility", accessibility),
)
