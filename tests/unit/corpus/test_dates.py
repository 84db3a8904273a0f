from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_date, find_range, find_ranges

RANGES = [
    ("4 to 15 February 2019", (2019, 2, 4), (2019, 2, 15)),
    ("23 April 2018 to 04 May 2018", (2018, 4, 23), (2018, 5, 4)),
    ("29 January to 9 February 2018", (2018, 1, 29), (2018, 2, 9)),
    ("4 June 2018–28 June 2018", (2018, 6, 4), (2018, 6, 28)),
    ("Tuesday 2 June to Thursday 25 June 2015", (2015, 6, 2), (2015, 6, 25)),
    ("03/03/2015 – 25/03/2015", (2015, 3, 3), (2015, 3, 25)),
    ("12 December to 9 January 2020", (2019, 12, 12), (2020, 1, 9)),
    ("5 to 9 December 2022 and 14 to 15 February 2023", (2022, 12, 5), (2023, 2, 15)),
    ("8 to 12 July and 7 to 8 August 2019", (2019, 7, 8), (2019, 8, 8)),
    ("Between 14 and 18 March 2016, inspectors", (2016, 3, 14), (2016, 3, 18)),
    ("03/02/2015 - 10/02/2015", (2015, 2, 3), (2015, 2, 10)),
    ("1st to 3rd Sept 2021", (2021, 9, 1), (2021, 9, 3)),
]


@pytest.mark.parametrize(("text", "first", "last"), RANGES)
def test_find_range_reads_every_printed_shape(text, first, last):
    found = find_range(f"Inspection dates: {text}")
    assert (found.first, found.last) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "text", ["", "no date", "31 April 2020", "29 February to 3 March 2019", "5 to 9"]
)
def test_find_range_finds_nothing_where_there_is_no_whole_date(text):
    found = find_range(text)
    assert found is None or found.first <= found.last


def test_find_date_says_where():
    text = "published on 8 May 2019."
    found = find_date(text)
    assert text[found.start : found.end] == "8 May 2019"


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 60))
def test_a_range_written_out_is_read_back(first, days):
    last = date.fromordinal(first.toordinal() + days)
    written = f"{first.day} {first:%B} {first.year} to {last.day} {last:%B} {last.year}"
    found = find_range(written)
    assert (found.first, found.last) == (first, last)


@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text):
    find_range(text)


def test_a_range_without_a_year_is_the_last_one_before_the_letter():
    assert find_range("Between 9 and 13 May, inspectors") is None
    found = find_range("Between 9 and 13 May, inspectors", date(2016, 8, 5))
    assert (found.first, found.last) == (date(2016, 5, 9), date(2016, 5, 13))
    found = find_range("from 5 to 9 December", date(2017, 2, 1))
    assert (found.first, found.last) == (date(2016, 12, 5), date(2016, 12, 9))


def test_find_ranges_keeps_ranges_and_single_days_apart():
    found = find_ranges("7 to 11 November 2016, 3 June 2019 and 4 to 5 May 2021")
    assert [(dates.first, dates.last) for dates in found] == [
        (date(2016, 11, 7), date(2016, 11, 11)),
        (date(2019, 6, 3), date(2019, 6, 3)),
        (date(2021, 5, 4), date(2021, 5, 5)),
    ]
