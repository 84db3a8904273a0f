"""Fixtures for every test: small PDFs made on the spot, and the real reports where they are."""

import contextlib
import csv
import functools
import importlib.util
import io
import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from reportlab.pdfgen.canvas import Canvas

import textmine
from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register
from textmine.ingestion import process_worker
from textmine.ingestion.reader import make_reader

os.environ["TEXTMINE_CONFIG"] = ""  # the settings of whoever runs the tests say nothing here

# A busy machine is no fault of the code: time is measured by bench/.
settings.register_profile("textmine", deadline=None)
settings.load_profile("textmine")

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"


def _real():
    folder = Path(os.environ.get("TEXTMINE_REAL", ROOT.parent / "shared"))
    return folder if (folder / "corpus").is_dir() else None


@pytest.fixture(scope="session", autouse=True)
def one_processor():
    """Commands start one process to read files: several tests run side by side already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        yield


class _ReaderHere:
    """Reads files in this process, with readers that are made once: to start one takes seconds."""

    made = staticmethod(functools.cache(make_reader))

    def __init__(self, setup):
        self._work = self.made(setup.register, setup.themes)

    def run(self, jobs):
        for tag, job in jobs:
            yield tag, process_worker._attempt(self._work, job)

    def close(self):
        """Nothing was started."""


@contextlib.contextmanager
def _reading_here():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textmine.usecases.library._executor", _ReaderHere)
        yield


@pytest.fixture(scope="module")
def reads_here():
    """For modules whose tests are not about the processes that read files."""
    with _reading_here():
        yield


@pytest.fixture(scope="session")
def _sample_library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples") / "library"
    claims = SAMPLES / "self_evaluations" / "eastmere annual self-assessment slides.pdf"
    with _reading_here(), textmine.open(folder) as library:
        results = library.ingest(
            [SAMPLES / "reports", claims], register=SAMPLES / "authorities.csv"
        )
        assert {result.result for result in results} <= {"ok", "partial", "duplicate"}
    return folder


@pytest.fixture(scope="module")
def sample_library(_sample_library, tmp_path_factory):
    """A module's own library of all sample reports and an internal self-evaluation."""
    return Path(shutil.copytree(_sample_library, tmp_path_factory.mktemp("made") / "library"))


@pytest.fixture(scope="session")
def script():
    """Loads a script of the project as a module, by its name; it finds those beside it."""
    sys.path.append(str(ROOT / "scripts"))

    def load(name):
        path = ROOT / "scripts" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session")
def real():
    """The folder with the real reports, the truth tables and their scorers."""
    folder = _real()
    if folder is None:
        pytest.skip("the real reports are not here; name their folder in TEXTMINE_REAL")
    return folder


@pytest.fixture(scope="session")
def real_documents(real):
    """Every real report as a document, by the SHA-256 of its file."""
    register = Register.load()
    found = {}
    with (real / "corpus" / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        for row in csv.DictReader(manifest):
            data = (real / "corpus" / row["path"]).read_bytes()
            if b"%PDF-" in data[:1024]:
                source = Source(path=row["path"], sha256=row["sha256"], size=len(data))
                found[row["sha256"]] = assemble(
                    read(data, row["path"]), source, register=register, tables=table_reader(data)
                )
    return found


@pytest.fixture(scope="session")
def make_pdf():
    """Makes a PDF of pages; a page is a list of (x, y from the top, size, bold, text)."""

    def make(*pages, password=None):
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(595, 842), invariant=True, encrypt=password)
        for page in pages:
            for x, y, size, bold, text in page:
                canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
                canvas.drawString(x, 842 - y, text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    return make


def pytest_terminal_summary(terminalreporter):
    """What became of hostile files, a line for each way in (tests/hostile)."""
    told = [
        value
        for report in terminalreporter.stats.get("passed", ())
        for name, value in report.user_properties
        if name == "hostile"
    ]
    for line in sorted(told):
        terminalreporter.write_line(f"hostile files: {line}")


def prose(text, *, x=107, y=100, size=12, step=14.4):
    """Lines of running text, one below the other, for `make_pdf`."""
    return [(x, y + i * step, size, False, line) for i, line in enumerate(text.splitlines())]


@pytest.fixture(scope="session")
def ilacs_page():
    """The first page of an inspection report of 2024; the caller's rows make its table."""

    def page(
        rows,
        *,
        title="Inspection of Marlowshire local authority children’s services",
        dates="5 to 9 February 2024",
        inspector="Ann Example, His Majesty’s Inspector",
    ):
        first, _, second = title.partition(" local ")
        lines = [
            (71, 150, 26, False, first),
            (71, 180, 26, False, f"local {second}"),
            (71, 215, 12, True, f"Inspection dates: {dates}"),
            (71, 240, 12, True, f"Lead inspector: {inspector}"),
            (77, 280, 12, True, "Judgement"),
            (303, 280, 12, True, "Grade"),
        ]
        y = 315
        for label, grade in rows:
            for i, part in enumerate(label.split("/")):
                lines.append((77, y + 14 * i, 12, False, part))
            for i, part in enumerate(grade.split("/")):
                lines.append((303, y + 14 * i, 12, False, part))
            y += 14 * max(label.count("/"), grade.count("/")) + 30
        lines += prose(
            "Children in Marlowshire receive a good service from workers who know them.\n"
            "Leaders have acted on what the previous inspection found.",
            x=71,
            y=y + 30,
        )
        return lines

    return page


FIVE_ROWS = (
    ("The impact of leaders on social work/practice with children and families", "Good"),
    (
        "The experiences and progress of/children who need help and protection",
        "Requires improvement to/be good",
    ),
    ("The experiences and progress of/children in care", "Good"),
    ("The experiences and progress of/children care leavers", "Outstanding"),
    ("Overall effectiveness", "Good"),
)


@pytest.fixture(scope="session")
def five_rows():
    """The judgement table from 2023 on, with the misprint of 2025 in its fourth row."""
    return FIVE_ROWS


@pytest.fixture(scope="session")
def prose_lines():
    """`prose` for tests."""
    return prose
