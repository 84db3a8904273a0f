"""Block segmentation: pages of lines into headings, paragraphs, bullets and footnotes.

A block becomes a passage. Geometry decides: a wide step down starts a block, a number or a
bullet at its indent does, and a change of size does. Footnotes leave the flow, so that a
paragraph joins across a page break.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest
from typing import NamedTuple

from ..model import Line, Page, PassageKind, Problem
from .columns import columns
from .furniture import without_furniture
from .numbering import Numbering

STEP = 1.22
"""A step down of this many usual steps starts a block."""

USUAL = 1.2
"""The usual step from line to line, in ems, of a document too short to tell its own."""

LONG = 0.6
"""A line of running text has at least this share of the width of the widest."""

HEADING = 1.1
"""A bold line this much larger than the body is a heading."""

TITLE = 1.25
"""Any line this much larger is one."""

SMALL = 0.92
"""A footnote is at most this share of the body's size."""

RESIZED = 0.12
"""A change of size by more than this share starts a block; numbers are often a point smaller."""

LARGER = 1.3
"""The first line of a paragraph may be larger than the rest by this, and is no heading."""

MARK = 0.75
"""Digits of at most this share of the body's size are a footnote's mark."""

SIDE = 4.0
"""Two indents are the same within this many points."""

_BULLET = re.compile(
    r"(?:[\x83\uf020-\uf0ff\u2022\u2023\u25a0-\u25ff\u2043\u2219\u27a2\u2713\u2714]"
    r"|o(?=\s)|[-–\u2212](?=\s))\s*"
)
_SURE_BULLET = re.compile(r"[\x83\uf020-\uf0ff\u2022\u2023\u25a0-\u25ff\u2043\u2219\u27a2]")
_FOOTNOTE = re.compile(r"(?:\d{1,2}|\*{1,3}|[†‡])\s*(?=\D|$)")
_MARKED = re.compile(r"\d{1,2}\s+(?=\S)")
_ENDS = re.compile(r"[.!?:;][’”'\")\d]*$")


class PageLine(NamedTuple):
    """A line and its page; `skip` characters at its head (a number, a bullet) are no text.

    `column` counts the stretches of a page that is not read straight down.
    """

    page: int
    line: Line
    skip: int = 0
    column: int = 0


@dataclass(slots=True)
class Block:
    """Lines that belong together. Mutable while the layout grows it."""

    kind: PassageKind
    lines: list[PageLine]
    number: str | None = None
    size: float = 0.0
    bold: bool = False
    indents: list[float] = field(default_factory=list)
    cells: tuple[int, ...] = ()
    """Of a table row: at which lines its second and further cells begin."""
    responsible: str | None = None
    """Of what a table asks for: the body that its row names."""

    @property
    def last(self) -> PageLine:
        """Its last line so far."""
        return self.lines[-1]

    @property
    def empty(self) -> bool:
        """Whether nothing is printed in it."""
        return not any(placed.line.text[placed.skip :].strip() for placed in self.lines)

    @property
    def text(self) -> str:
        """Its words for a rule to look at; `assemble` makes the canonical text."""
        return " ".join(placed.line.text[placed.skip :] for placed in self.lines).strip()


@dataclass(frozen=True, slots=True)
class Flow:
    """The running text of a document, line by line, and what was set apart from it."""

    lines: tuple[PageLine, ...]
    footnotes: tuple[Block, ...]
    body: float
    """The size of running text, in points."""
    running: tuple[str, ...]
    """The running heads and feet that were taken away, each as it is first printed."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks in reading order, footnotes last, and the oddities met on the way."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]


def running_text(pages: Sequence[Page]) -> Flow:
    """The pages less running heads, feet and page numbers; footnotes set apart."""
    bare, running = without_furniture(pages)
    body = _body_size(bare)
    lines: list[PageLine] = []
    footnotes: list[Block] = []
    for page in bare:
        for column, stretch in enumerate(columns(page) or (_in_order(page).lines,)):
            rest, notes = _apart(replace(page, lines=stretch), body)
            lines += [PageLine(page.number, line, 0, column) for line in rest]
            footnotes += notes
    return Flow(tuple(_evened(lines, body)), tuple(footnotes), body, running)


def _evened(lines: Sequence[PageLine], body: float) -> Iterator[PageLine]:
    """The lines, each that begins a sentence of the size of the body in that size.

    Some documents set the first line of a paragraph a little larger than the rest of it.
    """
    for placed, below in zip_longest(lines, lines[1:]):
        line = placed.line
        if below and line.size != body and _begins_larger(placed, below, body):
            yield placed._replace(line=line._replace(size=body))
        else:
            yield placed


def _begins_larger(placed: PageLine, below: PageLine, body: float) -> bool:
    """Whether a line of another size goes on in one of the body's, in the middle of a sentence."""
    line, behind = placed.line, below.line
    near = SMALL * body < line.size <= LARGER * body and behind.size == body
    level = placed.page == below.page and placed.column == below.column
    if not (near and level) or line.bold != behind.bold or line.role:
        return False
    step = behind.y1 - line.y1
    unfinished = not _ENDS.search(line.text) and behind.text[:1].islower()
    return unfinished and 0 < step <= STEP * USUAL * max(line.size, body)


def lay_out(flow: Flow, ready: Mapping[PageLine, Sequence[Block]] | None = None) -> Layout:
    """The blocks of the running text.

    `ready` maps lines that are already spoken for (the lines of a table) to the blocks to put
    in their place; all but one of a table's lines map to nothing.
    """
    builder = _Builder(flow.body, _usual_step(flow.lines))
    for placed in flow.lines:
        if ready and placed in ready:
            builder.blocks += ready[placed]
        else:
            builder.add(placed)
    blocks = [block for block in builder.blocks if not block.empty]
    for block in blocks:
        _name(block, flow.body)
    notes = [note for note in flow.footnotes if not note.empty]
    return Layout((*blocks, *notes), tuple(builder.numbering.problems))


def _in_order(page: Page) -> Page:
    """The page's lines from top to bottom, where they were drawn in another order.

    A step up into the same column says so; a step up beside it is a cell or a column.
    """
    for above, below in pairwise(page.lines):
        if below.y0 < above.y0 - above.size and min(above.x1, below.x1) > max(above.x0, below.x0):
            ordered = tuple(sorted(page.lines, key=lambda line: line.y0))
            return replace(page, lines=ordered)
    return page


def _body_size(pages: Iterable[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _usual_step(flow: Sequence[PageLine]) -> float:
    """The commonest step down from line to line of running text, in ems.

    Rows, list items and lines of a title say nothing: running text is a long line with another
    below it that goes on in it. Of a document without any, the commonest of all steps.
    """
    running: Counter[float] = Counter()
    every: Counter[float] = Counter()
    long = LONG * max((line.x1 - line.x0 for _, line, *_ in flow), default=0.0)
    for above, below in pairwise(flow):
        if above.page != below.page or above.line.size != below.line.size:
            continue
        step = round((below.line.y1 - above.line.y1) / (above.line.size or 1.0), 1)
        if not 0.9 < step < 2.5:
            continue
        every[step] += 1
        wide = above.line.x1 - above.line.x0 >= long and not above.line.gaps
        if wide and below.line.text[:1].islower():
            running[step] += 1
    steps = running or every
    return max(steps.most_common(1)[0][0], 1.0) if steps else USUAL


def _apart(page: Page, body: float) -> tuple[Sequence[Line], list[Block]]:
    """The page's lines less the footnotes at its foot, and those footnotes."""
    lines = page.lines
    first = len(lines)
    while first and _could_be_note(lines[first - 1], page, body):
        first -= 1
    while first < len(lines) and not _FOOTNOTE.match(lines[first].text):
        first += 1
    notes: list[Block] = []
    for line in lines[first:]:
        match = _FOOTNOTE.match(line.text)
        if match and (
            not notes
            or line.size < notes[-1].size
            or line.text[match.end() : match.end() + 1].isupper()
        ):
            number = match.group().strip()
            notes.append(
                Block("footnote", [PageLine(page.number, line, match.end())], number, body)
            )
        else:
            notes[-1].lines.append(PageLine(page.number, line))
            notes[-1].size = line.size
    return lines[:first], notes


def _elsewhere(above: PageLine, below: PageLine) -> bool:
    return above.page != below.page or above.column != below.column


def _level(above: PageLine, below: PageLine) -> bool:
    return (above.page, above.line.y0) == (below.page, below.line.y0)


def _could_be_note(line: Line, page: Page, body: float) -> bool:
    """Small print below the page's top third; a bold line may be a table's last row."""
    return line.size <= SMALL * body and not line.bold and line.y0 > page.height / 3


def _name(block: Block, body: float) -> None:
    """Says of a finished block whether it is a heading."""
    if block.kind != "paragraph" or block.number or len(block.lines) > 4:
        return
    larger = block.size >= HEADING * body if block.bold else block.size >= TITLE * body
    whole = all(placed.line.bold for placed in block.lines)
    if larger or (whole and len(block.text) < 200 and not block.text.endswith((";", ","))):
        block.kind = "heading"


class _Builder:
    """Takes lines in order and grows blocks."""

    def __init__(self, body: float, usual: float) -> None:
        self.body = body
        self.usual = usual
        self.step = STEP * usual * body
        self.blocks: list[Block] = []
        self.numbering = Numbering()

    def add(self, placed: PageLine) -> None:
        block = self.blocks[-1] if self.blocks else None
        line = placed.line
        if block and self._plainly_goes_on(block, placed):
            block.lines.append(placed)
            block.indents.append(line.x0)
            return
        if line.role:
            self._take(placed, line.role)
            return
        if block and line.size <= MARK * self.body and line.text.isdigit():
            return  # a footnote's mark, drawn as a line of its own
        if block and (mark := self._level_mark(block, placed)):
            block.lines.append(placed._replace(skip=mark))
            return
        gap = block is None or self._gap(block, placed)
        if self._could_be_numbered(line):
            number = self.numbering.accept(line.text, line.x0, placed.page, gap=gap)
            if number:
                self._start(placed._replace(skip=number.end()), "paragraph", number[1])
                return
        bullet = self._bullet(block, line, gap=gap)
        if bullet:
            self._start(placed._replace(skip=bullet), "bullet")
        elif block is None or self._breaks(block, placed, gap=gap):
            self._start(placed, "paragraph")
        else:
            block.lines.append(placed)
            block.indents.append(line.x0)

    def _plainly_goes_on(self, block: Block, placed: PageLine) -> bool:
        """Whether a line of running text stands right below another, as most do.

        Such a line is no mark, number or bullet and does not break: `add` need not ask all that.
        """
        (page, above, _, column), line = block.lines[-1], placed.line
        return (
            line.size == self.body == block.size
            and -line.size <= line.y0 - above.y0 <= self.step
            and -line.size <= line.y1 - above.y1
            and page == placed.page
            and column == placed.column
            and line.bold == above.bold
            and line.text[:1].isalpha()
            and line.text[0] != "o"  # some lists have it for a bullet
            and not line.role
            and block.kind != "table_row"
        )

    def _take(self, placed: PageLine, role: PassageKind) -> None:
        """A block, or a further cell of a row, by what the file says that it is."""
        line, block = placed.line, self.blocks[-1] if self.blocks else None
        if role == "table_row" and block and block.kind == role and _level(block.last, placed):
            block.cells = (*block.cells, len(block.lines))
            block.lines.append(placed)
            return
        number = None
        if role == "paragraph" and line.text.startswith(f"{self.numbering.last + 1}."):
            # A list that starts again at 1 numbers its items, not the document's paragraphs.
            number = self.numbering.accept(line.text, line.x0, placed.page, gap=True)
        if number:
            self._start(placed._replace(skip=number.end()), role, number[1])
        else:
            self._start(placed, role)

    def _start(self, placed: PageLine, kind: PassageKind, number: str | None = None) -> None:
        line = placed.line
        self.blocks.append(Block(kind, [placed], number, line.size, line.bold))

    def _level_mark(self, block: Block, placed: PageLine) -> int:
        """The length of a footnote's mark with which the rest of a printed line begins, else 0."""
        line = placed.line
        if line.size > SMALL * self.body or block.last.page != placed.page:
            return 0
        above, match = block.last.line, _MARKED.match(line.text)
        level = abs(line.y1 - above.y1) < above.size / 2 and line.x0 >= above.x1 - 1
        return match.end() if match and level else 0

    def _could_be_numbered(self, line: Line) -> bool:
        return line.text[:1].isdigit() and not line.bold and line.size <= HEADING * self.body

    def _gap(self, block: Block, placed: PageLine) -> bool:
        """Whether a wider step than usual, or a page break, lies between."""
        above, line = block.last, placed.line
        if _elsewhere(above, placed):
            return True
        step = min(line.y0 - above.line.y0, line.y1 - above.line.y1)
        return step > STEP * self.usual * max(line.size, self.body) or step < -line.size

    def _bullet(self, block: Block | None, line: Line, *, gap: bool) -> int:
        """The length of a bullet at the head of the line, 0 where there is none."""
        head = line.text[:1]
        if head.isalpha() and head != "o":
            return 0  # nearly every line: no need to ask
        match = _BULLET.match(line.text)
        if not match:
            return 0
        sure = bool(_SURE_BULLET.match(line.text))
        in_list = block is not None and block.kind == "bullet"
        return match.end() if sure or gap or in_list else 0

    def _breaks(self, block: Block, placed: PageLine, *, gap: bool) -> bool:
        """Whether a line without number or bullet starts a block of its own."""
        line, above = placed.line, block.last.line
        if block.kind == "table_row":
            return True
        if block.kind == "bullet":
            resized = line.size >= TITLE * self.body
        else:
            resized = abs(line.size - block.size) > RESIZED * block.size
        if resized:
            return True
        if _elsewhere(block.last, placed):
            beside = block.last.page == placed.page and not line.text[:1].islower()
            return beside or not self._continues(block, line)
        if gap:
            return True
        if line.bold != above.bold:
            # A bold line inside a paragraph is emphasis; at its edge, a heading of its own.
            return block.bold or bool(_ENDS.search(above.text))
        return False

    def _continues(self, block: Block, line: Line) -> bool:
        """Whether a paragraph goes on over the page break."""
        if line.bold != block.bold:
            return False
        unfinished = not _ENDS.search(block.last.line.text) or line.text[:1].islower()
        hanging = block.number is not None or block.kind == "bullet"
        if not hanging:
            return unfinished
        first = block.lines[0].line.x0
        if block.indents:
            return abs(line.x0 - block.indents[-1]) <= SIDE or unfinished
        return line.x0 > first + SIDE or unfinished
