"""Codings written in the formats of other programs and read again are the same."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from textmine.interchange import ENDINGS
from textmine.interchange.codes import Codes
from textmine.interchange.docbin import read_docbin, write_docbin
from textmine.interchange.formats import FORMATS, Coded, reader_of
from textmine.interchange.model import POLARITIES, TIMINGS, CodedText, Coding, pieces
from textmine.interchange.refi_read import Project
from textmine.interchange.refi_write import write_project
from textmine.themes import load_themes

XSD = Path(__file__).resolve().parents[2] / "data" / "refi-qda" / "Project.xsd"
THEMES = load_themes()


def schema():
    return etree.XMLSchema(etree.parse(XSD))


def project_xml(path):
    with zipfile.ZipFile(path) as archive:
        return etree.parse(io.BytesIO(archive.read("project.qde")))


words = st.text(min_size=1, max_size=60)


@st.composite
def coded_texts(draw):
    text = draw(words.filter(str.strip))
    codings = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        rejected = draw(st.booleans())
        who = draw(st.sampled_from([None, "Ada", "Bén <&>"])) if not rejected else "Ada"
        codings.append(
            Coding(
                start=start,
                end=draw(st.integers(start + 1, len(text))),
                theme=draw(st.sampled_from([theme.id for theme in THEMES])),
                polarity=None if rejected else draw(st.sampled_from(POLARITIES)),
                timing=None if rejected else draw(st.sampled_from(TIMINGS)),
                who=who,
                why=draw(st.sampled_from(["", "misread", 'a "why" & <more>'])) if who else "",
                made_at="2026-01-02T03:04:05+00:00" if who else "",
                rejected=rejected,
            )
        )
    codings.sort(key=lambda each: (each.start, each.end, each.theme))
    return CodedText(
        name=draw(words), text=text, codings=tuple(codings), sha256=draw(st.sampled_from("abc"))
    )


def core(coding):
    return (
        *(coding.start, coding.end, coding.theme, coding.polarity, coding.timing),
        *(coding.who, coding.why, coding.made_at, coding.rejected),
    )


loose = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


@loose
@given(text=coded_texts())
def test_codes_survive_a_refi_project(text, tmp_path):
    path = tmp_path / "a.qdpx"
    with path.open("wb") as sink:
        write_project([text], sink, themes=THEMES)
    assert schema().validate(project_xml(path)), schema().error_log
    project = Project(path, Codes(THEMES))
    (again,) = project.texts()
    project.close()
    assert again.text == text.text.replace("\ud800", "?")
    assert list(map(core, again.codings)) == list(map(core, text.codings))
    assert not project.unknown.codes


@loose
@given(text=coded_texts())
def test_codes_survive_spacys_docbin(text, tmp_path):
    path = tmp_path / "a.spacy"
    with path.open("wb") as sink:
        write_docbin([text], sink)
    (again,) = read_docbin(path)
    assert (again.text, again.name, again.sha256) == (text.text, text.name, text.sha256)
    assert list(map(core, again.codings)) == list(map(core, text.codings))


@pytest.mark.parametrize("place", [(0, 7), (6, 7), (12, 13)])
def test_a_code_that_ends_with_a_space_survives_spacys_docbin(place, tmp_path):
    start, end = place
    coding = Coding(start=start, end=end, theme="adoption", polarity="concern", timing="current")
    with (path := tmp_path / "a.spacy").open("wb") as sink:
        write_docbin([CodedText(name="a", text="Visits late. ", codings=(coding,))], sink)
    (again,) = read_docbin(path)
    assert [(each.start, each.end) for each in again.codings] == [place]


@loose
@given(text=coded_texts())
@pytest.mark.parametrize("name", ["label-studio", "prodigy"])
def test_codes_survive_tasks(name, text, tmp_path):
    path = tmp_path / f"a{ENDINGS[name]}"
    with path.open("wb") as sink:
        FORMATS[name].write(Coded(texts=[text], themes=THEMES), sink)
    (again,) = reader_of(path)(path, THEMES).texts
    assert (again.text, again.name, again.sha256) == (text.text, text.name, text.sha256)
    # Predictions of Label Studio are the machine's, and no annotation.
    kept = [each for each in text.codings if name == "prodigy" or each.who]
    assert list(map(core, again.codings)) == list(map(core, kept))


def test_pieces_are_the_passages_with_what_is_coded_in_them():
    codings = tuple(Coding(start=start, end=start + 3, theme="adoption") for start in (0, 4, 8, 9))
    text = CodedText(name="a", text="one two five", codings=codings, passages=((0, 3), (4, 12)))
    first, second = pieces(text)
    assert (first.text, second.text, second.offset) == ("one", "two five", 4)
    assert [each.start for each in first.codings] == [0]
    assert [each.start for each in second.codings] == [0, 4, 5]
