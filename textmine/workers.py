"""Work done in processes that can be killed.

Files come from outside, and parsers of PDF are large C programs: a file may crash, hang or eat
memory. Each is parsed in a spawned worker with limits on time, processor and memory; what goes
wrong costs that file alone and has a name. Workers are replaced after a number of jobs, so that
nothing grows in them for ever.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from corpus.errors import DocumentError

J = TypeVar("J")
R = TypeVar("R")


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


FATAL = frozenset({"timeout", "cpu", "crashed", "memory"})
"""Reasons after which a worker is not trusted any more."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that came to nothing: a word for the reason, and a line for a person."""

    reason: str
    message: str


class Pool(Generic[J, R]):
    """Spawned workers, each with a function of its own making that does one job at a time.

    `make` must be importable by name (or a `functools.partial` of such): it runs in the worker.
    No worker starts before there is a job for it.
    """

    def __init__(
        self,
        make: Callable[[], Callable[[J], R]],
        *,
        workers: int = 1,
        limits: WorkLimits | None = None,
    ) -> None:
        self._make = make
        self._limits = limits or WorkLimits()
        self._idle = workers
        self._workers: dict[Connection, _Worker] = {}

    def run(self, jobs: Iterable[tuple[Any, J]]) -> Iterator[tuple[Any, R | Failed]]:
        """Does the jobs, each named by a tag of the caller's; results come as they are ready.

        Jobs are taken as workers fall free, so that no more are in memory than are worked on.
        """
        waiting = iter(jobs)
        try:
            while True:
                more = self._fill(waiting)
                if not any(worker.busy for worker in self._workers.values()):
                    if not more:
                        return
                    continue
                for worker, result in self._ready():
                    tag, worker.tag, worker.busy = worker.tag, None, False
                    spent = worker.done >= self._limits.jobs
                    if spent or (isinstance(result, Failed) and result.reason in FATAL):
                        self._dismiss(worker)
                    # The worker goes on before the caller deals with what it brought.
                    self._fill(waiting)
                    yield tag, result
        finally:
            self.close()

    def close(self) -> None:
        """Ends every worker, whatever it is doing."""
        for worker in list(self._workers.values()):
            self._dismiss(worker)

    def _fill(self, waiting: Iterator[tuple[Any, J]]) -> bool:
        """Gives every free worker a job; whether there may be more."""
        while self._idle or any(not worker.busy for worker in self._workers.values()):
            job = next(waiting, None)
            if job is None:
                return False
            self._free().start(*job)
        return True

    def _free(self) -> _Worker:
        free = next((worker for worker in self._workers.values() if not worker.busy), None)
        if free is None:
            self._idle -= 1
            free = _Worker(self._make, self._limits)
            self._workers[free.connection] = free
        return free

    def _ready(self) -> Iterator[tuple[_Worker, Any]]:
        """The workers that have a result, or have had their time."""
        busy = [worker for worker in self._workers.values() if worker.busy]
        soonest = min(worker.deadline for worker in busy) - time.monotonic()
        ready = wait([worker.connection for worker in busy], timeout=max(soonest, 0.0))
        for worker in busy:
            if worker.connection in ready:
                yield worker, worker.result()
            elif time.monotonic() >= worker.deadline:
                message = f"took longer than {self._limits.seconds:g} seconds and was given up"
                yield worker, Failed("timeout", message)

    def _dismiss(self, worker: _Worker) -> None:
        if self._workers.pop(worker.connection, None):
            worker.kill()
            self._idle += 1


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]], limits: WorkLimits) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, make, limits), daemon=True)
        self._process.start()
        far.close()
        self._limits = limits
        self.tag: Any = None
        self.busy = False
        self.done = 0
        self.deadline = 0.0

    def start(self, tag: Any, job: Any) -> None:
        self.tag, self.busy = tag, True
        self.done += 1
        with contextlib.suppress(OSError):  # a worker that is gone tells so when it is asked
            self.connection.send(job)
        self.deadline = time.monotonic() + self._limits.seconds

    def result(self) -> Any:
        """What the worker has sent; or how it died."""
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            self._process.join(timeout=5)
            return _death(self._process.exitcode)

    def kill(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _death(code: int | None) -> Failed:
    """Why a worker died, by its exit code."""
    xcpu = getattr(signal, "SIGXCPU", None)
    if xcpu is not None and code == -xcpu:
        return Failed("cpu", "took too much processor time and was given up")
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    return Failed("crashed", f"the reader crashed on it ({how}); the file may be damaged")


def _serve(
    connection: Connection, make: Callable[[], Callable[[Any], Any]], limits: WorkLimits
) -> None:
    """The life of a worker: jobs in, results out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    work = make()
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
