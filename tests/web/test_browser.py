"""Journeys in a real browser: with a mouse, by keyboard alone, without JavaScript, on a phone."""

import re

import pytest

import textmine
from corpus.readers import read
from textmine.charts import files
from textmine.charts.model import Chart, Mark, Panel
from textmine.charts.svg import draw, page_address
from textmine.web.addresses import short

pytestmark = pytest.mark.slow

SUPERVISION = "/?q=supervision"


@pytest.fixture(scope="module")
def places(sample_library):
    """Addresses of every page, those that need a document included."""
    with textmine.open(sample_library, internal=True) as lib:
        rows = list(lib.documents())
        first = next(each for each in rows if each.media_type == "application/pdf")
        other = next(each for each in rows if each.sha256 != first.sha256)
        internal = next(each for each in rows if each.visibility == "internal")
        theme = lib.show(first.id).findings[0].theme
        key = next(each.authority for each in rows if each.authority)
        region = next(each.region for each in rows if each.region)
    one, two = short(first.sha256), short(other.sha256)
    return {
        "start": "/",
        "search": "/?q=children+visits",
        "narrowed": "/?q=children&only=polarity:concern&not=type:sif_inspection&since=2015",
        "grouped": "/?q=children&group=la&sort=la",
        "kwic": "/?q=visits&view=kwic",
        "nothing": "/?q=zzyzx",
        "take away": "/take-away?q=children",
        "document": f"/documents/{one}?q=children",
        "theme": f"/documents/{one}?theme={theme}",
        "internal": f"/documents/{short(internal.sha256)}",
        "beside": f"/beside?left={one}&right={two}",
        "beside on a theme": f"/beside?left={one}&right={two}&theme={theme}",
        "passage": f"/documents/{one}/passages/3",
        "demands": f"/authorities/{key}/demands",
        "upload": "/upload",
        "missing page": "/nothing-here",
        "wrong date": "/?q=children&since=yesterday",
        "authorities": "/authorities",
        "authority": f"/authorities/{key}",
        "brief": f"/authorities/{key}/brief",
        "brief in full": f"/authorities/{key}/brief?purpose=engagement-meeting&internal=1",
        "themes": "/themes",
        "trends": "/trends",
        "trend": "/trends?theme=supervision-and-oversight&polarity=concern",
        "grades over the years": "/trends?grade=overall",
        "comparison": "/compare?names=Eastmere,+Norbrook,+England&q=children",
        "frequent words": f"/frequencies?theme={theme}&size=2",
        "words that set apart": "/keyness?of=polarity:concern&against=polarity:strength",
        "words nearby": "/collocates?q=children",
        "map": f"/map?theme={theme}",
        "spread": "/dispersion?q=children&by=region",
        "themes together": "/cooccurrence?within=report",
        "pack for a region": f"/regions?region={region}",
        "changes": "/changes",
        "follow-up": "/follow-up?region=North+West",
        "cycle": "/cycle",
        "missing": "/missing",
        "help": "/help",
        "accessibility": "/help/accessibility",
        "review": "/review",
        "review of a finding": "/review?coder=Ada",
        "review, nothing left": "/review?coder=Ada&since=2099",
        "collections": "/collections",
    }


def test_axe_finds_nothing_on_any_page(open_page, live, places, axe):
    page = open_page(live)
    wrong = {}
    for name, path in places.items():
        page.goto(live + path)
        if found := axe(page):
            wrong[name] = found[:4]
    assert wrong == {}


def test_axe_finds_nothing_in_dark_mode(browser, live, places, axe):
    context = browser.new_context(color_scheme="dark")
    page, wrong = context.new_page(), {}
    for name, path in places.items():
        page.goto(live + path)
        if found := axe(page):
            wrong[name] = found[:4]
    context.close()
    assert wrong == {}


def test_no_page_scrolls_sideways_at_320_pixels(open_page, live, places):
    page = open_page(live, width=320, height=640)
    wide = {}
    for name, path in places.items():
        page.goto(live + path)
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > 320:
            wide[name] = across
    assert wide == {}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_search_narrow_down_and_open_the_hit_at_its_place(open_page, live, sample_library, script):
    page = open_page(live, script=script)
    page.fill("#q", "supervision")
    page.click("button:has-text('Search')")
    whole = page.locator(".tm-hit").count()
    page.locator(".tm-facet__only", has_text="Concern").first.click()
    assert 0 < page.locator(".tm-hit").count() <= whole
    page.locator(".tm-hit__head a").first.click()
    assert re.search(r"/documents/[0-9a-f]{12}\?.*#text-", page.url)
    rect = page.locator(".tm-box--words").first
    paper = page.locator(".tm-paper", has=page.locator(".tm-box--words")).first
    paper.scroll_into_view_if_needed()
    if script:  # the picture is drawn when it comes into view
        page.wait_for_function(
            "(img) => img.complete && img.naturalWidth > 500",
            arg=paper.locator("img").element_handle(),
        )
    picture, box = paper.locator("img").bounding_box(), rect.bounding_box()
    sha = re.search(r"/documents/([0-9a-f]+)", page.url)[1]
    number = int(re.search(r"/pages/(\d+)", paper.locator("img").get_attribute("src"))[1])
    assert "supervis" in words_at(sample_library, (sha, number), picture, box)


def words_at(folder, place, picture, box):
    """The printed words around the middle of a box, by the text layer of the original."""
    sha, number = place
    with textmine.open(folder, internal=True) as lib:
        file, data = lib.original(sha)
    printed = read(data, file.name).pages[number - 1]
    x = (box["x"] + box["width"] / 2 - picture["x"]) / picture["width"] * printed.width
    y = (box["y"] + box["height"] / 2 - picture["y"]) / picture["height"] * printed.height
    for line in printed.lines:
        if line.y0 - 1 <= y <= line.y1 + 1 and line.x0 - 1 <= x <= line.x1 + 1:
            at = (x - line.x0) / (line.x1 - line.x0) * len(line.text)
            return line.text[max(int(at) - 14, 0) : int(at) + 14].lower()
    return ""


def test_lines_in_context_lead_to_the_document(open_page, live):
    page = open_page(f"{live}{SUPERVISION}", script=False)
    page.click("text=Lines in context")
    page.locator(".tm-kwic__where a").first.click()
    assert "/documents/" in page.url


def test_a_mark_of_a_chart_opens_its_passages(open_page, live, tmp_path):
    mark = Mark(label="supervision", value=1.0, said="all", find="supervision")
    chart = Chart(title="Chart", axis="Times", panels=(Panel(title="", marks=(mark,)),))
    drawn = draw(chart, "bars", address=lambda query: page_address(query, live))
    file = tmp_path / "chart.html"
    files.save(file, drawn, [], chart.title, ())
    page = open_page(file.as_uri(), script=False)
    page.click("svg a")
    assert page.locator(".tm-hit").count()


def test_next_and_previous_match(open_page, live):
    page = open_page(f"{live}/?q=children")
    page.locator(".tm-hit__head a").first.click()
    page.locator(".tm-steps__link").first.click()
    first = page.url
    page.locator(".tm-step a:has-text('Next match')").first.click()
    assert page.url != first
    page.locator(".tm-step a:has-text('Previous match')").first.click()
    assert page.url == first


def test_two_documents_side_by_side(open_page, live, places):
    page = open_page(live + places["beside"], script=False)
    page.locator(".tm-beside__themes a").first.click()
    left, right = (page.locator(".tm-beside__side").nth(at).bounding_box() for at in (0, 1))
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 2


def test_the_results_are_taken_away(open_page, live):
    page = open_page(f"{live}{SUPERVISION}", script=False)
    page.click("text=Take away")
    page.click("label:has-text('Excel')")
    with page.expect_download() as download:
        page.click("button:has-text('Download')")
    assert download.value.suggested_filename == "textmine-search.xlsx"


def test_upload_of_a_good_and_of_a_bad_file(open_page, live_writing, sample_library, tmp_path):
    with textmine.open(sample_library) as lib:
        report = next(each for each in lib.documents() if each.media_type == "application/pdf")
        _, data = lib.original(report.id)
    good, bad, note = tmp_path / "again.pdf", tmp_path / "bad.pdf", tmp_path / "note.txt"
    good.write_bytes(data)
    bad.write_bytes(b"%PDF-1.4 nothing")
    note.write_text("Social workers in Eastmere see children alone.\n")
    page = open_page(f"{live_writing}/upload")
    page.set_input_files("#files", [good, bad, note])
    page.click("button:has-text('Upload and read')")
    page.wait_for_selector("h1:has-text('Upload finished')", timeout=90_000)
    rows = {row.split("\t")[0]: row for row in page.locator("tbody tr").all_inner_texts()}
    assert "Already in the library" in rows["again.pdf"]
    assert "Not read" in rows["bad.pdf"]
    assert "Read" in rows["note.txt"]
    page.click("text=note.txt")
    assert "Social workers in Eastmere" in page.inner_text("main")


def test_a_brief_is_made_read_and_taken_away(open_page, live, places):
    page = open_page(live + places["authority"], script=False)
    page.click("text=Make a brief")
    page.click("button:has-text('Make the brief')")
    assert page.locator(".tm-brief section").count() > 3
    with page.expect_download() as download:
        page.locator(".tm-files a", has_text="Word").click()
    assert download.value.suggested_filename.endswith(".docx")


def test_review_by_keyboard(open_page, live_writing, library):
    page = open_page(f"{live_writing}/review")
    page.fill("#coder", "Ada")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tm-review")
    for key in ("r", "w", "s"):
        page.locator("h1").click()
        before = page.inner_text(".tm-review")
        page.keyboard.press(key)
        page.wait_for_function(
            "before => document.querySelector('.tm-review')?.innerText !== before", arg=before
        )
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == "new_polarity"
    with textmine.open(library, internal=True) as lib:
        made = [each for row in lib.documents() for each in lib.decisions(row.id)]
    assert sorted((each.verdict, each.who) for each in made) == [
        ("accepted", "Ada"),
        ("rejected", "Ada"),
    ]


def test_a_journey_by_keyboard_alone(open_page, live):
    page = open_page(live)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("/")
    page.keyboard.type("supervision")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tm-hit")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).backgroundColor")
    assert outline == "rgb(255, 221, 0)", "the focus is seen"
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert "#text-" in page.url


def test_every_link_and_control_is_reached_by_the_tab_key(open_page, live):
    page = open_page(f"{live}{SUPERVISION}")
    wanted = page.locator(
        "a:visible, button:visible, input:visible, select:visible, summary"
    ).count()
    seen = set()
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate("() => (document.activeElement.dataset.seen ??= String(Math.random()))")
        )
    assert len(seen) >= wanted - 2


def test_a_page_prints_without_its_controls(open_page, live):
    page = open_page(f"{live}{SUPERVISION}")
    page.emulate_media(media="print")
    assert not page.locator(".tm-split__side").is_visible()
    assert page.locator(".tm-hit").first.is_visible()
