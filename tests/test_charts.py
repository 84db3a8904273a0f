"""Charts: what is on them, that they can be read, and that the table stands beside."""

import io
import sys
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from corpus.errors import UsageError
from textmine.charts import files
from textmine.charts.model import Chart, Mark, Panel
from textmine.charts.svg import draw

SVG = "{http://www.w3.org/2000/svg}"
CHART = Chart(
    title="Concerns about <visits> & more",
    axis="Share of reports",
    panels=(
        Panel(
            title="ILACS inspection report",
            marks=(
                Mark(label="2023", value=0.25, low=0.1, high=0.5, said="2 of 8", find="year:2023"),
                Mark(label="2024", value=None, said="none"),
            ),
        ),
    ),
    notes=("Tags of visits have not been measured.",),
    percent=True,
)


@pytest.fixture(params=["dots", "bars"])
def drawn(request):
    return draw(CHART, request.param)


def test_a_chart_is_named_and_described(drawn):
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert root.find(f"{SVG}title").text == CHART.title
    assert "2023 2 of 8" in root.find(f"{SVG}desc").text


def test_every_mark_prints_its_number_and_opens_its_passages(drawn):
    root = ET.fromstring(drawn)
    printed = {each.text for each in root.iter(f"{SVG}text")}
    assert {"2023", "2 of 8", "2024", "none", *CHART.notes} <= printed
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href").endswith("q=year%3A2023")
    assert "textmine search 'year:2023'" in link.find(f"{SVG}title").text


def dark(svg, box):
    picture = Image.open(io.BytesIO(files.png(svg))).convert("L").crop(box)
    return sum(picture.histogram()[:100])


def test_text_is_there_in_the_picture(drawn):
    pytest.importorskip("resvg_py")
    title = (0, 40, 1000, 90)
    assert dark(drawn, title) > 500
    assert dark(drawn.replace("<text", "<g").replace("</text>", "</g>"), title) == 0


def test_marks_and_intervals_are_dark_enough_in_grey(drawn):
    pytest.importorskip("resvg_py")
    picture = Image.open(io.BytesIO(files.png(drawn))).convert("L")
    assert sum(picture.histogram()[:60]) > 100


def test_a_page_has_the_table_beside(tmp_path):
    rows = [{"group": "2023", "reports": 2, "of_reports": 8, "find": "<year>"}]
    file = tmp_path / "chart.html"
    files.save(file, draw(CHART), rows, CHART.title, CHART.notes)
    text = file.read_text(encoding="utf-8")
    assert "<td>8</td>" in text
    assert "&lt;year&gt;" in text
    assert CHART.notes[0] in text


def test_trouble_with_a_file_is_one_line(tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="cannot write"):
        files.save(tmp_path / "none" / "chart.svg", draw(CHART), [], "", ())
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(UsageError, match=r"textmine\[charts\]"):
        files.png(draw(CHART))
