"""Figures of tables; every number is invented."""

import pytest

from corpus.model import Document, Passage
from textmine.pipeline.figures.table_figures import cells_of, figures_of_tables


def table(*rows, apart=None):
    """A document of these rows; `apart` is a row behind which another passage stands."""
    text, passages, ordinal = "", [], 0
    for place, row in enumerate(rows):
        ordinal += 2 if place == apart else 1
        passages.append(Passage("table_row", ordinal, None, 0, 1, len(text), len(text) + len(row)))
        text += row + "\n"
    return Document(
        doc_type="self_evaluation",
        framework=None,
        text=text,
        pages=(),
        lines=(),
        sections=(),
        passages=tuple(passages),
        authority=None,
        fields=(),
        judgements=(),
    )


def said(document):
    """Each figure as (counts, value, unit, period, comparison)."""
    text = document.text
    return [
        (
            text[each.counts_start : each.counts_end],
            each.value,
            each.unit,
            text[each.period_start : each.period_end] if each.period_end else None,
            each.comparison,
        )
        for each in figures_of_tables(document, document.passages)
    ]


def test_a_cell_counts_its_rows_measure_in_its_columns_period():
    document = table(
        "Measure | 2021-22 | 2022-23 | Target | Statistical neighbours | England | RAG",
        "Visits in time | 78% | 86% |  | 84% | 83% | Amber",
    )
    assert said(document) == [
        ("Visits in time", 78, "percent", "2021-22", None),
        ("Visits in time", 86, "percent", "2022-23", None),
        ("Visits in time", 84, "percent", None, "neighbours"),
        ("Visits in time", 83, "percent", None, "national"),
    ]


@pytest.mark.parametrize(
    ("measure", "cell", "value", "unit"),
    [
        ("Children in care per 10,000", "61", 61, "per 10,000"),
        ("% of visits in time", "78.5", 78.5, "percent"),
        ("Average wait (days)", "426", 426, "days"),
        ("Average wait", "12 weeks", 12, "weeks"),
        ("Spend on homes", "£1.2m", 1.2e6, "pounds"),
        ("Change since spring", "-3pp", -3, "points"),
        ("Children in need", "1,204", 1204, "count"),
    ],
)
def test_the_unit_is_the_cells_or_the_one_that_its_names_say(measure, cell, value, unit):
    document = table("Measure | 2022-23", f"{measure} | {cell}")
    assert said(document) == [(measure, value, unit, "2022-23", None)]


@pytest.mark.parametrize(
    "rows",
    [
        ("Judgement | Grade", "The impact of leaders | Good"),
        ("Visits in time | 78%",),
        ("Measure | 2022", "2023 | 12"),
        ("Area | Action", "Plans | See page 12 of the plan"),
    ],
)
def test_what_is_no_table_of_data_has_no_figures(rows):
    assert said(table(*rows)) == []


def test_rows_with_other_columns_are_another_table():
    document = table("Measure | 2021 | 2022", "Visits | 1 | 2", "Name | Value", "Plans | 3")
    assert [each[0] for each in said(document)] == ["Visits", "Visits", "Plans"]
    parted = table("Measure | 2021", "Visits | 1", "Measure | 2022", "Plans | 3", apart=2)
    assert [each[3] for each in said(parted)] == ["2021", "2022"]


def test_the_places_of_cells():
    document = table("Visits | 78% |  | 90%")
    text = document.text
    cells = cells_of(text, document.passages[0])
    assert [text[a:b] for a, b in cells] == ["Visits", "78%", "", "90%"]
