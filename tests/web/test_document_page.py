"""The document page: text beside pictures, boxes on the words, links that last."""

import io
import re

import pytest
from PIL import Image

import textmine
from textmine.web.addresses import short, text_anchor
from textmine.web.marking import boxes, pieces


@pytest.fixture(scope="module")
def hit(sample_library):
    with textmine.open(sample_library) as lib:
        return next(hit for hit in lib.search('"supervision"') if hit.name.endswith(".pdf"))


def test_a_number_leads_to_an_address_that_lasts(client, hit):
    answer = client.get(f"/documents/{hit.document}?q=supervision", follow_redirects=False)
    assert answer.headers["location"] == f"/documents/{short(hit.sha256)}?q=supervision"


def test_every_passage_and_page_has_a_name_of_its_own(client, hit):
    text = client.get(f"/documents/{short(hit.sha256)}?q=supervision").text
    names = re.findall(r'\bid="([^"]+)"', text)
    assert len(names) == len(set(names))
    assert text_anchor(hit.text) in names
    assert "page-1" in names


def test_links_lead_somewhere(client, hit):
    text = client.get(f"/documents/{short(hit.sha256)}?q=supervision").text
    names = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= names


def test_a_picture_is_a_small_png_and_made_once(client, hit):
    pictures = client.app.state.services.pictures
    address = f"/documents/{short(hit.sha256)}/pages/1"
    before = pictures.drawn
    first, second = client.get(address), client.get(address)
    assert pictures.drawn - before <= 1
    assert first.content == second.content
    image = Image.open(io.BytesIO(first.content))
    assert image.format == "PNG"
    assert image.mode == "P"
    assert image.width < image.height


def test_a_page_that_is_not_there_is_said_to_be_missing(client, hit):
    answer = client.get(f"/documents/{short(hit.sha256)}/pages/999")
    assert answer.status_code == 404
    assert "no page 999" in answer.text


def test_boxes_stand_on_the_lines_that_hold_the_words(sample_library, hit):
    with textmine.open(sample_library) as lib:
        document = lib.show(hit.document).document
    start = hit.passage.start + hit.highlights[0][0]
    end = hit.passage.start + hit.highlights[0][1]
    (page, box), *_ = boxes(document, start, end, "words")
    line = document.boxes(start, end)[0]
    assert page == line.page
    assert line.x0 - 2 <= box.x <= box.x + box.width <= line.x1 + 2
    assert line.y0 - 2 <= box.y <= box.y + box.height <= line.y1 + 2


def test_findings_of_a_theme_are_marked_with_words_and_sign(client, hit, sample_library):
    with textmine.open(sample_library) as lib:
        theme = lib.show(hit.document).findings[0].theme
    text = client.get(f"/documents/{short(hit.sha256)}?theme={theme}").text
    assert re.search(r"tm-said--(strength|concern|mixed|neutral)", text)
    assert re.search(r"(Strength|Concern|Mixed|Neutral)</span>", text)


def test_the_original_comes_as_a_file(client, hit):
    answer = client.get(f"/documents/{short(hit.sha256)}/original")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.content.startswith(b"%PDF")


def test_an_internal_original_is_taken_away_only_on_purpose(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        internal = next(each for each in lib.documents() if each.visibility == "internal")
    path = f"/documents/{short(internal.sha256)}"
    page = client.get(path).text
    assert "tm-internal" in page
    assert client.get(f"{path}/original").status_code == 400
    assert client.get(f"{path}/original?internal=1").status_code == 200


def test_pieces_keep_every_character():
    text = "Visits are late and records are thin."
    cut = pieces(text, [(0, 6), (20, 27)], [(0, 15, "concern")])
    assert "".join(piece.text for piece in cut) == text
    assert [piece.text for piece in cut if piece.words] == ["Visits", "records"]
    assert {piece.kind for piece in cut} == {"concern", ""}
