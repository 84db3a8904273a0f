from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.dates import find_date, find_range, find_ranges

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
    ("25 November 2014 – 17 December", (2014, 11, 25), (2014, 12, 17)),
    ("12 December 2016 to 9 January", (2016, 12, 12), (2017, 1, 9)),
    ("25 November 2014—17 December 2014", (2014, 11, 25), (2014, 12, 17)),
    ("29 January –9 February 2018", (2018, 1, 29), (2018, 2, 9)),
    ("28February to 11 March 2022", (2022, 2, 28), (2022, 3, 11)),
    ("4th to the 15th of February 2019", (2019, 2, 4), (2019, 2, 15)),
    ("12/01/16 to 05/02/16", (2016, 1, 12), (2016, 2, 5)),
    ("12.01.2016-05.02.2016", (2016, 1, 12), (2016, 2, 5)),
    ("7 & 8 June 2022", (2022, 6, 7), (2022, 6, 8)),
    ("7, 8 and 9 June 2022", (2022, 6, 7), (2022, 6, 9)),
    ("9–13 and 16–20 March 2020", (2020, 3, 9), (2020, 3, 20)),
    ("13 – 22 October 2014 and 3 - 7 November 2014", (2014, 10, 13), (2014, 11, 7)),
    ("8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019", (2019, 7, 8), (2019, 8, 8)),
    ("19 April to 12 May 2016, and 6 June 2016", (2016, 4, 19), (2016, 6, 6)),
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
    november, june = (date(2016, 11, 7), date(2016, 11, 11)), (date(2019, 6, 3), date(2019, 6, 3))
    may, day = (date(2021, 5, 4), date(2021, 5, 5)), (date(2021, 5, 4), date(2021, 5, 4))
    for text, wanted in (
        ("7 to 11 November 2016, 3 June 2019 and 4 to 5 May 2021", [november, june, may]),
        ("3 June 2019 and 4 May 2021", [june, day]),
    ):
        assert [(dates.first, dates.last) for dates in find_ranges(text)] == wanted
