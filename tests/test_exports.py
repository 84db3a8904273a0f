"""Lists as files: every format by its ending, whole, inert, typed, and opened by other programs."""

import csv
import io
import json
import shutil
import subprocess
import tracemalloc
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import textmine
from textmine.cli import cli
from textmine.outputs import COLUMNS, OUTPUTS, describe, flatten, format_of
from textmine.outputs.spreadsheet import CUT, MOST_CHARACTERS, MOST_LINKS

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
GOLDEN = ROOT / "tests" / "golden" / "columns.json"
OFFICE = shutil.which("soffice")

HOSTILE = (
    '=HYPERLINK("http://example.org","x")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    " =1+1",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "=cmd|'/c calc'!A0",
    "x\n=1+1",
    'a,"=1+1"',
    "{=1+1}",
    "<b>&amp;",
)


@pytest.fixture(scope="module")
def folder(sample_library):
    return sample_library


def run(folder, *arguments, code=0):
    done = CliRunner().invoke(cli, [*map(str, arguments), "--library", str(folder)])
    assert done.exit_code == code, done.output
    return done


def rows_of(name, rows):
    sink = io.BytesIO() if OUTPUTS[name].binary else io.StringIO()
    OUTPUTS[name](iter(rows), sink)
    return sink.getvalue()


def sheet_of(data, number=0):
    from openpyxl import load_workbook  # noqa: PLC0415

    return load_workbook(io.BytesIO(data)).worksheets[number]


# -- files ------------------------------------------------------------------------------------


def test_the_ending_decides_the_format_and_a_file_has_all_rows(folder, tmp_path):
    with textmine.open(folder) as lib:
        total = lib.findings().total
    assert total > 50
    for suffix in (".csv", ".json", ".jsonl", ".md", ".xlsx", ".parquet", ".docx"):
        file = tmp_path / f"findings{suffix}"
        done = run(folder, "findings", "-o", file)
        assert f"{total:,} findings" in done.stderr
        assert json.loads(file.with_name(f"{file.name}.about.json").read_text())["format"]
    assert len(json.loads((tmp_path / "findings.json").read_text())) == total
    assert len((tmp_path / "findings.jsonl").read_text().splitlines()) == total
    text = (tmp_path / "findings.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))) == total


def test_an_ending_that_no_format_has_is_one_line(folder, tmp_path):
    done = run(folder, "findings", "-o", tmp_path / "findings.xyz", code=2)
    assert ".xlsx" in done.stderr
    assert "--format" in done.stderr
    assert run(folder, "findings", "--format", "csv", "-o", tmp_path / "findings.xyz")
    assert format_of(Path("A.CSV")) == "csv"


def test_a_screen_says_how_many_of_how_many_and_export_writes_all(folder):
    with textmine.open(folder) as lib:
        total = lib.passages(internal=True).total
        public = lib.passages(internal=False).total
    assert f"50 of {total:,} rows shown" in run(folder, "export", "passages").stderr
    assert (
        len(json.loads(run(folder, "export", "passages", "--format", "json").stdout))
        == public
        < total
    )


def test_columns_are_few_unless_others_are_named(folder):
    def head(*more):
        out = run(folder, "export", "documents", "--format", "csv", *more).stdout
        return next(csv.reader(io.StringIO(out)))

    assert "sha256" not in head()
    assert "sha256" in head("--columns", "all")
    assert head("--columns", "document, judgements.overall") == ["document", "judgements.overall"]
    done = run(folder, "export", "documents", "--columns", "nonsense", code=2)
    assert "no column 'nonsense'" in done.stderr
    assert "framework" in done.stderr


def test_every_column_of_every_list_is_in_the_dictionary():
    golden = json.loads(GOLDEN.read_text())
    names = {name for columns in golden.values() for name in columns if "[]" not in name}
    assert names <= COLUMNS.keys()
    assert all(column.meaning for column in COLUMNS.values())
    assert "overall" in describe("judgements.overall")


def test_a_list_that_is_long_takes_little_memory():
    rows = ({"authority": "Eastmere", "text": "word " * 40, "page": n} for n in range(60_000))
    tracemalloc.start()
    try:
        with open("/dev/null", "w", encoding="utf-8") as nowhere:  # noqa: PTH123 (a device)
            OUTPUTS["csv"](rows, nowhere)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 25_000_000


# -- workbooks --------------------------------------------------------------------------------

ROW = {
    "authority": "Eastmere",
    "date": "2024-02-05",
    "published": "2024-03",
    "page": 3,
    "score": 0.25,
    "selected": True,
    "link": "https://example.org/report.pdf#page=3",
    "themes": ["adoption", "fostering"],
}


def test_a_workbook_has_typed_cells_a_frozen_head_filters_links_and_a_dictionary():
    pytest.importorskip("openpyxl")
    data = rows_of("xlsx", [ROW, {**ROW, "date": None}])
    sheet = sheet_of(data)
    assert [cell.data_type for cell in sheet[2]] == ["s", "d", "s", "n", "n", "b", "s", "s"]
    assert sheet["B2"].value.date().isoformat() == "2024-02-05"
    assert sheet["G2"].hyperlink.target.startswith("https://example.org/report.pdf")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:H3")
    words = {row[0].value: row[2].value for row in sheet_of(data, 1).iter_rows(min_row=2)}
    assert words["score"] == COLUMNS["score"].meaning


def test_a_workbook_holds_what_excel_cannot_in_another_way():
    pytest.importorskip("openpyxl")
    rows = [
        {"text": "x" * 40_000, "link": "javascript:alert(1)", "page": 2**60, "date": "1066-10-14"},
        {"text": "a\x00b", "link": "file:///etc/passwd", "page": float("inf"), "date": "2024"},
    ]
    sheet = sheet_of(rows_of("xlsx", rows))
    assert len(sheet["A2"].value) == MOST_CHARACTERS
    assert sheet["A2"].value.endswith(CUT)
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "s", "s"]


def test_more_links_than_excel_takes_are_text():
    pytest.importorskip("openpyxl")
    rows = ({"link": f"https://example.org/{n}"} for n in range(MOST_LINKS + 2))
    with ZipFile(io.BytesIO(rows_of("xlsx", rows))) as book:
        links = book.read("xl/worksheets/sheet1.xml").count(b"<hyperlink ")
    assert links == MOST_LINKS


@given(st.lists(st.dictionaries(st.sampled_from(["text", "date", "page"]), st.text()), max_size=4))
def test_any_text_can_be_written_in_every_format(rows):
    for name in OUTPUTS:
        rows_of(name, rows)


@given(st.lists(st.fixed_dictionaries({"text": st.text(), "page": st.integers(0, 99)})))
def test_json_is_the_rows_again(rows):
    assert json.loads(rows_of("json", rows)) == rows
    assert [json.loads(line) for line in rows_of("jsonl", rows).split("\n") if line] == rows
    assert [flatten(row) for row in rows] == rows


def test_a_word_file_is_one_table_with_a_head_on_each_page():
    from docx import Document  # noqa: PLC0415

    document = Document(io.BytesIO(rows_of("docx", [ROW, {**ROW, "authority": "<Ö> & \x00"}])))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells][:2] == ["authority", "date"]
    assert [row.cells[0].text for row in table.rows][1:] == ["Eastmere", "<Ö> & \ufffd"]
    assert "tblHeader" in table.rows[0]._tr.xml


@pytest.mark.skipif(OFFICE is None, reason="no soffice here: no office program opens the files")
def test_hostile_cells_come_out_inert_in_libreoffice(tmp_path):
    rows = [{"text": text} for text in HOSTILE]
    for name in ("csv", "xlsx"):
        source = tmp_path / f"hostile.{name}"
        OUTPUTS[name].save(iter(rows), source)
        opened = tmp_path / name
        subprocess.run(
            [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
             "--convert-to", "fods", "--outdir", opened, source],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        sheet = (opened / "hostile.fods").read_text(encoding="utf-8")
        assert "table:formula" not in sheet
        assert sheet.count("HYPERLINK(") == 1
        assert 'office:value-type="float"' not in sheet


@pytest.mark.slow
def test_parquet_is_read_by_pandas_polars_and_duckdb(folder, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    parquet = pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "findings.parquet"
    run(folder, "export", "findings", "-o", file)
    with textmine.open(folder) as lib:
        rows = [flatten(row) for row in lib.findings().rows()]
    for table in (pandas.read_parquet(file), polars.read_parquet(file)):
        assert len(table) == len(rows)
        assert list(table["evidence"]) == [row["evidence"] for row in rows]
        assert list(table["page"]) == [row["page"] for row in rows]
    asked = f"SELECT theme, count(*) FROM '{file}' WHERE date >= DATE '2000-01-01' GROUP BY 1"
    counted = dict(duckdb.sql(asked).fetchall())
    assert sum(counted.values()) == sum(1 for row in rows if (row["date"] or "") >= "2000")
    described = parquet.read_schema(file).field("evidence").metadata
    assert described[b"description"].decode() == describe("evidence")
