"""The builder: turns a dossier into a brief, by purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..citation import reference
from .dossier import Dossier
from .model import Brief, Purpose, Section, Source
from .once import once
from .quoting import count_of, in_full
from .sections import (
    coverage,
    demands,
    missing,
    others,
    patterns,
    questions,
    risks,
    self_evaluation,
    standing,
)

_ALL = (standing, demands, patterns, self_evaluation, risks, coverage, others, questions, missing)
_VISIT = (standing, coverage, demands, risks, patterns, questions, missing)
_INSPECTION = (standing, demands, patterns, risks, self_evaluation, others, questions, missing)

PURPOSES: Mapping[Purpose, tuple[str, tuple[Callable[[Dossier], Section], ...]]] = {
    "engagement-meeting": (
        "Briefing for the annual engagement meeting",
        tuple(each.section for each in _ALL),
    ),
    "focused-visit": ("Briefing for a focused visit", tuple(each.section for each in _VISIT)),
    "inspection": ("Briefing for an inspection", tuple(each.section for each in _INSPECTION)),
}
"""The title of each kind of brief, and its sections in their order."""


def build(dossier: Dossier, purpose: Purpose) -> Brief:
    """The brief for a purpose."""
    _, sections = PURPOSES[purpose]
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
        sections=once(make(dossier) for make in sections),
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
