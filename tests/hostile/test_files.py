"""A folder of hostile files: each is accounted for, with a reason, and the batch goes on."""

import pytest
from click.testing import CliRunner

from corpus.printable import original
from textmine import Library
from textmine.cli import cli
from textmine.ingestion.process_limits import WorkLimits
from textmine.usecases import library as app


@pytest.fixture(scope="module")
def ingested(tmp_path_factory, maker):
    folder = tmp_path_factory.mktemp("hostile")
    expected = maker("make_files").make(folder / "in")
    found = app.find_files([str(folder / "in")])
    limits = WorkLimits(seconds=120.0, cpu_seconds=5)
    setup = app.Setup(library=folder / "library", jobs=2, limits=limits)
    results = list(app.ingest(found.files, setup))
    return folder, expected, found, results


@pytest.mark.slow
def test_every_file_is_accounted_for_with_a_reason(ingested, account):
    _, expected, found, results = ingested
    assert len(expected) >= 100
    became = {original(each.candidate.name): each.reason or each.result for each in results}
    for each in found.skipped:
        became[each.path.relative_to(found.skipped[0].path.parent).as_posix()] = "skipped"
    account("ingest", became.values())
    assert became.keys() == expected.keys()
    wrong = {name: became[name] for name, right in expected.items() if became[name] not in right}
    assert not wrong
    assert all(each.message and "\n" not in each.message for each in results if each.reason)
    assert not [each for each in results if each.result == "partial" and not each.message]


@pytest.mark.slow
def test_what_is_left_is_a_sound_library_that_prints_nothing_raw(ingested):
    folder = ingested[0]
    assert list(Library(folder / "library").verify()) == []
    for command in (
        ["status", "--failed"],
        ["judgements"],
        ["search", "children", "--limit", "99"],
    ):
        done = CliRunner().invoke(cli, [*command, "--library", str(folder / "library")])
        assert done.exit_code == 0
        assert not set(done.stdout) & set("\x1b\x07\u202e\x00")
