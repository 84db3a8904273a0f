"""Another executor in the place of the process pool: bytes instead of paths, the same library."""

from dataclasses import replace
from pathlib import Path

from corpus.errors import DocumentError
from index.maintenance.dump import dump
from index.storage.database import open_read
from textmine.api import Library
from textmine.ingestion.jobs import Job
from textmine.ingestion.process_worker import Failed
from textmine.ingestion.reader import make_reader
from textmine.usecases import library as app

LETTER = "Some children are not seen often enough.\n\nCare leavers live in suitable homes."


class Elsewhere:
    """Does jobs in this process, as a machine would that does not see the files."""

    def __init__(self):
        self.work = make_reader(None, None)
        self.jobs = []

    def run(self, jobs):
        for tag, job in jobs:
            sent = job
            if isinstance(job, Job):
                sent = replace(job, content=Path(job.content).read_bytes())
            self.jobs.append(sent)
            try:
                yield tag, self.work(sent)
            except DocumentError as error:
                yield tag, Failed(error.reason, str(error))

    def close(self):
        pass


def ingest(folder, setup):
    found = app.find_files([str(folder)])
    return sorted((r.candidate.name, r.result) for r in app.ingest(found.files, setup))


def lines(folder):
    with open_read(folder) as db:
        return list(dump(db))


def test_jobs_that_carry_bytes_give_the_same_library(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER)
    (folder / "broken.pdf").write_text("<html>not a report</html>")
    elsewhere = Elsewhere()
    here = app.Setup(library=tmp_path / "here")
    there = app.Setup(library=tmp_path / "there", executor=elsewhere)
    assert ingest(folder, there) == ingest(folder, here)
    assert {type(job.content) for job in elsewhere.jobs} == {bytes}
    assert lines(tmp_path / "there") == lines(tmp_path / "here")


def test_a_refresh_uses_it_too(tmp_path):
    (tmp_path / "letter.txt").write_text(LETTER)
    setup = app.Setup(library=tmp_path / "library", executor=Elsewhere())
    ingest(tmp_path / "letter.txt", setup)
    before = lines(setup.library)
    stale = replace(Library(setup.library).stale(), read=(1,))
    assert [each.result for each in app.refresh(stale, setup)] == ["read"]
    assert lines(setup.library) == before
