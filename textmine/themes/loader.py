"""The theme loader: YAML into records; mistakes are reported with file, line and reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from corpus.errors import DataError
from corpus.files import read_regular
from corpus.own_yaml import LOADER

from .model import SETTINGS, Theme

AREAS: Final = ("help-and-protection", "children-in-care", "care-leavers", "leadership", "send")
"""The areas in the order in which they are shown; each has a file of its own."""

LIMIT: Final = 2 * 2**20
"""Bytes of a file of themes: thirty times the built-in ones, and read in a few seconds."""

_TEXTS: Final = ("id", "label", "definition", "area")
_LISTS: Final = ("phrases", "matches", "not_matches")
_EXTRA: Final = ("common", "weak", "exclusions")
_OPTIONAL: Final = (
    *_EXTRA,
    "within",
    "becomes",
    "default_in",
    "holds",
    "focused_visit_topic",
)


class _Loader(yaml.SafeLoader):
    """Reads a user's file, in which nothing refers to another place.

    A few lines that refer to each other can stand for more than any memory holds.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            reason = f"*{event.anchor} refers to another place; write out what stands there"
            raise yaml.composer.ComposerError(None, None, reason, event.start_mark)
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One theme as written, with the place of each of its keys."""

    file: str
    line: int
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def refuse(self, reason: str, key: str | None = None) -> NoReturn:
        line = self.lines.get(key, self.line) if key else self.line
        raise DataError(f"{self.file}, line {line}: {reason}")


def load_themes(path: Path | None = None) -> tuple[Theme, ...]:
    """The themes that come with the program, and after them those of the user's file."""
    entries: list[_Entry] = []
    if path is not None:
        try:
            data = read_regular(path, LIMIT)
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror})") from error
        if len(data) > LIMIT:
            raise DataError(f"{path}: larger than {LIMIT >> 20} MB")
        entries += _entries(str(path), data, _Loader)
    return _loaded(entries, _built_in())


@cache
def _built_in() -> Mapping[str, Theme]:
    """The themes that come with the program, by their ids."""
    folder = resources.files(__package__)
    own = [(f"{area}.yaml", folder.joinpath(f"{area}.yaml").read_bytes()) for area in AREAS]
    entries = [entry for file, data in own for entry in _entries(file, data, LOADER)]
    return {theme.id: theme for theme in _loaded(entries, {})}


def _loaded(entries: Sequence[_Entry], before: Mapping[str, Theme]) -> tuple[Theme, ...]:
    """The themes that are there before, and after them those of the entries."""
    themes = dict(before)
    for entry in entries:
        theme = _theme(entry)
        if theme.id in themes:
            entry.refuse(f"a theme {theme.id!r} already exists; choose another id", "id")
        themes[theme.id] = theme
    for entry in entries:
        for target in entry.values.get("becomes", {}).values():
            if str(target) not in themes:
                entry.refuse(f"becomes: unknown theme {target!r}", "becomes")
    return tuple(themes.values())


def fingerprint(themes: Iterable[Theme]) -> str:
    """A short hash of everything in the themes that decides a finding."""
    told = {"label", "definition", "matches", "not_matches"}
    rules = [{k: v for k, v in asdict(theme).items() if k not in told} for theme in themes]
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()[:12]


def _entries(file: str, data: bytes, loader: Any) -> Iterator[_Entry]:
    """The mappings of the file's one list, with their lines."""
    try:
        root = yaml.compose(data, Loader=loader)
    except RecursionError as error:
        raise DataError(f"{file}, line 1: not YAML that can be used: nested too deeply") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        reason = getattr(error, "problem", None) or "not UTF-8 text"
        raise DataError(f"{file}, line {line}: not YAML: {reason}") from error
    if not isinstance(root, yaml.SequenceNode):
        raise DataError(f"{file}, line 1: expected a list of themes")
    for node in root.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise DataError(f"{file}, line {line}: a theme is a mapping of keys to values")
        constructor = yaml.SafeLoader("")
        try:
            values = constructor.construct_mapping(node, deep=True)
        except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
            # ValueError: a date such as 2024-99-99, a number of thousands of digits
            reason = " ".join(str(getattr(error, "problem", None) or error).split())
            raise DataError(f"{file}, line {line}: {reason}") from error
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
        if len(lines) < len(node.value):
            raise DataError(f"{file}, line {line}: a key is written twice")
        yield _Entry(file, line, {str(k): v for k, v in values.items()}, lines)


def _check(entry: _Entry) -> None:
    """Refuse what is missing, unknown or of the wrong kind; lists are checked where read."""
    values = entry.values
    for key in values:
        if key not in (*_TEXTS, *_LISTS, *_OPTIONAL):
            entry.refuse(f"unknown key {key!r}", key)
    for key in (*_TEXTS, *_LISTS):
        if key not in values:
            entry.refuse(f"the key {key!r} is missing")
    for key in (*_TEXTS, "focused_visit_topic"):
        if key in values and not (isinstance(values[key], str) and values[key].strip()):
            entry.refuse(f"{key} must be text", key)
    if not isinstance(values.get("holds", False), bool):
        entry.refuse("holds must be true or false", "holds")
    if values["area"] not in AREAS:
        entry.refuse(f"area: {values['area']!r} must be one of {', '.join(AREAS)}", "area")


def _theme(entry: _Entry) -> Theme:
    _check(entry)
    values = entry.values
    texts = {key: _strings(entry, key, values.get(key, [])) for key in (*_LISTS, *_EXTRA)}
    if not texts["phrases"]:
        entry.refuse("phrases must not be empty", "phrases")
    if len(texts["matches"]) < 2 or not texts["not_matches"]:
        entry.refuse("at least two matches and one not_matches are needed", "matches")
    return Theme(
        id=values["id"].strip(),
        label=values["label"].strip(),
        definition=values["definition"].strip(),
        area=values["area"].strip(),
        phrases=texts["phrases"],
        common=texts["common"],
        weak=texts["weak"],
        exclusions=texts["exclusions"],
        matches=texts["matches"],
        not_matches=texts["not_matches"],
        within=tuple(
            (setting, _strings(entry, "within", phrases))
            for setting, phrases in _by_setting(entry, "within")
        ),
        becomes=tuple(_targets(entry)),
        default_in=_settings(entry, "default_in", values.get("default_in", [])),
        holds=values.get("holds", False),
        focused_visit_topic=values.get("focused_visit_topic"),
    )


def _strings(entry: _Entry, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        entry.refuse(f"{key} must be a list of texts", key)
    return tuple(value)


def _settings(entry: _Entry, key: str, value: object) -> tuple[str, ...]:
    settings: Sequence[str] = _strings(entry, key, value)
    for setting in settings:
        if setting not in SETTINGS:
            entry.refuse(f"{key}: {setting!r} must be one of {', '.join(SETTINGS)}", key)
    return tuple(settings)


def _targets(entry: _Entry) -> Iterator[tuple[str, str]]:
    for setting, theme in _by_setting(entry, "becomes"):
        if not isinstance(theme, str):
            entry.refuse("becomes must name a theme for each setting", "becomes")
        yield setting, theme


def _by_setting(entry: _Entry, key: str) -> list[tuple[str, Any]]:
    value = entry.values.get(key, {})
    if not isinstance(value, dict):
        entry.refuse(f"{key} must be a mapping from settings", key)
    _settings(entry, key, list(value))
    return list(value.items())
