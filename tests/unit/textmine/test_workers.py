"""A job that crashes, hangs, eats memory or fails costs itself alone."""

import multiprocessing
import pickle
import subprocess
import sys
import textwrap
import time
from dataclasses import replace

import pytest

from corpus.errors import WorkerError
from textmine.ingestion import process_limits
from textmine.ingestion.plain_records import NotPlain, plain_records
from textmine.ingestion.process_limits import ShellLimits
from textmine.ingestion.process_pool import Failed, Pool, WorkLimits

READERS = """
import ctypes
import os
import time

from corpus.errors import Unreadable


def make():
    return work


def work(job):
    if job == "crash":
        ctypes.string_at(0)
    if job == "exit":
        os._exit(7)
    if job == "hang":
        time.sleep(600)
    if job == "spin":
        while True:
            pass
    if job == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(64 * 2**20))
    if job == "refuse":
        raise Unreadable("not today")
    if job == "defect":
        raise KeyError("ours")
    return job.upper(), os.getpid()
"""


@pytest.fixture
def make(tmp_path, monkeypatch):
    """The test readers, in a module that a spawned process can import."""
    (tmp_path / "bad_readers.py").write_text(textwrap.dedent(READERS), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import bad_readers  # noqa: PLC0415

    yield bad_readers.make
    sys.modules.pop("bad_readers")


LIMITS = WorkLimits(seconds=60.0, cpu_seconds=60, memory=2**29)
SHORT = {"hang": replace(LIMITS, seconds=5.0), "spin": replace(LIMITS, cpu_seconds=1)}
"""Each bad job meets the limit that is meant for it, however busy the machine."""


def run(make, jobs, *, workers=1, limits=LIMITS):
    pool = Pool(make, workers=workers, limits=limits)
    return dict(pool.run((job, job) for job in jobs))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("crash", "crashed"),
        ("exit", "crashed"),
        ("hang", "timeout"),
        ("refuse", "unreadable"),
        ("defect", "defect"),
        pytest.param(
            "spin", "cpu", marks=pytest.mark.skipif(sys.platform == "win32", reason="no limit")
        ),
        pytest.param(
            "eat", "memory", marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit")
        ),
    ],
)
def test_a_bad_job_costs_itself_alone(make, bad, reason):
    found = run(make, ["a", bad, "b"], limits=SHORT.get(bad, LIMITS))
    assert isinstance(found[bad], Failed)
    assert found[bad].reason == reason
    assert "\n" not in found[bad].message
    assert (found["a"][0], found["b"][0]) == ("A", "B")


NOT_READY = """
def make():
    raise MemoryError("no room for the model")


def make_dying():
    import os
    os._exit(3)
"""


@pytest.mark.parametrize(
    ("name", "why"), [("make", "no room for the model"), ("make_dying", "exit code 3")]
)
def test_a_worker_that_dies_before_its_first_job_is_no_fault_of_a_file(
    tmp_path, monkeypatch, name, why
):
    (tmp_path / "no_readers.py").write_text(NOT_READY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import no_readers  # noqa: PLC0415

    with pytest.raises(WorkerError, match=why):
        run(getattr(no_readers, name), ["a", "b"])
    sys.modules.pop("no_readers")


@pytest.mark.skipif(sys.platform != "linux", reason="no limit")
def test_what_the_shell_does_not_allow_says_nothing_of_the_file(make, monkeypatch):
    theirs = ShellLimits(memory=2**30, cpu_seconds=30)
    monkeypatch.setattr(process_limits, "shell_limits", lambda: theirs)
    found = run(make, ["eat"], limits=replace(LIMITS, memory=2**31))
    assert not found["eat"].lasting
    assert "ulimit -v" in found["eat"].message


@pytest.mark.skipif(sys.platform != "linux", reason="no limit")
def test_limits_are_the_smaller_of_ours_and_of_the_shell():
    code = """
import resource
from textmine.ingestion.process_limits import limit_memory, limit_processor, worn_out
limit_memory(2**40)
limit_processor(1000)
print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])
print(worn_out(1000))
"""
    command = f"ulimit -v 2000000; ulimit -t 50; exec {sys.executable} -c '{code}'"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2048000000", "49", "False"]


def test_two_workers_share_the_jobs(make):
    found = run(make, [f"job{i}" for i in range(8)], workers=2)
    assert sorted(word for word, _ in found.values()) == sorted(f"JOB{i}" for i in range(8))
    assert len({pid for _, pid in found.values()}) == 2


def test_a_refused_file_does_not_cost_a_worker(make):
    found = run(make, ["a", "refuse", "b"])
    assert found["a"][1] == found["b"][1]


def test_workers_are_replaced_after_some_jobs(make):
    found = run(make, list("abcd"), limits=WorkLimits(jobs=2))
    pids = [pid for _, pid in found.values()]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_no_worker_starts_without_a_job_and_none_is_left_behind(make):
    assert run(make, []) == {}
    pool = Pool(make, workers=2, limits=LIMITS)
    results = pool.run((job, job) for job in ["a", "hang", "hang"])
    assert next(results)[0] == "a"
    results.close()
    deadline = time.monotonic() + 5
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert multiprocessing.active_children() == []


def test_jobs_are_taken_only_as_they_are_worked_on(make):
    taken = []

    def jobs():
        for number in range(6):
            taken.append(number)
            yield number, f"job{number}"

    results = Pool(make, workers=1, limits=LIMITS).run(jobs())
    next(results)
    assert len(taken) <= 3  # in hand, in the pipe, and one that came in its place
    results.close()


def test_a_job_that_a_dead_worker_had_not_begun_is_done_by_another(make):
    found = run(make, ["exit", "a", "hang", "b", "c"], limits=SHORT["hang"])
    assert [found[job][0] for job in "abc"] == ["A", "B", "C"]
    assert (found["exit"].reason, found["hang"].reason) == ("crashed", "timeout")


def test_jobs_larger_than_a_pipe_holds_do_not_lock(make):
    jobs = [letter * 300_000 for letter in "abcd"]
    assert {word for word, _ in run(make, jobs).values()} == {job.upper() for job in jobs}


class Evil:
    def __reduce__(self):
        return print, ("run",)


@pytest.mark.parametrize("sent", [Evil(), print, Pool], ids=["call", "function", "class"])
def test_what_a_worker_sends_cannot_run_code(sent):
    with pytest.raises(NotPlain):
        plain_records(pickle.dumps(sent))
    assert plain_records(pickle.dumps(Failed("cpu", "late"))) == Failed("cpu", "late")
