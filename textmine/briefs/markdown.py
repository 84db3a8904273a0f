"""The Markdown renderer; charts are left out, since tables have their figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .annex import Annex, annex, footnote, in_words
from .build import PURPOSES
from .model import Brief, Grid, Section

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(brief: Brief) -> str:
    """The brief as Markdown, with its annex."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    numbered = annex(brief)
    title, _ = PURPOSES[brief.purpose]
    yield f"# {_plain(brief.authority)}: {title}"
    yield ""
    if brief.internal:
        yield "**INTERNAL: quotes documents that are not public.**"
        yield ""
    yield f"*{_plain(brief.subtitle)}*"
    for section in brief.sections:
        yield from _section(section, numbered)
    yield from ("", "## Annex: evidence", "")
    for number, evidence in enumerate(numbered.entries, 1):
        said, where = in_words(evidence)
        yield f"{number}. {_plain(said)} ({_plain(where)})"
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
        yield f"- {bold} {_plain(numbered.marks(line.evidence))}".rstrip()
        said, where = footnote(line)
        if where:
            yield f"  {_plain(said)} ({_plain(where)})".replace("   (", "  (")


def _grid(grid: Grid, numbered: Annex) -> Iterator[str]:
    yield _row(grid.header)
    yield "|" + " --- |" * len(grid.header)
    for row in grid.rows:
        yield _row(f"{cell.text} {numbered.marks(cell.evidence)}".strip() for cell in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
