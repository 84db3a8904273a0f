"""Findings from inspection reports of English children's services.

`textmine.open("library")` is the door; `help(textmine.Library)` says what is behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import Library, Results, SearchResults, open, restore  # noqa: A004

__version__ = "0.1.0"

__all__ = ["Library", "Results", "SearchResults", "__version__", "open", "restore"]


def __getattr__(name: str) -> object:
    """The API, imported when it is first used: `import textmine` alone costs next to nothing."""
    if name in __all__:
        from . import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module 'textmine' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
