"""The main loop of a worker process: jobs in, results out, within limits.

It imports what its own function needs and nothing else of ours.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any

from corpus.errors import DocumentError

from .process_limits import (
    WorkLimits,
    give_way,
    limit_memory,
    limit_processor,
    shell_limits,
    worn_out,
)

_PARENTS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that a whole group of processes gets: the parent decides when to stop."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that came to nothing: a word for the reason, and a line for a person."""

    reason: str
    message: str
    lasting: bool = True
    """Whether it says something of the job, and not of the machine at this moment."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The first word of a worker: it has all that it needs."""


@dataclass(frozen=True, slots=True)
class NotReady:
    """The first and last word of a worker that cannot do any job, and why."""

    message: str


@dataclass(frozen=True, slots=True)
class Retired:
    """The last word of a worker that has no processor time left; its job is not begun."""


def serve(
    connection: Connection, make: Callable[[], Callable[[Any], Any]], limits: WorkLimits
) -> None:
    """The life of a worker, until the pipe closes or its parent dies."""
    for name in _PARENTS:
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    shell_limits()
    give_way()
    try:
        work = make()
    except Exception as error:  # noqa: BLE001 (what it is, the parent tells)
        connection.send(NotReady(" ".join(f"{type(error).__name__}: {error}".split())))
        return
    # What a job allocates is freed by counting references. The collector of cycles, which would
    # look through the models again and again, only has to look at what each job leaves behind.
    gc.freeze()
    gc.disable()
    limit_memory(limits.memory)
    connection.send(Ready())
    begun = False
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        if begun and worn_out(limits.cpu_seconds):
            connection.send(Retired())
            return
        begun = True
        limit_processor(limits.cpu_seconds)
        result = _attempt(work, job)
        del job
        connection.send(result)
        del result
        gc.collect(0)


def _die_with_parent() -> None:
    """A parent that is killed cannot end its workers."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _attempt(work: Callable[[Any], Any], job: Any) -> Any:
    try:
        return work(job)
    except DocumentError as error:
        return Failed(error.reason, str(error))
    except MemoryError:
        return Failed("memory", "needs more memory than a file may take and was given up")
    except Exception as error:  # noqa: BLE001 (a defect of ours must cost one file, not the batch)
        message = f"textmine failed on it: {type(error).__name__}: {error}; please report this"
        return Failed("defect", " ".join(message.split()))
