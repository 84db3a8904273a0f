"""Projections of one document: its facts, sections, passages, findings and figures as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from corpus.model import Document, Field, Judgement, Page
from index.documents.citation_rows import Cited
from index.documents.records import StoredDocument
from index.documents.reissues import Reissue
from index.views.context import PassageContext

from ..citation import page_of, reference
from ..outputs import Row

STATUS = {
    "found": "found",
    "not_printed": "not found",
    "not_judged": "not judged",
    "unreadable": "unreadable",
}
ORIGIN = {
    "printed": "found on the page",
    "file_name": "found in the file name",
    "given": "given at ingest",
    "corrected": "corrected",
}
UNVERIFIED = "yes: this type has not been tested on real documents"


def context_rows(found: PassageContext) -> Iterator[Row]:
    """A passage with those around it."""
    for each in (*found.before, found.passage, *found.after):
        yield {
            "paragraph": each.passage.number,
            "ordinal": each.passage.ordinal,
            "page": each.passage.page,
            "section": each.section,
            "selected": each is found.passage,
            "text": each.text,
            "citation": reference(each, each.passage).text(),
        }


def fact_rows(stored: StoredDocument, reissue: Reissue, cited: Cited) -> Iterator[Row]:
    """Everything that is known of a document, a row a fact."""
    entry, document = stored.entry, stored.document
    for name, value in (
        ("document", stored.id),
        ("name", entry.original.name),
        ("sha256", entry.original.sha256),
        ("type", document.doc_type),
        ("framework", document.framework),
        ("visibility", document.visibility),
    ):
        yield {"fact": name, "value": value, "known": None, "printed": None, "page": None}
    from corpus.doctypes import doctypes  # noqa: PLC0415 (loads all types, which takes its time)

    doctype = doctypes().get(document.doc_type)
    if doctype and not doctype.verified:
        yield {"fact": "type unverified", "value": UNVERIFIED}
    yield {"fact": "citation", "value": reference(cited).text()}
    if page := page_of(cited):
        yield {"fact": "web page", "value": page}
    for alias in stored.aliases:
        yield {"fact": "also named", "value": alias}
    if reissue.replaces:
        yield {"fact": "replaces", "value": f"document {reissue.replaces}"}
    for newer in reissue.replaced_by:
        yield {"fact": "replaced by", "value": f"document {newer}"}
    for field in document.fields:
        yield {
            "fact": field.name,
            "value": field.value,
            "known": _known(field),
            "printed": field.printed,
            "page": _page(document, field.start),
        }
    for judgement in document.judgements:
        yield {
            "fact": f"judgement: {judgement.area}",
            "value": judgement.grade,
            "known": _known(judgement),
            "printed": judgement.printed,
            "page": _page(document, judgement.start),
        }
    yield from _demands(document)
    yield from _recognised(document)
    for problem in document.problems:
        yield {"fact": "problem", "value": problem.message, "page": problem.page}


def _recognised(document: Document) -> Iterator[Row]:
    """How sure text recognition was, where it read pages."""
    sure = [page.recognised for page in document.pages if page.recognised not in {None, 1.0}]
    if sure:
        pages = "1 page" if len(sure) == 1 else f"{len(sure)} pages"
        value = f"{pages} read by OCR, lowest confidence {min(map(float, sure)):.0%}"
        yield {"fact": "OCR", "value": value}


def _known(fact: Field | Judgement) -> str:
    """How a fact is known, in words."""
    origin = ORIGIN[fact.origin] if fact.origin else None
    if fact.status == "found":
        return origin or STATUS["found"]
    return ", ".join(filter(None, (STATUS[fact.status], origin)))


def _demands(document: Document) -> Iterator[Row]:
    """What the inspectors ask for."""
    passages = {passage.ordinal: passage for passage in document.passages}
    for each in document.recommendations:
        passage = passages[each.passage]
        asked = (f"number {each.number}" if each.number else None, each.tag, each.responsible)
        yield {
            "fact": each.kind.replace("_", " "),
            "value": document.text[passage.start : passage.end],
            "known": ", ".join(filter(None, asked)) or None,
            "printed": None,
            "page": passage.page,
        }


def _page(document: Document, start: int | None) -> int | None:
    return None if start is None else document.page_at(start)


def _sections(stored: StoredDocument) -> Iterator[Row]:
    document = stored.document
    for section in document.sections:
        yield {
            "kind": section.kind,
            "heading": section.heading,
            "page": document.page_at(section.start),
            "start": section.start,
            "end": section.end,
        }


def _passages(stored: StoredDocument) -> Iterator[Row]:
    document = stored.document
    for passage in document.passages:
        yield {
            "ordinal": passage.ordinal,
            "number": passage.number,
            "kind": passage.kind,
            "section": document.sections[passage.section].kind,
            "voice": passage.voice,
            "about": passage.about,
            "page": passage.page,
            "start": passage.start,
            "end": passage.end,
            "text": document.text[passage.start : passage.end],
        }


def _findings(stored: StoredDocument) -> Iterator[Row]:
    text = stored.document.text
    for finding in stored.findings:
        yield {
            "passage": finding.passage,
            "theme": finding.theme,
            "polarity": finding.polarity,
            "timing": finding.timing,
            "extent": finding.extent,
            "aspect": finding.aspect,
            "score": finding.score,
            "about": finding.about,
            "start": finding.start,
            "end": finding.end,
            "evidence": text[finding.start : finding.end],
            "cues": [f"{cue.label}: {text[cue.start : cue.end]}" for cue in finding.cues],
        }


def _figures(stored: StoredDocument) -> Iterator[Row]:
    text = stored.document.text
    for figure in stored.entry.figures:
        yield {
            "passage": figure.passage,
            "value": figure.value,
            "unit": figure.unit,
            "of": figure.of,
            "comparison": figure.comparison,
            "start": figure.start,
            "end": figure.end,
            "figure": text[figure.start : figure.end],
            "counts": text[figure.counts_start : figure.counts_end],
            "period": text[figure.period_start : figure.period_end] if figure.period_end else None,
        }


def line_rows(pages: Iterable[Page]) -> Iterator[Row]:
    """The printed lines of pages, as the reader sees them; places in points."""
    for page in pages:
        for line in page.lines:
            yield {
                "page": page.number,
                "x0": line.x0,
                "y0": line.y0,
                "x1": line.x1,
                "y1": line.y1,
                "size": line.size,
                "bold": line.bold,
                "text": line.text,
            }


STAGES: dict[str, Callable[[StoredDocument], Iterator[Row]]] = {
    "sections": _sections,
    "passages": _passages,
    "findings": _findings,
    "figures": _figures,
}
