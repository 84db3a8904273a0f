"""What is read from each sample report equals what its author wrote into it."""

import json
from pathlib import Path

import pytest

from corpus.assemble import assemble
from corpus.errors import DocumentError
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
EXPECTED = [
    json.loads(line)
    for line in (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def register():
    return Register.load(SAMPLES / "authorities.csv")


def document(path, register):
    data = path.read_bytes()
    source = Source(path=path.as_posix(), sha256="0" * 64, size=len(data))
    return assemble(read(data, path.name), source, register=register, tables=table_reader(data))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda row: row["path"])
def test_a_sample_is_read_as_it_was_written(expected, register):
    found = document(SAMPLES / expected["path"], register)
    facts = {field.name: field.value for field in found.fields}
    facts["doc_type"] = found.doc_type
    facts["judgements"] = {judged.area: judged.grade for judged in found.judgements if judged.grade}
    facts["n_pages"] = len(found.pages)
    facts["n_paragraphs"] = sum(
        p.kind == "paragraph" and p.number is not None for p in found.passages
    )
    facts["n_recommendations"] = sum(p.kind == "recommendation" for p in found.passages)
    facts["path"], facts["sha256"] = expected["path"], expected["sha256"]
    assert facts == expected


@pytest.mark.parametrize("path", sorted((SAMPLES / "broken").iterdir()), ids=lambda path: path.name)
def test_a_broken_sample_is_refused_with_a_reason(path, register):
    with pytest.raises(DocumentError) as refused:
        document(path, register)
    assert refused.value.reason in {"web-page", "unreadable"}


def test_a_foot_that_contradicts_the_heading_is_a_problem_and_the_heading_stays(register):
    path = "reports/9990001_marlowshire/children's services inspection - 18 may 2022.pdf"
    found = document(SAMPLES / path, register)
    assert found.field("end_date").value == "2022-04-08"
    problem = next(p for p in found.problems if p.kind == "date-contradicted")
    assert "28 March to 1 April 2022" in problem.message
    assert "2022-03-28 to 2022-04-08" in problem.message
