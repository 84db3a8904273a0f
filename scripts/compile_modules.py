"""Compiles the busiest modules where they lie, with mypyc: the same results, much faster.

Where there is no C compiler, or it fails, nothing is compiled and the interpreter runs the modules
as they are. Nothing is done where nothing has changed, so `make` can call it every time.

    python scripts/compile_modules.py [--remove]
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import shlex
import shutil
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (
    "textmine/pipeline/*.py",
    *(f"index/{name}.py" for name in ("ask", "compile", "expand", "lexer", "query")),
    *(f"index/{name}.py" for name in ("highlight", "places", "terms")),
)
"""What runs for every word and sentence of a report, every query and every hit."""
SHARED = "textmine"
"""The code itself is in one library, `textmine__mypyc`; a module's own only points into it."""

BUILD = ROOT / ".compiled"
"""What the compiler made on the way, and a note of what it was made from."""
NOTE = BUILD / "note"


def main() -> None:
    """Compile, or remove what was compiled."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--remove", action="store_true", help="let the interpreter run them again")
    given = parser.parse_args()
    if given.remove:
        remove()
    elif not is_current():
        remove()
        print(made(), flush=True)


def is_current() -> bool:
    """Whether what is compiled, if anything is, was made from the modules as they are now."""
    noted = NOTE.read_text(encoding="utf-8").split() if NOTE.exists() else ["", "0"]
    return noted == [_digest(), str(len(list(compiled())))]


def modules() -> list[Path]:
    """The modules to compile."""
    return sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))


def compiled() -> Iterator[Path]:
    """The libraries in the checkout, for whatever version of Python."""
    for folder in {ROOT, *(ROOT / Path(pattern).parent for pattern in SOURCES)}:
        for suffix in ("so", "pyd"):
            yield from folder.glob(f"*.{suffix}")


def remove() -> None:
    """Remove the libraries, and what was made on the way."""
    for library in compiled():
        library.unlink()
    shutil.rmtree(BUILD, ignore_errors=True)


def made() -> str:
    """Compile; says in one line what came of it."""
    if not _has_compiler():
        return "No C compiler: the interpreter runs all modules, to the same results."
    begun = time.monotonic()
    told = io.StringIO()
    print("Compiling the busiest modules ...", flush=True)
    try:
        with chdir(ROOT), redirect_stdout(told), redirect_stderr(told):
            _compile()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, there is another way
        remove()
        lines = "\n".join(told.getvalue().splitlines()[-20:])
        said = f"{lines}\nNothing was compiled ({error}): the interpreter runs all modules"
    else:
        said = f"Compiled in {time.monotonic() - begun:.0f} s"
    BUILD.mkdir(exist_ok=True)
    NOTE.write_text(f"{_digest()} {len(list(compiled()))}", encoding="utf-8")
    return f"{said}."


def _has_compiler() -> bool:
    named = os.environ.get("CC") or sysconfig.get_config_var("CC")
    # Where Python names none, as on Windows, setuptools knows where to look.
    return not named or shutil.which(shlex.split(named)[0]) is not None


def _compile() -> None:
    from mypyc.build import mypycify  # noqa: PLC0415 - it asks whether setuptools was imported
    from setuptools import Distribution  # noqa: PLC0415 - slow, and mostly nothing is to be done

    extensions = mypycify(
        [path.relative_to(ROOT).as_posix() for path in modules()],
        multi_file=True,  # so that all processors can work on it
        debug_level="0",
        group_name=SHARED,
        target_dir=str(BUILD),
    )
    distribution = Distribution({"name": SHARED, "ext_modules": extensions})
    command = distribution.get_command_obj("build_ext")
    command.inplace = True
    command.parallel = os.cpu_count()
    command.build_temp = command.build_lib = str(BUILD)
    distribution.run_command("build_ext")


def _digest() -> str:
    """What the modules say, and what they are compiled with."""
    with_what = f"{sysconfig.get_config_var('EXT_SUFFIX')} {version('mypy')}"
    digest = hashlib.sha256(with_what.encode())
    for path in modules():
        digest.update(f"{path.name} {path.stat().st_size} ".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
