"""textmine types."""

from __future__ import annotations

import click

from corpus.doctypes import doctypes

from . import _options
from ._help import Command


@click.command(cls=Command, epilog="textmine types")
@_options.output_format
def command(output: str) -> None:
    """List types of document to use as filters.

    Types marked "no" under `tested` have not been tested on real documents.
    """
    _options.write(
        (
            {
                "type": name,
                "document": doctype.label,
                "tested": "yes" if doctype.verified else "no",
            }
            for name, doctype in sorted(doctypes().items())
        ),
        output,
    )
