"""The screen: how wide it is, and texts that fit it without breaking words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator

from corpus.printable import printable

from ..outputs import Row
from ..outputs.table import lay_out, screen_width

_ANSI = re.compile(r"(\x1b\[[0-9;]*m)")


def width() -> int:
    """The columns of the screen."""
    return screen_width(sys.stdout)


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """The text in lines that fit the screen; colours take no room, and no word is broken."""
    lines = _lines(safe(" ".join(text.split())), width() - len(hanging or indent))
    return "\n".join(
        f"{indent if number == 0 or hanging is None else hanging}{line}"
        for number, line in enumerate(lines)
    )


def safe(text: str) -> str:
    """The text as a terminal may be given it, in colours or not: a library may come from others."""
    if text.isprintable():
        return text
    parts = _ANSI.split(text)  # every second one is a colour
    return "".join(part if at % 2 else printable(part) for at, part in enumerate(parts))


def _lines(text: str, room: int) -> Iterator[str]:
    line, used = "", 0
    for word in text.split(" "):
        length = len(_ANSI.sub("", word))
        if line and used + 1 + length > room:
            yield line
            line, used = word, length
        else:
            line, used = (f"{line} {word}", used + 1 + length) if line else (word, length)
    yield line


def page(markdown: str) -> str:
    """A page of Markdown in lines that fit the screen: paragraphs, lists and tables."""
    blocks = markdown.strip().split("\n\n")
    return "\n\n".join("\n".join(_block(block.splitlines())) for block in blocks)


def _block(lines: list[str]) -> Iterator[str]:
    if lines[0].startswith("#"):
        yield lines.pop(0)
    if lines and lines[0].startswith("|"):
        rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
        heads, _, *cells = rows
        columns = [str(number) for number in range(len(heads))]
        table = [dict(zip(columns, row, strict=True)) for row in cells]
        yield from lay_out(table, columns, width(), dict(zip(columns, heads, strict=True)))
        return
    text: list[str] = []
    for line in lines:
        if line.startswith("- ") and text:
            yield wrapped(" ".join(text), "", "  " if text[0].startswith("- ") else "")
            text = []
        text.append(line)
    if text:
        yield wrapped(" ".join(text), "", "  " if text[0].startswith("- ") else "")


def moment(stamp: str | None, output: str) -> str | None:
    """A time as the screen shows it, to the minute; other formats keep it whole."""
    return stamp[:16].replace("T", " ") if stamp and output == "table" else stamp


def moments(rows: Iterable[Row], output: str, *names: str) -> Iterable[Row]:
    """Rows with the times in some columns as the screen shows them."""
    for row in rows:
        yield {**row, **{name: moment(row[name], output) for name in names}}


def head(text: str, room: int) -> str:
    """The first words of a text, as many as there is room for."""
    if len(text) <= room:
        return text
    cut = text[: max(room, 0) + 1]
    return cut[: cut.rfind(" ")].rstrip() if " " in cut else ""


def tail(text: str, room: int) -> str:
    """The last words of a text, as many as there is room for."""
    return head(text[::-1], room)[::-1]
