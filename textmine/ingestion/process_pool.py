"""The worker pool: processes that can be killed.

Files are untrusted, and PDF parsers are large C programs: a file may crash them, hang, or exhaust
memory. Each is parsed in a spawned worker with limits on time, processor and memory, so that only
that file fails, with a reason. Workers are replaced after a number of jobs, which bounds their
memory.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from corpus.errors import WorkerError

from .plain_records import plain_records
from .process_limits import WorkLimits
from .process_worker import Failed, NotReady, Ready, Retired, serve

__all__ = ["Failed", "Pool", "WorkLimits"]

J = TypeVar("J")
R = TypeVar("R")

FATAL = frozenset({"timeout", "cpu", "crashed", "memory"})
"""Reasons after which a worker is not trusted any more."""

SMALL = 16 * 2**10
"""A job of so many bytes surely fits into a pipe that nobody reads yet (64 KB on Linux)."""

ROOM = 4 * 2**20
"""Bytes of results that may wait for the caller; a system may allow less."""

_TOO_LITTLE = "look at the limits of memory, time and processes (ulimit -a), or use fewer --jobs"

_FROM_OUTSIDE = frozenset({-9, -15})
"""Exit codes of a process that something else has killed, as a system does without memory."""

AHEAD = 2
"""Jobs that a worker may have: one in hand, and a small one waiting in its pipe."""


@dataclass(frozen=True, slots=True)
class _TaggedJob:
    """A job under the caller's tag, as the worker gets it."""

    tag: Any
    packed: bytes


class Pool(Generic[J, R]):
    """A pool of spawned workers, each doing one job at a time.

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
        self._size = workers
        self._limits = limits or WorkLimits()
        self._workers: list[_Worker] = []
        self._again: deque[_TaggedJob] = deque()

    def run(self, jobs: Iterable[tuple[Any, J]]) -> Iterator[tuple[Any, R | Failed]]:
        """Does the jobs, each named by a tag of the caller's; results come as they are ready.

        Jobs are taken as workers fall free: there are never many in memory.
        """
        waiting = iter(jobs)
        try:
            self._fill(waiting)
            while any(worker.given for worker in self._workers):
                for worker, result in self._ready():
                    if isinstance(result, Retired):
                        self._dismiss(worker)
                        self._fill(waiting)
                        continue
                    tag = worker.given.popleft().tag
                    worker.renew()
                    fatal = isinstance(result, Failed) and result.reason in FATAL
                    if fatal or not (worker.given or worker.serves(0)):
                        self._dismiss(worker)
                    # The worker goes on before the caller deals with what it brought.
                    self._fill(waiting)
                    yield tag, result
        finally:
            self.close()

    def warm(self) -> None:
        """Starts a worker before there is a job for it."""
        if not self._workers:
            self._workers.append(_Worker(self._make, self._limits))

    def do(self, job: J) -> R | Failed:
        """Does one job, on a worker that is kept for the next; one caller at a time."""
        self._fill(iter([(None, job)]))
        while True:
            for worker, result in self._ready():
                if isinstance(result, Retired):
                    self._dismiss(worker)
                    self._fill(iter(()))
                    continue
                worker.given.popleft()
                worker.renew()
                failed = isinstance(result, Failed)
                if (failed and result.reason in FATAL) or not worker.serves(0):
                    self._dismiss(worker)
                done: R | Failed = result
                return done

    def close(self) -> None:
        """Ends every worker, whatever it is doing."""
        while self._workers:
            self._dismiss(self._workers[-1])

    def _fill(self, waiting: Iterator[tuple[Any, J]]) -> None:
        """Gives work to every worker that has none, then one more to each if it is small."""
        for depth in range(AHEAD):
            while self._wants(depth):
                given = self._next(waiting)
                if given is None:
                    return
                if depth and len(given.packed) > SMALL:
                    self._again.appendleft(given)
                    return
                self._with(depth).give(given)

    def _wants(self, depth: int) -> bool:
        """Whether any worker has so many jobs, and may have another."""
        if not depth and len(self._workers) < self._size:
            return True
        return any(len(worker.given) == depth and worker.serves(depth) for worker in self._workers)

    def _with(self, depth: int) -> _Worker:
        """A worker with so many jobs that may have another; a new one if there is none."""
        for worker in self._workers:
            if len(worker.given) == depth and worker.serves(depth):
                return worker
        self._workers.append(_Worker(self._make, self._limits))
        return self._workers[-1]

    def _next(self, waiting: Iterator[tuple[Any, J]]) -> _TaggedJob | None:
        if self._again:
            return self._again.popleft()
        job = next(waiting, None)
        return _TaggedJob(job[0], pickle.dumps(job[1], pickle.HIGHEST_PROTOCOL)) if job else None

    def _ready(self) -> Iterator[tuple[_Worker, Any]]:
        """The workers that have a result, or have had their time."""
        busy = [worker for worker in self._workers if worker.given]
        soonest = min(worker.deadline for worker in busy) - time.monotonic()
        ready = wait([worker.connection for worker in busy], timeout=max(soonest, 0.0))
        for worker in busy:
            if worker.connection in ready:
                if (result := worker.result()) is not None:
                    yield worker, self._weighed(result)
            elif time.monotonic() >= worker.deadline:
                if not worker.ready:
                    raise WorkerError("no reader started in time; try again with fewer --jobs")
                message = (
                    f"took longer than {self._limits.seconds:g} seconds; try a longer --timeout"
                )
                yield worker, Failed("timeout", message)

    def _weighed(self, result: Any) -> Any:
        """A failure by the shell's limits says nothing of the job."""
        if not isinstance(result, Failed):
            return result
        limits = self._limits
        if result.reason in {"memory", "crashed"} and limits.memory_reduced:
            how = "this shell allows less memory than a file may need (ulimit -v)"
        elif result.reason == "cpu" and limits.cpu_reduced:
            how = "this shell allows less processor time than a file may need (ulimit -t)"
        else:
            return result
        return Failed(result.reason, f"{result.message}; {how}", lasting=False)

    def _dismiss(self, worker: _Worker) -> None:
        """Ends a worker; a job that it had not begun is done by another."""
        self._workers.remove(worker)
        self._again.extend(worker.given)
        worker.kill()


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]], limits: WorkLimits) -> None:
        context = get_context("spawn")
        self.connection: Connection
        self.connection, far = context.Pipe()
        _widen(far)
        self._process = context.Process(target=serve, args=(far, make, limits), daemon=True)
        try:
            self._process.start()
        except OSError as error:
            raise WorkerError(f"cannot start a reader: {error.strerror}; {_TOO_LITTLE}") from error
        far.close()
        self.ready = False
        self._limits = limits
        self.given: deque[_TaggedJob] = deque()
        self.done = 0
        self.deadline = 0.0

    def give(self, given: _TaggedJob) -> None:
        if not self.given:
            self.deadline = time.monotonic() + self._limits.seconds
        self.given.append(given)
        with contextlib.suppress(OSError):  # a worker that is gone tells so when it is asked
            self.connection.send_bytes(given.packed)

    def serves(self, waiting: int) -> bool:
        """Whether the worker may take another job after so many."""
        return self.done + waiting < self._limits.jobs

    def renew(self) -> None:
        """The next job, if there is one, begins."""
        self.done += 1
        self.deadline = time.monotonic() + self._limits.seconds

    def result(self) -> Any:
        """What the worker has sent, or how it died; None where it is only ready.

        Raises WorkerError where it died before its first job: no file is to blame.
        """
        try:
            result = plain_records(self.connection.recv_bytes())
        except pickle.UnpicklingError as error:
            return Failed("crashed", f"its reader sent what is no result ({error})")
        except (EOFError, OSError):
            self._process.join(timeout=5)
            code = self._process.exitcode
            if not self.ready:
                raise WorkerError(
                    f"a reader ended before its first file ({_how(code)}); {_TOO_LITTLE}"
                ) from None
            return _death(code)
        if isinstance(result, NotReady):
            raise WorkerError(f"a reader cannot start: {result.message}; {_TOO_LITTLE}")
        if isinstance(result, Ready):
            self.ready = True
            self.deadline = time.monotonic() + self._limits.seconds
            return None
        return result

    def kill(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _widen(far: Connection) -> None:
    """Lets a worker send a result and go on while the caller stores another's.

    On Windows, whose pipes are no sockets, it waits.
    """
    if sys.platform != "win32":
        with socket.socket(fileno=os.dup(far.fileno())) as end:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)


def _death(code: int | None) -> Failed:
    """Why a worker died, by its exit code."""
    xcpu = getattr(signal, "SIGXCPU", None)
    if xcpu is not None and code == -xcpu:
        return Failed("cpu", "took too much processor time and was given up")
    if code in _FROM_OUTSIDE:
        message = f"its reader was killed from outside ({_how(code)}); try again"
        return Failed("crashed", message, lasting=False)
    return Failed("crashed", f"the reader crashed on it ({_how(code)}); the file may be damaged")


def _how(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
