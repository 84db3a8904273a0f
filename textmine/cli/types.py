"""textmine types."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.doctypes import doctypes

from . import _export
from ._help import Command


@click.command(cls=Command, epilog="textmine types")
@_export.to_bare_file
def command(output: str, out: Path | None) -> None:
    """List types of document to use as filters.

    Types marked "no" under `tested` have not been tested on real documents.
    """
    _export.write_bare(
        (
            {
                "type": name,
                "document": doctype.label,
                "tested": "yes" if doctype.verified else "no",
            }
            for name, doctype in sorted(doctypes().items())
        ),
        output,
        out,
    )
