"""YAML files that come with the program: read in C where there is a parser in C, ten times as fast.

It must not be given files of others: brackets nested some ten thousand deep end the process.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_own_yaml(text: str | bytes) -> Any:
    """The content of a file of ours."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 (a safe loader in either case)
