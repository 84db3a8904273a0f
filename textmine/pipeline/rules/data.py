"""The rule files beside this module."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from corpus.own_yaml import read_own_yaml


@cache
def rules(name: str) -> dict[str, Any]:
    """The content of a rule file."""
    data: dict[str, Any] = read_own_yaml(
        resources.files(__package__).joinpath(f"{name}.yaml").read_bytes()
    )
    return data
