"""Process limits: the smaller of ours and of those that the shell sets (`ulimit -v`, `-t`)."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache


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

    @property
    def memory_reduced(self) -> bool:
        """Whether the shell allows less memory than we would."""
        theirs = shell_limits().memory
        return theirs is not None and theirs < self.memory

    @property
    def cpu_reduced(self) -> bool:
        """Whether the shell allows less processor time than we would."""
        theirs = shell_limits().cpu_seconds
        return theirs is not None and theirs < self.cpu_seconds + 2


@dataclass(frozen=True, slots=True)
class ShellLimits:
    """What this process was started with; None where there is no limit."""

    memory: int | None = None
    cpu_seconds: int | None = None


@cache
def shell_limits() -> ShellLimits:
    """The limits that hold before we set our own: ask before that."""
    if sys.platform == "win32":
        return ShellLimits()
    import resource  # noqa: PLC0415 (not on Windows)

    def least(kind: int) -> int | None:
        limits = [each for each in resource.getrlimit(kind) if each != resource.RLIM_INFINITY]
        return min(limits, default=None)

    return ShellLimits(least(resource.RLIMIT_AS), least(resource.RLIMIT_CPU))


def limit_memory(size: int) -> None:
    """Address space is what Linux can limit; elsewhere a file may take what there is."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 (not on Windows)

    theirs = shell_limits().memory
    size = size if theirs is None else min(size, theirs)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def give_way() -> None:
    """Let searches go first where processors are few: a batch can wait, a reader cannot."""
    if sys.platform != "win32":
        os.nice(10)


def limit_processor(seconds: int) -> None:
    """So many seconds from now on, or what is left of the shell's."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (not on Windows)

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft, theirs = int(_used()) + 1 + seconds, shell_limits().cpu_seconds
    if theirs is not None:
        # At the hard limit the system kills without saying why.
        soft = min(soft, max(theirs - 1, 1))
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def worn_out(seconds: int) -> bool:
    """Whether so little is left of the shell's processor time that a new process has more."""
    theirs = shell_limits().cpu_seconds
    return theirs is not None and theirs - _used() < min(seconds, theirs / 2)


def _used() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 (not on Windows)

    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
