"""Findings, demands and grades as quotes; documents and times in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from corpus.doctypes import doctypes
from corpus.model import Judgement
from index.counts import DocumentRow, FindingRow, RecommendationRow

from ..analysis.cycle import months_between
from ..analysis.judged import day
from ..citation import page_of, place
from .dossier import Dossier
from .model import Quote

_SHORT, _LONG = 60, 260
"""Characters of a sentence that says enough by itself and is read at a glance."""


def of_finding(row: FindingRow) -> Quote:
    """The sentence of a finding."""
    return Quote(
        text=row.evidence,
        document=row.document,
        sha256=row.sha256,
        start=row.finding.start,
        end=row.finding.end,
        source=_source(row.doc_type, row.date or row.published),
        place=place(row.passage),
        date=row.date or row.published,
        url=page_of(row),
    )


def of_demand(row: RecommendationRow) -> Quote:
    """The whole passage of something that inspectors ask for."""
    return Quote(
        text=row.text,
        document=row.document,
        sha256=row.sha256,
        start=row.passage.start,
        end=row.passage.end,
        source=_source(row.doc_type, row.date or row.published),
        place=place(row.passage),
        date=row.date or row.published,
        url=page_of(row),
    )


def of_judgement(dossier: Dossier, row: DocumentRow, judged: Judgement) -> Quote | None:
    """A printed grade; None for one without a place, such as one set by hand."""
    if judged.start is None or judged.end is None:
        return None
    return Quote(
        text=dossier.texts[row.id][judged.start : judged.end],
        document=row.id,
        sha256=row.sha256,
        start=judged.start,
        end=judged.end,
        source=source(row),
        place="the judgements",
        date=day(row),
    )


def source(row: DocumentRow) -> str:
    """A document in a few words."""
    return _source(row.doc_type, day(row))


def _source(doc_type: str, when: str | None) -> str:
    known = doctypes().get(doc_type)
    return f"{known.label if known else doc_type}, {month(when)}"


def month(when: str | None) -> str:
    """A day's month and year in words."""
    return date.fromisoformat(when).strftime("%B %Y") if when else "undated"


def age(when: str | None, as_of: date) -> str:
    """How long ago a day was, in words."""
    if not when:
        return "undated"
    months = months_between(date.fromisoformat(when), as_of)
    if months < 1:
        return "this month"
    if months < 24:
        return f"{months} month{'s' if months > 1 else ''} ago"
    years, rest = divmod(months, 12)
    return f"{years} years{f' {rest} months' if rest else ''} ago"


def best(rows: Iterable[FindingRow], most: int = 1) -> tuple[FindingRow, ...]:
    """The findings to quote: sentences of a good length, the latest first, one a passage."""
    ordered = sorted(rows, key=lambda row: (row.finding.start, row.finding.theme))
    ordered.sort(key=lambda row: row.date or row.published or "", reverse=True)
    ordered.sort(key=_awkward)
    chosen: dict[tuple[int, int], FindingRow] = {}
    for row in ordered:
        chosen.setdefault((row.document, row.passage.ordinal), row)
    return tuple(chosen.values())[:most]


def _awkward(row: FindingRow) -> int:
    length = len(row.evidence)
    asks = row.passage.kind == "recommendation"  # says what should be, not what is
    return asks + (0 if _SHORT <= length <= _LONG else 1)


def quotes(rows: Iterable[FindingRow], most: int) -> tuple[Quote, ...]:
    """The findings to quote, as quotes."""
    return tuple(of_finding(row) for row in best(rows, most))


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number with what it counts."""
    return f"{n} {one if n == 1 else many or one + 's'}"
