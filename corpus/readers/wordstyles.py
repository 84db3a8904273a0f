"""Word styles and lists: whether a paragraph is a heading or an item, and its printed number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from .package import child, tag, value

DEEPEST = 8
"""Word has nine levels of headings and of lists, counted from 0."""

DIGITS = 5
"""A level or the start of a list has fewer."""

_HEADING = re.compile(r"heading (\d)")
_OFF = frozenset({"0", "false", "off", "none"})
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def is_on(switch: Element | None) -> bool:
    """Whether a toggle such as `<w:b/>` is present and not off."""
    return switch is not None and value(switch) not in _OFF


class Look(NamedTuple):
    """How words look, as far as it decides whether somebody reads them as words of the text."""

    bold: bool = False
    hidden: bool = False
    """By Word's own switch, or by being of no size."""
    white: bool = False
    raised: bool = False
    font: str = ""

    def under(self, style: Look) -> Look:
        """The look of words that have a character style besides."""
        return Look(
            bold=self.bold or style.bold,
            hidden=self.hidden or style.hidden,
            white=self.white or style.white,
            raised=self.raised or style.raised,
            font=style.font or self.font,
        )

    def altered(self, properties: Element | None) -> Look:
        """The look with what a run's or a style's properties say."""
        if properties is None:
            return self
        said = {tag(each): each for each in properties}
        look = self
        if "b" in said:
            look = look._replace(bold=is_on(said["b"]))
        for name in ("vanish", "webHidden"):
            if name in said:
                look = look._replace(hidden=is_on(said[name]))
        if _count(value(said.get("sz"))) in range(TINY + 1):
            look = look._replace(hidden=True)
        if "color" in said:
            look = look._replace(white=(value(said["color"]) or "").upper() in WHITE)
        if is_shaded(said.get("shd")) or value(said.get("highlight")) not in {None, "none"}:
            look = look._replace(white=False)
        if "vertAlign" in said:
            look = look._replace(raised=value(said["vertAlign"]) == "superscript")
        if "rFonts" in said:
            look = look._replace(font=value(said["rFonts"], "ascii") or "")
        return look


PLAIN = Look()

TINY = 4
"""Half points: nobody reads letters that are no larger."""

WHITE = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})


def is_shaded(shading: Element | None) -> bool:
    """Whether something has a ground of its own, on which white letters are seen."""
    fill = (value(shading, "fill") or "auto").upper()
    return fill not in {"AUTO", *WHITE} or bool(value(shading, "themeFill"))


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with all that it inherits.

    `level` is a heading's (0 for a title), None for running text; `item` the list and level.
    """

    level: int | None = None
    item: tuple[str, int] | None = None
    contents: bool = False
    """Whether it is a line of a table of contents."""
    look: Look = PLAIN


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        every = [each for each in root if tag(each) == "style"] if root is not None else []
        self._raw = {value(each, "styleId") or "": each for each in every}
        self._known: dict[str, Style] = {}

    def of(self, id_: str | None, above: tuple[str, ...] = ()) -> Style:
        """The style of that id; running text where there is none, or a ring of them."""
        if id_ is None or id_ not in self._raw or id_ in above:
            return Style()
        if id_ not in self._known:
            raw = self._raw[id_]
            base = self.of(value(child(raw, "basedOn")), (*above, id_))
            self._known[id_] = _style(raw, base)
        return self._known[id_]


def _style(raw: Element, base: Style) -> Style:
    name = (value(child(raw, "name")) or "").lower()
    properties = child(raw, "pPr")
    heading = _HEADING.match(name)
    level = outline(properties)
    if name in {"title", "subtitle"}:
        level = 0
    elif heading:
        level = int(heading[1])
    look = base.look.altered(child(raw, "rPr"))
    return Style(
        level=base.level if level is None else level,
        item=item(properties, base.item) or base.item,
        look=look,
        contents=base.contents or name.startswith(("toc ", "table of ")),
    )


def outline(properties: Element | None) -> int | None:
    """The level of a heading that a paragraph's own properties make it."""
    said = value(child(properties, "outlineLvl"))
    level = _count(said)
    return level + 1 if level is not None and level <= DEEPEST else None


def item(properties: Element | None, base: tuple[str, int] | None) -> tuple[str, int] | None:
    """The list and level of a paragraph; None if it is no list item.

    Lists are numbered from 1; list 0 is none.
    """
    list_, level = (value(child(properties, "numPr", name)) for name in ("numId", "ilvl"))
    if list_ is None and level is None:
        return None
    depth = _count(level) or 0
    return list_ or (base[0] if base else "0"), min(depth, DEEPEST)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Lists:
    """The lists of a document; counts their items as they come."""

    def __init__(self, root: Element | None) -> None:
        parts = list(root) if root is not None else []
        forms = {value(p, "abstractNumId"): p for p in parts if tag(p) == "abstractNum"}
        shared: dict[str | None, _List] = {}
        self._lists: dict[str, _List] = {}
        for each in parts:
            if tag(each) == "num":
                form = value(child(each, "abstractNumId"))
                own = [part for part in each if tag(part) == "lvlOverride"]
                levels = _levels(forms.get(form), own)
                # Lists of one form count on together, unless one says where it starts.
                self._lists[value(each, "numId") or ""] = (
                    _List(levels) if own else shared.setdefault(form, _List(levels))
                )

    def next(self, list_: str, depth: int) -> str | None:
        """The mark of the list's next item: "2.", "(a)", "" for a bullet; None for no list."""
        found = self._lists.get(list_)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return None
        found.counts[depth] = found.counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in found.counts if each > depth]:
            del found.counts[deeper]
        if level.form in {"bullet", "none"}:
            return ""

        def count(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            known = found.levels.get(at, level)
            return _number(found.counts.get(at, known.start), known.form)

        return re.sub(r"%(\d)", count, level.text)


def _levels(form: Element | None, own: Iterable[Element]) -> dict[int, _Level]:
    starts = {
        _count(value(each, "ilvl")): _count(value(child(each, "startOverride"))) for each in own
    }
    levels = {}
    for each in form if form is not None else ():
        depth = _count(value(each, "ilvl"))
        if tag(each) == "lvl" and depth is not None:
            own_start = starts.get(depth)
            start = _count(value(child(each, "start"))) if own_start is None else own_start
            levels[depth] = _Level(
                form=value(child(each, "numFmt")) or "decimal",
                text=value(child(each, "lvlText")) or "",
                start=1 if start is None else start,
            )
    return levels


def _count(said: str | None) -> int | None:
    """A small number that the file says; None where it says none."""
    return int(said) if said and said.isdecimal() and len(said) < DIGITS else None


def _number(count: int, form: str) -> str:
    if form.endswith("Letter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        text = ""
        for worth, sign in _ROMAN:
            times, count = divmod(count, worth)
            text += sign * times
        return text.upper() if form.startswith("upper") else text
    return str(count)
