"""The main loop of a worker process: jobs in, results out, within limits.

It imports what its own function needs and nothing else of ours.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from corpus.errors import DocumentError


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What one job may take before its worker is killed, and how long a worker serves."""

    seconds: float = 300.0
    """Of the wall clock."""
    cpu_seconds: int = 240
    """Of the processor; not limited on Windows."""
    memory: int = 4 * 2**30
    """Of address space, in bytes; limited on Linux only."""
    jobs: int = 400
    """A worker is replaced after so many."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that came to nothing: a word for the reason, and a line for a person."""

    reason: str
    message: str


def serve(
    connection: Connection, make: Callable[[], Callable[[Any], Any]], limits: WorkLimits
) -> None:
    """The life of a worker, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    work = make()
    # What a job allocates is freed by counting references. The collector of cycles, which would
    # look through the models again and again, only has to look at what each job leaves behind.
    gc.freeze()
    gc.disable()
    _limit_memory(limits.memory)
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        _limit_processor(limits.cpu_seconds)
        result = _attempt(work, job)
        del job
        connection.send(result)
        del result
        gc.collect(0)


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


def _limit_memory(size: int) -> None:
    """Address space is what Linux can limit; elsewhere a file may take what there is."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 (not on Windows)

    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _limit_processor(seconds: int) -> None:
    """So many seconds from now on."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (not on Windows)

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + seconds, hard))
