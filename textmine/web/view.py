"""Views: what a page is asked, what it answers, and how that becomes HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, Response

from .. import __version__
from . import words
from .settings import Settings

if TYPE_CHECKING:
    from ..api import Library
    from .app import Services


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as a page sees it."""

    path: Mapping[str, str]
    """The parts of the address that the route names."""
    args: QueryParams
    form: FormData
    """What was sent; empty where the page is only read."""
    settings: Settings
    services: Services
    csrf: str
    url: str
    """Path and query of the address."""
    headers: Mapping[str, str] = field(default_factory=dict)

    def arg(self, name: str) -> str:
        """An argument of the address, without blanks around; empty where there is none."""
        return self.args.get(name, "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of an argument, blank ones left out."""
        return tuple(filter(None, map(str.strip, self.args.getlist(name))))

    def number(self, name: str, default: int, *, least: int = 1, most: int = 10_000) -> int:
        """An argument as a number between two others; the default where it is none."""
        given = self.arg(name)
        if not given.isascii() or not given.isdigit() or len(given) > 9:
            return default
        return min(max(int(given), least), most)

    def value(self, name: str) -> str:
        """A field of the form, without blanks around; empty where there is none."""
        given = self.form.get(name, "")
        return given.strip() if isinstance(given, str) else ""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of a page: a template, and the context that it may use, as `page`."""

    template: str
    title: str
    """What the browser calls it: the page, without the name of the site."""
    context: object
    """A frozen dataclass; a template that names what it lacks is an error."""
    tab: str = ""
    """The item of the navigation that it belongs to."""
    status: int = 200
    wide: bool = False


Answer: TypeAlias = Page | Response
Handler: TypeAlias = Callable[[Asked, "Library"], Answer]


@dataclass(frozen=True, slots=True)
class PageRoute:
    """A route: an address, and the function that answers there."""

    path: str
    handler: Handler
    writes: bool = False
    """Whether it takes a form (POST): then the form is checked to be ours."""
    needs_writing: bool = False
    """Whether it is of no use where nothing may be written."""

    @property
    def is_file(self) -> bool:
        """Whether it answers with a file, which may hold everything."""
        return self.path.endswith("/file")


TABS = (
    ("search", "Search", "/"),
    ("authorities", "Authorities", "/authorities"),
    ("themes", "Themes", "/themes"),
    ("trends", "Trends", "/trends"),
    ("words", "Words", "/frequencies"),
    ("changes", "Changes", "/changes"),
    ("cycle", "Cycle", "/cycle"),
    ("missing", "Not covered", "/missing"),
    ("review", "Review", "/review"),
    ("collections", "Collections", "/collections"),
    ("upload", "Upload", "/upload"),
    ("help", "Help", "/help"),
)
"""The navigation of every page: key, words and address."""


def address(path: str, *args: Mapping[str, Any] | list[tuple[str, Any]], **more: Any) -> str:
    """An address with arguments; those that are empty are left out."""
    pairs: list[tuple[str, Any]] = []
    for each in (*args, more):
        pairs += each.items() if isinstance(each, Mapping) else each
    flat: list[tuple[str, str]] = []
    for name, value in pairs:
        values = value if isinstance(value, list | tuple) else [value]
        flat += [(name, str(one)) for one in values if one not in {None, "", False}]
    return f"{path}?{urlencode(flat)}" if flat else path


@cache
def environment() -> Environment:
    """The templates. They may use `page`, `site` and the words of `words.py`, and nothing else."""
    made = Environment(
        loader=PackageLoader(__package__ or "textmine.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"address": address, "words": words}
    made.filters |= {"day": words.day, "number": words.number}
    return made


@dataclass(frozen=True, slots=True)
class Site:
    """What every template may know besides its own context."""

    csrf: str
    read_only: bool
    library: str
    version: str
    tab: str
    tabs: tuple[tuple[str, str, str], ...]
    static: Mapping[str, str]
    """The addresses of style sheets and script, which change with their content."""


def render(page: Page, asked: Asked) -> HTMLResponse:
    """A page as HTML."""
    site = Site(
        csrf=asked.csrf,
        read_only=asked.settings.read_only,
        library=asked.settings.library.resolve().name,
        version=__version__,
        tab=page.tab,
        tabs=asked.services.tabs,
        static=asked.services.static.addresses,
    )
    html = environment().get_template(page.template)
    text = html.render(page=page.context, site=site, title=page.title, wide=page.wide)
    return HTMLResponse(text, page.status)
