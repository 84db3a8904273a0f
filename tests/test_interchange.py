"""Coded texts to other programs and back: REFI-QDA, spaCy, Label Studio, Prodigy, W3C."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

import textmine
from corpus.errors import DataError
from index.documents.decisions import Decision
from index.query.filters import Filters
from textmine.cli import cli
from textmine.interchange import ENDINGS, refi_read
from textmine.interchange.codes import Codes, codebook, walk
from textmine.interchange.docbin import read_docbin
from textmine.interchange.formats import reader_of
from textmine.interchange.refi_read import Project
from textmine.themes import load_themes
from textmine.usecases.interchange import CodedTexts

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
XSD = ROOT / "tests" / "data" / "refi-qda" / "Project.xsd"
THEMES = load_themes()
MARK = "zyxomark"
SELF = f"""<html><h1>Camden Council self-evaluation</h1><p>As at 31 March 2024</p>
<p>Most children in care live in stable {MARK} homes. Visits are late in 48% of cases.</p></html>"""


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    path = tmp_path_factory.mktemp("interchange")
    file = path / "self.html"
    file.write_text(SELF, encoding="utf-8")
    with textmine.open(path / "library") as lib:
        list(lib.ingest([SAMPLES / "reports", file], register=SAMPLES / "authorities.csv", jobs=2))
    return path / "library"


@pytest.fixture
def folder(ingested, tmp_path):
    """A library of one's own to write to."""
    return shutil.copytree(ingested, tmp_path / "library")


def run(folder, *arguments, code=0):
    done = CliRunner().invoke(cli, [*map(str, arguments), "--library", str(folder)])
    assert done.exit_code == code, done.output
    return done


def schema():
    return etree.XMLSchema(etree.parse(XSD))


def project_xml(path):
    with zipfile.ZipFile(path) as archive:
        return etree.parse(io.BytesIO(archive.read("project.qde")))


def core(coding):
    return (
        *(coding.start, coding.end, coding.theme, coding.polarity, coding.timing),
        *(coding.who, coding.why, coding.made_at, coding.rejected),
    )


# -- the library ------------------------------------------------------------------------------


def decide(folder):
    """Decisions of two coders: one accepts and rejects, one changes and adds."""
    with textmine.open(folder) as lib:
        rows = iter(lib.findings(polarity="concern"))
        for verdict, who in (("accepted", "Ada"), ("rejected", "Ada"), ("changed", "Ben")):
            row = next(rows)
            decision = Decision(
                quote=row.evidence,
                theme=row.theme,
                verdict=verdict,
                who=who,
                why=f"{verdict} because",
                polarity=None
                if verdict == "rejected"
                else ("mixed" if verdict == "changed" else row.polarity),
                timing=None if verdict == "rejected" else row.timing,
            )
            lib.decide(row.document, decision)
        passage = next(p for p in lib.passages() if p.document == 1 and len(p.text) > 60)
        lib.decide(
            1,
            Decision(
                quote=passage.text[:50].strip(), theme="adoption", verdict="added", who="Ben",
                polarity="strength", timing="planned",
            ),
        )  # fmt: skip


def findings_of(folder):
    with textmine.open(folder, internal=True) as lib:
        return [(text.sha256, *map(core, text.codings)) for text in CodedTexts(lib._db)]


def test_a_project_is_valid_and_holds_documents_themes_coders_and_cases(folder, tmp_path):
    decide(folder)
    path = tmp_path / "all.qdpx"
    done = run(folder, "export", "project", "-o", path)
    assert "documents" in done.stderr
    tree = project_xml(path)
    assert schema().validate(tree), schema().error_log
    ns = {"q": "urn:QDA-XML:project:1.0"}
    names = [each.get("name") for each in tree.findall("q:Users/q:User", ns)]
    assert names[1:] == ["Ada", "Ben"]
    assert tree.findall("q:Cases/q:Case/q:VariableValue", ns)
    assert tree.findall("q:Cases/q:Case/q:SourceRef", ns)
    assert {"accepted because"} <= {each.text for each in tree.iterfind(".//{*}PlainTextContent")}
    assert json.loads((tmp_path / "all.qdpx.about.json").read_text())["list"] == "project"


@pytest.mark.parametrize("what", ["project", "docbin", "label-studio", "prodigy"])
def test_decisions_come_back_the_same_in_a_library_that_has_none(folder, tmp_path, what):
    bare = tmp_path / "bare"
    shutil.copytree(folder, bare)
    decide(folder)
    path = tmp_path / f"coded{ENDINGS[what]}"
    run(folder, "export", what, "--internal", "-o", path)
    done = run(bare, "import", path)
    assert "4 new decisions by Ada, Ben" in done.stderr

    def without_time(found):
        return [(sha, *((*each[:7], each[8]) for each in codings)) for sha, *codings in found]

    assert without_time(findings_of(bare)) == without_time(findings_of(folder))
    again = run(bare, "import", path)
    assert "0 new decisions" in again.stderr
    assert "4 codings say what is already decided" in again.stderr
    assert "--coder" in run(bare, "import", "--help").stdout
    with textmine.open(bare) as lib:
        assert not list(lib.verify())


def test_internal_documents_stay_out_of_every_format(folder, tmp_path):
    for what, suffix in ENDINGS.items():
        for internal in ((), ("--internal",)):
            path = tmp_path / f"{what}{len(internal)}{suffix}"
            run(folder, "export", what, *internal, "-o", path)
            written = b"".join(map(content, tmp_path.glob(f"{path.name}*")))
            found = MARK in written.decode("utf-8", "replace")
            assert found == (bool(internal) and what != "codebook"), (what, internal)


def content(path):
    if path.suffix == ".spacy":
        return "".join(text.text + text.name for text in read_docbin(path)).encode()
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(map(archive.read, archive.namelist()))


def test_a_file_of_the_wrong_ending_and_a_format_beside_are_refused(folder, tmp_path):
    done = run(folder, "export", "project", "-o", tmp_path / "a.zip", code=2)
    assert "-o FILE.qdpx" in done.stderr
    assert "-o FILE.qdpx" in run(folder, "export", "project", code=2).stderr
    done = run(folder, "export", "project", "-o", tmp_path / "a.qdpx", "--limit", "3", code=2)
    assert "leave out --limit" in done.stderr
    assert ".qdpx, .spacy" in run(folder, "import", XSD, code=2).stderr


# -- what other programs write ----------------------------------------------------------------


def foreign(tmp_path, *, text, qde="My project.qde", folder="sources", user="Ada", xmlns=True):
    """A project as other programs write it: another name, no identifiers of ours, own codes."""
    ns = ' xmlns="urn:QDA-XML:project:1.0"' if xmlns else ""
    g = "00000000-0000-0000-0000-00000000000{}".format
    theme = next(theme for theme in THEMES if theme.id == "adoption")
    users = f'<Users><User guid="{g(1)}" name="{user}"/></Users>' if user else ""
    by = f' creatingUser="{g(1)}"' if user else ""
    start = text.index("Children")
    xml = f"""<?xml version="1.0" encoding="utf-8"?><Project{ns} name="x">{users}
<CodeBook><Codes>
<Code guid="{g(2)}" name="{theme.label.upper()}" isCodable="true">
  <Code guid="{g(3)}" name="Concern" isCodable="true"/></Code>
<Code guid="{g(4)}" name="Überraschung" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="{g(5)}" name="NAME" plainTextPath="internal://t.txt">
<PlainTextSelection guid="{g(6)}" startPosition="{start}" endPosition="{start + 30}">
<Coding guid="{g(7)}"{by}><CodeRef targetGUID="{g(3)}"/></Coding>
<Coding guid="{g(8)}"{by}><CodeRef targetGUID="{g(4)}"/></Coding></PlainTextSelection>
</TextSource><PDFSource guid="{g(9)}" name="b"/></Sources></Project>"""
    path = tmp_path / "foreign.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{folder}/t.txt", "\ufeff" + text)
    return path, qde, xml


def saved(path, qde, xml, name):
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(qde, xml.replace("NAME", name))
    return path


def first_with_children(folder):
    with textmine.open(folder) as lib:
        row = next(row for row in lib.documents() if "Children" in lib.show(row.id).document.text)
        return row.id, row.name, lib.show(row.id).document.text


def test_codes_made_elsewhere_come_back_as_decisions(folder, tmp_path):
    number, name, text = first_with_children(folder)
    # Windows line ends and a line of its own at the top: the places are not ours.
    path = saved(*foreign(tmp_path, text="Title\r\n" + text.replace("\n", "\r\n")), name)
    done = run(folder, "import", path)
    assert "1 new decisions by Ada" in done.stderr
    assert "Überraschung (1)" in done.stderr
    assert "1 sources left out" in done.stderr
    with textmine.open(folder) as lib:
        (decision,) = lib.decisions(number)
    assert (decision.theme, decision.polarity, decision.who) == ("adoption", "concern", "Ada")
    assert decision.quote.startswith("Children")


def test_a_project_without_namespace_or_users_needs_a_coder(folder, tmp_path):
    number, name, text = first_with_children(folder)
    parts = foreign(tmp_path, text=text, user="", xmlns=False, folder="Sources", qde="project.qde")
    path = saved(*parts, name)
    assert "--coder NAME" in run(folder, "import", path, code=2).stderr
    with textmine.open(folder) as lib:
        assert not lib.decisions(number)
    assert "by Eve" in run(folder, "import", path, "--coder", "Eve").stderr


def test_a_text_that_is_not_in_the_library_is_named(folder, tmp_path):
    path = saved(*foreign(tmp_path, text="Children are seen and heard by all."), "stranger.txt")
    done = run(folder, "import", path)
    assert "not in the library: stranger.txt" in done.stderr


def bomb(path):
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("project.qde", "w", force_zip64=True) as part,
    ):
        part.write(b"<Project><Users>")
        for _ in range(12):
            part.write(b" " * 1_000_000)


HOSTILE = {
    "not a zip": lambda path: path.write_bytes(b"PK nonsense"),
    "cut short": lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 60),
    "no project": lambda path: zip_of(path, {"other.xml": "<a/>"}),
    "entities": lambda path: zip_of(
        path, {"project.qde": '<!DOCTYPE a [<!ENTITY b "c">]><Project name="x">&b;</Project>'}
    ),
    "not xml": lambda path: zip_of(path, {"project.qde": "<Project"}),
    "a bomb": bomb,
}


def zip_of(path, parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_projects_are_one_line(name, tmp_path, monkeypatch):
    monkeypatch.setattr(refi_read, "MOST_PROJECT", 10_000_000)
    path = tmp_path / "hostile.qdpx"
    HOSTILE[name](path)
    with pytest.raises(DataError, match=r"hostile\.qdpx") as raised:
        list(Project(path, Codes(THEMES)).texts())
    assert "\n" not in str(raised.value)


def test_parts_outside_the_archive_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = tmp_path / "a.qdpx"
    guid = "00000000-0000-0000-0000-000000000001"
    source = f'<TextSource guid="{guid}" plainTextPath="internal://../../{secret}"/>'
    zip_of(path, {"project.qde": f'<Project name="x"><Sources>{source}</Sources></Project>'})
    (text,) = Project(path, Codes(THEMES)).texts()
    assert not text.text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"{}"),
        ("a.json", b"[{}]"),
        ("a.json", b"not json"),
        ("a.jsonl", b"[]"),
        ("a.jsonl", b"{\n"),
        ("a.spacy", b"nonsense"),
        ("a.spacy", b""),
    ],
)
def test_files_that_are_not_what_they_say_are_one_line(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DataError) as raised:
        list(reader_of(path)(path, THEMES).texts)
    assert "\n" not in str(raised.value)


def test_a_prodigy_answer_that_was_rejected_or_ignored_says_nothing(tmp_path):
    path = tmp_path / "a.jsonl"
    span = {"start": 0, "end": 3, "label": "adoption"}
    tasks = (
        {"text": "one", "spans": [span], "answer": "reject"},
        {"text": "two", "spans": [span], "answer": "accept", "_annotator_id": "Ada"},
    )
    path.write_text("\n".join(map(json.dumps, tasks)))
    (text,) = reader_of(path)(path, THEMES).texts
    assert (text.text, text.codings[0].who) == ("two", "Ada")


# -- the codebook, annotations ----------------------------------------------------------------


def test_the_codebook_has_every_theme_once_with_its_polarities(folder, tmp_path):
    codes = list(walk(codebook(THEMES)))
    assert len({code.guid for code in codes}) == len(codes)
    assert len({code.name for code in codes if code.meaning}) == sum(1 for c in codes if c.meaning)
    known = Codes(THEMES)
    for code in codes:
        if code.meaning:
            assert known.meaning(code.guid, ("renamed",)) == code.meaning
            assert known.meaning("", (code.name,)) == code.meaning
    path = tmp_path / "a.qdc"
    run(folder, "export", "codebook", "-o", path)
    root = etree.parse(path).getroot()
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    assert len(root.findall(".//{*}Code")) == len(codes)


def test_annotations_find_their_words_by_quote_and_by_place(folder, tmp_path):
    path = tmp_path / "a.jsonld"
    run(folder, "export", "annotations", "-o", path)
    page = json.loads(path.read_text(encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    with textmine.open(folder) as lib:
        assert len(page["items"]) == lib.findings().total
        texts = {text.sha256: text.text for text in CodedTexts(lib._db)}
    checked = 0
    for item in page["items"]:
        quote, place = item["target"]["selector"]
        text = texts.get(item["target"]["source"].removeprefix("urn:sha256:"))
        if text is not None:
            checked += 1
            assert text[place["start"] : place["end"]] == quote["exact"]
            assert text[: place["start"]].endswith(quote["prefix"])
    assert checked


def test_label_studio_gets_the_interface_that_its_tasks_need(folder, tmp_path):
    path = tmp_path / "tasks.json"
    run(folder, "export", "label-studio", "-o", path)
    config = etree.parse(tmp_path / "tasks.json.config.xml")
    labels = {each.get("value") for each in config.iterfind(".//Label")}
    names = {each.get("name") for each in config.iter() if each.get("toName")}
    results = [
        result
        for task in json.loads(path.read_text())
        for prediction in task["predictions"]
        for result in prediction["result"]
    ]
    assert results
    assert {result["from_name"] for result in results} <= names
    used = {label for each in results for label in each["value"].get("labels", ())}
    assert used <= labels


def test_spacy_reads_the_docbin_and_its_spans_are_the_sentences(folder, tmp_path):
    import spacy  # noqa: PLC0415
    from spacy.tokens import DocBin  # noqa: PLC0415

    path = tmp_path / "train.spacy"
    run(folder, "export", "docbin", "-o", path)
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    with textmine.open(folder) as lib:
        evidence = {row.evidence for row in lib.findings()}
        assert len(docs) == lib.documents().total
    spans = [span for doc in docs for span in doc.spans.get("textmine", ())]
    assert {span.text for span in spans} == evidence
    assert docs[0].user_data["spacy_version"]


# -- the whole corpus -------------------------------------------------------------------------


@pytest.mark.slow
def test_an_independent_reader_opens_a_project(folder, tmp_path):
    refi = pytest.importorskip("pyrefiqda", reason="pyrefiqda and xsdata-pydantic are not here")
    pytest.importorskip("xsdata_pydantic")
    decide(folder)
    path = tmp_path / "all.qdpx"
    run(folder, "export", "project", "-o", path)
    project = refi.RefiProject.load(path, extract_dir=str(tmp_path / "extracted"))
    with textmine.open(folder) as lib:
        texts = {text.name: text for text in CodedTexts(lib._db, Filters(internal=False))}
    sources = project.sources.text_source
    assert {source.name for source in sources} == set(texts)
    for source in sources:
        mine = texts[source.name]
        places = [(s.start_position, s.end_position) for s in source.plain_text_selection]
        assert places == [(each.start, each.end) for each in mine.codings]
        name = source.plain_text_path.removeprefix("internal://")
        text = (tmp_path / "extracted" / "Sources" / name).read_bytes().decode("utf-8")
        assert text == mine.text
