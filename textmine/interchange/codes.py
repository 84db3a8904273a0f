"""The codebook: themes as codes, polarities below them, timings and rejections beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from corpus.model import Polarity, Timing

from ..themes import Theme
from .model import POLARITIES, TIMINGS

_OURS: Final = uuid5(NAMESPACE_URL, "https://textmine.invalid/interchange")
USUAL: Final[Timing] = "current"
"""The timing that is not coded: most findings have it."""
_COLOURS: Final[Mapping[Polarity, str]] = {
    "strength": "#00703C",
    "concern": "#D4351C",
    "mixed": "#F47738",
    "neutral": "#505A5F",
}


class Meaning(NamedTuple):
    """What a code says of the words that it is put on."""

    theme: str | None = None
    polarity: Polarity | None = None
    timing: Timing | None = None
    rejected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code with those below it; one without a meaning only groups them."""

    guid: str
    name: str
    description: str = ""
    meaning: Meaning | None = None
    colour: str | None = None
    below: tuple[Code, ...] = ()


def guid(*parts: str) -> str:
    """The identifier of a thing of ours: the same in every file."""
    return str(uuid5(_OURS, "\0".join(parts)))


def code_of(meaning: Meaning) -> str:
    """The identifier of the code that says this."""
    return guid("code", *("" if part is None else str(part) for part in meaning))


def codebook(themes: Iterable[Theme], others: Iterable[str] = ()) -> tuple[Code, ...]:
    """The codes of themes, by area, and of `others`: themes of which only the name is known."""
    areas: dict[str, list[Code]] = {}
    known: dict[str, str] = {}
    for theme in themes:
        known[theme.id] = theme.label
        areas.setdefault(theme.area, []).append(_theme(theme.id, theme.label, theme.definition))
    for name in sorted(set(others) - known.keys()):
        known[name] = name
        areas.setdefault("other themes", []).append(_theme(name, name, ""))
    groups = [
        Code(guid=guid("area", area), name=area.replace("-", " "), below=tuple(codes))
        for area, codes in areas.items()
    ]
    return (
        *groups,
        Code(
            guid=guid("timing"),
            name="timing",
            description="Put beside a theme; words without one speak of the present",
            below=tuple(
                _code(f"timing: {timing}", Meaning(timing=timing))
                for timing in TIMINGS
                if timing != USUAL
            ),
        ),
        Code(
            guid=guid("rejected"),
            name="rejected",
            description="Words that a coder says are not about the theme",
            below=tuple(
                _code(f"not: {label}", Meaning(theme=name, rejected=True))
                for name, label in known.items()
            ),
        ),
    )


def _theme(name: str, label: str, definition: str) -> Code:
    return Code(
        guid=code_of(Meaning(theme=name)),
        name=label,
        description=definition,
        meaning=Meaning(theme=name),
        below=tuple(
            _code(f"{label}: {polarity}", Meaning(theme=name, polarity=polarity))
            for polarity in POLARITIES
        ),
    )


def _code(name: str, meaning: Meaning) -> Code:
    colour = _COLOURS[meaning.polarity] if meaning.polarity else None
    return Code(guid=code_of(meaning), name=name, meaning=meaning, colour=colour)


class Codes:
    """Codes of any file by what they mean here: by identifier, else by name."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        self._by_guid: dict[str, Meaning] = {}
        self._by_name: dict[str, Meaning] = {}
        themes = tuple(themes)
        for code in walk(codebook(themes)):
            if code.meaning:
                self._by_guid[code.guid] = code.meaning
                self._by_name.setdefault(_folded(code.name), code.meaning)
        for theme in themes:
            self._by_name.setdefault(_folded(theme.id), Meaning(theme=theme.id))

    def meaning(self, identifier: str, path: tuple[str, ...]) -> Meaning | None:
        """What a code means, given by its names from the top; None where that is not known."""
        if known := self._by_guid.get(identifier.strip("{}").lower()):
            return known
        name = _folded(path[-1])
        if known := self._by_name.get(name):
            return known
        above = self._by_name.get(_folded(path[-2])) if len(path) > 1 else None
        theme, _, last = name.rpartition(":")
        parent = self._by_name.get(theme.strip()) if theme else above
        if parent is None or parent.theme is None:
            return None
        polarity = next((each for each in POLARITIES if each == last.strip()), None)
        return Meaning(theme=parent.theme, polarity=polarity) if polarity else None


def walk(codes: Iterable[Code]) -> Iterator[Code]:
    """Every code of a tree."""
    for code in codes:
        yield code
        yield from walk(code.below)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())
