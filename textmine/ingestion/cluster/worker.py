"""The work of a cluster's machines: the same readers as at home, in a process that can be killed.

A Dask worker gets a job with the file's bytes, has it done by a child process under the limits of
the ingest, and sends plain records back. Nothing of ours is imported before it is needed: the
child is to know the file of frameworks first.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import WorkerError

from ..process_limits import WorkLimits
from ..process_pool import Pool

if TYPE_CHECKING:
    from index.documents.rows import TagRows

    from ..jobs import Job, Reading, Tagging

FRAMEWORKS = "TEXTMINE_FRAMEWORKS"
"""As `corpus.frameworks` has it, which reads the file when it is imported."""

_kept = threading.local()


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What the readers of an ingest are made from. Other machines have no such files: contents."""

    version: str
    register: bytes | None = None
    themes: bytes | None = None
    frameworks: bytes | None = None
    encoder: bool = False
    limits: WorkLimits

    @classmethod
    def of(
        cls,
        register: Path | None,
        themes: Path | None,
        *,
        encoder: bool,
        limits: WorkLimits | None,
    ) -> Readers:
        """Those that a command names by files, which have been checked."""
        frameworks = os.environ.get(FRAMEWORKS)
        return cls(
            version=version(),
            register=register.read_bytes() if register else None,
            themes=themes.read_bytes() if themes else None,
            frameworks=Path(frameworks).read_bytes() if frameworks else None,
            encoder=encoder,
            limits=limits or WorkLimits(),
        )


def version() -> str:
    """The version of textmine on this machine, and of what its pipeline finds."""
    from ... import __version__  # noqa: PLC0415
    from ..versions import Maker  # noqa: PLC0415

    return f"{__version__}, pipeline {Maker.of(()).pipeline}"


def work(readers: Readers, job: Job | Tagging) -> bytes:
    """Does a job; its result as bytes of plain records. Raises WorkerError where none can be."""
    if version() != readers.version:
        raise WorkerError(f"textmine is {version()} here, not {readers.version}")
    return pickle.dumps(_pool(readers).do(job), pickle.HIGHEST_PROTOCOL)


def _pool(readers: Readers) -> Pool[Any, Any]:
    """The pool of this thread, kept for the next job of the same ingest."""
    if getattr(_kept, "readers", None) != readers:
        if pool := getattr(_kept, "pool", None):
            pool.close()
        # Under Dask's nanny this is a daemon, to which Python denies children. Ours die with it.
        vars(multiprocessing.current_process())["_config"]["daemon"] = False
        _kept.pool = Pool(partial(make, readers), limits=readers.limits)
        _kept.readers = readers
    kept: Pool[Any, Any] = _kept.pool
    return kept


def make(readers: Readers) -> Callable[[Job | Tagging], Reading | TagRows]:
    """The reader of a child process."""
    with tempfile.TemporaryDirectory(prefix="textmine-") as folder:
        paths: dict[str, Path] = {}
        for name in ("register", "themes", "frameworks"):
            if (content := getattr(readers, name)) is not None:
                paths[name] = Path(folder) / name
                paths[name].write_bytes(content)
        os.environ.pop(FRAMEWORKS, None)
        if "frameworks" in paths:
            os.environ[FRAMEWORKS] = str(paths["frameworks"])
        from ..reader import make_reader  # noqa: PLC0415

        return make_reader(paths.get("register"), paths.get("themes"), encoder=readers.encoder)
