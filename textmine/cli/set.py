"""textmine set."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.errors import DocumentError, UsageError

from ..api import Library
from ..disclosure import is_export, refuse_internal
from ..rows import correction_row
from . import _export, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog='textmine set 12 published=2019-05-03 --why "printed on the site"\n\n'
    'textmine set 12 overall=good help_and_protection="requires improvement" --why "misread"',
)
@click.argument("doc")
@click.argument("pairs", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option(
    "--why", metavar="REASON", help="Reason for the correction (required to set a value)."
)
@click.option(
    "--who",
    envvar="TEXTMINE_USER",
    show_envvar=True,
    metavar="NAME",
    help="Who makes the correction.  [default: your user name]",
)
@_options.internal
@_export.to_bare_file
@_options.register
@_options.themes_file
@_options.library
def command(
    *,
    doc: str,
    pairs: tuple[str, ...],
    why: str | None,
    who: str | None,
    output: str,
    out: Path | None,
    register: Path | None,
    themes_file: Path | None,
    library: Library,
    internal: bool,
) -> None:
    """Correct a field or judgement, or list corrections.

    A correction replaces the value that was read, is marked as corrected wherever it is shown,
    and stays when the document is re-read; the value that was read is kept too. FIELD= withdraws
    a correction. Setting `type` or `visibility` re-reads the document. `textmine show DOC` lists
    the fields.

    DOC is a document's number, its file name or the first characters of its SHA-256.
    """
    going = _export.kind(output, out)
    if is_export(going):
        refuse_internal(library.show(doc).document, going, internal=internal)
    if pairs:
        why = (why or "").strip()
        if not why:
            raise UsageError("give a reason with --why, for whoever reads the correction later")
        results = library.correct(
            doc,
            *pairs,
            why=why,
            who=who or _options.account(),
            register=register,
            themes=themes_file,
        )
        for done in results:
            if done.message:
                click.echo(f"{done.result}: {done.message}", err=True)
            if done.result == "failed":
                raise click.exceptions.Exit(DocumentError.exit_code)
    corrections = library.corrections(doc)
    if not corrections:
        _options.found_nothing("no corrections for this document")
    _export.write_bare(map(correction_row, corrections), output, out)
