"""Write the briefs of the sample authorities anew: `python scripts/make_briefs.py`.

They go to `samples/briefs/`. Look at what has changed before committing it.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from textmine.api import Library  # noqa: E402  the checkout's own
from textmine.usecases import briefs  # noqa: E402  the checkout's own
from textmine.usecases import library as app  # noqa: E402  the checkout's own

SAMPLES = ROOT / "samples"
BRIEFS = SAMPLES / "briefs"
AS_OF = date(2026, 9, 1)
AUTHORITIES = ("Marlowshire", "Eastmere")
SELF_EVALUATIONS = sorted(
    path
    for path in (SAMPLES / "self_evaluations").iterdir()
    if path.suffix in {".pdf", ".docx"} and "(scan)" not in path.name
)
"""Without those that need text recognition, which not every machine has."""

SUFFIXES = (".md", ".html")


def make(out: Path) -> None:
    """Write every brief under `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        setup = app.Setup(library=Path(folder), register=SAMPLES / "authorities.csv")
        said = [str(path) for path in SELF_EVALUATIONS]
        files = app.find_files([str(SAMPLES / "reports"), *said]).files
        for _ in app.ingest(files, setup):
            pass
        for name in AUTHORITIES:
            brief = Library(setup.library).brief(name, as_of=AS_OF, internal=True)
            for suffix in SUFFIXES:
                file = out / f"{name.lower()}{suffix}"
                file.write_bytes(briefs.render(brief, suffix))


if __name__ == "__main__":
    make(BRIEFS)
