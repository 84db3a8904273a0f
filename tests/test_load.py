"""Many readers and a writer, then the page with slow clients: the measurement, in short."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_readers_beside_a_writer_and_slow_clients_meet_no_error(sample_library):
    command = [sys.executable, str(ROOT / "bench" / "load.py"), "--library", str(sample_library)]
    options = ["--seconds", "3", "--readers", "8", "--pause", "0.5", "--any-ratio"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]
    assert len(re.findall(r"(\d+) errors", done.stdout)) == 9
    assert set(re.findall(r"(\d+) errors", done.stdout)) == {"0"}
