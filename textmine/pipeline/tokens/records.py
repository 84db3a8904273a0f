"""Named tuples made many at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

T = TypeVar("T", bound=tuple[Any, ...])

made: Final[Callable[[type[T], tuple[Any, ...]], T]] = tuple.__new__
"""Makes a named tuple of all its fields in order, in a third of the time that a call of it takes.

For those of which every sentence has some: the type checker does not look at the fields.
"""
