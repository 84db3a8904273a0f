import pytest

from corpus.layout.numbering import Numbering


def accept(numbering, text, *, x0=89.0, gap=True):
    match = numbering.accept(text, x0, 1, gap=gap)
    return int(match[1]) if match else None


def counting(upto, x0=89.0):
    numbering = Numbering()
    for number in range(1, upto + 1):
        assert accept(numbering, f"{number}. Text", x0=x0) == number
    return numbering


def test_a_sequence_is_followed_with_and_without_a_space():
    numbering = counting(9)
    assert accept(numbering, "10.There is no space here") == 10


@pytest.mark.parametrize(
    ("text", "x0", "gap"),
    [
        ("50. 391 pupils", 107.0, False),  # a wrapped line that happens to begin with a number
        ("4. All of them", 107.0, False),
        ("16 and 17-year-olds", 89.0, True),
        ("2019. The next", 89.0, True),
        ("72 hours", 89.0, True),
        ("1 February 2017", 89.0, True),
    ],
)
def test_other_numbers_are_no_paragraph_numbers(text, x0, gap):
    numbering = counting(3)
    assert accept(numbering, text, x0=x0, gap=gap) is None


def test_the_next_number_needs_a_gap_or_the_known_indent():
    assert accept(counting(3), "4. All of them", x0=107.0, gap=False) is None
    assert accept(counting(3), "4. All of them", x0=89.0, gap=False) == 4
    assert accept(counting(3), "4. All of them", x0=107.0, gap=True) == 4


def test_a_report_does_not_begin_in_the_middle():
    assert accept(Numbering(), "25. Text") is None


def test_a_sequence_goes_on_behind_a_list_of_its_own():
    numbering = counting(57)
    assert [accept(numbering, f"{n}. Text") for n in (1, 2, 58, 59)] == [1, 2, 58, 59]
    kinds = [problem.kind for problem in numbering.problems]
    assert kinds == ["number-restarted", "number-resumed"]


def test_defects_of_the_source_are_noted_not_repaired():
    numbering = counting(3)
    assert accept(numbering, "3. Again") == 3
    assert accept(numbering, "5. Skipped one") == 5
    assert accept(numbering, "1. From the start") == 1
    assert [problem.kind for problem in numbering.problems] == [
        "number-repeated",
        "number-skipped",
        "number-restarted",
    ]
