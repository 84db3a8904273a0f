"""The wheel, not the checkout: editable installs hide what packaging forgets."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
NEEDED = (
    "corpus/register/authorities.csv",
    "corpus/py.typed",
    "index/py.typed",
    "textmine/py.typed",
    "textmine/cli/__init__.py",
)
NEEDED_KINDS = (("index/storage/migrations/", ".sql"), ("textmine/themes/", ".yaml"))


def run(*command, cwd):
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_three_packages_and_their_data(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "textmine",
        "corpus",
        "index",
    }
    assert set(NEEDED) <= set(names)
    for folder, suffix in NEEDED_KINDS:
        inside = {n for n in names if n.startswith(folder) and n.endswith(suffix)}
        assert inside == {
            p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob(f"*{suffix}")
        }
        assert inside


def test_the_wheel_is_for_any_platform(wheel):
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".so", ".pyd"))]


def test_check_wheel_contents_is_content(wheel):
    run(sys.executable, "-m", "check_wheel_contents", wheel, cwd=ROOT)


def test_it_runs_in_an_empty_environment(wheel, tmp_path):
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / ("python.exe" if sys.platform == "win32" else "python")
    install = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    lock = ROOT / "requirements" / "run.txt"
    run(*install, "--only-binary", ":all:", "--require-hashes", "-r", lock, cwd=tmp_path)
    run(*install, "--no-deps", "--no-index", wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert "Usage: textmine" in run(scripts / "textmine", "--help", cwd=elsewhere)
    assert "0." in run(scripts / "textmine", "--version", cwd=elsewhere)
    told = run(
        python, "-c", "from corpus.register.authorities import Register as R; print(len(R.load()))",
        cwd=elsewhere,
    )  # fmt: skip
    assert int(told) > 153
