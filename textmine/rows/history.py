"""Rows of documents and judgements, and of what became of them through the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from corpus.model import Field, Grade, Judgement, Origin, Status

from ..outputs import Row

if TYPE_CHECKING:
    from index.reports.counts import DocumentRow

    from ..analysis.changes import Change, ConcernChange
    from ..analysis.cycle import IntervalRange, Standing
    from ..followup.threads import FollowUp
    from ..followup.verdicts import Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRecord:
    """One area that one document judges.

    `grade` is None unless `status` is "found": "not_printed" by this framework, "not_judged",
    or "unreadable". Dates are ISO 8601.
    """

    authority: str | None
    authority_key: str | None
    """The register's key; None where the printed name is not in it."""
    region: str | None
    doc_type: str
    framework: str | None
    date: str | None
    """The inspection's start, else the day that is described, else that of publication."""
    area: str
    grade: Grade | None
    status: Status
    origin: Origin | None
    """"corrected" where a person set it."""
    printed: str | None
    """The words on the page."""
    document: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernChangeRecord:
    """What became of concerns about a theme between two inspections of an authority."""

    before: DocumentRow
    after: DocumentRow
    change: ConcernChange


def document_row(row: DocumentRow) -> Row:
    """A document with its dates and judgements, and how each is known."""
    facts = {field.name: _known(field) for field in row.fields}
    judged = {f"judgements.{each.area}": _known(each) for each in row.judgements}
    return {
        "document": row.id,
        "replaces": row.replaces,
        "sha256": row.sha256,
        "name": row.name,
        "doc_type": row.doc_type,
        "framework": row.framework,
        "authority": row.authority_name,
        "authority_key": row.authority,
        "region": row.region,
        "start_date": row.start_date,
        "end_date": row.end_date,
        "as_at": next((field.value for field in row.fields if field.name == "as_at"), None),
        "published": row.published,
        "published_source": row.published_source,
        "lead_inspector": row.lead_inspector,
        "voice": row.voice,
        "visibility": row.visibility,
        "judgements": {each.area: each.grade for each in row.judgements if each.grade},
        "fields": {**facts, **judged},
        "url": row.url,
    }


def _known(fact: Field | Judgement) -> Row:
    known = {
        "status": fact.status,
        "origin": fact.origin,
        "printed": fact.printed,
        "start": fact.start,
        "end": fact.end,
    }
    return {key: value for key, value in known.items() if value is not None}


def judgement_row(row: JudgementRecord) -> Row:
    """One judgement of one document."""
    return asdict(row)


def judgements_of(row: DocumentRow) -> Iterator[JudgementRecord]:
    """The judgements of a document, a record each."""
    for each in row.judgements:
        yield JudgementRecord(
            authority=row.authority_name,
            authority_key=row.authority,
            region=row.region,
            doc_type=row.doc_type,
            framework=row.framework,
            date=row.date,
            area=each.area,
            grade=each.grade,
            status=each.status,
            origin=each.origin,
            printed=each.printed,
            document=row.id,
            sha256=row.sha256,
        )


def change_row(change: Change) -> Row:
    """One area of an authority in two inspections that follow each other."""
    before, after = change.pair.before, change.pair.after
    return {
        "authority": change.authority,
        "region": change.region,
        "area": after.area,
        "before": before.grade,
        "after": after.grade,
        "direction": change.pair.direction,
        "note": change.pair.note,
        "area_before": before.area,
        "status_before": before.status,
        "status_after": after.status,
        "date_before": before.date,
        "date_after": after.date,
        "framework_before": before.framework,
        "framework_after": after.framework,
        "document_before": before.document,
        "document_after": after.document,
    }


def concern_change_row(row: ConcernChangeRecord) -> Row:
    """What became of the concerns about a theme from one inspection to the next."""
    before, after, change = row.before, row.after, row.change
    return {
        "authority": after.authority_name,
        "theme": change.theme,
        "concern": change.fate,
        "concerns_before": len(change.before),
        "findings_after": len(change.after),
        "date_before": before.date,
        "date_after": after.date,
        "document_before": before.id,
        "document_after": after.id,
    }


def standing_row(standing: Standing) -> Row:
    """An authority's last inspection and what has been published since."""
    last = standing.last
    return {
        "authority": standing.authority,
        "region": standing.region,
        "inspected": last.date,
        "framework": last.framework,
        "overall": (standing.overall or "no overall grade").replace("_", " "),
        "months": standing.months,
        "observed": _range(standing.observed),
        "visits_since": len(standing.visits),
        "last_visit": _visit(standing),
        "document": last.id,
    }


def _range(observed: IntervalRange | None) -> str | None:
    if observed is None:
        return None
    return (
        f"{observed.shortest} to {observed.longest} months, median {observed.median:g}"
        f" (n={observed.n})"
    )


def _visit(standing: Standing) -> str | None:
    if not standing.visits:
        return None
    last = standing.visits[-1]
    return f"{last.doc_type.replace('_', ' ')} {last.date}"


def followup_row(row: FollowUp) -> Row:
    """What became of a demand, with both reports and every sentence that was weighed."""
    demand, later, answer = row.demand, row.later, row.answer
    return {
        "authority": demand.authority,
        "sha256": demand.sha256,
        "type": demand.doc_type,
        "date": demand.date,
        "later_sha256": later.sha256 if later else None,
        "later_type": later.doc_type if later else None,
        "later_date": later.date if later else None,
        "demand": demand.text,
        "kind": demand.recommendation.kind,
        "body": row.body,
        "paragraph": demand.passage.number,
        "page": demand.passage.page,
        "verdict": answer.verdict if answer else None,
        "score": round(answer.score, 3) if answer else None,
        "evidence": [_evidence(each) for each in answer.witnesses] if answer else [],
        "asked_before": [each.date for each in row.before],
        "visibility": demand.visibility,
    }


def _evidence(witness: Witness) -> Row:
    row = witness.statement.row
    return {
        "paragraph": row.passage.number,
        "page": row.passage.page,
        "text": row.evidence,
        "sign": witness.sign,
        "relevance": round(witness.relevance, 3),
    }
