"""The executor protocol: what does jobs for an ingest, here or on other machines.

`process_pool.Pool` is the one for one machine. Jobs and results are plain records that can be sent
anywhere: a job carries the path of its file, or, for a machine that does not see it, the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar

from .process_worker import Failed

Job_contra = TypeVar("Job_contra", contravariant=True)
Result_co = TypeVar("Result_co", covariant=True)


class Executor(Protocol[Job_contra, Result_co]):
    """Does jobs with whatever it has, and says of each what came of it."""

    def run(
        self, jobs: Iterable[tuple[Any, Job_contra]]
    ) -> Iterator[tuple[Any, Result_co | Failed]]:
        """Does the jobs, each named by a tag of the caller's; results come as they are ready.

        Jobs are taken as there is room for them, so that few are in memory at once. A job that
        comes to nothing gives `Failed` and costs no other. Ends what it started when the caller
        stops asking.
        """
        ...

    def close(self) -> None:
        """Ends everything that is at work, and may be called more than once."""
        ...
