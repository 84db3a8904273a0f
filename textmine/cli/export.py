"""textmine export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from index.query.filters import Filters

from ..api import Library
from ..api.lists import LISTS
from ..interchange import ENDINGS, SEARCH_INDEX
from ..rows.lists import USUAL
from . import _disclosure, _export, _help, _options
from ._help import Command

SCREEN = 50
"""So many rows are listed on the screen."""

_PLACES = frozenset({"findings", "passages", "figures", "recommendations"})
"""Lists of words in documents."""


@click.command(
    cls=Command,
    epilog="textmine export findings --theme children-seen -o findings.xlsx\n"
    "textmine export passages --since 2023 -o passages.parquet\n"
    "textmine export project --type ilacs_inspection -o project.qdpx\n"
    "textmine export documents --columns document,authority,judgements.overall -o documents.csv",
)
@click.argument(
    "what", metavar="WHAT", type=click.Choice([*LISTS, *ENDINGS, SEARCH_INDEX]), is_eager=True
)
@_options.filters
@_help.output(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Maximum number of rows.  [default: all; {SCREEN} in a table on the screen]",
)
@_export.to_file
@_options.library
def command(
    what: str, limit: int | None, output: str, out: Path | None, library: Library, **given: Any
) -> None:
    """Write a list or coded documents for other programs.

    Lists: findings, passages, documents, judgements, figures, recommendations, changes,
    concern-changes, followup, cycle, decisions, notes, collections, coded (passages on whose every
    finding somebody decided), authorities, themes. The ending of FILE decides the format.
    Spreadsheets and tables have the usual columns; --columns all gives every column.
    docs/reference/columns.md says what each column holds.

    Coded documents: project (REFI-QDA, .qdpx, for NVivo, ATLAS.ti, MAXQDA and QualCoder), codebook
    (.qdc), docbin (spaCy, .spacy), label-studio (.json), prodigy (.jsonl), annotations (W3C,
    .jsonld). `textmine import` takes what people have coded there.

    search-index (.ndjson): every passage with its findings in the bulk format of OpenSearch, and
    FILE.index.json, which makes the index there; see docs/how-to/search-server.md.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    if what == SEARCH_INDEX:
        _search_index(limit, out, library, filters)
        return
    if what in ENDINGS:
        _coded(what, limit, out, library, filters)
        return
    short = out is None and output in {"table", "md"}
    results = library.list(what, limit=limit or (SCREEN if short else None), filters=filters)
    _disclosure.note_omitted(library, filters)
    if not results:
        _options.none_fit(f"no matching {what}", library, filters)
    usual, more = USUAL[what], {"list": what, "limit": limit}
    if what in _PLACES:
        count = _export.write_places(results, output, out, library, filters, usual=usual, **more)
    else:
        listed = results.to_rows()
        count = len(listed)
        _export.write_list(listed, output, out, library, filters, usual=usual, **more)
    _export.tell_count(count, results.total, "rows", out)


def _coded(
    what: str, limit: int | None, out: Path | None, library: Library, filters: Filters
) -> None:
    """Writes coded documents, and says what was written."""
    out = _whole(what, ENDINGS[what], limit, out)
    documents = list(library.documents(filters=filters))
    _disclosure.note_omitted(library, filters)
    if not documents and what != "codebook":
        _options.none_fit("no matching documents", library, filters)
    _disclosure.warn_of(library, ((row.id, row.voice) for row in documents), "file")
    with _export.writing(out):
        written = library.export_codings(what, out, filters=filters)
    _export.write_about(out, library, filters, list=what)
    for file in written:
        click.echo(f"wrote {file}", err=True)
    if what != "codebook":
        click.echo(f"{len(documents):,} documents", err=True)


def _whole(what: str, suffix: str, limit: int | None, out: Path | None) -> Path:
    """The file of what is written whole, in a format of its own."""
    if out is None or out.suffix.lower() != suffix:
        raise UsageError(f"give a file that ends in {suffix}: -o FILE{suffix}")
    source = click.get_current_context().get_parameter_source("output")
    if limit or (source and source.name == "COMMANDLINE"):
        raise UsageError(f"{what} has all documents in its own format; leave out --limit, --format")
    return out


def _search_index(limit: int | None, out: Path | None, library: Library, filters: Filters) -> None:
    """Writes passages for a search server, and says how many."""
    out = _whole(SEARCH_INDEX, ".ndjson", limit, out)
    _disclosure.note_omitted(library, filters)
    documents = [(row.id, row.voice) for row in library.documents(filters=filters)]
    if not documents:
        _options.none_fit("no matching documents", library, filters)
    _disclosure.warn_of(library, documents, "file")
    with _export.writing(out):
        written = library.export_search_index(out, filters=filters)
    _export.write_about(out, library, filters, list=SEARCH_INDEX)
    click.echo(f"wrote {out}", err=True)
    click.echo(f"wrote {out}.index.json", err=True)
    click.echo(f"{written:,} passages of {len(documents):,} documents", err=True)
