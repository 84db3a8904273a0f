"""All routes of the page, one line for each module of `pages/`."""

from __future__ import annotations

from typing import Final

from .pages import document, search, take_away
from .view import PageRoute

PAGES: Final[tuple[PageRoute, ...]] = (
    *search.ROUTES,
    *take_away.ROUTES,
    *document.ROUTES,
)
