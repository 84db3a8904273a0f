"""textmine like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..usecases import searches
from . import _disclosure, _export, _options
from ._hits import print_hits, row


@click.command(epilog="Example: textmine like 12 --para 23 --region London")
@click.argument("doc")
@click.option("--para", help="The paragraph by its printed number.")
@click.option("--passage", "ordinal", type=int, help="The passage by our own count.")
@_options.filters
@_options.limit(10)
@_options.output_format
@_export.to_file
@_options.library
def command(
    doc: str,
    *,
    para: str | None,
    ordinal: int | None,
    limit: int,
    output: str,
    out: Path | None,
    library: Path,
    **given: Any,
) -> None:
    """Find more passages like one: those that share its ten most telling words.

    DOC is a document's number, file name or the beginning of its SHA-256.
    """
    _options.require_place(para, ordinal)
    filters = _options.filters_of(given, _export.kind(output, out))
    found = searches.like(library, doc, para=para, ordinal=ordinal, filters=filters, limit=limit)
    _disclosure.tell_left_out(library, filters)
    if not found.hits:
        _options.none_fit("nothing is like it", library, filters)
    _disclosure.warn(library, found.hits, _export.kind(output, out))
    if output == "table" and out is None:
        print_hits(found.hits)
    else:
        place = {"document": doc, "para": para, "passage": ordinal, "words": found.read_as}
        _export.write_list(map(row, found.hits), output, out, library, filters, like=place)
    click.echo(f"by its words: {found.read_as}", err=True)
