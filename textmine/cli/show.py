"""textmine show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from corpus.doctypes import doctypes
from corpus.model import Document, Field, Judgement
from index.records import Stored
from index.reissues import Reissue
from textmine import app
from textmine.outputs import Row

from . import _options

UNVERIFIED = "no real document of this type was read when its rules were written"


@click.command(epilog="Example: textmine show 12 --stage passages")
@click.argument("doc")
@click.option(
    "--stage",
    type=click.Choice(["facts", "lines", "sections", "passages", "findings"]),
    default="facts",
    show_default=True,
    help="What to show, from the reader's lines to the findings.",
)
@_options.output_format
@_options.library
def command(doc: str, stage: str, output: str, library: Path) -> None:
    """Show one document: what is known of it, or any stage of how it was read.

    DOC is its number, its file name, or the beginning of its SHA-256.
    """
    if stage == "lines":
        _options.write(_lines(library, doc), output)
    elif stage == "facts":
        _options.write(_facts(app.document(library, doc), app.reissue(library, doc)), output)
    else:
        _options.write(STAGES[stage](app.document(library, doc)), output)


def _facts(stored: Stored, reissue: Reissue) -> Iterator[Row]:
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
    doctype = doctypes().get(document.doc_type)
    if doctype and not doctype.verified:
        yield {"fact": "type unverified", "value": UNVERIFIED}
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
    for problem in document.problems:
        yield {"fact": "problem", "value": problem.message, "page": problem.page}


def _known(fact: Field | Judgement) -> str:
    return f"{fact.status}, {fact.origin}" if fact.origin else fact.status


def _page(document: Document, start: int | None) -> int | None:
    return None if start is None else document.page_at(start)


def _sections(stored: Stored) -> Iterator[Row]:
    document = stored.document
    for section in document.sections:
        yield {
            "kind": section.kind,
            "heading": section.heading,
            "page": document.page_at(section.start),
            "start": section.start,
            "end": section.end,
        }


def _passages(stored: Stored) -> Iterator[Row]:
    document = stored.document
    for passage in document.passages:
        yield {
            "ordinal": passage.ordinal,
            "number": passage.number,
            "kind": passage.kind,
            "section": document.sections[passage.section].kind,
            "page": passage.page,
            "start": passage.start,
            "end": passage.end,
            "text": document.text[passage.start : passage.end],
        }


def _findings(stored: Stored) -> Iterator[Row]:
    text = stored.document.text
    for finding in stored.entry.findings:
        yield {
            "passage": finding.passage,
            "theme": finding.theme,
            "polarity": finding.polarity,
            "timing": finding.timing,
            "start": finding.start,
            "end": finding.end,
            "evidence": text[finding.start : finding.end],
            "cues": [f"{cue.label}: {text[cue.start : cue.end]}" for cue in finding.cues],
        }


def _lines(library: Path, doc: str) -> Iterator[Row]:
    for page in app.printed_lines(library, doc):
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


STAGES: dict[str, Callable[[Stored], Iterator[Row]]] = {
    "sections": _sections,
    "passages": _passages,
    "findings": _findings,
}
