"""All routes of the page, one line for each module of `pages/`."""

from __future__ import annotations

from typing import Final

from . import json_api
from .pages import (
    authorities,
    authority,
    beside,
    brief,
    changes,
    cycle,
    demands,
    document,
    follow_up,
    help_pages,
    map_page,
    missing,
    passage,
    rates,
    region,
    review,
    search,
    spread,
    take_away,
    themes,
    upload,
    word_lists,
)
from .view import PageRoute

PAGES: Final[tuple[PageRoute, ...]] = (
    *search.ROUTES,
    *take_away.ROUTES,
    *document.ROUTES,
    *passage.ROUTES,
    *beside.ROUTES,
    *review.ROUTES,
    *upload.ROUTES,
    *authorities.ROUTES,
    *authority.ROUTES,
    *demands.ROUTES,
    *brief.ROUTES,
    *region.ROUTES,
    *themes.ROUTES,
    *changes.ROUTES,
    *cycle.ROUTES,
    *missing.ROUTES,
    *rates.ROUTES,
    *map_page.ROUTES,
    *word_lists.ROUTES,
    *spread.ROUTES,
    *follow_up.ROUTES,
    *help_pages.ROUTES,
    *json_api.ROUTES,
)
