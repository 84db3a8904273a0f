"""textmine merge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from ..api import Library
from ..disclosure import is_export
from ..outputs import Row
from ..rows import conflict_row
from . import _export, _options
from ._help import Command
from ._progress import progress

CONFLICT = 1
"""The exit code where something has to be settled by a person."""

_COUNTED = {
    "corrections": ("correction", "corrections"),
    "decisions": ("decision", "decisions"),
    "notes": ("note", "notes"),
    "collected": ("passage in collections", "passages in collections"),
    "searches": ("saved search", "saved searches"),
}


@click.command(
    cls=Command,
    epilog="textmine merge shard-1 shard-2 --library library\n\n"
    "textmine merge ../ada/library -o conflicts.csv",
)
@click.argument("libraries", nargs=-1, required=True, metavar="LIBRARY...", type=Path)
@_options.coder_as("--who", "Who merges.")
@_options.internal
@_export.to_bare_file
@_options.register
@_options.library
def command(
    libraries: tuple[Path, ...],
    *,
    coder: str,
    internal: bool,
    output: str,
    out: Path | None,
    register: Path | None,
    library: Library,
) -> None:
    """Merge other libraries into one.

    LIBRARY is the folder of a library, which is not changed. Documents are the same if their files
    have the same bytes. Corrections, decisions, notes, collections and saved searches are kept.

    Where libraries contradict one another, there is a line for it: what each says, what holds now,
    and how to change that. The exit code is then 1. A document that is internal in one library
    stays internal. A merge that was interrupted can be run again.
    """
    counts: Counter[str] = Counter()
    shows_all = internal or not is_export(_export.kind(output, out))

    def conflicts() -> Iterator[Row]:
        for result in library.merge(*libraries, who=coder, register=register, step=step):
            counts[result.result] += 1
            for name in _COUNTED:
                counts[name] += getattr(result, name)
            for each in result.conflicts:
                counts["conflicts"] += 1
                yield conflict_row(each, values=shows_all or not each.internal)

    with progress("merging") as step:
        _export.write_bare(conflicts(), output, out)
    click.echo(_summary(counts, library.path), err=True)
    if counts["conflicts"]:
        raise click.exceptions.Exit(CONFLICT)


def _summary(counts: Counter[str], target: Path) -> str:
    parts = [f"{_count(counts['added'], 'document', 'documents')} added to {target}"]
    parts += [f"{counts['known']:,} there already"] if counts["known"] else []
    parts += [f"{counts['refused']:,} refused"] if counts["refused"] else []
    parts += [_count(counts[n], *said) for n, said in _COUNTED.items() if counts[n]]
    parts += [_count(counts["conflicts"], "conflict", "conflicts") if counts["conflicts"] else ""]
    return ", ".join(filter(None, parts))


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
