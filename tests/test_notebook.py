"""The notebook of the documentation runs over the samples, and is kept without outputs."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "docs" / "notebooks" / "findings.ipynb"


@pytest.fixture
def notebook():
    return nbformat.read(NOTEBOOK, as_version=4)


def test_no_outputs_are_kept(notebook):
    assert [
        cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.outputs
    ] == []


def test_the_notebook_gives_a_table_a_chart_and_a_file(
    notebook, sample_library, tmp_path, monkeypatch
):
    monkeypatch.setenv("TEXTMINE_LIBRARY", str(sample_library))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    run = NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [
        output.data
        for cell in run.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]
    assert any("with_concern" in data.get("text/html", "") for data in shown)
    assert any("Concerns about care-leavers" in data.get("image/svg+xml", "") for data in shown)
    assert (tmp_path / "concerns.xlsx").read_bytes().startswith(b"PK")
