"""Fuzzes: `python tests/fuzz/drive.py [TARGET ...] [--runs N]`, what `make fuzz` starts.

Each target runs in a process of its own, under atheris: coverage of corpus, index and textmine
leads to new inputs. An input that breaks the promise is kept in `fuzz-faults/TARGET/`, the first
of each kind, and the run goes on; a crash of the process ends it. To mend a fault, copy its input
to `tests/fuzz/regressions/TARGET/`, where the fast tests replay it.
"""

import argparse
import hashlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FAULTS = ROOT / "fuzz-faults"
RUNS = 200_000
MEGABYTES = 3_000
"""Of memory, for the process."""
HANG = 60
"""Seconds for one input before the process is ended."""
FOUND = 77
"""The exit code of a run that found a fault."""

_READING = ["corpus.readers", "corpus.layout"]
LED_BY = {
    "pdf": _READING,
    "docx": _READING,
    "html": _READING,
    "text": _READING,
    "qdpx": ["textmine.interchange", "textmine.usecases.interchange"],
    "tasks": ["textmine.interchange", "textmine.usecases.interchange"],
    "themes": ["textmine.themes"],
    "manifest": ["textmine.ingestion.manifest"],
    "register": ["corpus.register"],
    "frameworks": ["corpus.framework_file"],
    "query": ["index.query", "index.search"],
    "pages": ["textmine.fetching"],
    "api": ["textmine.web", "index.query"],
}
"""The modules whose coverage leads to new inputs: to watch all others would take twice as long."""

_DONE = re.compile(r"Done (\d+) runs in (\d+) second")
_OURS = re.compile(r"/(corpus|index|textmine|fuzz)/")


def signature(error: BaseException) -> str:
    """Which fault it is: the error, and where in our code it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _OURS.search(frame.filename)]
    place = (ours or list(frames))[-1]
    return f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"


def fuzz(name: str, runs: int, seed: int) -> None:
    """Fuzz one target in this process; does not come back."""
    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=LED_BY.get(name, ["corpus", "index", "textmine"])):
        import seeds  # noqa: PLC0415
        import targets  # noqa: PLC0415
        from changes import CHANGES  # noqa: PLC0415

        target = targets.TARGETS[name]
        first = seeds.SEEDS[name]()
        for data in first:
            target.take(data)  # a seed is taken as it is; and what is loaded late is loaded here
    known: dict[str, int] = {}

    def once(data: bytes) -> None:
        try:
            targets.check(target, data)
        except Exception as error:  # noqa: BLE001 (that is what is looked for)
            sign = signature(error)
            known[sign] = known.get(sign, 0) + 1
            if known[sign] == 1:
                keep(name, data, sign)
                print(f"FAULT {name}: {sign}: {error}"[:500], file=sys.stderr, flush=True)

    change = CHANGES.get(name)

    def mutate(data: bytes, most: int, number: int) -> bytes:
        return change(data, most, random.Random(number), atheris.Mutate)

    folder = Path(tempfile.mkdtemp())
    for data in first:
        (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
    words = folder.with_suffix(".dict")
    words.write_text("\n".join(f'w{i}="{word}"' for i, word in enumerate(dictionary(first))))
    options = [
        *(f"-runs={runs}", f"-seed={seed}", f"-max_len={target.longest}", f"-dict={words}"),
        *(f"-timeout={HANG}", f"-rss_limit_mb={MEGABYTES}", "-print_final_stats=1"),
        f"-artifact_prefix={FAULTS / name}-",
    ]
    custom = {"custom_mutator": mutate} if change else {}
    atheris.Setup([sys.argv[0], *options, str(folder)], once, **custom)
    atheris.Fuzz()


def keep(name: str, data: bytes, sign: str) -> None:
    """Write an input that broke the promise."""
    folder = FAULTS / name
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(data).hexdigest()[:12]
    (folder / digest).write_bytes(data)
    with (folder / "signs.txt").open("a", encoding="utf-8") as signs:
        signs.write(f"{digest} {sign}\n")


def dictionary(seeds) -> list[str]:
    """The words and marks of the seeds, as libFuzzer takes them."""
    words = {
        word for data in seeds for word in re.findall(rb"[A-Za-z][\w:-]{2,20}|[<{\[(]\S", data)
    }
    return ["".join(f"\\x{byte:02x}" for byte in word) for word in sorted(words)[:400]]


def drive(name: str, runs: int, seed: int) -> dict[str, object]:
    """Fuzz one target in a process of its own; its runs, its time and its faults."""
    started = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, __file__, name, "--here", f"--runs={runs}", f"--seed={seed}"]
    log = FAULTS / f"{name}.log"
    with tempfile.TemporaryDirectory(dir=_memory()) as scratch, log.open("wb") as sink:
        more = {"TEXTMINE_CONFIG": "", "PYTHONPATH": str(ROOT), "TMPDIR": scratch}
        environment = os.environ | more
        done = subprocess.run(command, stderr=sink, env=environment, check=False)
    said = log.read_text(encoding="utf-8", errors="replace")
    found = re.findall(r"^FAULT .*", said, re.MULTILINE)
    ended = _DONE.search(said)
    if not ended:
        found.append(f"the process ended with {done.returncode}: {said[-2_000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print("\n".join(found), file=sys.stderr, flush=True)
    return {
        "target": name,
        "runs": int(ended[1]) if ended else 0,
        "seconds": round(time.monotonic() - started),
        "processor": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime),
        "faults": len(found),
    }


def _memory() -> Path | None:
    """Where files cost little that are written and read a hundred times a second."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


def main() -> int:
    """Drive the targets, and print a line for each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("targets", nargs="*")
    options.add_argument("--runs", type=int, default=RUNS)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.here:
        fuzz(given.targets[0], given.runs, given.seed)
    sys.path.insert(0, str(HERE))
    sys.path.insert(0, str(ROOT))
    import seeds  # noqa: PLC0415

    FAULTS.mkdir(exist_ok=True)
    failed = 0
    for name in given.targets or seeds.SEEDS:
        result = drive(name, given.runs, given.seed)
        print(json.dumps(result), flush=True)
        failed += bool(result["faults"])
    return FOUND if failed else 0


if __name__ == "__main__":
    sys.exit(main())
