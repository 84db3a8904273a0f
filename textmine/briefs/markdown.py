"""The Markdown renderer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .annex import Annex, annex, in_words, quotation
from .build import PURPOSES
from .model import Brief, Grid, Quote, Section

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(brief: Brief) -> str:
    """The brief as Markdown, with its annex."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    numbered = annex(brief)
    title = brief.title or PURPOSES[brief.purpose][0]
    yield f"# {_plain(brief.authority)}: {title}"
    yield ""
    if brief.internal:
        yield "**INTERNAL: quotes documents that are not public.**"
        yield ""
    yield f"*{_plain(brief.subtitle)}*"
    for section in brief.sections:
        yield from _section(section, numbered)
    yield from ("", "## Annex: evidence", "")
    for evidence in numbered.entries:
        said, where = in_words(evidence)
        mark = f"**{_plain(numbered.mark(evidence))}** " if isinstance(evidence, Quote) else ""
        yield f"- {mark}{_plain(said)} ({_plain(where)})"
    yield from ("", "## Annex: documents", "")
    for source in brief.sources:
        yield f"- {_plain(source.reference)} (document {source.document}, {source.sha256[:12]})"
    yield from ("", f"*{_plain(brief.provenance)}*")


def _section(section: Section, numbered: Annex) -> Iterator[str]:
    yield from ("", f"## {_plain(section.title)}")
    if section.intro:
        yield from ("", _plain(section.intro))
    if section.grid:
        yield from ("", *_grid(section.grid, numbered))
    if section.lines:
        yield ""
    for line in section.lines:
        bold = f"**{_plain(line.text)}** {_plain(line.detail)}".rstrip()
        marks = _plain(numbered.printed(line))
        if quote := quotation(line):
            yield from (f"- {bold}", f"  > {_plain(quote)} {marks}")
        else:
            yield f"- {bold} {marks}".rstrip()


def _grid(grid: Grid, numbered: Annex) -> Iterator[str]:
    yield _row(grid.header)
    yield "|" + " --- |" * len(grid.header)
    for row in grid.rows:
        yield _row(f"{cell.text} {numbered.printed(cell)}".strip() for cell in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
