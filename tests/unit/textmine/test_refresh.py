import shutil

import pytest
from click.testing import CliRunner

from corpus.model import IngestOptions
from index.documents import ingest_options, provenance, store
from index.storage import originals
from index.storage.database import open_read, open_write
from textmine.api import Library
from textmine.cli import cli
from textmine.usecases import library as app

LETTER = (
    "Some children are not seen by their social workers often enough.\n\n"
    "Care leavers live in suitable homes, and zebras keep in touch with them."
)
THEME = """
- id: zebras
  label: Zebras
  area: children-in-care
  definition: Striped.
  phrases: [zebras]
  matches: [Zebras are good., "Zebras do not help."]
  not_matches: [Horses are good.]
"""


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    """A library with two letters; one of them printed without a date, and named with one."""
    folder = tmp_path_factory.mktemp("in")
    (folder / "letter - 3 march 2024.txt").write_text(LETTER, encoding="utf-8")
    (folder / "other.txt").write_text(f"Leaders are good.\n\n{LETTER}", encoding="utf-8")
    library = tmp_path_factory.mktemp("letters")
    results = list(app.ingest(app.find_files([str(folder)]).files, app.Setup(library=library)))
    assert [result.result for result in results] == ["ok", "ok"]
    shutil.rmtree(folder)
    return library


@pytest.fixture
def setup(letters, tmp_path):
    return app.Setup(library=shutil.copytree(letters, tmp_path / "library"))


@pytest.fixture
def themes(tmp_path):
    file = tmp_path / "themes.yaml"
    file.write_text(THEME, encoding="utf-8")
    return file


def age(setup, where="1", **columns):
    """Pretends that another version made the documents."""
    with open_write(setup.library) as db:
        for column, value in columns.items():
            db.execute(f"UPDATE document SET {column} = ? WHERE {where}", (value,))


def refresh(setup):
    stale = Library(setup.library).stale(setup.themes)
    return sorted((each.document, each.result) for each in app.refresh(stale, setup))


def run(setup, *arguments):
    return CliRunner().invoke(cli, [*arguments, "--library", str(setup.library)])


def content(setup):
    with open_read(setup.library) as db:
        return [store.get(db, row["id"]) for row in db.all("SELECT id FROM document ORDER BY id")]


def test_what_is_not_stale_is_left_alone(setup, monkeypatch):
    monkeypatch.setattr(
        "textmine.ingestion.process_pool._Worker", lambda *_: pytest.fail("nothing to do")
    )
    assert not Library(setup.library).stale()
    result = run(setup, "refresh")
    assert (result.exit_code, "everything is up to date" in result.stderr) == (0, True)


def test_a_theme_is_changed_without_opening_a_file(setup, themes, monkeypatch):
    """Neither here nor in a worker: there are no originals to open."""
    shutil.rmtree(setup.library / "originals")
    monkeypatch.setattr(originals, "read", lambda *_: pytest.fail("opened"))
    before = content(setup)
    setup = app.Setup(library=setup.library, themes=themes)
    stale = Library(setup.library).stale(themes)
    assert (stale.read, len(stale.tag)) == ((), 2)
    assert refresh(setup) == [(1, "tagged"), (2, "tagged")]
    after = content(setup)
    for old, new in zip(before, after, strict=True):
        assert new.entry.document == old.entry.document
        assert {f.theme for f in new.entry.findings} - {f.theme for f in old.entry.findings} == {
            "zebras"
        }
    assert not Library(setup.library).stale(themes)
    assert len(Library(setup.library).stale().tag) == 2  # without the theme, they are stale again


def test_a_changed_reader_reads_again_what_it_changes(setup):
    before = content(setup)
    age(setup, "id = 1", reader_version="0", outcome="partial")
    with open_write(setup.library) as db:
        db.execute("UPDATE passage_text SET text = 'misread' WHERE passage = 1")
    assert Library(setup.library).stale().read == (1,)
    assert refresh(setup) == [(1, "read")]
    assert content(setup) == before  # the day in the file's name too
    assert not Library(setup.library).stale()
    assert {record.outcome for record in Library(setup.library).files()} == {"ok"}


def test_what_people_said_and_decided_stays(setup):
    said = IngestOptions(authority="Camden", doc_type="ilacs_inspection", visibility="internal")
    with open_write(setup.library) as db:
        original = store.original(db, 1)
        ingest_options.put(db, original.sha256, said)
        db.execute(
            "INSERT INTO correction VALUES (1, 1, 'published', '2024', 'w', 'me', 'now', 'field')"
        )
        db.execute(
            "INSERT INTO decision VALUES (1, 1, 'Zebras', 1, 'zebras', 'added', NULL,"
            " 'concern', 'current', 'w', 'me', 'now')"
        )
        store.add_alias(db, 1, "again.txt")
    age(setup, reader_version="0")
    assert refresh(setup) == [(1, "read"), (2, "read")]
    [one, two] = content(setup)
    document = one.entry.document
    assert (document.authority, document.doc_type) == ("camden", "ilacs_inspection")
    assert (document.visibility, one.aliases) == ("internal", ("again.txt",))
    assert two.entry.document.doc_type == "other"
    with open_read(setup.library) as db:
        assert ingest_options.get(db, original.sha256) == said
        for table in ("correction", "decision"):
            assert db.number(f"SELECT count(*) FROM {table}") == 1


def test_a_missing_or_damaged_original_costs_its_document_alone(setup):
    with open_read(setup.library) as db:
        files = [
            originals.place(db.folder, each.sha256, each.media_type)
            for each in (store.original(db, 1), store.original(db, 2))
        ]
    age(setup, reader_version="0")
    files[0].write_text("damaged", encoding="utf-8")
    before = content(setup)
    assert refresh(setup) == [(1, "failed"), (2, "read")]
    files[0].unlink()
    result = run(setup, "refresh")
    assert result.exit_code == 3
    assert "failed: document 1" in result.stderr
    assert "cannot read the original" in result.stderr
    assert content(setup)[0] == before[0]
    assert Library(setup.library).stale().read == (1,)


def test_an_interruption_leaves_a_mixture_that_is_told_and_finished(setup):
    age(setup, pipeline_version="0")
    note = "to bring them up to date: textmine refresh"
    asked = ("search", "homes", "--theme", "children-seen")
    assert note not in run(setup, *asked).stderr
    run_of_two = app.refresh(Library(setup.library).stale(), setup)
    next(run_of_two)
    run_of_two.close()
    assert len(Library(setup.library).stale().tag) == 1
    for command in (asked, ("search", "homes polarity:concern"), ("findings",)):
        assert run(setup, *command).stderr.count(note) == 1
    assert note not in run(setup, "search", "homes").stderr
    result = run(setup, "refresh")
    assert (result.exit_code, "1 re-tagged" in result.stderr) == (0, True)
    assert note not in run(setup, "findings").stderr


def test_status_counts_what_is_stale_and_says_the_command(setup, themes):
    assert "out of date" not in run(setup, "status").stderr
    age(setup, "id = 2", reader_version="0")
    result = run(setup, "status", "--themes", str(themes), "--format", "csv")
    assert "documents to re-read,1" in result.stdout
    assert "documents to re-tag,1" in result.stdout
    assert f"textmine refresh --library {setup.library} --themes {themes}" in result.stderr


def test_a_dry_run_changes_nothing(setup):
    age(setup, "id = 1", reader_version="0")
    age(setup, "id = 2", themes="0")
    before = content(setup)
    result = run(setup, "refresh", "--dry-run")
    assert result.stdout == "1 to re-read, 1 to re-tag\n"
    assert content(setup) == before


def test_what_goes_or_changes_meanwhile_is_passed_over(setup):
    age(setup, pipeline_version="0")
    stale = Library(setup.library).stale()
    with open_write(setup.library) as db:
        store.delete(db, 1)
    results = app.refresh(stale, setup)
    age(setup, "id = 2", pipeline_version="1")
    assert sorted((r.document, r.result) for r in results) == [(1, "passed"), (2, "tagged")]


def test_one_that_another_process_refreshed_is_not_done_twice(setup, monkeypatch):
    age(setup, pipeline_version="0")

    def elsewhere(_self, taken):
        age(setup, f"id = {taken.number}", pipeline_version="of another")
        return tag(_self, taken)

    from textmine.ingestion.refresh import Refresh  # noqa: PLC0415

    tag = Refresh._tag
    monkeypatch.setattr(Refresh, "_tag", elsewhere)
    assert refresh(setup) == [(1, "passed"), (2, "passed")]
    with open_read(setup.library) as db:
        assert provenance.of(db, 1).pipeline == "of another"


def test_failed_files_are_tried_again_with_what_was_said_of_them(setup, tmp_path):
    bad = tmp_path / "a.pdf"
    bad.write_text("<html>Report not found</html>", encoding="utf-8")
    [result] = app.ingest(app.find_files([str(bad)]).files, setup)
    with open_write(setup.library) as db:
        ingest_options.put(db, result.source.sha256, IngestOptions(authority="Camden"))
    [candidate] = Library(setup.library).failed_files()
    assert candidate.given == IngestOptions(authority="Camden")


def test_reissues_are_shown_on_both_documents(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    manifest = ["path,authority,type,published"]
    for day in (1, 2):
        (folder / f"{day}.txt").write_text(LETTER + "\n" * day, encoding="utf-8")
        manifest.append(f"{day}.txt,Camden,other,2024-03-0{day}")
    (folder / "m.csv").write_text("\n".join(manifest), encoding="utf-8")
    setup = app.Setup(library=tmp_path / "library")
    list(app.ingest(app.find_files([], manifest=folder / "m.csv").files, setup))
    older, newer = sorted(Library(setup.library).documents(), key=lambda row: row.published)
    assert (older.replaces, newer.replaces) == (None, older.id)
    assert (
        f"replaced by,document {newer.id}"
        in run(setup, "show", str(older.id), "--format", "csv").stdout
    )
    assert (
        f"replaces,document {older.id}"
        in run(setup, "show", str(newer.id), "--format", "csv").stdout
    )
    assert f'"replaces": {older.id}' in run(setup, "judgements", "--format", "json").stdout


def test_what_a_manifest_said_is_read_with_again(tmp_path):
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        "path,authority,type,published,url,visibility\n"
        "letter.txt,Durham,other,2024-05-01,https://example.org/1,internal\n",
        encoding="utf-8",
    )
    setup = app.Setup(library=tmp_path / "library")
    list(app.ingest(app.find_files([], manifest=manifest).files, setup))
    before = Library(setup.library).show("letter.txt")
    age(setup, reader_version="0")
    assert [result for _, result in refresh(setup)] == ["read"]
    assert Library(setup.library).show("letter.txt") == before
    assert before.entry.document.authority == "durham"


def test_documents_are_read_again_because_somebody_asks(setup):
    def run(*arguments):
        return CliRunner().invoke(cli, ["refresh", "--library", str(setup.library), *arguments])

    assert "everything is up to date" in run().stderr
    assert "1 to re-read" in run("other.txt", "--dry-run").stdout
    assert "1 re-read" in run("other.txt").stderr
    assert "2 re-read" in run("--all").stderr
    assert run("nothing.txt").exit_code == 2
    assert run("1", "--all").exit_code == 2
