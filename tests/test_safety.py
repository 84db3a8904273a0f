"""An ingest that is killed, starved of space, run twice at once, or has its files taken away.

The scripts that do this to the real reports do it here to the samples, a handful of times.
"""

import hashlib
import shutil
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from index.documents import file_log
from index.storage.database import open_read

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples" / "reports"
FEW = SAMPLES / "9990001_marlowshire"
REGISTER = ("--register", str(ROOT / "samples" / "authorities.csv"))
SKIPPED = 77

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture(scope="module")
def trial():
    """What the scripts share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield import_module("trial")


@pytest.fixture(scope="module")
def expected(trial, tmp_path_factory):
    """What the library of a few samples holds when nobody disturbs."""
    library = tmp_path_factory.mktemp("undisturbed") / "library"
    assert not trial.Ingest(FEW, REGISTER).run(library).faults(0)
    return trial.content(library)


def script(name, *options):
    command = [sys.executable, ROOT / "scripts" / name, SAMPLES, *REGISTER, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == SKIPPED:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@posix
@pytest.mark.slow
def test_killed_at_any_moment_and_finished():
    assert "4 of 4 rounds" in script("kill_ingest.py", "--times=4", "--seed=4")


@pytest.mark.slow
def test_a_disk_that_is_full_or_read_only():
    assert "holds the same" in script("fill_disk.py", "--steps=2", "--least-kb=64")


@pytest.mark.slow
@posix
@pytest.mark.parametrize("apart", [0.0, pytest.param(0.3, marks=pytest.mark.slow)])
def test_two_at_once(trial, expected, tmp_path, apart):
    ingest, library = trial.Ingest(FEW, REGISTER), tmp_path / "library"
    running = [ingest.start(library)]
    time.sleep(apart)
    running.append(ingest.start(library))
    codes = set()
    for ended in map(trial.run_out, running):
        assert not ended.faults(0, 4)
        assert ended.code == 0 or "in use by another process" in ended.errors[0]
        codes.add(ended.code)
    if 4 in codes:
        assert not ingest.run(library).faults(0)
    assert not trial.differs(expected, library)


@posix
def test_files_that_vanish_or_change_cost_themselves_alone_and_are_read_when_they_are_there(
    trial, tmp_path
):
    folder, library = copied(tmp_path), tmp_path / "library"
    ingest = trial.Ingest(folder, REGISTER)
    running = ingest.start(library)
    gone, changed = disturb(running, folder, library)
    assert not trial.run_out(running).faults(0, 3)
    with open_read(library) as db:
        outcome = {Path(each.path).name: each.outcome for each in file_log.files(db)}
    assert set(outcome) == {path.name for path in folder.iterdir()} | set(gone)
    failed = {name for name, became in outcome.items() if became == "failed"}
    assert failed & set(gone)
    assert failed <= {*gone, *changed}  # of these, whatever was in a worker's hands just then

    for name, data in gone.items():
        (folder / name).write_bytes(data)
    assert not ingest.run(library).faults(0)
    lines = "".join(trial.content(library))
    assert "DAMAGED" not in lines
    assert all(sha256(folder / name) in lines for name in {*gone, *changed})


def copied(tmp_path):
    """Samples of two authorities in one folder."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for report in (*FEW.glob("*.pdf"), *(SAMPLES / "9990002_eastmere").glob("*.pdf")):
        shutil.copy(report, folder / f"{report.parent.name} {report.name}")
    return folder


def disturb(running, folder, library):
    """Takes files away and puts others in their place, while some are still to be read.

    The bytes of those that are gone, and of those that are new.
    """
    while len(done := tried(library)) < 3:
        assert running.process.poll() is None
        time.sleep(0.02)
    running.signal(signal.SIGSTOP)
    waiting = sorted(path for path in folder.iterdir() if path.name not in done)
    gone = {path.name: path.read_bytes() for path in waiting[::2]}
    changed = {path.name: path.read_bytes() + b"% another\n" for path in waiting[1::2]}
    for name in gone:
        (folder / name).unlink()
    for name, data in changed.items():
        (folder / name).write_bytes(data)
    running.signal(signal.SIGCONT)
    return gone, changed


def tried(library):
    """The names of the files that the library has something to say of, so far."""
    try:
        with open_read(library) as db:
            return {Path(each.path).name for each in file_log.files(db)}
    except LibraryError:  # not there yet
        return set()


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
