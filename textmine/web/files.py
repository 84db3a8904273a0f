"""Files of rows, for a browser to save: the same formats and columns as the command line's."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from starlette.responses import Response

from corpus.errors import UsageError

from ..outputs import OUTPUTS, Row, flatten

TYPES: Final = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "json": ("JSON", "application/json"),
    "jsonl": ("JSON, a row a line", "application/x-ndjson"),
    "md": ("Markdown", "text/markdown; charset=utf-8"),
}
"""Formats that are offered: what people call each, and its media type."""


def formats() -> tuple[tuple[str, str], ...]:
    """The formats that are offered, each with what people call it."""
    return tuple((name, label) for name, (label, _) in TYPES.items() if name in OUTPUTS)


def file_response(
    rows: Iterable[Row], output: str, name: str, usual: Sequence[str] | None = None
) -> Response:
    """Rows as a file to save; of a format that people read, the usual columns."""
    if output not in TYPES or output not in OUTPUTS:
        raise UsageError(f"no format {output!r}; choose one of {', '.join(TYPES)}")
    chosen = OUTPUTS[output]
    if usual and chosen.brief:
        rows = [{key: {**flatten(row), **row}.get(key) for key in usual} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        chosen.save(rows, path)
        data = path.read_bytes()
    suffix = chosen.suffixes[0] if chosen.suffixes else f".{output}"
    headers = {
        "content-disposition": f'attachment; filename="{name}{suffix}"',
        "cache-control": "no-store",
    }
    return Response(data, media_type=TYPES[output][1], headers=headers)
