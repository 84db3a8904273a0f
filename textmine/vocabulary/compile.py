"""Compiler of the vocabulary: from `everyday.yaml` and the themes to `compiled.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, Final

import yaml

from corpus.errors import DataError
from index.query.expansion import is_cut
from index.query.vocabulary import Saying, Stems, key_of
from index.text.analyzer import terms
from index.text.function_words import FUNCTION_WORDS, NEGATIONS

from ..themes import Theme, load_themes

_ARTICLES: Final = frozenset({"a", "an", "the", "of"})
POLARITIES: Final = ("concern", "strength")


def compiled() -> str:
    """The content of `compiled.json`: names, meanings, and under a stem of each the sayings."""
    data = source()
    meanings: dict[str, int] = {}
    sayings: dict[str, dict[str, None]] = {}
    for saying in _sayings(data, load_themes()):
        meaning = _dump([saying.means, int(saying.same), saying.themes, saying.polarity])
        number = meanings.setdefault(meaning, len(meanings))
        row = _dump([saying.words, int(saying.negated), int(saying.capitals), number])
        sayings.setdefault(key_of(saying.words), {})[row] = None
    names = ",\n".join(map(_dump, _names(data)))
    lines = ",\n".join(f"{_dump(s)}:[{','.join(rows)}]" for s, rows in sorted(sayings.items()))
    meant = ",\n".join(meanings)
    return f'{{"names":[\n{names}\n],\n"meanings":[\n{meant}\n],\n"sayings":{{\n{lines}\n}}}}\n'


def source() -> dict[str, list[Any]]:
    """The readable file, checked: raises DataError for what cannot be meant."""
    data = yaml.safe_load(resources.files(__package__).joinpath("everyday.yaml").read_bytes())
    known = {theme.id for theme in load_themes()}
    for entry in data["everyday"]:
        if wrong := set(entry.get("theme", ())) - known:
            raise DataError(f"everyday.yaml: unknown theme {wrong.pop()!r}")
        if entry.get("polarity", "concern") not in POLARITIES:
            raise DataError(f"everyday.yaml: unknown polarity {entry['polarity']!r}")
    return {name: list(data[name]) for name in ("forms", "abbreviations", "names", "everyday")}


def _names(data: Mapping[str, Sequence[Any]]) -> Iterator[tuple[list[str], list[str]]]:
    """Names, and what is meant by each besides; `=` before one that must be typed in capitals."""
    for forms in data["forms"]:
        yield _texts(forms), _texts(forms)
    for entry in data["abbreviations"]:
        short, full = _texts(entry["short"]), _texts(entry["full"])
        if entry.get("ambiguous"):
            yield [f"={name}" for name in short], full
        else:
            yield [*short, *full[:1]], [*short, *full]
            yield full[1:], short
    for entry in data["names"]:
        yield _texts(entry["say"]), _texts(entry["means"] if "means" in entry else entry["say"])


def _sayings(data: Mapping[str, Sequence[Any]], themes: Iterable[Theme]) -> Iterator[Saying]:
    for forms in data["forms"]:
        yield from _each(forms, forms, same=True)
    for entry in data["abbreviations"]:
        ambiguous = entry.get("ambiguous", False)
        yield from _each(
            entry["short"], [*entry["short"], *entry["full"]], same=True, capitals=ambiguous
        )
        if not ambiguous:
            yield from _each(entry["full"], entry["short"], same=True)
    for entry in data["names"]:
        yield from _each(entry["say"], entry.get("means", entry["say"]), same=True)
    for entry in data["everyday"]:
        yield from _each(
            entry["say"], entry["means"], entry.get("theme", ()), polarity=entry.get("polarity")
        )
    polarity = yaml.safe_load(
        resources.files("textmine").joinpath("pipeline/rules/polarity.yaml").read_bytes()
    )
    yield from _each([*polarity["bad"], *polarity["many"]], (), polarity="concern")
    for theme in themes:
        phrases = [theme.label, *theme.phrases, *theme.common]
        yield from _each([p for p in phrases if "..." not in p], (), (theme.id,))


def _each(
    said: Iterable[object],
    means: Iterable[object],
    themes: Sequence[str] = (),
    *,
    same: bool = False,
    capitals: bool = False,
    polarity: str | None = None,
) -> Iterator[Saying]:
    meant = [stems for text in _texts(means) if (stems := _stems(text)) and not _is_cut(text)]
    for text in _texts(said):
        found = terms(text)
        words = tuple(t.stem for t in found if t.form not in FUNCTION_WORDS)
        if same or len(words) == 1:  # one word alone would be said too often
            words = tuple(t.stem for t in found if same or t.form not in _ARTICLES)
        if words and not _is_cut(text):
            negated = not same and any(t.form in NEGATIONS for t in found)
            yield Saying(words, negated, capitals, meant, same, tuple(themes), polarity)


def _is_cut(text: str) -> bool:
    found = terms(text)
    return is_cut([t.form for t in found], [t.stem for t in found])


def _stems(text: str) -> Stems:
    return tuple(term.stem for term in terms(text))


def _texts(values: Iterable[object]) -> list[str]:
    return [str(value) for value in values]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
