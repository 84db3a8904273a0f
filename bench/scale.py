"""Whether a library's size costs anything: peak memory, and the time that ten more files take.

Many files are made from few by a distinct comment behind the end of each PDF: other bytes, the
same text. Measured are
- the peak memory of the parent and of the largest worker, for a tenth of the files and for all;
- the time that ten files more take, in a library of one document and in one of all. What one
  file takes in the small library, starting included, is subtracted from both, so that whatever
  a start costs more in the large one counts. Both sides run in turn; medians are printed.

    python bench/scale.py FOLDER [--files 1600] [--runs 7] [--only memory|add] [--jobs 2]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEW = 10
EVERY = 0.1  # seconds between two looks at the processes' memory


def pdfs(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*.pdf") if b"%PDF-" in path.read_bytes()[:1024])
    return sorted(found)


def copies(sources: list[Path], folder: Path, count: int, mark: str) -> list[Path]:
    """So many files that are like no others, each source used as often as the next."""
    folder.mkdir()
    made = []
    for number in range(count):
        source = sources[number % len(sources)]
        made.append(folder / f"{number:05} {source.name}")
        made[-1].write_bytes(source.read_bytes() + f"\n% {mark} {number}\n".encode())
    return made


class Memory:
    """The peaks in MB of a process and of its children, read while they live. Linux only."""

    def __init__(self, parent: int) -> None:
        self._parent = parent
        self._peaks: dict[int, float] = defaultdict(float)

    def look(self) -> None:
        for pid in (self._parent, *self._children()):
            self._peaks[pid] = max(self._peaks[pid], self._peak(pid))

    @property
    def parent(self) -> float:
        return self._peaks[self._parent]

    @property
    def worker(self) -> float:
        """The largest of the children."""
        return max((size for pid, size in self._peaks.items() if pid != self._parent), default=0.0)

    def _children(self) -> Iterator[int]:
        for path in Path(f"/proc/{self._parent}/task").glob("*/children"):
            try:
                yield from map(int, path.read_text(encoding="utf-8").split())
            except OSError:  # the thread has ended
                continue

    @staticmethod
    def _peak(pid: int) -> float:
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        except OSError:  # it has ended
            return 0.0
        lines = (line.split() for line in status.splitlines() if line.startswith("VmHWM"))
        return next((int(fields[1]) / 1024 for fields in lines), 0.0)


def ingest(files: list[Path], library: Path, jobs: int) -> subprocess.Popen[bytes]:
    """An ingest of these files that has been started."""
    command = [sys.executable, str(ROOT / "cli.py"), "ingest", "-"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as given:
        given.writelines(f"{path}\n" for path in files)
        given.seek(0)
        return subprocess.Popen(
            [*command, f"--jobs={jobs}", "--library", str(library)],
            stdin=given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def seconds(files: list[Path], library: Path) -> float:
    """How long one ingest takes, with one worker."""
    begun = time.perf_counter()
    code = ingest(files, library, 1).wait()
    assert code == 0, f"the ingest ended with {code}"
    return time.perf_counter() - begun


def memory(files: list[Path], library: Path, jobs: int) -> Memory:
    """What one ingest needs."""
    process = ingest(files, library, jobs)
    peaks = Memory(process.pid)
    while process.poll() is None:
        peaks.look()
        time.sleep(EVERY)
    assert process.returncode == 0, f"the ingest ended with {process.returncode}"
    return peaks


def report_memory(files: list[Path], scratch: Path, jobs: int) -> None:
    """For a tenth of the files and for all."""
    if sys.platform != "linux":
        print("peak memory: not measured, only Linux tells it of living processes")
        return
    print(f"{'peak MB':24}{'parent':>9}{'worker':>9}")
    peaks = []
    for number in (len(files) // 10, len(files)):
        peaks.append(memory(files[:number], scratch / f"memory-{number}", jobs))
        print(f"{number:8} files{peaks[-1].parent:19.0f}{peaks[-1].worker:9.0f}", flush=True)
        shutil.rmtree(scratch / f"memory-{number}")
    few, many = peaks
    print(f"{'ratio':24}{many.parent / few.parent:9.2f}{many.worker / few.worker:9.2f}\n")


def report_adding(files: list[Path], sources: list[Path], scratch: Path, runs: int) -> None:
    """What ten files more take in a small library and in a large one."""
    step = max(len(sources) // NEW, 1)
    new = copies(sources[::step], scratch / "new", NEW + 1, "new")
    sizes = {1: scratch / "small", len(files): scratch / "large"}
    for size, library in sizes.items():
        assert ingest(files[:size], library, os.cpu_count() or 1).wait() == 0
    one: dict[int, list[float]] = defaultdict(list)
    more: dict[int, list[float]] = defaultdict(list)
    for _ in range(runs):
        for size, library in sizes.items():
            for times, added in ((one, new[:1]), (more, new)):
                times[size].append(seconds(added, copied(library, scratch / "run")))
    start = statistics.median(one[1])
    print(f"{'seconds':24}{'one file':>9}{f'{NEW} more':>9}   (medians of {runs})")
    costs = []
    for size in sizes:
        costs.append(statistics.median(more[size]) - start)
        print(f"{size:8} documents{statistics.median(one[size]):15.2f}{costs[-1]:9.2f}")
    print(f"{'ratio':33}{costs[1] / costs[0]:9.2f}")


def copied(library: Path, place: Path) -> Path:
    """A library like it, in the place of the last one; on the disk before the clock starts."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(library, place, ignore=shutil.ignore_patterns("originals"))
    shutil.copytree(library / "originals", place / "originals", copy_function=os.link)
    os.sync()
    return place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1600)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", choices=["memory", "add"])
    parser.add_argument("--jobs", type=int, default=2, help="workers, where memory is measured")
    given = parser.parse_args()
    sources = pdfs(given.folder)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        files = copies(sources, scratch / "files", given.files, "copy")
        if given.only != "add":
            report_memory(files, scratch, given.jobs)
        if given.only != "memory":
            report_adding(files, sources, scratch, given.runs)


if __name__ == "__main__":
    main()
