"""The theme linter: examples that fail, phrases without effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from .model import Theme

HEADINGS = {
    "help-and-protection": "The experiences of children who need help and protection",
    "children-in-care": "The experiences and progress of children in care",
    "care-leavers": "The experiences and progress of care leavers",
    "leadership": "The impact of leaders on social work practice",
    "send": "",
}
"""An example is read under such a heading, by the theme's area."""

Find = Callable[[str, str, str], set[str]]
"""The themes in a text, given the text, the kind of document and the heading."""


def lint(themes: Sequence[Theme], find: Find) -> Iterator[str]:
    """Problems of themes, one line each."""
    for theme in themes:
        yield from _examples(theme, find)
        yield from _phrases(theme)
    yield from _shared(themes)


def _examples(theme: Theme, find: Find) -> Iterator[str]:
    kind = "area_send" if theme.area == "send" else "ilacs_inspection"
    for text in theme.matches:
        if theme.id not in find(text, kind, HEADINGS[theme.area]):
            yield f"{theme.id}: does not match its own example {text!r}"
    for text in theme.not_matches:
        if theme.id in find(text, "ilacs_inspection", ""):
            yield f"{theme.id}: matches an example it should not: {text!r}"


def _phrases(theme: Theme) -> Iterator[str]:
    seen: dict[str, str] = {}
    for name in ("phrases", "common", "weak"):
        for phrase in getattr(theme, name):
            key = _plain(phrase)
            if key in seen:
                yield f"{theme.id}: {phrase!r} is in both {seen[key]} and {name}"
            seen[key] = name


def _shared(themes: Sequence[Theme]) -> Iterator[str]:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for theme in themes:
        for phrase in theme.phrases:
            owners[_plain(phrase)].append(theme.id)
    for phrase, ids in owners.items():
        if len(set(ids)) > 1:
            yield f"{', '.join(ids)}: share the phrase {phrase!r}"


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().replace("’", "'").replace("-", " ").split())
