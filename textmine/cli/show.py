"""textmine show."""

from __future__ import annotations

from pathlib import Path

import click

from ..api import Library
from ..disclosure import is_export, refuse_internal
from ..rows import STAGES, context_rows, fact_rows, line_rows
from . import _disclosure, _export, _help, _lists, _options
from ._help import Command
from ._hits import print_neighbours


@click.command(
    cls=Command, epilog="textmine show 12 --stage passages\ntextmine show 12 --para 23 --context 1"
)
@click.argument("doc")
@_help.output(
    "--stage",
    type=click.Choice(["facts", "lines", "sections", "passages", "findings", "figures"]),
    default="facts",
    show_default=True,
    help="What to show, from the lines as read to the figures.",
)
@_help.query("--para", metavar="NUMBER", help="Show only the paragraph with this printed number.")
@_help.query(
    "--passage",
    "ordinal",
    type=int,
    metavar="N",
    help="Show only the passage at this position in the document.",
)
@_help.output(
    "--context",
    type=click.IntRange(0, 20),
    default=0,
    metavar="N",
    help="With --para or --passage: also show N passages before and after it.",
)
@_options.internal
@_export.to_bare_file
@_options.library
def command(
    doc: str,
    *,
    stage: str,
    para: str | None,
    ordinal: int | None,
    context: int,
    output: str,
    out: Path | None,
    library: Library,
    internal: bool,
) -> None:
    """Show one document: its facts, passages or findings.

    DOC is a document's number, its file name or the first characters of its SHA-256.
    """
    stored = library.show(doc)
    going = _export.kind(output, out)
    if is_export(going):
        refuse_internal(stored.document, going, internal=internal)
    _disclosure.warn_of(library, [(stored.id, stored.document.voice)], going)
    if para is not None or ordinal is not None:
        _options.require_place(para, ordinal)
        found = library.passage(doc, para=para, passage=ordinal, context=context)
        if _export.on_screen(output, out):
            print_neighbours(found)
        else:
            _export.write_bare(context_rows(found), output, out)
    elif stage == "lines":
        _export.write_bare(line_rows(library.lines(doc)), output, out)
    elif stage == "facts":
        rows = list(fact_rows(stored, library.reissue(doc), library.cited(doc)))
        if _export.on_screen(output, out):
            _lists.print_facts(rows)
        else:
            _export.write_bare(rows, output, out)
    else:
        _export.write_bare(STAGES[stage](stored), output, out)
