"""Loads a library and the page: sixteen readers, a writer, slow clients, and files of everything.

    python bench/load.py --library LIBRARY [--seconds 60] [--readers 16] [--pause 1.0]

Readers are processes with connections of their own; each asks, then pauses as a person does. The
writer ingests texts without end. Over the page, sixteen clients ask; then they go on while one
uploads, one takes away all results as Excel, fifty send no whole request and five do not read what
they asked for. Works on a copy of the library. Exit code 1: an error, or the 95th percentile of a
search under load is over three times that of one reader alone in the library as it is by then. Let
nothing else run.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

QUERIES = (
    "management oversight",
    "children not being seen",
    '"return home interviews"',
    "theme:care-leavers housing",
    "foster* NOT adoption",
    "supervision NEAR/5 reflective",
)
WORDS = (
    "the the the the of of of and and and to to in in in a a that is are are not have has been"
    " their by for with children children visits plans oversight supervision workers leaders"
    " seen late well families timely school health housing adult council budget road theatre"
    " market river bridge museum garden winter summer office county letter telephone member"
    " chair minute number street morning evening hour window table"
).split()
"""Words of the writer's texts; those of the queries are about as frequent as in reports."""
RATIO = 3.0
SEED = 1


@dataclass
class Habit:
    """How long a reader asks, and the mean pause between two questions, in seconds."""

    seconds: float
    pause: float


@dataclass
class Answers:
    """Times of answers in ms, and what went wrong."""

    times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, other: Answers) -> None:
        self.times += other.times
        self.errors += other.errors

    def percentile(self, share: int) -> float:
        return statistics.quantiles(self.times, n=100)[share - 1]

    def line(self, name: str) -> str:
        wrong = f"{self.errors.total()} errors {dict(self.errors) or ''}".strip()
        return (
            f"{name:<44} {len(self.times):>6,} answers, median {self.percentile(50):6.1f} ms,"
            f" 95th percentile {self.percentile(95):6.1f} ms, {wrong}"
        )


def read(library: Path, seed: int, habit: Habit, ready: Any, found: Any) -> None:
    """A reader: the life of its process."""
    import textmine
    from corpus.errors import TextmineError

    chance, answers = random.Random(seed), Answers()
    with textmine.open(library) as lib:
        for query in QUERIES:  # what is read once is in memory
            with contextlib.suppress(TextmineError):
                list(lib.search(query))
        ready.wait()
        end = time.monotonic() + habit.seconds
        while time.monotonic() < end:
            begun = time.perf_counter()
            try:
                list(lib.search(chance.choice(QUERIES)))
            except Exception as error:  # noqa: BLE001 (counted)
                answers.errors[f"{type(error).__name__}: {error}"] += 1
            answers.times.append((time.perf_counter() - begun) * 1000)
            time.sleep(chance.expovariate(1 / habit.pause))
    found.put(answers)


class Writer:
    """A process that ingests texts, one folder after another."""

    def __init__(self, library: Path, folder: Path) -> None:
        self.ingests = 0
        self.errors: Counter[str] = Counter()
        self._library, self._folder = library, folder
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ending.is_set():
            self.ingests += 1
            folder = self._folder / str(self.ingests)
            write_texts(folder, 40, self.ingests)
            command = [sys.executable, str(ROOT / "cli.py"), "ingest", str(folder), "--jobs", "1"]
            done = subprocess.run(
                [*command, "--library", str(self._library)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                self.errors[done.stderr.strip().splitlines()[-1]] += 1


def write_texts(folder: Path, count: int, seed: int) -> None:
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    for number in range(count):
        sentences = [" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(60)]
        text = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, 60, 4))
        (folder / f"letter {seed} {number}.txt").write_text(f"Letter {seed} {number}\n\n{text}\n")


def readers(library: Path, count: int, seconds: float, pause: float) -> Answers:
    """What so many readers found, together."""
    context = multiprocessing.get_context("spawn")
    ready, found = context.Barrier(count), context.Queue()
    running = [
        context.Process(target=read, args=(library, SEED + at, Habit(seconds, pause), ready, found))
        for at in range(count)
    ]
    for each in running:
        each.start()
    answers = Answers()
    for _ in running:
        answers.add(found.get(timeout=seconds + 300))
    for each in running:
        each.join()
    return answers


Visits = tuple[Answers, Answers, Answers]

# -- the page -----------------------------------------------------------------------------------


@contextlib.contextmanager
def page(library: Path) -> Iterator[str]:
    """The address of `textmine serve` in a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        [*command, "--library", str(library)], stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            yield re.search(r"http://\S+", server.stderr.readline())[0].rstrip("/")
        finally:
            server.terminate()
            server.communicate()


async def ask(client: httpx2.AsyncClient, answers: Answers, address: str, **more: object) -> None:
    begun = time.perf_counter()
    try:
        answer = await client.get(address, **more)
        if answer.status_code != 200:
            answers.errors[f"status {answer.status_code}"] += 1
    except httpx2.HTTPError as error:
        answers.errors[type(error).__name__] += 1
    answers.times.append((time.perf_counter() - begun) * 1000)


async def visitor(
    client: httpx2.AsyncClient, seed: int, end: float, pause: float, answers: Answers
) -> None:
    chance = random.Random(seed)
    while time.monotonic() < end:
        await ask(client, answers, "/", params={"q": chance.choice(QUERIES)})
        await asyncio.sleep(chance.expovariate(1 / pause))


async def taker(client: httpx2.AsyncClient, end: float, answers: Answers) -> None:
    """Takes away all results, again and again."""
    wanted = {"q": "children", "what": "all", "format": "xlsx"}
    while time.monotonic() < end:
        await ask(client, answers, "/take-away/file", params=wanted)


async def sender(client: httpx2.AsyncClient, folder: Path, end: float, answers: Answers) -> None:
    """Uploads texts, again and again."""
    number = 0
    while time.monotonic() < end:
        number += 1
        write_texts(folder / f"sent {number}", 10, 10_000 + number)
        csrf = re.search(r'name="csrf" value="(\w+)"', (await client.get("/upload")).text)[1]
        files = [
            ("files", (path.name, path.read_bytes()))
            for path in (folder / f"sent {number}").iterdir()
        ]
        begun = time.perf_counter()
        answer = await client.post("/upload", data={"csrf": csrf}, files=files)
        address = answer.headers.get("location", "")
        if answer.status_code != 303:
            answers.errors[f"status {answer.status_code}"] += 1
            return
        text = ""
        while "Upload finished" not in text:  # as a browser does, which loads the page again
            await asyncio.sleep(0.3)
            text = (await client.get(address)).text
        answers.times.append((time.perf_counter() - begun) * 1000)
        answers.errors["not read"] += text.count("Not read</strong>")
    answers.errors = +answers.errors


def slow_clients(address: str, stack: contextlib.ExitStack) -> None:
    """Fifty that send no whole request, five that do not read what they asked for."""
    place = urlsplit(address)
    for at in range(55):
        line = stack.enter_context(socket.socket())
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect((place.hostname, place.port))
        whole = b"GET /api/v1/passages?limit=1000 HTTP/1.1\r\nHost: localhost\r\n"
        line.sendall(whole + (b"\r\n" if at >= 50 else b""))


async def visits(
    address: str, folder: Path, count: int, seconds: float, pause: float, *, all_at_once: bool
) -> Visits:
    """Answers of searches, of files of everything, and of uploads."""
    found, taken, sent = Answers(), Answers(), Answers()
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        for query in QUERIES:
            await client.get("/", params={"q": query})
        end = time.monotonic() + seconds
        tasks = [visitor(client, SEED + at, end, pause, found) for at in range(count)]
        with contextlib.ExitStack() as stack:
            if all_at_once:
                slow_clients(address, stack)
                tasks += [taker(client, end, taken), sender(client, folder, end, sent)]
            await asyncio.gather(*tasks)
    return found, taken, sent


def measure_library(library: Path, folder: Path, given: argparse.Namespace) -> bool:
    one = readers(library, 1, given.seconds / 3, given.pause / 4)
    print(one.line("library: one reader alone"))
    many = readers(library, given.readers, given.seconds / 3, given.pause)
    print(many.line(f"library: {given.readers} readers"))
    with Writer(library, folder) as writer:
        beside = readers(library, given.readers, given.seconds, given.pause)
    beside.errors += writer.errors
    print(beside.line(f"library: {given.readers} readers and a writer"))
    after = readers(library, 1, given.seconds / 3, given.pause / 4)
    print(after.line("library: one reader alone, afterwards"))
    ratio = beside.percentile(95) / after.percentile(95)
    print(f"  {ratio:.1f} times that of one reader alone; {writer.ingests} ingests of 40 texts")
    errors = one.errors + many.errors + beside.errors + after.errors
    return not errors and (given.any_ratio or ratio <= RATIO)


def measure_page(library: Path, folder: Path, given: argparse.Namespace) -> bool:
    def go(count: int, seconds: float, pause: float, *, all_at_once: bool = False) -> Visits:
        return asyncio.run(visits(address, folder, count, seconds, pause, all_at_once=all_at_once))

    with page(library) as address:
        one, _, _ = go(1, given.seconds / 3, given.pause / 4)
        print(one.line("page: one visitor alone"))
        many, _, _ = go(given.readers, given.seconds / 3, given.pause)
        print(many.line(f"page: {given.readers} visitors"))
        found, taken, sent = go(given.readers, given.seconds, given.pause, all_at_once=True)
    print(found.line(f"page: {given.readers} visitors, and all the others"))
    for name, each in (("files of all results", taken), ("uploads of 10 texts", sent)):
        middle = f", median {statistics.median(each.times):,.0f} ms" if each.times else ""
        print(f"  {len(each.times)} {name}{middle}, {each.errors.total()} errors")
    ratio = found.percentile(95) / one.percentile(95)
    print(f"  {ratio:.1f} times that of one visitor alone, beside 55 that send or read nothing")
    return not (one.errors + many.errors + found.errors + taken.errors + sent.errors)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--readers", type=int, default=16)
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds between questions")
    parser.add_argument("--any-ratio", action="store_true", help="only errors count")
    parser.add_argument("--only", choices=("library", "page"))
    given = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the beginning")
    fine = True
    with tempfile.TemporaryDirectory() as scratch:
        for name, work in (("library", measure_library), ("page", measure_page)):
            if given.only in {None, name}:
                copy = shutil.copytree(given.library, Path(scratch) / f"{name} copy")
                fine = work(copy, Path(scratch) / name, given) and fine
    return int(not fine)


if __name__ == "__main__":
    sys.exit(main())
