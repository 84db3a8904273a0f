"""textmine set."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from corpus.errors import DocumentError, UsageError
from index.documents.corrections import Correction

from ..outputs import Row
from ..usecases import library as app
from . import _options


@click.command(
    epilog='Example: textmine set 12 published=2019-05-03 --why "printed on the site"\n\n'
    'Example: textmine set 12 overall=good help_and_protection="requires improvement" --why ...'
)
@click.argument("doc")
@click.argument("pairs", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--why", help="The reason, which is kept with the value.")
@click.option(
    "--who",
    envvar="TEXTMINE_USER",
    show_envvar=True,
    help="Whose word it is.  [default: the name of the account]",
)
@_options.output_format
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
    register: Path | None,
    themes_file: Path | None,
    library: Path,
) -> None:
    """Set a field or a grade of a document by hand, or list what has been set.

    What you set wins over what was read, is marked as corrected wherever it is shown, and stays
    when the document is read again. What was read is kept beside it. FIELD= takes your word
    back. With `type` or `visibility` the document is read again accordingly.
    """
    setup = app.Setup(library=library, register=register, themes=themes_file)
    if pairs:
        why = (why or "").strip()
        if not why:
            raise UsageError("say why with --why: whoever reads the correction will want to know")
        for done in app.correct(setup, doc, pairs, why=why, who=who or _account()):
            if done.message:
                click.echo(f"{done.result}: {done.message}", err=True)
            if done.result == "failed":
                raise click.exceptions.Exit(DocumentError.exit_code)
    corrections = app.corrections(library, doc)
    if not corrections:
        _options.found_nothing("nothing has been set by hand")
    _options.write(map(_row, corrections), output)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _row(correction: Correction) -> Row:
    return {
        "field": correction.name,
        "value": correction.value if correction.value is not None else "(taken back)",
        "read as": correction.extracted,
        "why": correction.why,
        "who": correction.who,
        "when": correction.made_at,
    }
