"""The brief: each statement can be checked, and the same input gives the same bytes."""

import json
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from index import presence, store
from index.database import open_read
from textmine import app
from textmine.briefs.model import Absence, Count, Purpose, Quote
from textmine.cli import cli

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
REGISTER = SAMPLES / "authorities.csv"
AUTHORITIES = ("Marlowshire", "Eastmere", "Harrowfield and Lacey Vale", "Norbrook")
AS_OF = date(2026, 9, 1)
SUFFIXES = (".md", ".html", ".docx")


def run(*arguments, library):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(library)])


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "library"
    claims = SAMPLES / "self_evaluations" / "eastmere annual self-assessment slides.pdf"
    result = run("ingest", SAMPLES / "reports", claims, "--register", REGISTER, library=folder)
    assert result.exit_code == 0, result.output
    return folder


def brief(library, authority="Marlowshire", purpose="engagement-meeting", **given):
    options = {"internal": True} | given
    return app.brief(library, authority, purpose, options.pop("as_of", AS_OF), **options)


@pytest.mark.parametrize("purpose", get_args(Purpose))
@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_statement_can_be_checked(library, authority, purpose):
    made = brief(library, authority, purpose)
    assert len(made.sections) > 5
    with open_read(library) as db:
        for section in made.sections:
            for evidence in section.evidence():
                check(db, evidence)
            for line in section.lines:
                assert line.evidence, line.text


def check(db, evidence):
    """A quote is in its document, a count is what is counted, an absence says what was searched."""
    match evidence:
        case Quote():
            entry = store.get(db, evidence.document).entry
            assert entry.original.sha256 == evidence.sha256
            assert entry.document.text[evidence.start : evidence.end] == evidence.text
            assert evidence.text.strip()
            assert evidence.source
            assert evidence.place
        case Count():
            found = presence.of_council(db, evidence.of)
            holding = [d for d in found if evidence.polarity in found[d].get(evidence.theme, ())]
            assert len(holding) == evidence.n
            assert str(evidence.n) in evidence.said
        case Absence():
            assert evidence.said
            assert evidence.searched


def test_partners_and_claims_are_never_the_councils(library):
    for authority in AUTHORITIES:
        made = brief(library, authority)
        with open_read(library) as db:
            kinds = {
                source.document: store.get(db, source.document).document for source in made.sources
            }
        for section in made.sections:
            if section.key in {"patterns", "risks", "others"}:
                for evidence in section.evidence():
                    if isinstance(evidence, Quote):
                        assert kinds[evidence.document].voice == "inspectorate"
                        assert kinds[evidence.document].doc_type != "area_send"


def test_the_sections_of_a_meeting_are_all_there(library):
    keys = [section.key for section in brief(library).sections]
    assert keys == [
        *("standing", "demands", "patterns", "self-evaluation", "risks", "coverage", "others"),
        *("questions", "missing"),
    ]


def test_questions_are_tied_to_passages(library):
    for authority in AUTHORITIES:
        section = next(s for s in brief(library, authority).sections if s.key == "questions")
        assert len(section.lines) <= 10
        assert all(any(isinstance(e, Quote) for e in line.evidence) for line in section.lines)


def test_claims_stand_beside_findings_and_are_kept_in_where_asked(library):
    def section(**given):
        made = brief(library, "Eastmere", **given)
        return made, next(s for s in made.sections if s.key == "self-evaluation")

    made, with_claims = section(internal=True)
    assert made.internal
    differing = {row[0].text for row in with_claims.grid.rows if row[3].text == "differs"}
    assert {"Care leavers' health", "Supervision and management oversight"} <= differing
    made, without = section(internal=False)
    assert not made.internal
    assert without.grid is None
    assert isinstance(without.lines[0].evidence[0], Absence)
    assert all(source.voice == "inspectorate" for source in made.sources)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_input_gives_the_same_bytes(library, suffix):
    one, two = (app.written(brief(library), suffix) for _ in range(2))
    assert one == two


def test_the_sample_briefs_are_current(tmp_path):
    program = (
        "import sys; sys.path.insert(0, 'scripts'); from pathlib import Path; import make_briefs;"
        " make_briefs.make(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, cwd=ROOT)
    committed = {path.name: path.read_bytes() for path in (SAMPLES / "briefs").iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == committed


def test_a_word_file_has_words_own_styles_and_every_statement(library):
    made = brief(library)
    with ZipFile(BytesIO(app.written(made, ".docx"))) as archive:
        text = archive.read("word/document.xml").decode()
    for section in made.sections:
        assert section.title.replace("&", "&amp;") in text
    assert all(f'w:val="{style}"' in text for style in ("Heading1", "ListBullet", "Title"))


def test_a_page_runs_nothing_and_fetches_nothing(library):
    text = app.written(brief(library), ".html").decode()
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert " src=" not in text


def test_what_was_not_out_by_the_day_is_not_in_it(library):
    early = brief(library, as_of=date(2019, 1, 1))
    late = brief(library)
    assert 0 < len(early.sources) < len(late.sources)
    with open_read(library) as db:
        dates = [store.get(db, s.document).document.field("published").value for s in early.sources]
    assert all(day < "2019-01-01" for day in dates)


def test_what_changed_since_an_earlier_brief(library, tmp_path):
    first = tmp_path / "first.md"
    app.write_brief(brief(library, as_of=date(2019, 1, 1)), first)
    now = brief(library, earlier=first)
    assert now.sections[0].key == "since"
    said = [line.text for line in now.sections[0].lines]
    assert any(text.startswith("New document:") for text in said)
    assert any(text.startswith("New: ") for text in said)
    again = tmp_path / "again.md"
    app.write_brief(brief(library), again)
    same = brief(library, earlier=again).sections[0]
    assert [line.text for line in same.lines] == ["Nothing has changed."]


def test_a_correction_by_hand_is_honoured_and_said(library, tmp_path):
    saved = tmp_path / "saved.zip"
    assert run("backup", saved, library=library).exit_code == 0
    copy = tmp_path / "copy"
    CliRunner().invoke(cli, ["restore", str(saved), "--library", str(copy)])
    listed = run("judgements", "--authority", "Marlowshire", "--type", "ilacs_inspection",
                 "--format", "json", library=copy)  # fmt: skip
    number = json.loads(listed.stdout)[0]["document"]
    done = run("set", number, "overall=outstanding", "--why", "told so", "--who", "me",
               "--register", REGISTER, library=copy)  # fmt: skip
    assert done.exit_code == 0, done.output
    standing = brief(copy).sections[0]
    assert any(
        cell.text == "outstanding (set by hand)" for row in standing.grid.rows for cell in row
    )
    assert any("Set by hand" in line.text and "told so" in line.text for line in standing.lines)


def test_the_command_writes_a_file_and_its_statements(library, tmp_path):
    file = tmp_path / "brief.docx"
    result = run("brief", "marlowshire", "--as-of", "2026-09-01", "-o", file, library=library)
    assert result.exit_code == 0, result.output
    assert file.read_bytes().startswith(b"PK")
    saved = json.loads(file.with_name("brief.docx.json").read_text(encoding="utf-8"))
    assert saved["authority"] == "Marlowshire"
    screen = run("brief", "marlowshire", "--for", "focused-visit", library=library)
    assert screen.stdout.startswith("# Marlowshire: Brief for a focused visit")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Marlowshre"], "did you mean Marlowshire?"),
        (["Marlowshire", "-o", "brief.pdf"], "use .docx, .html, .md"),
        (["Marlowshire", "--since-brief", "nowhere.md"], "cannot read the earlier brief"),
        (["Marlowshire", "-o", "no/such/folder/brief.md"], "cannot write"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(library, arguments, said):
    result = run("brief", *arguments, library=library)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
