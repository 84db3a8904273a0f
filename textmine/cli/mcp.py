"""textmine mcp."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import click

from corpus.errors import UsageError

from ..api import Library
from . import _options
from ._help import Command


@click.command(cls=Command, epilog="textmine mcp --library library")
@_options.internal
@_options.library
def command(library: Library, *, internal: bool) -> None:
    """Serve the library to a language model.

    It speaks MCP on standard input and output.

    A program such as Claude Desktop starts this command and gets five tools that only read:
    search, passage, document, judgements and changes. Every result has its citation. Internal
    documents are left out, unless --internal is given. Needs textmine[mcp].
    """
    if find_spec("mcp") is None:
        raise UsageError("serving needs more packages: pip install 'textmine[mcp]'")
    from ..tools.server import make_server  # noqa: PLC0415 (needs the extra)

    if sys.stdin.isatty():
        click.echo("a program speaks to this command, not a person; Ctrl+C ends it", err=True)
    make_server(library.path, internal=internal).run()
