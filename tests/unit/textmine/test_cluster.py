"""Several machines: a real scheduler with two workers gives the same library as this machine."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
from contextlib import closing
from functools import partial
from pathlib import Path
from queue import Queue

import pytest

import textmine
from corpus import frameworks
from corpus.errors import UsageError, WorkerError
from index.maintenance.dump import dump
from index.storage.database import open_read
from textmine import extras
from textmine.ingestion.cluster import dask_cluster, worker
from textmine.ingestion.cluster.dask_cluster import Cluster
from textmine.ingestion.cluster.worker import Readers, work
from textmine.ingestion.jobs import Tagging
from textmine.ingestion.process_limits import WorkLimits
from textmine.ingestion.process_worker import Failed
from textmine.ingestion.refresh import Stale
from textmine.usecases import library as app

distributed = pytest.importorskip("distributed")

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "samples"
REGISTER = SAMPLES / "authorities.csv"

POISON = """
import os
import pickle
import signal


def work(job):
    if job == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "code":
        return pickle.dumps(os.getcwd)
    if job == "defect":
        raise KeyError("ours")
    return pickle.dumps(job.upper())
"""


def free_port():
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler with two workers, each under a nanny."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "poisonous.py").write_text(textwrap.dedent(POISON), encoding="utf-8")
    address = f"tcp://127.0.0.1:{free_port()}"
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",  # each costs a start of a worker
    }
    one = ("worker", address, "--nthreads", "1", "--memory-limit", "0", "--no-dashboard")
    calls = [("scheduler", "--host", address, "--no-dashboard"), one, one]
    with (folder / "log").open("wb") as log:
        running = [
            subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{name}", *options],
                cwd=folder,
                env=env,
                stdout=log,
                stderr=log,
            )
            for name, *options in calls
        ]
    sys.path.append(str(folder))
    yield address
    sys.path.remove(str(folder))
    for each in reversed(running):
        each.terminate()
    for each in running:
        each.wait()


def workers(scheduler):
    with distributed.Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
        return client.run(os.getpid)


def lines(folder):
    with open_read(folder) as db:
        return list(dump(db))


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing_and_the_library_is_the_same(scheduler, tmp_path):
    reports = sorted((SAMPLES / "reports").glob("*/*.pdf"))[:6]
    files = app.find_files([str(SAMPLES / "broken"), *map(str, reports)]).files
    here = app.Setup(library=tmp_path / "here", register=REGISTER)
    there = app.Setup(library=tmp_path / "there", register=REGISTER, scheduler=scheduler)
    expected = sorted((each.candidate.name, each.result) for each in app.ingest(files, here))
    victim = next(iter(workers(scheduler).values()))
    results = []
    for result in app.ingest(files, there):
        results.append((result.candidate.name, result.result))
        if len(results) == 3:
            os.kill(victim, signal.SIGKILL)
    assert sorted(results) == expected
    assert "failed" in dict(results).values()
    assert lines(there.library) == lines(here.library)
    assert victim not in workers(scheduler).values()
    again = app.refresh(Stale(read=(1,), tag=(2,)), there)
    assert sorted(each.result for each in again) == ["read", "tagged"]
    assert lines(there.library) == lines(here.library)


@pytest.mark.slow
def test_a_file_that_kills_workers_fails_alone(scheduler):
    from poisonous import work as poisonous  # noqa: PLC0415  beside the workers

    jobs = ["a", "poison", "b", "code", "defect", "c"]
    workers(scheduler)
    done = dict(Cluster(scheduler, poisonous).run((job, job) for job in jobs))
    failed = {job: done.pop(job) for job in ("poison", "code", "defect")}
    assert done == {"a": "A", "b": "B", "c": "C"}
    assert failed["poison"] == Failed("crashed", "each worker of the cluster died on it")
    assert "no result" in failed["code"].message
    assert "KeyError" in failed["defect"].message
    assert not failed["defect"].lasting


@pytest.mark.slow
def test_workers_of_another_version_are_refused(scheduler, tmp_path, monkeypatch):
    monkeypatch.setattr(textmine, "__version__", "0.0")
    setup = app.Setup(library=tmp_path / "library", scheduler=scheduler)
    with pytest.raises(
        WorkerError, match=r"has textmine .*, and here is 0\.0, .*; install"
    ) as caught:
        list(app.ingest([], setup))
    assert "\n" not in str(caught.value)
    assert not setup.library.exists()
    monkeypatch.undo()
    readers = Readers(version="0.0", limits=WorkLimits())
    late = Cluster(scheduler, partial(work, readers))  # a worker that came after the first look
    with pytest.raises(WorkerError, match=r"a worker of .* cannot go on: textmine is"):
        list(late.run([("tag", Tagging(None))]))


def test_a_scheduler_that_does_not_answer_is_told_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PATIENCE", 0.5)
    for address in (f"tcp://127.0.0.1:{free_port()}", "nonsense://x", "tls://127.0.0.1:1"):
        setup = app.Setup(library=tmp_path / "library", scheduler=address)
        with pytest.raises(WorkerError, match="no scheduler answers at") as caught:
            list(app.ingest([], setup))
        assert "\n" not in str(caught.value)
        assert not setup.library.exists()
    assert "Dask's settings name no certificate" in str(caught.value)


def test_the_extra_is_named_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    setup = app.Setup(library=tmp_path / "library", scheduler="tcp://127.0.0.1:1")
    with pytest.raises(UsageError, match=r"textmine\[cluster\]"):
        list(app.ingest([], setup))


def test_readers_are_sent_as_the_contents_of_files(tmp_path, monkeypatch):
    monkeypatch.delenv(worker.FRAMEWORKS, raising=False)
    assert worker.FRAMEWORKS == frameworks.ENVIRONMENT
    plain = Readers.of(None, None, encoder=False, limits=None)
    assert (plain.register, plain.themes, plain.frameworks) == (None, None, None)
    (tmp_path / "frameworks.toml").write_text("x = 1", encoding="utf-8")
    monkeypatch.setenv(worker.FRAMEWORKS, str(tmp_path / "frameworks.toml"))
    readers = Readers.of(REGISTER, None, encoder=False, limits=WorkLimits(seconds=7))
    assert readers.register == REGISTER.read_bytes()
    assert readers.frameworks == b"x = 1"
    monkeypatch.setenv(worker.FRAMEWORKS, "elsewhere")
    reader = worker.make(readers)
    assert reader._register.resolve("Marlowshire")
    named = Path(os.environ[worker.FRAMEWORKS])
    assert (named.name, named.exists()) == ("frameworks", False)
    worker.make(plain)
    assert worker.FRAMEWORKS not in os.environ


class Deserted:
    """The client of a cluster without workers."""

    def wait_for_workers(self, _, timeout):
        raise TimeoutError(timeout)

    def nthreads(self):
        return {}

    def close(self):
        pass


def test_a_cluster_without_workers_is_told_and_given_up_after_a_while(monkeypatch):
    monkeypatch.setattr(dask_cluster, "_connect", lambda _: Deserted())
    with pytest.raises(WorkerError, match=r"has no workers; start some with: dask worker tcp://x"):
        Cluster("tcp://x", work)
    monkeypatch.setattr(dask_cluster, "_require_our_version", lambda *_: None)
    monkeypatch.setattr(dask_cluster, "ALONE", 0.01)
    monkeypatch.setattr(dask_cluster, "PATIENCE", 0.02)
    with pytest.raises(WorkerError, match="no worker is left at tcp://x; files that are done"):
        Cluster("tcp://x", work)._next(Queue())
