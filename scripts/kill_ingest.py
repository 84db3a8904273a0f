"""Kills ingests with SIGKILL at random moments, finishes them, and compares what they hold.

First the folder is ingested undisturbed. Then, again and again, into an empty library: started
and killed once or more, at moments drawn evenly from the time that an undisturbed one took,
either with its workers or the parent alone; looked at with `textmine status`; ingested once
more to the end. The library must then hold what the undisturbed one holds, line by line.
POSIX only. Exit code 1 where anything differs. Options that are not known here are passed on
to `textmine ingest`.

    python scripts/kill_ingest.py FOLDER [--times 50] [--seed 1] [--at-once 1] [ingest's options]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from trial import WHOLE, Ended, Ingest, as_if_tomorrow, content, differs, look


@dataclass(slots=True)
class Round:
    """One library that was disturbed and finished."""

    number: int
    said: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trial:
    """What every round needs: the ingest, and how it goes when nobody disturbs it."""

    ingest: Ingest
    scratch: Path
    seed: int
    code: int
    seconds: float
    expected: list[str]

    def round(self, number: int) -> Round:
        done = Round(number)
        dice = random.Random(f"{self.seed}/{number}")
        library = self.scratch / f"round-{number}"
        begun = time.perf_counter()
        try:
            for _ in range(dice.choices((1, 2, 3), (6, 3, 1))[0]):
                moment, alone = dice.uniform(0, self.seconds), dice.random() < 0.25
                self._kill(library, moment, alone=alone, done=done)
            as_if_tomorrow(library)
            ended = self.ingest.run(library)
            done.faults += ended.faults(self.code)
            done.faults += differs(self.expected, library)
            done.said.append(f"finished in {ended.seconds:.1f} s")
        except Exception as error:  # noqa: BLE001  what went wrong is the round's result
            done.faults.append(f"{type(error).__name__}: {error}")
        shutil.rmtree(library, ignore_errors=True)
        done.said.append(f"{time.perf_counter() - begun:.0f} s in all")
        return done

    def _kill(self, library: Path, moment: float, *, alone: bool, done: Round) -> None:
        running = self.ingest.start(library)
        try:
            ended = running.wait(moment)
        finally:
            left = running.kill(alone=alone) if running.process.poll() is None else []
        documents, wrong = look(library)
        done.faults += left + wrong
        if ended:
            done.said.append(f"ended before {moment:.1f} s")
            done.faults += ended.faults(*WHOLE)
        else:
            how = "parent killed" if alone else "killed"
            done.said.append(f"{how} at {moment:.1f} s with {documents} in")


def undisturbed(ingest: Ingest, scratch: Path, at_once: int) -> tuple[Ended, list[str]]:
    """How an ingest goes and what comes of it; as many at once as there will be rounds."""
    libraries = [scratch / f"undisturbed-{number}" for number in range(at_once)]
    with ThreadPoolExecutor(at_once) as pool:
        ended = list(pool.map(ingest.run, libraries))
    expected = content(libraries[0])
    for one, library in zip(ended, libraries, strict=True):
        if faults := one.faults(*WHOLE) + differs(expected, library):
            sys.exit("\n".join(["an undisturbed ingest went wrong:", *faults]))
        shutil.rmtree(library)
    return max(ended, key=lambda one: one.seconds), expected


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=1, help="rounds side by side")
    given, options = parser.parse_known_args()
    ingest, begun = Ingest(given.folder, tuple(options)), time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        ended, expected = undisturbed(ingest, Path(name), given.at_once)
        print(f"undisturbed: {ended.seconds:.1f} s, exit code {ended.code},", end=" ")
        print(f"{len(expected)} lines", flush=True)
        trial = Trial(ingest, Path(name), given.seed, ended.code, ended.seconds, expected)
        bad = 0
        with ThreadPoolExecutor(given.at_once) as pool:
            for done in pool.map(trial.round, range(1, given.times + 1)):
                verdict = "DIFFERS" if done.faults else "same"
                print(f"round {done.number}: {'; '.join(done.said)}: {verdict}", flush=True)
                if done.faults and not bad:
                    print("\n".join(done.faults), flush=True)
                bad += bool(done.faults)
    print(
        f"{given.times - bad} of {given.times} rounds ended as the undisturbed ingest did", end=""
    )
    print(f" ({time.perf_counter() - begun:.0f} s)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
