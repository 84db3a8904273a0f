"""textmine serve."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from corpus.errors import UsageError

from . import _help, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine serve\n"
    "textmine serve --read-only --no-browser --port 8080\n"
    "textmine serve --get '/?q=management oversight'",
)
@_help.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. Another than the default demands a token of every reader.",
)
@_help.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Port to listen on; 0 for any that is free.",
)
@_help.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Another name under which readers reach it, behind a server with TLS.",
)
@_help.option("--read-only", is_flag=True, help="Let nobody upload, decide or note anything.")
@_help.option("--no-browser", is_flag=True, help="Do not open a browser tab.")
@_help.output("--get", "url", metavar="URL", help="Print one page, without a port, and exit.")
@_options.register
@_options.themes_file
@click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_options.remembered,
    envvar="TEXTMINE_LIBRARY",
    default="library",
    show_default=True,
    show_envvar=True,
    help="Folder of the library.",
)
def command(
    *,
    host: str,
    port: int,
    names: tuple[str, ...],
    read_only: bool,
    no_browser: bool,
    url: str | None,
    register: Path | None,
    themes_file: Path | None,
    library: Path,
) -> None:
    """Show the library in a browser.

    Search, read, compare, decide and brief on pages that this computer serves to itself. Elsewhere
    than on 127.0.0.1, readers need the token of TEXTMINE_TOKEN, or else one that is printed.
    """
    from ..web import server  # noqa: PLC0415 (other commands need no server)
    from ..web.settings import Settings  # noqa: PLC0415

    settings = Settings(
        library=library,
        host=host,
        port=port,
        names=names,
        read_only=read_only,
        register=register,
        themes=themes_file,
    )
    if url is None:
        chosen = server.with_token(settings, os.environ.get(server.ENVIRONMENT))
        server.serve(
            chosen, lambda line: click.echo(line, err=True), browser=not (no_browser or names)
        )
        return
    status, body = server.get(settings, url)
    if status >= 400:
        sys.stdout.flush()
        raise UsageError(f"the page {url} cannot be shown: status {status}")
    sys.stdout.buffer.write(body)
