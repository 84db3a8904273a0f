"""Coded documents: the text with its findings as they hold, and who decided what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Finding

from ..documents import decisions
from ..documents.decisions import Decision
from ..documents.store import finding
from ..query.filters import Filters
from ..storage import texts
from ..storage.database import Database
from ..text.quotes import pattern
from .counts import DocumentRow, Narrowed, documents


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedFinding:
    """A finding, and the decision that it stands for; none where it is the machine's."""

    finding: Finding
    decision: Decision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Words that a person says are not about a theme, and where they stand."""

    start: int
    end: int
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedDocument:
    """A document with its text and all that is coded in it, in the order of the text."""

    document: DocumentRow
    text: str
    findings: tuple[CodedFinding, ...]
    rejections: tuple[Rejection, ...]
    passages: tuple[tuple[int, int], ...]
    """Where the passages begin and end."""


def coded_documents(db: Database, filters: Filters | None = None) -> Iterator[CodedDocument]:
    """The documents that the filters let through, one in memory at a time.

    Filters on findings let through documents with such a finding, and only such findings.
    """
    with db.snapshot():
        for row in documents(db, filters):
            yield _coded(db, row, filters)


def _coded(db: Database, row: DocumentRow, filters: Filters | None) -> CodedDocument:
    text = texts.text(db, row.id)
    numbers = db.all("SELECT id FROM decision WHERE document = ? ORDER BY id", (row.id,))
    decided = dict(zip((each[0] for each in numbers), decisions.of(db, row.id), strict=True))
    narrowed = Narrowed(db, filters)
    found = db.all(
        "SELECT p.ordinal, f.* FROM finding_now f JOIN passage p ON p.id = f.passage"
        " JOIN document d ON d.id = p.document"
        f" WHERE {narrowed.of_document} AND {narrowed.of_finding} AND d.id = ?"
        " ORDER BY f.start, f.theme, f.id",
        [*narrowed.values, row.id],
    )
    held = decisions.standing(decided.values())
    last = {(each.quote, each.occurrence, each.theme): each for each in held}
    places = db.all(
        'SELECT start, "end" FROM passage WHERE document = ? ORDER BY ordinal', (row.id,)
    )
    return CodedDocument(
        document=row,
        passages=tuple((each[0], each[1]) for each in places),
        text=text,
        findings=tuple(
            CodedFinding(finding=finding(each), decision=decided.get(each["decision"]))
            for each in found
        ),
        rejections=tuple(_rejections(text, tuple(last.values()))),
    )


def _rejections(text: str, last: tuple[Decision, ...]) -> Iterator[Rejection]:
    for each in last:
        if each.verdict != "rejected" or each.start is None:
            continue
        words = pattern(each.quote)
        if place := words and words.match(text, each.start):
            yield Rejection(start=place.start(), end=place.end(), decision=each)
