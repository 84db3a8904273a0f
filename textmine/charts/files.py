"""Charts as files: SVG, PNG, or a page with the table beside the chart."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Final

from corpus.errors import UsageError

from ..outputs import Row
from ..outputs.replacing import replacing

SUFFIXES: Final = (".svg", ".png", ".html")
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "svg{max-width:100%;height:auto}table{border-collapse:collapse;font-size:14px}"
    "td,th{border:1px solid #999;padding:.2rem .5rem;text-align:left}"
    ".wide{overflow-x:auto}"
)


def png(svg: str, *, zoom: int = 2) -> bytes:
    """The picture of an SVG, by resvg. Raises UsageError where that is not installed."""
    try:
        resvg = import_module("resvg_py")
    except ImportError as error:
        raise UsageError(
            "PNG needs the extra `charts`: pip install 'textmine[charts]', or write .svg"
        ) from error
    return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=zoom))


def page(title: str, svg: str, rows: Sequence[Row], notes: Sequence[str]) -> str:
    """A page with the chart, its table and what has to be known of it."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    head = "".join(f'<th scope="col">{escape(name.replace("_", " "))}</th>' for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(row.get(name)))}</td>" for name in names) + "</tr>"
        for row in rows
    )
    told = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title><style>{_STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1>\n{svg}\n"
        f'{told}<h2>Table</h2><div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></main></body></html>\n"
    )


def save(file: Path, svg: str, rows: Sequence[Row], title: str, notes: Sequence[str]) -> None:
    """Write a chart in the form that the file's ending names."""
    suffix = file.suffix.lower()
    if suffix == ".png":
        data = png(svg)
    else:
        data = (page(title, svg, rows, notes) if suffix == ".html" else svg).encode()
    try:
        with replacing(file) as new:
            new.write_bytes(data)
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
