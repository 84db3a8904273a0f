"""The command line: one small file a command, loaded when it is called.

Exit codes are those of `corpus.errors.EXIT_CODES`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import struct
import sys
from importlib import import_module
from itertools import chain
from pathlib import Path

import click

from corpus.errors import LibraryDamaged, TextmineError, UsageError
from corpus.printable import printable

from .. import __version__
from ._help import FOLDER, Group
from ._settings import defaults

GROUPS = {
    "Read documents": ("ingest", "fetch", "watch", "status", "refresh"),
    "Find": (
        *("serve", "search", "kwic", "facets", "like", "saved", "show"),
        *("findings", "recommendations", "figures", "judgements"),
    ),
    "Decide": ("review", "agreement", "note", "collection"),
    "Compare": (
        *("changes", "followup", "cycle", "matrix", "trends", "compare", "map"),
        "cooccurrence",
    ),
    "Count words": ("keyness", "collocates", "frequencies", "dispersion"),
    "Brief, quote and take away": (
        *("brief", "region", "cite", "check-personal"),
        *("export", "import", "datasette-metadata"),
    ),
    "Keep the library in order": ("verify", "backup", "restore", "merge", "set", "delete"),
    "Names and values": ("authorities", "types", "themes"),
    "Tag and measure": ("tag", "evaluate"),
    "Set up": ("doctor", "config", "completion", "mcp"),
}
"""The commands by what people do, in the order of `--help`."""

_ODD = (ValueError, LookupError, TypeError, AttributeError, struct.error)
"""What Python raises over values that no program of ours has written."""

COMMANDS = tuple(chain.from_iterable(GROUPS.values()))
"""Each is a module here with `command` in it."""

MODULES = {"import": "import_codings", "map": "tile_map"}
"""The modules of commands whose names are those of Python."""


class Cli(Group):
    """Loads commands late, and turns our errors into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = MODULES.get(cmd_name, cmd_name.replace("-", "_"))
        module = import_module(f".{name}", __package__)
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each group of commands under its heading, with first sentences that fit the line."""
        longest = max(map(len, COMMANDS))
        for heading, names in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [
                        (name.ljust(longest), command.get_short_help_str(formatter.width))
                        for name in names
                        if (command := self.get_command(ctx, name))
                    ]
                )

    def invoke(self, ctx: click.Context) -> object:
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            ctx.default_map = defaults()
            return self._run(ctx)
        except TextmineError as error:
            lines = "\n".join(map(printable, str(error).splitlines()))
            click.echo(f"Error: {lines}", err=True)
            raise click.exceptions.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            click.echo("interrupted; work finished so far has been kept", err=True)
            raise click.exceptions.Exit(130) from error
        except BrokenPipeError as error:
            _write_nowhere()
            raise click.exceptions.Exit(141) from error
        except _ODD as error:
            if not (damage := _damage(ctx.meta.get(FOLDER))):
                raise  # a fault of ours
            click.echo(f"Error: {damage}", err=True)
            raise click.exceptions.Exit(LibraryDamaged.exit_code) from error
        except OSError as error:
            if error.errno != errno.ENOSPC or error.filename:
                raise
            _write_nowhere()
            click.echo(f"Error: cannot write the output: {error.strerror}", err=True)
            raise click.exceptions.Exit(UsageError.exit_code) from error

    def _run(self, ctx: click.Context) -> object:
        """The command's work; what cannot be written is known now, not when Python ends."""
        try:
            return super().invoke(ctx)
        finally:
            sys.stdout.flush()


def _damage(folder: Path | None) -> str:
    """What is wrong with a library, in a line: where something odd came out of it, ask it first."""
    if folder is None:
        return ""
    from ..api import Library  # noqa: PLC0415 (loaded by then)

    try:
        issue = next(iter(Library(folder).verify()), None)
    except TextmineError as error:
        return str(error)
    if issue is None:
        return ""
    return f"{folder} is damaged; restore a backup. For details: textmine verify --library {folder}"


def _write_nowhere() -> None:
    """What is still to be written to standard output cannot be, and must not be tried again."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@click.command(
    cls=Cli,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="textmine ingest FOLDER\n"
    "textmine search 'care leavers'\n"
    "textmine brief Durham -o durham.docx",
)
@click.version_option(__version__, prog_name="textmine")
def cli() -> None:
    """Find, count and compare what inspectors say about children's services in England.

    textmine reads folders of inspection reports, letters and self-evaluations into a library.
    You can then ask it what inspectors say about a theme, where and when, and whether it is a
    strength or a concern. `textmine COMMAND --help` explains a command.
    """


def main() -> None:
    """The console script."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the shell closed it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        with contextlib.suppress(AttributeError, ValueError):
            getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:  # nohup stays
            signal.signal(number, _interrupt)
    cli()


def _interrupt(*_: object) -> None:
    """Ends as an interruption does: what is under way is put in order first."""
    raise KeyboardInterrupt
