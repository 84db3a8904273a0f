"""textmine like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..api import Library
from ..rows.lists import USUAL
from . import _disclosure, _export, _hits, _options
from ._help import Command
from ._hits import print_hits

SCREEN = 10
"""So many are listed on the screen."""


@click.command(cls=Command, epilog="textmine like 12 --para 23 --region London")
@click.argument("doc")
@_options.passage
@_options.filters
@_options.limit(SCREEN)
@_export.to_file
@_options.library
def command(
    doc: str,
    *,
    para: str | None,
    passage: int | None,
    limit: int | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Find passages similar to one you name.

    They share its ten most distinctive words. `textmine show DOC --stage passages` lists the
    passages of a document.

    DOC is a document's number, its file name or the first characters of its SHA-256.
    """
    _options.require_place(para, passage)
    filters = _options.filters_of(given, _export.kind(output, out))
    most = _options.most(limit, SCREEN, out)
    results = library.like(doc, para=para, passage=passage, filters=filters, limit=most)
    found = results.hits
    _disclosure.note_omitted(library, filters)
    if not found.hits:
        _options.none_fit("no similar passages", library, filters)
    _disclosure.warn(library, found.hits, _export.kind(output, out))
    if _export.on_screen(output, out):
        print_hits(found.hits)
    else:
        place = {"document": doc, "para": para, "passage": passage, "words": found.read_as}
        _export.write_list(
            results.rows(), output, out, library, filters, usual=USUAL["hits"], like=place
        )
    _export.tell_count(_hits.covered(found), found.total, "passages", out, len(found.hits))
    click.echo(f"similar words: {found.read_as}", err=True)
