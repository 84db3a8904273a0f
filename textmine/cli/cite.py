"""textmine cite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from corpus.model import Passage
from textmine import app
from textmine.citation import FORMATS, Reference, reference

from . import _options


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
    if para or passage:
        if len(docs) != 1:
            raise UsageError("--para and --passage are of one document; name it")
        wanted = _passage(library, docs[0], para, passage)
        references = [reference(app.citable(library, docs)[0], wanted)]
    else:
        names = docs or [str(row.id) for row in app.documents(library, filters)]
        references = [reference(each) for each in app.citable(library, names)]
    if not references:
        _options.found_nothing("no document fits")
    write(references, output)


def write(references: list[Reference], output: str) -> None:
    """Writes references to standard output in the format asked for."""
    for each in references:
        click.echo(FORMATS[output](each))


def _passage(library: Path, doc: str, para: str | None, ordinal: int | None) -> Passage:
    document = app.document(library, doc).document
    for each in document.passages:
        if each.ordinal == ordinal or (para and each.number == para.strip().rstrip(".")):
            return each
    asked = f"paragraph {para}" if para else f"passage {ordinal}"
    raise UsageError(f"no {asked} in {doc!r}; see: textmine show {doc} --stage passages")
