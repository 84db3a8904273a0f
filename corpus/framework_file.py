"""The file that adds inspectorates, scales, areas, frameworks and document types: TOML.

Its tables have the names and the parts of the records in framework_records.py. What is wrong with
it is told as one line that names the file and the entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

from .errors import DataError
from .framework_records import (
    Area,
    Catalogue,
    DocumentKind,
    Family,
    Framework,
    Inspectorate,
    Row,
    Scale,
)
from .model import RecommendationKind

Record = TypeVar("Record", Inspectorate, Scale, Area, Framework, DocumentKind, Row)

_PATTERNS: Final = ("title", "printed")
_TABLES: Final = ("asks", "ranks")
_LISTS: Final = ("inspectorates", "frameworks", "own")


def read_frameworks(path: Path, known: Catalogue) -> Catalogue:
    """What a file adds to what is known. Raises DataError where it cannot be used."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot read the frameworks: {error.strerror}") from error
    except RecursionError as error:
        raise DataError(f"{path}: not a TOML file that can be used: nested too deeply") from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise DataError(f"{path}: not a TOML file: {error}") from error
    additions = Catalogue()
    makers: dict[str, Callable[[str, Any], Any]] = {
        "inspectorates": partial(_record, Inspectorate),
        "scales": partial(_record, Scale),
        "areas": partial(_record, Area),
        "frameworks": _framework,
        "documents": partial(_record, DocumentKind),
    }
    try:
        _check_known("file", "tables", tables, makers)
        for part, make in makers.items():
            for name, entry in _table(part, tables.get(part, {})).items():
                _check_new(part, name, known)
                getattr(additions, part)[name] = make(f"{part}.{name}", entry)
        _check_links(additions, known)
    except ValueError as error:
        raise DataError(f"{path}: {error}") from error
    return additions


def _table(where: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"[{where}]: must be a table")  # noqa: TRY004  as all that is wrong here
    return value


def _framework(where: str, value: object) -> Framework:
    entry = _table(where, value)
    rows = tuple(
        _record(Row, f"{where}.rows", row) for row in _typed(where, "rows", entry.get("rows", []))
    )
    return _record(Framework, where, {**entry, "rows": rows})


def _record(kind: type[Record], where: str, value: object) -> Record:
    entry = _table(where, value)
    parts = {part.name: part for part in fields(kind)}
    if unknown := entry.keys() - parts.keys():
        raise ValueError(f"[{where}]: unknown part {min(unknown)!r}; use {', '.join(parts)}")
    for name, part in parts.items():
        if name not in entry and part.default is MISSING and part.default_factory is MISSING:
            raise ValueError(f"[{where}]: {name} is missing")
    return kind(**{name: _typed(where, name, value) for name, value in entry.items()})


def _typed(where: str, name: str, value: object) -> Any:
    """A value as its part takes it."""
    wanted: type | tuple[type, ...] = str
    if name in _TABLES or (name == "printed" and where.startswith("scales.")):
        wanted = Mapping
    elif name in {*_LISTS, "rows"}:
        wanted = (list, tuple)
    elif name == "first_day":
        wanted = date
    elif name == "monitored":
        wanted = bool
    if not isinstance(value, wanted):
        raise ValueError(f"[{where}]: {name} cannot be {value!r}")  # noqa: TRY004
    _check_parts(where, name, value)
    if isinstance(value, str) and name in _PATTERNS:
        _check_pattern(where, name, value)
    if name == "family" and value not in get_args(Family):
        raise ValueError(f"[{where}]: family must be one of {', '.join(get_args(Family))}")
    if name == "asks":
        _check_asks(where, value)
    if name == "own":
        return frozenset({None, *value}) if isinstance(value, (list, tuple)) else value
    return tuple(value) if isinstance(value, list) else value


def _check_parts(where: str, name: str, value: object) -> None:
    """Lists hold names and tables hold names, but for ranks, which are numbers."""
    parts = value.values() if isinstance(value, Mapping) else value
    if name == "rows" or isinstance(parts, str) or not isinstance(parts, Iterable):
        return
    wanted = int if name == "ranks" else str
    for part in parts:
        if not isinstance(part, wanted):
            raise ValueError(f"[{where}]: {name} cannot hold {part!r}")  # noqa: TRY004


def _check_pattern(where: str, name: str, value: str) -> None:
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"[{where}]: {name}: not a regular expression: {error}") from error


def _check_asks(where: str, value: object) -> None:
    assert isinstance(value, Mapping)
    for heading, kind in value.items():
        _check_pattern(where, "asks", heading)
        if kind not in get_args(RecommendationKind):
            kinds = ", ".join(get_args(RecommendationKind))
            raise ValueError(f"[{where}]: asks: {kind!r} must be one of {kinds}")


def _check_new(part: str, name: str, known: Catalogue) -> None:
    if name in getattr(known, part):
        raise ValueError(f"[{part}.{name}]: this name is built in; choose another")


def _check_links(additions: Catalogue, known: Catalogue) -> None:
    """Every name that one entry gives must be an entry."""
    inspectorates = known.inspectorates.keys() | additions.inspectorates
    for name, framework in additions.frameworks.items():
        where = f"frameworks.{name}"
        _check_known(where, "inspectorates", framework.inspectorates, inspectorates)
        _check_known(where, "scale", [framework.scale], known.scales.keys() | additions.scales)
        areas = [row.area for row in framework.rows]
        _check_known(where, "rows", areas, known.areas.keys() | additions.areas)
    for name, kind in additions.documents.items():
        where = f"documents.{name}"
        frameworks = known.frameworks.keys() | additions.frameworks
        _check_known(where, "frameworks", kind.frameworks, frameworks)
        _check_known(where, "inspectorates", kind.inspectorates, inspectorates)


def _check_known(where: str, part: str, names: Iterable[str], there: Iterable[str]) -> None:
    for name in names:
        if name not in there:
            raise ValueError(f"[{where}]: {part}: unknown {name!r}; use {', '.join(sorted(there))}")
