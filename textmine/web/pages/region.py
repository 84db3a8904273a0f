"""The pack for a region: chosen, read in the page's own layout, and taken away as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..layouts.brief_text import BriefText, brief_file, brief_text, files_of
from ..view import Answer, Asked, Page, PageRoute
from .authorities import regions

if TYPE_CHECKING:
    from ...api import Library
    from ...briefs.model import Brief


@dataclass(frozen=True, slots=True)
class RegionPage:
    """The context of the page."""

    region: str
    regions: tuple[tuple[str, str], ...]
    internal: bool
    omitted: int
    """Internal documents that are left out."""
    brief: BriefText | None


def show(asked: Asked, library: Library) -> Answer:
    """The page: the choice, and the pack once it is made."""
    region, internal = asked.arg("region"), asked.arg("internal") == "1"
    args = {"region": region, "internal": "1" if internal else ""}
    made = _make(asked, library) if region else None
    text = brief_text(made, made.title, files_of("/regions/file", args), library) if made else None
    name = made.authority if made else ""
    known = regions([each for each in library.authorities() if each.documents])
    context = RegionPage(
        region=name,
        regions=tuple((each, each) for each in known),
        internal=internal,
        omitted=library.count_omitted(region=name, internal=False) if name else 0,
        brief=text,
    )
    return Page("region.html", f"Pack for {name or 'a region'}", context, "authorities")


def download(asked: Asked, library: Library) -> Answer:
    """The pack as a file."""
    made = _make(asked, library)
    name = f"pack-{made.authority.lower().replace(' ', '-')}"
    return brief_file(made, asked.arg("format"), name)


def _make(asked: Asked, library: Library) -> Brief:
    return library.region_pack(asked.arg("region"), internal=asked.arg("internal") == "1")


ROUTES: Final = (
    PageRoute("/regions", show),
    PageRoute("/regions/file", download),
)
