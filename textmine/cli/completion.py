"""textmine completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from ._help import Command

SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=Command,
    epilog="echo 'eval \"$(textmine completion bash)\"' >> ~/.bashrc\n"
    "echo 'eval \"$(textmine completion zsh)\"' >> ~/.zshrc\n"
    "textmine completion fish > ~/.config/fish/completions/textmine.fish",
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print a script that completes commands in your shell.

    It completes options and values, too, in bash, zsh or fish (SHELL).

    SHELL is bash, zsh or fish.
    """
    script = get_completion_class(shell)
    assert script is not None
    root = context.find_root().command
    click.echo(script(root, {}, "textmine", "_TEXTMINE_COMPLETE").source())
