"""Ingests into disks that are too small or read-only, gives them room, and compares.

A small file system in memory (tmpfs) is mounted in several sizes up to what the library needs.
Each ingest must end in one line that says why, and `textmine status` must live with what it
left; with room again, an ingest must finish the work, and the library hold what it holds on a
disk that is large enough. Then the same disk is made read-only.
Linux, as root. Where no tmpfs can be mounted, says so and exits with 77; with 1 where anything
differs. Options that are not known here are passed on to `textmine ingest`.

    python scripts/fill_disk.py FOLDER [--steps 8] [--least-kb 2048] [ingest's options]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trial import STOPPED, WHOLE, Ingest, Running, content, differs, look, run_out

SKIPPED = 77


class NoDisk(Exception):
    """No tmpfs can be mounted here."""


def mount(*arguments: str) -> None:
    try:
        done = subprocess.run(["mount", *arguments], check=False, capture_output=True, text=True)
    except OSError as error:
        raise NoDisk(str(error)) from error
    if done.returncode:
        raise NoDisk(done.stderr.strip())


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """An empty disk of that size; gone, with all that is on it, afterwards."""
    place.mkdir()
    mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "textmine-trial", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
        place.rmdir()


def change(disk: Path, option: str) -> None:
    """A new size, or `ro`, for a disk that is there."""
    mount("-o", f"remount,{option}", str(disk))


def filled(ingest: Ingest, place: Path, kilobytes: int, expected: list[str]) -> list[str]:
    """What goes wrong with a library on a disk of that size."""
    with small_disk(place, kilobytes) as disk:
        library = disk / "library"
        ended = ingest.run(library)
        faults = ended.faults(*WHOLE, STOPPED)
        shown = ended.errors[0] if ended.errors else "all went in"
        print(f"{kilobytes:7} kB: exit code {ended.code}: {shown.replace(str(disk), '')}")
        # Even reading needs room for SQLite's shared memory: a refusal will do.
        looked = run_out(Running("status", "--library", str(library)))
        faults += looked.faults(0, STOPPED)
        change(disk, "size=0")  # without a limit
        faults += ingest.run(library).faults(*WHOLE)
        return faults + differs(expected, library)


def read_only(ingest: Ingest, place: Path, expected: list[str]) -> list[str]:
    """What goes wrong with a finished library, and with none, on a disk that cannot be written."""
    with small_disk(place, 0) as disk:
        library = disk / "library"
        faults = ingest.run(library).faults(*WHOLE)
        change(disk, "ro")
        for folder in (library, disk / "none"):
            ended = ingest.run(folder)
            faults += ended.faults(STOPPED)
            print(
                f"read-only: exit code {ended.code}: {ended.output.replace(str(disk), '')}", end=""
            )
        faults += look(library)[1]
        change(disk, "rw")
        return faults + differs(expected, library)


def sizes(least: int, most: int, steps: int) -> list[int]:
    """From the least to the most, each larger by the same factor."""
    least = min(least, most // 2)
    return [round(least * (most / least) ** (i / (steps - 1))) for i in range(steps)]


def trials(ingest: Ingest, scratch: Path, steps: int, least: int) -> list[str]:
    """All that goes wrong, on disks of all sizes and on a read-only one."""
    place = scratch / "disk"
    with small_disk(place, 0) as disk:
        library = disk / "library"
        if faults := ingest.run(library).faults(*WHOLE):
            return faults
        expected = content(library)
        needed = sum(path.stat().st_blocks for path in library.rglob("*")) // 2
    print(f"a library of {needed} kB, {len(expected)} lines")
    faults = []
    for kilobytes in sizes(least, needed, steps):
        faults += filled(ingest, place, kilobytes, expected)
    return faults + read_only(ingest, place, expected)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--least-kb", type=int, default=2048)
    given, options = parser.parse_known_args()
    ingest = Ingest(given.folder, tuple(options))
    with tempfile.TemporaryDirectory() as name:
        try:
            faults = trials(ingest, Path(name), given.steps, given.least_kb)
        except NoDisk as reason:
            print(f"skipped: no tmpfs can be mounted here: {reason}")
            return SKIPPED
    print("\n".join(faults) or "every library was finished and holds the same")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
