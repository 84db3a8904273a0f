"""Synonyms that a search adds."""

from __future__ import annotations

from functools import cache
from importlib import resources

from index.query.expansion import Groups


@cache
def load_synonyms() -> Groups:
    """The shipped synonyms: names, and what is meant by each of them as well."""
    text = resources.files(__package__).joinpath("synonyms.txt").read_text(encoding="utf-8")
    return tuple(parse(text))


def parse(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The groups of a file of synonyms: a line each, `#` for comments."""
    groups = []
    for line in text.splitlines():
        names, arrow, meant = (part.strip() for part in line.partition("#")[0].partition(">"))
        if names:
            asked = tuple(name.strip() for name in names.split(","))
            also = tuple(name.strip() for name in meant.split(",")) if arrow else asked
            groups.append((asked, also))
    return groups
