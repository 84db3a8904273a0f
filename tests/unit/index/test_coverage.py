"""What a library seems to lack of an authority."""

import pytest

from index.documents.coverage import Seen, what_is_missing


def inspection(began):
    return Seen(began, inspection=True, number=None)


def visit(began, number=None):
    return Seen(began, inspection=False, number=number)


@pytest.mark.parametrize(
    ("seen", "missing"),
    [
        ([], "no inspection"),
        ([inspection("2021-03-01")], "no inspection since 2022"),
        ([inspection("2019-03-01"), inspection("2023-03-01")], None),
        (
            [inspection("2015-03-01"), inspection("2023-03-01")],
            "no inspection between 2015 and 2023",
        ),
        (
            [inspection("2022-03-01"), visit("2022-09-01", 1), visit("2023-03-01", 3)],
            "monitoring visit 2 before that of 2023-03-01",
        ),
        ([inspection("2022-03-01"), visit("2022-09-01", 1), visit("2023-03-01", 2)], None),
    ],
)
def test_what_is_missing(seen, missing):
    assert what_is_missing(seen) == missing
