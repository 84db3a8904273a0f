"""The progress callback of long operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Step: TypeAlias = Callable[[str, int], None]
"""Called at each step with what it is about and how many steps there are in all."""


def silent(_what: str, _total: int) -> None:
    """Nobody is looking."""
