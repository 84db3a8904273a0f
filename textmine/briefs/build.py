"""The builder: turns a dossier into a brief, by purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from ..citation import reference
from .dossier import Dossier
from .model import Brief, Purpose, Section, Source
from .once import once
from .quoting import count_of, in_full, lower_first
from .sections import (
    collected,
    coverage,
    demands,
    history,
    missing,
    others,
    partners,
    patterns,
    questions,
    risks,
    self_evaluation,
    standing,
    summary,
)
from .sections.missing import NO_CLAIMS

Maker: TypeAlias = Callable[[Dossier], Section]

_OPENING: tuple[Maker, ...] = (summary.section, standing.section, demands.section, history.section)
_CLOSING: tuple[Maker, ...] = (questions.section, missing.section)

PURPOSES: Mapping[Purpose, tuple[str, tuple[Maker, ...]]] = {
    "engagement-meeting": (
        "Briefing for the annual engagement meeting",
        (
            *_OPENING,
            *(patterns.section, self_evaluation.section, risks.section, partners.section),
            *(coverage.section, others.section),
            *_CLOSING,
        ),
    ),
    "focused-visit": (
        "Briefing for a focused visit",
        (*_OPENING, patterns.section, risks.section, coverage.section, *_CLOSING),
    ),
    "inspection": (
        "Briefing for an inspection",
        (
            *_OPENING,
            *(patterns.section, risks.section, self_evaluation.section),
            *(partners.section, others.section),
            *_CLOSING,
        ),
    ),
}
"""The title of each kind of brief, and its sections in their order."""


def build(dossier: Dossier, purpose: Purpose) -> Brief:
    """The brief for a purpose."""
    _, makers = PURPOSES[purpose]
    sections = _without_empty([_full(make(dossier)) for make in makers])
    if chosen := collected.section(dossier):
        sections.insert(1, chosen)
    own = len(dossier.documents)
    versions = sorted({row.made.pipeline for row in dossier.documents})
    first, last = (dossier.documents[at].date for at in (0, -1)) if own else (None, None)
    span = f", {in_full(first)} to {in_full(last)}" if own else ""
    return Brief(
        authority=dossier.authority.name,
        purpose=purpose,
        as_of=dossier.as_of.isoformat(),
        subtitle=f"From {count_of(own, 'document')}{span},"
        f" as of {in_full(dossier.as_of.isoformat())}",
        internal=any(row.visibility == "internal" for row in dossier.documents),
        sections=once(sections),
        sources=tuple(
            Source(
                document=each.document,
                sha256=each.sha256,
                voice=each.document_voice,
                reference=reference(each).text(),
            )
            for each in dossier.cited.values()
        ),
        provenance=f"textmine findings {', '.join(versions) or 'none'};"
        f" {count_of(len(dossier.library), 'document')} in the library on that day",
    )


def _full(section: Section) -> Section:
    """A section whose table has no empty column."""
    return replace(section, grid=section.grid.without_empty()) if section.grid else section


def _without_empty(sections: list[Section]) -> list[Section]:
    """Sections that hold nothing become lines of the last, which says what is missing.

    The summary stays: it says so in its own words.
    """
    opening, *others, missing_section = sections
    empty = [each for each in others if each.is_empty()]
    lines = tuple(
        replace(line, key=f"{each.key}-{line.key}", text=f"{each.title}: {lower_first(line.text)}")
        for each in empty
        for line in each.lines
    )
    kept = [each for each in others if each not in empty]
    rest = [
        line
        for line in missing_section.lines
        if line.key != NO_CLAIMS or self_evaluation.KEY not in {each.key for each in empty}
    ]
    return [opening, *kept, replace(missing_section, lines=(*lines, *rest))]
