"""textmine cite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError

from ..citation import FORMATS, reference
from ..usecases import library as app
from ..usecases import searches
from . import _disclosure, _options


@click.command(
    epilog="Example: textmine cite 12 --para 14\n\n"
    "Example: textmine cite --authority Durham --format bibtex > durham.bib"
)
@click.argument("docs", nargs=-1)
@click.option("--para", metavar="NUMBER", help="The paragraph of this printed number.")
@click.option("--passage", type=click.IntRange(min=1), help="The passage of this number of ours.")
@_options.filters
@click.option(
    "--format",
    "output",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to write the references.",
)
@_options.library
def command(
    docs: tuple[str, ...],
    para: str | None,
    passage: int | None,
    output: str,
    library: Path,
    **given: Any,
) -> None:
    """Write references to documents, or to a passage of one.

    DOCS are numbers, file names, or beginnings of a SHA-256; without any, all documents that
    the filters let through. A passage is named by the paragraph number printed before it (--para),
    or by our own count (--passage), and says which of the two it is.
    """
    filters = _options.filters_of(given, output)
    if para is not None or passage is not None:
        if len(docs) != 1:
            raise UsageError("--para and --passage are of one document; name it")
        _options.require_place(para, passage)
        found = searches.passage_in_context(
            library, docs[0], para=para, ordinal=passage, context=0
        ).passage
        references = [reference(found, found.passage)]
    else:
        names = docs or [str(row.id) for row in app.documents(library, filters)]
        references = [reference(each) for each in app.citable(library, names)]
    if not docs:
        _disclosure.tell_left_out(library, filters)
    if not references:
        _options.none_fit("no document fits", library, filters)
    for each in references:
        click.echo(FORMATS[output](each))
