"""Records that are made by the thousand: the rows of pages, counts and exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, **options: bool) -> Any:
        """A dataclass that only those who check types know to be frozen.

        One that is frozen at run time takes twice as long to make.
        """
        return dataclass(unsafe_hash=frozen, **options)
