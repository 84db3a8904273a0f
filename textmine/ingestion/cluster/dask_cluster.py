"""A cluster: an executor whose jobs are done by the workers of a Dask scheduler.

Few jobs are on their way at once, each with the bytes of its file; results come back to the one
process that writes. A worker that dies is the scheduler's to replace, and its files are done again.
A file with which several workers died is tried once more, alone, before it is blamed. This module
is all that knows Dask: another system would take another such module.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from pickle import UnpicklingError
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from corpus.errors import WorkerError
from corpus.files import read_regular
from corpus.limits import Limits

from ..jobs import Job
from ..plain_records import plain_records
from ..process_worker import Failed
from .worker import version

if TYPE_CHECKING:
    from distributed import Client, Future

J = TypeVar("J")
R = TypeVar("R")

AHEAD = 2
"""Jobs on their way for each thread of the workers."""
PATIENCE = 10.0
"""Seconds for the scheduler to answer, and between two looks at who is there."""
ALONE = 60.0
"""Seconds without any worker until the run is given up."""
_KEPT = "files that are done are kept, and the next run goes on"


class Cluster(Generic[J, R]):
    """The workers of a scheduler. `work` must be importable by name there; it gives plain bytes."""

    def __init__(self, address: str, work: Callable[[J], bytes]) -> None:
        """Connects. Raises WorkerError where nobody answers, or not with our version."""
        self._address = address
        self._work = work
        self._client = _connect(address)
        self._threads = (0, 0.0)
        try:
            _require_our_version(self._client, address)
        except BaseException:
            self.close()
            raise

    def run(self, jobs: Iterable[tuple[Any, J]]) -> Iterator[tuple[Any, R | Failed]]:
        """Does the jobs; results come as they are ready."""
        blamed: list[tuple[Any, J]] = []
        try:
            yield from self._run(iter(jobs), blamed)
            for each in blamed:  # perhaps only beside the file that killed the workers
                yield from self._run(iter([each]), None)
        finally:
            self.close()

    def close(self) -> None:
        """Leaves the cluster; what is on its way there is given up."""
        with suppress(Exception):  # a scheduler that is gone cannot be told goodbye
            self._client.close()

    def _run(
        self, waiting: Iterator[tuple[Any, J]], blamed: list[tuple[Any, J]] | None
    ) -> Iterator[tuple[Any, R | Failed]]:
        flying: dict[Any, tuple[Future[Any], Any, J]] = {}
        done: Queue[Future[Any]] = Queue()
        while True:
            while len(flying) < AHEAD * max(self._count_threads(), 1):
                if (given := next(waiting, None)) is None:
                    break
                future = self._client.submit(self._work, _with_bytes(given[1]), pure=False)
                flying[future.key] = (future, *given)
                future.add_done_callback(done.put)
            if not flying:
                return
            future = self._next(done)
            _, tag, job = flying.pop(future.key)
            outcome = self._outcome(future)
            if outcome is None and blamed is not None:
                blamed.append((tag, job))
            else:
                yield tag, outcome or Failed("crashed", "each worker of the cluster died on it")

    def _next(self, done: Queue[Future[Any]]) -> Future[Any]:
        """A job that has come to an end."""
        last = time.monotonic()
        while time.monotonic() - last < ALONE:
            with suppress(Empty):
                return done.get(timeout=PATIENCE)
            if self._count_threads():
                last = time.monotonic()
        raise WorkerError(f"no worker is left at {self._address}; {_KEPT}")

    def _outcome(self, future: Future[Any]) -> Any:
        """A result or failure; None where workers died with it."""
        if future.status == "cancelled":
            raise WorkerError(f"{self._address} does not answer any more; {_KEPT}")
        error = future.exception()
        if error is None:
            try:
                return plain_records(future.result())
            except UnpicklingError as wrong:
                return Failed("crashed", f"its reader sent what is no result ({wrong})")
        if isinstance(error, WorkerError):
            raise WorkerError(f"a worker of {self._address} cannot go on: {error}")
        if type(error).__name__ == "KilledWorker":
            return None
        message = " ".join(f"{type(error).__name__}: {error}".split())
        return Failed("defect", f"the cluster failed on it: {message}", lasting=False)

    def _count_threads(self) -> int:
        """How many jobs the workers do at once, as it was a moment ago."""
        count, looked = self._threads
        if time.monotonic() - looked > PATIENCE / 2:
            try:
                count = sum(self._client.nthreads().values())
            except (OSError, TimeoutError) as error:
                message = f"{self._address} does not answer any more; {_KEPT}"
                raise WorkerError(message) from error
            self._threads = count, time.monotonic()
        return count


def _connect(address: str) -> Client:
    import dask  # noqa: PLC0415 (an extra, and slow to import)
    from distributed import Client, Security  # noqa: PLC0415

    # Jobs carry files, and what goes wrong is said in a line of ours: Dask warns of neither.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    for name in [
        each for each in logging.root.manager.loggerDict if each.startswith("distributed")
    ]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        if (
            address.startswith("tls:")
            and not Security().get_connection_args("client")["ssl_context"]
        ):
            raise OSError("Dask's settings name no certificate")  # noqa: TRY301 (told like others)
        return Client(address, timeout=PATIENCE, set_as_default=False, name="textmine")
    except Exception as error:  # whatever an address, a network or a certificate brings about
        why = " ".join(str(error).split()) or type(error).__name__
        raise WorkerError(
            f"no scheduler answers at {address} ({why}); start one with: dask scheduler"
        ) from error


def _require_our_version(client: Client, address: str) -> None:
    """Raises WorkerError where there is no worker, or one with another textmine."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise WorkerError(
            f"{address} has no workers; start some with: dask worker {address} --nthreads 1"
        ) from error
    ours = version()
    for worker, theirs in client.run(version, on_error="return").items():
        if theirs != ours:
            has = f"has textmine {theirs}" if isinstance(theirs, str) else f"has none ({theirs})"
            raise WorkerError(
                f"the worker {worker} {has}, and here is {ours}; install the same on all machines"
            )


def _with_bytes(job: J) -> Any:
    """The job with its file: the workers do not see ours."""
    if isinstance(job, Job) and isinstance(job.content, str):
        with suppress(OSError):  # gone meanwhile: the worker says so, as it finds none either
            return replace(job, content=read_regular(Path(job.content), Limits().bytes))
    return job
