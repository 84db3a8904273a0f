"""The assembler: pages and a document type into a Document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from pathlib import PurePath

from .doctypes import OTHER, doctypes, recognise
from .doctypes.shared.base import DocType, Draft, Opening, PlacedRow, SectionStart
from .errors import NotADocument, UsageError
from .language.dates import find_date
from .layout.blocks import Block, Flow, PageLine, lay_out, running_text
from .layout.canonical_text import Canonical, canonical
from .model import (
    Document,
    Line,
    PageSize,
    Problem,
    RawDocument,
    Section,
    Source,
)
from .passages import passages_of
from .readers import TableReader
from .readers.encoding import unreadable_letters
from .register.authorities import Register
from .tables.indicator_tables import data_tables
from .tables.judgement_table import (
    GradeTable,
    Piece,
    Row,
    find_grade_table,
    pieces_of,
    table_from_cells,
)

OPENING = 2000
"""How many characters of the beginning a type may look at to recognise a document."""

PDF = "application/pdf"

SURE = 0.85
"""Text recognition that is less sure of a page than this may have got words wrong."""

TABLE_PAGES = 3
"""Judgement tables stand on the first pages."""

TITLE_LINES, TITLE_WORDS = 5, 20
"""So many short lines may be the title of a document that sets no headings apart."""

VERSION = "6"
"""Raised whenever any file may become another document; a type's own version is beside it."""

_FILE_DATE = re.compile(r"(?<!\d)\d{1,2} [a-z]+ \d{4}(?!\d)", re.IGNORECASE)


def assemble(
    raw: RawDocument, source: Source, *, register: Register, tables: TableReader
) -> Document:
    """The document that these pages are: without text, if they wait for text recognition.

    Raises NotADocument where there is nothing to read on them.
    """
    flow = running_text(raw.pages)
    table, table_problem = _grade_table(flow, tables)
    ready = data_tables(flow.lines) | (_row_blocks(table) if table else {})
    layout = lay_out(flow, ready)
    blocks = layout.blocks
    if not blocks:
        return _unread(raw, source)
    doctype = _doctype(source, blocks, table)
    blocks = tuple(doctype.arrange(blocks, tables))
    written = canonical(blocks)
    starts = doctype.sections(blocks)
    sections = _sections(starts, written)
    front = sections[1].start if len(sections) > 1 else min(len(written.text), OPENING)
    facts = doctype.read(
        Draft(
            text=written.text,
            front=front,
            title=_title(blocks),
            rows=_row_places(table, ready, blocks, written),
            table_problem=table_problem,
            running=flow.running,
            headings=tuple(
                (start.kind, *written.blocks[start.block]) for start in starts if start.heading
            ),
            register=register,
            options=source.given,
            file_date=file_date(source.path),
        )
    )
    voice = facts.voice or doctype.voice
    passages, recommendations = passages_of(blocks, starts, written, doctype, voice)
    return Document(
        doc_type=doctype.id,
        framework=facts.framework,
        text=written.text,
        pages=_sizes(raw),
        lines=written.lines,
        sections=sections,
        passages=passages,
        authority=facts.authority,
        fields=facts.fields,
        judgements=facts.judgements,
        recommendations=recommendations,
        problems=(*raw.problems, *layout.problems, *_oddities_of_pages(raw), *facts.problems),
        voice=voice,
        visibility=source.given.visibility or doctype.visibility,
    )


def _unread(raw: RawDocument, source: Source) -> Document:
    """A scan that nobody could read yet: its pages, and why they are empty."""
    if raw.media_type != PDF or all(page.recognised is not None for page in raw.pages):
        raise NotADocument("the file contains no text")
    doctype = doctypes()[source.given.doc_type or OTHER]
    return Document(
        doc_type=doctype.id,
        framework=None,
        text="",
        pages=_sizes(raw),
        lines=(),
        sections=(),
        passages=(),
        authority=None,
        fields=(),
        judgements=(),
        problems=(*raw.problems, *_oddities_of_pages(raw)),
        voice=doctype.voice,
        visibility=source.given.visibility or doctype.visibility,
    )


def _sizes(raw: RawDocument) -> tuple[PageSize, ...]:
    return tuple(
        PageSize(page.number, page.width, page.height, page.recognised) for page in raw.pages
    )


def reader_version(doc_type: str) -> str:
    """The version of the reader of a document type; other types do not affect it.

    What no type recognised depends on all of them.
    """
    types = doctypes()
    if doc_type == OTHER:
        own = ",".join(f"{name}{types[name].version}" for name in sorted(types))
        return f"{VERSION}/{hashlib.sha256(own.encode()).hexdigest()[:8]}"
    return f"{VERSION}/{types[doc_type].version if doc_type in types else 'gone'}"


def file_date(path: str) -> date | None:
    """The publication date in a file's name, as the inspectorate names its files."""
    match = _FILE_DATE.search(PurePath(path.replace("\\", "/")).stem)
    found = find_date(match.group()) if match else None
    return found.first if found else None


def _grade_table(flow: Flow, tables: TableReader) -> tuple[GradeTable | None, str | None]:
    """The judgement table, from ruled cells where the lines alone leave doubt."""
    head = [placed for placed in flow.lines if placed.page <= TABLE_PAGES]
    table = find_grade_table(head)
    if table is None or table.conclusive:
        return table, None
    ruled = table_from_cells(table, tables(table.page), head)
    if ruled:
        return ruled, None
    return table, "the judgement table could not be read with certainty"


def _row_blocks(table: GradeTable) -> dict[PageLine, list[Block]]:
    """The table's lines, the first of them mapped to one block a row."""
    blocks = [_row_block(row) for row in table.rows]
    if table.header:
        heads = [_line(piece) for placed in table.header for piece in pieces_of(placed)]
        blocks.insert(0, Block("table_row", heads, cells=tuple(range(1, len(heads)))))
    ready: dict[PageLine, list[Block]] = {placed: [] for placed in table.lines()}
    ready[next(table.lines())] = blocks
    return ready


def _row_block(row: Row) -> Block:
    pieces = [_line(piece) for piece in (*row.label, *row.grade)]
    return Block("table_row", pieces, cells=(len(row.label),))


def _line(piece: Piece) -> PageLine:
    line = piece.placed.line
    return PageLine(
        piece.placed.page,
        Line(piece.text, piece.x0, line.y0, piece.x1, line.y1, line.size, line.bold),
    )


def _row_places(
    table: GradeTable | None,
    ready: Mapping[PageLine, Sequence[Block]],
    blocks: Sequence[Block],
    written: Canonical,
) -> tuple[PlacedRow, ...]:
    """The judgement table's rows with their places; other tables have rows of cells too."""
    if table is None:
        return ()
    ranges = {id(block): cells for block, cells in zip(blocks, written.rows, strict=True)}
    made = ready[next(table.lines())]
    rows = zip(table.rows, made[len(made) - len(table.rows) :], strict=True)
    return tuple(PlacedRow(row, *ranges[id(block)][1]) for row, block in rows)


def _doctype(source: Source, blocks: Sequence[Block], table: GradeTable | None) -> DocType:
    if given := source.given.doc_type:
        if given not in doctypes():
            known = ", ".join(sorted(doctypes()))
            raise UsageError(f"unknown document type: {given!r}. Use {known}")
        return doctypes()[given]
    rows = tuple(row.label_text for row in table.rows) if table else ()
    return recognise(Opening(_title(blocks), _opening(blocks), rows))


def _opening(blocks: Sequence[Block]) -> str:
    """The words of the first blocks."""
    words: list[str] = []
    length = 0
    for block in blocks:
        if length > OPENING:
            break
        words += block.text.split()
        length += len(block.text)
    return " ".join(words)[:OPENING]


def _title(blocks: Sequence[Block]) -> str:
    """The headings before the first running text; else, as in plain text, its first short lines."""
    headings = [block.text for block in takewhile(lambda block: block.kind == "heading", blocks)]
    short = takewhile(_is_title_line, blocks[:TITLE_LINES])
    return " ".join(headings or [block.text for block in short]) or blocks[0].text


def _is_title_line(block: Block) -> bool:
    """A line that is no sentence, item or row."""
    text = block.text
    wordy = len(text.split()) > TITLE_WORDS or text.endswith((".", ";", ","))
    return block.kind in {"heading", "paragraph"} and block.number is None and not wordy


def _sections(starts: Sequence[SectionStart], written: Canonical) -> tuple[Section, ...]:
    bounds = [written.blocks[start.block][0] for start in starts] + [len(written.text)]
    return tuple(
        Section(start.kind, start.heading, begin, end)
        for start, begin, end in zip(starts, bounds, bounds[1:], strict=False)
    )


def _oddities_of_pages(raw: RawDocument) -> list[Problem]:
    """Pages without text, and those of which text recognition is not sure."""
    problems = []
    for page in raw.pages:
        sure = page.recognised
        text = "".join(line.text for line in page.lines)
        problems += unreadable_letters(text, page.number)
        if not page.lines and sure is None and raw.media_type == PDF:
            message = "no text on this page; a scan needs OCR (see --ocr)"
            problems.append(Problem("page-without-text", message, page.number))
        elif not page.lines:
            message = "nothing to read on this page"
            problems.append(Problem("page-blank", message, page.number))
        elif sure is not None and sure < SURE:
            message = f"OCR confidence on this page is {sure:.0%}; compare it with the scan"
            problems.append(Problem("page-doubtful", message, page.number))
    return problems
