"""textmine config."""

from __future__ import annotations

import json

import click

from . import _help, _settings
from ._help import Group


@click.group(cls=Group, epilog="textmine config show --origin")
def command() -> None:
    """Show settings, and where each comes from.

    Settings are defaults for options: library, coder, format, jobs and contact, in the file
    config.toml in ~/.config/textmine (or in $XDG_CONFIG_HOME/textmine, or the file that
    TEXTMINE_CONFIG names). Environment variables win over the file, and options over both.
    """


@command.command(epilog="textmine config show --origin\ntextmine config show > config.toml")
@_help.option("--origin", is_flag=True, help="Say where each value comes from.")
def show(*, origin: bool) -> None:
    """Show the settings as a file would have them.

    A setting without a value stands there as a comment.
    """
    path = _settings.config_file()
    if origin:
        state = "" if path and path.exists() else " (not there)"
        click.echo(f"# {path or 'no file'}{state if path else ''}")
    for each in _settings.values():
        meaning = f"# {_settings.SETTINGS[each.name].meaning}"
        written = json.dumps(each.value, ensure_ascii=False)
        line = f"# {each.name} =" if each.value is None else f"{each.name} = {written}"
        click.echo(f"{line}  # from: {each.origin}" if origin else f"{meaning}\n{line}")
