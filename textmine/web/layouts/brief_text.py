"""Briefs and packs in the page's own layout, each mark a link to its passage; and as files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.responses import Response

from corpus.errors import UsageError

from ...briefs.annex import Annex, annex, in_words, quotation
from ...briefs.model import Brief, Cell, Evidence, Line, Quote
from ...usecases.briefs import render
from ..addresses import document_href
from ..files import TYPES
from ..view import address

if TYPE_CHECKING:
    from ...api import Library

FORMATS: Final = (("docx", "Word"), ("html", "Web page"), ("md", "Markdown"))
MEDIA: Final = {
    "docx": TYPES["docx"][1],
    "html": "text/html; charset=utf-8",
    "md": TYPES["md"][1],
}
_SPOT: Final = re.compile(r"(¶|p\.) (\S+)$")


@dataclass(frozen=True, slots=True)
class MarkLink:
    """A short mark such as "2025 ¶ 17", and the passage that it leads to."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table; `css` where it shows a grade."""

    text: str
    css: str
    marks: tuple[MarkLink, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its quote and marks."""

    text: str
    detail: str
    quote: str
    marks: tuple[MarkLink, ...]


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A section."""

    key: str
    title: str
    intro: str
    header: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of evidence in the annex."""

    mark: str
    text: str
    where: str
    href: str


@dataclass(frozen=True, slots=True)
class BriefText:
    """The brief itself."""

    title: str
    subtitle: str
    internal: bool
    sections: tuple[BriefSection, ...]
    entries: tuple[Entry, ...]
    sources: tuple[tuple[str, str], ...]
    """References of documents, and where they are."""
    provenance: str
    warnings: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


def files_of(path: str, args: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The formats of a brief, each with what people call it and its address."""
    return tuple((label, address(path, args, format=kind)) for kind, label in FORMATS)


def brief_file(made: Brief, kind: str, name: str) -> Response:
    """A brief as a file to save."""
    if kind not in MEDIA:
        raise UsageError(f"no format {kind!r} for a brief; choose docx, html or md")
    headers = {
        "content-disposition": f'attachment; filename="{quote(name)}.{kind}"',
        "cache-control": "no-store",
    }
    return Response(render(made, f".{kind}"), media_type=MEDIA[kind], headers=headers)


def brief_text(
    brief: Brief, title: str, files: tuple[tuple[str, str], ...], library: Library
) -> BriefText:
    """A brief as the template shows it."""
    rests_on = annex(brief)
    hrefs = {each: _href(each) for each in rests_on.entries}
    return BriefText(
        title=title,
        subtitle=brief.subtitle,
        internal=brief.internal,
        sections=tuple(
            BriefSection(
                key=each.key,
                title=each.title,
                intro=each.intro,
                header=each.grid.header if each.grid else (),
                rows=tuple(
                    tuple(
                        GridCell(cell.text, cell.grade or "", _marks(cell, rests_on, hrefs))
                        for cell in row
                    )
                    for row in (each.grid.rows if each.grid else ())
                ),
                lines=tuple(
                    Statement(
                        line.text, line.detail, quotation(line), _marks(line, rests_on, hrefs)
                    )
                    for line in each.lines
                ),
            )
            for each in brief.sections
        ),
        entries=tuple(
            Entry(
                rests_on.mark(each) if isinstance(each, Quote) else "",
                *in_words(each),
                href=hrefs[each],
            )
            for each in rests_on.entries
        ),
        sources=tuple((each.reference, document_href(each.sha256)) for each in brief.sources),
        provenance=brief.provenance,
        warnings=tuple(library.warnings((each.document, each.voice) for each in brief.sources)),
        files=files,
    )


def _marks(of: Line | Cell, rests_on: Annex, hrefs: dict[Evidence, str]) -> tuple[MarkLink, ...]:
    return tuple(
        MarkLink(each.text, hrefs[rests_on.entries[each.entry - 1]]) for each in rests_on.marks(of)
    )


def _href(evidence: Evidence) -> str:
    """Where the words of a quote stand; empty for counts and absences."""
    if not isinstance(evidence, Quote):
        return ""
    href = document_href(evidence.sha256)
    spot = _SPOT.search(evidence.spot)  # a pack names the authority first
    if spot is None:
        return href
    return f"{href}#{'para' if spot[1] == '¶' else 'page'}-{quote(spot[2])}"
