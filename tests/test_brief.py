"""The brief: each statement can be checked, and the same input gives the same bytes."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from index.documents import authorities, store
from index.reports import theme_presence
from index.storage.database import open_read
from textmine.analysis.closeness import AGAIN
from textmine.analysis.cycle import overall
from textmine.api import Library
from textmine.briefs.annex import quotation
from textmine.briefs.dossier import gather
from textmine.briefs.model import Absence, Count, Purpose, Quote
from textmine.briefs.quoting import asked_words
from textmine.briefs.sections import demands, history, patterns, risks
from textmine.cli import cli
from textmine.followup.wording import groups_of
from textmine.sure import is_sure
from textmine.themes import load_themes
from textmine.usecases import briefs

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
REGISTER = SAMPLES / "authorities.csv"
AUTHORITIES = ("Marlowshire", "Eastmere", "Harrowfield and Lacey Vale", "Norbrook")
AS_OF = date(2026, 9, 1)
SUFFIXES = (".md", ".html", ".docx")


def run(*arguments, library):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(library)])


@pytest.fixture(scope="module")
def library(sample_library):
    return sample_library


def brief(library, authority="Marlowshire", purpose="engagement-meeting", **given):
    options = {"internal": True} | given
    as_of = options.pop("as_of", AS_OF)
    return Library(library).brief(authority, purpose, as_of=as_of, **options)


def dossier(library, authority="Marlowshire", as_of=AS_OF):
    with open_read(library) as db:
        whose = authorities.resolve(db, authority)
        return gather(db, whose, as_of, load_themes(), internal=True)


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
            found = theme_presence.of_council(db, evidence.of)
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
        *("summary", "standing", "demands", "history", "patterns", "risks"),
        *("partners", "coverage", "questions", "missing"),
    ]


def test_a_section_that_holds_nothing_is_a_line_of_what_is_missing(library):
    sections = brief(library, internal=False).sections
    assert "self-evaluation" not in [section.key for section in sections]
    assert any(line.key.startswith("self-evaluation-") for line in sections[-1].lines)


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_a_line_shows_no_quote_that_was_shown_before(library, authority):
    shown = set()
    for section in brief(library, authority).sections:
        cells = [cell for row in section.grid.rows for cell in row] if section.grid else []
        shown |= {place(cell.evidence[0]) for cell in cells if "“" in cell.text}
        for line in section.lines:
            if line.show == "quote" and isinstance(line.evidence[0], Quote):
                assert place(line.evidence[0]) not in shown
                shown.add(place(line.evidence[0]))
    assert len(shown) > 5


def place(evidence):
    return evidence.document, evidence.start


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_counts_of_sentences_are_those_of_the_last_inspection(library, authority):
    known = dossier(library, authority)
    section = patterns.section(known)
    for line in section.lines:
        if not line.detail:
            continue
        kind, _, theme = line.key.partition("-")
        if kind == "new":
            kind, _, theme = theme.partition("-")
        count = {
            name: len(
                {
                    row.finding.start
                    for row in known.of_council(known.last.id)
                    if row.finding.theme == theme
                    and row.finding.polarity in polarities
                    and row.passage.kind != "recommendation"
                    and is_sure(row)
                }
            )
            for name, polarities in {
                "strength": {"strength"},
                "concern": {"concern", "mixed"},
            }.items()
        }
        found = re.findall(r"(\d+) (strength|concern)s?\b", line.detail)
        said = {"strength": 0, "concern": 0} | {name: int(n) for n, name in found}
        assert said == count
        if kind == "strength" and "new" not in line.key:
            assert said["strength"] > 2 * said["concern"]
        if kind == "concern" and "new" not in line.key:
            assert said["strength"] <= 2 * said["concern"]


def test_a_signal_is_what_the_latest_document_says(library):
    known = dossier(library, "Eastmere")
    line = next(line for line in risks.section(known).lines if line.key == "risk-caseloads")
    assert line.detail.startswith("last mentioned in July 2023 (")
    assert "the inspection of July 2023 asked for “" in line.detail


def test_an_item_of_a_list_is_quoted_with_the_words_that_lead_in_to_it(library):
    known = dossier(library)
    asked = known.demands[known.last.id][0]
    text = known.texts[known.last.id]
    start = asked.passage.start
    texts = {known.last.id: f"{text[:start]}Work with children:\n{text[start:]}"}
    moved = asked.passage._replace(start=start + len("Work with children:\n"))
    item = replace(asked, passage=moved, text="in private fostering.")
    assert asked_words(replace(known, texts=texts), item) == (
        "Work with children: … in private fostering"
    )
    assert asked_words(known, asked) == asked.text.rstrip(".")


@pytest.mark.parametrize("tail", [" (outcome 3: national framework)", "; and", " (paragraph 65)."])
def test_what_stands_behind_a_demand_is_not_printed_with_it(library, tail):
    known = dossier(library)
    asked = replace(known.demands[known.last.id][0], text=f"The take-up of advocacy{tail}")
    assert asked_words(known, asked) == "The take-up of advocacy"


def injected(known, demand, document, **passage):
    """The dossier with a copy of a demand in a later document."""
    copy = replace(
        demand,
        document=document.id,
        sha256=document.sha256,
        date=document.date,
        passage=demand.passage._replace(**passage),
    )
    return replace(
        known, demands={**known.demands, document.id: (*known.demands[document.id], copy)}
    )


def test_priority_actions_of_visits_stand_beside_the_points_and_not_those_of_partners(library):
    known = dossier(library)
    asked = demands.priority(known, known.last)
    assert asked
    assert {row.doc_type for row in asked} <= {"focused_visit", "monitoring_visit"}
    visit = next(row for row in known.documents if row.id == asked[0].document)
    more = injected(known, asked[0], visit, about="police")
    assert demands.priority(more, known.last) == asked


def test_history_says_a_verdict_only_where_the_follow_up_does(library):
    for authority in AUTHORITIES:
        known = dossier(library, authority)
        section = history.section(known)
        safe = {
            history.WORDS[each.answer.verdict]
            for each in known.follow_ups
            if each.answer and each.answer.verdict
        }
        cells = [row[1].text.split(" (")[0] for row in section.grid.rows] if section.grid else []
        assert set(cells) <= safe | {history.WORDS[None]}


def test_what_inspectors_ask_for_is_never_a_minor_concern(library):
    for authority in AUTHORITIES:
        known = dossier(library, authority)
        minor = {each.theme for each in patterns.patterns(known, "exception")}
        assert not minor & demands.asked_themes(known)


def test_a_brief_says_asked_for_before_only_of_demands_for_the_same(library):
    for authority in AUTHORITIES:
        known = dossier(library, authority)
        for each in demands.threads(known):
            assert each.before
            for row in each.before:
                assert known.stem_weights.likeness(each.demand.text, row.text) >= AGAIN
                assert groups_of(each.demand.text) == groups_of(row.text)


def test_earlier_points_on_the_same_subject_are_printed_in_their_own_words(library):
    known = dossier(library)
    cells = [row[1] for row in demands.section(known).grid.rows]
    assert any(cell.text for cell in cells)
    for cell in cells:
        assert all(short_of(each.text) in cell.text for each in cell.evidence)


def short_of(text):
    """The first words of a demand."""
    return " ".join(text.split())[:40]


def test_the_introduction_of_the_last_report_is_printed_whole(library):
    known = dossier(library)
    [line] = [line for line in demands.section(known).lines if line.key.startswith("introduction-")]
    said = " ".join(line.evidence[0].text.split())
    assert len(known.introduction) > 1
    assert all(" ".join(row.text.split()) in said for row in known.introduction)
    assert said in quotation(line)


def test_a_strength_persists_only_where_services_were_judged_good(library):
    for authority in AUTHORITIES:
        known = dossier(library, authority)
        for each in patterns.patterns(known, "strength"):
            earlier = {row.document for row in each.rows} - {known.last.id}
            grades = {overall(row) for row in known.inspections if row.id in earlier}
            assert grades <= {"good", "outstanding"}


KEYS = ("grade", "asked", "recurring", "improved", "unknown")


def test_the_summary_has_at_most_five_lines_and_says_nothing_from_silence(library):
    summary = brief(library).sections[0]
    keys = [line.key for line in summary.lines]
    assert keys == [key for key in KEYS if key in keys]
    assert {"grade", "asked", "unknown"} <= set(keys)


def test_send_and_joint_inspections_have_their_rows_and_bodies(library):
    section = next(each for each in brief(library).sections if each.key == "partners")
    assert section.grid.header == ("Report", "Asked for", "Responsible")
    assert any(row[2].text for row in section.grid.rows)


def test_a_topic_leaves_the_rest_out(library):
    whole = brief(library, purpose="focused-visit")
    topic = brief(library, purpose="focused-visit", topic="front-door")
    lines = [line for each in topic.sections for line in each.lines]
    assert 0 < len(lines) < len([line for each in whole.sections for line in each.lines])
    refused = run("brief", "Marlowshire", "--topic", "front-door", library=library)
    assert refused.exit_code == 2
    assert "--for focused-visit" in refused.stderr


def test_an_authority_without_documents_gets_one_line(library):
    result = run("brief", "Marlowshire", "--as-of", "2000-01-01", library=library)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no documents of Marlowshire" in result.stderr


def test_monitoring_visits_that_must_have_been_are_missed(library):
    def keys(as_of):
        section = next(
            s for s in brief(library, as_of=as_of).sections if s.key == "missing"
        )  # fmt: skip
        return [line.key for line in section.lines if line.key.startswith("monitoring-")]

    assert len(keys(date(2022, 12, 1))) == 1
    assert keys(AS_OF) == []


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_a_brief_before_the_first_inspection_says_that_there_is_none(library, purpose):
    made = brief(library, purpose=purpose, as_of=date(2000, 1, 1))
    said = [line.text for section in made.sections for line in section.lines]
    assert "There is no inspection report in the library." in said
    assert made.sources == ()


def test_the_screen_shows_what_the_file_holds(library, tmp_path):
    asked = ("brief", "Norbrook", "--as-of", AS_OF)
    file = tmp_path / "norbrook.md"
    assert run(*asked, "-o", file, library=library).exit_code == 0
    assert run(*asked, library=library).stdout == file.read_text(encoding="utf-8")


def test_questions_are_tied_to_passages(library):
    for authority in AUTHORITIES:
        found = [s for s in brief(library, authority).sections if s.key == "questions"]
        for line in (lines := [line for section in found for line in section.lines]):
            assert any(isinstance(e, Quote) for e in line.evidence)
        assert len(lines) <= 10


def test_claims_stand_beside_findings_and_are_kept_in_where_asked(library):
    def section(**given):
        made = brief(library, "Eastmere", **given)
        return made, next((s for s in made.sections if s.key == "self-evaluation"), None)

    made, with_claims = section(internal=True)
    assert made.internal
    differing = {row[0].text for row in with_claims.grid.rows if row[3].text == "differs"}
    assert {"Care leavers' health", "Supervision and management oversight"} <= differing
    made, without = section(internal=False)
    assert not made.internal
    assert without is None
    assert all(source.voice == "inspectorate" for source in made.sources)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_input_gives_the_same_bytes(library, suffix):
    one, two = (briefs.render(brief(library), suffix) for _ in range(2))
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
    with ZipFile(BytesIO(briefs.render(made, ".docx"))) as archive:
        text = archive.read("word/document.xml").decode()
    for section in made.sections:
        assert section.title.replace("&", "&amp;") in text
    assert all(f'w:val="{style}"' in text for style in ("Heading1", "ListBullet", "Title"))


def test_a_page_runs_nothing_and_fetches_nothing(library):
    text = briefs.render(brief(library), ".html").decode()
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
    briefs.write_brief(brief(library, as_of=date(2019, 1, 1)), first)
    now = brief(library, earlier=first)
    assert now.sections[0].key == "since"
    said = [line.text for line in now.sections[0].lines]
    assert any(text.startswith("New document:") for text in said)
    assert any(text.startswith("New: ") for text in said)
    again = tmp_path / "again.md"
    briefs.write_brief(brief(library), again)
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
    standing = brief(copy).sections[1]
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
    assert screen.stdout.startswith("# Marlowshire: Briefing for a focused visit")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Marlowshre"], "did you mean Marlowshire?"),
        (["Marlowshire", "-o", "brief.pdf"], "end the name in .docx, .html or .md"),
        (["Marlowshire", "--since-brief", "nowhere.md"], "cannot read the earlier brief"),
        (["Marlowshire", "-o", "no/such/folder/brief.md"], "cannot write"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(library, arguments, said):
    result = run("brief", *arguments, library=library)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
