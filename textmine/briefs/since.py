"""The change section: what is different from an earlier brief."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from corpus.errors import UsageError

from .model import Absence, Brief, Line, Section

FORMAT = 1


def save(brief: Brief) -> str:
    """The brief as JSON, for comparison with a later one."""
    return json.dumps({"format": FORMAT, **asdict(brief)}, ensure_ascii=False, indent=1) + "\n"


def sidecar(file: Path) -> Path:
    """The path of a brief's JSON, beside it."""
    return file if file.suffix == ".json" else file.with_name(file.name + ".json")


def changed(brief: Brief, earlier: Path) -> Section:
    """New documents, statements that are new, and those that hold no more.

    Raises UsageError where there is no earlier brief, or one of another authority.
    """
    file = sidecar(earlier)
    try:
        old = json.loads(file.read_text(encoding="utf-8"))
        sources = {source["sha256"] for source in old["sources"]}
        said = {
            (section["key"], line["key"]): f"{line['text']} {line['detail']}".rstrip()
            for section in old["sections"]
            for line in section["lines"]
        }
        whose, day = old["authority"], old["as_of"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"cannot read the earlier brief {earlier}: keep {file.name} beside it ({error})"
        ) from error
    if whose != brief.authority:
        raise UsageError(f"{earlier} is a brief on {whose}, not {brief.authority}")
    lines = [
        Line(
            key=f"document-{source.sha256[:8]}",
            text=f"New document: {source.reference}",
            evidence=_comparison(day),
        )
        for source in brief.sources
        if source.sha256 not in sources
    ]
    now = {(section.key, line.key): line for section in brief.sections for line in section.lines}
    lines += [
        Line(key=f"new-{key}", text=f"New: {line.whole()}", evidence=line.evidence, show="mark")
        for (section, key), line in now.items()
        if (section, key) not in said
    ]
    lines += [
        Line(key=f"gone-{key}", text=f"No longer stated: {text}", evidence=_comparison(day))
        for (section, key), text in said.items()
        if (section, key) not in now
    ]
    if not lines:
        lines = [Line(key="nothing", text="Nothing has changed.", evidence=_comparison(day))]
    return Section(
        key="since",
        title=f"Changes since the brief of {day}",
        lines=tuple(lines),
    )


def _comparison(day: str) -> tuple[Absence, ...]:
    return (Absence(said="compared", searched=f"the brief as of {day}"),)
