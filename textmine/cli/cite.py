"""textmine cite."""

from __future__ import annotations

from typing import Any

import click

from corpus.errors import UsageError

from ..api import Library
from ..citation import FORMATS
from ..disclosure import refuse_internal
from . import _disclosure, _help, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine cite 12 --para 14\n"
    "textmine cite --authority Durham --format bibtex > durham.bib",
)
@click.argument("docs", nargs=-1)
@_options.passage
@_options.filters
@_help.output(
    "--format",
    "output",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Format of the references.",
)
@_options.library
def command(
    docs: tuple[str, ...],
    para: str | None,
    passage: int | None,
    output: str,
    library: Library,
    **given: Any,
) -> None:
    """Write references to documents or passages.

    DOCS are numbers, file names or the first characters of a SHA-256; without DOCS, all documents
    that match the filters. For one passage give its printed paragraph number (--para), or, if it
    has none, its position (--passage); `textmine show DOC --stage passages` lists both.
    """
    filters = _options.filters_of(given, output)
    for doc in docs:
        refuse_internal(library.show(doc).document, output, internal=filters.internal)
    if para is not None or passage is not None:
        if len(docs) != 1:
            raise UsageError("--para and --passage need exactly one document; name it")
        _options.require_place(para, passage)
        references = [library.cite(docs[0], para=para, passage=passage)]
    else:
        names = docs or [row.id for row in library.documents(filters=filters)]
        references = [library.cite(each) for each in names]
    if not docs:
        _disclosure.note_omitted(library, filters)
    if not references:
        _options.none_fit("no matching documents", library, filters)
    for each in references:
        click.echo(FORMATS[output](each))
