"""The benchmarks' own tools: reports made distinct, and the page of figures."""

import json
import sys
from pathlib import Path

import pypdfium2 as pdfium

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "bench"))

import capacity_page  # noqa: E402
import distinct  # noqa: E402


def words(data):
    document = pdfium.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def test_copies_of_a_report_have_a_text_of_their_own():
    files = sorted((ROOT / "samples" / "reports").glob("*.pdf"))[:2]
    made = list(distinct.templates(files))
    assert len(made) == len(files)
    for file, template in zip(files, made, strict=True):
        *before, last = words(file.read_bytes())
        *same, other = words(distinct.copy(template, 12_345))
        assert same == before
        assert last in other
        assert "Benchmark copy number 0012345" in other
        assert "Benchmark copy number 0012346" in words(distinct.copy(template, 12_346))[-1]


def test_the_page_of_capacity_has_the_figures(tmp_path, monkeypatch):
    step = {"documents": 1_000, "pages": 2_000, "passages": 30_000, "findings": 90_000}
    step |= {"text_bytes": 10e6, "library_bytes": 48e6, "seconds": 100.0}
    machine = dict.fromkeys(("processor", "python", "sqlite", "when", "commit"), "x")
    row = {"what": "tag", "unit": "words/s", "ours": 300.0, "beside": "spaCy", "theirs": 600.0}
    content = {"machine": machine | {"processors": 2, "load": None}, "figures": [row]}
    steps = [step | {"parent_mb": 125, "worker_mb": 160}]
    for name, value in (("figures", content), ("capacity", steps)):
        (tmp_path / name).write_text(json.dumps(value))
    monkeypatch.setattr(capacity_page, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(sys, "argv", ["", str(tmp_path / "figures"), str(tmp_path / "capacity")])
    capacity_page.main()
    page = (tmp_path / "page.md").read_text()
    assert "| 1,000 | 2,000 | 30,000 | 48 | 4.8 | 20.0 | 125 | 160 |" in page
    assert "A thousand pages take 24 MB" in page
    assert "| tag | 300.00 | words/s | 600.00 | spaCy | 0.50 |" in page
