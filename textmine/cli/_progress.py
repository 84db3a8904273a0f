"""A bar that shows how far long work has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.maintenance.progress import Step, silent


@contextmanager
def progress(doing: str, *, shown: bool = True) -> Iterator[Step]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not shown or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console  # noqa: PLC0415 (slow to import, only for a terminal)
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda name, total: bar.update(
            task, advance=1, total=total, description=Path(name).name[:40]
        )
