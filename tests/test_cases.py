"""Small inputs, each reduced from a public bug report, and what reading them must give.

`documents.tsv` and `asking.tsv` say it in words; each of their rows has a check here, but those
about searches (S), which the tests of searching have.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from corpus.assemble import assemble
from corpus.language.dates import find_range
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register
from textmine.pipeline.figures.table_figures import figures_of_tables

CASES = Path(__file__).parent / "data" / "cases"


def rows(name):
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


DOCUMENTS = {row["id"]: CASES / row["input"] for row in rows("documents.tsv")}
ASKING = {row["id"]: row for row in rows("asking.tsv")}


@pytest.fixture(scope="module")
def register():
    return Register.load()


@pytest.fixture(scope="module")
def read_case(register):
    known = {}

    def case(path):
        if path not in known:
            data = path.read_bytes()
            source = Source(path=path.name, sha256="0" * 64, size=len(data))
            known[path] = assemble(
                read(data, path.name), source, register=register, tables=table_reader(data)
            )
        return known[path]

    return case


def texts(document, *kinds):
    return [
        document.text[each.start : each.end]
        for each in document.passages
        if not kinds or each.kind in kinds
    ]


def numbers(document):
    return [each.number for each in document.passages if each.number]


def figures(document):
    text = document.text
    return [
        (
            text[each.counts_start : each.counts_end],
            each.value,
            each.comparison,
            text[each.period_start : each.period_end] if each.period_start is not None else None,
        )
        for each in figures_of_tables(document, document.passages)
    ]


def value(document, name):
    return document.field(name).value


def problems(document):
    return {problem.kind for problem in document.problems}


def has(*wanted):
    return lambda document: all(each in texts(document) for each in wanted)


def lacks(*words):
    return lambda document: not any(each in document.text for each in words)


def both(*checks):
    return lambda document: all(check(document) for check in checks)


def measured(row, *values):
    return lambda document: [each[1] for each in figures(document) if each[0] == row] == [*values]


def columns_in_order(*beginnings):
    """The columns one after the other: where the texts begin."""

    def check(document):
        places = [document.text.find(each) for each in beginnings]
        return -1 not in places and places == sorted(places)

    return check


def once(words):
    return lambda document: document.text.count(words) == 1


def inspected(first, last):
    return lambda document: (
        (value(document, "start_date"), value(document, "end_date"))
        == (
            first,
            last,
        )
    )


def of(authority):
    return lambda document: document.authority == authority


def ten_figures(document):
    found = figures(document)
    measures = [measure for measure, *_ in found]
    return (
        len(found) == 10
        and len(set(measures)) == 5
        and all(period in {"2022", "2023"} for *_, period in found)
        and ("With a dental check", 40.0, None, "2022") in found
        and ("In education, employment or training", 58.0, None, "2023") in found
    )


def own_and_national(document):
    return [each for each in figures(document) if each[0] == "Visits on time"] == [
        ("Visits on time", 71.0, None, "2022"),
        ("Visits on time", 84.0, None, "2023"),
        ("Visits on time", 75.0, "national", "2022"),
        ("Visits on time", 77.0, "national", "2023"),
    ]


def unknown_author(document):
    return document.voice == "unknown" and value(document, "title") == texts(document)[0]


VISITS = "Visits to children are made on time and most children are seen alone."
SUPERVISION = "Supervision of social workers is not regular enough."
LEAVERS = "Care leavers are well supported"

CHECKS = {
    "D01": has(
        "Visits to children are usually made on time.", "Every care leaver has a personal adviser."
    ),
    "D02": has(
        "Supervision of social workers takes place every month and is recorded in the files of the "
        "children."
    ),
    "D03": both(once("Audits are done each quarter."), lambda document: len(texts(document)) == 6),
    "E01": both(
        has("The new local offer is clear.", "Audits are regular."),
        lambda document: "text-hidden" in problems(document),
    ),
    "E02": lacks("Old measure"),
    "D04a": has(
        "Homeless 16- and 17-year-olds are offered care.",
        "Re-referrals have fallen by 1-2 per cent.",
        "Social workers have a caseload of 14 children.",
    ),
    "D04b": has("Target for visits: ≥95 per cent on time."),
    "D04c": has("Visits are late. Plans are clear."),
    "D05a": both(
        has("Foster carers are well supported.", "Caseloads average sixteen children."),
        lambda document: len(texts(document, "table_row")) == 4,
    ),
    "D05b": lacks("Click or tap"),
    "D06": has(
        "The local offer for care leavers is clear and well used.",
        "The pathway plan is reviewed twice a year.",
        "The average wait is nine days.",
    ),
    "D07": lambda document: numbers(document) == ["1", "2", "3", "4"],
    "D08": has(
        "Contacts are screened promptly.",
        "Parents give consent.",
        "Thresholds are understood.",
        "Strategy meetings are timely.",
    ),
    "E06": both(
        lambda document: numbers(document) == ["1", "2", "3"],
        has("1. Audit the records.", "2. Visit again."),
    ),
    "D10": ten_figures,
    "D11": own_and_national,
    "D12": has("Of 61 care leavers, 40 were in apprenticeships in March 2024."),
    "D14": both(once("The timeliness of assessments."), once("What needs to improve")),
    "D15": has("Inspectors met carers in Norbrook and praised them."),
    "E07": has("Visits on time rose to 84 per cent."),
    "P01": both(once(VISITS), once("What needs to improve")),
    "P02": both(once(VISITS), once("What needs to improve")),
    "P03": once("Care leavers\n"),
    "P04": both(lacks("allegations"), lambda document: "text-outside" in problems(document)),
    "P05": both(lacks("homeless"), lambda document: "text-outside" in problems(document)),
    "P06": both(lacks("DRAFT"), lambda document: "watermark" in problems(document)),
    "P07": both(lacks("DRAFT"), lambda document: len(texts(document, "paragraph")) == 2),
    "P08": both(
        lambda document: len(texts(document, "paragraph")) == 3,
        has("Supervision is regular. Audits are weak. In March 2023 there were 41 care leavers."),
    ),
    "P09": columns_in_order(VISITS, SUPERVISION, "Partners share"),
    "P10": columns_in_order(VISITS, SUPERVISION, LEAVERS),
    "P11a": lambda document: len(figures(document)) == 24,
    "P11b": lambda document: (
        [each[:6] for each in texts(document, "paragraph")[:2]] == ["Visits", "Superv"]
    ),
    "P12": lambda document: (
        len(figures(document)) == 24
        and not any(measure == "Measure" for measure, *_ in figures(document))
    ),
    "P13": measured("Care leavers in suitable accommodation", 66.0, 79.0, 85.0),
    "P14": has(SUPERVISION, "Number of care leavers: 214"),
    "P15": has(SUPERVISION),
    "P16": lambda document: all(
        word in document.text for word in ("long-term", "self-harm", "re-referrals", "inspectors")
    ),
    "P17": measured("Plans reviewed", 66.0, 79.0, 85.0),
    "P18": lambda document: VISITS in document.text and SUPERVISION in document.text,
    "P19": lambda document: VISITS in document.text and SUPERVISION in document.text,
    "P20": columns_in_order(VISITS, SUPERVISION),
    "R04": both(
        inspected("2022-10-03", "2022-10-14"),
        lambda document: value(document, "lead_inspector") == "Ada Sample",
        lambda document: numbers(document) == ["1", "2", "3"],
    ),
    "R01": both(of("kingston-upon-hull"), inspected("2020-10-26", "2020-10-29")),
    "R02": inspected("2022-01-10", "2022-01-21"),
    "R03": inspected("2023-07-03", "2023-07-14"),
    "R05": of("westmorland-and-furness"),
    "R06": of("dorset-to-2019"),
    "R07": of("dorset"),
    "C01": unknown_author,
    "C02": unknown_author,
    "C03": lambda document: document.voice == "inspectorate",
}
ELSEWHERE = {"D13a", "D13b"}
"""Their file is not among the cases; tests/unit/corpus/test_docx.py makes one."""


def test_each_case_has_its_check():
    assert set(DOCUMENTS) == set(CHECKS) | ELSEWHERE


@pytest.mark.parametrize("case", sorted(CHECKS))
def test_what_a_document_holds(read_case, case):
    document = read_case(DOCUMENTS[case])
    assert CHECKS[case](document), texts(document)


def asked(kind):
    return [row for key, row in ASKING.items() if key.startswith(kind)]


@pytest.mark.parametrize("row", asked("N"), ids=lambda row: row["id"])
def test_whom_a_name_means(register, row):
    name, _, day = row["input"].rpartition(" ")
    found = register.resolve(name, date.fromisoformat(day) if day else None)
    assert str(found and found.key) == row["right value"]


@pytest.mark.parametrize("row", asked("F"), ids=lambda row: row["id"])
def test_whom_a_text_names_first(register, row):
    found = register.find(row["input"].strip("'").replace("\\n", "\n"))
    assert found[0].key == row["right value"]


@pytest.mark.parametrize("row", asked("A"), ids=lambda row: row["id"])
def test_which_days_are_meant(row):
    found = find_range(row["input"])
    assert str((str(found.first), str(found.last))) == row["right value"]
