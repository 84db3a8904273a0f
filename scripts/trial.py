"""Ingests that are disturbed and then finished: what the safety scripts and tests share.

Everything goes through the command line, as an operator's scheduler would run it. Two
libraries are compared by their content (`index.maintenance.dump`) and by the originals beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # this checkout's packages, whatever is installed

from index.maintenance.dump import dump  # noqa: E402
from index.storage.database import open_read  # noqa: E402

WHOLE = (0, 3)
"""The exit codes of an ingest that ran to its end: 3 where a file could not be read."""
STOPPED = 4
"""The exit code of one that could not use the library."""
PATIENCE = 15.0
"""Seconds in which workers must notice that their parent is gone."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and all that it wrote."""

    code: int
    output: str
    seconds: float

    @property
    def errors(self) -> list[str]:
        """The lines that say why a command gave up."""
        return [line for line in self.output.splitlines() if line.startswith("Error: ")]

    def faults(self, *codes: int) -> list[str]:
        """What is wrong with this end where one of `codes` was due."""
        wrong = []
        if self.code not in codes:
            wrong.append(f"exit code {self.code}, not one of {codes}: {self.output[-600:]}")
        if "Traceback" in self.output:
            wrong.append(f"a traceback: {self.output[-2000:]}")
        if self.code == STOPPED and len(self.errors) != 1:
            wrong.append(f"not one line that says why: {self.output[-600:]}")
        return wrong


class Running:
    """A `textmine` command that runs, in a process group of its own."""

    def __init__(self, *arguments: str, stdin: str = "") -> None:
        self._begun = time.perf_counter()
        # Files, not pipes: a worker that outlived its parent would keep a pipe open.
        self._output = tempfile.TemporaryFile()  # noqa: SIM115
        with tempfile.TemporaryFile() as given:
            given.write(stdin.encode())
            given.seek(0)
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "cli.py"), *arguments],
                stdin=given,
                stdout=self._output,
                stderr=self._output,
                start_new_session=True,
            )

    def wait(self, seconds: float | None = None) -> Ended | None:
        """How it ended; None where it still runs after `seconds`."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        with self._output:
            self._output.seek(0)
            output = self._output.read().decode(errors="replace")
        return Ended(code, output, time.perf_counter() - self._begun)

    def kill(self, *, alone: bool = False) -> list[str]:
        """SIGKILL to all its processes, or to the parent alone; what is wrong afterwards."""
        self._output.close()
        if alone:
            self.process.kill()
        else:
            self.signal(signal.SIGKILL)
        self.process.wait()
        end = time.monotonic() + PATIENCE
        while left := list(alive(self.process.pid)):
            if time.monotonic() > end:
                self.signal(signal.SIGKILL)
                return [f"processes {left} went on for {PATIENCE:.0f} s without their parent"]
            time.sleep(0.02)
        return []

    def signal(self, number: int) -> None:
        """A signal to all its processes."""
        os.killpg(self.process.pid, number)


def alive(group: int) -> Iterator[int]:
    """The processes of a group that have not ended, where /proc tells."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group, *_ = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it ended just now
            continue
        if int(its_group) == group and state not in "ZX":
            yield int(path.parent.name)


@dataclass(frozen=True, slots=True)
class Ingest:
    """An ingest, always of the same files with the same options."""

    folder: Path
    options: tuple[str, ...] = ()

    def start(self, library: Path) -> Running:
        return Running("ingest", str(self.folder), "--library", str(library), *self.options)

    def run(self, library: Path) -> Ended:
        """Run to the end, whatever that is."""
        return run_out(self.start(library))


def run_out(running: Running) -> Ended:
    """Wait for the end; leave no process behind, not even when interrupted."""
    try:
        ended = running.wait()
    except BaseException:
        running.kill()
        raise
    assert ended
    return ended


def look(library: Path) -> tuple[int, list[str]]:
    """How many documents `textmine status` finds, and what is wrong with that."""
    ended = run_out(Running("status", "--format", "json", "--library", str(library)))
    if "no library in" in ended.output:  # the disturbance came before there was one
        return 0, ended.faults(STOPPED)
    if faults := ended.faults(0):
        return 0, faults
    return {row["item"]: row["value"] for row in json.loads(ended.output)}["documents"], []


def as_if_tomorrow(library: Path) -> None:
    """Ages unfinished files: an ingest clears up only what no other can still be writing."""
    for path in library.rglob(".new-*"):
        os.utime(path, (0, 0))


def content(library: Path) -> list[str]:
    """All that a library holds: its rows, and the originals that are what their names say."""
    with open_read(library) as db:
        lines = list(dump(db))
    for path in sorted((library / "originals").rglob("*.*")):
        if path.is_file() and not path.name.startswith(".new-"):
            whole = hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
            lines.append(f"original {path.name} {'whole' if whole else 'DAMAGED'}")
    return lines


def differs(expected: list[str], library: Path) -> list[str]:
    """What `verify` has against a library, what lies about in it, and where it is different."""
    wrong = run_out(Running("verify", "--library", str(library))).faults(0)
    if left := [path.name for path in library.rglob(".new-*")]:
        wrong.append(f"{len(left)} unfinished files left: {', '.join(left[:5])}")
    found = content(library)
    if found != expected:
        pairs = enumerate(zip(expected, found, strict=False))
        first = next((i for i, (a, b) in pairs if a != b), min(len(expected), len(found)))
        parts = (lines[max(first - 2, 0) : first + 30] for lines in (expected, found))
        shown = islice(unified_diff(*parts, "undisturbed", "disturbed", lineterm=""), 40)
        lines = "\n".join(line[:300] for line in shown)
        wrong.append(f"{len(expected)} lines expected, {len(found)} found; the first:\n{lines}")
    return wrong
