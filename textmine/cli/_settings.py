"""Settings: defaults of options from a file; the environment and options win over them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpus.errors import DataError

from ..outputs import OUTPUTS

VARIABLE: Final = "TEXTMINE_CONFIG"
"""Names another file; set to nothing, no file is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting: the parameter of commands that it is the default of, and what it may be."""

    parameter: str
    meaning: str
    check: Callable[[Any], bool]
    wanted: str
    variable: str | None = None
    default: str | int | None = None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


SETTINGS: Final[Mapping[str, Setting]] = {
    "library": Setting(
        parameter="library",
        meaning="Folder of the library",
        check=_is_text,
        wanted="the path of a folder",
        variable="TEXTMINE_LIBRARY",
        default="library",
    ),
    "coder": Setting(
        parameter="who",
        meaning="Who makes corrections",
        check=_is_text,
        wanted="a name",
        variable="TEXTMINE_USER",
    ),
    "format": Setting(
        parameter="output",
        meaning="Output format where no file decides it",
        check=lambda value: value in OUTPUTS,
        wanted=f"one of {', '.join(OUTPUTS)}",
        default="table",
    ),
    "jobs": Setting(
        parameter="jobs",
        meaning="Files to read at once",
        check=lambda value: type(value) is int and 1 <= value <= 64,
        wanted="a number from 1 to 64",
    ),
    "contact": Setting(
        parameter="contact",
        meaning="Your address, which `fetch` gives to the site",
        check=_is_text,
        wanted="an email or web address",
        variable="TEXTMINE_CONTACT",
    ),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A setting's value, and where it comes from: the environment, the file, or the default."""

    name: str
    value: str | int | None
    origin: str


def config_file() -> Path | None:
    """The file: the one that TEXTMINE_CONFIG names, else in the user's folder of settings."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named).expanduser() if named.strip() else None
    base = os.environ.get("XDG_CONFIG_HOME") or ""
    folder = Path(base) if Path(base).is_absolute() else Path("~/.config").expanduser()
    return folder / "textmine" / "config.toml"


def read_settings() -> Mapping[str, str | int]:
    """What the file sets; nothing where there is none. Raises DataError for a wrong file."""
    path = config_file()
    if path is None:
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if os.environ.get(VARIABLE):
            raise DataError(f"{VARIABLE} names {path}, and there is no such file") from error
        return {}
    except OSError as error:
        raise DataError(f"cannot read the settings {path}: {error.strerror}") from error
    except ValueError as error:  # also what is not UTF-8
        raise DataError(f"{path}: {error}") from error
    for name, value in given.items():
        if name not in SETTINGS:
            raise DataError(f"{path}: no setting {name!r}; there are {', '.join(SETTINGS)}")
        if not SETTINGS[name].check(value):
            raise DataError(f"{path}: {name} must be {SETTINGS[name].wanted}, not {value!r}")
    if "library" in given:  # relative to the file, as a manifest's paths are
        given["library"] = str(path.parent / Path(given["library"]).expanduser())
    return given


def values() -> tuple[Value, ...]:
    """Every setting as commands see it."""
    given = read_settings()
    listed = []
    for name, setting in SETTINGS.items():
        if setting.variable and (set_there := os.environ.get(setting.variable)):
            listed.append(Value(name, set_there, f"the environment, {setting.variable}"))
        elif name in given:
            listed.append(Value(name, given[name], str(config_file())))
        else:
            listed.append(Value(name, setting.default, "default"))
    return tuple(listed)


def defaults() -> dict[str, str | int]:
    """What the file sets, by the parameters of commands."""
    return {SETTINGS[name].parameter: value for name, value in read_settings().items()}
